//! What is told of a page's rules, boxes and leaders against what is painted.

use crate::fixtures::{self, Page, Place};
use crate::geometry::pages;
use crate::picture::{Picture, is_dark};
use crate::{open, pdf};
use lopdf::{Document as Objects, Object, Stream, dictionary};
use paraph_domain::geometry::Rect;
use paraph_pdf::{PageShapes, Shape, ShapeKind};
use std::fmt::Write as _;

const SCALE: f32 = 4.0;

fn page(content: &str) -> Vec<u8> {
    let page = Page {
        content: content.to_owned(),
        ..Page::default()
    };
    fixtures::document(&[page], Place::OnThePage)
}

async fn found(pdf: Vec<u8>) -> PageShapes {
    let document = open(&crate::pdf(), pdf).await;
    document.shapes(0).await.expect("the page is looked at")
}

async fn shapes(pdf: Vec<u8>) -> Vec<Shape> {
    let found = found(pdf).await;
    assert!(found.complete, "a small page is looked at as a whole");
    found.shapes
}

/// With the corners rounded to tenths of a point, for what has no oddness.
fn brief(shapes: &[Shape]) -> Vec<(ShapeKind, [f64; 4], f64)> {
    let tenths = |value: f64| (value * 10.0).round() / 10.0;
    let each = |it: &Shape| {
        let Rect { x, y, w, h } = it.rect;
        (it.kind, [x, y, w, h].map(tenths), tenths(it.thickness))
    };
    shapes.iter().map(each).collect()
}

/// Each in user space at 150..300 x 220..300, so that it is on every page of [`pages`].
const PAINTED: [(&str, &str); 5] = [
    ("a stroked rule", "2 w 160 250 m 260 250 l S\n"),
    ("a filled rule", "160 250 100 1.5 re f\n"),
    ("an upright rule", "1 w 200 230 m 200 290 l S\n"),
    (
        "a scaled rule",
        "q 2 0 0 2 100 100 cm 1 w 30 75 m 80 75 l S Q\n",
    ),
    ("a box", "1 w 160 230 90 50 re S\n"),
];

#[tokio::test]
async fn what_is_painted_is_told_where_it_is_painted() {
    let pdf = pdf();
    for (what, content) in PAINTED {
        for (name, shape) in pages() {
            let page = Page {
                content: content.to_owned(),
                ..shape
            };
            let document = open(&pdf, fixtures::document(&[page], Place::OnThePage)).await;
            let found = document.shapes(0).await.expect("the page is looked at");
            let [shape] = found.shapes.as_slice() else {
                panic!("{what}, {name}: one shape is painted, {found:?} are told");
            };
            let picture = Picture::of_page(&document, 0, SCALE).await;
            let painted = picture.bounds(is_dark).expect("it is painted");
            let line = if shape.kind == ShapeKind::Box {
                shape.thickness / 2.0
            } else {
                0.0
            };
            let scale = f64::from(SCALE);
            let told = Rect {
                x: (shape.rect.x - line) * scale,
                y: (shape.rect.y - line) * scale,
                w: (shape.rect.w + 2.0 * line) * scale,
                h: (shape.rect.h + 2.0 * line) * scale,
            };
            let off = painted.largest_difference(&told);
            assert!(
                off <= 1.5,
                "{what}, {name}: painted {painted:?}, told {told:?} (pixels)"
            );
        }
    }
}

#[tokio::test]
async fn rules_have_their_direction_and_thickness_and_boxes_their_kind() {
    let content = "2 w 72 742 m 300 742 l S 0.5 w 72 700 m 72 600 l S \
                   1 w 100 500 12 12 re S 1 w 200 500 100 40 re S\n";
    let told = shapes(page(content)).await;
    assert_eq!(
        brief(&told),
        [
            (ShapeKind::HorizontalRule, [72.0, 99.0, 228.0, 2.0], 2.0),
            (ShapeKind::VerticalRule, [71.8, 142.0, 0.5, 100.0], 0.5),
            (ShapeKind::Box, [200.0, 302.0, 100.0, 40.0], 1.0),
            (ShapeKind::Checkbox, [100.0, 330.0, 12.0, 12.0], 1.0),
        ]
    );
}

#[tokio::test]
async fn a_table_drawn_cell_by_cell_has_rules_from_end_to_end() {
    let mut content = String::from("0.5 w\n");
    for row in 0..3 {
        for column in 0..4 {
            let (x, y) = (100 + 50 * column, 600 + 20 * row);
            let _ = writeln!(content, "{x} {y} m {} {y} l S", x + 50);
        }
    }
    let told = shapes(page(&content)).await;
    let widths: Vec<f64> = told.iter().map(|it| it.rect.w.round()).collect();
    assert_eq!(widths, [200.0, 200.0, 200.0], "{told:?}");
}

#[tokio::test]
async fn what_nobody_sees_is_not_told() {
    let content = "1 1 1 rg 0 0 595 842 re f \
                   1 1 1 RG 1 w 72 700 m 300 700 l S \
                   72 600 m 300 600 l n \
                   0 0 0 RG -500 300 m -100 300 l S \
                   0 0 1 RG 72 500 m 120 560 l S\n";
    assert_eq!(shapes(page(content)).await, []);
}

#[tokio::test]
async fn a_path_inside_forms_is_told_where_it_is_painted() {
    let mut objects = Objects::load_mem(&page("q 1 0 0 1 50 60 cm /Outer Do Q\n")).expect("a PDF");
    let form = |matrix: [i32; 6], resources: Object| {
        dictionary! {
            "Type" => "XObject", "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 400.into(), 400.into()],
            "Matrix" => matrix.map(Object::from).to_vec(),
            "Resources" => resources,
        }
    };
    let inner = form([0, 1, -1, 0, 200, 0], Object::Dictionary(dictionary! {}));
    let inner = Stream::new(inner, b"3 w 20 40 m 120 40 l S".to_vec());
    let inner = objects.add_object(inner);
    let names = dictionary! { "XObject" => dictionary! { "Inner" => inner } };
    let outer = form([2, 0, 0, 2, 10, 20], Object::Dictionary(names));
    let outer = objects.add_object(Stream::new(outer, b"/Inner Do".to_vec()));
    for object in objects.objects.values_mut() {
        if let Object::Dictionary(page) = object
            && page.get(b"Type").and_then(Object::as_name).ok() == Some(b"Page")
        {
            let names = dictionary! { "XObject" => dictionary! { "Outer" => outer } };
            page.set("Resources", names);
        }
    }
    let mut bytes = Vec::new();
    objects.save_to(&mut bytes).expect("written");

    let document = open(&pdf(), bytes).await;
    let told = document.shapes(0).await.expect("looked at").shapes;
    let painted = Picture::of_page(&document, 0, 1.0).await;
    let painted = painted.bounds(is_dark).expect("it is painted");
    let [shape] = told.as_slice() else {
        panic!("one rule is painted: {told:?}");
    };
    assert_eq!(
        shape.kind,
        ShapeKind::VerticalRule,
        "the inner form is turned"
    );
    assert!((shape.thickness - 6.0).abs() < 0.01, "{shape:?}");
    let off = painted.largest_difference(&shape.rect);
    assert!(off <= 1.0, "painted {painted:?}, told {shape:?}");
}

#[tokio::test]
async fn dots_and_low_lines_in_text_are_leaders_and_an_ellipsis_is_none() {
    let content = "BT /F1 12 Tf 72 742 Td (Name: ................) Tj \
                   0 -40 Td (Town: ________) Tj 0 -40 Td (and so on...) Tj ET\n";
    let document = open(&pdf(), page(content)).await;
    let told = document.shapes(0).await.expect("looked at").shapes;
    let kinds: Vec<_> = told.iter().map(|it| it.kind).collect();
    assert_eq!(kinds, [ShapeKind::Leader; 2], "{told:?}");
    let [dots, low] = told.as_slice() else {
        panic!("two leaders: {told:?}");
    };
    // Helvetica: "Name: " is 38.01 wide at 12 pt and each dot 3.336.
    assert!((dots.rect.x - 110.5).abs() < 1.5, "{dots:?}");
    assert!((dots.rect.w - 16.0 * 3.336).abs() < 3.0, "{dots:?}");
    assert!((dots.rect.y + dots.rect.h - 100.0).abs() < 1.0, "{dots:?}");
    assert!(low.rect.y > 139.0 && low.rect.y < 143.0, "{low:?}");
}

#[tokio::test]
async fn a_page_of_very_many_paths_is_looked_at_in_part_and_says_so() {
    let mut content = String::from("0.2 w\n");
    for step in 0..100_000_u32 {
        let (x, y) = (step % 500, (step / 500) * 4 % 800);
        let _ = writeln!(content, "{x} {y} m {} {y} l S", x + 8);
    }
    let told = found(page(&content)).await;
    assert!(!told.complete, "not everything was looked at");
    assert!(!told.shapes.is_empty() && told.shapes.len() <= 5_000);
}
