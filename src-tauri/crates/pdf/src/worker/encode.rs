//! Encodes pictures for the window. The way there and its decoder cost more than pdfium does, so
//! the fewest bytes that are quick to make win: gray where all is gray, and a JPEG only for what
//! is noise all over, which no lossless encoder makes smaller.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};
use paraph_pdf::{ImageFormat, PdfError};

/// High enough that no loss is seen beside the original at the same size.
const JPEG_QUALITY: u8 = 90;
/// JPEG's own limit.
const JPEG_SIDE: u32 = 65_535;
/// One row in so many is looked at to tell a photo from a page of text.
const SAMPLED_ROWS: usize = 8;
/// A picture is a photo when more than this share of pixels differs from the pixel before it. On
/// pages of text paper is between a third and nine tenths of the pixels, also when they are small;
/// of photos and noisy scans more than nine tenths differ.
const PHOTO: f64 = 0.7;

/// `pixels` are four bytes each: red, green, blue, unused. `exact` is never a JPEG.
///
/// Errors: `BadJob` when the sizes do not fit together.
pub fn encode(
    pixels: &[u8],
    width: u32,
    height: u32,
    exact: bool,
) -> Result<(ImageFormat, Vec<u8>), PdfError> {
    let gray = gray(pixels);
    if !exact && is_photo(pixels, width) && width <= JPEG_SIDE && height <= JPEG_SIDE {
        let encoded = match &gray {
            Some(gray) => jpeg(gray, ColorType::Luma, width, height),
            None => jpeg(pixels, ColorType::Rgba, width, height),
        };
        return Ok((ImageFormat::Jpeg, encoded?));
    }
    let encoded = match &gray {
        Some(gray) => png(gray, png::ColorType::Grayscale, width, height),
        None => png(&rgb(pixels), png::ColorType::Rgb, width, height),
    };
    Ok((ImageFormat::Png, encoded?))
}

fn jpeg(data: &[u8], color: ColorType, width: u32, height: u32) -> Result<Vec<u8>, PdfError> {
    let (Ok(columns), Ok(rows)) = (u16::try_from(width), u16::try_from(height)) else {
        return Err(failed("the size"));
    };
    let mut encoded = Vec::with_capacity(data.len() / 8);
    let mut encoder = Encoder::new(&mut encoded, JPEG_QUALITY);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder
        .encode(data, columns, rows, color)
        .map_err(|error| failed(&error.to_string()))?;
    Ok(encoded)
}

fn png(data: &[u8], color: png::ColorType, width: u32, height: u32) -> Result<Vec<u8>, PdfError> {
    let mut encoded = Vec::with_capacity(data.len() / 4);
    let mut encoder = png::Encoder::new(&mut encoded, width, height);
    encoder.set_color(color);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_compression(png::Compression::Fastest);
    let failed = |error: png::EncodingError| failed(&error.to_string());
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(data).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(encoded)
}

fn failed(detail: &str) -> PdfError {
    PdfError::BadJob {
        detail: format!("a picture could not be encoded: {detail}"),
    }
}

fn is_photo(pixels: &[u8], width: u32) -> bool {
    let row_bytes = (width as usize).saturating_mul(4).max(4);
    let (mut looked_at, mut different) = (0_u64, 0_u64);
    for row in pixels.chunks_exact(row_bytes).step_by(SAMPLED_ROWS) {
        let (row, _) = row.as_chunks::<4>();
        let differing = row.windows(2).filter(|pair| match pair {
            [a, b] => a != b,
            _ => false,
        });
        different += differing.count() as u64;
        looked_at += row.len().saturating_sub(1) as u64;
    }
    different as f64 > looked_at as f64 * PHOTO
}

/// One byte a pixel, if red, green and blue are the same everywhere.
fn gray(pixels: &[u8]) -> Option<Vec<u8>> {
    let mut gray = Vec::with_capacity(pixels.len() / 4);
    // In pieces, so that a coloured page is found out early and the loop stays simple enough
    // for the compiler to vectorise.
    for piece in pixels.chunks(4 * 4096) {
        let (pixels, _) = piece.as_chunks::<4>();
        // Red differs from green, or green from blue.
        let differ = pixels.iter().fold(0, |differ, pixel| {
            let pixel = u32::from_le_bytes(*pixel);
            differ | (pixel ^ (pixel >> 8)) & 0xFFFF
        });
        if differ != 0 {
            return None;
        }
        gray.extend(pixels.iter().map(|pixel| u32::from_le_bytes(*pixel) as u8));
    }
    Some(gray)
}

/// Without the unused bytes.
pub fn rgb(pixels: &[u8]) -> Vec<u8> {
    let (pixels, _) = pixels.as_chunks::<4>();
    pixels
        .iter()
        .flat_map(|[r, g, b, _]| [*r, *g, *b])
        .collect()
}
