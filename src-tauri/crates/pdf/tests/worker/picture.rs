//! Looks at pixels.

use paraph_domain::geometry::Rect;
use paraph_pdf::{Document, Image, Priority, Tile};

/// A decoded picture.
pub struct Picture {
    pub width: u32,
    pub height: u32,
    pub is_gray: bool,
    /// Red, green, blue of each pixel.
    pub pixels: Vec<[u8; 3]>,
}

impl Picture {
    pub fn decode(image: &Image) -> Self {
        let decoder = png::Decoder::new(std::io::Cursor::new(image.bytes.clone()));
        let mut reader = decoder.read_info().expect("a tile is a PNG");
        let mut data = vec![0; reader.output_buffer_size().expect("the size is known")];
        let frame = reader.next_frame(&mut data).expect("a tile is a whole PNG");
        let is_gray = frame.color_type == png::ColorType::Grayscale;
        let pixels = if is_gray {
            data.iter().map(|value| [*value; 3]).collect()
        } else {
            data.chunks_exact(3)
                .map(|rgb| [rgb[0], rgb[1], rgb[2]])
                .collect()
        };
        assert_eq!(
            (frame.width, frame.height),
            (image.width, image.height),
            "sizes agree"
        );
        Self {
            width: frame.width,
            height: frame.height,
            is_gray,
            pixels,
        }
    }

    pub async fn of_page(document: &Document, page: u32, scale: f32) -> Self {
        let tile = Tile {
            page,
            scale,
            region: None,
        };
        Self::decode(
            &document
                .tile(tile, Priority::Visible)
                .await
                .expect("the page is drawn"),
        )
    }

    pub fn at(&self, x: u32, y: u32) -> [u8; 3] {
        self.pixels[(y * self.width + x) as usize]
    }

    /// The smallest box around the pixels that `wanted` picks, in pixels.
    pub fn bounds(&self, wanted: impl Fn([u8; 3]) -> bool) -> Option<Rect> {
        let places = (0..self.height).flat_map(|y| (0..self.width).map(move |x| (x, y)));
        let found: Vec<(u32, u32)> = places.filter(|(x, y)| wanted(self.at(*x, *y))).collect();
        let left = found.iter().map(|(x, _)| *x).min()?;
        let right = found.iter().map(|(x, _)| *x).max()? + 1;
        let top = found.iter().map(|(_, y)| *y).min()?;
        let bottom = found.iter().map(|(_, y)| *y).max()? + 1;
        Some(Rect {
            x: f64::from(left),
            y: f64::from(top),
            w: f64::from(right - left),
            h: f64::from(bottom - top),
        })
    }
}

pub fn is_dark([r, g, b]: [u8; 3]) -> bool {
    u32::from(r) + u32::from(g) + u32::from(b) < 3 * 128
}
