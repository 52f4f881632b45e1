//! What the clerk does meanwhile: presses *Undo* at the last moment, *Go on* again and again, gives
//! up, sends anew.

use super::life::Life;
use super::world::{TakenBack, World};
use paraph_domain::capabilities::Environment;
use paraph_domain::draft::{
    Document, Draft, Field, FieldKind, IdentityCheck, Purpose, Recipient, Role,
};
use paraph_domain::geometry::{Rect, Size};
use paraph_domain::ids::{
    AccountId, BlobId, DocumentId, DraftId, FieldId, PageId, RecipientId, SendingId,
};
use paraph_domain::sending::{
    Delivery, Mails, Placement, PreparedFile, Sending, Snapshot, StepState,
};
use paraph_engine::Error;
use paraph_engine::seams::Clock;
use paraph_store::Account;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use std::time::Duration;
use tokio::time::{sleep, sleep_until};

const UNDO_TIME: Duration = Duration::from_secs(15);

pub struct Clerk {
    chance: StdRng,
    pub draft: Draft,
    /// The sending at hand; none before the first and after one was taken back.
    pub sending: Option<SendingId>,
    sent: u32,
    /// When *Undo* is pressed, after *Send*.
    undo_after: Option<Duration>,
    /// How often *Go on* is pressed without need.
    impatience: f64,
    /// How likely a sending that failed is given up.
    gives_up: f64,
}

impl Clerk {
    pub fn new(seed: u64) -> Self {
        let mut chance = StdRng::seed_from_u64(seed ^ 0x00c1_e4c0);
        let draft = draft(&mut chance);
        let undoes = chance.random_bool(0.3);
        Self {
            draft,
            sending: None,
            sent: 0,
            // Around the moment at which it leaves.
            undo_after: undoes.then(|| Duration::from_millis(chance.random_range(14_900..15_100))),
            impatience: if chance.random_bool(0.5) { 0.3 } else { 0.02 },
            gives_up: if chance.random_bool(0.3) { 0.3 } else { 0.0 },
            chance,
        }
    }

    pub async fn prepare(&self, life: &Life, world: &World) -> anyhow::Result<()> {
        let account = Account {
            id: AccountId::new("account"),
            kind: paraph_domain::capabilities::ProviderKind::YousignV2,
            environment: Environment::Test,
            name: "Staging".to_owned(),
            base_url: None,
            follow_all: false,
            keep_key: true,
            created_at: world.clock.now(),
        };
        life.store.accounts().insert(&account).await?;
        let now = world.clock.now();
        life.store.drafts().insert(&self.draft, now).await?;
        Ok(())
    }

    /// Presses *Send*. The outbox gets what the engine would put into it.
    pub async fn send(&mut self, life: &Life, world: &World) -> anyhow::Result<()> {
        self.sent += 1;
        let id = SendingId::new(format!("sending-{}", self.sent));
        let snapshot = snapshot(&self.draft, &id, world);
        let steps = super::provider::plan(&snapshot);
        let sending = Sending {
            draft: self.draft.id.clone(),
            delivery: Delivery::Queued,
            leaves_at: snapshot.frozen_at + UNDO_TIME,
            snapshot,
            steps: steps
                .into_iter()
                .map(|step| (step, StepState::Planned))
                .collect(),
            remote_ids: Default::default(),
            trouble: None,
            tries: 0,
            tried_at: None,
            next_try: None,
        };
        life.store.outbox().enqueue(&sending).await?;
        world.note(format_args!("clerk: send {id}"));
        self.sending = Some(id.clone());
        // Sometimes by a process that does not have the folder's lock, and cannot say so.
        if self.chance.random_bool(0.7) {
            life.engine.resume_sending(&id).await?;
        }
        Ok(())
    }

    /// Does something at random for a while. Returns when there is nothing left to wait for.
    pub async fn act(&mut self, life: &Life, world: &World) -> anyhow::Result<Step> {
        // The process may have died before it could say that it had sent.
        if self.sending.is_none() {
            let known = life.store.outbox().of_draft(&self.draft.id).await?;
            self.sending = known.map(|sending| sending.snapshot.id);
        }
        let Some(id) = self.sending.clone() else {
            if self.sent > 0 && (self.sent > 3 || self.chance.random_bool(0.4)) {
                return Ok(Step::TakenBack);
            }
            self.send(life, world).await?;
            return Ok(Step::GoOn);
        };
        let sending = life.engine.sending(&id).await?;
        match sending.delivery {
            Delivery::Sent => return Ok(Step::Sent),
            Delivery::Undone => {
                world.note("clerk: sees that it was taken back");
                self.sending = None;
                return Ok(Step::GoOn);
            }
            Delivery::Queued => self.maybe_undo(life, world, &sending).await?,
            Delivery::Failed => self.deal_with_failure(life, world, &sending).await?,
            Delivery::Sending | Delivery::Unclear => {
                if self.chance.random_bool(self.impatience) {
                    self.press_go_on(life, world, &id).await?;
                }
            }
        }
        sleep(Duration::from_millis(self.chance.random_range(200..20_000))).await;
        Ok(Step::GoOn)
    }

    async fn maybe_undo(
        &mut self,
        life: &Life,
        world: &World,
        sending: &Sending,
    ) -> anyhow::Result<()> {
        let id = &sending.snapshot.id;
        let Some(after) = self.undo_after.take() else {
            return Ok(());
        };
        let pressed = sending.snapshot.frozen_at + after;
        let wait = Duration::try_from(pressed.duration_since(world.clock.now()));
        sleep_until(tokio::time::Instant::now() + wait.unwrap_or_default()).await;
        match life.engine.undo_send(id).await {
            Ok(_) => {
                world.note(format_args!("clerk: undid {id}"));
                self.took_back(world, id, TakenBack::Undone);
            }
            Err(Error::TooLateToUndo) => world.note("clerk: too late to undo"),
            Err(error) => return Err(error.into()),
        }
        Ok(())
    }

    async fn deal_with_failure(
        &mut self,
        life: &Life,
        world: &World,
        sending: &Sending,
    ) -> anyhow::Result<()> {
        let id = &sending.snapshot.id;
        world.note(format_args!("clerk: sees a failure: {:?}", sending.trouble));
        if !self.chance.random_bool(self.gives_up) {
            return self.press_go_on(life, world, id).await;
        }
        // Some press both buttons.
        let (given_up, _) = tokio::join!(life.engine.abandon_sending(id), async {
            if self.chance.random_bool(0.3) {
                sleep(world.millis(0..1_500)).await;
                let _ = life.engine.resume_sending(id).await;
            }
        });
        match given_up {
            Ok(_) => {
                world.note(format_args!("clerk: gave {id} up"));
                self.took_back(world, id, TakenBack::Abandoned);
            }
            Err(error) => world.note(format_args!("clerk: could not give up: {error}")),
        }
        Ok(())
    }

    fn took_back(&mut self, world: &World, id: &SendingId, how: TakenBack) {
        world.state().taken_back.insert(id.clone(), how);
        self.sending = None;
    }

    /// Twice at once, now and then.
    pub async fn press_go_on(
        &mut self,
        life: &Life,
        world: &World,
        id: &SendingId,
    ) -> anyhow::Result<()> {
        world.note("clerk: go on");
        if self.chance.random_bool(0.3) {
            let delay = world.millis(0..3);
            let (one, two) = tokio::join!(life.engine.resume_sending(id), async {
                sleep(delay).await;
                life.engine.resume_sending(id).await
            });
            one?;
            two?;
        } else {
            life.engine.resume_sending(id).await?;
        }
        Ok(())
    }
}

/// What the clerk sees after an action.
pub enum Step {
    GoOn,
    Sent,
    TakenBack,
}

fn draft(chance: &mut StdRng) -> Draft {
    let mut draft = Draft::empty(DraftId::new("draft"));
    draft.title = "Lease".to_owned();
    draft.account = Some(AccountId::new("account"));
    let people = chance.random_range(1..4);
    let files = chance.random_range(1..3);
    draft.recipients = (0..people)
        .map(|number| Recipient {
            id: RecipientId::new(format!("person-{number}")),
            first_name: format!("Person {number}"),
            last_name: "Martin".to_owned(),
            email: format!("person-{number}@example.org"),
            phone: String::new(),
            role: match number {
                2 => Role::Observer,
                _ => Role::Signer,
            },
            identity_check: IdentityCheck::EmailCode,
            colour: 0,
        })
        .collect();
    draft.documents = (0..files)
        .map(|number| Document {
            id: DocumentId::new(format!("document-{number}")),
            name: format!("Lease {number}"),
            purpose: Purpose::ToSign,
            pages: Vec::new(),
            bytes: 1000,
            signed_before: false,
            cautions: Vec::new(),
        })
        .collect();
    let signers = people.min(2);
    draft.fields = (0..signers)
        .map(|number| Field {
            id: FieldId::new(format!("field-{number}")),
            page: PageId::new("page"),
            recipient: RecipientId::new(format!("person-{number}")),
            rect: Rect {
                x: 72.0,
                y: 600.0,
                w: 180.0,
                h: 60.0,
            },
            kind: FieldKind::Signature {
                mention_above: String::new(),
                mention_below: String::new(),
            },
        })
        .collect();
    draft
}

fn snapshot(draft: &Draft, id: &SendingId, world: &World) -> Snapshot {
    Snapshot {
        id: id.clone(),
        account: AccountId::new("account"),
        frozen_at: world.clock.now(),
        files: draft
            .documents
            .iter()
            .map(|document| PreparedFile {
                document: document.id.clone(),
                file_name: format!("{}.pdf", document.name),
                purpose: document.purpose,
                blob: BlobId::new("blob"),
                bytes: 1000,
                pages: vec![Size { w: 595.0, h: 842.0 }],
            })
            .collect(),
        placements: draft
            .fields
            .iter()
            .map(|field| Placement {
                field: field.id.clone(),
                document: DocumentId::new("document-0"),
                recipient: field.recipient.clone(),
                page: 1,
                rect: field.rect,
            })
            .collect(),
        mails: Mails::default(),
        draft: draft.clone(),
    }
}
