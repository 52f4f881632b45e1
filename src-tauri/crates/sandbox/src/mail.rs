//! The mails that would be sent. Nothing leaves the machine: they are put into an outbox that the
//! mailbox page shows.
//!
//! Only what the procedure's `config.email` asks for becomes a mail (documented), so a procedure
//! that asks for none invites nobody, as with the vendor.

mod tags;

use crate::app::{App, OWNER_EMAIL, OWNER_FIRST_NAME, OWNER_LAST_NAME};
use crate::state::bundle::Bundle;
use crate::state::mails::Mail;
use crate::state::members::{Member, MemberStatus};
use crate::state::{DbError, mails, text_enum};
use rusqlite::Connection;
use serde_json::Value;
pub(crate) use tags::sign_link;
use tags::{Recipient, documents_link};

text_enum! {
    /// What mails can be asked for, by the vendor's names.
    Event {
        ProcedureStarted = "procedure.started",
        ProcedureFinished = "procedure.finished",
        ProcedureRefused = "procedure.refused",
        ProcedureExpired = "procedure.expired",
        ProcedureDeleted = "procedure.deleted",
        MemberStarted = "member.started",
        MemberFinished = "member.finished",
        CommentCreated = "comment.created",
        ReminderExecuted = "reminder.executed",
    }
}

/// Writes the mails that the procedure's own `config.email` asks for. `about` is the member of a
/// `member.*` event.
pub(crate) fn announce(
    app: &App,
    db: &Connection,
    bundle: &Bundle,
    event: Event,
    about: Option<&str>,
) -> Result<(), DbError> {
    announce_with(app, db, bundle, event, about, &bundle.procedure.config.0)
}

/// Writes the mails that `config` (`{"email": {...}}`) asks for.
pub(crate) fn announce_with(
    app: &App,
    db: &Connection,
    bundle: &Bundle,
    event: Event,
    about: Option<&str>,
    config: &Value,
) -> Result<(), DbError> {
    let templates = config
        .get("email")
        .and_then(|email| email.get(event.as_str()));
    for template in templates.and_then(Value::as_array).into_iter().flatten() {
        let field = |key| template.get(key).and_then(Value::as_str);
        let addresses = template.get("to").and_then(Value::as_array);
        let mut recipients: Vec<Recipient> = Vec::new();
        for address in addresses.into_iter().flatten().filter_map(Value::as_str) {
            for recipient in resolve(app, bundle, about, address) {
                // Whoever is named twice in one template gets one mail: our choice.
                if !recipients.iter().any(|other| other.is_same_as(&recipient)) {
                    recipients.push(recipient);
                }
            }
        }
        for recipient in recipients {
            let fill = |text: &str| tags::fill_in(text, bundle, &recipient);
            mails::add(
                db,
                &Mail {
                    procedure_id: bundle.procedure.id.clone(),
                    member_id: recipient.member_id.clone(),
                    event: event.as_str().to_owned(),
                    at: app.now(),
                    from_name: field("fromName").unwrap_or("Yousign").to_owned(),
                    to_address: recipient.address.clone(),
                    to_name: recipient.full_name(),
                    subject: field("subject").unwrap_or_default().to_owned(),
                    message: fill(field("message").unwrap_or_default()),
                },
            )?;
        }
    }
    Ok(())
}

/// Whom an entry of `to` means: the documented variables, or an address.
fn resolve(app: &App, bundle: &Bundle, about: Option<&str>, to: &str) -> Vec<Recipient> {
    let all = |wanted: &dyn Fn(&Member) -> bool| -> Vec<Recipient> {
        bundle
            .members
            .iter()
            .filter(|member| wanted(member))
            .map(|member| Recipient::member(app, member))
            .collect()
    };
    let with = |status| all(&|member: &Member| member.status == status);
    match to {
        "@members" => all(&|_| true),
        "@members.auto" => bundle
            .in_turn()
            .into_iter()
            .map(|member| Recipient::member(app, member))
            .collect(),
        "@members.pending" => with(MemberStatus::Pending),
        "@members.processing" => with(MemberStatus::Processing),
        "@members.done" => with(MemberStatus::Done),
        "@members.refused" => with(MemberStatus::Refused),
        "@member" => all(&|member: &Member| Some(member.id.as_str()) == about),
        "@creator" => vec![Recipient {
            member_id: None,
            address: OWNER_EMAIL.to_owned(),
            firstname: OWNER_FIRST_NAME.to_owned(),
            lastname: OWNER_LAST_NAME.to_owned(),
            link: documents_link(&app.base_url, &bundle.procedure.id),
        }],
        "@subscribers" => subscribers(app, bundle, None),
        _ => match to.strip_prefix("@subscribers.") {
            Some(group) => subscribers(app, bundle, Some(group)),
            None => vec![addressed(app, bundle, to)],
        },
    }
}

/// A plain address. That a member's own address gets that member's link is our choice.
fn addressed(app: &App, bundle: &Bundle, address: &str) -> Recipient {
    let member = bundle
        .members
        .iter()
        .find(|member| member.email.eq_ignore_ascii_case(address));
    member.map_or_else(
        || Recipient::stranger(app, bundle, address),
        |member| Recipient::member(app, member),
    )
}

fn subscribers(app: &App, bundle: &Bundle, group: Option<&str>) -> Vec<Recipient> {
    let field = |subscriber: &Value, key: &str| {
        subscriber
            .get(key)
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    let list = bundle.procedure.subscribers.0.as_array();
    list.into_iter()
        .flatten()
        .filter(|subscriber| group.is_none() || field(subscriber, "group").as_deref() == group)
        .filter_map(|subscriber| field(subscriber, "email"))
        .map(|address| Recipient::stranger(app, bundle, &address))
        .collect()
}
