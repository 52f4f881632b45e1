//! Documents to take home, for members and for those who are only told.

use crate::answer::{ApiError, ApiResult};
use crate::app::App;
use crate::page::frame::{Mood, notice};
use crate::page::{Visitor, Words, html, parameter, standing};
use crate::seams::bare_id;
use crate::signing::act;
use crate::state::bundle::Bundle;
use crate::state::files;
use crate::state::members::Member;
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::{Markup, html};
use paraph_messages::{Key, plural};
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/practice/documents", get(of_procedure))
        .route("/practice/documents/{holder}/{file}", get(download))
}

/// Where a member's documents are. Whoever knows a member's or a procedure's id, which cannot be
/// guessed, may see its documents, as with the vendor's links.
pub(super) fn by_member(member: &Member) -> String {
    format!("/practice/documents/{}", member.id)
}

/// Links to every document of a procedure, below `base`.
pub(super) fn list(words: Words, bundle: &Bundle, base: &str) -> Markup {
    html! {
        ul.downloads {
            @for file in &bundle.files {
                li {
                    span.file-name { (file.name) }
                    @if !file.pages.is_empty() {
                        span.quiet { (pages(words, file.pages.len())) }
                    }
                    a.button href={ (base) "/" (file.id) }
                        aria-label=(words.tell(Key::SignDownloadNamed, &[("document", &file.name)])) {
                        (words.say(Key::SignDownload))
                    }
                }
            }
        }
    }
}

pub(super) fn pages(words: Words, count: usize) -> String {
    let key = plural(
        words.0,
        count,
        Key::SignDocumentPagesOne,
        Key::SignDocumentPagesOther,
    );
    words.tell(key, &[("count", &count.to_string())])
}

/// The documents of a procedure for somebody who is no member of it.
async fn of_procedure(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let visitor = Visitor::of(&headers, query.as_deref());
    let words = Words(visitor.language);
    let id = parameter(query.as_deref(), "procedure").and_then(|iri| bare_id("procedures", &iri));
    let Some(id) = id else {
        return Ok(standing::unknown(visitor.language));
    };
    let Some(bundle) = app.db.run(move |db| Bundle::find(db, &id)).await? else {
        return Ok(standing::unknown(visitor.language));
    };
    let base = format!("/practice/documents/{}", bundle.procedure.id);
    let here = format!(
        "/practice/documents?procedure=/procedures/{}",
        bundle.procedure.id
    );
    let more = html! {
        p.quiet { (words.say(Key::SignDocuments)) }
        (list(words, &bundle, &base))
    };
    let page = notice(words, Mood::Good, &bundle.procedure.name, Some(&here), more);
    Ok(html(StatusCode::OK, page))
}

async fn download(
    State(app): State<Arc<App>>,
    Path((holder, file)): Path<(String, String)>,
) -> ApiResult {
    let (file, content) = app
        .db
        .run(move |db| {
            let bundle = match act::find(db, &holder)? {
                Some((bundle, _)) => Some(bundle),
                None => Bundle::find(db, &holder)?,
            };
            let bundle = bundle.ok_or(ApiError::NotFound)?;
            let file = bundle.file(&file).cloned().ok_or(ApiError::NotFound)?;
            let content = files::content(db, &file.id)?.ok_or(ApiError::NotFound)?;
            Ok::<_, ApiError>((file, content))
        })
        .await?;
    // What somebody uploaded is never shown as a page of this server.
    let named = format!(
        "attachment; filename*=UTF-8''{}",
        percent_encoded(&file.name)
    );
    let mut response = content.bytes.into_response();
    let headers = response.headers_mut();
    if let Ok(named) = HeaderValue::try_from(named) {
        headers.insert(header::CONTENT_DISPOSITION, named);
    }
    if let Ok(kind) = HeaderValue::try_from(file.content_type) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    Ok(response)
}

fn percent_encoded(name: &str) -> String {
    name.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => {
                char::from(byte).to_string()
            }
            _ => format!("%{byte:02X}"),
        })
        .collect()
}
