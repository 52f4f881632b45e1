//! `page://localhost/...`: pages as pictures, by their [address](PictureAddress).

use crate::window::MAIN;
use paraph_engine::{Error, PictureAddress};
use paraph_ipc::app::App;
use paraph_pdf::{Image, PdfError};
use tauri::http::{Request, Response, StatusCode, header};
use tauri::{Manager, UriSchemeContext, UriSchemeResponder, Wry};

pub fn serve(
    context: UriSchemeContext<'_, Wry>,
    request: Request<Vec<u8>>,
    responder: UriSchemeResponder,
) {
    if context.webview_label() != MAIN {
        return responder.respond(empty(StatusCode::FORBIDDEN));
    }
    let address = request.uri().path_and_query().map(|it| it.as_str());
    let Some(address) = address.and_then(PictureAddress::parse) else {
        return responder.respond(empty(StatusCode::NOT_FOUND));
    };
    let app = context.app_handle().clone();
    tauri::async_runtime::spawn(async move {
        let drawn = app.state::<App>().engine.picture(address).await;
        responder.respond(match drawn {
            Ok(image) => picture(&image),
            Err(Error::Pdf(PdfError::Cancelled)) => empty(StatusCode::GONE),
            Err(error) => {
                tracing::warn!(%error, "a page could not be drawn");
                empty(StatusCode::UNPROCESSABLE_ENTITY)
            }
        });
    });
}

fn picture(image: &Image) -> Response<Vec<u8>> {
    Response::builder()
        .header(header::CONTENT_TYPE, image.format.mime())
        // Kept here, where it is bounded; the webview would keep it a second time.
        .header(header::CACHE_CONTROL, "no-store")
        .body(image.bytes.to_vec())
        .unwrap_or_else(|_| empty(StatusCode::INTERNAL_SERVER_ERROR))
}

fn empty(status: StatusCode) -> Response<Vec<u8>> {
    let mut response = Response::new(Vec::new());
    *response.status_mut() = status;
    response
}
