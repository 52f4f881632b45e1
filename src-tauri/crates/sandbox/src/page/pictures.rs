//! Pictures of pages, drawn by the PDF worker.

use crate::answer::{ApiError, ApiResult};
use crate::app::App;
use crate::page::parameter;
use crate::signing::act;
use crate::state::files::{self, File};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;
use paraph_pdf::{Document, PdfError, Priority, Tile};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

/// The widths in pixels in which pages are drawn, for screens of one and of two pixels a point.
pub(super) const WIDTHS: [u32; 3] = [480, 960, 1600];
/// Documents kept open.
const KEPT: usize = 8;

/// The documents that were drawn from last.
#[derive(Default)]
pub(crate) struct Pictures {
    /// By the SHA-256 of their bytes, the newest last.
    open: Mutex<VecDeque<(String, Document)>>,
}

impl Pictures {
    fn known(&self, sha256: &str) -> Option<Document> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let place = open.iter().position(|(key, _)| key == sha256)?;
        let found = open.remove(place)?;
        let document = found.1.clone();
        open.push_back(found);
        Some(document)
    }

    fn keep(&self, sha256: String, document: Document) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= KEPT {
            open.pop_front();
        }
        open.push_back((sha256, document));
    }
}

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new().route("/practice/pages/{member}/{file}/{page}", get(picture))
}

/// The address of a page's picture; the width is added by the caller.
pub(super) fn address(member_id: &str, file: &File, page: usize) -> String {
    format!("/practice/pages/{member_id}/{}/{page}", file.id)
}

/// `page` counts from 1.
async fn picture(
    State(app): State<Arc<App>>,
    Path((member, file_id, page)): Path<(String, String, u32)>,
    RawQuery(query): RawQuery,
) -> ApiResult {
    let width = parameter(query.as_deref(), "w")
        .and_then(|width| width.parse().ok())
        .filter(|width| WIDTHS.contains(width))
        .ok_or(ApiError::NotFound)?;
    let (file, sha256) = app
        .db
        .run(move |db| {
            let (bundle, _) = act::find(db, &member)?.ok_or(ApiError::NotFound)?;
            let file = bundle.file(&file_id).cloned().ok_or(ApiError::NotFound)?;
            let sha256 = files::content_sha256(db, &file.id)?.ok_or(ApiError::NotFound)?;
            Ok::<_, ApiError>((file, sha256))
        })
        .await?;
    let index = page.checked_sub(1).ok_or(ApiError::NotFound)?;
    let place = usize::try_from(index).map_err(|_| ApiError::NotFound)?;
    let geometry = file.pages.get(place).ok_or(ApiError::NotFound)?;
    let scale = f64::from(width) / geometry.displayed_size().w.max(1.0);
    let document = document(&app, &file, sha256).await?;
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a scale needs no more digits"
    )]
    let tile = Tile {
        page: index,
        scale: scale as f32,
        region: None,
    };
    let image = document
        .tile(tile, Priority::Visible)
        .await
        .map_err(|error| failed(&error))?;
    let mut response = image.bytes.into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(image.format.mime()),
    );
    Ok(response)
}

async fn document(app: &Arc<App>, file: &File, sha256: String) -> Result<Document, ApiError> {
    if let Some(document) = app.pictures.known(&sha256) {
        return Ok(document);
    }
    let id = file.id.clone();
    let content = app
        .db
        .run(move |db| files::content(db, &id)?.ok_or(ApiError::NotFound))
        .await?;
    let document = app
        .pdf
        .open_bytes(content.bytes, None)
        .await
        .map_err(|error| failed(&error))?;
    app.pictures.keep(content.sha256, document.clone());
    Ok(document)
}

fn failed(error: &PdfError) -> ApiError {
    tracing::warn!(%error, "a page could not be drawn");
    ApiError::Internal
}
