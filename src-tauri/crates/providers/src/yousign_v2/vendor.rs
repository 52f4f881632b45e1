//! A vendor for tests: keeps one procedure, and loses answers on demand. It knows no rules.

use crate::http::{Destination, Http};
use crate::provider::{Blobs, Provider};
use crate::scripted::{Reply, Scripted, Seen, Tokens, patient, seams};
use crate::yousign_v2::YousignV2;
use crate::yousign_v2::snapshots::snapshot;
use async_trait::async_trait;
use bytes::Bytes;
use paraph_domain::capabilities::Environment;
use paraph_domain::ids::BlobId;
use paraph_domain::sending::{RemoteIds, Step};
use serde_json::{Value, json};
use std::sync::{Arc, Mutex};

/// What happens to the next request that changes something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Loss {
    Nothing,
    BeforeTheEffect,
    AfterTheEffect,
}

pub(crate) struct State {
    pub procedure: Value,
    pub loss: Loss,
    made: u32,
}

pub(crate) struct Vendor {
    pub server: Scripted,
    pub state: Arc<Mutex<State>>,
}

impl Vendor {
    pub async fn start() -> Self {
        let state = Arc::new(Mutex::new(State {
            procedure: Value::Null,
            loss: Loss::Nothing,
            made: 0,
        }));
        let server = Scripted::start({
            let state = Arc::clone(&state);
            move |_, seen| state.lock().unwrap().answer(seen)
        })
        .await;
        Self { server, state }
    }

    pub fn provider(&self) -> YousignV2 {
        provider(&self.server, Environment::Live)
    }

    pub fn lose(&self, loss: Loss) {
        self.state.lock().unwrap().loss = loss;
    }

    /// Changes the procedure behind the client's back.
    pub fn change(&self, change: impl FnOnce(&mut Value)) {
        change(&mut self.state.lock().unwrap().procedure);
    }

    pub fn procedure(&self) -> Value {
        self.state.lock().unwrap().procedure.clone()
    }
}

pub(crate) fn provider(server: &Scripted, environment: Environment) -> YousignV2 {
    let to = Destination {
        base: server.base.clone(),
        requests_per_minute: 60_000,
        deadlines: patient(),
    };
    let http = Http::new(to, Tokens::new(&["key"]), seams()).unwrap();
    YousignV2::new(http, environment, server.base.clone(), seams())
}

/// Every blob has the same three bytes.
pub(crate) struct SameBlob;

#[async_trait]
impl Blobs for SameBlob {
    async fn read(&self, _: &BlobId) -> std::io::Result<Bytes> {
        Ok(Bytes::from_static(b"PDF"))
    }
}

impl State {
    fn answer(&mut self, seen: &Seen) -> Reply {
        if seen.method == "GET" {
            return self.show(seen.path());
        }
        let loss = std::mem::replace(&mut self.loss, Loss::Nothing);
        if loss == Loss::BeforeTheEffect {
            return Reply::Reset;
        }
        let reply = self.change(seen);
        match loss {
            Loss::AfterTheEffect => Reply::Reset,
            Loss::Nothing | Loss::BeforeTheEffect => reply,
        }
    }

    fn show(&self, path: &str) -> Reply {
        let there = !self.procedure.is_null();
        match path {
            "/procedures" => Reply::json(
                200,
                &Value::from_iter(there.then(|| self.procedure.clone())),
            ),
            _ if there && self.procedure["id"] == path => Reply::json(200, &self.procedure),
            _ => Reply::status(404),
        }
    }

    fn change(&mut self, seen: &Seen) -> Reply {
        self.made += 1;
        let mut made = match seen.method.as_str() {
            "DELETE" => {
                self.delete(seen.path());
                return Reply::status(204);
            }
            _ => seen.json(),
        };
        if seen.method == "PUT" {
            self.procedure["status"] = json!("active");
            return Reply::json(200, &self.procedure);
        }
        let number = self.made;
        made["id"] = json!(format!("{}/{number}", seen.path()));
        let procedure = &mut self.procedure;
        match seen.path() {
            "/procedures" => {
                made["status"] = json!("draft");
                made["files"] = json!([]);
                made["members"] = json!([]);
                *procedure = made.clone();
            }
            "/files" => procedure["files"]
                .as_array_mut()
                .unwrap()
                .push(made.clone()),
            "/members" => {
                made["fileObjects"] = json!([]);
                procedure["members"]
                    .as_array_mut()
                    .unwrap()
                    .push(made.clone());
            }
            "/file_objects" => {
                let mut nested = made.clone();
                nested["file"] = json!({"id": made["file"], "name": "embedded"});
                let members = procedure["members"].as_array_mut().unwrap();
                let member = members
                    .iter_mut()
                    .find(|member| member["id"] == made["member"]);
                member.unwrap()["fileObjects"]
                    .as_array_mut()
                    .unwrap()
                    .push(nested);
            }
            other => panic!("{other} is not in this vendor"),
        }
        Reply::json(201, &made)
    }

    fn delete(&mut self, id: &str) {
        let keep = |entry: &Value| entry["id"] != id;
        if self.procedure["id"] == id {
            self.procedure = Value::Null;
            return;
        }
        self.procedure["files"].as_array_mut().unwrap().retain(keep);
        let members = self.procedure["members"].as_array_mut().unwrap();
        members.retain(keep);
        for member in members {
            member["fileObjects"].as_array_mut().unwrap().retain(keep);
        }
    }
}

/// The steps of the snapshot.
pub(crate) const KEYS: [&str; 9] = [
    "procedure",
    "file:lease",
    "file:terms",
    "member:ada",
    "member:ben",
    "member:cy",
    "field:sign",
    "field:text",
    "start",
];

/// Takes the first `count` steps.
pub(crate) async fn steps_taken(vendor: &Vendor, count: usize) -> (Vec<Step>, RemoteIds) {
    let provider = vendor.provider();
    let snapshot = snapshot();
    let steps = provider.plan(&snapshot);
    let mut made = RemoteIds::new();
    for step in &steps[..count] {
        let new = provider.perform(step, &snapshot, &made, &SameBlob).await;
        made.extend(new.unwrap());
    }
    (steps, made)
}

/// Everything but the start.
pub(crate) async fn draft_made(vendor: &Vendor) -> (Step, RemoteIds) {
    let (mut steps, made) = steps_taken(vendor, KEYS.len() - 1).await;
    (steps.pop().unwrap(), made)
}

/// How often a start left.
pub(crate) fn puts(server: &Scripted) -> usize {
    server
        .seen()
        .iter()
        .filter(|seen| seen.method == "PUT")
        .count()
}
