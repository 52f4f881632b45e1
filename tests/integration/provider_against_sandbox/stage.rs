//! A practice server, a client of it, and a request to send.

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::date;
use paraph_domain::capabilities::{Environment, ProviderKind};
use paraph_domain::draft::{
    Draft, Field, FieldKind, IdentityCheck, Invitation, Language, Purpose, Recipient, Reminders,
    Role,
};
use paraph_domain::geometry::{Rect, Size};
use paraph_domain::ids::{
    AccountId, BlobId, DocumentId, DraftId, FieldId, PageId, RecipientId, SendingId,
};
use paraph_domain::sending::{Mail, Mails, Placement, PreparedFile, RemoteIds, Snapshot};
use paraph_pdf::{Pdf, PdfOptions};
use paraph_providers::error::Error;
use paraph_providers::provider::{Authorizer, Blobs, Provider};
use paraph_providers::registry::{AccountConfig, connect};
use paraph_providers::seams::Seams;
use paraph_sandbox::{Clock, Config, RunningSandbox, Sandbox};
use paraph_tests::fixtures;
use secrecy::SecretString;
use serde_json::{Value, json};
use std::sync::Arc;
use tempfile::TempDir;

const NOW: &str = "2026-03-02T10:00:00Z";

struct AlwaysNow;

impl Clock for AlwaysNow {
    fn now(&self) -> Timestamp {
        NOW.parse().expect("a timestamp")
    }
}

struct Key(SecretString);

#[async_trait]
impl Authorizer for Key {
    async fn token(&self) -> Result<SecretString, Error> {
        Ok(self.0.clone())
    }

    async fn renew(&self) -> bool {
        false
    }
}

/// Every blob is the same contract.
pub struct Contract;

#[async_trait]
impl Blobs for Contract {
    async fn read(&self, _: &BlobId) -> std::io::Result<Bytes> {
        Ok(fixtures::contract(2).into())
    }
}

/// A practice server of its own, and a client that knows its key.
pub struct Practice {
    pub sandbox: RunningSandbox,
    pub provider: Arc<dyn Provider>,
    pub control: reqwest::Client,
    pub _folder: TempDir,
}

impl Practice {
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let pdf = Pdf::start(PdfOptions::default()).expect("the PDF worker");
        let config = Config {
            control: true,
            clock: Arc::new(AlwaysNow),
            ..Config::new(folder.path(), pdf)
        };
        let sandbox = Sandbox::start(config).await.expect("the practice server");
        let provider = provider(&sandbox, sandbox.api_key.clone());
        Self {
            sandbox,
            provider,
            control: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
            _folder: folder,
        }
    }

    /// Takes the plan's steps from `from` to before `to`.
    pub async fn take(&self, snapshot: &Snapshot, made: &mut RemoteIds, from: usize, to: usize) {
        for step in &self.provider.plan(snapshot)[from..to] {
            let new = self.provider.perform(step, snapshot, made, &Contract).await;
            made.extend(new.unwrap_or_else(|error| panic!("{}: {error}", step.key)));
        }
    }

    /// Takes all steps. Returns what they made.
    pub async fn send(&self, snapshot: &Snapshot) -> RemoteIds {
        let mut made = RemoteIds::new();
        let count = self.provider.plan(snapshot).len();
        self.take(snapshot, &mut made, 0, count).await;
        made
    }

    pub async fn tell(&self, path: &str, body: &Value) {
        let url = format!("{}/_sandbox{path}", self.sandbox.base_url);
        let answer = self
            .control
            .post(url)
            .json(body)
            .send()
            .await
            .expect("an answer");
        let status = answer.status();
        assert!(status.is_success(), "{path}: {status}");
    }

    /// The next request that changes something meets this fault.
    pub async fn fault(&self, method: &str, action: &str) {
        let fault = json!({"method": method, "action": {"kind": action}});
        self.tell("/faults", &fault).await;
    }

    pub async fn sign(&self, member: &str, texts: &Value) {
        let id = member.trim_start_matches("/members/");
        self.tell(&format!("/members/{id}/sign"), &json!({"texts": texts}))
            .await;
    }

    /// Event and address of every mail, in order.
    pub async fn mails(&self) -> Vec<(String, String)> {
        let url = format!("{}/_sandbox/mails", self.sandbox.base_url);
        let answer = self.control.get(url).send().await.expect("an answer");
        let mails: Vec<Value> = answer.json().await.expect("JSON");
        let text = |mail: &Value, key: &str| mail[key].as_str().unwrap_or_default().to_owned();
        mails
            .iter()
            .map(|mail| (text(mail, "event"), text(mail, "to")))
            .collect()
    }

    pub async fn mailed(&self, event: &str) -> Vec<String> {
        let mails = self.mails().await.into_iter();
        mails
            .filter(|(name, _)| name == event)
            .map(|(_, to)| to)
            .collect()
    }
}

pub fn provider(sandbox: &RunningSandbox, key: SecretString) -> Arc<dyn Provider> {
    let account = AccountConfig {
        kind: ProviderKind::Practice,
        environment: Environment::Practice,
        base_url: Some(sandbox.base_url.parse().expect("an address")),
        app_url: None,
    };
    let seams = Seams {
        clock: Arc::new(|| NOW.parse().expect("a timestamp")),
        jitter: Arc::new(|| 0.0),
    };
    connect(account, Arc::new(Key(key)), seams).expect("a provider")
}

pub fn mail(subject: &str) -> Mail {
    Mail {
        subject: subject.to_owned(),
        message: format!("{subject}.\n\nKind regards"),
    }
}

/// Ada signs on page 1, Ben signs and writes on page 2, Cy approves, Dora watches.
pub fn snapshot(ordered: bool) -> Snapshot {
    let person = |id: &str, role, identity_check| Recipient {
        id: RecipientId::new(id),
        first_name: id.to_owned(),
        last_name: "Martin".to_owned(),
        email: format!("{id}@example.org"),
        phone: "06 12 34 56 78".to_owned(),
        role,
        identity_check,
        colour: 0,
    };
    let signature = FieldKind::Signature {
        mention_above: "Read and approved".to_owned(),
        mention_below: String::new(),
    };
    let text = FieldKind::Text {
        content: String::new(),
        required: true,
        font_size: 11,
        formula: String::new(),
    };
    let fields = [
        ("ada-signs", "ada", 1, 600.0, signature.clone()),
        ("ben-signs", "ben", 2, 600.0, signature),
        ("ben-writes", "ben", 2, 700.0, text),
    ];
    let rect = |y| Rect {
        x: 72.4,
        y,
        w: 180.0,
        h: 60.0,
    };
    let mut draft = Draft::empty(DraftId::new("draft"));
    draft.title = "Lease & terms".to_owned();
    draft.ordered = ordered;
    draft.recipients = vec![
        person("dora", Role::Observer, IdentityCheck::None),
        person("ada", Role::Signer, IdentityCheck::EmailCode),
        person("ben", Role::Signer, IdentityCheck::SmsCode),
        person("cy", Role::Approver, IdentityCheck::None),
    ];
    draft.fields = fields
        .iter()
        .map(|(id, recipient, page, y, kind)| Field {
            id: FieldId::new(*id),
            page: PageId::new(format!("page-{page}")),
            recipient: RecipientId::new(*recipient),
            rect: rect(*y),
            kind: kind.clone(),
        })
        .collect();
    draft.invitation = Invitation {
        language: Language::English,
        deadline: Some(date(2026, 3, 31)),
        reminders: Some(Reminders {
            every_days: 2,
            at_most: 3,
        }),
        ..Invitation::default()
    };
    let file = |id: &str, purpose| PreparedFile {
        document: DocumentId::new(id),
        file_name: format!("{id}.pdf"),
        purpose,
        blob: BlobId::new(id),
        bytes: 1,
        pages: vec![Size { w: 595.0, h: 842.0 }; 2],
    };
    Snapshot {
        id: SendingId::new("sending-1"),
        account: AccountId::new("account"),
        frozen_at: NOW.parse().expect("a timestamp"),
        files: vec![
            file("lease", Purpose::ToSign),
            file("terms", Purpose::Attachment),
        ],
        placements: fields
            .iter()
            .map(|(id, recipient, page, y, _)| Placement {
                field: FieldId::new(*id),
                document: DocumentId::new("lease"),
                recipient: RecipientId::new(*recipient),
                page: *page,
                rect: rect(*y),
            })
            .collect(),
        mails: Mails {
            language: Language::English,
            from_name: "Acme".to_owned(),
            invitation: mail("Please sign"),
            reminder: mail("Reminder"),
            completed: mail("Completed"),
            declined: mail("Declined"),
            information: mail("For your information"),
            sign_button: "Read and sign".to_owned(),
            open_button: "Open".to_owned(),
        },
        draft,
    }
}

pub const ADA: &str = "ada@example.org";
pub const BEN: &str = "ben@example.org";
pub const CY: &str = "cy@example.org";
pub const DORA: &str = "dora@example.org";
