//! Which mails the vendor sends, to whom, and their markup.
//!
//! Yousign v2 mails nothing but what a procedure's `config` asks for, so everything is said here.

use super::wire::{
    ConfigInput, EmailInput, MailConfigInput, MailInput, RemindInput, ReminderInput,
};
use paraph_domain::draft::Role;
use paraph_domain::sending::{Mail, Snapshot};

/// The mails of a whole procedure.
///
/// Invitations: `member.started` to `@member`, alone, whether people sign in order or not. The
/// event happens once for each member, when the turn comes to them; without an order it is
/// everybody's turn at the start. The vendor's documentation invites in this way in procedures
/// that are not ordered. `procedure.started` to `@members.auto`, which others use, would invite
/// only whose turn it is at the start, and both together would invite people twice.
pub(super) fn config(snapshot: &Snapshot) -> ConfigInput {
    let mails = &snapshot.mails;
    let from = &mails.from_name;
    let draft = &snapshot.draft;
    let observed = draft
        .recipients
        .iter()
        .any(|recipient| recipient.role == Role::Observer);
    let and_observers = |mut to: Vec<&'static str>| {
        if observed {
            to.push("@subscribers");
        }
        to
    };
    // Where people sign in order, a refusal is no news to those who were never invited.
    let told_of_refusal = if draft.ordered {
        vec!["@members.done", "@members.refused"]
    } else {
        vec!["@members"]
    };
    let email = EmailInput {
        member_started: vec![mail(
            vec!["@member"],
            &mails.invitation,
            Some(&mails.sign_button),
            from,
        )],
        procedure_started: observed
            .then(|| mail(vec!["@subscribers"], &mails.information, None, from))
            .into_iter()
            .collect(),
        procedure_finished: vec![mail(
            and_observers(vec!["@members"]),
            &mails.completed,
            Some(&mails.open_button),
            from,
        )],
        procedure_refused: vec![mail(
            and_observers(told_of_refusal),
            &mails.declined,
            None,
            from,
        )],
        reminder_executed: Vec::new(),
    };
    let reminders = draft.invitation.reminders.map(|reminders| ReminderInput {
        interval: reminders.every_days.max(1),
        limit: reminders.at_most.clamp(1, 90),
        config: MailConfigInput {
            email: reminder(&mails.reminder, &mails.sign_button, from),
        },
    });
    ConfigInput {
        email,
        reminders: reminders.into_iter().collect(),
    }
}

/// A reminder to be sent now.
pub(super) fn reminder_now(words: &Mail, sign_button: &str) -> RemindInput {
    RemindInput {
        config: MailConfigInput {
            email: reminder(words, sign_button, ""),
        },
    }
}

/// `@members.auto` are those whose turn it is.
fn reminder(words: &Mail, sign_button: &str, from: &str) -> EmailInput {
    EmailInput {
        reminder_executed: vec![mail(vec!["@members.auto"], words, Some(sign_button), from)],
        ..EmailInput::default()
    }
}

fn mail(to: Vec<&'static str>, words: &Mail, button: Option<&str>, from: &str) -> MailInput {
    let from = one_line(from);
    MailInput {
        to,
        subject: one_line(&words.subject),
        message: markup(&words.message, button),
        from_name: (!from.is_empty()).then_some(from),
    }
}

/// Paragraphs of escaped text, then the button. The vendor puts each reader's own address
/// behind the button.
fn markup(text: &str, button: Option<&str>) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let mut html = String::new();
    for paragraph in text.split("\n\n") {
        let paragraph = paragraph.trim_matches('\n');
        if !paragraph.trim().is_empty() {
            let lines: Vec<String> = paragraph.lines().map(escaped).collect();
            html.push_str(&format!("<p>{}</p>", lines.join("<br>")));
        }
    }
    let button = button.map(one_line).filter(|button| !button.is_empty());
    if let Some(button) = button {
        let title = escaped(&button);
        html.push_str(&format!(
            "<p><tag data-tag-type=\"button\" data-tag-name=\"url\" \
             data-tag-title=\"{title}\">{title}</tag></p>"
        ));
    }
    html
}

/// Text as HTML, also within a quoted attribute. Braces too: the vendor's older templates are
/// evaluated between doubled ones.
fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            '{' => html.push_str("&#123;"),
            '}' => html.push_str("&#125;"),
            other if other.is_control() && other != '\t' => {}
            other => html.push(other),
        }
    }
    html
}

/// Text for a mail header.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[path = "mails_tests.rs"]
mod tests;
