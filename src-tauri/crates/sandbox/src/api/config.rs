//! Checks a procedure's `config`: mails, reminders, webhooks.

use crate::api::{BLANK, NOT_VALID, members};
use crate::mail::Event;
use crate::state::Json;
use crate::wire::Input;
use serde_json::Value;
use std::ops::RangeInclusive;

/// Days between reminders. From one (documented); the upper bound is our choice.
const INTERVALS: RangeInclusive<i64> = 1..=3_650;

/// The config, with everything that is wrong noted. That unknown triggers are refused is our
/// choice: a misspelt one would silently invite nobody.
pub(super) fn read(input: &Input<'_>) -> Option<Json> {
    let config = input.map("config")?;
    if let Some(email) = config.get("email") {
        check_emails(input, "config.email", email);
    }
    for (index, rule) in entries(&config, "reminders").iter().enumerate() {
        let path = format!("config.reminders[{index}]");
        if rule
            .get("interval")
            .is_some_and(|days| days.as_i64().is_none_or(|n| !INTERVALS.contains(&n)))
        {
            input.violation(&format!("{path}.interval"), NOT_VALID);
        }
        let in_bounds = |limit: i64| (1..=90).contains(&limit);
        if rule
            .get("limit")
            .is_some_and(|limit| limit.as_i64().is_none_or(|n| !in_bounds(n)))
        {
            input.violation(&format!("{path}.limit"), NOT_VALID);
        }
        if let Some(email) = rule.get("config").and_then(|config| config.get("email")) {
            check_emails(input, &format!("{path}.config.email"), email);
        }
    }
    // Webhooks are kept and given back, and never called.
    if let Some(hooks) = config.get("webhook").and_then(Value::as_object) {
        for (event, targets) in hooks {
            for (index, target) in targets.as_array().into_iter().flatten().enumerate() {
                if target
                    .get("url")
                    .and_then(Value::as_str)
                    .is_none_or(str::is_empty)
                {
                    input.violation(&format!("config.webhook.{event}[{index}].url"), BLANK);
                }
            }
        }
    }
    Some(Json(config))
}

/// The people who are told and do nothing.
pub(super) fn read_subscribers(input: &Input<'_>) -> Option<Json> {
    let list = input.list("subscribers")?;
    for (index, subscriber) in list.iter().enumerate() {
        let email = subscriber.get("email").and_then(Value::as_str);
        if !email.is_some_and(members::is_email) {
            let path = format!("subscribers[{index}].email");
            input.violation(&path, "This value is not a valid email address.");
        }
    }
    Some(Json(Value::Array(list.clone())))
}

/// A map of triggers to lists of templates.
pub(super) fn check_emails(input: &Input<'_>, path: &str, email: &Value) {
    let Some(triggers) = email.as_object() else {
        if email.as_array().is_none_or(|items| !items.is_empty()) {
            input.violation(path, "This value should be of type array.");
        }
        return;
    };
    for (trigger, templates) in triggers {
        let path = format!("{path}.{trigger}");
        if Event::parse(trigger).is_none() {
            input.violation(&path, "This field was not expected.");
        }
        let Some(templates) = templates.as_array() else {
            input.violation(&path, "This value should be of type array.");
            continue;
        };
        for (index, template) in templates.iter().enumerate() {
            check_template(input, &format!("{path}[{index}]"), template);
        }
    }
}

fn check_template(input: &Input<'_>, path: &str, template: &Value) {
    for key in ["subject", "message"] {
        if template
            .get(key)
            .and_then(Value::as_str)
            .is_none_or(|text| text.trim().is_empty())
        {
            input.violation(&format!("{path}.{key}"), BLANK);
        }
    }
    let to = entries(template, "to");
    if to.is_empty() {
        input.violation(&format!("{path}.to"), BLANK);
    }
    for (index, address) in to.iter().enumerate() {
        let known = address.as_str().is_some_and(|address| {
            matches!(
                address,
                "@creator"
                    | "@member"
                    | "@members"
                    | "@members.auto"
                    | "@members.pending"
                    | "@members.processing"
                    | "@members.done"
                    | "@members.refused"
                    | "@subscribers"
            ) || address.starts_with("@subscribers.")
                || members::is_email(address)
        });
        if !known {
            let message = "This value is not a valid email address.";
            input.violation(&format!("{path}.to[{index}]"), message);
        }
    }
}

fn entries<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}
