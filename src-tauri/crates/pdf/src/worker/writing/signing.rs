//! A signature field with its marks and an empty signature value, as an incremental update.

use crate::structure::{self, Field, damaged};
use crate::writing::appearance::{self, Upright};
use crate::writing::content::{BLACK, Content, number, rgb};
use crate::writing::font::Font;
use crate::writing::update::Update;
use lopdf::{Dictionary, Document, Object, ObjectId, StringFormat, dictionary, text_string};
use paraph_domain::geometry::UserRect;
use paraph_pdf::protocol::Answer;
use paraph_pdf::{Appearance, Certification, Mark, MarkKind, PdfError, SigningJob};

/// More than any CMS value with its certificates needs.
const MAX_ROOM: usize = 1 << 20;
/// PDF 32000-1, table 165: print, and do not let it be moved.
const PRINTED_AND_LOCKED: i64 = 4 + 128;
/// PDF 32000-1, table 219: signatures exist, and updates must be appended.
const SIGNATURES_APPEND_ONLY: i64 = 1 + 2;
/// PDF 32000-1, table 221: read-only.
const READ_ONLY: i64 = 1;
/// PDF 32000-1, table 228: more than one line.
const MULTILINE: i64 = 1 << 12;
/// PDF 32000-1, 12.7.3.3: the viewer chooses a size that fits.
const FITTING: f64 = 0.0;
/// Ten digits each, so that any offset in a file that we write can take their place.
const RANGE: [i64; 4] = [0, 9_999_999_991, 9_999_999_992, 9_999_999_993];
const RANGE_IN_FILE: &[u8] = b"[0 9999999991 9999999992 9999999993]";

/// Errors: `AlreadySigned` when the file is certified against any change, `FieldNameTaken`,
/// `NoSuchPage`, `BadJob`, `Damaged`.
pub fn prepare(
    bytes: Vec<u8>,
    document: Document,
    job: &SigningJob,
) -> Result<(Answer, Vec<u8>), PdfError> {
    if structure::certification(&document) == Some(Certification::NoChanges) {
        return Err(PdfError::AlreadySigned);
    }
    check(&document, job)?;
    let mut writer = Writer::new(Update::of(bytes, document))?;
    let source_length = writer.update.source_length();
    let value = writer.update.add(signature_value(job)?);
    writer.signature_field(job, value)?;
    writer.text_fields(job)?;
    let Writer {
        mut update,
        font,
        pages,
        fields,
    } = writer;
    let (font_name, font_id) = (font.name(), font.id());
    font.embed(&mut update)?;
    for (page, annotations) in pages.into_iter().zip(fields.annotations) {
        update.append(page, b"Annots", annotations)?;
    }
    let form = update.form()?;
    update.append(form, b"Fields", fields.roots)?;
    update.name_form_font(form, &font_name, font_id)?;
    update
        .dictionary(form)?
        .set("SigFlags", SIGNATURES_APPEND_ONLY);
    let bytes = update.save()?;
    fill_range(bytes, source_length, job.placeholder_bytes)
}

fn check(document: &Document, job: &SigningJob) -> Result<(), PdfError> {
    let bad = |detail: &str| {
        Err(PdfError::BadJob {
            detail: detail.to_owned(),
        })
    };
    if job.field_name.is_empty() || job.field_name.contains('.') {
        return bad("a field's name is not empty and has no full stop");
    }
    if job.placeholder_bytes == 0 || job.placeholder_bytes > MAX_ROOM {
        return bad("the room for the signature value");
    }
    let pages = document.page_iter().count();
    for mark in &job.marks {
        if mark.page as usize >= pages {
            return Err(PdfError::NoSuchPage { page: mark.page });
        }
        let UserRect { llx, lly, urx, ury } = mark.rect;
        let finite = [llx, lly, urx, ury].iter().all(|it| it.is_finite());
        if !finite || llx >= urx || lly >= ury {
            return bad("a mark's rectangle has no area");
        }
        if matches!(&mark.kind, MarkKind::Text(text) if !text.size.is_finite()) {
            return bad("a text's size is no number");
        }
    }
    let ours = |name: &str| {
        name == job.field_name
            || name
                .strip_prefix(&job.field_name)
                .is_some_and(|rest| rest.starts_with("-text-") || rest.starts_with("-mark-"))
    };
    let mut fields = structure::listed_fields(document);
    fields.extend(
        structure::widgets(document)
            .into_iter()
            .map(|(_, widget)| widget),
    );
    if fields
        .iter()
        .any(|field| ours(&Field::of(document, field).name()))
    {
        return Err(PdfError::FieldNameTaken);
    }
    Ok(())
}

fn signature_value(job: &SigningJob) -> Result<Dictionary, PdfError> {
    let mut value = dictionary! {
        "Type" => "Sig",
        "Filter" => "Adobe.PPKLite",
        // PAdES (ETSI EN 319 142-1, 6.3).
        "SubFilter" => "ETSI.CAdES.detached",
        "ByteRange" => RANGE.map(Object::Integer).to_vec(),
        "Contents" => Object::String(vec![0; job.placeholder_bytes], StringFormat::Hexadecimal),
        "M" => Object::string_literal(pdf_date(job.signed_at)?),
        "Name" => text_string(&job.signer),
    };
    if let Some(reason) = &job.reason {
        value.set("Reason", text_string(reason));
    }
    Ok(value)
}

/// PDF 32000-1, 7.9.4.
fn pdf_date(seconds: i64) -> Result<String, PdfError> {
    let moment = jiff::Timestamp::from_second(seconds).map_err(|error| PdfError::BadJob {
        detail: error.to_string(),
    })?;
    Ok(moment.strftime("D:%Y%m%d%H%M%SZ").to_string())
}

struct Writer {
    update: Update,
    font: Font,
    pages: Vec<ObjectId>,
    fields: Fields,
}

/// What was added: fields for the form, and annotations for each page.
struct Fields {
    roots: Vec<ObjectId>,
    annotations: Vec<Vec<ObjectId>>,
}

impl Writer {
    fn new(mut update: Update) -> Result<Self, PdfError> {
        let font = Font::new(&mut update)?;
        let pages = update.pages();
        let fields = Fields {
            roots: Vec::new(),
            annotations: vec![Vec::new(); pages.len()],
        };
        Ok(Self {
            update,
            font,
            pages,
            fields,
        })
    }

    fn signature_field(&mut self, job: &SigningJob, value: ObjectId) -> Result<(), PdfError> {
        let field = dictionary! {
            "FT" => "Sig",
            "T" => text_string(&job.field_name),
            "V" => value,
        };
        let mut looks = job.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Signature(look) => Some((mark, look)),
            MarkKind::Text(_) => None,
        });
        let (page, widget) = match looks.next() {
            Some((mark, look)) => (mark.page, self.signature_widget(mark, look)?),
            None => {
                let invisible = UserRect {
                    llx: 0.0,
                    lly: 0.0,
                    urx: 0.0,
                    ury: 0.0,
                };
                (0, self.bare_widget(0, &invisible)?)
            }
        };
        let mut field = field;
        field.extend(&widget);
        self.add_field(page, field);
        // A signature field has one widget: with several, poppler finds fields without a value.
        // The same person's other places are fields that only look like the signature.
        for (number, (mark, look)) in (1..).zip(looks) {
            let name = format!("{}-mark-{number}", job.field_name);
            let mut copy = self.read_only(&name, &job.signer, FITTING, BLACK);
            copy.extend(&self.signature_widget(mark, look)?);
            self.add_field(mark.page, copy);
        }
        Ok(())
    }

    fn signature_widget(&mut self, mark: &Mark, look: &Appearance) -> Result<Dictionary, PdfError> {
        let upright = self.upright(mark)?;
        let content = appearance::signature(look, upright.size, &mut self.font);
        self.widget(mark, content, &upright)
    }

    fn add_field(&mut self, page: u32, field: Dictionary) {
        let id = self.update.add(field);
        self.show(page, id);
        self.fields.roots.push(id);
    }

    fn text_fields(&mut self, job: &SigningJob) -> Result<(), PdfError> {
        let texts = job.marks.iter().filter_map(|mark| match &mark.kind {
            MarkKind::Text(text) => Some((mark, text)),
            MarkKind::Signature(_) => None,
        });
        for (number, (mark, text)) in (1..).zip(texts) {
            let upright = self.upright(mark)?;
            let (content, size) = appearance::text(text, upright.size, &mut self.font);
            let name = format!("{}-text-{number}", job.field_name);
            let mut field = self.read_only(&name, &text.value, size, rgb(text.color));
            field.set("Ff", READ_ONLY + MULTILINE);
            field.extend(&self.widget(mark, content, &upright)?);
            self.add_field(mark.page, field);
        }
        Ok(())
    }

    /// A text field that nobody can change, without its widget. Its default appearance is for
    /// viewers that draw fields anew.
    fn read_only(&mut self, name: &str, value: &str, size: f64, color: [f64; 3]) -> Dictionary {
        self.font.keep(value);
        let [red, green, blue] = color.map(number);
        let size = number(size);
        let appearance = format!("/{} {size} Tf {red} {green} {blue} rg", self.font.name());
        dictionary! {
            "FT" => "Tx",
            "T" => text_string(name),
            "V" => text_string(value),
            "Ff" => READ_ONLY,
            "DA" => Object::string_literal(appearance),
        }
    }

    fn upright(&self, mark: &Mark) -> Result<Upright, PdfError> {
        let page = self.page(mark.page)?;
        Ok(Upright::of(
            &mark.rect,
            &structure::geometry(self.update.source(), page),
        ))
    }

    fn widget(
        &mut self,
        mark: &Mark,
        content: Content,
        upright: &Upright,
    ) -> Result<Dictionary, PdfError> {
        let font = self.font.id();
        let states = Dictionary::new();
        let look = content.into_form(&mut self.update, font, upright.size, upright.matrix, states);
        let mut widget = self.bare_widget(mark.page, &mark.rect)?;
        widget.set("AP", dictionary! { "N" => look });
        Ok(widget)
    }

    fn bare_widget(&self, page: u32, rect: &UserRect) -> Result<Dictionary, PdfError> {
        let corners = [rect.llx, rect.lly, rect.urx, rect.ury];
        Ok(dictionary! {
            "Type" => "Annot",
            "Subtype" => "Widget",
            "Rect" => corners.map(|it| Object::Real(it as f32)).to_vec(),
            "F" => PRINTED_AND_LOCKED,
            "P" => self.page(page)?,
        })
    }

    fn show(&mut self, page: u32, widget: ObjectId) {
        if let Some(annotations) = self.fields.annotations.get_mut(page as usize) {
            annotations.push(widget);
        }
    }

    fn page(&self, page: u32) -> Result<ObjectId, PdfError> {
        self.pages
            .get(page as usize)
            .copied()
            .ok_or(PdfError::NoSuchPage { page })
    }
}

/// Writes the real /ByteRange over the digits that stand for it.
fn fill_range(
    mut bytes: Vec<u8>,
    source_length: usize,
    room: usize,
) -> Result<(Answer, Vec<u8>), PdfError> {
    let lost = || {
        damaged(lopdf::Error::InvalidStream(
            "the signature's place is lost".into(),
        ))
    };
    let zeros = format!("<{}>", "0".repeat(room * 2));
    let appended = bytes.get(source_length..).ok_or_else(lost)?;
    let contents = source_length + find(appended, zeros.as_bytes()).ok_or_else(lost)?;
    let range_at = source_length + find(appended, RANGE_IN_FILE).ok_or_else(lost)?;
    let after = contents + zeros.len();
    let byte_range = [0, contents, after, bytes.len() - after].map(|it| it as u64);
    let [a, b, c, d] = byte_range;
    let mut range = format!("[{a} {b} {c} {d}");
    while range.len() < RANGE_IN_FILE.len() - 1 {
        range.push(' ');
    }
    range.push(']');
    let target = bytes
        .get_mut(range_at..range_at + RANGE_IN_FILE.len())
        .ok_or_else(lost)?;
    if range.len() != target.len() {
        return Err(lost());
    }
    target.copy_from_slice(range.as_bytes());
    let contents_offset = contents as u64 + 1;
    Ok((
        Answer::Prepared {
            byte_range,
            contents_offset,
            room,
        },
        bytes,
    ))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|part| part == wanted)
}
