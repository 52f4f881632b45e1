use crate::fixtures::{self, Page, Place};
use crate::picture::{Picture, is_dark};
use crate::{open, pdf};
use paraph_pdf::{ImageFormat, PagePicture, PdfError, PixelRect, Priority, Tile};

#[tokio::test]
async fn a_gray_page_is_a_gray_picture_and_a_coloured_one_is_not() {
    let pdf = pdf();
    let document = open(&pdf, fixtures::contract(1)).await;
    assert!(
        Picture::of_page(&document, 0, 1.5).await.is_gray,
        "black text makes a gray PNG"
    );
    let content = "1 0 0 rg 100 100 200 200 re f\n".to_owned();
    let page = Page {
        content,
        ..Page::default()
    };
    let document = open(&pdf, fixtures::document(&[page], Place::OnThePage)).await;
    let picture = Picture::of_page(&document, 0, 1.0).await;
    assert!(!picture.is_gray, "a coloured page is not made gray");
    assert_eq!(picture.at(200, 842 - 200), [255, 0, 0], "red stays red");
    assert_eq!(picture.at(20, 20), [255, 255, 255], "paper is white");
}

#[tokio::test]
async fn tiles_put_together_are_the_page() {
    let document = open(&pdf(), fixtures::contract(1)).await;
    let whole = Picture::of_page(&document, 0, 2.0).await;
    let side = 512;
    let mut differences = Vec::new();
    for top in (0..whole.height).step_by(side) {
        for left in (0..whole.width).step_by(side) {
            let region = PixelRect {
                x: left,
                y: top,
                width: (whole.width - left).min(side as u32),
                height: (whole.height - top).min(side as u32),
            };
            let tile = Tile {
                page: 0,
                scale: 2.0,
                region: Some(region),
            };
            let tile = document
                .tile(tile, Priority::Visible)
                .await
                .expect("the tile is drawn");
            let tile = Picture::decode(&tile);
            let places = (0..tile.height).flat_map(|y| (0..tile.width).map(move |x| (x, y)));
            differences.extend(places.map(|(x, y)| {
                u32::from(tile.at(x, y)[0].abs_diff(whole.at(left + x, top + y)[0]))
            }));
        }
    }
    assert_eq!(
        differences.len(),
        whole.pixels.len(),
        "the tiles cover the page"
    );
    // pdfium rounds a letter's place to whole pixels, here and there to another one in a tile.
    let other = differences
        .iter()
        .filter(|difference| **difference > 16)
        .count();
    let share = other as f64 / differences.len() as f64;
    assert!(
        share < 0.005,
        "tiles are the page: {share} of the pixels are others"
    );
}

#[tokio::test]
async fn pictures_that_make_no_sense_are_refused() {
    let document = open(&pdf(), fixtures::contract(1)).await;
    let region = |x, y, width, height| {
        Some(PixelRect {
            x,
            y,
            width,
            height,
        })
    };
    let bad = [
        Tile {
            page: 0,
            scale: 0.0,
            region: None,
        },
        Tile {
            page: 0,
            scale: -1.0,
            region: None,
        },
        Tile {
            page: 0,
            scale: f32::NAN,
            region: None,
        },
        Tile {
            page: 0,
            scale: 100.0,
            region: None,
        },
        Tile {
            page: 0,
            scale: 1e12,
            region: region(0, 0, 10, 10),
        },
        Tile {
            page: 0,
            scale: 1.0,
            region: region(0, 0, 0, 10),
        },
        Tile {
            page: 0,
            scale: 1.0,
            region: region(500, 0, 200, 10),
        },
        Tile {
            page: 0,
            scale: 1.0,
            region: region(u32::MAX, u32::MAX, u32::MAX, u32::MAX),
        },
    ];
    for tile in bad {
        let drawn = document.tile(tile, Priority::Visible).await;
        assert!(
            matches!(drawn, Err(PdfError::BadTileSize { .. })),
            "{tile:?} gave {drawn:?}"
        );
    }
    let tile = Tile {
        page: 1,
        scale: 1.0,
        region: None,
    };
    let drawn = document.tile(tile, Priority::Visible).await;
    assert_eq!(drawn.err(), Some(PdfError::NoSuchPage { page: 1 }));
}

#[tokio::test]
async fn form_fields_are_shown() {
    let blank = fixtures::document(&[Page::default()], Place::OnThePage);
    let form = fixtures::with_text_field(&blank, [72.0, 142.0, 172.0, 192.0]);
    let document = open(&pdf(), form).await;
    let shown = Picture::of_page(&document, 0, 1.0).await.bounds(is_dark);
    let shown = shown.expect("a filled field is shown");
    let expected = paraph_domain::geometry::Rect {
        x: 72.0,
        y: 650.0,
        w: 100.0,
        h: 50.0,
    };
    assert!(
        shown.largest_difference(&expected) <= 1.0,
        "shown at {shown:?}"
    );
}

#[tokio::test]
async fn a_page_is_drawn_by_its_width_before_it_was_looked_at() {
    let pdf = pdf();
    let bytes = fixtures::contract(1);
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    std::io::Write::write_all(&mut file, &bytes).expect("written");
    let read_only = std::fs::File::open(file.path()).expect("opened");
    let unread = pdf.file(read_only, None).expect("a file to draw from");
    let whole = PagePicture {
        page: 0,
        width: 1190,
        region: None,
    };
    let by_width = unread.draw(whole, Priority::Visible).await.expect("drawn");
    let document = unread.inspect().await.expect("it opens");
    let tile = Tile {
        page: 0,
        scale: 2.0,
        region: None,
    };
    let by_scale = document.tile(tile, Priority::Visible).await.expect("drawn");
    assert_eq!(by_width, by_scale, "the height follows from the page");
    let beyond = PagePicture { page: 1, ..whole };
    let drawn = unread.draw(beyond, Priority::Visible).await;
    assert_eq!(drawn.err(), Some(PdfError::NoSuchPage { page: 1 }));
}

#[tokio::test]
async fn noise_all_over_is_a_jpeg_for_the_window_and_everything_else_is_exact() {
    let pdf = pdf();
    let pages = [
        ("a colour scan", fixtures::scan(3), ImageFormat::Jpeg),
        ("a gray scan", fixtures::scan(1), ImageFormat::Jpeg),
        ("text", fixtures::contract(1), ImageFormat::Png),
    ];
    for (name, bytes, expected) in pages {
        let document = open(&pdf, bytes.clone()).await;
        let mut file = tempfile::NamedTempFile::new().expect("a file");
        std::io::Write::write_all(&mut file, &bytes).expect("written");
        let read_only = std::fs::File::open(file.path()).expect("opened");
        let file = pdf.file(read_only, None).expect("a file to draw from");
        for width in [120, 595, 1190] {
            let picture = PagePicture {
                page: 0,
                width,
                region: None,
            };
            let image = file.draw(picture, Priority::Visible).await.expect("drawn");
            assert_eq!(image.format, expected, "{name}, {width} pixels wide");
            let beginning: &[u8] = match expected {
                ImageFormat::Jpeg => &[0xFF, 0xD8, 0xFF],
                ImageFormat::Png => b"\x89PNG",
            };
            assert!(image.bytes.starts_with(beginning), "{name}: what it says");
        }
        let exact = document
            .tile(WHOLE, Priority::Visible)
            .await
            .expect("drawn");
        assert_eq!(exact.format, ImageFormat::Png, "{name} to the last pixel");
    }
}

const WHOLE: Tile = Tile {
    page: 0,
    scale: 1.0,
    region: None,
};
