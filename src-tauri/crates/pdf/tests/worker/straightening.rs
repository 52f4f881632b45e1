//! Pages made plain: the same to the eye, to selection, to forms, to links and to screen readers.

use crate::fixture_set::{content, navigation};
use crate::fixtures::{Page, Place, square};
use crate::picture::Picture;
use crate::{fixtures, open, pdf};
use lopdf::{Dictionary, Object, ObjectId, dictionary};
use paraph_domain::geometry::Rect;
use paraph_pdf::{Document, PdfError, TextRun};

/// 144 dpi.
const SHARP: f32 = 2.0;
/// Pixels that may differ by two levels instead of one.
const FEW: usize = 4;
/// Places are kept to this many points.
const CLOSE: f64 = 0.1;
/// In points, for letters of up to 30: how far one of a turned line reaches is known from its
/// paint alone, and its descent not at all.
const ABOUT: f64 = 3.0;

async fn both(bytes: Vec<u8>) -> (Document, Document) {
    let pdf = pdf();
    let crooked = open(&pdf, bytes).await;
    let straight = crooked.straighten().await.expect("it can be straightened");
    let straight = open(&pdf, straight).await;
    assert!(straight.info().is_straight(), "{:?}", straight.info().pages);
    (crooked, straight)
}

/// Pixels that differ by more than one level, and the largest difference.
fn difference(before: &Picture, after: &Picture) -> (usize, u8) {
    assert_eq!(
        (before.width, before.height),
        (after.width, after.height),
        "the page keeps its size"
    );
    let apart = |(a, b): (&[u8; 3], &[u8; 3])| (0..3).map(|i| a[i].abs_diff(b[i])).max();
    let pairs = before.pixels.iter().zip(&after.pixels);
    let apart: Vec<u8> = pairs.filter_map(apart).collect();
    let more = apart.iter().filter(|apart| **apart > 1).count();
    (more, apart.into_iter().max().unwrap_or(0))
}

#[tokio::test]
async fn every_look_stays_the_same_to_one_level_at_144_dpi() {
    let mut wrong = Vec::new();
    for (look, exercises, draw) in content::LOOKS {
        let (crooked, straight) = both(content::crooked(draw)).await;
        for (page, (frame, _)) in (0..).zip(content::CROOKED) {
            let before = Picture::of_page(&crooked, page, SHARP).await;
            let blank = before.pixels.iter().all(|pixel| *pixel == [255; 3]);
            assert!(!blank, "{look} ({exercises}), {frame}: something is drawn");
            let after = Picture::of_page(&straight, page, SHARP).await;
            let (more, largest) = difference(&before, &after);
            if more > FEW || largest > 2 {
                let of = before.pixels.len();
                wrong.push(format!(
                    "{look}, {frame}: {more} of {of} pixels, by up to {largest}"
                ));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "what looks different:\n{}",
        wrong.join("\n")
    );
}

#[tokio::test]
async fn text_and_fields_stay_what_and_where_they_are() {
    for (look, _, draw) in content::LOOKS {
        let (crooked, straight) = both(content::crooked(draw)).await;
        for (page, (frame, _)) in (0..).zip(content::CROOKED) {
            let before = crooked.text(page).await.expect("read");
            let after = straight.text(page).await.expect("read");
            // Where lines are cut into runs hangs by a hair when text is not upright.
            let said = |runs: &[TextRun]| -> String {
                runs.iter().flat_map(|run| run.text.chars()).collect()
            };
            assert_eq!(
                said(&before),
                said(&after),
                "{look}, {frame}: the same text"
            );
            let off = extent(&before).largest_difference(&extent(&after));
            assert!(off <= ABOUT, "{look}, {frame}: moved by {off} points");
            if before.len() != after.len() {
                continue;
            }
            for (before, after) in before.iter().zip(&after) {
                let off = (before.baseline - after.baseline).abs();
                let around = before.rect.largest_difference(&after.rect);
                assert!(
                    off <= CLOSE
                        && around <= ABOUT
                        && (before.font_size - after.font_size).abs() <= CLOSE,
                    "{look}, {frame}: {before:?} became {after:?}"
                );
            }
        }
        let before = crooked.find_marks().await.expect("found");
        let after = straight.find_marks().await.expect("found");
        assert_eq!(before.len(), after.len(), "{look}: the same fields");
        for (before, after) in before.iter().zip(&after) {
            assert_eq!(
                (&before.field_name, before.page, &before.kind),
                (&after.field_name, after.page, &after.kind),
                "{look}: fields keep name, page and value"
            );
            assert!(
                before.rect.largest_difference(&after.rect) <= CLOSE,
                "{look}: {before:?} became {after:?}"
            );
        }
    }
}

/// Around all runs.
fn extent(runs: &[TextRun]) -> Rect {
    let edge = |of: fn(&TextRun) -> f64, most: fn(f64, f64) -> f64| {
        runs.iter().map(of).reduce(most).unwrap_or(0.0)
    };
    let (x, y) = (
        edge(|it| it.rect.x, f64::min),
        edge(|it| it.rect.y, f64::min),
    );
    let right = edge(|it| it.rect.x + it.rect.w, f64::max);
    let bottom = edge(|it| it.rect.y + it.rect.h, f64::max);
    let (w, h) = (right - x, bottom - y);
    Rect { x, y, w, h }
}

/// A straightened file's objects, for looking up what no reader shows.
struct Objects(lopdf::Document);

impl Objects {
    async fn of(bytes: Vec<u8>) -> Self {
        let document = open(&pdf(), bytes).await;
        let straight = document.straighten().await.expect("straightened");
        Self(lopdf::Document::load_mem(&straight).expect("it can be read"))
    }

    /// Follows keys (and places in lists) from `from`.
    fn at<'a>(&'a self, from: &'a Dictionary, path: &[&str]) -> &'a Object {
        let (first, rest) = path.split_first().expect("a path");
        let mut found = from.get_deref(first.as_bytes(), &self.0).expect("an entry");
        for key in rest {
            let next = match found {
                Object::Array(list) => &list[key.parse::<usize>().expect("a place")],
                Object::Dictionary(entries) => entries.get(key.as_bytes()).expect("an entry"),
                other => panic!("{key} of {other:?}"),
            };
            found = self.0.dereference(next).expect("an object").1;
        }
        found
    }

    fn catalog(&self) -> &Dictionary {
        self.0.catalog().expect("a catalog")
    }

    fn page(&self, number: u32) -> (ObjectId, &Dictionary) {
        let id = self.0.get_pages()[&number];
        (id, self.0.get_dictionary(id).expect("a page"))
    }
}

/// A destination as its kind and numbers; null is left out.
fn destination(found: &Object) -> (String, Vec<Option<f32>>) {
    let items = found.as_array().expect("a destination");
    let kind = items[1].as_name().expect("a kind");
    let numbers = items[2..].iter().map(|it| it.as_float().ok()).collect();
    (String::from_utf8_lossy(kind).into_owned(), numbers)
}

fn numbers(list: &Object) -> Vec<f32> {
    let list = list.as_array().expect("a list").iter();
    list.map(|it| it.as_float().expect("a number")).collect()
}

/// What leads somewhere, its destination, and what that is to be.
type Led<'a> = (&'a str, &'a Object, &'a str, &'a [Option<f32>]);

#[tokio::test]
async fn destinations_lead_where_they_led() {
    let straight = Objects::of(navigation::turned()).await;
    let catalog = straight.catalog();
    let (_, first) = straight.page(1);
    // The page was 300 x 400 and is shown turned clockwise: what was 350 up is 350 from the
    // left, and what was 50 from the left is 50 down, which is 250 up.
    let expected: [Led; 11] = [
        (
            "a bookmark",
            straight.at(catalog, &["Outlines", "First", "Dest"]),
            "XYZ",
            &[Some(350.0), None, None],
        ),
        (
            "a bookmark's action",
            straight.at(catalog, &["Outlines", "Last", "A", "D"]),
            "FitBV",
            &[Some(350.0)],
        ),
        (
            "a name",
            straight.at(catalog, &["Names", "Dests", "Names", "1"]),
            "FitV",
            &[Some(350.0)],
        ),
        (
            "a name's dictionary",
            straight.at(catalog, &["Names", "Dests", "Names", "3", "D"]),
            "FitR",
            &[Some(60.0), Some(150.0), Some(360.0), Some(250.0)],
        ),
        (
            "a bookmark's action, by an element",
            straight.at(catalog, &["Outlines", "Last", "A", "SD"]),
            "XYZ",
            &[Some(350.0), Some(250.0), Some(2.0)],
        ),
        (
            "a name, by an element whose content has the page",
            straight.at(catalog, &["Names", "Dests", "Names", "3", "SD"]),
            "FitH",
            &[Some(250.0)],
        ),
        (
            "a name of the other page",
            straight.at(catalog, &["Names", "Dests", "Names", "5"]),
            "XYZ",
            &[Some(50.0), Some(350.0), Some(0.0)],
        ),
        (
            "an old name",
            straight.at(catalog, &["Dests", "old"]),
            "FitBH",
            &[Some(250.0)],
        ),
        (
            "opening",
            straight.at(catalog, &["OpenAction"]),
            "FitH",
            &[None],
        ),
        (
            "a link",
            straight.at(first, &["Annots", "0", "Dest"]),
            "XYZ",
            &[Some(350.0), Some(250.0), Some(2.0)],
        ),
        (
            "a chain of actions",
            straight.at(first, &["Annots", "1", "A", "Next", "D"]),
            "FitH",
            &[Some(250.0)],
        ),
    ];
    for (what, found, kind, numbers) in expected {
        assert_eq!(
            destination(found),
            (kind.to_owned(), numbers.to_vec()),
            "where {what} leads"
        );
    }
}

#[tokio::test]
async fn links_lie_over_what_they_belong_to() {
    let straight = Objects::of(navigation::turned()).await;
    let (_, first) = straight.page(1);
    for (link, expected) in [
        ("0", [60.0, 230.0, 80.0, 260.0]),
        ("1", [100.0, 230.0, 120.0, 260.0]),
    ] {
        let rect = straight.at(first, &["Annots", link, "Rect"]);
        assert_eq!(numbers(rect), expected, "the rectangle of link {link}");
    }
    let address = straight.at(first, &["Annots", "1", "A", "URI"]);
    assert_eq!(address.as_str().ok(), Some(&b"https://example.org/"[..]));
}

#[tokio::test]
async fn tags_still_name_their_content() {
    let straight = Objects::of(navigation::turned()).await;
    let catalog = straight.catalog();
    let (page, entries) = straight.page(1);
    let resources = entries.get(b"Resources").and_then(Object::as_dict);
    let forms = resources
        .and_then(|it| it.get(b"XObject"))
        .and_then(Object::as_dict);
    let form = forms
        .and_then(|it| it.get(b"ParaphPage"))
        .and_then(Object::as_reference);
    let form = form.expect("the content is a form");
    assert!(
        !entries.has(b"StructParents"),
        "the page has no content of its own"
    );
    let key = straight.0.get_object(form).and_then(Object::as_stream);
    let key = key
        .and_then(|it| it.dict.get(b"StructParents"))
        .and_then(Object::as_i64);
    assert_eq!(key.ok(), Some(0), "the form is found in the parent tree");
    for (path, number) in [
        (&["StructTreeRoot", "K", "K", "0", "K"][..], 0),
        (&["StructTreeRoot", "K", "K", "1", "K", "0"][..], 1),
    ] {
        let piece = straight
            .at(catalog, path)
            .as_dict()
            .expect("a piece of content");
        let named = |key: &[u8]| piece.get(key).and_then(Object::as_reference).ok();
        assert_eq!(named(b"Pg"), Some(page), "piece {number} is on the page");
        assert_eq!(named(b"Stm"), Some(form), "piece {number} is in the form");
        assert_eq!(
            piece.get(b"MCID").and_then(Object::as_i64).ok(),
            Some(number)
        );
    }
    let place = straight.at(catalog, &["StructTreeRoot", "K", "K", "1", "A", "BBox"]);
    assert_eq!(
        numbers(place),
        [200.0, 120.0, 290.0, 200.0],
        "where the figure lies"
    );
}

#[tokio::test]
async fn articles_go_on_where_they_went_on() {
    let straight = Objects::of(navigation::turned()).await;
    let thread = straight.at(straight.catalog(), &["Threads", "0"]);
    let thread = thread.as_dict().expect("a thread");
    for (bead, expected) in [
        (&["F", "R"][..], [60.0, 230.0, 80.0, 260.0]),
        (&["F", "N", "R"], [40.0, 60.0, 70.0, 80.0]),
    ] {
        let place = straight.at(thread, bead);
        assert_eq!(numbers(place), expected, "{bead:?}");
    }
}

#[tokio::test]
async fn lengths_in_viewports_mean_what_they_meant() {
    let straight = Objects::of(navigation::turned()).await;
    let (_, first) = straight.page(1);
    let value = |path: &[&str]| straight.at(first, path).as_float().expect("a number");
    for (path, expected) in [
        (&["VP", "0", "BBox"][..], &[0.0, 0.0, 200.0, 300.0][..]),
        (&["VP", "0", "Measure", "O"], &[20.0, 290.0]),
        (&["VP", "1", "BBox"], &[200.0, 0.0, 400.0, 300.0]),
        (
            &["VP", "1", "Measure", "LPTS"],
            &[0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.25],
        ),
        (
            &["VP", "1", "Measure", "GPTS"],
            &[45.0, 4.0, 46.0, 4.0, 46.0, 5.0, 45.0, 5.0],
        ),
    ] {
        assert_eq!(numbers(straight.at(first, path)), expected, "{path:?}");
    }
    // What was across is up now.
    assert_eq!(value(&["VP", "0", "Measure", "X", "0", "C"]), 0.25);
    assert_eq!(value(&["VP", "0", "Measure", "Y", "0", "C"]), 0.5);
    assert_eq!(value(&["VP", "0", "Measure", "CYX"]), 0.5);
    assert_eq!(value(&["VP", "0", "Measure", "D", "0", "C"]), 1.0);
}

#[tokio::test]
async fn a_unit_of_user_space_that_shrinks_means_less() {
    let page = Page {
        user_unit: Some(2.0),
        content: square(100.0, 100.0, 50.0),
        ..Page::default()
    };
    let mut file = lopdf::Document::load_mem(&fixtures::document(&[page], Place::OnThePage))
        .expect("our own document loads");
    let page = file.page_iter().next().expect("a page");
    let measure = dictionary! {
        "X" => vec![dictionary! { "U" => Object::string_literal("m"), "C" => 3 }.into()],
    };
    let viewport = dictionary! {
        "BBox" => vec![0.into(), 0.into(), 10.into(), 20.into()],
        "Measure" => measure,
    };
    let page = file.get_dictionary_mut(page).expect("its dictionary");
    page.set("VP", vec![viewport.into()]);
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("memory takes it");
    let straight = Objects::of(bytes).await;
    let (_, page) = straight.page(1);
    let place = straight.at(page, &["VP", "0", "BBox"]);
    assert_eq!(numbers(place), [0.0, 0.0, 20.0, 40.0]);
    let factor = straight.at(page, &["VP", "0", "Measure", "X", "0", "C"]);
    assert_eq!(factor.as_float().ok(), Some(1.5), "metres in a unit");
}

#[tokio::test]
async fn widgets_are_drawn_upright_by_whoever_draws_them_anew() {
    let widgets = content::LOOKS.iter().find(|(name, ..)| *name == "widgets");
    let straight = Objects::of(content::crooked(widgets.expect("there").2)).await;
    // The first field is turned by 90 against a page that is turned by so much.
    for (number, expected) in [(1, 0), (2, 270), (3, 180), (4, 90)] {
        let (_, page) = straight.page(number);
        let turn = straight.at(page, &["Annots", "0", "MK", "R"]).as_i64();
        assert_eq!(turn.ok(), Some(expected), "on page {number}");
    }
    let (_, enlarged) = straight.page(8);
    let font = straight.at(enlarged, &["Annots", "3", "DA"]).as_str();
    assert_eq!(
        font.ok(),
        Some(&b"/Helv 18 Tf 0 0 0.6 rg"[..]),
        "user unit 1.5"
    );
}

#[tokio::test]
async fn a_page_that_stands_twice_is_turned_once() {
    let source = navigation::turned();
    let mut twice = lopdf::Document::load_mem(&source).expect("a fixture");
    let first = twice.get_pages()[&1];
    let root = twice
        .catalog()
        .and_then(|it| it.get(b"Pages"))
        .and_then(Object::as_reference);
    let root = twice
        .get_dictionary_mut(root.expect("pages"))
        .expect("pages");
    root.set("Kids", vec![first.into(), first.into()]);
    let mut bytes = Vec::new();
    twice.save_to(&mut bytes).expect("written");
    let (crooked, straight) = both(bytes).await;
    for page in 0..2 {
        let before = Picture::of_page(&crooked, page, SHARP).await;
        let after = Picture::of_page(&straight, page, SHARP).await;
        assert_eq!(difference(&before, &after).0, 0, "page {page}");
    }
}

/// A turned page whose content comes in two packed streams, of which the filter is an object of
/// its own, as some producers write it.
fn packed_in_two() -> lopdf::Document {
    let page = Page {
        rotate: Some(90),
        content: square(100.0, 100.0, 50.0),
        ..Page::default()
    };
    let mut file = lopdf::Document::load_mem(&fixtures::document(&[page], Place::OnThePage))
        .expect("our own document loads");
    let filter = file.add_object(Object::Name(b"FlateDecode".to_vec()));
    let streams: Vec<Object> = [square(100.0, 100.0, 50.0), square(300.0, 500.0, 20.0)]
        .map(|content| {
            // Long enough to be packed.
            let content = content.repeat(20).into_bytes();
            let mut stream = lopdf::Stream::new(Dictionary::new(), content);
            stream.compress().expect("it is packed");
            stream.dict.set("Filter", filter);
            Object::Reference(file.add_object(stream))
        })
        .to_vec();
    let page = file.page_iter().next().expect("a page");
    let page = file.get_dictionary_mut(page).expect("its dictionary");
    page.set("Contents", streams);
    file
}

#[tokio::test]
async fn content_in_several_streams_is_kept_however_it_is_packed() {
    let mut file = packed_in_two();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("memory takes it");
    let (crooked, straight) = both(bytes).await;
    let before = Picture::of_page(&crooked, 0, SHARP).await;
    let after = Picture::of_page(&straight, 0, SHARP).await;
    let dark = before.pixels.iter().filter(|pixel| pixel[0] < 128).count();
    assert!(dark > 2000, "both squares are drawn: {dark} pixels");
    let (more, largest) = difference(&before, &after);
    assert!(more <= FEW && largest <= 2, "{more} pixels by {largest}");
}

#[tokio::test]
async fn content_that_cannot_be_read_is_not_left_out() {
    let mut file = packed_in_two();
    let page = file.page_iter().next().expect("a page");
    let number = file.add_object(7);
    let page = file.get_dictionary_mut(page).expect("its dictionary");
    let contents = page.get_mut(b"Contents").and_then(Object::as_array_mut);
    contents.expect("streams").push(Object::Reference(number));
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).expect("memory takes it");
    let document = open(&pdf(), bytes).await;
    let straight = document.straighten().await;
    assert!(
        matches!(straight, Err(PdfError::Damaged { .. })),
        "it is refused: {:?}",
        straight.map(|it| it.len())
    );
}
