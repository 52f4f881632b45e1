//! Sends a frozen draft, step by step, at most once.
//!
//! Every step is written down as *trying* before its request leaves and as *done* after it was
//! answered. A step found *trying* (a lost answer, a crash) is looked for at the provider before
//! anything is repeated; and because a request may arrive late, it is repeated only after a wait
//! longer than any request lives, and a second look.

use crate::error::Error;
use crate::events::Tag;
use crate::pauses::doubling;
use crate::trouble::{self, of_provider};
use crate::{Engine, lock};
use jiff::{SignedDuration, Timestamp};
use paraph_domain::capabilities::Environment;
use paraph_domain::draft::{Purpose, Role};
use paraph_domain::ids::{ProcedureId, SendingId};
use paraph_domain::procedure::{ParticipantStatus, Procedure, Status};
use paraph_domain::sending::{Delivery, RemoteIds, Sending, Step, StepState};
use paraph_domain::trouble::Trouble;
use paraph_providers::error::Error as ProviderError;
use paraph_providers::provider::{Found, Provider, RemoteProcedure};
use std::sync::Arc;

/// How long after a try its request can still arrive: the client's total time-out and a minute.
pub const SETTLE: SignedDuration = SignedDuration::from_secs(180);
/// The first pause after trouble; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(2);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_secs(60);

/// What to do with a sending next.
enum Next {
    Now,
    At(Timestamp),
    Over,
}

/// How the provider's draft stands before its start.
enum Standing {
    AsPlanned,
    /// People have been invited: a request that was given up arrived after all.
    Started(RemoteIds),
    Different,
}

impl Engine {
    /// Carries one sending to its end: sent, failed or undone. Returns at once when it is over.
    pub(crate) async fn run_sending(&self, id: SendingId) {
        loop {
            let next = match self.advance(&id).await {
                Ok(next) => next,
                Err(error) => {
                    // The store or the keychain failed us. Nothing is known to be wrong with the
                    // request itself, and nothing was tried that is not written down.
                    tracing::error!(sending = %id, error = %error, "sending cannot go on");
                    Next::At(self.later(LONGEST_PAUSE))
                }
            };
            match next {
                Next::Now => {}
                Next::At(moment) => self.sleep_until(moment, &id).await,
                Next::Over => return,
            }
        }
    }

    async fn advance(&self, id: &SendingId) -> Result<Next, Error> {
        let Some(sending) = self.store().outbox().get(id).await? else {
            return Ok(Next::Over);
        };
        match sending.delivery {
            Delivery::Queued => {
                if self.now() < sending.leaves_at {
                    return Ok(Next::At(sending.leaves_at));
                }
                self.store().outbox().begin(id, self.now()).await?;
                self.tell_sending(&sending);
                Ok(Next::Now)
            }
            Delivery::Sending | Delivery::Unclear => {
                let stop = lock(&self.inner.stopping).remove(id);
                match sending.trouble.clone() {
                    Some(trouble) if stop && !sending.may_have_started() => {
                        self.fail(sending, trouble).await
                    }
                    _ => self.take_step(sending).await,
                }
            }
            Delivery::Sent | Delivery::Failed | Delivery::Undone => Ok(Next::Over),
        }
    }

    async fn take_step(&self, sending: Sending) -> Result<Next, Error> {
        let provider = match self.provider(&sending.snapshot.account).await {
            Ok(provider) => provider,
            Err(Error::KeyMissing) => return self.fail(sending, Trouble::KeyMissing).await,
            Err(Error::NotFound(_)) => return self.fail(sending, Trouble::AccountRemoved).await,
            // Somebody will unlock it.
            Err(error @ Error::Vault(_)) => {
                return self.wait(sending, trouble::of(&error), None).await;
            }
            Err(error) => return Err(error),
        };
        match sending
            .next_step()
            .map(|(place, step, state)| (place, step.clone(), state))
        {
            None => self.finish(sending, provider).await,
            Some((place, step, StepState::Trying)) => {
                self.reconcile(sending, provider, place, &step).await
            }
            Some((place, step, StepState::Planned | StepState::Done)) => {
                self.try_step(sending, provider, place, &step).await
            }
        }
    }

    async fn try_step(
        &self,
        mut sending: Sending,
        provider: Arc<dyn Provider>,
        place: usize,
        step: &Step,
    ) -> Result<Next, Error> {
        if step.irrevocable {
            match self.before_start(step, &sending, provider.as_ref()).await {
                Ok(Standing::AsPlanned) => {}
                Ok(Standing::Started(ids)) => return self.step_done(sending, place, ids).await,
                Ok(Standing::Different) => return self.fail(sending, Trouble::Mismatch).await,
                Err(error) if error.is_temporary() => {
                    return self.wait_for_provider(sending, &error).await;
                }
                Err(error) => return self.fail(sending, of_provider(&error)).await,
            }
        }
        set_state(&mut sending, place, StepState::Trying);
        sending.tried_at = Some(self.now());
        sending.next_try = None;
        if !self.store().outbox().advance(&sending).await? {
            return Ok(Next::Now);
        }
        self.tell_sending(&sending);

        let made = provider
            .perform(step, &sending.snapshot, &sending.remote_ids, self.blobs())
            .await;
        match made {
            Ok(ids) => self.step_done(sending, place, ids).await,
            Err(error) if error.leaves_doubt() => {
                tracing::warn!(sending = %sending.snapshot.id, step = %step.key, error = %error, "the answer to a step was lost");
                // A provider may read before it writes: the request left between then and now.
                sending.tried_at = Some(self.now());
                self.doubt(sending, step, &error).await
            }
            Err(error) => {
                // The request had no effect.
                set_state(&mut sending, place, StepState::Planned);
                if error.is_temporary() {
                    self.wait_for_provider(sending, &error).await
                } else {
                    self.fail(sending, of_provider(&error)).await
                }
            }
        }
    }

    /// Finds out whether a step happened whose answer we do not have.
    async fn reconcile(
        &self,
        mut sending: Sending,
        provider: Arc<dyn Provider>,
        place: usize,
        step: &Step,
    ) -> Result<Next, Error> {
        let looked_at = self.now();
        let tried_at = sending.tried_at.unwrap_or(sending.snapshot.frozen_at);
        let settled = tried_at.saturating_add(SETTLE).unwrap_or(Timestamp::MAX);
        match provider
            .find(step, &sending.snapshot, &sending.remote_ids)
            .await
        {
            Ok(Found::Done(ids)) => self.step_done(sending, place, ids).await,
            Ok(Found::Absent) => {
                if looked_at < settled {
                    // It may still be on its way.
                    let next = self.later(LONGEST_PAUSE).min(settled);
                    return self.pause(sending, step, next).await;
                }
                set_state(&mut sending, place, StepState::Planned);
                if let Some(trouble @ Trouble::ProviderUnexpected { .. }) = sending.trouble.clone()
                {
                    // It was answered, in words we do not know, and did not happen: the same
                    // request would be answered the same way.
                    return self.fail(sending, trouble).await;
                }
                sending.delivery = Delivery::Sending;
                sending.trouble = None;
                self.store().outbox().advance(&sending).await?;
                self.tell_sending(&sending);
                Ok(Next::Now)
            }
            Ok(Found::Unknown) if looked_at < settled => {
                sending.trouble = Some(Trouble::Gone);
                let next = self.later(LONGEST_PAUSE).min(settled);
                self.pause(sending, step, next).await
            }
            // Reading will never tell. The clerk has to know.
            Ok(Found::Unknown) => self.fail(sending, Trouble::Gone).await,
            Err(error) if error.is_temporary() || error.leaves_doubt() => {
                self.doubt(sending, step, &error).await
            }
            Err(error) => self.fail(sending, of_provider(&error)).await,
        }
    }

    /// Before people are invited: whether the provider holds exactly what was planned, and has not
    /// been told to invite them already. A request that arrived twice would show here, while
    /// nobody has seen it.
    async fn before_start(
        &self,
        step: &Step,
        sending: &Sending,
        provider: &dyn Provider,
    ) -> Result<Standing, ProviderError> {
        let Some(remote_id) = sending.remote_ids.get("procedure") else {
            return Ok(Standing::Different);
        };
        let Some(found) = provider.read(remote_id).await? else {
            return Ok(Standing::Different);
        };
        if found.status != Status::Draft {
            let started = provider
                .find(step, &sending.snapshot, &sending.remote_ids)
                .await?;
            return Ok(match started {
                Found::Done(ids) => Standing::Started(ids),
                Found::Absent | Found::Unknown => Standing::Different,
            });
        }
        let acting = sending
            .snapshot
            .draft
            .recipients
            .iter()
            .filter(|recipient| recipient.role != Role::Observer)
            .count();
        let found_acting = found
            .participants
            .iter()
            .filter(|person| person.role != Role::Observer)
            .count();
        let same = found_acting == acting && found.documents.len() == sending.snapshot.files.len();
        Ok(if same {
            Standing::AsPlanned
        } else {
            Standing::Different
        })
    }

    async fn step_done(
        &self,
        mut sending: Sending,
        place: usize,
        ids: RemoteIds,
    ) -> Result<Next, Error> {
        set_state(&mut sending, place, StepState::Done);
        sending.remote_ids.extend(ids);
        sending.delivery = Delivery::Sending;
        sending.trouble = None;
        sending.next_try = None;
        sending.tries = 0;
        self.store().outbox().advance(&sending).await?;
        self.tell_sending(&sending);
        Ok(Next::Now)
    }

    /// Everything is done: the request becomes one that is followed.
    async fn finish(&self, sending: Sending, provider: Arc<dyn Provider>) -> Result<Next, Error> {
        let Some(remote_id) = sending.remote_ids.get("procedure").cloned() else {
            return self.fail(sending, Trouble::Internal).await;
        };
        let remote = match provider.read(&remote_id).await {
            Ok(Some(remote)) => remote,
            Ok(None) => return self.fail(sending, Trouble::Gone).await,
            Err(error) if error.is_temporary() => {
                return self.wait_for_provider(sending, &error).await;
            }
            Err(error) => return self.fail(sending, of_provider(&error)).await,
        };
        let account = self.account(&sending.snapshot.account).await?;
        let procedure = procedure_of(
            &sending,
            remote,
            account.environment,
            ProcedureId::new(self.fresh_id()),
        );
        let followed = self
            .store()
            .outbox()
            .finish(&sending, &procedure, self.now())
            .await?;
        self.remember_people(&sending.snapshot.draft).await;
        self.tell_sending(&sending);
        self.tell(vec![
            Tag::Procedures,
            Tag::Procedure { id: followed },
            Tag::AppState,
        ]);
        Ok(Next::Over)
    }

    /// The step may have happened: look for it, and say so when people may have been invited.
    async fn doubt(
        &self,
        mut sending: Sending,
        step: &Step,
        error: &ProviderError,
    ) -> Result<Next, Error> {
        sending.trouble = Some(of_provider(error));
        sending.tries = sending.tries.saturating_add(1);
        let next = self.later(doubling(FIRST_PAUSE, LONGEST_PAUSE, sending.tries));
        self.pause(sending, step, next).await
    }

    async fn pause(
        &self,
        mut sending: Sending,
        step: &Step,
        next: Timestamp,
    ) -> Result<Next, Error> {
        sending.delivery = if step.irrevocable {
            Delivery::Unclear
        } else {
            Delivery::Sending
        };
        sending.next_try = Some(next);
        self.store().outbox().advance(&sending).await?;
        self.tell_sending(&sending);
        Ok(Next::At(next))
    }

    /// Waiting helps, and nothing happened at the provider.
    async fn wait_for_provider(
        &self,
        sending: Sending,
        error: &ProviderError,
    ) -> Result<Next, Error> {
        let until = match error {
            ProviderError::RateLimited { until }
            | ProviderError::Unavailable {
                until: Some(until), ..
            } => Some(*until),
            ProviderError::Unavailable { until: None, .. }
            | ProviderError::Unauthorized
            | ProviderError::Forbidden
            | ProviderError::Rejected { .. }
            | ProviderError::NotFound
            | ProviderError::AlreadyCompleted
            | ProviderError::Offline
            | ProviderError::AnswerLost
            | ProviderError::Unexpected { .. }
            | ProviderError::Blob(_) => None,
        };
        self.wait(sending, of_provider(error), until).await
    }

    async fn wait(
        &self,
        mut sending: Sending,
        trouble: Trouble,
        until: Option<Timestamp>,
    ) -> Result<Next, Error> {
        sending.tries = sending.tries.saturating_add(1);
        let next = until
            .unwrap_or_else(|| self.later(doubling(FIRST_PAUSE, LONGEST_PAUSE, sending.tries)));
        sending.trouble = Some(trouble);
        sending.next_try = Some(next);
        self.store().outbox().advance(&sending).await?;
        self.tell_sending(&sending);
        Ok(Next::At(next))
    }

    /// Stops with everything kept; *resume* goes on from the same step.
    async fn fail(&self, mut sending: Sending, trouble: Trouble) -> Result<Next, Error> {
        sending.delivery = Delivery::Failed;
        sending.trouble = Some(trouble);
        sending.next_try = None;
        self.store().outbox().advance(&sending).await?;
        self.tell_sending(&sending);
        self.tell_send_failed(&sending);
        Ok(Next::Over)
    }

    fn tell_sending(&self, sending: &Sending) {
        self.tell(vec![
            Tag::Sendings,
            Tag::Draft {
                id: sending.draft.clone(),
            },
            Tag::Drafts,
        ]);
    }

    fn later(&self, pause: SignedDuration) -> Timestamp {
        self.now().saturating_add(pause).unwrap_or(Timestamp::MAX)
    }
}

fn set_state(sending: &mut Sending, place: usize, state: StepState) {
    if let Some((_, current)) = sending.steps.get_mut(place) {
        *current = state;
    }
}

/// The followed request that a sending became. People are matched by what each step made, so a
/// person keeps the draft's id and colour.
fn procedure_of(
    sending: &Sending,
    remote: RemoteProcedure,
    environment: Environment,
    id: ProcedureId,
) -> Procedure {
    let draft = &sending.snapshot.draft;
    let mut participants = remote.participants;
    for person in &mut participants {
        person.recipient = draft
            .recipients
            .iter()
            .find(|recipient| {
                let key = format!("member:{}", recipient.id);
                sending.remote_ids.get(&key) == Some(&person.remote_id)
                    || (recipient.role == Role::Observer
                        && person.role == Role::Observer
                        && recipient.email.trim().eq_ignore_ascii_case(&person.email))
            })
            .map(|recipient| recipient.id.clone());
        // Whoever has signed already is found, and announced, by the first look.
        person.status = ParticipantStatus::Waiting;
        person.finished_at = None;
    }
    let mut documents = remote.documents;
    documents.sort_by_key(|document| document.purpose == Purpose::Attachment);
    Procedure {
        id,
        account: sending.snapshot.account.clone(),
        environment,
        remote_id: remote.remote_id,
        sending: Some(sending.snapshot.id.clone()),
        draft: Some(sending.draft.clone()),
        name: remote.name,
        status: Status::InProgress,
        ordered: remote.ordered,
        created_at: remote.created_at,
        updated_at: remote.updated_at,
        finished_at: None,
        expires_at: remote.expires_at,
        participants,
        documents,
        folder: draft.folder.clone(),
    }
}
