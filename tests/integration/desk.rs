//! A clerk's desk: the real engine, store and PDF workers, and a practice server of its own that
//! can be told to fail.

mod keychain;
mod process;
mod provider;

use keychain::Keychain;
use paraph_domain::capabilities::{Environment, ProviderKind};
use paraph_domain::checks::Problem;
use paraph_domain::draft::{Field, FieldKind, IdentityCheck, Invitation, Recipient, Role};
use paraph_domain::edit::DraftEdit;
use paraph_domain::geometry::Rect;
use paraph_domain::ids::{BlobId, DraftId, FieldId, PageId, ProcedureId, RecipientId};
use paraph_domain::procedure::{Procedure, Status};
use paraph_domain::sending::{Delivery, Sending};
use paraph_engine::accounts::{AccountLook, Keep, PracticeAccess};
use paraph_engine::events::Effect;
use paraph_engine::notices::Notice;
use paraph_engine::{Engine, Error, SettingsChange};
use paraph_pdf::{Pdf, PdfOptions};
use paraph_sandbox::RunningSandbox;
use paraph_store::{DataLock, ProcedureQuery, Store};
use paraph_tests::fixtures;
use process::{start_engine, start_sandbox};
use secrecy::SecretString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;
use tempfile::TempDir;
use tokio::sync::broadcast::Receiver;
use tokio::task::JoinHandle;

/// Far longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(90);

/// The places of the two signatures on the last page.
pub const PLACES: [Rect; 2] = [
    Rect {
        x: 72.0,
        y: 640.0,
        w: 180.0,
        h: 50.0,
    },
    Rect {
        x: 323.0,
        y: 640.0,
        w: 180.0,
        h: 50.0,
    },
];

pub struct Desk {
    pub engine: Engine,
    pub keychain: Arc<Keychain>,
    pub pdf: Pdf,
    effects: Receiver<Effect>,
    /// What was announced since this desk was opened or opened again.
    pub notices: Vec<Notice>,
    controller: JoinHandle<()>,
    lock: Option<DataLock>,
    sandbox: Option<RunningSandbox>,
    access: PracticeAccess,
    control: reqwest::Client,
    folder: TempDir,
}

impl Desk {
    /// With the practice account, sending at once.
    pub async fn open() -> Self {
        let mut desk = Self::without_account().await;
        desk.engine
            .add_practice_account("Practice")
            .await
            .expect("the practice account");
        desk.set_undo_seconds(0).await;
        desk.until("the first look", async |desk| {
            let accounts = desk.engine.accounts().await.expect("accounts");
            accounts[0].fetched.last_success
        })
        .await;
        desk
    }

    pub async fn without_account() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let pdf = Pdf::start(PdfOptions::default()).expect("the PDF worker");
        let sandbox = start_sandbox(folder.path(), &pdf, None).await;
        let access = PracticeAccess {
            base_url: sandbox.base_url.parse().expect("an address"),
            key: sandbox.api_key.clone(),
            mailbox: sandbox.mailbox_url.parse().expect("an address"),
        };
        let keychain = Arc::new(Keychain::default());
        let process = start_engine(folder.path(), &pdf, &keychain, &access);
        Self {
            effects: process.engine.effects(),
            engine: process.engine,
            controller: process.controller,
            lock: process.lock,
            keychain,
            pdf,
            notices: Vec::new(),
            sandbox: Some(sandbox),
            access,
            control: reqwest::Client::builder()
                .no_proxy()
                .build()
                .expect("a client"),
            folder,
        }
    }

    pub fn archive(&self) -> PathBuf {
        self.folder.path().join("archive")
    }

    /// A file to add, named `name`.
    pub fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// Everything that this desk keeps is in it.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// A file that is kept.
    pub fn blob(&self, blob: &BlobId) -> Vec<u8> {
        let name = blob.as_str();
        let blobs = self.folder.path().join("data").join("blobs");
        let shard = name.get(..2).expect("a blob's name");
        std::fs::read(blobs.join(shard).join(name)).expect("a blob")
    }

    /// How many files are kept.
    pub fn blobs(&self) -> usize {
        let files = |folder: &Path| std::fs::read_dir(folder).expect("a folder");
        let blobs = self.folder.path().join("data").join("blobs");
        let kept = files(&blobs).map(|entry| entry.expect("an entry").path());
        kept.map(|path| {
            if path.is_dir() {
                files(&path).count()
            } else {
                1
            }
        })
        .sum()
    }

    /// The address that speaks the provider's dialect, and its key.
    pub fn access(&self) -> &PracticeAccess {
        &self.access
    }

    /// An account as a company has one, at the practice server's address and with its key kept.
    pub async fn add_company(&self, key: SecretString) -> Result<AccountLook, Error> {
        self.engine
            .add_account(
                ProviderKind::YousignV2,
                Environment::Live,
                "Company",
                Some(self.access.base_url.clone()),
                key,
                Keep::InKeychain,
            )
            .await
    }

    pub async fn set_undo_seconds(&self, seconds: u16) {
        let change = SettingsChange {
            undo_seconds: Some(seconds),
            ..SettingsChange::default()
        };
        self.engine
            .change_settings(change)
            .await
            .expect("the setting");
    }

    /// Ends the process as *Quit* does.
    pub async fn close(&mut self) {
        self.engine.end();
        (&mut self.controller).await.expect("an orderly end");
        self.lock = None;
    }

    /// Starts it again on the same folder.
    pub fn start_again(&mut self) {
        let process = start_engine(self.folder.path(), &self.pdf, &self.keychain, &self.access);
        self.effects = process.engine.effects();
        self.engine = process.engine;
        self.controller = process.controller;
        self.lock = process.lock;
        self.notices.clear();
    }

    pub async fn stop_provider(&mut self) {
        if let Some(sandbox) = self.sandbox.take() {
            sandbox.stop().await;
        }
    }

    /// At the same address.
    pub async fn start_provider(&mut self) {
        let port = self.access.base_url.port();
        self.sandbox = Some(start_sandbox(self.folder.path(), &self.pdf, port).await);
    }

    /// Waits until `look` finds something, looking again whenever the engine says that something
    /// changed.
    pub async fn until<T, F>(&mut self, what: &str, look: F) -> T
    where
        F: AsyncFn(&Self) -> Option<T>,
    {
        let waiting = async {
            loop {
                if let Some(found) = look(self).await {
                    return found;
                }
                self.hear().await;
            }
        };
        tokio::time::timeout(PATIENCE, waiting)
            .await
            .unwrap_or_else(|_| panic!("waited in vain for {what}"))
    }

    /// Waits for the next notices until there are `count`.
    pub async fn until_announced(&mut self, count: usize) -> Vec<String> {
        let waiting = async {
            while self.notices.len() < count {
                self.hear().await;
            }
        };
        let heard = tokio::time::timeout(PATIENCE, waiting).await;
        assert!(
            heard.is_ok(),
            "waited in vain for {count} notices: {:?}",
            self.titles()
        );
        self.titles()
    }

    pub fn titles(&self) -> Vec<String> {
        let notices = self.notices.iter();
        notices.map(|notice| notice.title.clone()).collect()
    }

    async fn hear(&mut self) {
        if let Ok(Effect::Announce(notice)) = self.effects.recv().await {
            self.notices.push(notice);
        }
    }

    /// Two looks at every account, so that whatever is to be noticed is noticed by now.
    pub async fn two_looks(&mut self) {
        for _ in 0..2 {
            let before = self.last_success().await;
            self.engine.refresh();
            self.until("another look", async |desk| {
                (desk.last_success().await > before).then_some(())
            })
            .await;
        }
        while let Ok(effect) = self.effects.try_recv() {
            if let Effect::Announce(notice) = effect {
                self.notices.push(notice);
            }
        }
    }

    async fn last_success(&self) -> Option<jiff::Timestamp> {
        let accounts = self.engine.accounts().await.expect("accounts");
        accounts
            .iter()
            .filter_map(|it| it.fetched.last_success)
            .max()
    }

    /// A draft ready to be sent: two people, who both sign the last page.
    pub async fn draft(&self, title: &str, ordered: bool) -> DraftId {
        self.draft_of(title, &fixtures::contract(3), ordered).await
    }

    /// What the engine keeps, read beside it.
    pub fn store(&self) -> Store {
        Store::open(&self.folder.path().join("data")).expect("a store")
    }

    /// The same of another contract of three pages of A4.
    pub async fn draft_of(&self, title: &str, contract: &[u8], ordered: bool) -> DraftId {
        let file = self.file(&format!("{title}.pdf"), contract);
        let import = self.engine.import(None, &[file]).await.expect("an import");
        assert!(import.refused.is_empty(), "a contract is accepted");
        let id = import.draft.expect("a draft");
        let draft = self.engine.draft(&id).await.expect("the draft").draft;
        let page = draft.documents[0].pages[2].id.clone();
        let mut edits = vec![
            DraftEdit::SetOrdered { ordered },
            DraftEdit::SetInvitation {
                invitation: Invitation::default(),
            },
        ];
        for (place, (first_name, last_name)) in
            [("Ada", "Durand"), ("Ben", "Muller")].iter().enumerate()
        {
            edits.push(person(place, first_name, last_name));
            edits.push(signature(place, &page));
        }
        let edit = DraftEdit::Batch { edits };
        let look = self.engine.edit_draft(&id, edit, "test").await;
        let problems = look.expect("the edit").problems;
        let is_ready = !problems.iter().any(Problem::blocks);
        assert!(is_ready, "ready to be sent: {problems:?}");
        id
    }

    pub async fn send(&self, draft: &DraftId) -> Sending {
        let revision = self
            .engine
            .draft(draft)
            .await
            .expect("a draft")
            .draft
            .revision;
        self.engine
            .send_draft(draft, revision, None)
            .await
            .expect("a sending")
    }

    /// Sends and waits until it has arrived.
    pub async fn send_whole(&mut self, draft: &DraftId) -> ProcedureId {
        let sending = self.send(draft).await;
        self.until_sent(&sending).await
    }

    pub async fn until_sent(&mut self, sending: &Sending) -> ProcedureId {
        let id = sending.snapshot.id.clone();
        self.until("the sending", async |desk| {
            let sending = desk.engine.sending(&id).await.expect("the sending");
            assert_ne!(sending.delivery, Delivery::Failed, "{:?}", sending.trouble);
            let sent = desk.engine.procedure_of_sending(&sending).await;
            sent.expect("an answer")
        })
        .await
    }

    pub async fn until_status(&mut self, id: &ProcedureId, status: Status) -> Procedure {
        self.until(&format!("{status:?}"), async |desk| {
            let procedure = desk.engine.procedure(id).await.expect("the request");
            (procedure.status == status).then_some(procedure)
        })
        .await
    }

    pub async fn procedures(&self) -> Vec<Procedure> {
        let query = ProcedureQuery {
            limit: 100,
            ..ProcedureQuery::default()
        };
        let list = self.engine.procedures(&query).await.expect("a list");
        list.procedures
    }
}

fn person(place: usize, first_name: &str, last_name: &str) -> DraftEdit {
    DraftEdit::InsertRecipient {
        recipient: Recipient {
            id: RecipientId::new(format!("person-{place}")),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            email: format!("{}@example.org", first_name.to_lowercase()),
            phone: "06 12 34 56 78".to_owned(),
            role: Role::Signer,
            identity_check: IdentityCheck::EmailCode,
            colour: u8::try_from(place).unwrap_or_default(),
        },
        at: u32::try_from(place).unwrap_or_default(),
    }
}

fn signature(place: usize, page: &PageId) -> DraftEdit {
    DraftEdit::InsertField {
        field: Field {
            id: FieldId::new(format!("field-{place}")),
            page: page.clone(),
            recipient: RecipientId::new(format!("person-{place}")),
            rect: PLACES[place],
            kind: FieldKind::Signature {
                mention_above: String::new(),
                mention_below: String::new(),
            },
        },
        at: u32::try_from(place).unwrap_or_default(),
    }
}
