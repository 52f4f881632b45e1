//! `page://localhost/<blob>/<page index>/<width in pixels>`: a page as a picture.

use crate::window::MAIN;
use paraph_domain::ids::BlobId;
use paraph_ipc::app::App;
use paraph_pdf::Priority;
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder, Wry};

/// Wider pictures are not drawn; the window shows the widest one larger.
const WIDEST: u32 = 6000;
/// Narrower ones are thumbnails, drawn after what is read.
const THUMBNAIL: u32 = 320;

pub fn serve(
    context: UriSchemeContext<'_, Wry>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    if context.webview_label() != MAIN {
        return responder.respond(empty(StatusCode::FORBIDDEN));
    }
    let Some(wanted) = Wanted::parse(request.uri().path()) else {
        return responder.respond(empty(StatusCode::NOT_FOUND));
    };
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let engine = &app.state::<App>().engine;
        let image = engine
            .page_image(&wanted.blob, wanted.page, wanted.width, wanted.priority())
            .await;
        responder.respond(match image {
            Ok(image) => Response::builder()
                .header(header::CONTENT_TYPE, image.mime)
                // The address names the content: it never changes.
                .header(
                    header::CACHE_CONTROL,
                    "private, max-age=31536000, immutable",
                )
                .body(image.bytes.to_vec())
                .unwrap_or_else(|_| empty(StatusCode::INTERNAL_SERVER_ERROR)),
            Err(error) => {
                tracing::warn!(%error, "a page could not be drawn");
                empty(StatusCode::UNPROCESSABLE_ENTITY)
            }
        });
    });
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}

#[derive(Debug, PartialEq, Eq)]
struct Wanted {
    blob: BlobId,
    page: u32,
    width: u32,
}

impl Wanted {
    fn parse(path: &str) -> Option<Self> {
        let mut parts = path.trim_start_matches('/').split('/');
        let (blob, page, width) = (parts.next()?, parts.next()?, parts.next()?);
        let is_blob = blob.len() == 64 && blob.bytes().all(|byte| byte.is_ascii_hexdigit());
        let width: u32 = width.parse().ok()?;
        (is_blob && parts.next().is_none() && width > 0).then_some(())?;
        Some(Self {
            blob: BlobId::new(blob.to_ascii_lowercase()),
            page: page.parse().ok()?,
            width: width.min(WIDEST),
        })
    }

    fn priority(&self) -> Priority {
        if self.width <= THUMBNAIL {
            Priority::Thumbnail
        } else {
            Priority::Visible
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_well_formed_addresses_are_served() {
        let blob = "ab".repeat(32);
        let wanted = Wanted::parse(&format!("/{blob}/3/900")).expect("a page's address");
        assert_eq!(
            wanted,
            Wanted {
                blob: BlobId::new(blob.clone()),
                page: 3,
                width: 900
            }
        );
        for bad in [
            "/".to_owned(),
            format!("/{blob}"),
            format!("/{blob}/3"),
            format!("/{blob}/3/0"),
            format!("/{blob}/-1/900"),
            format!("/{blob}/3/900/x"),
            "/../../etc/passwd/0/900".to_owned(),
            format!("/{}/0/900", "zz".repeat(32)),
        ] {
            assert_eq!(Wanted::parse(&bad), None, "{bad}");
        }
    }
}
