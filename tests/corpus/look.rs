//! Whether two pictures of a page look the same.

use anyhow::ensure;
use paraph_pdf::Image;
use std::path::Path;

/// How far two pictures are apart.
#[derive(Debug, Clone, Copy)]
pub struct Distance {
    /// The largest difference of a pixel's red, green or blue.
    pub largest: u8,
    /// The share of pixels that differ by more than one level.
    pub share: f64,
}

impl Distance {
    /// The same but for one level, which is rounding.
    pub fn is_none(&self) -> bool {
        self.largest <= 1
    }

    /// Only where edges and images are blended with what is beside them: nothing a reader sees.
    pub fn is_at_edges(&self) -> bool {
        self.share < 0.002
    }
}

pub struct Picture {
    size: (u32, u32),
    /// Red, green, blue of each pixel.
    pixels: Vec<[u8; 3]>,
}

impl Picture {
    pub fn decode(image: &Image) -> anyhow::Result<Self> {
        let decoder = png::Decoder::new(std::io::Cursor::new(&image.bytes));
        let mut reader = decoder.read_info()?;
        let mut data = vec![0; reader.output_buffer_size().unwrap_or(0)];
        let frame = reader.next_frame(&mut data)?;
        let pixels = if frame.color_type == png::ColorType::Grayscale {
            data.iter().map(|level| [*level; 3]).collect()
        } else {
            data.as_chunks::<3>().0.to_vec()
        };
        let size = (frame.width, frame.height);
        Ok(Self { size, pixels })
    }

    pub fn distance(&self, other: &Self) -> anyhow::Result<Distance> {
        ensure!(
            self.size == other.size,
            "{:?} pixels became {:?}",
            self.size,
            other.size
        );
        let apart = |(a, b): (&[u8; 3], &[u8; 3])| -> u8 {
            let each = a.iter().zip(b).map(|(a, b)| a.abs_diff(*b));
            each.max().unwrap_or(0)
        };
        let mut largest = 0;
        let mut differing = 0_u64;
        for apart in self.pixels.iter().zip(&other.pixels).map(apart) {
            largest = largest.max(apart);
            differing += u64::from(apart > 1);
        }
        let share = differing as f64 / self.pixels.len().max(1) as f64;
        Ok(Distance { largest, share })
    }

    pub fn write(&self, path: &Path) -> anyhow::Result<()> {
        let file = std::io::BufWriter::new(std::fs::File::create(path)?);
        let mut encoder = png::Encoder::new(file, self.size.0, self.size.1);
        encoder.set_color(png::ColorType::Rgb);
        encoder
            .write_header()?
            .write_image_data(self.pixels.as_flattened())?;
        Ok(())
    }
}
