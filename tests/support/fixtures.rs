//! PDFs to test with, made here so that every byte is known: the same call gives the same bytes.
//!
//! Each page bears what its test needs to find it again: contract text in Helvetica, and where
//! asked for, black squares at known places.

#![allow(dead_code, reason = "each crate's tests use a part of it")]
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "only tests run it"
)]

use lopdf::{Document, Object, dictionary};
use std::fmt::Write as _;

#[path = "fixtures/protection.rs"]
pub mod protection;
#[path = "fixtures/special.rs"]
pub mod special;

/// A4 in points.
pub const A4: (f64, f64) = (595.0, 842.0);

/// How a page is made.
#[derive(Debug, Clone, Default)]
pub struct Page {
    /// /MediaBox; A4 from the origin without it.
    pub media_box: Option<[f64; 4]>,
    pub crop_box: Option<[f64; 4]>,
    pub rotate: Option<i64>,
    pub user_unit: Option<f64>,
    /// Content in user space.
    pub content: String,
    /// Dictionaries of annotations, as PDF text.
    pub annotations: Vec<String>,
}

/// Where boxes and rotation are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    OnThePage,
    /// On the page tree's root, from where pages inherit them (taken from the first page).
    Inherited,
}

/// A contract of `pages` pages: headings, numbered clauses, and signature lines for two people
/// on the last page.
pub fn contract(pages: u32) -> Vec<u8> {
    let pages: Vec<Page> = (1..=pages)
        .map(|number| contract_page(number, pages))
        .collect();
    document(&pages, Place::OnThePage)
}

/// Where [`contract`] has its signature lines, on the last page: left edge, baseline and width
/// in points from the page's top left, for the provider and for the client.
pub const SIGNATURE_LINES: [(f64, f64, f64); 2] = [(72.0, 700.0, 200.0), (323.0, 700.0, 200.0)];

fn contract_page(number: u32, of: u32) -> Page {
    let mut content = String::new();
    let title = format!("Service agreement no. 2024-{of:03}");
    line(&mut content, 18.0, 72.0, 80.0, &title);
    line(
        &mut content,
        9.0,
        72.0,
        100.0,
        "between Durand Conseil SARL, Lyon, and Muller & Fils, Geneva",
    );
    // The last page has room for two signatures.
    let clauses = if number == of { 5 } else { 6 };
    for clause in 1..=clauses {
        let top = 140.0 + 80.0 * f64::from(clause - 1);
        let heading = format!(
            "{number}.{clause}  {}",
            HEADINGS[(clause + number) as usize % 6]
        );
        line(&mut content, 12.0, 72.0, top, &heading);
        for (row, text) in CLAUSE.iter().enumerate() {
            line(
                &mut content,
                10.0,
                72.0,
                top + 16.0 + 13.0 * row as f64,
                text,
            );
        }
    }
    if number == of {
        for ((x, y, width), who) in SIGNATURE_LINES.iter().zip(["The provider", "The client"]) {
            let from_bottom = A4.1 - y;
            let end = x + width;
            let _ = writeln!(content, "0.5 w {x} {from_bottom} m {end} {from_bottom} l S");
            line(&mut content, 10.0, *x, y + 14.0, who);
        }
    }
    line(&mut content, 9.0, 280.0, 810.0, &format!("{number} / {of}"));
    Page {
        content,
        ..Page::default()
    }
}

const HEADINGS: [&str; 6] = [
    "Purpose",
    "Duration",
    "Fees and payment",
    "Confidentiality",
    "Liability",
    "Applicable law",
];

const CLAUSE: [&str; 4] = [
    "The provider shall perform the services described in the annex with the care of a",
    "professional. The client shall give the provider, in good time, all information and",
    "access that the services require. Neither party may assign this agreement without the",
    "written consent of the other. Amendments are valid in writing only.",
];

/// `text` with its baseline `y` points below the top of an A4 page.
fn line(content: &mut String, size: f64, x: f64, y: f64, text: &str) {
    let text = text
        .replace('\\', "\\\\")
        .replace('(', "\\(")
        .replace(')', "\\)");
    let _ = writeln!(
        content,
        "BT /F1 {size} Tf {x} {} Td ({text}) Tj ET",
        A4.1 - y
    );
}

/// A black square of side `side` with its lower left corner at `x`, `y` in user space.
pub fn square(x: f64, y: f64, side: f64) -> String {
    format!("0 g {x} {y} {side} {side} re f\n")
}

/// A document with a cross-reference table, uncompressed.
pub fn document(pages: &[Page], place: Place) -> Vec<u8> {
    let mut objects = Objects::default();
    let (catalog, root, font) = (objects.reserve(), objects.reserve(), objects.reserve());
    objects.set(
        font,
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    );
    let mut kids = String::new();
    for page in pages {
        let content = objects.add(&stream(&page.content));
        let annotations: String = page
            .annotations
            .iter()
            .map(|it| format!("{} 0 R ", objects.add(it)))
            .collect();
        let own = if place == Place::OnThePage {
            shown(page)
        } else {
            unit(page)
        };
        let annotations = if annotations.is_empty() {
            annotations
        } else {
            format!("/Annots [{annotations}]")
        };
        let kid = objects.add(&format!(
            "<< /Type /Page /Parent {root} 0 R /Resources << /Font << /F1 {font} 0 R >> >> \
             /Contents {content} 0 R {own} {annotations} >>"
        ));
        let _ = write!(kids, "{kid} 0 R ");
    }
    let above = match pages.first() {
        Some(page) if place == Place::Inherited => shown(&Page {
            user_unit: None,
            ..page.clone()
        }),
        _ => String::new(),
    };
    let count = pages.len();
    objects.set(
        root,
        &format!("<< /Type /Pages /Count {count} /Kids [{kids}] {above} >>"),
    );
    objects.set(catalog, &format!("<< /Type /Catalog /Pages {root} 0 R >>"));
    objects.file(catalog)
}

fn shown(page: &Page) -> String {
    let media = page.media_box.unwrap_or([0.0, 0.0, A4.0, A4.1]);
    let mut entries = format!("/MediaBox {}", array(media));
    if let Some(crop) = page.crop_box {
        let _ = write!(entries, " /CropBox {}", array(crop));
    }
    if let Some(rotate) = page.rotate {
        let _ = write!(entries, " /Rotate {rotate}");
    }
    entries + &unit(page)
}

fn unit(page: &Page) -> String {
    page.user_unit
        .map(|unit| format!(" /UserUnit {unit}"))
        .unwrap_or_default()
}

fn array([a, b, c, d]: [f64; 4]) -> String {
    format!("[{a} {b} {c} {d}]")
}

/// A content stream as an object.
pub fn stream(content: &str) -> String {
    format!(
        "<< /Length {} >>\nstream\n{content}\nendstream",
        content.len() + 1
    )
}

/// Numbered objects and the file that they make.
#[derive(Default)]
pub struct Objects(Vec<String>);

impl Objects {
    pub fn reserve(&mut self) -> usize {
        self.add("null")
    }

    pub fn add(&mut self, object: &str) -> usize {
        self.0.push(object.to_owned());
        self.0.len()
    }

    pub fn set(&mut self, number: usize, object: &str) {
        self.0[number - 1] = object.to_owned();
    }

    pub fn file(&self, catalog: usize) -> Vec<u8> {
        let mut file = String::from("%PDF-1.7\n");
        let mut table = String::from("0000000000 65535 f \n");
        for (index, object) in self.0.iter().enumerate() {
            let _ = writeln!(table, "{:010} 00000 n ", file.len());
            let _ = write!(file, "{} 0 obj\n{object}\nendobj\n", index + 1);
        }
        let (start, size) = (file.len(), self.0.len() + 1);
        let _ = write!(
            file,
            "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root {catalog} 0 R \
             /ID [<00112233445566778899aabbccddeeff> <00112233445566778899aabbccddeeff>] >>\n\
             startxref\n{start}\n%%EOF\n"
        );
        file.into_bytes()
    }
}

/// The same document written with object streams and a cross-reference stream.
pub fn with_xref_stream(pdf: &[u8]) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).expect("a fixture is a PDF");
    let mut bytes = Vec::new();
    document
        .save_modern(&mut bytes)
        .expect("writing to memory works");
    bytes
}

/// The same document encrypted so that `password` opens it (empty: anybody can open it), with
/// all rights.
pub fn encrypted(pdf: &[u8], password: &str) -> Vec<u8> {
    let how = protection::Protection {
        scheme: protection::Scheme::Rc4With128Bits,
        user: password,
        ..protection::Protection::default()
    };
    protection::protected(pdf, &how)
}

/// The same document whose page tree has no page.
pub fn without_pages() -> Vec<u8> {
    document(&[], Place::OnThePage)
}

/// The same document with `/AcroForm` holding a filled text field on the first page, at `rect`
/// in user space, whose look is a black box.
pub fn with_text_field(pdf: &[u8], rect: [f64; 4]) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).expect("a fixture is a PDF");
    let page = document.page_iter().next().expect("a fixture has a page");
    let [a, b, c, d] = rect;
    let (w, h) = (c - a, d - b);
    let look = lopdf::Stream::new(
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), real(w), real(h)],
        },
        format!("0 g 0 0 {w} {h} re f").into_bytes(),
    );
    let look = document.add_object(look);
    let field = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "T" => Object::string_literal("city"),
        "V" => Object::string_literal("Lyon"), "F" => 4, "P" => page,
        "Rect" => vec![real(a), real(b), real(c), real(d)],
        "AP" => dictionary! { "N" => look },
    });
    let form = document.add_object(dictionary! { "Fields" => vec![field.into()] });
    document
        .catalog_mut()
        .expect("a fixture has a catalog")
        .set("AcroForm", form);
    let page = document
        .get_dictionary_mut(page)
        .expect("a page is a dictionary");
    page.set("Annots", vec![field.into()]);
    let mut bytes = Vec::new();
    document
        .save_to(&mut bytes)
        .expect("writing to memory works");
    bytes
}

/// The same document with a form that asks viewers to draw its fields anew.
pub fn wanting_appearances(pdf: &[u8]) -> Vec<u8> {
    changed(pdf, |document| {
        let form = dictionary! { "Fields" => Vec::<Object>::new(), "NeedAppearances" => true };
        catalog(document).set("AcroForm", form);
    })
}

/// The same document with a certification of its author's with these access permissions. Its
/// signature value is none, which nobody who only reads permissions sees.
pub fn certified(pdf: &[u8], permissions: i64) -> Vec<u8> {
    changed(pdf, |document| {
        let reference = dictionary! {
            "Type" => "SigRef", "TransformMethod" => "DocMDP",
            "TransformParams" => dictionary! {
                "Type" => "TransformParams", "P" => permissions, "V" => "1.2",
            },
        };
        let value = document.add_object(dictionary! {
            "Type" => "Sig", "Filter" => "Adobe.PPKLite", "SubFilter" => "ETSI.CAdES.detached",
            "ByteRange" => vec![0.into(), 1.into(), 2.into(), 3.into()],
            "Contents" => Object::string_literal("none"),
            "Reference" => vec![reference.into()],
        });
        let field = document.add_object(dictionary! {
            "FT" => "Sig", "T" => Object::string_literal("author"), "V" => value,
        });
        let form = dictionary! { "Fields" => vec![field.into()], "SigFlags" => 3 };
        catalog(document).set("AcroForm", form);
        catalog(document).set("Perms", dictionary! { "DocMDP" => value });
    })
}

fn catalog(document: &mut Document) -> &mut lopdf::Dictionary {
    document.catalog_mut().expect("a fixture has a catalog")
}

fn changed(pdf: &[u8], change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let mut document = Document::load_mem(pdf).expect("a fixture is a PDF");
    change(&mut document);
    let mut bytes = Vec::new();
    document
        .save_to(&mut bytes)
        .expect("writing to memory works");
    bytes
}

fn real(value: f64) -> Object {
    Object::Real(value as f32)
}

/// A page that takes long to draw: strokes over one another, some tens of thousands a second.
pub fn slow_page(strokes: u32) -> Vec<u8> {
    slow_pages(1, strokes)
}

/// Several such pages.
pub fn slow_pages(pages: usize, strokes: u32) -> Vec<u8> {
    let mut content = String::from("0.2 w\n");
    for step in 0..strokes {
        let (a, b) = (step % 595, (step * 7) % 842);
        let (c, d) = ((step * 13) % 595, (step * 29) % 842);
        let _ = writeln!(content, "{a} {b} m {c} {d} {b} {a} {d} {c} c S");
    }
    let page = Page {
        content,
        ..Page::default()
    };
    document(&vec![page; pages], Place::OnThePage)
}

/// The beginning of a JPEG, which some mail programs call `contract.pdf`.
pub fn jpeg() -> Vec<u8> {
    let mut bytes = vec![0xFF, 0xD8, 0xFF, 0xE0, 0x00, 0x10];
    bytes.extend_from_slice(b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    bytes.extend(std::iter::repeat_n(0x42, 4000));
    bytes
}

/// A page that is one noisy picture, as a scanner makes it; `channels` is 1 for gray, 3 for colour.
pub fn scan(channels: u8) -> Vec<u8> {
    const SIDE: (u32, u32) = (620, 877);
    // A linear congruential generator: the same noise every time.
    let mut state = 1_u32;
    let count = SIDE.0 * SIDE.1 * u32::from(channels);
    let samples: Vec<u8> = (0..count)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            200 + (state >> 24) as u8 / 5
        })
        .collect();
    let page = Page {
        content: format!("q {} 0 0 {} 0 0 cm /Scan Do Q\n", A4.0, A4.1),
        ..Page::default()
    };
    let mut document = Document::load_mem(&self::document(&[page], Place::OnThePage))
        .expect("our own document loads");
    let colours = if channels == 1 {
        "DeviceGray"
    } else {
        "DeviceRGB"
    };
    let picture = lopdf::Stream::new(
        dictionary! {
            "Type" => "XObject",
            "Subtype" => "Image",
            "Width" => i64::from(SIDE.0),
            "Height" => i64::from(SIDE.1),
            "BitsPerComponent" => 8,
            "ColorSpace" => colours,
        },
        samples,
    );
    let picture = document.add_object(picture);
    let page = document.page_iter().next().expect("it has a page");
    document
        .add_xobject(page, "Scan", picture)
        .expect("the page takes a picture");
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).expect("memory takes it");
    bytes
}
