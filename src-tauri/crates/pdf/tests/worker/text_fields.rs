//! Text fields that are filled in by a signing, also for viewers that draw them anew.

use crate::picture::{Picture, is_dark};
use crate::{fixtures, open, pdf};
use lopdf::{Dictionary, Document as Objects, Object};
use paraph_domain::geometry::Rect;
use paraph_pdf::{Document, Mark, MarkKind, PdfError, SigningJob, TextMark, embed_signature};

const PLACE: Rect = Rect {
    x: 72.0,
    y: 720.0,
    w: 200.0,
    h: 40.0,
};

fn filling(document: &Document, text: TextMark) -> SigningJob {
    SigningJob {
        field_name: "paraph-1".into(),
        signer: "Ana Müller".into(),
        reason: None,
        signed_at: 1_715_956_320,
        placeholder_bytes: 4096,
        marks: vec![Mark {
            page: 0,
            rect: document.info().pages[0].to_user(PLACE),
            kind: MarkKind::Text(text),
        }],
    }
}

fn text(value: &str, size: f32) -> TextMark {
    TextMark {
        value: value.into(),
        size,
        color: [0, 0, 0],
    }
}

/// A contract whose form wants appearances, with `text` in its one field.
async fn filled(text: TextMark) -> Vec<u8> {
    let source = fixtures::wanting_appearances(&fixtures::contract(1));
    let document = open(&pdf(), source).await;
    let job = filling(&document, text);
    let prepared = document.prepare_signing(job).await.expect("prepared");
    embed_signature(&prepared, &[0xA5; 100]).expect("there is room")
}

fn dictionary<'a>(objects: &'a Objects, of: &'a Dictionary, key: &[u8]) -> &'a Dictionary {
    let entry = of.get_deref(key, objects).expect("an entry");
    entry.as_dict().expect("a dictionary")
}

fn text_field(objects: &Objects) -> &Dictionary {
    let is_text = |it: &&Dictionary| {
        it.get(b"FT")
            .is_ok_and(|kind| kind.as_name().is_ok_and(|it| it == b"Tx"))
    };
    let dictionaries = objects.objects.values().filter_map(|it| it.as_dict().ok());
    dictionaries
        .into_iter()
        .find(is_text)
        .expect("a text field")
}

/// The operands before the operator `Tf` and what follows.
fn font_of(appearance: &str) -> (&str, f32) {
    let words: Vec<&str> = appearance.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "Tf").expect("a font");
    (words[at - 2], words[at - 1].parse().expect("a size"))
}

#[tokio::test]
async fn a_text_has_the_size_that_was_asked_for_or_a_smaller_one_that_fits() {
    let long = "some words that need more than one line ".repeat(6);
    let cases = [("Lyon", 9.0, 9.0), ("Lyon", 16.0, 16.0), (&long, 12.0, 6.0)];
    for (value, asked, expected) in cases {
        let bytes = filled(text(value, asked)).await;
        let objects = Objects::load_mem(&bytes).expect("a PDF");
        let field = text_field(&objects);
        let look = dictionary(&objects, field, b"AP").get_deref(b"N", &objects);
        let look = look.and_then(Object::as_stream).expect("an appearance");
        let content = look.get_plain_content().expect("its content");
        let (_, painted) = font_of(std::str::from_utf8(&content).expect("text"));
        assert_eq!(painted, expected, "{asked} pt were asked for {value:?}");
        let default = field.get(b"DA").and_then(Object::as_str).expect("a /DA");
        let (font, size) = font_of(std::str::from_utf8(default).expect("text"));
        assert_eq!(size, expected, "viewers that draw it anew use that size");
        let catalog = objects.catalog().expect("a catalog");
        let form = dictionary(&objects, catalog, b"AcroForm");
        let fonts = dictionary(&objects, dictionary(&objects, form, b"DR"), b"Font");
        assert!(
            fonts.has(font.trim_start_matches('/').as_bytes()),
            "the form knows the font {font}"
        );
    }
}

#[tokio::test]
async fn a_viewer_that_draws_fields_anew_keeps_the_text() {
    let pdf = pdf();
    let source = open(&pdf, fixtures::contract(1)).await;
    let before = Picture::of_page(&source, 0, 1.0).await;
    let bytes = filled(text("Łódź, Київ", 16.0)).await;
    let document = open(&pdf, bytes).await;
    let after = Picture::of_page(&document, 0, 1.0).await;
    let dark = |picture: &Picture| {
        let mut count = 0;
        for y in 720..760 {
            for x in 72..272 {
                count += u32::from(is_dark(picture.at(x, y)));
            }
        }
        count
    };
    assert!(
        dark(&after) > dark(&before) + 100,
        "{} dark pixels, {} before",
        dark(&after),
        dark(&before)
    );
}

#[tokio::test]
async fn a_text_has_the_colour_that_was_asked_for() {
    let red = TextMark {
        color: [255, 0, 0],
        ..text("Lyon", 20.0)
    };
    let document = open(&pdf(), filled(red).await).await;
    let picture = Picture::of_page(&document, 0, 2.0).await;
    let is_red = |[r, g, b]: [u8; 3]| r > 200 && g < 80 && b < 80;
    assert!(picture.bounds(is_red).is_some(), "something red is painted");
}

#[tokio::test]
async fn a_document_that_its_author_closed_is_not_signed() {
    let pdf = pdf();
    for (permissions, closed) in [(1, true), (2, false), (3, false)] {
        let source = fixtures::certified(&fixtures::contract(1), permissions);
        let document = open(&pdf, source).await;
        assert_eq!(document.info().permits_no_change, closed, "{permissions}");
        let job = filling(&document, text("Lyon", 11.0));
        let refused = document.prepare_signing(job).await.err();
        let expected = closed.then_some(PdfError::AlreadySigned);
        assert_eq!(refused, expected, "access permissions {permissions}");
    }
}
