//! Pages as small tables, and the places that a reader would see on them.

use super::*;
use crate::draft::{IdentityCheck, Recipient, Role};
use crate::geometry::Rect;
use crate::ids::{FieldId, RecipientId};
use crate::page_content::{Shape, ShapeKind, TextRun};
use std::sync::Arc;

const A4: Size = Size { w: 595.0, h: 842.0 };

/// What is put on a page; x from the left and y from the top, in points.
enum On {
    /// In 10 points, its baseline at `y`.
    Text(f64, f64, &'static str),
    /// From x, at y, this wide.
    Rule(f64, f64, f64),
    Upright(f64, f64, f64),
    Box(f64, f64, f64, f64),
    Widget(f64, f64, f64, f64),
}
use On::{Box, Rule, Text, Upright, Widget};

/// A run as wide as Helvetica would set it, more or less.
fn run(x: f64, y: f64, text: &str) -> TextRun {
    let widths = text.chars().map(|it| match it {
        'i' | 'l' | '.' | ',' | ':' | '\'' | ' ' | 't' | 'f' | 'r' => 2.8,
        'm' | 'w' | 'M' | 'W' => 8.3,
        it if it.is_uppercase() => 6.9,
        _ => 5.5,
    });
    let mut spans = Vec::new();
    let mut end = 0.0_f32;
    for width in widths {
        spans.push([end, end + width]);
        end += width;
    }
    let corner = (x, y - 8.0);
    TextRun {
        baseline: y,
        text: text.to_owned(),
        rect: Rect {
            x,
            y: corner.1,
            w: f64::from(end),
            h: 10.0,
        },
        font_size: 10.0,
        angle: 0.0,
        corner,
        spans,
    }
}

fn page(on: &[On]) -> PageContent {
    let mut content = PageContent {
        page: PageId::new("p"),
        size: A4,
        runs: Arc::default(),
        shapes: Arc::default(),
        form_fields: Vec::new(),
    };
    for thing in on {
        let (kind, rect) = match *thing {
            Text(x, y, text) => {
                Arc::make_mut(&mut content.runs).push(run(x, y, text));
                continue;
            }
            Widget(x, y, w, h) => {
                let name = "Signature1".to_owned();
                content.form_fields.push(FormField {
                    name,
                    rect: Rect { x, y, w, h },
                });
                continue;
            }
            Rule(x, y, w) => (ShapeKind::HorizontalRule, Rect { x, y, w, h: 0.5 }),
            Upright(x, y, h) => (ShapeKind::VerticalRule, Rect { x, y, w: 0.5, h }),
            Box(x, y, w, h) => (ShapeKind::Box, Rect { x, y, w, h }),
        };
        let thickness = 0.5;
        let shapes = &mut Arc::make_mut(&mut content.shapes).shapes;
        shapes.push(Shape {
            kind,
            rect,
            thickness,
        });
    }
    content
}

fn person(id: &str, first_name: &str, last_name: &str) -> Recipient {
    Recipient {
        id: RecipientId::new(id),
        first_name: first_name.to_owned(),
        last_name: last_name.to_owned(),
        email: format!("{id}@example.org"),
        phone: String::new(),
        role: Role::Signer,
        identity_check: IdentityCheck::EmailCode,
        colour: 0,
    }
}

fn look(content: &PageContent) -> Vec<Suggestion> {
    let people = [
        person("ada", "Ada", "Martin"),
        person("bob", "Bob", "Durand"),
    ];
    of_page(content, &People::of(&people), &Limits::of(None))
}

fn name(kind: &FieldKind) -> String {
    match kind {
        FieldKind::Signature { .. } => "signature".to_owned(),
        FieldKind::Initials => "initials".to_owned(),
        FieldKind::Text { formula, .. } if formula.is_empty() => "text".to_owned(),
        FieldKind::Text { formula, .. } => format!("write {formula}"),
    }
}

/// Kind, reason, and a point near which its middle is to lie (30 points are near).
type Place = (&'static str, SuggestionReason, (f64, f64));

use SuggestionReason::{Anchor, FormField as Widgets};

fn check(what: &str, on: &[On], expected: &[Place]) {
    let content = page(on);
    let found = look(&content);
    let told: Vec<_> = found
        .iter()
        .map(|it| {
            (
                name(&it.kind),
                it.reason,
                middle(&it.rect),
                it.label.as_str(),
            )
        })
        .collect();
    assert_eq!(found.len(), expected.len(), "{what}: {told:?}");
    for (place, (kind, reason, (x, y))) in found.iter().zip(expected) {
        assert_eq!(name(&place.kind), *kind, "{what}: {told:?}");
        assert_eq!(place.reason, *reason, "{what}: {told:?}");
        let (at_x, at_y) = middle(&place.rect);
        assert!(
            (at_x - x).abs() < 50.0 && (at_y - y).abs() < 26.0,
            "{what}: {told:?}"
        );
        assert!(place.rect.is_on(content.size), "{what}: on the page");
        if !matches!(place.kind, FieldKind::Text { .. }) {
            assert!(
                place.rect.w >= 60.0 && place.rect.h >= 30.0,
                "{what}: large enough"
            );
        }
    }
}

const CLAUSE: &str = "The provider shall perform the services described in the annex with the care of a professional";

#[test]
fn anchors_say_who_signs_what_and_how_large() {
    let content = page(&[
        Text(
            72.0,
            600.0,
            "Lu {{s2|signature|85|37}} et {{s1|text|50|120|20}}",
        ),
        Text(
            72.0,
            640.0,
            "{{s9|signature|100|40}} {{x}} {{s1|radio|28|g}}",
        ),
    ]);
    let found = look(&content);
    let told: Vec<_> = found
        .iter()
        .map(|it| {
            (
                name(&it.kind),
                it.rect.w,
                it.rect.h,
                it.recipient.as_ref().map(RecipientId::as_str),
            )
        })
        .collect();
    let expected = [
        ("signature".to_owned(), 85.0, 37.0, Some("bob")),
        ("text".to_owned(), 120.0, 20.0, Some("ada")),
        ("signature".to_owned(), 100.0, 40.0, None),
    ];
    assert_eq!(told, expected);
    assert!(found.iter().all(|it| it.reason == Anchor));
    assert!(
        (found[0].rect.y - 592.0).abs() < 0.1,
        "it begins where its anchor does"
    );
}

#[test]
fn a_form_field_is_a_place_and_hides_what_the_words_beside_it_say() {
    check(
        "a widget over a rule",
        &[
            Text(72.0, 600.0, "Signature :"),
            Rule(130.0, 602.0, 180.0),
            Widget(130.0, 560.0, 160.0, 40.0),
        ],
        &[("signature", Widgets, (210.0, 580.0))],
    );
}

#[test]
fn words_near_a_place_name_its_person() {
    let named = |on: &[On]| -> Vec<Option<String>> {
        let people = [
            person("ada", "Ada", "Martin"),
            person("bob", "Bob", "Durand"),
        ];
        let mut people = People::of(&people);
        people.learn(
            [
                "Madame Ada Martin, demeurant 3 rue Haute à Lyon, ci-après dénommée « le Bailleur »,",
                "et Monsieur Bob DURAND, né le 4 mai 1990, ci-après « le Locataire »",
            ]
            .into_iter(),
        );
        let found = of_page(&page(on), &people, &Limits::of(None));
        let names = found
            .iter()
            .map(|it| it.recipient.as_ref().map(|it| it.0.clone()));
        names.collect()
    };
    let both = [Some("ada".to_owned()), Some("bob".to_owned())];
    let by_name = [
        Text(72.0, 560.0, "Mme Ada Martin"),
        Text(330.0, 560.0, "Bob Durand"),
        Text(72.0, 580.0, "Signature"),
        Text(330.0, 580.0, "Signature"),
    ];
    assert_eq!(named(&by_name), both, "by the name above");
    let [ada, bob] = both.clone();
    let in_blocks = [
        Text(72.0, 500.0, "Signé par Ada Martin"),
        Rule(72.0, 550.0, 190.0),
        Text(72.0, 584.0, "Date :"),
        Rule(104.0, 586.0, 110.0),
        Text(72.0, 616.0, "Signé par Bob Durand"),
        Rule(72.0, 666.0, 190.0),
        Text(72.0, 700.0, "Date :"),
        Rule(104.0, 702.0, 110.0),
    ];
    assert_eq!(
        named(&in_blocks),
        [ada.clone(), ada, bob.clone(), bob],
        "a date is of whoever signs above it"
    );
    let by_part = [
        Text(72.0, 580.0, "Signature du bailleur"),
        Text(330.0, 580.0, "Signature du locataire"),
    ];
    assert_eq!(named(&by_part), both, "by the part in the contract");
    let in_rows = [
        Box(72.0, 600.0, 200.0, 20.0),
        Box(272.0, 600.0, 200.0, 20.0),
        Box(72.0, 620.0, 200.0, 40.0),
        Box(272.0, 620.0, 200.0, 40.0),
        Box(72.0, 660.0, 200.0, 40.0),
        Box(272.0, 660.0, 200.0, 40.0),
        Text(80.0, 614.0, "Nom"),
        Text(280.0, 614.0, "Signature"),
        Text(80.0, 644.0, "MARTIN Ada"),
        Text(80.0, 684.0, "Bob Durand"),
    ];
    assert_eq!(named(&in_rows), both, "by the row of a table");
    let nobody = [Text(72.0, 580.0, "Signature du garant")];
    assert_eq!(named(&nobody), [None], "nobody is guessed");
}

#[test]
fn text_that_runs_down_the_page_is_read_that_way() {
    let mut content = page(&[
        Text(72.0, 400.0, "Signature :"),
        Rule(130.0, 402.0, 180.0),
        Text(72.0, 300.0, CLAUSE),
    ]);
    // The same page, turned clockwise by a quarter.
    let turn = area::Turn {
        quarters: 1,
        size: Size { w: A4.h, h: A4.w },
    };
    for run in Arc::make_mut(&mut content.runs) {
        run.rect = turn.displayed(&run.rect);
        run.angle = 90.0;
        run.corner = (run.rect.x + run.rect.w, run.rect.y);
    }
    for shape in &mut Arc::make_mut(&mut content.shapes).shapes {
        shape.rect = turn.displayed(&shape.rect);
        shape.kind = ShapeKind::VerticalRule;
    }
    content.size = turn.size;
    let found = look(&content);
    let [place] = found.as_slice() else {
        panic!("one place: {found:?}");
    };
    let read = turn.read(&place.rect);
    assert!(
        read.x >= 125.0 && bottom(&read) < 420.0,
        "after the label: {read:?}"
    );
    assert!(place.rect.is_on(content.size));
}

#[test]
fn where_a_field_stands_nothing_is_suggested() {
    let content = page(&[Text(72.0, 600.0, "Signature :"), Rule(130.0, 602.0, 180.0)]);
    let found = look(&content);
    assert_eq!(found.len(), 1);
    let field = |dx: f64, page: &str| Field {
        id: FieldId::new("f"),
        page: PageId::new(page),
        recipient: RecipientId::new("ada"),
        rect: Rect {
            x: found[0].rect.x + dx,
            ..found[0].rect
        },
        kind: anchors::signature(),
    };
    let left = |field: Field| free(found.clone(), &[field]).len();
    assert_eq!(left(field(20.0, "p")), 0, "a field stands there");
    assert_eq!(left(field(20.0, "other")), 1, "on another page");
    assert_eq!(left(field(found[0].rect.w, "p")), 1, "beside it");
}

#[test]
fn what_the_provider_cannot_do_is_not_suggested() {
    let limits = Limits {
        text_fields: false,
        smallest_signature: Size { w: 120.0, h: 60.0 },
        ..Limits::of(None)
    };
    let content = page(&[
        Text(72.0, 600.0, "Signature :"),
        Rule(130.0, 602.0, 80.0),
        Text(72.0, 680.0, "Date : .............................."),
    ]);
    let found = of_page(&content, &People::of(&[]), &limits);
    let [place] = found.as_slice() else {
        panic!("no text: {found:?}");
    };
    assert!(
        place.rect.w >= 120.0 && place.rect.h >= 60.0,
        "{:?}",
        place.rect
    );
}

#[path = "suggestions/places_tests.rs"]
mod places;
