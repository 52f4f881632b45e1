//! What is done at the provider: people act, faults happen, and what it saw is asked.

use super::Desk;
use paraph_domain::ids::ProcedureId;
use serde_json::{Value, json};

impl Desk {
    /// Signs as the person at `place` of the request.
    pub async fn sign(&self, procedure: &ProcedureId, place: usize) {
        self.act(procedure, place, "sign", &json!({})).await;
    }

    pub async fn refuse(&self, procedure: &ProcedureId, place: usize, comment: &str) {
        let body = json!({ "comment": comment });
        self.act(procedure, place, "refuse", &body).await;
    }

    async fn act(&self, procedure: &ProcedureId, place: usize, what: &str, body: &Value) {
        let procedure = self.engine.procedure(procedure).await.expect("a request");
        let person = procedure.participants[place].remote_id.clone();
        let id = person.trim_start_matches("/members/");
        self.tell(&format!("/members/{id}/{what}"), body).await;
    }

    /// Requests that fit meet this fault from now on.
    pub async fn fault(&self, fault: &Value) {
        self.tell("/faults", fault).await;
    }

    pub async fn clear_faults(&self) {
        let url = self.control_url("/faults");
        let answer = self.control.delete(url).send().await.expect("an answer");
        assert!(answer.status().is_success(), "faults are cleared");
    }

    /// How many requests of this kind the provider saw.
    pub async fn seen(&self, method: &str, path: &str) -> usize {
        let url = self.control_url("/requests");
        let answer = self.control.get(url).send().await.expect("an answer");
        let seen: Vec<Value> = answer.json().await.expect("JSON");
        seen.iter()
            .filter(|request| {
                let asked = request["path"].as_str().unwrap_or_default();
                request["method"] == method && asked.starts_with(path)
            })
            .count()
    }

    /// Who was invited, in order.
    pub async fn invited(&self) -> Vec<String> {
        let url = self.control_url("/mails");
        let answer = self.control.get(url).send().await.expect("an answer");
        let mails: Vec<Value> = answer.json().await.expect("JSON");
        mails
            .iter()
            .filter(|mail| mail["event"] == "member.started")
            .map(|mail| mail["to"].as_str().unwrap_or_default().to_owned())
            .collect()
    }

    async fn tell(&self, path: &str, body: &Value) {
        let url = self.control_url(path);
        let answer = self.control.post(url).json(body).send().await;
        let answer = answer.expect("an answer");
        let status = answer.status();
        assert!(status.is_success(), "{path}: {status}");
    }

    fn control_url(&self, path: &str) -> String {
        let base = self.access.base_url.as_str().trim_end_matches('/');
        format!("{base}/_sandbox{path}")
    }
}
