use super::*;
use crate::yousign_v2::snapshots::{snapshot, words};
use serde_json::{Value, json};

#[test]
fn text_becomes_escaped_paragraphs_and_the_button_follows() {
    let button = |title: &str| {
        format!(
            "<p><tag data-tag-type=\"button\" data-tag-name=\"url\" \
             data-tag-title=\"{title}\">{title}</tag></p>"
        )
    };
    let cases = [
        ("Hello", None, "<p>Hello</p>".to_owned()),
        ("", None, String::new()),
        ("\n\n \n\n", None, String::new()),
        (
            "Hello\nAda\r\n\r\nBye\rnow",
            None,
            "<p>Hello<br>Ada</p><p>Bye<br>now</p>".to_owned(),
        ),
        ("a\n\n\n\nb", None, "<p>a</p><p>b</p>".to_owned()),
        (
            "1 < 2 & \"3\" > '2'",
            None,
            "<p>1 &lt; 2 &amp; &quot;3&quot; &gt; &#39;2&#39;</p>".to_owned(),
        ),
        (
            "{{ url }}\u{7}",
            None,
            "<p>&#123;&#123; url &#125;&#125;</p>".to_owned(),
        ),
        (
            "<script>x</script>",
            Some("Sign"),
            format!("<p>&lt;script&gt;x&lt;/script&gt;</p>{}", button("Sign")),
        ),
        (
            "",
            Some("\"Sign\" <now>"),
            button("&quot;Sign&quot; &lt;now&gt;"),
        ),
        ("x", Some("  "), "<p>x</p>".to_owned()),
    ];
    for (text, title, expected) in cases {
        assert_eq!(markup(text, title), expected, "{text:?} with {title:?}");
    }
}

#[test]
fn subjects_and_senders_are_one_line() {
    let words = words("Sign\r\nBcc: x@example.org", "m");
    let mail = mail(vec!["@member"], &words, None, " Acme\nLtd ");
    assert_eq!(mail.subject, "Sign Bcc: x@example.org");
    assert_eq!(mail.from_name.as_deref(), Some("Acme Ltd"));
}

#[test]
fn everybody_is_told_what_concerns_them_and_invited_by_one_event_only() {
    // (ordered, with an observer) -> who is written to, by event
    let cases = [
        (
            false,
            false,
            json!({
                "member.started": [["@member"]],
                "procedure.finished": [["@members"]],
                "procedure.refused": [["@members"]],
            }),
        ),
        (
            true,
            false,
            json!({
                "member.started": [["@member"]],
                "procedure.finished": [["@members"]],
                "procedure.refused": [["@members.done", "@members.refused"]],
            }),
        ),
        (
            false,
            true,
            json!({
                "member.started": [["@member"]],
                "procedure.started": [["@subscribers"]],
                "procedure.finished": [["@members", "@subscribers"]],
                "procedure.refused": [["@members", "@subscribers"]],
            }),
        ),
        (
            true,
            true,
            json!({
                "member.started": [["@member"]],
                "procedure.started": [["@subscribers"]],
                "procedure.finished": [["@members", "@subscribers"]],
                "procedure.refused": [["@members.done", "@members.refused", "@subscribers"]],
            }),
        ),
    ];
    for (ordered, observed, expected) in cases {
        let mut snapshot = snapshot();
        snapshot.draft.ordered = ordered;
        if !observed {
            let signs = |r: &paraph_domain::draft::Recipient| r.role != Role::Observer;
            snapshot.draft.recipients.retain(signs);
        }
        let config = serde_json::to_value(config(&snapshot)).unwrap();
        let told: serde_json::Map<String, Value> = config["email"]
            .as_object()
            .unwrap()
            .iter()
            .map(|(event, mails)| {
                let to: Vec<_> = mails
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|m| m["to"].clone())
                    .collect();
                (event.clone(), Value::from(to))
            })
            .collect();
        assert_eq!(
            Value::from(told),
            expected,
            "ordered {ordered}, observed {observed}"
        );
    }
}

#[test]
fn each_event_has_its_own_words_and_the_button_where_there_is_something_to_open() {
    let config = serde_json::to_value(config(&snapshot())).unwrap();
    let cases = [
        ("member.started", "Please sign", Some("Open and sign")),
        ("procedure.started", "For your information", None),
        (
            "procedure.finished",
            "All signed",
            Some("Open the documents"),
        ),
        ("procedure.refused", "Declined", None),
    ];
    for (event, subject, button) in cases {
        let mail = &config["email"][event][0];
        assert_eq!(mail["subject"], subject, "{event}");
        assert_eq!(mail["fromName"], "Acme", "{event}");
        let message = mail["message"].as_str().unwrap();
        assert_eq!(
            message.contains("data-tag-name=\"url\""),
            button.is_some(),
            "{event}"
        );
        assert!(message.contains(button.unwrap_or("")), "{event}: {message}");
    }
    assert_eq!(
        config["reminders"],
        json!([{
            "interval": 3,
            "limit": 2,
            "config": { "email": { "reminder.executed": [{
                "to": ["@members.auto"],
                "subject": "Reminder",
                "message": "<p>Still waiting.</p><p><tag data-tag-type=\"button\" data-tag-name=\"url\" data-tag-title=\"Open and sign\">Open and sign</tag></p>",
                "fromName": "Acme",
            }] } },
        }]),
        "the planned reminder goes to whose turn it is"
    );
}

#[test]
fn reminders_stay_within_the_vendor_s_bounds_or_are_left_out() {
    use paraph_domain::draft::Reminders;
    let reminders = |every_days, at_most| {
        let mut snapshot = snapshot();
        snapshot.draft.invitation.reminders = Some(Reminders {
            every_days,
            at_most,
        });
        let config = serde_json::to_value(config(&snapshot)).unwrap();
        let first = &config["reminders"][0];
        (first["interval"].as_u64(), first["limit"].as_u64())
    };
    assert_eq!(reminders(0, 0), (Some(1), Some(1)));
    assert_eq!(reminders(255, 255), (Some(255), Some(90)));
    let mut without = snapshot();
    without.draft.invitation.reminders = None;
    let config = serde_json::to_value(config(&without)).unwrap();
    assert_eq!(
        config.get("reminders"),
        None,
        "no reminders unless asked for"
    );
}
