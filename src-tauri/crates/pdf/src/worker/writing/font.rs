//! DejaVu Sans, of which a document gets the letters that it uses, as a font whose text can be
//! searched and copied.

use crate::writing::update::Update;
use lopdf::{Object, ObjectId, Stream, dictionary};
use paraph_pdf::PdfError;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use subsetter::GlyphRemapper;
use ttf_parser::Face;

/// Latin, Greek and Cyrillic; licence beside it.
static DEJAVU_SANS: &[u8] = include_bytes!("../../../assets/DejaVuSans.ttf");

/// The font with the glyphs that were used so far.
pub struct Font {
    face: Face<'static>,
    remapper: GlyphRemapper,
    /// What each glyph of the subset stands for, and its width in thousandths.
    used: BTreeMap<u16, (char, f64)>,
    id: ObjectId,
}

impl Font {
    pub fn new(update: &mut Update) -> Result<Self, PdfError> {
        let face = Face::parse(DEJAVU_SANS, 0).map_err(unusable)?;
        let (remapper, used) = (GlyphRemapper::new(), BTreeMap::new());
        Ok(Self {
            face,
            remapper,
            used,
            id: update.reserve(),
        })
    }

    /// The font's object, which is there after [`Self::embed`].
    pub fn id(&self) -> ObjectId {
        self.id
    }

    /// What the form's fields call the font; no other font of the document has that name.
    pub fn name(&self) -> String {
        format!("Paraph{}", self.id.0)
    }

    /// Embeds the letters of `text` too, for viewers that draw fields anew.
    pub fn keep(&mut self, text: &str) {
        let letters: String = text.chars().filter(|it| !it.is_control()).collect();
        self.show(&letters);
    }

    /// The width of `text` at size 1.
    pub fn width(&self, text: &str) -> f64 {
        text.chars()
            .map(|it| self.advance(self.glyph(it)))
            .sum::<f64>()
            / 1000.0
    }

    /// Height of the highest letters and depth of the lowest at size 1.
    pub fn extents(&self) -> (f64, f64) {
        let (up, down) = (self.face.ascender(), self.face.descender());
        (
            self.thousandths(up) / 1000.0,
            -self.thousandths(down) / 1000.0,
        )
    }

    /// `text` as the operand of a Tj operator. Characters that the font lacks become its empty
    /// box.
    pub fn show(&mut self, text: &str) -> String {
        let mut operand = String::from("<");
        for character in text.chars() {
            let glyph = self.glyph(character);
            let width = self.advance(glyph);
            let glyph = self.remapper.remap(glyph.0);
            self.used.entry(glyph).or_insert((character, width));
            let _ = write!(operand, "{glyph:04X}");
        }
        operand.push('>');
        operand
    }

    /// Writes the font with the glyphs used.
    pub fn embed(self, update: &mut Update) -> Result<(), PdfError> {
        let subset = subsetter::subset(DEJAVU_SANS, 0, &self.remapper).map_err(unusable)?;
        let name = format!("{}+DejaVuSans", self.tag());
        let length = i64::try_from(subset.len()).unwrap_or(i64::MAX);
        let file = update.add(packed(Stream::new(
            dictionary! { "Length1" => length },
            subset,
        )));
        let bounds = self.face.global_bounding_box();
        let bounds = [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max];
        let bounds: Vec<Object> = bounds
            .into_iter()
            .map(|it| number(self.thousandths(it)))
            .collect();
        let cap_height = self.face.capital_height().unwrap_or(self.face.ascender());
        let descriptor = update.add(dictionary! {
            "Type" => "FontDescriptor",
            "FontName" => name.as_str(),
            // Symbolic: its letters are found by glyph, not by a known encoding.
            "Flags" => 4,
            "FontBBox" => bounds,
            "ItalicAngle" => 0,
            "Ascent" => number(self.thousandths(self.face.ascender())),
            "Descent" => number(self.thousandths(self.face.descender())),
            "CapHeight" => number(self.thousandths(cap_height)),
            "StemV" => 80,
            "FontFile2" => file,
        });
        let widths: Vec<Object> = self
            .used
            .iter()
            .flat_map(|(glyph, (_, width))| {
                [
                    Object::Integer(i64::from(*glyph)),
                    Object::Array(vec![number(*width)]),
                ]
            })
            .collect();
        let descendant = update.add(dictionary! {
            "Type" => "Font",
            "Subtype" => "CIDFontType2",
            "BaseFont" => name.as_str(),
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Identity"),
                "Supplement" => 0,
            },
            "FontDescriptor" => descriptor,
            "W" => widths,
            "CIDToGIDMap" => "Identity",
        });
        let meaning = Stream::new(dictionary! {}, self.to_unicode().into_bytes());
        let meaning = update.add(packed(meaning));
        update.set(
            self.id,
            dictionary! {
                "Type" => "Font",
                "Subtype" => "Type0",
                "BaseFont" => name.as_str(),
                "Encoding" => "Identity-H",
                "DescendantFonts" => vec![descendant.into()],
                "ToUnicode" => meaning,
            },
        );
        Ok(())
    }

    fn glyph(&self, character: char) -> ttf_parser::GlyphId {
        self.face.glyph_index(character).unwrap_or_default()
    }

    fn advance(&self, glyph: ttf_parser::GlyphId) -> f64 {
        let units = self.face.glyph_hor_advance(glyph).unwrap_or(0);
        f64::from(units) * 1000.0 / f64::from(self.face.units_per_em())
    }

    fn thousandths(&self, units: i16) -> f64 {
        f64::from(units) * 1000.0 / f64::from(self.face.units_per_em())
    }

    /// Six letters that differ between different subsets (9.6.4).
    fn tag(&self) -> String {
        let mut mixed = 0_u64;
        for glyph in self.remapper.remapped_gids() {
            mixed = mixed
                .wrapping_mul(31)
                .wrapping_add(u64::from(glyph))
                .wrapping_add(7);
        }
        let letter = |power: u32| char::from(b'A' + (mixed / 26_u64.pow(power) % 26) as u8);
        (0..6).map(letter).collect()
    }

    /// Which character each glyph means (9.10.3).
    fn to_unicode(&self) -> String {
        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n\
             /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n\
             /CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n\
             1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let used: Vec<_> = self.used.iter().collect();
        // A section has at most 100 entries.
        for section in used.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", section.len());
            for (glyph, (character, _)) in section {
                let _ = write!(map, "<{glyph:04X}> <");
                for unit in character.encode_utf16(&mut [0; 2]) {
                    let _ = write!(map, "{unit:04X}");
                }
                map.push_str(">\n");
            }
            map.push_str("endbfchar\n");
        }
        map + "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    }
}

/// Compressed; as it is where that gains nothing.
pub fn packed(mut stream: Stream) -> Stream {
    let _ = stream.compress();
    stream
}

fn number(value: f64) -> Object {
    Object::Real(value as f32)
}

fn unusable(error: impl std::fmt::Display) -> PdfError {
    PdfError::BadJob {
        detail: format!("the font: {error}"),
    }
}
