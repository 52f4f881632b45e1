//! The practice mailbox: every message that would have been sent, and the ways to act as each
//! person.

use crate::answer::ApiError;
use crate::app::App;
use crate::mail::sign_link;
use crate::page::frame::{Mood, frame, notice};
use crate::page::{Visitor, Words, html, parameter};
use crate::seams::bare_id;
use crate::state::bundle::Bundle;
use crate::state::mails::{self, Mail};
use crate::state::members::{Member, MemberStatus};
use crate::wire::vendor_zone;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use axum::routing::get;
use maud::{Markup, PreEscaped, html};
use paraph_messages::{Key, date};
use std::sync::Arc;

pub(super) fn routes() -> Router<Arc<App>> {
    Router::new().route("/practice/mailbox", get(show))
}

/// One procedure's mail for who knows the procedure's id, all mail for who knows the box. Neither
/// can be guessed, so other users of the machine do not read it.
async fn show(
    State(app): State<Arc<App>>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let words = Words(Visitor::of(&headers, query.as_deref()).language);
    let asked = parameter(query.as_deref(), "procedure");
    let procedure = asked.as_deref().and_then(|iri| bare_id("procedures", iri));
    let knows_box = parameter(query.as_deref(), "box").as_ref() == Some(&app.identity.mailbox);
    let here = match &procedure {
        Some(id) => format!("/practice/mailbox?procedure=/procedures/{id}"),
        None if knows_box => format!("/practice/mailbox?box={}", app.identity.mailbox),
        None => {
            let body = html! { p { (words.say(Key::SandboxMailLockedBody)) } };
            let heading = words.say(Key::SandboxMailLocked);
            let page = notice(
                words,
                Mood::Waiting,
                &heading,
                Some("/practice/mailbox"),
                body,
            );
            return Ok(html(StatusCode::FORBIDDEN, page));
        }
    };
    let (bundle, mails) = app
        .db
        .run(move |db| {
            let bundle = match &procedure {
                Some(id) => Bundle::find(db, id)?,
                None => None,
            };
            Ok::<_, ApiError>((bundle, mails::list(db, procedure.as_deref())?))
        })
        .await?;
    let title = words.say(Key::SandboxMailTitle);
    let main = html! {
        main.mailbox #main tabindex="-1" {
            h1 { (title) }
            p.quiet { (words.say(Key::SandboxMailExplained)) }
            @if let Some(bundle) = &bundle { (people(&app, words, bundle)) }
            h2 { (words.say(Key::SandboxMailAll)) }
            @if mails.is_empty() {
                p { (words.say(Key::SandboxMailEmpty)) }
            }
            @for mail in &mails { (message(&app, words, mail)) }
        }
    };
    Ok(html(
        StatusCode::OK,
        frame(words, &title, Some(&here), main),
    ))
}

fn people(app: &App, words: Words, bundle: &Bundle) -> Markup {
    let turn: Vec<&str> = bundle
        .in_turn()
        .iter()
        .map(|member| member.id.as_str())
        .collect();
    let status = |member: &Member| match member.status {
        MemberStatus::Done => Key::SandboxMailStatusDone,
        MemberStatus::Refused => Key::SandboxMailStatusRefused,
        _ if turn.contains(&member.id.as_str()) => Key::SandboxMailStatusTurn,
        _ => Key::SandboxMailStatusPending,
    };
    html! {
        h2 { (words.say(Key::SandboxMailPeople)) }
        ul.people {
            @for member in &bundle.members {
                li {
                    span.person { strong { (member.full_name()) } span.quiet { (member.email) } }
                    span.status data-status=(member.status.as_str()) { (words.say(status(member))) }
                    @if turn.contains(&member.id.as_str()) {
                        a.button href=(sign_link(&app.base_url, &member.id)) {
                            (words.tell(Key::SandboxMailSignAs, &[("person", &member.full_name())]))
                        }
                    }
                }
            }
        }
    }
}

fn message(app: &App, words: Words, mail: &Mail) -> Markup {
    let at = mail.at.0.to_zoned(vendor_zone());
    let subject = match mail.subject.trim() {
        "" => words.say(Key::SandboxMailNoSubject),
        subject => subject.to_owned(),
    };
    html! {
        article.mail {
            header {
                h3 { (subject) }
                p.quiet {
                    time datetime=(mail.at.0) { (date(words.0, at.date())) ", " (at.strftime("%H:%M")) }
                }
                dl {
                    dt { (words.say(Key::SandboxMailFrom)) }
                    dd { (mail.from_name) }
                    dt { (words.say(Key::SandboxMailTo)) }
                    dd { (mail.to_name) " <" (mail.to_address) ">" }
                }
            }
            div.mail-body { (PreEscaped(cleaned(&mail.message))) }
            // A message without a button of its own gets one.
            @if let Some(member) = mail.member_id.as_ref().filter(|_| !mail.message.contains("mail-button")) {
                a.button.plain href=(sign_link(&app.base_url, member)) {
                    (words.tell(Key::SandboxMailSignAs, &[("person", &mail.to_name)]))
                }
            }
        }
    }
}

/// The message without anything that could act or load: it comes from whoever uses the API.
fn cleaned(message: &str) -> String {
    ammonia::Builder::default()
        .rm_tags(["img", "map", "area"])
        .add_allowed_classes("a", ["mail-button"])
        .clean(message)
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_shown_without_anything_that_acts_or_loads() {
        let dirty = "<p onclick=x()>Hi <b>you</b></p><script>x()</script><img src=http://a/b>\
            <a class=\"mail-button evil\" href=\"javascript:x()\">Open</a><style>p{}</style>";
        let clean = cleaned(dirty);
        for bad in ["script", "onclick", "img", "javascript", "evil", "style"] {
            assert!(!clean.contains(bad), "{bad} must not survive in {clean}");
        }
        assert!(
            clean.contains("<b>you</b>"),
            "harmless markup stays: {clean}"
        );
    }
}
