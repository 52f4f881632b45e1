//! Pages as pictures: what the window asks for, what is kept, and what it no longer wants.

use crate::error::Error;
use crate::{Engine, lock};
use paraph_domain::ids::BlobId;
use paraph_pdf::{Image, PagePicture, PdfError, PixelRect, Priority};
use quick_cache::sync::{Cache, DefaultLifecycle};
use quick_cache::{DefaultHashBuilder, OptionsBuilder, Weighter};
use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tokio_util::sync::CancellationToken;

/// The most bytes of encoded pictures that are kept, of all documents together.
const KEPT_BYTES: u64 = 256 * 1024 * 1024;
/// What a page's picture has on average, to size the table.
const USUAL_BYTES: u64 = 128 * 1024;
/// What keeping a picture costs besides its bytes.
const OVERHEAD: u64 = 256;

/// A picture as the window asks for it: `/<blob>/<page index>/<width>` for a whole page `width`
/// pixels wide, `/<blob>/<page index>/<width>/<x>,<y>,<w>,<h>` for a part of that picture in its
/// pixels; `?ahead` when nobody sees it yet, `?thumbnail` when it is small and may come last.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PictureAddress {
    pub blob: BlobId,
    pub picture: PagePicture,
    pub priority: Priority,
}

impl PictureAddress {
    /// Of an address without scheme and host; `None` when it is not well-formed.
    pub fn parse(address: &str) -> Option<Self> {
        let (path, query) = match address.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (address, None),
        };
        let priority = match query {
            None => Priority::Visible,
            Some("ahead") => Priority::Prefetch,
            Some("thumbnail") => Priority::Thumbnail,
            Some(_) => return None,
        };
        let mut parts = path.strip_prefix('/')?.split('/');
        let (blob, page, width) = (parts.next()?, parts.next()?, parts.next()?);
        let is_blob = blob.len() == 64 && blob.bytes().all(|byte| byte.is_ascii_hexdigit());
        let width: u32 = width.parse().ok()?;
        let region = match parts.next() {
            Some(region) => Some(parse_region(region)?),
            None => None,
        };
        (is_blob && parts.next().is_none() && width > 0).then_some(())?;
        Some(Self {
            blob: BlobId::new(blob.to_ascii_lowercase()),
            picture: PagePicture {
                page: page.parse().ok()?,
                width,
                region,
            },
            priority,
        })
    }
}

fn parse_region(text: &str) -> Option<PixelRect> {
    let numbers: Vec<u32> = text
        .split(',')
        .map(|number| number.parse().ok())
        .collect::<Option<_>>()?;
    let [x, y, width, height] = numbers.try_into().ok()?;
    (width > 0 && height > 0).then_some(PixelRect {
        x,
        y,
        width,
        height,
    })
}

type Kept = Cache<(BlobId, PagePicture), Image, Bytes>;

/// The pictures that were drawn, and those that are being waited for.
pub(crate) struct Pictures {
    kept: Kept,
    asked: Mutex<HashMap<PictureAddress, Asked>>,
    turns: AtomicU64,
}

/// Those who wait for the same picture, until it is dropped.
struct Asked {
    dropped: CancellationToken,
    /// Tells it from what was asked for by the same address after a drop.
    turn: u64,
    waiting: usize,
}

/// One who waits for a picture.
struct Waiting<'a> {
    pictures: &'a Pictures,
    address: &'a PictureAddress,
    turn: u64,
    dropped: CancellationToken,
}

impl Pictures {
    fn wait_for<'a>(&'a self, address: &'a PictureAddress) -> Waiting<'a> {
        let mut asked = lock(&self.asked);
        let asked = asked.entry(address.clone()).or_insert_with(|| Asked {
            dropped: CancellationToken::new(),
            turn: self.turns.fetch_add(1, Ordering::Relaxed),
            waiting: 0,
        });
        asked.waiting += 1;
        Waiting {
            pictures: self,
            address,
            turn: asked.turn,
            dropped: asked.dropped.clone(),
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut all = lock(&self.pictures.asked);
        let Some(asked) = all.get_mut(self.address).filter(|it| it.turn == self.turn) else {
            return;
        };
        asked.waiting -= 1;
        if asked.waiting == 0 {
            all.remove(self.address);
        }
    }
}

#[derive(Clone)]
struct Bytes;

impl Weighter<(BlobId, PagePicture), Image> for Bytes {
    fn weight(&self, _: &(BlobId, PagePicture), image: &Image) -> u64 {
        image.bytes.len() as u64 + OVERHEAD
    }
}

/// In few shards, each of which has a part of the bytes: none is smaller than a large picture.
const SHARDS: usize = 4;

fn kept() -> Kept {
    let items = usize::try_from(KEPT_BYTES / USUAL_BYTES).unwrap_or(usize::MAX);
    let options = OptionsBuilder::new()
        .shards(SHARDS)
        .estimated_items_capacity(items)
        .weight_capacity(KEPT_BYTES)
        .build();
    match options {
        Ok(options) => Cache::with_options(
            options,
            Bytes,
            DefaultHashBuilder::default(),
            DefaultLifecycle::default(),
        ),
        // Only when one of the three is missing above.
        Err(_) => Cache::with_weighter(items, KEPT_BYTES, Bytes),
    }
}

impl Default for Pictures {
    fn default() -> Self {
        Self {
            kept: kept(),
            asked: Mutex::default(),
            turns: AtomicU64::new(0),
        }
    }
}

impl Engine {
    /// Draws a picture, or has it already.
    ///
    /// # Errors
    /// [`Error::Pdf`] with `Cancelled` once it is [dropped](Self::drop_pictures), and for what
    /// cannot be drawn; [`Error::NotFound`] for a blob that is not here.
    pub async fn picture(&self, address: PictureAddress) -> Result<Image, Error> {
        let pictures = &self.inner.pictures;
        let key = (address.blob.clone(), address.picture);
        // What is there already takes no turn.
        if let Some(image) = pictures.kept.get(&key) {
            return Ok(image);
        }
        let waiting = pictures.wait_for(&address);
        let drawing = pictures.kept.get_or_insert_async(&key, async {
            let file = self.blob_file(&address.blob).await?;
            Ok::<_, Error>(file.draw(address.picture, address.priority).await?)
        });
        tokio::select! {
            outcome = drawing => outcome,
            () = waiting.dropped.cancelled() => Err(PdfError::Cancelled.into()),
        }
    }

    /// The window no longer wants these: what is still waiting or being drawn is stopped.
    pub fn drop_pictures(&self, addresses: &[PictureAddress]) {
        let mut asked = lock(&self.inner.pictures.asked);
        for address in addresses {
            if let Some(Asked { dropped, .. }) = asked.remove(address) {
                dropped.cancel();
            }
        }
    }

    /// Gives back the memory of what can be drawn again: nobody looks, or the machine is short.
    pub fn forget_pictures(&self) {
        self.inner.pictures.kept.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_well_formed_addresses_are_understood() {
        let blob = "ab".repeat(32);
        let whole = PictureAddress {
            blob: BlobId::new(blob.clone()),
            picture: PagePicture {
                page: 3,
                width: 900,
                region: None,
            },
            priority: Priority::Visible,
        };
        let part = PagePicture {
            region: Some(PixelRect {
                x: 0,
                y: 768,
                width: 132,
                height: 505,
            }),
            ..whole.picture
        };
        let good = [
            (format!("/{blob}/3/900"), whole.clone()),
            (format!("/{}/3/900", blob.to_uppercase()), whole.clone()),
            (
                format!("/{blob}/3/900?thumbnail"),
                PictureAddress {
                    priority: Priority::Thumbnail,
                    ..whole.clone()
                },
            ),
            (
                format!("/{blob}/3/900/0,768,132,505?ahead"),
                PictureAddress {
                    picture: part,
                    priority: Priority::Prefetch,
                    ..whole
                },
            ),
        ];
        for (address, expected) in good {
            assert_eq!(PictureAddress::parse(&address), Some(expected), "{address}");
        }
        for bad in [
            String::new(),
            "/".to_owned(),
            format!("/{blob}"),
            format!("/{blob}/3"),
            format!("/{blob}/3/0"),
            format!("/{blob}/-1/900"),
            format!("/{blob}/3/900/x"),
            format!("/{blob}/3/900/0,0,0,10"),
            format!("/{blob}/3/900/0,0,10"),
            format!("/{blob}/3/900/0,0,10,10,10"),
            format!("/{blob}/3/900/0,0,10,10/0"),
            format!("/{blob}/3/900?soon"),
            "/../../etc/passwd/0/900".to_owned(),
            format!("/{}/0/900", "zz".repeat(32)),
        ] {
            assert_eq!(PictureAddress::parse(&bad), None, "{bad}");
        }
    }
}
