//! Where a member signs. The path is the one of the vendor's web application.

use crate::answer::ApiError;
use crate::app::App;
use crate::identity_check;
use crate::page::form::{Form, Mistake, token};
use crate::page::frame::code;
use crate::page::sign_view::View;
use crate::page::{Visitor, Words, html, parameter, standing};
use crate::seams::bare_id;
use crate::signing::act::{self, Acceptance, ActError, Standing};
use crate::state::DbError;
use crate::state::bundle::Bundle;
use crate::state::codes::Code;
use crate::state::members::Member;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use bytes::Bytes;
use paraph_messages::Key;
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/procedure/sign", get(show))
        .route("/practice/sign/code", post(send_code))
        .route("/practice/sign/accept", post(accept))
        .route("/practice/sign/refuse", post(refuse))
}

type PageResult = Result<Response, ApiError>;

/// The address of a member's page without `lang`.
fn here(member_id: &str) -> String {
    format!("/procedure/sign?members=/members/{member_id}")
}

/// Our choice: a link is for one member; of several the first is taken.
async fn show(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> PageResult {
    let visitor = Visitor::of(&headers, query.as_deref());
    let member = parameter(query.as_deref(), "members")
        .and_then(|members| bare_id("members", members.split(',').next().unwrap_or_default()));
    let Some(member) = member else {
        return Ok(standing::unknown(visitor.language));
    };
    page(&app, &visitor, &member, None, Vec::new()).await
}

/// What is read for a page.
async fn read(
    app: &Arc<App>,
    member_id: &str,
) -> Result<Option<(Bundle, Member, Option<Code>)>, DbError> {
    let (within, id) = (Arc::clone(app), member_id.to_owned());
    app.db
        .run(move |db| {
            let Some((bundle, member)) = act::find(db, &id)? else {
                return Ok(None);
            };
            let code = identity_check::usable_code(&within, db, &member)?;
            Ok(Some((bundle, member, code)))
        })
        .await
}

/// The member's page: the form, with what was filled in and what is wrong, or where they stand.
async fn page(
    app: &Arc<App>,
    visitor: &Visitor,
    member_id: &str,
    form: Option<Form>,
    mistakes: Vec<Mistake>,
) -> PageResult {
    let Some((bundle, member, code)) = read(app, member_id).await? else {
        return Ok(standing::unknown(visitor.language));
    };
    let words = Words(visitor.language);
    let here = here(&member.id);
    let stands = act::standing(&bundle, &member);
    if stands != Standing::Ready {
        let page = standing::page(words, &bundle, &member, stands, &here);
        return Ok(html(StatusCode::OK, page));
    }
    let form = form.unwrap_or_else(|| Form::fresh(&member));
    let view = View {
        words,
        bundle: &bundle,
        member: &member,
        channel: identity_check::channel(&member),
        code: code.as_ref(),
        form: &form,
        token: &token(app, &member.id),
        mistakes: &mistakes,
        here: &here,
    };
    let status = if mistakes.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    Ok(html(status, view.page()))
}

/// A form that was sent from a page of ours.
struct Posted {
    form: Form,
    visitor: Visitor,
}

impl Posted {
    /// Browsers say where a form comes from; the server has refused foreign origins already.
    fn read(app: &App, headers: &HeaderMap, body: &Bytes) -> Result<Self, Box<Response>> {
        let form = Form::read(body);
        let mut visitor = Visitor::of(headers, None);
        visitor.language = form.language.unwrap_or(visitor.language);
        if headers.contains_key(header::ORIGIN) && form.token == token(app, &form.member) {
            return Ok(Self { form, visitor });
        }
        let words = Words(visitor.language);
        let answer = (StatusCode::FORBIDDEN, words.say(Key::SignErrorForm)).into_response();
        Err(Box::new(answer))
    }
}

/// Makes a code and shows the form again, which now shows what would have been sent.
async fn send_code(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> PageResult {
    let Posted { form, visitor } = match Posted::read(&app, &headers, &body) {
        Ok(posted) => posted,
        Err(answer) => return Ok(*answer),
    };
    let (within, id) = (Arc::clone(&app), form.member.clone());
    app.db
        .run(move |db| match act::find(db, &id)? {
            Some((bundle, member)) if act::standing(&bundle, &member) == Standing::Ready => {
                identity_check::make_code(&within, db, &member)
            }
            _ => Ok(()),
        })
        .await?;
    let member = form.member.clone();
    page(
        &app,
        &visitor,
        &member,
        Some(Form {
            code: String::new(),
            ..form
        }),
        Vec::new(),
    )
    .await
}

async fn accept(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> PageResult {
    let Posted { form, visitor } = match Posted::read(&app, &headers, &body) {
        Ok(posted) => posted,
        Err(answer) => return Ok(*answer),
    };
    let id = form.member.clone();
    let Some((_, member, _)) = read(&app, &id).await? else {
        return Ok(standing::unknown(visitor.language));
    };
    let mut mistakes = Vec::new();
    let drawing = form
        .drawing(&member)
        .map_err(|mistake| mistakes.push(mistake));
    if !form.consents {
        mistakes.push(Mistake::new("consent", Key::SignErrorConsent));
    }
    let Ok(drawing) = drawing else {
        return page(&app, &visitor, &id, Some(form), mistakes).await;
    };
    if !mistakes.is_empty() {
        return page(&app, &visitor, &id, Some(form), mistakes).await;
    }
    let acceptance = Acceptance {
        language: visitor.language,
        drawing,
        texts: form.texts.clone(),
        code: form.code.clone(),
        user_agent: visitor.user_agent.clone(),
    };
    let outcome = act::accept(&app, &id, acceptance).await;
    after_act(&app, &visitor, form, outcome).await
}

async fn refuse(State(app): State<Arc<App>>, headers: HeaderMap, body: Bytes) -> PageResult {
    let Posted { form, visitor } = match Posted::read(&app, &headers, &body) {
        Ok(posted) => posted,
        Err(answer) => return Ok(*answer),
    };
    let outcome = act::refuse(&app, &form.member, &form.comment, visitor.language).await;
    after_act(&app, &visitor, form, outcome).await
}

/// Done, or no longer possible: the page says so after a redirect, so that loading it again sends
/// nothing. Else the form with what is wrong.
async fn after_act(
    app: &Arc<App>,
    visitor: &Visitor,
    form: Form,
    outcome: Result<(), ActError>,
) -> PageResult {
    let id = form.member.clone();
    let mistakes = match outcome {
        Ok(()) | Err(ActError::NotNow(_)) => {
            let to = format!("{}&lang={}", here(&id), code(visitor.language));
            return Ok(Redirect::to(&to).into_response());
        }
        Err(ActError::Unknown) => return Ok(standing::unknown(visitor.language)),
        Err(ActError::WrongCode) => vec![Mistake::new("code", Key::SignErrorCodeWrong)],
        Err(ActError::NoCode) => vec![Mistake::new("code", Key::SignErrorCodeNone)],
        Err(ActError::Comment) => vec![Mistake::new("comment", Key::SignErrorComment)],
        Err(ActError::Texts(objects)) => objects
            .into_iter()
            .map(|object| Mistake::new(format!("text-{object}"), Key::SignErrorText))
            .collect(),
        Err(error @ (ActError::Seal(_) | ActError::Database(_))) => {
            tracing::error!(%error, "a member's act failed");
            vec![Mistake::new("confirm", Key::SignErrorFailed)]
        }
    };
    page(app, visitor, &id, Some(form), mistakes).await
}
