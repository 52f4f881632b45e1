//! The pages of those who cannot act, or have acted.

use crate::page::frame::{Mood, notice};
use crate::page::{Words, documents, html};
use crate::signing::act::Standing;
use crate::state::bundle::Bundle;
use crate::state::members::{Kind, Member, MemberStatus};
use crate::state::procedures::Status;
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};
use paraph_messages::{Key, Language};

/// A link to nobody.
pub(super) fn unknown(language: Language) -> Response {
    let words = Words(language);
    let body = html! { p { (words.say(Key::SignUnknownBody)) } };
    let page = notice(words, Mood::Ended, &words.say(Key::SignUnknown), None, body);
    html(StatusCode::NOT_FOUND, page)
}

/// Where the member stands, with the documents where there are any to see.
pub(super) fn page(
    words: Words,
    bundle: &Bundle,
    member: &Member,
    standing: Standing,
    here: &str,
) -> Markup {
    let name = &bundle.procedure.name;
    let say = |key| html! { p { (words.say(key)) } };
    let (mood, heading, body) = match standing {
        Standing::Done | Standing::Ready => (
            Mood::Good,
            match member.kind {
                Kind::Signer => Key::SignDoneTitle,
                Kind::Validator => Key::SignDoneTitleValidator,
            },
            html! {
                @if bundle.procedure.status == Status::Finished {
                    p { (words.say(Key::SignDoneComplete)) }
                } @else if bundle.procedure.status == Status::Active {
                    p { (words.say(Key::SignDoneWaiting)) }
                }
                (documents::list(words, bundle, &documents::by_member(member)))
            },
        ),
        Standing::NotYet => (
            Mood::Waiting,
            Key::SignStandingNotYet,
            html! {
                p { (words.tell(Key::SignStandingNotYetBody, &[("people", &before(bundle, member))])) }
            },
        ),
        Standing::NotSent => (
            Mood::Waiting,
            Key::SignStandingNotSent,
            say(Key::SignStandingNotSentBody),
        ),
        Standing::Refused => (
            Mood::Ended,
            Key::SignStandingRefused,
            say(Key::SignStandingRefusedBody),
        ),
        Standing::RefusedByOther => (
            Mood::Ended,
            Key::SignStandingRefusedByOther,
            say(Key::SignStandingRefusedByOtherBody),
        ),
        Standing::Expired => (
            Mood::Ended,
            Key::SignStandingExpired,
            say(Key::SignStandingExpiredBody),
        ),
        Standing::Stopped => (
            Mood::Ended,
            Key::SignStandingStopped,
            say(Key::SignStandingStoppedBody),
        ),
    };
    let more = html! {
        p.quiet { (name) }
        (body)
    };
    notice(words, mood, &words.say(heading), Some(here), more)
}

fn before(bundle: &Bundle, member: &Member) -> String {
    let names: Vec<String> = bundle
        .members
        .iter()
        .filter(|other| other.position < member.position && other.status != MemberStatus::Done)
        .map(Member::full_name)
        .collect();
    names.join(", ")
}
