//! What is told of a page's geometry against what is painted.

use crate::fixtures::{self, Page, Place};
use crate::picture::{Picture, is_dark};
use crate::{open, pdf};
use paraph_domain::geometry::UserRect;

const SCALE: f32 = 2.0;

fn pages() -> Vec<(&'static str, Page)> {
    let marked = |page: Page| Page {
        content: fixtures::square(150.0, 220.0, 30.0),
        ..page
    };
    let turned = |degrees| Page {
        rotate: Some(degrees),
        ..Page::default()
    };
    let boxed = |media, crop| Page {
        media_box: Some(media),
        crop_box: crop,
        ..Page::default()
    };
    let plain = vec![
        ("upright", Page::default()),
        ("turned by 90", turned(90)),
        ("turned by 180", turned(180)),
        ("turned by 270", turned(270)),
        ("turned by -90", turned(-90)),
        ("turned by 450", turned(450)),
        (
            "origin elsewhere",
            boxed([100.0, 200.0, 400.0, 700.0], None),
        ),
        ("corners swapped", boxed([400.0, 700.0, 100.0, 200.0], None)),
        (
            "cropped",
            boxed([0.0, 0.0, 595.0, 842.0], Some([50.0, 100.0, 450.0, 600.0])),
        ),
        (
            "crop beyond media",
            boxed([0.0, 0.0, 500.0, 500.0], Some([-50.0, 100.0, 900.0, 600.0])),
        ),
        (
            "cropped and turned",
            Page {
                rotate: Some(90),
                ..boxed([0.0, 0.0, 595.0, 842.0], Some([50.0, 100.0, 450.0, 600.0]))
            },
        ),
        (
            "user unit 2",
            Page {
                user_unit: Some(2.0),
                ..Page::default()
            },
        ),
        (
            "user unit, crop and turn",
            Page {
                user_unit: Some(1.5),
                rotate: Some(270),
                ..boxed([0.0, 0.0, 595.0, 842.0], Some([50.0, 100.0, 450.0, 600.0]))
            },
        ),
        ("fractions", boxed([0.5, 0.25, 300.75, 400.125], None)),
    ];
    plain
        .into_iter()
        .map(|(name, page)| (name, marked(page)))
        .collect()
}

#[tokio::test]
async fn a_mark_is_painted_where_the_geometry_says() {
    let pdf = pdf();
    for place in [Place::OnThePage, Place::Inherited] {
        for (name, page) in pages() {
            let document = open(&pdf, fixtures::document(&[page], place)).await;
            let geometry = document.info().pages[0];
            let told = geometry.to_displayed(UserRect {
                llx: 150.0,
                lly: 220.0,
                urx: 180.0,
                ury: 250.0,
            });
            let picture = Picture::of_page(&document, 0, SCALE).await;
            let size = geometry.displayed_size();
            let scale = f64::from(SCALE);
            let expected = (
                (size.w * scale).round() as u32,
                (size.h * scale).round() as u32,
            );
            assert_eq!(
                (picture.width, picture.height),
                expected,
                "{name}, {place:?}: size"
            );
            let painted = picture.bounds(is_dark).expect("the mark is painted");
            let told = paraph_domain::geometry::Rect {
                x: told.x * scale,
                y: told.y * scale,
                w: told.w * scale,
                h: told.h * scale,
            };
            let off = painted.largest_difference(&told);
            assert!(
                off <= 1.0,
                "{name}, {place:?}: painted {painted:?}, told {told:?} (pixels)"
            );
        }
    }
}

#[tokio::test]
async fn text_is_found_where_it_is_painted() {
    let pdf = pdf();
    for (name, page) in pages() {
        let content = "BT /F1 40 Tf 150 220 Td (HXH) Tj ET\n".to_owned();
        let document = open(
            &pdf,
            fixtures::document(&[Page { content, ..page }], Place::OnThePage),
        )
        .await;
        let runs = document.text(0).await.expect("the text is read");
        let letters: String = runs.iter().map(|run| run.text.as_str()).collect();
        assert_eq!(letters, "HXH", "{name}: the text is read");
        let picture = Picture::of_page(&document, 0, SCALE).await;
        let painted = picture.bounds(is_dark).expect("the text is painted");
        let scale = f64::from(SCALE);
        let left = runs.iter().map(|run| run.rect.x).fold(f64::MAX, f64::min) * scale;
        let top = runs.iter().map(|run| run.rect.y).fold(f64::MAX, f64::min) * scale;
        let right = runs
            .iter()
            .map(|run| run.rect.x + run.rect.w)
            .fold(0.0, f64::max)
            * scale;
        let bottom = runs
            .iter()
            .map(|run| run.rect.y + run.rect.h)
            .fold(0.0, f64::max)
            * scale;
        let inside = painted.x >= left - 2.0
            && painted.y >= top - 2.0
            && painted.x + painted.w <= right + 2.0
            && painted.y + painted.h <= bottom + 2.0;
        assert!(
            inside,
            "{name}: {painted:?} is not in {left} {top} {right} {bottom} (pixels)"
        );
    }
}

#[tokio::test]
async fn a_line_is_one_run_with_its_baseline_and_size() {
    let document = open(&pdf(), fixtures::contract(1)).await;
    let runs = document.text(0).await.expect("the text is read");
    let title = runs
        .iter()
        .find(|run| run.text.starts_with("Service agreement"));
    let title = title.expect("the title is a run");
    assert_eq!(
        title.text, "Service agreement no. 2024-001",
        "a run is a whole line"
    );
    assert!(
        (title.baseline - 80.0).abs() < 0.1,
        "baseline is told from the top: {title:?}"
    );
    assert!(
        (title.font_size - 18.0).abs() < 0.1,
        "font size is told in points: {title:?}"
    );
    assert!(
        (title.rect.x - 72.0).abs() < 2.0,
        "the run begins at the margin: {title:?}"
    );
}
