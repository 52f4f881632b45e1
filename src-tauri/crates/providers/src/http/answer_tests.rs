use super::*;
use reqwest::header::HeaderValue;

fn now() -> Timestamp {
    "2026-03-02T10:00:00Z".parse().unwrap()
}

fn answer(status: u16, kind: &'static str, body: &'static str) -> Answer {
    let mut headers = HeaderMap::new();
    if !kind.is_empty() {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    }
    Answer {
        status,
        headers,
        body: Bytes::from_static(body.as_bytes()),
    }
}

#[test]
fn retry_after_is_read_in_both_forms_and_clamped() {
    let cases = [
        ("120", Some("2026-03-02T10:02:00Z")),
        (" 7 ", Some("2026-03-02T10:00:07Z")),
        ("1.9", Some("2026-03-02T10:00:01Z")),
        ("0", Some("2026-03-02T10:00:01Z")),
        ("-30", Some("2026-03-02T10:00:01Z")),
        ("7200", Some("2026-03-02T12:00:00Z")),
        ("99999999999999999999999", Some("2026-03-03T10:00:00Z")),
        ("1e400", Some("2026-03-03T10:00:00Z")),
        ("nan", Some("2026-03-02T10:00:01Z")),
        (
            "Mon, 02 Mar 2026 10:05:00 GMT",
            Some("2026-03-02T10:05:00Z"),
        ),
        (
            "Sun, 01 Mar 2026 10:05:00 GMT",
            Some("2026-03-02T10:00:01Z"),
        ),
        (
            "Fri, 02 Mar 2126 10:05:00 GMT",
            Some("2026-03-03T10:00:00Z"),
        ),
        ("soon", None),
        ("", None),
    ];
    for (value, expected) in cases {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(value));
        let expected: Option<Timestamp> = expected.map(|moment| moment.parse().unwrap());
        assert_eq!(
            retry_after(&headers, now()),
            expected,
            "Retry-After: {value:?}"
        );
    }
}

#[test]
fn each_status_is_the_error_that_callers_act_on() {
    let minute_later = now() + SignedDuration::from_secs(60);
    let unavailable = |status| Error::Unavailable {
        status,
        until: None,
    };
    let cases = [
        (401, Error::Unauthorized),
        (403, Error::Forbidden),
        (404, Error::NotFound),
        (410, Error::NotFound),
        (407, Error::Offline),
        (
            429,
            Error::RateLimited {
                until: minute_later,
            },
        ),
        (408, unavailable(408)),
        (425, unavailable(425)),
        (500, unavailable(500)),
        (502, unavailable(502)),
        (503, unavailable(503)),
        (504, unavailable(504)),
    ];
    for (status, expected) in cases {
        for (kind, body) in [
            ("application/json", r#"{"message":"no"}"#),
            ("text/html", "<h1>no</h1>"),
            ("", ""),
        ] {
            let error = answer(status, kind, body).classified(now()).unwrap_err();
            assert_eq!(error, expected, "HTTP {status} with {kind:?}");
        }
    }
}

#[test]
fn a_503_that_says_when_to_come_back_still_leaves_doubt() {
    let mut busy = answer(503, "", "");
    busy.headers
        .insert(RETRY_AFTER, HeaderValue::from_static("30"));
    let error = busy.classified(now()).unwrap_err();
    let until = Some(now() + SignedDuration::from_secs(30));
    assert_eq!(error, Error::Unavailable { status: 503, until });
    assert!(
        error.leaves_doubt(),
        "a 503 does not promise that nothing happened"
    );
}

#[test]
fn refusals_keep_the_provider_s_words_and_places() {
    let place = |path: &str, message: &str| RejectedPlace {
        path: path.to_owned(),
        message: message.to_owned(),
    };
    let cases = [
        (
            r#"{"type":"x","title":"An error occurred","detail":"members[0].phone: not valid",
                "violations":[{"propertyPath":"members[0].phone","message":"not valid"},
                              {"propertyPath":"name","message":"too long"}]}"#,
            "members[0].phone: not valid",
            vec![
                place("members[0].phone", "not valid"),
                place("name", "too long"),
            ],
        ),
        (
            r#"{"title":"An error occurred"}"#,
            "An error occurred",
            vec![],
        ),
        (
            r#"{"error":"invalid_grant","error_description":"bad"}"#,
            "bad",
            vec![],
        ),
        (r#"{"detail":"two\n lines\u0007"}"#, "two lines", vec![]),
        (
            r#"{"detail":"","message":"said here"}"#,
            "said here",
            vec![],
        ),
        (r#"{"detail":null,"violations":"none"}"#, "", vec![]),
        (
            r#"{"violations":[{},7,{"message":"m"}]}"#,
            "",
            vec![place("", "m")],
        ),
    ];
    for (body, message, places) in cases {
        for status in [400, 405, 409, 422] {
            let error = answer(status, "application/problem+json", body)
                .classified(now())
                .unwrap_err();
            let expected = Error::Rejected {
                message: message.to_owned(),
                places: places.clone(),
            };
            assert_eq!(error, expected, "HTTP {status} with {body}");
        }
    }
}

#[test]
fn a_refusal_that_is_not_the_provider_s_is_unexpected_and_quotes_nothing() {
    for (kind, body) in [
        ("text/html", "<p>Ada Martin is blocked</p>"),
        ("application/json", r#"["Ada Martin"]"#),
        ("application/json", r#"{"detail":"Ada Mar"#),
    ] {
        let error = answer(400, kind, body).classified(now()).unwrap_err();
        let Error::Unexpected { status, excerpt } = error else {
            panic!("{kind}: must not count as the provider's refusal");
        };
        assert_eq!(status, 400);
        assert!(
            excerpt.contains(kind),
            "the excerpt names the kind of body: {excerpt}"
        );
        assert!(
            !excerpt.contains("Ada"),
            "the excerpt has nothing of the body: {excerpt}"
        );
    }
}

#[test]
fn json_errors_name_the_place_and_quote_nothing() {
    let cases = [
        (r#"{"name":"Ada Martin""#, "Eof"),
        (r#""Ada Martin""#, "Data"),
        ("<html>Ada Martin</html>", "Syntax"),
    ];
    for (body, category) in cases {
        let error = answer(200, "application/json", body)
            .json::<std::collections::BTreeMap<String, String>>()
            .unwrap_err();
        let Error::Unexpected { excerpt, .. } = error else {
            panic!("bad JSON must be unexpected");
        };
        assert!(excerpt.starts_with(category), "{excerpt}");
        assert!(
            !excerpt.contains("Ada"),
            "the excerpt has nothing of the body: {excerpt}"
        );
    }
}
