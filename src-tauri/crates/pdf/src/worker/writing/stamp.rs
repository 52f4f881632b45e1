//! The line that makes a practice document recognisable on every page.

use crate::structure;
use crate::writing::content::{Content, RED, at};
use crate::writing::font::Font;
use crate::writing::matrix::to_user_space;
use crate::writing::update::Update;
use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};
use paraph_domain::geometry::{PageGeometry, Size};
use paraph_pdf::PdfError;

/// Sizes by the page's shorter side.
const LINE_SIZE: f64 = 0.016;
const TOP: f64 = 0.02;
/// How much of the page's diagonal the large text takes.
const DIAGONAL_SHARE: f64 = 0.7;
const PALE: f32 = 0.09;

/// Errors: `AlreadySigned`, `Damaged`.
pub fn stamp_pages(bytes: Vec<u8>, document: Document, text: &str) -> Result<Vec<u8>, PdfError> {
    if structure::signature_count(&document) > 0 {
        return Err(PdfError::AlreadySigned);
    }
    let mut update = Update::of(bytes, document);
    let mut font = Font::new(&mut update)?;
    let mut stamps: Vec<(Size, ObjectId)> = Vec::new();
    // Shared by all pages: what keeps the page's own content from shifting the stamp.
    let before = update.add(Stream::new(Dictionary::new(), b"q\n".to_vec()));
    for page in update.pages() {
        let geometry = structure::geometry(update.source(), page);
        let size = geometry.displayed_size();
        let stamp = match stamps.iter().find(|(known, _)| *known == size) {
            Some((_, stamp)) => *stamp,
            None => {
                let stamp = stamp_form(&mut update, &mut font, size, text);
                stamps.push((size, stamp));
                stamp
            }
        };
        place(&mut update, page, &geometry, stamp, before)?;
    }
    font.embed(&mut update)?;
    update.save()
}

/// The stamp for pages of this displayed size, in displayed points with y up.
fn stamp_form(update: &mut Update, font: &mut Font, size: Size, text: &str) -> ObjectId {
    let mut content = Content::default();
    let side = size.w.min(size.h);
    let width = font.width(text).max(0.1);
    content.fill_color(RED);
    let small = (side * LINE_SIZE)
        .clamp(5.0, 14.0)
        .min(size.w * 0.9 / width);
    let baseline = size.h - side * TOP - small * 0.8;
    content.text(
        font,
        small,
        at((size.w - width * small) / 2.0, baseline),
        text,
    );

    let diagonal = size.w.hypot(size.h);
    let large = diagonal * DIAGONAL_SHARE / width;
    let (cos, sin) = (size.w / diagonal, size.h / diagonal);
    // The middle of the text's baseline goes to the middle of the page.
    let (back, down) = (width * large / 2.0, large * 0.35);
    let x = size.w / 2.0 - back * cos + down * sin;
    let y = size.h / 2.0 - back * sin - down * cos;
    content.save();
    content.graphics_state("Pale");
    content.text(font, large, [cos, sin, -sin, cos, x, y], text);
    content.restore();

    let pale = update.add(dictionary! { "Type" => "ExtGState", "ca" => PALE, "CA" => PALE });
    let states = dictionary! { "Pale" => pale };
    content.into_form(update, font.id(), (size.w, size.h), at(0.0, 0.0), states)
}

/// Paints the stamp over the page's own content.
fn place(
    update: &mut Update,
    page: ObjectId,
    geometry: &PageGeometry,
    stamp: ObjectId,
    before: ObjectId,
) -> Result<(), PdfError> {
    let name = update.name_xobject(page, stamp)?;
    let mut content = Content::default();
    content.restore();
    content.save();
    content.transform(to_user_space(geometry));
    content.xobject(&name);
    content.restore();
    let after = update.add(content.into_stream());
    let mut all = vec![before];
    all.extend(update.source().get_page_contents(page));
    all.push(after);
    let all: Vec<Object> = all.into_iter().map(Object::Reference).collect();
    update.dictionary(page)?.set("Contents", all);
    Ok(())
}
