//! Who gets in: no other site's page, under no other name, and no control interface by default.

use crate::support::{Server, clock};
use tempfile::TempDir;

#[tokio::test]
async fn other_hosts_and_other_origins_are_refused() {
    let server = Server::start().await;
    let port = server.base.rsplit(':').next().unwrap().to_owned();
    let here = |name: &str| format!("{name}:{port}");
    let cases = [
        (here("127.0.0.1"), None, 200),
        (here("localhost"), None, 200),
        (
            here("127.0.0.1"),
            Some(format!("http://127.0.0.1:{port}")),
            200,
        ),
        (
            here("127.0.0.1"),
            Some(format!("http://localhost:{port}")),
            200,
        ),
        (here("evil.example"), None, 403),
        ("127.0.0.1".to_owned(), None, 403),
        ("127.0.0.1:1".to_owned(), None, 403),
        (
            here("127.0.0.1"),
            Some("https://evil.example".to_owned()),
            403,
        ),
        (here("127.0.0.1"), Some("null".to_owned()), 403),
        (
            here("127.0.0.1"),
            Some("http://127.0.0.1:1".to_owned()),
            403,
        ),
        (
            here("127.0.0.1"),
            Some(format!("https://127.0.0.1:{port}")),
            403,
        ),
    ];
    for path in ["/users", "/_sandbox/requests"] {
        for (host, origin, expected) in &cases {
            let mut request = server.http.get(format!("{}{path}", server.base));
            request = request.bearer_auth(&server.key).header("host", host);
            if let Some(origin) = origin {
                request = request.header("origin", origin);
            }
            let status = request.send().await.unwrap().status();
            assert_eq!(status, *expected, "{path} for host {host} from {origin:?}");
        }
    }
}

#[tokio::test]
async fn without_control_there_is_no_control_interface() {
    let server = Server::start_in(TempDir::new().unwrap(), clock(), false).await;
    for path in [
        "faults",
        "clock",
        "requests",
        "invitations",
        "mails",
        "members/x/sign",
    ] {
        for method in ["GET", "POST"] {
            let reply = server
                .call(method, &format!("/_sandbox/{path}"), None)
                .await;
            assert_eq!(reply.status, 404, "{method} {path}");
        }
    }
}

#[tokio::test]
async fn it_listens_on_the_loopback_interface_only() {
    let server = Server::start().await;
    assert!(
        server.base.starts_with("http://127.0.0.1:"),
        "{}",
        server.base
    );
    let port: u16 = server.base.rsplit(':').next().unwrap().parse().unwrap();
    // Another address of the same machine must find nobody.
    let other = std::net::TcpStream::connect(("127.0.0.2", port));
    assert!(other.is_err(), "127.0.0.2 must not be listened on");
}
