//! Reviewing, sending, undoing: what the clerk does with a draft that is ready.

use crate::controller::Wake;
use crate::corrections::Correction;
use crate::error::Error;
use crate::events::Tag;
use crate::snapshot::needs_straightening;
use crate::words::{self, Occasion};
use crate::{DraftLook, Engine, lock};
use jiff::SignedDuration;
use paraph_domain::checks::Problem;
use paraph_domain::draft::Draft;
use paraph_domain::ids::{AccountId, DraftId, ProcedureId, SendingId};
use paraph_domain::procedure::Status;
use paraph_domain::sending::{Delivery, Mail, Mails, Sending, StepState};

/// What will happen when a draft is sent.
pub struct Review {
    pub look: DraftLook,
    pub mails: Mails,
    /// Which mail goes to whom, by name.
    pub occasions: Vec<(Occasion, Vec<String>)>,
    pub undo_seconds: u16,
    /// Names of documents that are made straight before upload.
    pub straightened: Vec<String>,
    /// What it takes the place of.
    pub correction: Option<Correction>,
}

impl Review {
    pub fn mail(&self, occasion: Occasion) -> &Mail {
        match occasion {
            Occasion::Invitation => &self.mails.invitation,
            Occasion::Information => &self.mails.information,
            Occasion::Reminder => &self.mails.reminder,
            Occasion::Completed => &self.mails.completed,
            Occasion::Declined => &self.mails.declined,
        }
    }
}

impl Engine {
    pub async fn review(&self, id: &DraftId) -> Result<Review, Error> {
        let look = self.draft(id).await?;
        let sender = match &look.account {
            Some(account) => self.sender_of(account).await?,
            None => self.settings().await?.sender_name,
        };
        let straightened = look
            .draft
            .documents
            .iter()
            .filter(|document| needs_straightening(document))
            .map(|document| document.name.clone())
            .collect();
        Ok(Review {
            mails: words::mails(&look.draft, &sender),
            occasions: words::recipients_of_mails(&look.draft),
            undo_seconds: self.settings().await?.undo_seconds,
            straightened,
            correction: self.correction_in(&look.draft).await?,
            look,
        })
    }

    /// Freezes the draft and puts it into the outbox. It leaves when the time to undo is over.
    /// `revision` and `account` are what the clerk reviewed.
    pub async fn send_draft(
        &self,
        id: &DraftId,
        revision: u32,
        reviewed: Option<&AccountId>,
    ) -> Result<Sending, Error> {
        let turn = self.inner.edits.lock().await;
        let draft = self.editable(id).await?;
        if draft.revision != revision {
            return Err(Error::DraftChanged);
        }
        let account = match draft.account.clone() {
            Some(account) => account,
            None => self
                .settings()
                .await?
                .default_account
                .ok_or_else(|| Error::NotReady(vec![Problem::NoAccount]))?,
        };
        if reviewed.is_some_and(|reviewed| *reviewed != account) {
            return Err(Error::DraftChanged);
        }
        let wait = self.settings().await?.undo_seconds;
        let sending = self.enqueue(draft, account, wait).await;
        drop(turn);
        sending
    }

    /// Sends a copy of a draft to the practice account at once; the draft stays as it is.
    pub async fn rehearse_draft(
        &self,
        id: &DraftId,
        practice_name: &str,
    ) -> Result<Sending, Error> {
        let look = self.draft(id).await?;
        let account = self.add_practice_account(practice_name).await?.account.id;
        let mut copy = self.copy_of(&look.draft);
        copy.account = Some(account.clone());
        self.check_ready(&copy, &account).await?;
        let id = copy.id.clone();
        self.insert_draft(copy.clone()).await?;
        let sending = self.enqueue(copy, account, 0).await;
        if sending.is_err() {
            // Nobody asked for the copy itself.
            self.delete_draft(&id).await?;
        }
        sending
    }

    async fn check_ready(&self, draft: &Draft, account: &AccountId) -> Result<(), Error> {
        let capabilities = self.capabilities(account).await?;
        let blocking: Vec<Problem> = self
            .problems_of(draft, capabilities.as_ref())
            .into_iter()
            .filter(Problem::blocks)
            .collect();
        if blocking.is_empty() {
            Ok(())
        } else {
            Err(Error::NotReady(blocking))
        }
    }

    async fn enqueue(
        &self,
        draft: Draft,
        account: AccountId,
        wait_seconds: u16,
    ) -> Result<Sending, Error> {
        self.check_ready(&draft, &account).await?;
        let id = draft.id.clone();
        let snapshot = self.freeze(draft, account.clone()).await?;
        let steps = self
            .provider(&account)
            .await?
            .plan(&snapshot)
            .into_iter()
            .map(|step| (step, StepState::Planned))
            .collect();
        let wait = SignedDuration::from_secs(i64::from(wait_seconds));
        let sending = Sending {
            draft: id.clone(),
            delivery: Delivery::Queued,
            leaves_at: snapshot
                .frozen_at
                .saturating_add(wait)
                .unwrap_or(snapshot.frozen_at),
            snapshot,
            steps,
            remote_ids: Default::default(),
            trouble: None,
            tries: 0,
            tried_at: None,
            next_try: None,
        };
        self.store().outbox().enqueue(&sending).await?;
        self.order(Wake::Sending(sending.snapshot.id.clone()));
        self.tell(vec![
            Tag::Sendings,
            Tag::Drafts,
            Tag::Draft { id },
            Tag::AppState,
        ]);
        Ok(sending)
    }

    /// Takes a sending back before anything of it has left.
    pub async fn undo_send(&self, id: &SendingId) -> Result<DraftLook, Error> {
        let sending = self.sending(id).await?;
        if !self.store().outbox().undo(id).await? {
            return Err(Error::TooLateToUndo);
        }
        self.inner.interrupts.interrupt(id);
        self.tell(vec![Tag::Sendings, Tag::AppState]);
        self.tell_draft(&sending.draft);
        self.draft(&sending.draft).await
    }

    pub async fn sending(&self, id: &SendingId) -> Result<Sending, Error> {
        self.store()
            .outbox()
            .get(id)
            .await?
            .ok_or(Error::NotFound("sending"))
    }

    /// What is under way or failed, newest first.
    pub async fn sendings(&self) -> Result<Vec<Sending>, Error> {
        Ok(self.store().outbox().in_hand().await?)
    }

    /// The request that a sending became.
    pub async fn procedure_of_sending(
        &self,
        sending: &Sending,
    ) -> Result<Option<ProcedureId>, Error> {
        let Some(remote_id) = sending.remote_ids.get("procedure") else {
            return Ok(None);
        };
        let found = self
            .store()
            .procedures()
            .by_remote_id(&sending.snapshot.account, remote_id)
            .await?;
        Ok(found.map(|procedure| procedure.id))
    }

    /// Goes on with a sending that failed, from the step at which it stopped; or cuts the wait of
    /// one that will go on by itself.
    pub async fn resume_sending(&self, id: &SendingId) -> Result<Sending, Error> {
        let turn = self.inner.resuming.lock().await;
        let mut sending = self.sending(id).await?;
        if sending.delivery == Delivery::Failed {
            // A step that was being tried is looked for before anything is repeated.
            let trying = sending
                .next_step()
                .is_some_and(|(_, _, state)| state == StepState::Trying);
            sending.delivery = if trying && sending.may_have_started() {
                Delivery::Unclear
            } else {
                Delivery::Sending
            };
            sending.trouble = None;
            sending.tries = 0;
            sending.next_try = None;
            self.store().outbox().advance(&sending).await?;
        }
        drop(turn);
        self.inner.interrupts.interrupt(id);
        self.order(Wake::Sending(id.clone()));
        self.tell(vec![
            Tag::Sendings,
            Tag::Draft {
                id: sending.draft.clone(),
            },
        ]);
        Ok(sending)
    }

    /// Ends the waiting of a sending that is in trouble: it fails with everything kept, instead of
    /// trying for ever. One whose start may have left goes on, because only reading ends that.
    pub async fn stop_trying(&self, id: &SendingId) -> Result<Sending, Error> {
        let sending = self.sending(id).await?;
        if sending.delivery == Delivery::Sending && !sending.may_have_started() {
            lock(&self.inner.stopping).insert(id.clone());
            self.inner.interrupts.interrupt(id);
            self.order(Wake::Sending(id.clone()));
        }
        Ok(sending)
    }

    /// Gives up a sending that failed before anybody was invited, or whose request somebody
    /// deleted at the provider: the draft can be edited again, and what the provider has of it is
    /// deleted.
    ///
    /// Given up first, deleted after: a deletion that arrives late must not meet a request that
    /// went on and was started. What cannot be deleted stays at the provider as a draft that
    /// nobody was told of.
    pub async fn abandon_sending(&self, id: &SendingId) -> Result<DraftLook, Error> {
        let sending = self.sending(id).await?;
        if !sending.may_be_abandoned() {
            return Err(Error::TooLateToUndo);
        }
        let made = match sending.remote_ids.get("procedure") {
            None => None,
            Some(remote_id) => {
                match self.provider(&sending.snapshot.account).await {
                    // Its account was removed: the provider cannot be asked any more.
                    Err(Error::NotFound(_)) => None,
                    Err(error) => return Err(error),
                    Ok(provider) => {
                        // It is a draft nobody has seen, unless somebody started it elsewhere.
                        let found = provider.read(remote_id).await?;
                        if found.is_some_and(|remote| remote.status != Status::Draft) {
                            return Err(Error::TooLateToUndo);
                        }
                        Some((provider, remote_id.clone()))
                    }
                }
            }
        };
        if !self.store().outbox().abandon(id).await? {
            return Err(Error::TooLateToUndo);
        }
        self.tell(vec![Tag::Sendings, Tag::AppState]);
        self.tell_draft(&sending.draft);
        if let Some((provider, remote_id)) = made
            && let Err(error) = provider.cancel(&remote_id).await
        {
            tracing::warn!(sending = %id, %error, "a draft stays at the provider");
        }
        self.draft(&sending.draft).await
    }
}
