//! What is told of a page's text against what is painted, and how it reads.

use crate::fixtures::{self, Page, Place};
use crate::geometry::pages;
use crate::picture::Picture;
use crate::{open, pdf};
use lopdf::{Document as Objects, Object, Stream, dictionary};
use paraph_domain::geometry::Rect;
use paraph_pdf::TextRun;

const SCALE: f32 = 2.0;

fn page(content: &str) -> Vec<u8> {
    let page = Page {
        content: content.to_owned(),
        ..Page::default()
    };
    fixtures::document(&[page], Place::OnThePage)
}

async fn read(pdf: Vec<u8>) -> Vec<TextRun> {
    let document = open(&crate::pdf(), pdf).await;
    let runs = document.text(0).await.expect("the text is read");
    for run in &runs {
        let letters = run.text.chars().count();
        assert_eq!(run.spans.len(), letters, "each letter has a place: {run:?}");
    }
    runs
}

async fn texts(pdf: Vec<u8>) -> Vec<String> {
    read(pdf).await.into_iter().map(|run| run.text).collect()
}

/// Where along its line a point of the displayed page is, and how far below the line's top.
fn in_run(run: &TextRun, (x, y): (f64, f64)) -> (f64, f64) {
    let (sin, cos) = run.angle.to_radians().sin_cos();
    let (x, y) = (x - run.corner.0, y - run.corner.1);
    (x * cos + y * sin, y * cos - x * sin)
}

/// "AXB" with a red X, running `degrees` anticlockwise in user space.
fn marked(degrees: f64, size: f64, (x, y): (f64, f64)) -> String {
    let (sin, cos) = degrees.to_radians().sin_cos();
    format!(
        "BT /F1 {size} Tf {cos:.6} {sin:.6} {:.6} {cos:.6} {x} {y} Tm \
         0 g (A) Tj 1 0 0 rg (X) Tj 0 g (B) Tj ET\n",
        -sin
    )
}

#[tokio::test]
async fn each_letter_is_told_where_it_is_painted_however_page_and_text_are_turned() {
    let pdf = pdf();
    for (name, shape) in pages() {
        for degrees in [0.0, 90.0, 180.0, 270.0, 30.0] {
            let content = marked(degrees, 30.0, (200.0, 300.0));
            let page = Page {
                content,
                ..shape.clone()
            };
            let document = open(&pdf, fixtures::document(&[page], Place::OnThePage)).await;
            let geometry = document.info().pages[0];
            let runs = document.text(0).await.expect("the text is read");
            let case = format!("{name}, text turned by {degrees}");
            let [run] = runs.as_slice() else {
                panic!("{case}: one line is one run: {runs:?}");
            };
            assert_eq!(run.text, "AXB", "{case}");
            let size = 30.0 * geometry.user_unit;
            assert!((run.font_size - size).abs() < 0.1, "{case}: {run:?}");

            let picture = Picture::of_page(&document, 0, SCALE).await;
            let [from, to] = run.spans[1].map(f64::from);
            let slack = 1.0;
            let (mut first, mut last) = (f64::MAX, f64::MIN);
            for y in 0..picture.height {
                for x in 0..picture.width {
                    let [red, green, blue] = picture.at(x, y);
                    if red < 160 || green > 90 || blue > 90 {
                        continue;
                    }
                    let scale = f64::from(SCALE);
                    let middle = ((f64::from(x) + 0.5) / scale, (f64::from(y) + 0.5) / scale);
                    let (along, below) = in_run(run, middle);
                    (first, last) = (first.min(along), last.max(along));
                    assert!(
                        (-slack..=size + slack).contains(&below),
                        "{case}: the X is painted {below} below the top of its line: {run:?}"
                    );
                    let Rect { x, y, w, h } = run.rect;
                    let (right, bottom) = (x + w + slack, y + h + slack);
                    assert!(
                        (x - slack..=right).contains(&middle.0)
                            && (y - slack..=bottom).contains(&middle.1),
                        "{case}: {middle:?} is not in {:?}",
                        run.rect
                    );
                }
            }
            let edge = 0.06 * size + slack;
            assert!(
                (first - from).abs() <= edge && (last - to).abs() <= edge,
                "{case}: the X reaches from {first} to {last}, told {from} to {to}"
            );
        }
    }
}

/// A page whose Helvetica says by /ToUnicode what `codes` (a CMap's `bfchar` lines) mean.
fn meaning(content: &str, codes: &[(&str, &str)]) -> Vec<u8> {
    let mut objects = Objects::load_mem(&page(content)).expect("a fixture is a PDF");
    let mut map = format!(
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Test def\n\
         1 begincodespacerange <00> <FF> endcodespacerange\n{} beginbfchar\n",
        codes.len()
    );
    for (code, text) in codes {
        map.push_str(&format!("<{code}> <{text}>\n"));
    }
    map.push_str("endbfchar endcmap end end\n");
    let map = objects.add_object(Stream::new(dictionary! {}, map.into_bytes()));
    for object in objects.objects.values_mut() {
        if let Object::Dictionary(font) = object
            && font.get(b"Type").and_then(Object::as_name).ok() == Some(b"Font")
        {
            font.set("ToUnicode", map);
        }
    }
    let mut bytes = Vec::new();
    objects.save_to(&mut bytes).expect("a fixture is written");
    bytes
}

#[tokio::test]
async fn a_ligature_is_its_letters_and_they_share_its_width() {
    let content = "BT /F1 20 Tf 72 700 Td (oXce) Tj ET\n";
    let runs = read(meaning(content, &[("58", "006600660069")])).await;
    assert_eq!(runs[0].text, "office");
    let spans = &runs[0].spans;
    let widths: Vec<f32> = spans[1..4].iter().map(|[from, to]| to - from).collect();
    let third = 20.0 * 0.667 / 3.0;
    for width in &widths {
        assert!((width - third).abs() < 0.05, "{widths:?}");
    }
    for pair in spans.windows(2) {
        assert!((pair[0][1] - pair[1][0]).abs() < 0.5, "in a row: {spans:?}");
    }
}

#[tokio::test]
async fn a_letter_beyond_the_first_plane_is_one_letter() {
    let content = "BT /F1 20 Tf 72 700 Td (aXb) Tj ET\n";
    let runs = read(meaning(content, &[("58", "D83DDE00")])).await;
    assert_eq!(runs[0].text, "a😀b");
}

#[tokio::test]
async fn right_to_left_words_read_in_their_order_and_each_letter_keeps_its_place() {
    // Painted from left to right: mem, lamed, shin; read from the right: shin, lamed, mem.
    let codes = [("41", "05DD"), ("42", "05DC"), ("43", "05E9")];
    let runs = read(meaning("BT /F1 20 Tf 72 700 Td (ABC) Tj ET\n", &codes)).await;
    let [run] = runs.as_slice() else {
        panic!("one word is one run: {runs:?}");
    };
    assert_eq!(run.text, "שלם");
    let starts: Vec<f32> = run.spans.iter().map(|[from, _]| *from).collect();
    assert!(
        starts[0] > starts[1] && starts[1] > starts[2] && starts[2].abs() < 0.01,
        "the first letter read is the rightmost: {starts:?}"
    );
}

#[tokio::test]
async fn a_gap_that_the_page_leaves_between_words_is_a_space_between_their_places() {
    let content = "BT /F1 20 Tf 72 700 Td (first) Tj 60 0 Td (second) Tj ET\n";
    let runs = read(page(content)).await;
    let [run] = runs.as_slice() else {
        panic!("one line is one run: {runs:?}");
    };
    assert_eq!(run.text, "first second");
    let [from, to] = run.spans[5];
    assert!((from - run.spans[4][1]).abs() < 0.01, "{:?}", run.spans);
    assert!(
        (to - 60.0).abs() < 0.6,
        "the second word begins there: {to}"
    );
}

#[tokio::test]
async fn a_word_broken_at_a_line_end_keeps_its_hyphen() {
    let content = "BT /F1 12 Tf 72 700 Td (the resi-) Tj 0 -14 Td (liation clause) Tj ET\n";
    assert_eq!(texts(page(content)).await, ["the resi-", "liation clause"]);
}

#[tokio::test]
async fn lines_are_told_from_the_top_whatever_the_order_of_the_content() {
    let content = "BT /F1 12 Tf 300 600 Td (below, right) Tj -228 0 Td (below) Tj \
                   0 100 Td (above) Tj ET\n";
    let lines = texts(page(content)).await;
    assert_eq!(lines, ["above", "below", "below, right"]);
}

#[tokio::test]
async fn columns_of_prose_are_read_one_after_the_other_and_tables_row_by_row() {
    let mut content =
        String::from("BT /F1 18 Tf 72 780 Td (A title over both columns of it) Tj ET\n");
    for line in 0..5 {
        for (column, x) in [("left", 72), ("right", 320)] {
            content.push_str(&format!(
                "BT /F1 10 Tf {x} {} Td ({column} column with some words, {line}) Tj ET\n",
                700 - 12 * line
            ));
        }
    }
    for (row, label) in ["Name", "Town", "Date"].iter().enumerate() {
        let y = 500 - 20 * row;
        content.push_str(&format!(
            "BT /F1 10 Tf 72 {y} Td ({label}) Tj 200 0 Td (value {row}) Tj ET\n"
        ));
    }
    let runs = texts(page(&content)).await;
    let columns = ["left", "right"].iter().flat_map(|column| {
        (0..5).map(move |line| format!("{column} column with some words, {line}"))
    });
    let mut expected = vec!["A title over both columns of it".to_owned()];
    expected.extend(columns);
    expected.extend(["Name", "value 0", "Town", "value 1", "Date", "value 2"].map(str::to_owned));
    assert_eq!(runs, expected);
}

#[tokio::test]
async fn the_unseen_text_of_a_skewed_scan_is_read_line_by_line() {
    let mut content = String::new();
    let mut expected = Vec::new();
    // Recognised text is painted in no colour (3 Tr), often not from the top.
    for line in (0..12).rev() {
        let lean = [0.3, 1.7, 0.9, 2.0][line % 4];
        let (sin, cos) = f64::to_radians(lean).sin_cos();
        let (text, size) = match line {
            0 => ("A heading of another size".to_owned(), 19.0),
            _ => (format!("line {line} of what the scanner saw"), 10.5),
        };
        content.push_str(&format!(
            "BT 3 Tr /F1 {size} Tf {cos:.5} {:.5} {sin:.5} {cos:.5} 72 {} Tm ({text}) Tj ET\n",
            -sin,
            740 - 15 * line
        ));
        expected.insert(0, text);
    }
    content.push_str("BT 3 Tr /F1 9 Tf 0.01 1 -1 0.01 40 300 Tm (written up the margin) Tj ET\n");
    expected.push("written up the margin".to_owned());
    assert_eq!(texts(page(&content)).await, expected);
}

#[tokio::test]
async fn a_page_without_text_has_no_runs() {
    assert_eq!(
        texts(page(&fixtures::square(100.0, 100.0, 50.0)))
            .await
            .len(),
        0
    );
}
