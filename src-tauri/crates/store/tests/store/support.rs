//! A store in a folder of its own, and values to put into it.

use jiff::Timestamp;
use paraph_domain::capabilities::{Environment, ProviderKind};
use paraph_domain::draft::{
    Document, Draft, Field, FieldKind, IdentityCheck, Page, Purpose, Recipient, Role,
};
use paraph_domain::geometry::{PageGeometry, Rect};
use paraph_domain::ids::{
    AccountId, BlobId, DocumentId, DraftId, FieldId, PageId, ProcedureId, RecipientId, SendingId,
};
use paraph_domain::procedure::{Participant, ParticipantStatus, Procedure, RemoteDocument, Status};
use paraph_domain::sending::{Delivery, Mails, Sending, Snapshot, Step, StepLabel, StepState};
use paraph_store::{Account, Store};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A store whose folder goes with it.
pub struct Home {
    pub store: Store,
    folder: TempDir,
}

impl Home {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        Self { store, folder }
    }

    /// The store as the next start finds it.
    pub fn restarted(self) -> Self {
        let Self { store, folder } = self;
        drop(store);
        let store = Store::open(folder.path()).unwrap();
        Self { store, folder }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn database(&self) -> PathBuf {
        self.folder().join("paraph.db")
    }

    /// A draft in the store.
    pub async fn draft(&self, id: &str) -> Draft {
        let draft = draft(id);
        self.store.drafts().insert(&draft, at(0)).await.unwrap();
        draft
    }

    /// A sending of a draft in the store, queued until second 15.
    pub async fn queued(&self, id: &str) -> Sending {
        let sending = sending(id, &self.draft(&format!("draft-of-{id}")).await);
        self.store.outbox().enqueue(&sending).await.unwrap();
        sending
    }

    /// A followed request in the store.
    pub async fn procedure(&self, id: &str) -> Procedure {
        let procedure = procedure(id);
        self.store.procedures().upsert(&procedure).await.unwrap();
        procedure
    }
}

/// A moment, in seconds after a Thursday in 2026.
pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_785_000_000 + seconds).unwrap()
}

pub fn account(id: &str) -> Account {
    Account {
        id: AccountId::new(id),
        kind: ProviderKind::YousignV2,
        environment: Environment::Test,
        name: "Office".to_owned(),
        base_url: None,
        follow_all: false,
        keep_key: true,
        created_at: at(0),
    }
}

pub fn blob(digit: char) -> BlobId {
    BlobId(digit.to_string().repeat(64))
}

pub fn recipient(id: &str) -> Recipient {
    Recipient {
        id: RecipientId::new(id),
        first_name: "Ada".to_owned(),
        last_name: "Lovelace".to_owned(),
        email: "ada@example.org".to_owned(),
        phone: "+33612345678".to_owned(),
        role: Role::Signer,
        identity_check: IdentityCheck::EmailCode,
        colour: 0,
    }
}

pub fn document(id: &str, name: &str) -> Document {
    Document {
        id: DocumentId::new(id),
        name: name.to_owned(),
        purpose: Purpose::ToSign,
        pages: vec![Page {
            id: PageId::new(format!("{id}-page")),
            blob: blob('a'),
            index: 0,
            geometry: PageGeometry::upright(595.0, 842.0),
            unreadable: false,
        }],
        bytes: 1000,
        signed_before: false,
        cautions: Vec::new(),
    }
}

pub fn draft(id: &str) -> Draft {
    let mut draft = Draft::empty(DraftId::new(id));
    draft.title = "Lease".to_owned();
    draft.documents = vec![document("lease", "Lease 2026")];
    draft.recipients = vec![recipient("ada")];
    draft.fields = vec![Field {
        id: FieldId::new("field"),
        page: PageId::new("lease-page"),
        recipient: RecipientId::new("ada"),
        rect: Rect {
            x: 100.25,
            y: 200.5,
            w: 120.0,
            h: 40.0,
        },
        kind: FieldKind::Signature {
            mention_above: String::new(),
            mention_below: String::new(),
        },
    }];
    draft
}

pub fn sending(id: &str, draft: &Draft) -> Sending {
    let step = |key: &str, label, irrevocable| {
        (
            Step {
                key: key.to_owned(),
                label,
                irrevocable,
            },
            StepState::Planned,
        )
    };
    Sending {
        snapshot: Snapshot {
            id: SendingId::new(id),
            draft: draft.clone(),
            account: AccountId::new("account"),
            frozen_at: at(0),
            files: Vec::new(),
            placements: Vec::new(),
            mails: Mails::default(),
        },
        draft: draft.id.clone(),
        delivery: Delivery::Queued,
        leaves_at: at(15),
        steps: vec![
            step("procedure", StepLabel::CreateRequest, false),
            step("start", StepLabel::Invite, true),
        ],
        remote_ids: Default::default(),
        trouble: None,
        tries: 0,
        tried_at: None,
        next_try: None,
    }
}

pub fn participant(id: &str, name: &str, status: ParticipantStatus) -> Participant {
    Participant {
        remote_id: id.to_owned(),
        recipient: None,
        name: name.to_owned(),
        email: format!("{id}@example.org"),
        role: Role::Signer,
        identity_check: None,
        status,
        position: 0,
        finished_at: None,
        comment: None,
    }
}

pub fn procedure(id: &str) -> Procedure {
    Procedure {
        id: ProcedureId::new(id),
        account: AccountId::new("account"),
        environment: Environment::Test,
        remote_id: format!("/procedures/{id}"),
        sending: None,
        draft: None,
        name: "Lease".to_owned(),
        status: Status::InProgress,
        ordered: false,
        created_at: at(0),
        updated_at: at(0),
        finished_at: None,
        expires_at: None,
        participants: vec![participant(
            "ada",
            "Ada Lovelace",
            ParticipantStatus::Waiting,
        )],
        documents: vec![RemoteDocument {
            remote_id: "/files/1".to_owned(),
            name: "Lease 2026".to_owned(),
            purpose: Purpose::ToSign,
        }],
        folder: None,
    }
}
