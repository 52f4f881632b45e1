//! The pages that people see in their browser: to sign at, and the practice mailbox.
//!
//! Rendered here, with a little script that makes them nicer and is not needed. Nothing is loaded
//! from elsewhere, and the content security policy sees to it.

mod documents;
mod form;
mod frame;
mod mailbox;
pub(crate) mod pictures;
mod sheets;
mod sign;
mod sign_view;
mod standing;

use crate::answer::ApiError;
use crate::app::App;
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use maud::Markup;
use paraph_messages::{Key, Language};
use std::sync::Arc;

const POLICY: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; \
    connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const STYLES: &str = concat!(
    include_str!("page/assets/frame.css"),
    include_str!("page/assets/sheets.css"),
    include_str!("page/assets/steps.css"),
    include_str!("page/assets/notices.css"),
);

pub(crate) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/practice/page.css", get(|| asset("text/css", STYLES)))
        .route(
            "/practice/sign.js",
            get(|| asset("text/javascript", include_str!("page/assets/sign.js"))),
        )
        .route(
            "/practice/icon.svg",
            get(|| asset("image/svg+xml", include_str!("page/assets/icon.svg"))),
        )
        .merge(sign::routes())
        .merge(documents::routes())
        .merge(pictures::routes())
        .merge(mailbox::routes())
}

/// A page that is not there: for people when they look, for the API otherwise.
pub(crate) async fn not_found(request: Request) -> Response {
    let accepts_html = request
        .headers()
        .get(header::ACCEPT)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kinds| kinds.contains("text/html"));
    if !accepts_html {
        return ApiError::NotFound.into_response();
    }
    let language = Visitor::of(request.headers(), request.uri().query()).language;
    standing::unknown(language)
}

async fn asset(kind: &'static str, text: &'static str) -> Response {
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

fn html(status: StatusCode, page: Markup) -> Response {
    let mut response = (status, axum::response::Html(page.into_string())).into_response();
    response.headers_mut().insert(
        header::CONTENT_SECURITY_POLICY,
        header::HeaderValue::from_static(POLICY),
    );
    response
}

/// Who looks at a page: what the request tells.
#[derive(Debug, Clone)]
struct Visitor {
    language: Language,
    user_agent: Option<String>,
}

impl Visitor {
    /// `lang` of the query decides, else what the browser prefers.
    fn of(headers: &HeaderMap, query: Option<&str>) -> Self {
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        let asked = parameter(query, "lang").and_then(|code| language_of(&code));
        let preferred = || text(header::ACCEPT_LANGUAGE).and_then(preferred_language);
        Self {
            language: asked.or_else(preferred).unwrap_or_default(),
            user_agent: text(header::USER_AGENT).map(|agent| agent.chars().take(300).collect()),
        }
    }
}

/// A parameter of a query or of a form.
fn parameter(query: Option<&str>, name: &str) -> Option<String> {
    url::form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}

fn language_of(code: &str) -> Option<Language> {
    match code
        .split('-')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase()
        .as_str()
    {
        "en" => Some(Language::English),
        "fr" => Some(Language::French),
        _ => None,
    }
}

/// The first language of ours in the header's order of preference.
fn preferred_language(header: &str) -> Option<Language> {
    let mut wanted: Vec<(f32, &str)> = header
        .split(',')
        .map(|entry| {
            let (code, weight) = entry.split_once(";q=").unwrap_or((entry, "1"));
            (weight.trim().parse().unwrap_or(0.0), code.trim())
        })
        .collect();
    wanted.sort_by(|a, b| b.0.total_cmp(&a.0));
    wanted
        .into_iter()
        .filter(|(weight, _)| *weight > 0.0)
        .find_map(|(_, code)| language_of(code))
}

/// Sentences in one language.
#[derive(Clone, Copy)]
struct Words(Language);

impl Words {
    fn say(self, key: Key) -> String {
        paraph_messages::text(self.0, key, &[])
    }

    fn tell(self, key: Key, values: &[(&str, &str)]) -> String {
        paraph_messages::text(self.0, key, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_s_preference_is_followed() {
        let cases = [
            ("fr-FR,fr;q=0.9,en;q=0.8", Some(Language::French)),
            ("de,en;q=0.5,fr;q=0.7", Some(Language::French)),
            ("en-US", Some(Language::English)),
            ("de", None),
            ("fr;q=0, en", Some(Language::English)),
            ("", None),
        ];
        for (header, expected) in cases {
            assert_eq!(preferred_language(header), expected, "{header:?}");
        }
    }
}
