use super::*;
use crate::scripted::{Reply, Scripted, Tokens, impatient, patient, seams};
use serde_json::json;
use std::sync::atomic::Ordering;

fn http_with(base: &Url, tokens: Arc<Tokens>, deadlines: Deadlines) -> Http {
    let to = Destination {
        base: base.clone(),
        requests_per_minute: 600,
        deadlines,
    };
    Http::new(to, tokens, seams()).unwrap()
}

fn http(base: &Url) -> Http {
    http_with(base, Tokens::new(&["key"]), patient())
}

/// Waits only where waiting is the fault.
fn http_for(fault: &Fault, base: &Url) -> Http {
    let deadlines = match fault.reply {
        Reply::Stall(_) => impatient(),
        _ => patient(),
    };
    http_with(base, Tokens::new(&["key"]), deadlines)
}

fn read(path: &str) -> Read<'_> {
    Read {
        path,
        query: &[],
        limit: 1000,
        file: false,
    }
}

async fn get(http: &Http) -> Result<Answer, Error> {
    http.read(read("/thing")).await
}

async fn change(http: &Http, method: Method) -> Result<Answer, Error> {
    let body = Some(Bytes::from_static(b"{}"));
    http.write(method, "/thing", body, 1000).await
}

fn raw(text: &str) -> Reply {
    Reply::Raw(text.as_bytes().to_vec())
}

fn unavailable(status: u16) -> Error {
    Error::Unavailable {
        status,
        until: None,
    }
}

/// Whether a read is worth repeating after it.
struct Fault {
    name: &'static str,
    reply: Reply,
    error: Error,
    read_again: bool,
}

fn faults() -> Vec<Fault> {
    let fault = |name, reply, error, read_again| Fault {
        name,
        reply,
        error,
        read_again,
    };
    let until = |text: &str| text.parse::<Timestamp>().unwrap();
    let cut = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"id\":";
    let cut_chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"id\"\r\n";
    vec![
        fault("reset", Reply::Reset, Error::AnswerLost, true),
        fault("closed", raw(""), Error::AnswerLost, true),
        fault(
            "garbage",
            raw("SMTP ready\r\n\r\n"),
            Error::AnswerLost,
            true,
        ),
        fault(
            "cut head",
            raw("HTTP/1.1 200 OK\r\nCont"),
            Error::AnswerLost,
            true,
        ),
        fault("cut body", raw(cut), Error::AnswerLost, true),
        fault("cut chunks", raw(cut_chunks), Error::AnswerLost, true),
        fault(
            "no answer",
            Reply::Stall(Vec::new()),
            Error::AnswerLost,
            true,
        ),
        fault(
            "stalled body",
            Reply::Stall(cut.into()),
            Error::AnswerLost,
            true,
        ),
        fault(
            "500",
            Reply::json(500, &json!({"message": "x"})),
            unavailable(500),
            true,
        ),
        fault("502", Reply::status(502), unavailable(502), true),
        fault(
            "a cut 500 is still a 500",
            raw("HTTP/1.1 500 X\r\nContent-Length: 100\r\n\r\n{"),
            unavailable(500),
            true,
        ),
        fault(
            "503 with a wait",
            Reply::status(503).with("Retry-After", "30"),
            Error::Unavailable {
                status: 503,
                until: Some(until("2026-03-02T10:00:30Z")),
            },
            false,
        ),
        fault(
            "429 in seconds",
            Reply::status(429).with("Retry-After", "90"),
            Error::RateLimited {
                until: until("2026-03-02T10:01:30Z"),
            },
            false,
        ),
        fault(
            "429 with a date",
            Reply::status(429).with("Retry-After", "Mon, 02 Mar 2026 10:03:00 GMT"),
            Error::RateLimited {
                until: until("2026-03-02T10:03:00Z"),
            },
            false,
        ),
        fault(
            "429 without a word",
            Reply::status(429),
            Error::RateLimited {
                until: until("2026-03-02T10:01:00Z"),
            },
            false,
        ),
        fault("403", Reply::status(403), Error::Forbidden, false),
        fault("404", Reply::status(404), Error::NotFound, false),
        fault(
            "400",
            Reply::json(400, &json!({"detail": "name: too long"})),
            Error::Rejected {
                message: "name: too long".to_owned(),
                places: Vec::new(),
            },
            false,
        ),
    ]
}

#[tokio::test]
async fn every_fault_has_its_error_and_only_reads_are_repeated() {
    for fault in faults() {
        for method in [Method::GET, Method::POST, Method::PUT, Method::DELETE] {
            let reply = fault.reply.clone();
            let server = Scripted::start(move |_, _| reply.clone()).await;
            let http = http_for(&fault, &server.base);
            let is_read = method == Method::GET;
            let result = if is_read {
                get(&http).await
            } else {
                change(&http, method.clone()).await
            };
            let name = format!("{method} and {}", fault.name);
            assert_eq!(result.unwrap_err(), fault.error, "{name}");
            let times = if is_read && fault.read_again { 4 } else { 1 };
            assert_eq!(server.seen().len(), times, "{name}: how often it left");
        }
    }
}

#[tokio::test]
async fn a_read_recovers_when_a_later_try_is_answered() {
    for fault in faults().into_iter().filter(|fault| fault.read_again) {
        let reply = fault.reply.clone();
        let server = Scripted::start(move |number, _| {
            if number == 0 {
                reply.clone()
            } else {
                Reply::json(200, &json!([1]))
            }
        })
        .await;
        let answer = get(&http_for(&fault, &server.base)).await.unwrap();
        assert_eq!(
            answer.json::<Vec<u8>>(),
            Ok(vec![1]),
            "after {}",
            fault.name
        );
    }
}

#[tokio::test]
async fn a_refused_connection_is_offline_for_every_method() {
    let port = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap().port()
    };
    let base = format!("http://127.0.0.1:{port}").parse().unwrap();
    let http = http(&base);
    assert_eq!(get(&http).await.unwrap_err(), Error::Offline);
    for method in [Method::POST, Method::PUT, Method::DELETE] {
        let error = change(&http, method).await.unwrap_err();
        assert_eq!(error, Error::Offline);
        assert!(!error.leaves_doubt(), "what never left cannot have arrived");
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_connection_that_never_stands_is_offline() {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(0).unwrap();
    let address = listener.local_addr().unwrap();
    // Nobody accepts; once the queue is full, Linux drops further attempts silently.
    let filling: Vec<_> = (0..4)
        .map(|_| tokio::spawn(tokio::net::TcpStream::connect(address)))
        .collect();
    let full = async {
        while filling
            .iter()
            .filter(|attempt| attempt.is_finished())
            .count()
            == 0
        {
            tokio::task::yield_now().await;
        }
    };
    full.await;
    let deadlines = Deadlines {
        connect: Duration::from_millis(400),
        ..patient()
    };
    let base = format!("http://{address}").parse().unwrap();
    let http = http_with(&base, Tokens::new(&["key"]), deadlines);
    let error = change(&http, Method::POST).await.unwrap_err();
    assert_eq!(
        error,
        Error::Offline,
        "nothing leaves before the connection stands"
    );
    for attempt in filling {
        attempt.abort();
    }
}

#[tokio::test]
async fn an_endless_answer_ends_with_the_total_deadline() {
    let server = Scripted::start(|_, _| Reply::Drip).await;
    let deadlines = Deadlines {
        read: Duration::from_secs(1),
        write: Duration::from_secs(1),
        ..patient()
    };
    let http = http_with(&server.base, Tokens::new(&["key"]), deadlines);
    let endless = Read {
        limit: usize::MAX,
        ..read("/thing")
    };
    assert_eq!(http.read(endless).await.unwrap_err(), Error::AnswerLost);
    let body = Some(Bytes::from_static(b"{}"));
    let written = http.write(Method::POST, "/thing", body, usize::MAX).await;
    assert_eq!(written.unwrap_err(), Error::AnswerLost);
    assert_eq!(server.seen().len(), 2, "no time is left for another try");
}

#[test]
fn uploads_get_time_by_their_size() {
    let of = |bytes: usize| upload_allowance(Some(&Bytes::from(vec![0; bytes]))).as_secs();
    assert_eq!(upload_allowance(None), Duration::ZERO);
    assert_eq!(of(1000), 0, "a small request gets none");
    assert_eq!(of(10 * 1024 * 1024), 320);
}

#[tokio::test]
async fn after_a_401_a_renewed_token_is_tried_once() {
    let cases = [
        (vec!["old", "new"], vec!["old", "new"], Ok(200)),
        (vec!["old"], vec!["old"], Err(Error::Unauthorized)),
        (
            vec!["old", "bad", "new"],
            vec!["old", "bad"],
            Err(Error::Unauthorized),
        ),
    ];
    for (tokens, used, expected) in cases {
        for method in [Method::GET, Method::POST] {
            let server = Scripted::start(|_, seen| match seen.headers["authorization"].as_str() {
                "Bearer new" => Reply::json(200, &json!({})),
                _ => Reply::json(401, &json!({"error": "invalid_grant"})),
            })
            .await;
            let keys = Tokens::new(&tokens);
            let http = http_with(&server.base, Arc::clone(&keys), patient());
            let result = match method {
                Method::GET => get(&http).await,
                _ => change(&http, method.clone()).await,
            };
            assert_eq!(
                result.map(|answer| answer.status),
                expected,
                "{method} {tokens:?}"
            );
            let sent: Vec<String> = server
                .seen()
                .iter()
                .map(|seen| seen.headers["authorization"].clone())
                .collect();
            let used: Vec<String> = used.iter().map(|token| format!("Bearer {token}")).collect();
            assert_eq!(sent, used, "{method} {tokens:?}: tokens sent");
            assert_eq!(
                keys.renewals.load(Ordering::SeqCst),
                1,
                "one renewal for a 401"
            );
        }
    }
}

#[tokio::test]
async fn a_token_that_cannot_be_a_header_is_refused_before_anything_leaves() {
    let server = Scripted::start(|_, _| Reply::status(200)).await;
    let http = http_with(&server.base, Tokens::new(&["a\nb"]), patient());
    assert_eq!(get(&http).await.unwrap_err(), Error::Unauthorized);
    assert!(server.seen().is_empty(), "nothing left");
}

#[tokio::test]
async fn a_redirect_never_takes_the_token_to_another_host() {
    for status in [301, 302, 303, 307, 308] {
        let other = Scripted::start(|_, _| Reply::json(200, &json!({}))).await;
        let target = format!("{}thing", other.base);
        let server =
            Scripted::start(move |_, _| Reply::status(status).with("Location", target.clone()))
                .await;
        let http = http(&server.base);
        for result in [get(&http).await, change(&http, Method::POST).await] {
            let error = result.unwrap_err();
            assert!(
                matches!(error, Error::Unexpected { status: got, .. } if got == status),
                "{status} to another port is not followed: {error:?}"
            );
        }
        assert!(
            other.seen().is_empty(),
            "{status}: the other host was not spoken to"
        );
    }
}

#[tokio::test]
async fn a_redirect_on_the_same_host_is_followed_for_reads_only() {
    let server = Scripted::start(|_, seen| match seen.path() {
        "/thing" => Reply::status(307).with("Location", "/moved"),
        _ => Reply::json(200, &json!({})),
    })
    .await;
    let http = http(&server.base);
    assert_eq!(get(&http).await.map(|answer| answer.status), Ok(200));
    assert!(
        change(&http, Method::POST).await.is_err(),
        "a write is not carried on"
    );
    assert_eq!(server.lines(), ["GET /thing", "GET /moved", "POST /thing"]);
}

#[tokio::test]
async fn redirects_in_a_circle_end() {
    let server = Scripted::start(|_, _| Reply::status(302).with("Location", "/thing")).await;
    let error = get(&http(&server.base)).await.unwrap_err();
    assert!(
        matches!(error, Error::Unexpected { status: 302, .. }),
        "{error:?}"
    );
    assert_eq!(server.seen().len(), 4, "the first and three redirects");
}

#[tokio::test]
async fn after_a_429_nothing_leaves_until_the_wait_is_over() {
    let server = Scripted::start(|_, _| Reply::status(429).with("Retry-After", "90")).await;
    let http = http(&server.base);
    for _ in 0..3 {
        for result in [get(&http).await, change(&http, Method::POST).await] {
            let error = result.unwrap_err();
            assert!(matches!(error, Error::RateLimited { .. }), "{error:?}");
        }
    }
    assert_eq!(server.seen().len(), 1, "only the first request left");
}

#[tokio::test]
async fn answers_longer_than_the_limit_are_not_taken() {
    let server = Scripted::start(|_, _| Reply::json(200, &json!("x".repeat(1000)))).await;
    let http = http(&server.base);
    let error = get(&http).await.unwrap_err();
    assert!(
        matches!(error, Error::Unexpected { status: 200, .. }),
        "{error:?}"
    );
    let roomier = Read {
        limit: 1002,
        ..read("/thing")
    };
    assert!(
        http.read(roomier).await.is_ok(),
        "the limit itself is allowed"
    );
}

#[tokio::test]
async fn requests_say_who_they_are_and_what_they_carry() {
    let server = Scripted::start(|_, _| Reply::json(200, &json!({}))).await;
    let http = http(&format!("{}v/", server.base).parse().unwrap());
    let query = [("createdAt[after]", "2026-03-01".to_owned())];
    let with_query = Read {
        query: &query,
        ..read("/thing")
    };
    http.read(with_query).await.unwrap();
    change(&http, Method::PUT).await.unwrap();
    http.write(Method::DELETE, "/a/../b?x#y", None, 10)
        .await
        .unwrap();
    assert_eq!(
        server.lines(),
        [
            "GET /v/thing?createdAt%5Bafter%5D=2026-03-01",
            "PUT /v/thing",
            "DELETE /v/b%3Fx%23y",
        ],
        "paths stay below the base address and never become queries"
    );
    for seen in server.seen() {
        let agent = concat!("Paraph/", env!("CARGO_PKG_VERSION"));
        assert_eq!(seen.headers["user-agent"], agent);
        assert_eq!(seen.headers["authorization"], "Bearer key");
    }
    assert_eq!(server.seen()[1].headers["content-type"], "application/json");
}

#[test]
fn only_this_machine_is_spoken_to_without_tls() {
    let cases = [
        ("https://api.yousign.com", true),
        ("http://127.0.0.1:8080", true),
        ("http://[::1]:8080/prefix", true),
        ("http://localhost:1", true),
        ("http://api.yousign.com", false),
        ("http://127.0.0.1.example.org", false),
        ("http://localhost.example.org", false),
        ("http://0.0.0.0:80", false),
        ("http://192.168.1.1", false),
        ("ftp://127.0.0.1", false),
        ("file:///etc/passwd", false),
        ("https://user:word@api.yousign.com", false),
    ];
    for (address, allowed) in cases {
        let to = Destination {
            base: address.parse().unwrap(),
            requests_per_minute: 60,
            deadlines: Deadlines::default(),
        };
        let made = Http::new(to, Tokens::new(&["key"]), seams());
        assert_eq!(made.is_ok(), allowed, "{address}");
    }
}

#[test]
fn pauses_double_within_their_bound_and_spread_down_to_nothing() {
    for (tries, bound) in [
        (1, 500),
        (2, 1000),
        (3, 2000),
        (7, 32_000),
        (8, 60_000),
        (99, 60_000),
    ] {
        assert_eq!(pause_before_retry(tries, 0.0), Duration::ZERO);
        assert_eq!(pause_before_retry(tries, 1.0), Duration::from_millis(bound));
        assert_eq!(
            pause_before_retry(tries, 0.5),
            Duration::from_millis(bound / 2)
        );
    }
}
