//! Somebody who types commands.

use paraph_pdf::{Pdf, PdfOptions};
use paraph_sandbox::{Config, RunningSandbox, Sandbox};
use paraph_store::Store;
use secrecy::ExposeSecret;
use serde_json::{Value, json};
use std::path::PathBuf;
use std::process::Output;
use std::time::Duration;
use tempfile::TempDir;
use tokio::process::Command;

pub const ADA: &str = "Ada Durand <ada@example.org> +33612345678";

/// A machine's user: home, data, and a practice server that is told to sign.
pub struct User {
    pub folder: TempDir,
    pub sandbox: Option<RunningSandbox>,
}

impl User {
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let user = Self {
            folder,
            sandbox: None,
        };
        let store = Store::open(&user.data()).expect("a store");
        let settings = json!({"language": "english", "undo_seconds": 0});
        let saved = store.settings().set_json("settings", &settings).await;
        saved.expect("the settings");
        user
    }

    /// With the practice server in this process, where the command line finds it.
    pub async fn with_practice() -> Self {
        let mut user = Self::new().await;
        let pdf = Pdf::start(PdfOptions::default()).expect("the PDF worker");
        let config = Config {
            control: true,
            ..Config::new(user.data().join("practice"), pdf)
        };
        user.sandbox = Some(Sandbox::start(config).await.expect("the practice server"));
        user
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    pub fn file(&self, name: &str, bytes: &[u8]) -> String {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path.display().to_string()
    }

    pub async fn run(&self, language: &str, arguments: &[&str]) -> Output {
        Command::new(env!("CARGO_BIN_EXE_paraph-cli"))
            .args(arguments)
            .env("HOME", self.folder.path().join("home"))
            .env_remove("XDG_CONFIG_HOME")
            .env_remove("LC_ALL")
            .env("LANG", language)
            .env("PARAPH_DATA_DIR", self.data())
            .output()
            .await
            .expect("the command line runs")
    }

    pub async fn json(&self, code: i32, arguments: &[&str]) -> Value {
        let arguments: Vec<_> = arguments.iter().copied().chain(["--json"]).collect();
        let output = self.run("en_GB.UTF-8", &arguments).await;
        let said = String::from_utf8_lossy(&output.stdout);
        let noted = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}{noted}");
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}{noted}"))
    }

    pub async fn sign(&self, member: &Value) {
        self.act(member, "sign", json!({})).await;
    }

    /// What the practice server's control interface lets a member do.
    pub async fn act(&self, member: &Value, what: &str, how: Value) {
        let id = member.as_str().expect("an id");
        let base = &self.sandbox().base_url;
        let request = client().post(format!("{base}/_sandbox{id}/{what}"));
        let answer = request.json(&how).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{}", answer.status());
    }

    /// The first member of the only procedure, once that is sent.
    pub async fn invited(&self) -> Value {
        let sandbox = self.sandbox();
        loop {
            let request = client().get(format!("{}/procedures", sandbox.base_url));
            let request = request.bearer_auth(sandbox.api_key.expose_secret());
            let answer = request.send().await.expect("an answer");
            let procedures: Value = answer.json().await.expect("procedures");
            if procedures[0]["status"] == "active" {
                return procedures[0]["members"][0].clone();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub fn sandbox(&self) -> &RunningSandbox {
        self.sandbox.as_ref().expect("a practice server")
    }
}

fn client() -> reqwest::Client {
    let client = reqwest::Client::builder().no_proxy().build();
    client.expect("a client")
}

pub fn send_command<'a>(file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut command = vec![
        "send",
        file,
        "--account",
        "practice",
        "--signer",
        ADA,
        "--field",
        "signer=1,page=last,x=72,y=640,w=180,h=50",
    ];
    command.extend(more);
    command
}
