//! What is tried on one file.

use crate::look::{Distance, Picture};
use crate::witness;
use paraph_pdf::{Document, Pdf, PdfError, PdfOptions, Priority, Tile};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// How long a job may take.
const DEADLINE: Duration = Duration::from_secs(20);
/// The longer side of the pictures of pages that are only tried, in pixels.
const SMALL: f64 = 400.0;
/// 144 dpi.
const SHARP: f64 = 2.0;
/// The most pixels of a picture that is compared.
const MOST_PIXELS: f64 = 16e6;
/// How many pages that are not straight are compared in one file.
const MOST_COMPARED: usize = 10;
/// The largest difference between a displayed size and pdfium's, in user-space units.
const SAME_SIZE: f64 = 0.02;

/// What came of a file.
pub struct Found {
    pub name: String,
    pub took: Duration,
    pub opened: Result<(), PdfError>,
    /// Pages drawn, and errors on the way.
    pub drawn: usize,
    pub not_drawn: Vec<String>,
    pub geometry: Geometry,
    pub straightened: Option<Straightened>,
    /// Jobs that ended a worker or did not end.
    pub crashes: Vec<String>,
    pub hangs: Vec<String>,
}

/// Displayed sizes against pdfium's.
#[derive(Default)]
pub struct Geometry {
    pub same: usize,
    /// pdfium has no area to show; the page is shown by its media box.
    pub shown_after_all: usize,
    pub different: Vec<String>,
    pub unknown: Option<String>,
}

pub enum Straightened {
    Same,
    /// Apart at edges only; the pixels' largest difference.
    AtEdges(u8),
    Different(Vec<String>),
    NotBecauseSigned,
    Refused(PdfError),
}

impl Found {
    pub fn is_fine(&self) -> bool {
        self.crashes.is_empty()
            && self.hangs.is_empty()
            && self.geometry.different.is_empty()
            && self.geometry.unknown.is_none()
            && !matches!(self.straightened, Some(Straightened::Different(_)))
    }

    /// Crashes and hangs are counted; other errors are answers.
    fn note(&mut self, job: &str, error: &PdfError) {
        match error {
            PdfError::WorkerDied => self.crashes.push(job.to_owned()),
            PdfError::TimedOut { .. } => self.hangs.push(job.to_owned()),
            _ => {}
        }
    }
}

pub struct Checker {
    pdf: Pdf,
    pictures: Option<PathBuf>,
}

impl Checker {
    pub fn start(workers: usize, pictures: Option<PathBuf>) -> anyhow::Result<Self> {
        let pdf = Pdf::start(PdfOptions {
            workers,
            deadline: DEADLINE,
            ..PdfOptions::default()
        })?;
        Ok(Self { pdf, pictures })
    }

    pub async fn check(&self, name: String, path: &Path) -> Found {
        let started = Instant::now();
        let mut found = Found {
            name,
            took: Duration::ZERO,
            opened: Ok(()),
            drawn: 0,
            not_drawn: Vec::new(),
            geometry: Geometry::default(),
            straightened: None,
            crashes: Vec::new(),
            hangs: Vec::new(),
        };
        match self.open(path).await {
            Ok(document) => {
                draw(&document, &mut found).await;
                read(&document, &mut found).await;
                found.geometry = geometry(&document, path).await;
                self.straighten(&document, &mut found).await;
            }
            Err(error) => {
                found.note("open", &error);
                found.opened = Err(error);
            }
        }
        found.took = started.elapsed();
        found
    }

    async fn open(&self, path: &Path) -> Result<Document, PdfError> {
        let file = File::open(path).map_err(|error| PdfError::Unreadable {
            detail: error.to_string(),
        })?;
        self.pdf.open(file, None).await
    }

    async fn straighten(&self, document: &Document, found: &mut Found) {
        if document.info().is_straight() {
            return;
        }
        if document.info().signed_before() {
            found.straightened = Some(Straightened::NotBecauseSigned);
            return;
        }
        let made = match document.straighten().await {
            Ok(bytes) => self.pdf.open_bytes(bytes, None).await,
            Err(error) => Err(error),
        };
        let straight = match made {
            Ok(straight) => straight,
            Err(error @ PdfError::LooksDifferent { .. }) => {
                found.straightened = Some(Straightened::Different(vec![error.to_string()]));
                return;
            }
            Err(error) => {
                found.note("straighten", &error);
                found.straightened = Some(Straightened::Refused(error));
                return;
            }
        };
        found.straightened = Some(self.compare(document, &straight, found).await);
    }

    async fn compare(
        &self,
        document: &Document,
        straight: &Document,
        found: &mut Found,
    ) -> Straightened {
        let mut different = Vec::new();
        if !straight.info().is_straight() {
            different.push("it is not straight".to_owned());
        }
        let crooked = (0..).zip(&document.info().pages);
        let crooked = crooked.filter(|(_, geometry)| !geometry.is_straight());
        let mut largest = 0;
        for (page, geometry) in crooked.take(MOST_COMPARED) {
            let size = geometry.displayed_size();
            let scale = SHARP.min((MOST_PIXELS / (size.w * size.h)).sqrt());
            let before = picture(document, page, scale).await;
            let after = picture(straight, page, scale).await;
            let (before, after) = match (before, after) {
                (Ok(before), Ok(after)) => (before, after),
                // What cannot be drawn in either has been noted when it was tried.
                (Err(_), Err(_)) => continue,
                (Ok(_), Err(error)) | (Err(error), Ok(_)) => {
                    found.note("draw what is straight", &error);
                    different.push(format!("page {}: {error}", page + 1));
                    continue;
                }
            };
            match distance(&before, &after) {
                Ok((apart, before, after)) => {
                    largest = largest.max(apart.largest);
                    if !apart.is_none() && !apart.is_at_edges() {
                        different.push(format!(
                            "page {}: {:.2} % of the pixels, by up to {}",
                            page + 1,
                            apart.share * 100.0,
                            apart.largest
                        ));
                        self.keep(&found.name, page, &before, &after);
                    }
                }
                Err(error) => different.push(format!("page {}: {error}", page + 1)),
            }
        }
        match (different.is_empty(), largest) {
            (true, 0 | 1) => Straightened::Same,
            (true, largest) => Straightened::AtEdges(largest),
            (false, _) => Straightened::Different(different),
        }
    }

    /// Pictures are for looking at: where they cannot be written, the table says enough.
    fn keep(&self, name: &str, page: u32, before: &Picture, after: &Picture) {
        let Some(folder) = &self.pictures else { return };
        let stem = name.replace(['/', '\\'], "_");
        for (picture, which) in [(before, "before"), (after, "after")] {
            let path = folder.join(format!("{stem}-{}-{which}.png", page + 1));
            if let Err(error) = picture.write(&path) {
                eprintln!("{}: {error:#}", path.display());
            }
        }
    }
}

fn distance(
    before: &paraph_pdf::Image,
    after: &paraph_pdf::Image,
) -> anyhow::Result<(Distance, Picture, Picture)> {
    let (before, after) = (Picture::decode(before)?, Picture::decode(after)?);
    Ok((before.distance(&after)?, before, after))
}

/// The first, the middle and the last page, small.
async fn draw(document: &Document, found: &mut Found) {
    let pages = &document.info().pages;
    let mut tried = vec![0, pages.len() / 2, pages.len().saturating_sub(1)];
    tried.dedup();
    for page in tried {
        let Some(geometry) = pages.get(page) else {
            continue;
        };
        let size = geometry.displayed_size();
        let scale = SMALL / size.w.max(size.h);
        let job = format!("draw page {}", page + 1);
        match picture(document, u32::try_from(page).unwrap_or(0), scale).await {
            Ok(_) => found.drawn += 1,
            Err(error) => {
                found.note(&job, &error);
                found.not_drawn.push(format!("{job}: {error}"));
            }
        }
    }
}

async fn picture(
    document: &Document,
    page: u32,
    scale: f64,
) -> Result<paraph_pdf::Image, PdfError> {
    let tile = Tile {
        page,
        scale: scale as f32,
        region: None,
    };
    document.tile(tile, Priority::Visible).await
}

/// The first page's text and the document's fields.
async fn read(document: &Document, found: &mut Found) {
    if let Err(error) = document.text(0).await {
        found.note("read page 1", &error);
    }
    if let Err(error) = document.find_marks().await {
        found.note("find fields", &error);
    }
}

async fn geometry(document: &Document, path: &Path) -> Geometry {
    let mut geometry = Geometry::default();
    let sizes = match witness::page_sizes(path).await {
        Ok(sizes) => sizes,
        Err(error) => {
            geometry.unknown = Some(error.to_string());
            return geometry;
        }
    };
    let pages = &document.info().pages;
    if sizes.len() != pages.len() {
        let text = format!("{} pages, pdfium has {}", pages.len(), sizes.len());
        geometry.different.push(text);
        return geometry;
    }
    for (index, (page, size)) in (0..).zip(pages.iter().zip(sizes)) {
        let number = index + 1;
        let is_unreadable = document.info().unreadable.contains(&index);
        let Some((width, height)) = size.filter(|_| !is_unreadable) else {
            if size.is_none() != is_unreadable {
                let text = format!("page {number}: only one of us and pdfium can read it");
                geometry.different.push(text);
            }
            continue;
        };
        let shown = page.displayed_size();
        // pdfium does not know user units.
        let (w, h) = (shown.w / page.user_unit, shown.h / page.user_unit);
        if (w - width).abs() <= SAME_SIZE && (h - height).abs() <= SAME_SIZE {
            geometry.same += 1;
        } else if width * height == 0.0 && w * h > 0.0 {
            geometry.shown_after_all += 1;
        } else {
            geometry.different.push(format!(
                "page {number}: {w:.2} x {h:.2}, pdfium has {width:.2} x {height:.2}"
            ));
        }
    }
    geometry
}
