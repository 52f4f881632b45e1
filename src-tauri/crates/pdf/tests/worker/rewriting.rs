//! Copies that are written anew: stamped and straightened.

use crate::fixtures::{self, Page, Place};
use crate::picture::{Picture, is_dark};
use crate::{open, pdf};
use paraph_domain::geometry::Rect;

const TEXT: &str = "NO LEGAL VALUE / SANS VALEUR JURIDIQUE";

fn is_red([r, g, b]: [u8; 3]) -> bool {
    r.saturating_sub(g) > 80 && r.saturating_sub(b) > 80
}

#[tokio::test]
async fn every_page_bears_the_stamp() {
    let pdf = pdf();
    let turned = Page {
        rotate: Some(90),
        ..Page::default()
    };
    let crop = Page {
        crop_box: Some([50.0, 100.0, 450.0, 600.0]),
        rotate: Some(270),
        user_unit: Some(2.0),
        ..Page::default()
    };
    let mixed = fixtures::document(&[Page::default(), turned, crop], Place::OnThePage);
    for source in [
        fixtures::contract(3),
        fixtures::with_xref_stream(&fixtures::contract(3)),
        mixed,
    ] {
        let document = open(&pdf, source).await;
        let stamped = open(&pdf, document.stamp_pages(TEXT).await.expect("stamped")).await;
        assert_eq!(
            stamped.info().pages,
            document.info().pages,
            "the pages stay what they are"
        );
        for page in 0..3 {
            let size = stamped.info().pages[page as usize].displayed_size();
            let runs = stamped.text(page).await.expect("read");
            let found: Vec<_> = runs.iter().filter(|run| run.text == TEXT).collect();
            assert!(!found.is_empty(), "page {page} says it: {runs:?}");
            let scale = 1.5;
            let picture = Picture::of_page(&stamped, page, scale).await;
            let red = picture.bounds(is_red).expect("the line is seen");
            let top = size.h * f64::from(scale) * 0.1;
            assert!(
                red.y + red.h < top,
                "page {page}: the line is on top: {red:?}"
            );
            let middle = f64::from(picture.width) / 2.0;
            assert!(
                (red.x + red.w / 2.0 - middle).abs() < 5.0,
                "page {page}: centred {red:?}"
            );
            let before = Picture::of_page(&document, page, scale).await;
            let pairs = before.pixels.iter().zip(&picture.pixels);
            let hidden = pairs
                .filter(|(was, is)| is_dark(**was) && !is_dark(**is))
                .count();
            assert_eq!(
                hidden, 0,
                "page {page}: nothing of the page becomes unreadable"
            );
        }
    }
}

#[tokio::test]
async fn the_embedded_font_can_be_read() {
    let pdf = pdf();
    let blank = fixtures::document(&[Page::default()], Place::OnThePage);
    let document = open(&pdf, blank).await;
    let text = "Zoë Ωμέγα Київ - Ο O О";
    let document = open(&pdf, document.stamp_pages(text).await.expect("stamped")).await;
    let runs = document.text(0).await.expect("read");
    assert!(
        runs.iter().any(|run| run.text == text),
        "Latin, Greek and Cyrillic: {runs:?}"
    );
}

fn crooked() -> Vec<(&'static str, Page)> {
    let content = format!(
        "{}0.8 0.2 0.2 rg 300 420 60 90 re f\nBT /F1 30 Tf 120 330 Td (Straight) Tj ET\n",
        fixtures::square(150.0, 220.0, 30.0)
    );
    let look = "<< /Type /Annot /Subtype /Square /Rect [200 500 260 530] /C [0 0 1] /F 4 >>";
    let page = || Page {
        content: content.clone(),
        annotations: vec![look.to_owned()],
        ..Page::default()
    };
    let crop = Some([50.0, 100.0, 450.0, 600.0]);
    vec![
        (
            "turned by 90",
            Page {
                rotate: Some(90),
                ..page()
            },
        ),
        (
            "turned by 180",
            Page {
                rotate: Some(180),
                ..page()
            },
        ),
        (
            "turned by 270",
            Page {
                rotate: Some(270),
                ..page()
            },
        ),
        (
            "cropped",
            Page {
                crop_box: crop,
                ..page()
            },
        ),
        (
            "cropped and turned",
            Page {
                crop_box: crop,
                rotate: Some(90),
                ..page()
            },
        ),
        (
            "user unit 2",
            Page {
                user_unit: Some(2.0),
                ..page()
            },
        ),
        (
            "everything",
            Page {
                crop_box: crop,
                rotate: Some(270),
                user_unit: Some(1.5),
                ..page()
            },
        ),
    ]
}

#[tokio::test]
async fn straightened_pages_look_the_same() {
    let pdf = pdf();
    for place in [Place::OnThePage, Place::Inherited] {
        for (name, page) in crooked() {
            let source = fixtures::document(&[page, Page::default()], place);
            let source = fixtures::with_text_field(&source, [320.0, 150.0, 400.0, 180.0]);
            let document = open(&pdf, source).await;
            assert!(
                !document.info().is_straight(),
                "{name}: the fixture is crooked"
            );
            let straight = document.straighten().await.expect("straightened");
            let straight = open(&pdf, straight).await;
            assert!(
                straight.info().is_straight(),
                "{name}: {:?}",
                straight.info().pages
            );
            for page in 0..2 {
                let was = document.info().pages[page as usize].displayed_size();
                let is = straight.info().pages[page as usize].displayed_size();
                assert!(
                    (was.w - is.w).abs() < 0.01 && (was.h - is.h).abs() < 0.01,
                    "{name}: size"
                );
                let before = Picture::of_page(&document, page, 1.0).await;
                let after = Picture::of_page(&straight, page, 1.0).await;
                let pairs = before.pixels.iter().zip(&after.pixels);
                let off = pairs
                    .filter(|(a, b)| (0..3).any(|i| a[i].abs_diff(b[i]) > 1))
                    .count();
                // A hair's breadth of rounding may show where an edge is blended.
                assert!(
                    off <= 4,
                    "{name}, {place:?}, page {page}: {off} pixels differ"
                );
            }
            let was = document.find_marks().await.expect("found");
            let is = straight.find_marks().await.expect("found");
            let [was, is] = [&was, &is].map(|marks| marks.first().map(|mark| mark.rect));
            let (was, is): (Rect, Rect) = (was.expect("a field"), is.expect("a field"));
            assert!(
                was.largest_difference(&is) < 0.01,
                "{name}: fields stay in place"
            );
        }
    }
}

#[tokio::test]
async fn a_straight_document_keeps_its_bytes() {
    let source = fixtures::contract(2);
    let straight = open(&pdf(), source.clone())
        .await
        .straighten()
        .await
        .expect("straightened");
    assert!(
        straight.starts_with(&source),
        "what is straight already is not rewritten"
    );
}
