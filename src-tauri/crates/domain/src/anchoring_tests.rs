use super::*;
use crate::ids::PageId;
use crate::page_content::TextRun;
use proptest::prelude::*;
use std::sync::Arc;

const A4: Size = Size { w: 595.0, h: 842.0 };
const LETTER: Size = Size { w: 612.0, h: 792.0 };

/// Letters of ten points, five wide, the first one's upper left corner at (x, y).
fn run((x, y, text): &(f64, f64, &str)) -> TextRun {
    let count = text.chars().count();
    let spans = (0..count).map(|place| [5.0 * place as f32, 5.0 * (place + 1) as f32]);
    TextRun {
        text: (*text).to_owned(),
        rect: Rect {
            x: *x,
            y: *y,
            w: 5.0 * count as f64,
            h: 10.0,
        },
        baseline: y + 8.0,
        font_size: 10.0,
        angle: 0.0,
        corner: (*x, *y),
        spans: spans.collect(),
    }
}

fn page(size: Size, texts: &[(f64, f64, &str)]) -> PageContent {
    PageContent {
        page: PageId::new("page"),
        size,
        runs: Arc::new(texts.iter().map(run).collect()),
        shapes: Arc::default(),
        form_fields: Vec::new(),
    }
}

const FIELD: Rect = Rect {
    x: 150.0,
    y: 590.0,
    w: 140.0,
    h: 40.0,
};

/// A field on one of some pages, of which the others are not looked at.
fn anchored(rect: Rect, page: usize, pages: usize, content: &PageContent) -> Anchored {
    let looked_at = (0..pages).map(|index| (index == page).then_some(content));
    let document = Searched::of(looked_at);
    document.anchor(page, rect).expect("it is looked at")
}

fn find(field: &Anchored, pages: &[PageContent]) -> Option<(usize, f64, f64, FoundBy)> {
    let found = Searched::of(pages.iter().map(Some)).find(field)?;
    assert!(
        (found.rect.w - field.rect.w).abs() < 1e-9,
        "as large as it was"
    );
    Some((found.page, found.rect.x, found.rect.y, found.by))
}

#[test]
fn a_field_follows_its_words_else_it_keeps_its_place() {
    use FoundBy::{Position, Words};
    let two = [
        (72.0, 600.0, "Signature du bailleur"),
        (330.0, 600.0, "Signature du bailleur"),
    ];
    let old = page(
        A4,
        &[
            (72.0, 600.0, "Signature du bailleur"),
            (72.0, 560.0, "Le bailleur"),
        ],
    );
    let field = anchored(FIELD, 1, 3, &old);
    let prose = || page(A4, &[(72.0, 90.0, "Article premier")]);
    type Case<'a> = (
        &'a str,
        Vec<PageContent>,
        Option<(usize, f64, f64, FoundBy)>,
    );
    let cases: [Case<'_>; 9] = [
        (
            "unchanged",
            vec![prose(), old.clone(), prose()],
            Some((1, 150.0, 590.0, Words)),
        ),
        (
            "lower on the page, spelt in capitals",
            vec![prose(), page(A4, &[(72.0, 650.0, "SIGNATURE DU BAILLEUR")])],
            Some((1, 150.0, 640.0, Words)),
        ),
        (
            "two pages later",
            vec![prose(), prose(), prose(), old.clone()],
            Some((3, 150.0, 590.0, Words)),
        ),
        (
            "the same words twice: the nearer ones",
            vec![prose(), page(A4, &two), prose()],
            Some((1, 150.0, 590.0, Words)),
        ),
        (
            "on every page: its own, counted from an end",
            vec![old.clone(), old.clone(), old.clone()],
            Some((1, 150.0, 590.0, Words)),
        ),
        (
            "two words that agree come before one that is nearer",
            vec![
                prose(),
                page(A4, &[(72.0, 600.0, "Le bailleur")]),
                page(
                    A4,
                    &[
                        (80.0, 640.0, "Signature du bailleur"),
                        (80.0, 600.0, "Le bailleur"),
                    ],
                ),
            ],
            Some((2, 158.0, 630.0, Words)),
        ),
        (
            "other words",
            vec![prose(), prose(), prose()],
            Some((1, 150.0, 590.0, Position)),
        ),
        ("no such page", vec![prose()], None),
        (
            "words at the foot of a lower page stay on it",
            vec![prose(), page(A4, &[(72.0, 835.0, "Signature du bailleur")])],
            Some((1, 150.0, 802.0, Words)),
        ),
    ];
    for (what, pages, expected) in cases {
        assert_eq!(find(&field, &pages), expected, "{what}");
    }
}

#[test]
fn without_words_the_last_page_stays_the_last_and_corners_count() {
    let scan = |size| page(size, &[]);
    let field = anchored(FIELD, 2, 3, &scan(A4));
    assert_eq!(field.words, [], "a scan has none");
    let found = find(&field, &[scan(LETTER), scan(LETTER)]);
    let expected = (1, 150.0, 540.0, FoundBy::Position);
    assert_eq!(found, Some(expected), "as far from the lower left corner");
    assert_eq!(find(&field, &[]), None);
    assert_eq!(
        Searched::of([None]).find(&field),
        None,
        "an unreadable page"
    );
}

#[test]
fn text_that_runs_down_the_page_is_followed_that_way() {
    let turned = |x: f64, y: f64| {
        let mut content = page(A4, &[(x, y, "Signature du client")]);
        for run in Arc::make_mut(&mut content.runs) {
            run.angle = 90.0;
            run.rect = Rect {
                x: x - 10.0,
                y,
                w: 10.0,
                h: 95.0,
            };
        }
        content
    };
    let field = anchored(FIELD, 0, 1, &turned(330.0, 560.0));
    assert_eq!(
        find(&field, &[turned(300.0, 500.0)]),
        Some((0, 120.0, 530.0, FoundBy::Words))
    );
}

proptest! {
    #[test]
    fn the_same_document_keeps_every_field(
        x in 0.0..400.0f64, y in 0.0..780.0f64, page_number in 0..5usize,
        texts in prop::collection::vec((20.0..400.0f64, 20.0..800.0f64, "[a-d]{3,6}"), 0..12),
    ) {
        let texts: Vec<(f64, f64, &str)> =
            texts.iter().map(|(x, y, text)| (*x, *y, text.as_str())).collect();
        let pages = vec![page(A4, &texts); 5];
        let rect = Rect { x, y, w: 120.0, h: 40.0 };
        let field = anchored(rect, page_number, 5, &pages[page_number]);
        let found = Searched::of(pages.iter().map(Some)).find(&field).expect("a place");
        prop_assert_eq!(found.page, page_number);
        prop_assert!(found.rect.largest_difference(&rect) < 1e-6, "{:?}", found);
    }
}
