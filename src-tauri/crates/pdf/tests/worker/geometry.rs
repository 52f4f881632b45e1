//! What is told of a page's geometry against what is painted.

use crate::fixture_set::geometry::{self, Case};
use crate::fixture_set::odd_geometry;
use crate::fixtures::{self, Page, Place};
use crate::picture::{Picture, is_dark};
use crate::{open, pdf};
use paraph_domain::geometry::{Rect, UserRect};
use paraph_pdf::{Document, PixelRect, Priority, Tile};

const SCALE: f32 = 2.0;

pub fn pages() -> Vec<(&'static str, Page)> {
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

/// Displayed sizes and places are as stated to this many points.
const CLOSE: f64 = 0.1;

#[tokio::test]
async fn every_combination_is_shown_and_told_as_stated() {
    check(&geometry::combinations()).await;
}

#[tokio::test]
async fn odd_values_and_limits_are_shown_and_told_as_stated() {
    check(&odd_geometry::cases()).await;
}

async fn check(cases: &[Case]) {
    let document = open(&pdf(), geometry::document(cases)).await;
    assert_eq!(document.info().pages.len(), cases.len(), "a page for each");
    for ((page, case), told) in (0..).zip(cases).zip(&document.info().pages) {
        let name = &case.name;
        let size = told.displayed_size();
        assert!(
            (size.w - case.size.0).abs() <= CLOSE && (size.h - case.size.1).abs() <= CLOSE,
            "{name}: {size:?} is told, {:?} is stated",
            case.size
        );
        let [x, y, w, h] = case.shown;
        let stated = Rect { x, y, w, h };
        let [llx, lly, w, h] = case.mark;
        let drawn = UserRect {
            llx,
            lly,
            urx: llx + w,
            ury: lly + h,
        };
        let displayed = told.to_displayed(drawn);
        assert!(
            displayed.largest_difference(&stated) <= CLOSE,
            "{name}: told to be displayed at {displayed:?}, stated {stated:?}"
        );
        let back = told.to_user(stated);
        let off = [
            back.llx - drawn.llx,
            back.lly - drawn.lly,
            back.urx - drawn.urx,
            back.ury - drawn.ury,
        ];
        assert!(
            off.iter().all(|off| off.abs() <= CLOSE),
            "{name}: told to be drawn at {back:?}, drawn at {drawn:?}"
        );
        let painted = painted(&document, page, case.size, stated).await;
        let off = painted.largest_difference(&stated);
        assert!(
            off <= CLOSE.min(0.1 * stated.w.max(stated.h)),
            "{name}: painted at {painted:?}, stated {stated:?}"
        );
    }
}

/// Where ink lies on a page of `size` around `stated`, in points: what the blended pixels at
/// edges say counts, so that it is exact to a fraction of a pixel.
async fn painted(document: &Document, page: u32, size: (f64, f64), stated: Rect) -> Rect {
    // The mark in some tens of pixels, however small or large the page is.
    let scale = 60.0 / stated.w.max(stated.h);
    let (left, top) = (stated.x * scale - 20.0, stated.y * scale - 20.0);
    let (left, top) = (left.max(0.0).floor(), top.max(0.0).floor());
    let whole = |extent: f64| (extent * scale).round().max(1.0);
    let region = PixelRect {
        x: left as u32,
        y: top as u32,
        width: (whole(size.0) - left).min(100.0) as u32,
        height: (whole(size.1) - top).min(100.0) as u32,
    };
    let tile = Tile {
        page,
        scale: scale as f32,
        region: Some(region),
    };
    let image = document.tile(tile, Priority::Visible).await;
    let picture = Picture::decode(&image.expect("the part with the mark is drawn"));
    let ink = |x: u32, y: u32| f64::from(255 - picture.at(x, y)[0]) / 255.0;
    let (mut all, mut across, mut down) = (0.0, 0.0, 0.0);
    let (mut widest, mut highest) = (0.0_f64, 0.0_f64);
    for y in 0..picture.height {
        let row: f64 = (0..picture.width).map(|x| ink(x, y)).sum();
        (all, down) = (all + row, down + row * (f64::from(y) + 0.5));
        widest = widest.max(row);
    }
    for x in 0..picture.width {
        let column: f64 = (0..picture.height).map(|y| ink(x, y)).sum();
        across += column * (f64::from(x) + 0.5);
        highest = highest.max(column);
    }
    assert!(all > 0.0, "page {page}: the mark is painted");
    // A page's picture has whole pixels, so that its scale is not quite what was asked for.
    let (along, upright) = (whole(size.0) / size.0, whole(size.1) / size.1);
    Rect {
        x: (left + across / all - widest / 2.0) / along,
        y: (top + down / all - highest / 2.0) / upright,
        w: widest / along,
        h: highest / upright,
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
