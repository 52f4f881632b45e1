use super::*;
use crate::checks::tests::ready_draft;
use crate::draft::FieldKind;
use crate::geometry::Size;
use crate::ids::{FieldId, PageId};
use crate::suggestions::SuggestionReason;
use std::sync::Arc;

/// Letters of ten points, six wide, along a line that is turned by `angle` about its corner.
fn run(x: f64, y: f64, angle: f64, text: &str) -> TextRun {
    let spans = (0..text.chars().count()).map(|place| {
        let from = place as f32 * 6.0;
        [from, from + 6.0]
    });
    TextRun {
        baseline: y + 8.0,
        text: text.to_owned(),
        rect: Rect {
            x,
            y,
            w: 6.0 * text.chars().count() as f64,
            h: 10.0,
        },
        font_size: 10.0,
        angle,
        corner: (x, y),
        spans: spans.collect(),
    }
}

fn page(runs: Vec<TextRun>) -> PageContent {
    PageContent {
        page: PageId::new("page"),
        size: Size { w: 595.0, h: 842.0 },
        runs: Arc::new(runs),
        shapes: Arc::default(),
        form_fields: Vec::new(),
    }
}

fn read(pages: &[PageContent], free: &[Suggestion]) -> Vec<Problem> {
    let draft = ready_draft();
    let mut reading = Reading::of(&draft);
    for (number, content) in (1..).zip(pages) {
        let free = if number == 1 { free } else { &[] };
        reading.read(&draft.documents[0], number, content, free);
    }
    reading.problems()
}

/// The name, so that only what is looked at is told.
fn named() -> TextRun {
    run(72.0, 60.0, 0.0, "Between Ada MARTIN and us")
}

#[test]
fn a_field_covers_the_words_whose_letters_lie_under_it() {
    // The draft's field reaches from (100, 700) to (280, 760).
    let cases = [
        (
            run(120.0, 720.0, 0.0, "Read and agreed"),
            Some("Read and agreed"),
        ),
        (run(60.0, 720.0, 0.0, "Place and date"), Some("and date")),
        // Descenders above, capitals below, and what ends where it begins.
        (run(120.0, 692.5, 0.0, "Signature"), None),
        (run(120.0, 757.5, 0.0, "Signature"), None),
        (run(46.0, 720.0, 0.0, "Signature"), None),
        // There to be written on, or written for fields.
        (run(120.0, 720.0, 0.0, "..... ____ ……"), None),
        (run(120.0, 720.0, 0.0, "{{s1|signature|85|37}}"), None),
        (
            run(120.0, 720.0, 0.0, "{{s1|date}} at noon"),
            Some("at noon"),
        ),
        // Up the page, through the field and beside it.
        (run(150.0, 790.0, 270.0, "upwards"), Some("upwards")),
        (run(88.0, 790.0, 270.0, "upwards"), None),
        (
            run(101.0, 720.0, 0.0, "1234567890 1234567890 1234567890"),
            Some("1234567890 1234567890 1234567890"),
        ),
    ];
    for (words, expected) in cases {
        let said = read(&[page(vec![named(), words.clone()])], &[]);
        let expected: Vec<Problem> = expected
            .map(|words| Problem::FieldOverWords {
                field: FieldId::new("f"),
                words: words.to_owned(),
            })
            .into_iter()
            .collect();
        assert_eq!(said, expected, "{} at {:?}", words.text, words.corner);
    }
}

#[test]
fn what_is_covered_is_told_in_a_few_words() {
    let lines = (0..4).map(|line| run(102.0, 705.0 + 12.0 * f64::from(line), 0.0, "twelve words"));
    let said = read(&[page(lines.chain([named()]).collect())], &[]);
    let [Problem::FieldOverWords { words, .. }] = said.as_slice() else {
        panic!("one field covers words: {said:?}");
    };
    assert_eq!(words, "twelve words twelve words twelve words t…");
}

#[test]
fn a_signer_whose_name_no_page_has_is_told() {
    let unnamed = vec![Problem::NameNotInWords {
        recipient: RecipientId::new("ada"),
    }];
    type Case<'a> = (&'a str, Vec<Vec<TextRun>>, &'a [Problem]);
    let cases: [Case; 6] = [
        (
            "another name",
            vec![vec![run(0.0, 0.0, 0.0, "Ada Marten")]],
            &unnamed,
        ),
        (
            "part of a name",
            vec![vec![run(0.0, 0.0, 0.0, "Martinez")]],
            &unnamed,
        ),
        (
            "in capitals",
            vec![vec![run(0.0, 0.0, 0.0, "Mme MARTIN Ada")]],
            &[],
        ),
        (
            "on a later page",
            vec![
                vec![run(0.0, 0.0, 0.0, "Contract")],
                vec![run(0.0, 0.0, 0.0, "signed: Martin")],
            ],
            &[],
        ),
        ("nothing but pictures", vec![vec![]], &[]),
        // A scanned page may name anybody.
        (
            "a scan among others",
            vec![vec![run(0.0, 0.0, 0.0, "Contract")], vec![]],
            &[],
        ),
    ];
    for (what, pages, expected) in cases {
        let pages: Vec<PageContent> = pages.into_iter().map(page).collect();
        assert_eq!(read(&pages, &[]), expected, "{what}");
    }
}

#[test]
fn places_for_a_date_that_no_field_takes_are_told_once_a_document() {
    let place = |y: f64, is_date: bool| Suggestion {
        page: PageId::new("page"),
        rect: Rect {
            x: 300.0,
            y,
            w: 90.0,
            h: 16.0,
        },
        kind: FieldKind::Text {
            content: String::new(),
            required: true,
            font_size: 10,
            formula: String::new(),
        },
        is_date,
        label: "le".to_owned(),
        reason: SuggestionReason::Leader,
        recipient: None,
    };
    let free = [place(100.0, false), place(200.0, true), place(300.0, true)];
    assert_eq!(
        read(&[page(vec![named()])], &free),
        [Problem::DatesEmpty {
            document: DocumentId::new("doc"),
            page: PageId::new("page"),
            number: 1,
            place: free[1].rect,
            count: 2,
        }]
    );
    assert_eq!(read(&[page(vec![named()])], &free[..1]), []);
}
