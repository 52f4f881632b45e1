use super::*;
use crate::yousign_v2::snapshots::{A4, recipient, snapshot};
use jiff::civil::date;
use paraph_domain::geometry::{Rect, Size};
use serde_json::json;

fn value(input: &impl serde::Serialize) -> Value {
    serde_json::to_value(input).unwrap()
}

fn remote(body: Value) -> RemoteProcedure {
    remote_procedure(serde_json::from_value(body).unwrap())
}

#[test]
fn a_procedure_is_made_as_a_draft_that_bears_our_mark() {
    let input = value(&procedure_input(&snapshot()));
    assert_eq!(input["name"], "Lease 2026");
    assert_eq!(
        input["start"],
        json!(false),
        "nobody may be told before the last step"
    );
    assert_eq!(input["ordered"], true);
    assert_eq!(input["metadata"], json!({"paraphSending": "sending-1"}));
    assert_eq!(
        input["subscribers"],
        json!([{"email": "WATCH@example.org", "group": "observers"}])
    );
    assert!(input["config"]["email"]["member.started"].is_array());
}

#[test]
fn the_deadline_itself_is_included() {
    let cases = [
        (Some(date(2026, 3, 31)), json!("2026-04-01")),
        (Some(date(2028, 2, 28)), json!("2028-02-29")),
        (Some(date(2026, 12, 31)), json!("2027-01-01")),
        (None, Value::Null),
    ];
    for (deadline, sent) in cases {
        let mut snapshot = snapshot();
        snapshot.draft.invitation.deadline = deadline;
        assert_eq!(
            value(&procedure_input(&snapshot))["expiresAt"],
            sent,
            "{deadline:?}"
        );
    }
}

#[test]
fn files_go_as_base64_with_our_document_s_id() {
    let snapshot = snapshot();
    let cases = [(0, "lease", "signable"), (1, "terms", "attachment")];
    for (place, name, kind) in cases {
        let input = file_input(&snapshot.files[place], place, "/procedures/1", b"\xff\xfe?");
        let expected = json!({
            "name": format!("{name}.pdf"),
            "content": "//4/",
            "procedure": "/procedures/1",
            "type": kind,
            "metadata": {"paraphDocument": name},
            "position": place,
        });
        assert_eq!(value(&input), expected);
    }
}

#[test]
fn the_identity_check_is_always_written_out() {
    let cases = [
        (
            Role::Signer,
            IdentityCheck::EmailCode,
            "signer",
            "custom",
            json!(["email"]),
        ),
        (
            Role::Signer,
            IdentityCheck::SmsCode,
            "signer",
            "custom",
            json!(["sms"]),
        ),
        (
            Role::Signer,
            IdentityCheck::None,
            "signer",
            "none",
            json!([]),
        ),
        (
            Role::Approver,
            IdentityCheck::EmailCode,
            "validator",
            "custom",
            json!(["email"]),
        ),
        (
            Role::Approver,
            IdentityCheck::None,
            "validator",
            "none",
            json!([]),
        ),
    ];
    for (role, check, kind, level, modes) in cases {
        let person = recipient("ada", role, check);
        let input = value(&member_input(&person, 1, "/procedures/1"));
        let expected = json!({
            "procedure": "/procedures/1",
            "type": kind,
            "firstname": "ada",
            "lastname": "Martin",
            "email": "ADA@example.org",
            "phone": "+33612345678",
            "position": 2,
            "operationLevel": level,
            "operationCustomModes": modes,
        });
        assert_eq!(input, expected, "{role:?} with {check:?}");
    }
}

#[test]
fn a_phone_number_is_never_invented() {
    for typed in ["", "12", "call me"] {
        let mut person = recipient("ada", Role::Signer, IdentityCheck::EmailCode);
        person.phone = typed.to_owned();
        let input = value(&member_input(&person, 0, "/procedures/1"));
        assert_eq!(input.get("phone"), None, "{typed:?}");
    }
}

#[test]
fn positions_count_from_the_bottom_left_in_whole_points() {
    let rect = |x, y, w, h| Rect { x, y, w, h };
    let wide = Size { w: 842.0, h: 595.0 };
    let odd = Size {
        w: 595.28,
        h: 841.89,
    };
    let cases = [
        (A4, rect(0.0, 0.0, 595.0, 842.0), "0,0,595,842"),
        (A4, rect(100.4, 50.0, 120.2, 60.0), "100,732,221,792"),
        (A4, rect(100.5, 50.5, 100.0, 50.0), "101,742,201,792"),
        (wide, rect(10.0, 20.0, 30.0, 40.0), "10,535,40,575"),
        (odd, rect(10.0, 801.89, 100.0, 40.0), "10,0,110,40"),
        (A4, rect(-5.0, 800.0, 50.0, 100.0), "0,0,45,42"),
    ];
    for (page, rect, expected) in cases {
        let mut snapshot = snapshot();
        snapshot.files[0].pages[0] = page;
        snapshot.placements[0].rect = rect;
        let position = position(&snapshot, &snapshot.placements[0]);
        assert_eq!(position.as_deref(), Some(expected), "{rect:?} on {page:?}");
    }
}

#[test]
fn a_placement_on_no_page_has_no_position() {
    for page in [0, 3, u32::MAX] {
        let mut snapshot = snapshot();
        snapshot.placements[0].page = page;
        assert_eq!(
            position(&snapshot, &snapshot.placements[0]),
            None,
            "page {page} of 2"
        );
    }
}

#[test]
fn fields_take_the_vendor_s_form() {
    let signature = |above: &str, below: &str| FieldKind::Signature {
        mention_above: above.to_owned(),
        mention_below: below.to_owned(),
    };
    let text = |content: &str, required, font_size| FieldKind::Text {
        content: content.to_owned(),
        required,
        font_size,
        formula: String::new(),
    };
    let ada = recipient("ada", Role::Signer, IdentityCheck::EmailCode);
    let cases = [
        (signature("", " "), json!({"type": "signature"})),
        (
            signature("Read", "{{date.fr}}"),
            json!({"type": "signature", "mention": "Read", "mention2": "{{date.fr}}"}),
        ),
        (FieldKind::Initials, json!({"type": "signature"})),
        (
            signature("{{date}}", "{{name}}, {{date}}"),
            json!({
                "type": "signature",
                "mention": "{{date.en}}",
                "mention2": "ada Martin, {{date.en}}",
            }),
        ),
        (
            FieldKind::Text {
                content: "Read and approved".to_owned(),
                required: false,
                font_size: 11,
                formula: "Read and approved".to_owned(),
            },
            // It is written by hand, so it neither stands there already nor may be left out.
            json!({"type": "text", "contentRequired": true, "fontSize": 11}),
        ),
        (
            text("", true, 3),
            json!({"type": "text", "contentRequired": true, "fontSize": 6}),
        ),
        (
            text("Paris", false, 48),
            json!({"type": "text", "content": "Paris", "contentRequired": false, "fontSize": 20}),
        ),
    ];
    for (kind, expected) in cases {
        let input = wire::FileObjectInput {
            file: "/files/1",
            member: "/members/1",
            page: 2,
            position: "1,2,3,4".to_owned(),
            kind: file_object_kind(&kind, &ada, Language::English),
        };
        let mut expected = expected;
        expected["file"] = json!("/files/1");
        expected["member"] = json!("/members/1");
        expected["page"] = json!(2);
        expected["position"] = json!("1,2,3,4");
        assert_eq!(value(&input), expected, "{kind:?}");
    }
}

#[test]
fn statuses_are_ours_and_unknown_ones_are_shown_as_they_are() {
    let cases = [
        ("draft", Status::Draft),
        ("active", Status::InProgress),
        ("finished", Status::Completed),
        ("refused", Status::Declined),
        ("expired", Status::Expired),
        ("error", Status::Unknown("error".to_owned())),
        ("", Status::Unknown(String::new())),
    ];
    for (word, expected) in cases {
        assert_eq!(
            remote(json!({"id": "/procedures/1", "status": word})).status,
            expected
        );
    }
    let cases = [
        ("pending", ParticipantStatus::Waiting),
        ("processing", ParticipantStatus::Processing),
        ("done", ParticipantStatus::Done),
        ("refused", ParticipantStatus::Declined),
        ("error", ParticipantStatus::Unknown("error".to_owned())),
    ];
    for (word, expected) in cases {
        let body =
            json!({"id": "/procedures/1", "members": [{"id": "/members/1", "status": word}]});
        assert_eq!(remote(body).participants[0].status, expected);
    }
}

#[test]
fn a_full_answer_is_read_whole() {
    let procedure = remote(json!({
        "id": "/procedures/1", "name": "Lease", "status": "refused", "ordered": true,
        "createdAt": "2026-03-02T10:16:00+01:00", "updatedAt": "2026-03-03T10:16:00+01:00",
        "finishedAt": null, "expiresAt": "2026-04-01T00:00:00+02:00",
        "metadata": {"paraphSending": "sending-1"}, "config": [], "novelty": {"a": 1},
        "members": [
            {"id": "/members/2", "type": "validator", "firstname": "Ben", "lastname": "Roy",
             "email": "ben@example.org", "position": 2, "status": "refused",
             "finishedAt": "2026-03-03T09:00:00Z", "comment": "too expensive",
             "operationLevel": "none", "operationCustomModes": []},
            {"id": "/members/1", "type": "signer", "firstname": "Ada", "lastname": "Martin",
             "email": "ada@example.org", "position": 1, "status": "done", "comment": "",
             "operationLevel": "custom", "operationCustomModes": ["sms"]},
        ],
        "subscribers": [{"email": "watch@example.org", "group": "observers"}],
        "files": [
            {"id": "/files/1", "name": "lease.pdf", "type": "signable"},
            {"id": "/files/2", "name": "terms.pdf", "type": "attachment"},
            {"id": "/files/3", "name": "drawn.png", "type": "sign_image"},
        ],
    }));
    let person = |id: &str, name: &str, email: &str, role, check, status, position| Participant {
        remote_id: id.to_owned(),
        recipient: None,
        name: name.to_owned(),
        email: email.to_owned(),
        role,
        identity_check: check,
        status,
        position,
        finished_at: None,
        comment: None,
    };
    let document = |id: &str, name: &str, purpose| RemoteDocument {
        remote_id: id.to_owned(),
        name: name.to_owned(),
        purpose,
    };
    let moment = |text: &str| text.parse::<Timestamp>().unwrap();
    let expected = RemoteProcedure {
        remote_id: "/procedures/1".to_owned(),
        sending: Some(SendingId::new("sending-1")),
        name: "Lease".to_owned(),
        status: Status::Declined,
        ordered: true,
        created_at: moment("2026-03-02T09:16:00Z"),
        updated_at: moment("2026-03-03T09:16:00Z"),
        finished_at: None,
        expires_at: Some(moment("2026-03-31T22:00:00Z")),
        participants: vec![
            person(
                "/members/1",
                "Ada Martin",
                "ada@example.org",
                Role::Signer,
                Some(IdentityCheck::SmsCode),
                ParticipantStatus::Done,
                0,
            ),
            Participant {
                finished_at: Some(moment("2026-03-03T09:00:00Z")),
                comment: Some("too expensive".to_owned()),
                ..person(
                    "/members/2",
                    "Ben Roy",
                    "ben@example.org",
                    Role::Approver,
                    Some(IdentityCheck::None),
                    ParticipantStatus::Declined,
                    1,
                )
            },
            person(
                "subscriber:watch@example.org",
                "watch@example.org",
                "watch@example.org",
                Role::Observer,
                None,
                ParticipantStatus::Waiting,
                2,
            ),
        ],
        documents: vec![
            document("/files/1", "lease.pdf", Purpose::ToSign),
            document("/files/2", "terms.pdf", Purpose::Attachment),
        ],
    };
    assert_eq!(procedure, expected);
}

#[test]
fn odd_answers_lose_only_what_is_odd() {
    let plain = remote(json!({"id": "/procedures/1"}));
    assert_eq!(plain.created_at, Timestamp::UNIX_EPOCH);
    let oddities = [
        json!({"metadata": []}),
        json!({"metadata": {}}),
        json!({"metadata": null}),
        json!({"metadata": "x"}),
        json!({"metadata": {"paraphSending": 7}}),
        json!({"members": null}),
        json!({"members": {}}),
        json!({"members": [null, 7, {}, {"id": null}, []]}),
        json!({"subscribers": [{"group": "x"}, "ada@example.org"]}),
        json!({"files": "none"}),
        json!({"ordered": null}),
        json!({"ordered": "yes"}),
        json!({"name": null}),
        json!({"createdAt": "yesterday"}),
        json!({"expiresAt": ["2026"]}),
    ];
    for oddity in oddities {
        let mut body = oddity.clone();
        body["id"] = json!("/procedures/1");
        assert_eq!(remote(body), plain, "{oddity}");
    }
    let gaps = remote(json!({
        "id": "/procedures/1",
        "members": {"0": {"id": "/members/1"}, "2": {"id": "/members/2", "position": "first"}},
    }));
    assert_eq!(
        gaps.participants.len(),
        2,
        "a list with gaps comes as an object"
    );
}

#[test]
fn members_and_files_are_recognised() {
    let member = |kind: &str, email: &str| -> wire::Member {
        serde_json::from_value(json!({"id": "/members/1", "type": kind, "email": email})).unwrap()
    };
    let ada = recipient("ada", Role::Signer, IdentityCheck::EmailCode);
    assert!(
        is_member_of(&member("signer", "ada@Example.org"), &ada),
        "case does not count"
    );
    assert!(
        !is_member_of(&member("validator", "ada@example.org"), &ada),
        "the role counts"
    );
    assert!(
        !is_member_of(&member("signer", "bea@example.org"), &ada),
        "the address counts"
    );
    let file = |name: &str, sha256: &str, metadata: Value| -> wire::File {
        let body = json!({"id": "/files/1", "name": name, "sha256": sha256, "metadata": metadata});
        serde_json::from_value(body).unwrap()
    };
    let snapshot = snapshot();
    let lease = &snapshot.files[0];
    let cases = [
        (file("x", "y", json!({"paraphDocument": "lease"})), true),
        (
            file(
                "lease.pdf",
                "lease-sha256",
                json!({"paraphDocument": "terms"}),
            ),
            false,
        ),
        (file("lease.pdf", "LEASE-SHA256", json!([])), true),
        (file("lease.pdf", "other", json!([])), false),
        (file("other.pdf", "lease-sha256", json!([])), false),
    ];
    for (file, ours) in cases {
        assert_eq!(is_file_of(&file, lease), ours, "{file:?}");
    }
}
