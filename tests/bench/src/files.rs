//! The files that are measured: made here, the same bytes every time.

use crate::Effort;
use anyhow::Context;
use jpeg_encoder::{ColorType, Encoder};
use lopdf::{Document, Stream, dictionary};
use paraph_tests::fixtures::{A4, Page, Place, contract, document, slow_page};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Changes when what is made changes, so that no older file is taken for it.
const EDITION: &str = "2";

/// A file to measure.
#[derive(Clone, Debug)]
pub struct Bench {
    pub name: &'static str,
    pub path: PathBuf,
    pub pages: u32,
}

pub const CONTRACT: &str = "contract";
pub const IMAGES: &str = "images";
pub const LONG: &str = "1,000 pages";
pub const SCANS: &str = "scans";
pub const VECTOR: &str = "vector";
/// Not drawn to its end.
pub const SLOW: &str = "150,000 strokes";

/// Strokes of the page that is heavy to draw, and of one that takes seconds.
const HEAVY_STROKES: u32 = 2_000;
const SLOW_STROKES: u32 = 150_000;
/// A photo within a page, and a page at 300 dpi, in pixels.
const PHOTO: (u16, u16) = (1200, 800);
const SCAN: (u16, u16) = (2480, 3508);

/// Makes the files in `folder`, unless they are there.
pub fn make(folder: &Path, effort: Effort) -> anyhow::Result<Vec<Bench>> {
    let folder = folder.join(EDITION);
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let scans = if effort.quick { 10 } else { 50 };
    type Make = fn(u32) -> anyhow::Result<Vec<u8>>;
    let all: [(&'static str, u32, Make); 5] = [
        (CONTRACT, 3, |pages| Ok(contract(pages))),
        (IMAGES, 30, images),
        (LONG, 1000, |pages| Ok(contract(pages))),
        (SCANS, scans, scanned),
        (VECTOR, 1, |_| Ok(slow_page(HEAVY_STROKES))),
    ];
    all.into_iter()
        .map(|(name, pages, make)| {
            let path = folder.join(format!("{}-{pages}.pdf", name.replace([',', ' '], "-")));
            if !path.is_file() {
                println!("making {}", path.display());
                write(&path, &make(pages)?)?;
            }
            Ok(Bench { name, path, pages })
        })
        .collect()
}

/// A file whose one page takes seconds, beside the others.
pub fn slow(beside: &Bench) -> anyhow::Result<PathBuf> {
    let path = beside.path.with_file_name("slow.pdf");
    if !path.is_file() {
        write(&path, &slow_page(SLOW_STROKES))?;
    }
    Ok(path)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    // A file that is half written must not be taken for a whole one next time.
    let unfinished = path.with_extension("unfinished");
    fs::write(&unfinished, bytes).with_context(|| format!("writing {}", unfinished.display()))?;
    fs::rename(&unfinished, path).with_context(|| format!("naming {}", path.display()))
}

/// Text with a photo on every page.
fn images(pages: u32) -> anyhow::Result<Vec<u8>> {
    with_pictures(&contract(pages), |number| {
        Ok(Picture {
            jpeg: jpeg(PHOTO, |x, y| {
                let wave = (f64::from(x) / 90.0 + f64::from(number)).sin() * 60.0;
                let shade = f64::from(y) / f64::from(PHOTO.1) * 150.0 + 40.0 + wave;
                let shade = shade.clamp(0.0, 235.0) as u8;
                [shade, 235 - shade / 2, (x / 5 % 256) as u8]
            })?,
            size: PHOTO,
            place: [200.0, 80.0, 300.0, 200.0],
        })
    })
}

/// Pages as a scanner makes them: lines of dark letters on paper that is nowhere quite white.
fn scanned(pages: u32) -> anyhow::Result<Vec<u8>> {
    let blank: Vec<Page> = (0..pages).map(|_| Page::default()).collect();
    with_pictures(&document(&blank, Place::OnThePage), |number| {
        Ok(Picture {
            jpeg: jpeg(SCAN, |x, y| {
                let (column, row) = (u32::from(x) / 24, u32::from(y) / 54);
                let in_margin = !(280..2200).contains(&x) || !(330..3200).contains(&y);
                let letter = (column * 7 + row * 13 + number * 5) % 6;
                let inside = y % 54 < 28 && x % 24 < 15 && (x % 24 + y % 54) % 11 < 6;
                let shade = if !in_margin && letter > 0 && inside {
                    40
                } else {
                    228
                };
                [shade + 6, shade + 3, shade]
            })?,
            size: SCAN,
            place: [0.0, 0.0, A4.0, A4.1],
        })
    })
}

struct Picture {
    jpeg: Vec<u8>,
    size: (u16, u16),
    /// Left, bottom, width and height in points.
    place: [f64; 4],
}

/// A colour JPEG with a little noise, by which no two places are quite alike.
fn jpeg(size: (u16, u16), colour: impl Fn(u16, u16) -> [u8; 3]) -> anyhow::Result<Vec<u8>> {
    let mut pixels = Vec::with_capacity(usize::from(size.0) * usize::from(size.1) * 3);
    // A linear congruential generator: the same noise every time.
    let mut state = 1_u32;
    for y in 0..size.1 {
        for x in 0..size.0 {
            for part in colour(x, y) {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                pixels.push(part.saturating_add((state >> 28) as u8));
            }
        }
    }
    let mut jpeg = Vec::new();
    Encoder::new(&mut jpeg, 75)
        .encode(&pixels, size.0, size.1, ColorType::Rgb)
        .context("encoding a picture")?;
    Ok(jpeg)
}

/// The document with one picture of its own on every page.
fn with_pictures(
    pdf: &[u8],
    picture: impl Fn(u32) -> anyhow::Result<Picture>,
) -> anyhow::Result<Vec<u8>> {
    let mut document = Document::load_mem(pdf).context("reading what was made")?;
    for (number, page) in document.get_pages() {
        let Picture { jpeg, size, place } = picture(number)?;
        let image = Stream::new(
            dictionary! {
                "Type" => "XObject", "Subtype" => "Image",
                "Width" => i64::from(size.0), "Height" => i64::from(size.1),
                "BitsPerComponent" => 8, "ColorSpace" => "DeviceRGB", "Filter" => "DCTDecode",
            },
            jpeg,
        )
        .with_compression(false);
        let image = document.add_object(image);
        document.add_xobject(page, "Picture", image)?;
        let [left, bottom, width, height] = place;
        let mut content = document.get_page_content(page);
        let mut drawn = String::new();
        write!(
            drawn,
            "\nq {width} 0 0 {height} {left} {bottom} cm /Picture Do Q\n"
        )?;
        content.extend_from_slice(drawn.as_bytes());
        document.change_page_content(page, content)?;
    }
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).context("writing to memory")?;
    Ok(bytes)
}
