//! The pages people see, used as a browser would use them.

use crate::support::{DAY, Draft, Reply, Server, ada, ben, person};
use serde_json::json;

struct Visit<'a> {
    server: &'a Server,
    member: String,
    language: &'a str,
}

impl Visit<'_> {
    async fn open(&self) -> Reply {
        let path = format!("/procedure/sign?members={}", self.member);
        self.fetch(&path).await
    }

    async fn fetch(&self, path: &str) -> Reply {
        let url = format!("{}{path}", self.server.base);
        let request = self
            .server
            .http
            .get(url)
            .header("accept-language", self.language);
        let response = request.header("accept", "text/html").send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Reply {
            status,
            headers,
            text: response.text().await.unwrap(),
        }
    }

    /// Sends a form of the page with these fields changed; the origin as a browser says it.
    async fn send(&self, action: &str, fields: &[(&str, &str)], origin: Option<&str>) -> Reply {
        let page = self.open().await.text;
        let mut form: Vec<(&str, String)> = ["member", "token", "lang", "typed"]
            .into_iter()
            .filter_map(|name| Some((name, value_of(&page, name)?)))
            .collect();
        for (name, value) in fields {
            form.retain(|(other, _)| other != name);
            form.push((name, (*value).to_owned()));
        }
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(form)
            .finish();
        let mut request = self
            .server
            .http
            .post(format!("{}/practice/sign/{action}", self.server.base))
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body);
        if let Some(origin) = origin {
            request = request.header("origin", origin);
        }
        let response = request.send().await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        Reply {
            status,
            headers,
            text: response.text().await.unwrap(),
        }
    }

    async fn act(&self, action: &str, fields: &[(&str, &str)]) -> Reply {
        self.send(action, fields, Some(&self.server.base)).await
    }
}

fn visit<'a>(server: &'a Server, member: &str, language: &'a str) -> Visit<'a> {
    Visit {
        server,
        member: member.to_owned(),
        language,
    }
}

/// The value of the first input of that name.
fn value_of(page: &str, name: &str) -> Option<String> {
    let (_, rest) = page.split_once(&format!("name=\"{name}\""))?;
    let (tag, _) = rest.split_once('>')?;
    let (_, value) = tag.split_once("value=\"")?;
    Some(value.split_once('"')?.0.to_owned())
}

async fn with_code(server: &Server) -> Draft {
    let people = [person("Ada", "Martin", "custom"), ben()];
    let procedure = json!({ "name": "<i>Lease</i>", "start": false, "ordered": true, "expiresAt": "2026-05-01" });
    let draft = server.draft(procedure, &people).await;
    server.start_procedure(&draft.id).await;
    draft
}

#[tokio::test]
async fn the_page_is_strict_and_marked_as_practice() {
    let server = Server::start().await;
    let draft = with_code(&server).await;
    let page = visit(&server, &draft.members[0], "en").open().await;
    assert_eq!(page.status, 200);
    let policy = page.headers["content-security-policy"].to_str().unwrap();
    assert!(
        policy.starts_with("default-src 'none'") && !policy.contains("unsafe"),
        "{policy}"
    );
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    for part in [
        "NO LEGAL VALUE",
        "SANS VALEUR JURIDIQUE",
        "Hello Ada Martin",
        "Until 30 April 2026",
    ] {
        assert!(page.text.contains(part), "{part} is missing");
    }
    assert!(
        !page.text.contains("<i>Lease"),
        "what the sender wrote is text"
    );
    assert!(
        !page.text.contains(" style=") && !page.text.contains("<style"),
        "no inline styles"
    );
    let elsewhere = page.text.matches("http").count() - page.text.matches("http-equiv").count();
    assert_eq!(elsewhere, 0, "nothing is loaded from elsewhere");
    assert!(
        !page.text.contains(&server.key),
        "the key is not on the page"
    );

    for path in ["/practice/page.css", "/practice/sign.js"] {
        assert_eq!(server.get(path).await.status, 200, "{path}");
    }
    let member = draft.members[0].trim_start_matches("/members/");
    let file = draft.file.trim_start_matches("/files/");
    let picture = server
        .get(&format!("/practice/pages/{member}/{file}/2?w=960"))
        .await;
    assert_eq!(
        (picture.status.as_u16(), &picture.headers["content-type"]),
        (200, &"image/png".parse().unwrap())
    );
    for wrong in [
        format!("{member}/{file}/4?w=960"),
        format!("{member}/{file}/0?w=960"),
        format!("{member}/{file}/1?w=99999"),
        format!("{file}/{file}/1?w=960"),
    ] {
        assert_eq!(
            server.get(&format!("/practice/pages/{wrong}")).await.status,
            404,
            "{wrong}"
        );
    }
}

#[tokio::test]
async fn the_language_is_the_browser_s_unless_chosen() {
    let server = Server::start().await;
    let draft = with_code(&server).await;
    let cases = [
        ("fr-FR,fr;q=0.9", "", "Bonjour"),
        ("de", "", "Hello"),
        ("fr", "&lang=en", "Hello"),
        ("en", "&lang=fr", "Bonjour"),
    ];
    for (accepted, query, expected) in cases {
        let path = format!("/procedure/sign?members={}{query}", draft.members[0]);
        let page = visit(&server, &draft.members[0], accepted)
            .fetch(&path)
            .await;
        assert!(
            page.text.contains(expected),
            "{accepted} {query} gives {expected}"
        );
    }
}

#[tokio::test]
async fn somebody_signs_with_a_code() {
    let server = Server::start().await;
    let draft = with_code(&server).await;
    let ada = visit(&server, &draft.members[0], "fr");
    let everything = [("how", "type"), ("consent", "yes"), ("code", "")];
    let early = ada.act("accept", &everything).await;
    assert_eq!(early.status, 422, "a code is needed");
    assert!(
        early.text.contains("href=\"#code\""),
        "and the page says where"
    );

    let page = ada.act("code", &[("typed", "A. Martin")]).await;
    assert_eq!(page.status, 200);
    assert_eq!(
        value_of(&page.text, "typed").unwrap(),
        "A. Martin",
        "what was typed stays"
    );
    let (_, note) = page
        .text
        .split_once("Votre code est ")
        .expect("the practice panel shows the code");
    let code: String = note.chars().take(6).collect();
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(
        ada.act("accept", &[("consent", "yes"), ("code", wrong)])
            .await
            .status,
        422
    );
    let no_consent = ada.act("accept", &[("code", &code)]).await;
    assert!(no_consent.text.contains("href=\"#consent\""));
    let no_name = ada
        .act(
            "accept",
            &[("code", &code), ("consent", "yes"), ("typed", " ")],
        )
        .await;
    assert!(no_name.text.contains("href=\"#typed\""));
    assert_eq!(
        server.get(&draft.members[0]).await.json()["status"],
        "pending",
        "nothing happened yet"
    );

    let done = ada
        .act(
            "accept",
            &[("code", &code), ("consent", "yes"), ("typed", "Ada Martin")],
        )
        .await;
    assert_eq!(
        done.status, 303,
        "done, and loading again sends nothing: {}",
        done.text
    );
    assert_eq!(server.get(&draft.members[0]).await.json()["status"], "done");
    let page = ada.open().await.text;
    assert!(page.contains("Vous avez signé"), "{page}");
    let member = draft.members[0].trim_start_matches("/members/");
    let file = draft.file.trim_start_matches("/files/");
    let download = format!("/practice/documents/{member}/{file}");
    assert!(page.contains(&download), "the document can be taken home");
    let response = server
        .http
        .get(format!("{}{download}", server.base))
        .send()
        .await
        .unwrap();
    assert!(
        response.headers()["content-disposition"]
            .to_str()
            .unwrap()
            .starts_with("attachment")
    );
    assert!(response.bytes().await.unwrap() == server.bytes(&draft.file).await);
}

#[tokio::test]
async fn a_drawn_signature_is_taken() {
    let server = Server::start().await;
    let draft = server.started(false).await;
    let ada = visit(&server, &draft.members[0], "en");
    let strokes =
        r#"{"aspect":2.5,"strokes":[[[0.1,0.5],[0.3,0.2],[0.6,0.8]],[[0.2,0.4],[0.9,0.4]]]}"#;
    let empty = ada
        .act("accept", &[("how", "draw"), ("consent", "yes")])
        .await;
    assert!(
        empty.text.contains("href=\"#drawing\""),
        "an empty drawing is no signature"
    );
    let done = ada
        .act(
            "accept",
            &[("how", "draw"), ("strokes", strokes), ("consent", "yes")],
        )
        .await;
    assert_eq!(done.status, 303, "{}", done.text);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_signs_once() {
    let server = Server::start().await;
    let draft = server.started(false).await;
    let ada = visit(&server, &draft.members[0], "en");
    let page = ada.open().await.text;
    let token = value_of(&page, "token").unwrap();
    let fields = [
        ("member", draft.members[0].trim_start_matches("/members/")),
        ("token", &token),
        ("typed", "Ada"),
        ("consent", "yes"),
    ];
    assert_eq!(ada.act("accept", &fields).await.status, 303);
    let signed = server.bytes(&draft.file).await;
    assert_eq!(
        ada.act("accept", &fields).await.status,
        303,
        "a second tab is led to the done page"
    );
    assert_eq!(
        ada.act("refuse", &[fields[0], fields[1], ("comment", "no")])
            .await
            .status,
        303
    );
    assert!(
        server.bytes(&draft.file).await == signed,
        "nothing is signed again"
    );
    assert_eq!(
        server.get(&draft.members[0]).await.json()["status"],
        "done",
        "and nothing is taken back"
    );
}

#[tokio::test]
async fn forms_from_elsewhere_are_refused() {
    let server = Server::start().await;
    let draft = server.started(false).await;
    let (ada, ben) = (
        visit(&server, &draft.members[0], "en"),
        visit(&server, &draft.members[1], "en"),
    );
    let consent = [("how", "type"), ("consent", "yes")];
    assert_eq!(
        ada.send("accept", &consent, None).await.status,
        403,
        "browsers name an origin"
    );
    assert_eq!(
        ada.send("accept", &consent, Some("https://evil.example"))
            .await
            .status,
        403
    );
    assert_eq!(ada.send("accept", &consent, Some("null")).await.status, 403);
    let forged = [("how", "type"), ("consent", "yes"), ("token", "00")];
    assert_eq!(
        ada.act("accept", &forged).await.status,
        403,
        "a token cannot be guessed"
    );
    let token = value_of(&ben.open().await.text, "token").unwrap();
    let other = [("consent", "yes"), ("token", token.as_str())];
    assert_eq!(
        ada.act("accept", &other).await.status,
        403,
        "a token is for one person"
    );
    assert_eq!(
        server.get(&draft.members[0]).await.json()["status"],
        "pending"
    );
}

#[tokio::test]
async fn everybody_else_gets_a_clear_page() {
    let server = Server::start().await;
    let draft = with_code(&server).await;
    let (ada, ben) = (
        visit(&server, &draft.members[0], "en"),
        visit(&server, &draft.members[1], "en"),
    );
    assert!(ben.open().await.text.contains("It is not your turn yet"));
    let no_reason = ada.act("refuse", &[("comment", "")]).await;
    assert!(no_reason.status == 422 && no_reason.text.contains("href=\"#comment\""));
    assert_eq!(
        ada.act("refuse", &[("comment", "too <expensive>")])
            .await
            .status,
        303
    );
    assert!(ada.open().await.text.contains("You have refused"));
    assert!(ben.open().await.text.contains("This request was refused"));
    assert_eq!(
        server.get(&draft.members[0]).await.json()["comment"],
        "too <expensive>"
    );

    let expiring = with_code(&server).await;
    server.clock.advance(90 * DAY);
    let late = visit(&server, &expiring.members[0], "en");
    assert!(late.open().await.text.contains("This request has expired"));
    let stopped = server.started(false).await;
    server.delete(&stopped.id).await;
    assert!(
        visit(&server, &stopped.members[0], "en")
            .open()
            .await
            .text
            .contains("was stopped")
    );
    let unsent = server
        .draft(json!({ "name": "Lease", "start": false }), &[ada_json()])
        .await;
    assert!(
        visit(&server, &unsent.members[0], "en")
            .open()
            .await
            .text
            .contains("not sent yet")
    );
    for nowhere in ["/members/00000000-0000-4000-8000-000000000000", "", "x"] {
        let page = visit(&server, nowhere, "en").open().await;
        assert!(
            page.status == 404 && page.text.contains("This link leads nowhere"),
            "{nowhere:?}"
        );
    }
}

fn ada_json() -> serde_json::Value {
    ada()
}

#[tokio::test]
async fn the_mailbox_is_for_who_knows_it() {
    let server = Server::start().await;
    let message = "Hello<script>alert(1)</script><img src=x onerror=alert(1)>";
    let template = json!([{ "to": ["@member"], "subject": "<b>Sign</b>", "message": message }]);
    let procedure = json!({
        "name": "Lease", "start": false, "config": { "email": { "member.started": template } },
    });
    let draft = server.draft(procedure, &[ada()]).await;
    server.start_procedure(&draft.id).await;
    let visit = visit(&server, &draft.members[0], "en");
    for closed in [
        "/practice/mailbox",
        "/practice/mailbox?box=00",
        "/practice/mailbox?procedure=1",
    ] {
        let page = visit.fetch(closed).await;
        assert!(
            page.status == 403 && !page.text.contains("Hello"),
            "{closed}"
        );
    }
    let all = server
        .sandbox
        .mailbox_url
        .strip_prefix(&server.base)
        .unwrap()
        .to_owned();
    for open in [all, format!("/practice/mailbox?procedure={}", draft.id)] {
        let page = visit.fetch(&open).await;
        assert_eq!(page.status, 200, "{open}");
        let link = format!(
            "{}/procedure/sign?members={}",
            server.base, draft.members[0]
        );
        assert!(
            page.text.contains("Hello") && page.text.contains(&link),
            "{open}"
        );
        for bad in ["alert(1)", "onerror", "<b>Sign"] {
            assert!(
                !page.text.contains(bad),
                "{bad} must not get onto the page {open}"
            );
        }
    }
}
