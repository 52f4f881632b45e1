//! Members: reading and checking what a client says of people, and the member routes.

use crate::answer::{ApiError, ApiResult, json, no_content};
use crate::api::{
    BLANK, Body, NOT_A_CHOICE, NOT_A_DRAFT, NOT_VALID, UNKNOWN_REFERENCE, checked, file_objects,
    path_id,
};
use crate::app::{App, OWNER_EMAIL, OWNER_FIRST_NAME, OWNER_LAST_NAME, OWNER_PHONE};
use crate::seams::bare_id;
use crate::state::Json;
use crate::state::bundle::Bundle;
use crate::state::members::{self, Kind, Member, MemberStatus};
use crate::state::procedures::Status;
use crate::wire::{Input, member_body};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::get;
use rusqlite::Connection;
use serde_json::{Value, json as value};
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new()
        .route("/members", get(list).post(create))
        .route("/members/{id}", get(show).put(update).delete(delete))
}

/// A member as nobody has described it yet. The defaults are those of live replies: the spec of
/// 2022 says otherwise.
pub(super) fn new_member(app: &App, procedure_id: &str, position: i64) -> Member {
    let now = app.now();
    Member {
        id: app.new_id(),
        procedure_id: procedure_id.to_owned(),
        user: None,
        kind: Kind::Signer,
        firstname: String::new(),
        lastname: String::new(),
        email: String::new(),
        phone: String::new(),
        position,
        created_at: now,
        updated_at: now,
        finished_at: None,
        status: MemberStatus::Pending,
        comment: None,
        operation_level: "custom".to_owned(),
        operation_modes: Json(value!(["sms"])),
        sms_config: Json(Value::Null),
        email_config: Json(Value::Null),
        parent: None,
        language: None,
        user_agent: None,
        identity_check: None,
    }
}

/// Puts what `input` says onto `member` and notes everything that is wrong with the result.
pub(super) fn apply(app: &App, input: &Input<'_>, member: &mut Member) {
    if let Some(user) = input.string("user") {
        if bare_id("users", &user).is_some_and(|id| id == app.identity.user) {
            member.user = Some(user);
            OWNER_FIRST_NAME.clone_into(&mut member.firstname);
            OWNER_LAST_NAME.clone_into(&mut member.lastname);
            OWNER_EMAIL.clone_into(&mut member.email);
            OWNER_PHONE.clone_into(&mut member.phone);
        } else {
            input.violation("user", UNKNOWN_REFERENCE);
        }
    }
    apply_contact(input, member);
    if let Some(kind) = input.string("type") {
        match Kind::parse(&kind) {
            Some(kind) => member.kind = kind,
            None => input.violation("type", NOT_A_CHOICE),
        }
    }
    if let Some(position) = input.integer("position") {
        member.position = position;
        if position < 0 {
            input.violation("position", NOT_VALID);
        }
    }
    apply_operation(input, member);
}

fn apply_contact(input: &Input<'_>, member: &mut Member) {
    for (key, place) in [
        ("firstname", &mut member.firstname),
        ("lastname", &mut member.lastname),
        ("email", &mut member.email),
        ("phone", &mut member.phone),
    ] {
        if let Some(text) = input.string(key) {
            *place = text;
        }
        if place.trim().is_empty() {
            input.violation(key, BLANK);
        }
    }
    if !member.email.is_empty() && !is_email(&member.email) {
        input.violation("email", "This value is not a valid email address.");
    }
    if !member.phone.trim().is_empty() {
        match normalised_phone(&member.phone) {
            Some(phone) => member.phone = phone,
            None => input.violation("phone", "This value is not a valid mobile number."),
        }
    }
}

fn apply_operation(input: &Input<'_>, member: &mut Member) {
    if let Some(level) = input.string("operationLevel") {
        if !matches!(level.as_str(), "none" | "custom" | "advanced") {
            input.violation("operationLevel", NOT_A_CHOICE);
        }
        member.operation_level = level;
    }
    if let Some(modes) = input.list("operationCustomModes") {
        for (index, mode) in modes.iter().enumerate() {
            let path = format!("operationCustomModes[{index}]");
            match mode.as_str() {
                Some("sms" | "email") => {}
                // The practice pages can show a code; they have no inWebo and no camera.
                Some("inwebo" | "checkIdCard") => {
                    input.violation(&path, "This mode is not available in practice.");
                }
                _ => input.violation(&path, NOT_A_CHOICE),
            }
        }
        member.operation_modes = Json(Value::Array(modes.clone()));
    }
    if member.kind == Kind::Validator {
        // Live replies have null or an empty list for a validator.
        member.operation_modes = Json(value!([]));
    } else if member.operation_level == "custom"
        && member
            .operation_modes
            .0
            .as_array()
            .is_none_or(Vec::is_empty)
    {
        input.violation("operationCustomModes", BLANK);
    }
    // The field has two names in the wild; clients write either.
    for key in ["operationModeSmsConfig", "modeSmsConfiguration"] {
        if let Some(config) = input.map(key) {
            let content = config
                .get("content")
                .and_then(Value::as_str)
                .unwrap_or_default();
            if content.chars().count() > 150 {
                input.violation(
                    key,
                    "This value is too long. It should have 150 characters or less.",
                );
            }
            member.sms_config = Json(config);
        }
    }
    if let Some(config) = input.map("operationModeEmailConfig") {
        member.email_config = Json(config);
    }
}

/// Whether this looks like an address. Our choice: the domain is not looked up, since practice
/// has no network.
pub(super) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |part: &str| {
        !part.is_empty()
            && !part
                .chars()
                .any(|letter| letter.is_whitespace() || letter == '@')
    };
    plain(local)
        && plain(domain)
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
}

/// E.164. French national numbers are brought into it (seen in live replies); of others only the
/// international notation is taken: our choice.
pub(super) fn normalised_phone(text: &str) -> Option<String> {
    let compact: String = text
        .chars()
        .filter(|letter| !matches!(letter, ' ' | '.' | '-' | '(' | ')'))
        .collect();
    let international = match compact.strip_prefix("00") {
        Some(rest) => format!("+{rest}"),
        None => match compact.strip_prefix('0') {
            Some(rest) if rest.len() == 9 => format!("+33{rest}"),
            _ => compact,
        },
    };
    let digits = international.strip_prefix('+')?;
    let valid = (7..=15).contains(&digits.len())
        && digits.bytes().all(|byte| byte.is_ascii_digit())
        && !digits.starts_with('0');
    valid.then_some(international)
}

/// The member around which its procedure stands; not found when that was deleted.
fn existing(db: &Connection, id: &str) -> Result<(Bundle, Member), ApiError> {
    let member = members::find(db, id)?.ok_or(ApiError::NotFound)?;
    let bundle = Bundle::find(db, &member.procedure_id)?.ok_or(ApiError::NotFound)?;
    Ok((bundle, member))
}

fn changeable(db: &Connection, id: &str) -> Result<(Bundle, Member), ApiError> {
    let (bundle, member) = existing(db, id)?;
    if bundle.procedure.status != Status::Draft {
        return Err(ApiError::violation("procedure", NOT_A_DRAFT));
    }
    Ok((bundle, member))
}

/// The position after everybody else's, from 1.
pub(super) fn next_position(members: &[Member]) -> i64 {
    members
        .iter()
        .map(|member| member.position)
        .max()
        .unwrap_or(0)
        .saturating_add(1)
}

async fn list(State(app): State<Arc<App>>, RawQuery(query): RawQuery) -> ApiResult {
    let query = query.unwrap_or_default();
    let procedure = url::form_urlencoded::parse(query.as_bytes())
        .find(|(key, _)| key == "procedure")
        .and_then(|(_, value)| bare_id("procedures", &value));
    let Some(procedure) = procedure else {
        // Nobody has seen this route without a procedure: our choice.
        return Err(ApiError::violation("procedure", BLANK));
    };
    let bundle = app
        .db
        .run(move |db| Bundle::find(db, &procedure)?.ok_or(ApiError::NotFound))
        .await?;
    let workspace = &app.identity.workspace;
    let bodies: Vec<_> = bundle
        .members
        .iter()
        .map(|member| member_body(&bundle, member, workspace, true))
        .collect();
    Ok(json(StatusCode::OK, &bodies))
}

async fn create(State(app): State<Arc<App>>, Body(body): Body) -> ApiResult {
    let id = {
        let app = Arc::clone(&app);
        let db = app.db.clone();
        db.run(move |db| {
            checked(&body, |input| {
                let Some(bundle) = procedure_of(db, input)? else {
                    return Ok(String::new());
                };
                let position = next_position(&bundle.members);
                let mut member = new_member(&app, &bundle.procedure.id, position);
                apply(&app, input, &mut member);
                members::save(db, &member)?;
                file_objects::create_nested(&app, db, input, &member)?;
                Ok(member.id)
            })
        })
        .await?
    };
    answer(&app, id, StatusCode::CREATED).await
}

/// The draft that `procedure` names; what is wrong with it is noted.
fn procedure_of(db: &Connection, input: &Input<'_>) -> Result<Option<Bundle>, ApiError> {
    let Some(iri) = input.string("procedure") else {
        input.violation("procedure", BLANK);
        return Ok(None);
    };
    let bundle = match bare_id("procedures", &iri) {
        Some(id) => Bundle::find(db, &id)?,
        None => None,
    };
    match bundle {
        None => input.violation("procedure", UNKNOWN_REFERENCE),
        Some(bundle) if bundle.procedure.status != Status::Draft => {
            input.violation("procedure", NOT_A_DRAFT);
        }
        Some(bundle) => return Ok(Some(bundle)),
    }
    Ok(None)
}

async fn show(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("members", &id)?;
    answer(&app, id, StatusCode::OK).await
}

async fn update(
    State(app): State<Arc<App>>,
    Path(id): Path<String>,
    Body(body): Body,
) -> ApiResult {
    let id = path_id("members", &id)?;
    let (within, wanted) = (Arc::clone(&app), id.clone());
    app.db
        .run(move |db| {
            let (_, mut member) = changeable(db, &wanted)?;
            checked(&body, |input| {
                apply(&within, input, &mut member);
                member.updated_at = within.now();
                members::save(db, &member).map_err(ApiError::from)
            })
        })
        .await?;
    answer(&app, id, StatusCode::OK).await
}

async fn delete(State(app): State<Arc<App>>, Path(id): Path<String>) -> ApiResult {
    let id = path_id("members", &id)?;
    app.db
        .run(move |db| {
            let (_, member) = changeable(db, &id)?;
            members::delete(db, &member.id).map_err(ApiError::from)
        })
        .await?;
    Ok(no_content())
}

async fn answer(app: &App, id: String, status: StatusCode) -> ApiResult {
    let (bundle, member) = app.db.run(move |db| existing(db, &id)).await?;
    Ok(json(
        status,
        &member_body(&bundle, &member, &app.identity.workspace, true),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_become_e164_or_are_refused() {
        let cases = [
            ("0655500741", Some("+33655500741")),
            ("06 55 50 07 41", Some("+33655500741")),
            ("+33655500741", Some("+33655500741")),
            ("0033655500741", Some("+33655500741")),
            ("+491701234567", Some("+491701234567")),
            ("1701234567", None),
            ("06555007", None),
            ("+0655500741", None),
            ("phone", None),
            ("+", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(normalised_phone(typed).as_deref(), expected, "{typed:?}");
        }
    }

    #[test]
    fn addresses_need_a_local_part_and_a_domain_with_a_dot() {
        for good in ["ada@example.org", "a.b+c@x.y.z", "é@exämple.org"] {
            assert!(is_email(good), "{good} is an address");
        }
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.org",
            "ada@example",
            "a b@example.org",
            "a@b@c.d",
            "a@.org",
            "a@org.",
        ] {
            assert!(!is_email(bad), "{bad:?} is no address");
        }
    }
}
