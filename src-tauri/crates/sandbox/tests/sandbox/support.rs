//! A running sandbox, a client for it, and documents to send.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use paraph_pdf::{Pdf, PdfOptions};
use paraph_sandbox::{Clock, Config, RunningSandbox, Sandbox};
use reqwest::{Client, Method, StatusCode};
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use tempfile::TempDir;

/// A clock that stands still until it is moved.
pub struct TestClock(AtomicI64);

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

impl TestClock {
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

pub const DAY: i64 = 24 * 60 * 60;

pub struct Server {
    pub sandbox: RunningSandbox,
    pub base: String,
    pub key: String,
    pub http: Client,
    pub clock: Arc<TestClock>,
    pub folder: TempDir,
}

pub struct Reply {
    pub status: StatusCode,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("no JSON ({error}): {:?}", self.text))
    }

    /// The `propertyPath`s of a 400.
    pub fn paths(&self) -> Vec<String> {
        assert_eq!(self.status, 400, "{}", self.text);
        let kind = self.headers.get("content-type").unwrap();
        assert_eq!(
            kind, "application/problem+json",
            "a 400 is a problem document"
        );
        let body = self.json();
        let violations = body["violations"].as_array().unwrap();
        violations
            .iter()
            .map(|found| text(&found["propertyPath"]))
            .collect()
    }
}

pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value} is no text"))
        .to_owned()
}

pub fn pdf() -> Pdf {
    let options = PdfOptions {
        workers: 1,
        ..PdfOptions::default()
    };
    Pdf::start(options).expect("build paraph-pdf-worker first: cargo build -p paraph-pdf")
}

/// 2026-03-02T09:15:00Z, which is 10:15 in France.
pub fn clock() -> Arc<TestClock> {
    Arc::new(TestClock(AtomicI64::new(1_772_442_900)))
}

pub fn client() -> Client {
    let policy = reqwest::redirect::Policy::none();
    Client::builder()
        .no_proxy()
        .redirect(policy)
        .build()
        .unwrap()
}

impl Server {
    pub async fn start() -> Self {
        Self::start_in(TempDir::new().unwrap(), clock(), true).await
    }

    pub async fn start_in(folder: TempDir, clock: Arc<TestClock>, control: bool) -> Self {
        let mut config = Config::new(folder.path(), pdf());
        config.control = control;
        config.clock = Arc::clone(&clock) as Arc<dyn Clock>;
        config.max_document_bytes = 1_000_000;
        let sandbox = Sandbox::start(config).await.unwrap();
        Self {
            base: sandbox.base_url.clone(),
            key: sandbox.api_key.expose_secret().to_owned(),
            http: client(),
            clock,
            folder,
            sandbox,
        }
    }

    /// A request with the API key.
    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        self.try_call(method, path, body).await.unwrap()
    }

    pub async fn try_call(
        &self,
        method: &str,
        path: &str,
        body: Option<Value>,
    ) -> reqwest::Result<Reply> {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let mut request = self
            .http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(&self.key);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let response = request.send().await?;
        let (status, headers) = (response.status(), response.headers().clone());
        Ok(Reply {
            status,
            headers,
            text: response.text().await?,
        })
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call("GET", path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call("POST", path, Some(body)).await
    }

    pub async fn put(&self, path: &str, body: Value) -> Reply {
        self.call("PUT", path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.call("DELETE", path, None).await
    }

    /// Creates, and returns the new id.
    pub async fn create(&self, path: &str, body: Value) -> String {
        let reply = self.post(path, body).await;
        assert_eq!(reply.status, 201, "{path}: {}", reply.text);
        text(&reply.json()["id"])
    }

    pub async fn bytes(&self, file: &str) -> Vec<u8> {
        let url = format!("{}{file}/download?alt=media", self.base);
        let response = self
            .http
            .get(url)
            .bearer_auth(&self.key)
            .send()
            .await
            .unwrap();
        assert_eq!(response.status(), 200);
        response.bytes().await.unwrap().to_vec()
    }

    /// A draft with one three-page document and these people, each with a signature on page 2.
    pub async fn draft(&self, procedure: Value, people: &[Value]) -> Draft {
        let id = self.create("/procedures", procedure).await;
        let file = self.create("/files", file(&id)).await;
        let mut members = Vec::new();
        for (person, x) in people.iter().zip([50, 250, 400]) {
            let mut person = person.clone();
            person["procedure"] = json!(id);
            let member = self.create("/members", person.clone()).await;
            if person["type"] != "validator" {
                let place = json!({
                    "file": file, "member": member, "page": 2,
                    "position": format!("{x},100,{},160", x + 140),
                });
                self.create("/file_objects", place).await;
            }
            members.push(member);
        }
        Draft { id, file, members }
    }

    pub async fn start_procedure(&self, id: &str) {
        let reply = self.put(id, json!({ "start": true })).await;
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert_eq!(reply.json()["status"], "active");
    }

    /// Started, with Ada and Ben, who need no code.
    pub async fn started(&self, ordered: bool) -> Draft {
        let procedure = json!({ "name": "Lease", "start": false, "ordered": ordered });
        let draft = self.draft(procedure, &[ada(), ben()]).await;
        self.start_procedure(&draft.id).await;
        draft
    }

    pub async fn sign(&self, member: &str) -> Reply {
        self.post(&format!("/_sandbox{member}/sign"), json!({}))
            .await
    }

    pub async fn status(&self, id: &str) -> String {
        text(&self.get(id).await.json()["status"])
    }
}

pub struct Draft {
    pub id: String,
    pub file: String,
    pub members: Vec<String>,
}

pub fn person(first: &str, last: &str, level: &str) -> Value {
    json!({
        "firstname": first, "lastname": last,
        "email": format!("{}@example.org", first.to_lowercase()),
        "phone": "+33612345678", "operationLevel": level, "operationCustomModes": ["email"],
    })
}

pub fn ada() -> Value {
    person("Ada", "Martin", "none")
}

pub fn ben() -> Value {
    person("Ben", "Ågren", "none")
}

pub fn file(procedure: &str) -> Value {
    json!({ "name": "lease.pdf", "content": STANDARD.encode(three_pages()), "procedure": procedure })
}

/// Three A4 pages that differ.
pub fn three_pages() -> Vec<u8> {
    three_pages_with("")
}

/// The same, certified by an author who permits no change. The certification's value is none.
pub fn closed() -> Vec<u8> {
    three_pages_with(
        "/Perms << /DocMDP << /Type /Sig /Contents <00> /Reference [ << /TransformMethod /DocMDP \
         /TransformParams << /P 1 >> >> ] >> >>",
    )
}

fn three_pages_with(catalog: &str) -> Vec<u8> {
    let mut objects = vec![
        format!("<< /Type /Catalog /Pages 2 0 R {catalog} >>"),
        "<< /Type /Pages /Kids [4 0 R 6 0 R 8 0 R] /Count 3 >>".to_owned(),
    ];
    for page in 1..=3 {
        let content = format!("0.{page} g 72 600 200 {page}0 re f");
        objects.push(format!(
            "<< /Length {} >>\nstream\n{content}\nendstream",
            content.len()
        ));
        let number = objects.len();
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << >> /Contents {number} 0 R >>"
        ));
    }
    let mut out = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (number, object) in objects.iter().enumerate() {
        writeln!(table, "{:010} 00000 n ", out.len()).unwrap();
        write!(out, "{} 0 obj\n{object}\nendobj\n", number + 1).unwrap();
    }
    let (start, size) = (out.len(), objects.len() + 1);
    write!(
        out,
        "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    )
    .unwrap();
    out.into_bytes()
}
