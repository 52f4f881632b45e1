//! Learning what happened, by asking: the desktop has no address at which it could be told.

use crate::controller::Wake;
use crate::error::Error;
use crate::events::Tag;
use crate::pauses::doubling;
use crate::trouble;
use crate::{Engine, lock};
use jiff::SignedDuration;
use jiff::civil::Date;
use paraph_domain::capabilities::Environment;
use paraph_domain::ids::{AccountId, ProcedureId};
use paraph_domain::procedure::{ParticipantStatus, Procedure, Status, events_between};
use paraph_domain::trouble::Trouble;
use paraph_providers::error::Error as ProviderError;
use paraph_providers::provider::{ListQuery, ListStatus, Provider, RemoteProcedure};
use paraph_store::Account;
use std::collections::HashMap;
use std::time::Duration;

/// The practice server is on this machine: asking costs nothing.
const PRACTICE_PAUSE: Duration = Duration::from_secs(2);
/// While something of ours is open.
const OPEN_PAUSE: Duration = Duration::from_secs(30);
/// While nothing is.
const IDLE_PAUSE: Duration = Duration::from_secs(600);
/// The first pause after failures in a row; it doubles up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: SignedDuration = SignedDuration::from_secs(5);
const LONGEST_PAUSE: SignedDuration = SignedDuration::from_secs(600);
/// Up to this many open requests are asked for one by one; more, and a list costs less.
const ONE_BY_ONE: usize = 4;
/// A list that goes on for more pages than this is cut; the rest is asked for one by one.
const MOST_PAGES: u32 = 50;

/// Successes in a row are recorded this far apart.
const SUCCESS_RECORDED_EVERY: SignedDuration = SignedDuration::from_secs(20);

/// When the clerk is told what a look found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tell {
    Now,
    /// Summed up, after the first look at an account in this run: all of it happened while
    /// Paraph was off.
    Later,
}

impl Engine {
    /// Looks at everything that is followed on an account; returns how long to wait before the
    /// next look.
    pub(crate) async fn look_at_account(&self, id: &AccountId) -> Duration {
        let Ok(account) = self.account(id).await else {
            return IDLE_PAUSE;
        };
        match self.look_at_open(&account).await {
            Ok(open) => {
                self.look_succeeded(id).await;
                let pause = match (account.environment, open) {
                    (Environment::Practice, true) => PRACTICE_PAUSE,
                    (Environment::Test | Environment::Live, true) => OPEN_PAUSE,
                    (_, false) => IDLE_PAUSE,
                };
                self.spread(pause)
            }
            Err(error) => self.look_failed(&account, &error).await,
        }
    }

    /// Keeps "as of". It is shown by the minute: practice, which is asked every two seconds, need
    /// not write that often.
    async fn look_succeeded(&self, id: &AccountId) {
        lock(&self.inner.failures).remove(id);
        let now = self.now();
        let recorded = lock(&self.inner.recorded).get(id).copied();
        let fresh = recorded.is_some_and(|recorded| {
            recorded <= now && now.duration_since(recorded) < SUCCESS_RECORDED_EVERY
        });
        if fresh {
            return;
        }
        // Before it is written: a refresh that comes meanwhile must not find its wish undone.
        lock(&self.inner.recorded).insert(id.clone(), now);
        if let Err(error) = self.store().fetch_status().record_success(id, now).await {
            lock(&self.inner.recorded).remove(id);
            return tracing::error!(%error, "a look could not be recorded");
        }
        // The account may have been in trouble, in this run or in the last.
        self.tell(vec![Tag::AppState, Tag::Procedures]);
    }

    async fn look_failed(&self, account: &Account, error: &Error) -> Duration {
        let id = &account.id;
        lock(&self.inner.recorded).remove(id);
        tracing::info!(account = %id, %error, "a look at the provider failed");
        let trouble = trouble::of(error);
        let value = serde_json::to_value(&trouble).unwrap_or_default();
        if let Err(error) = self
            .store()
            .fetch_status()
            .record_failure(id, self.now(), &value)
            .await
        {
            tracing::error!(%error, "a failed look could not be recorded");
        }
        let failures = {
            let mut failures = lock(&self.inner.failures);
            let count = failures.entry(id.clone()).or_insert(0_u32);
            *count = count.saturating_add(1);
            *count
        };
        // The next look takes the key anew; and the process that served practice may have ended.
        let connect_anew = match trouble {
            Trouble::KeyMissing | Trouble::KeyRejected | Trouble::KeychainUnavailable { .. } => {
                true
            }
            Trouble::Offline => account.environment == Environment::Practice,
            _ => false,
        };
        if connect_anew {
            lock(&self.inner.providers).remove(id);
        }
        self.tell(vec![Tag::AppState, Tag::Procedures]);
        let doubled = doubling(FIRST_PAUSE, LONGEST_PAUSE, failures);
        let mut pause = Duration::try_from(doubled).unwrap_or_default();
        if let Trouble::ProviderBusy { until } = &trouble
            && let Ok(until) = until.parse::<jiff::Timestamp>()
        {
            let wait = Duration::try_from(until.duration_since(self.now())).unwrap_or_default();
            pause = pause.max(wait);
        }
        self.spread(pause)
    }

    /// Spreads looks, so that many Paraphs that start together do not ask together.
    fn spread(&self, pause: Duration) -> Duration {
        pause.mul_f64(0.9 + 0.2 * self.fraction())
    }

    /// Returns whether anything is still open.
    async fn look_at_open(&self, account: &Account) -> Result<bool, Error> {
        let provider = self.provider(&account.id).await?;
        if !self.knows_identity(&account.id) {
            let identity = provider.identify().await?;
            self.remember_identity(&account.id, identity);
            self.tell(vec![Tag::AppState]);
        }
        let tell = if lock(&self.inner.seen).contains(&account.id) {
            Tell::Now
        } else {
            Tell::Later
        };
        let mut open = self.store().procedures().open_of(&account.id).await?;
        if !account.follow_all {
            // What others sent was followed by a choice that has been taken back.
            open.retain(Procedure::is_ours);
        }
        let mut listed: HashMap<String, RemoteProcedure> = HashMap::new();
        if account.follow_all || open.len() > ONE_BY_ONE {
            let since = open.iter().map(|procedure| procedure.created_at).min();
            let since = if account.follow_all {
                None
            } else {
                since.map(day_of)
            };
            listed = self.list_open(provider.as_ref(), since).await?;
        }
        let mut unreadable = None;
        for before in open {
            let found = match listed.remove(&before.remote_id) {
                Some(remote) => Some(remote),
                None => match provider.read(&before.remote_id).await {
                    Ok(found) => found,
                    // It is this request that cannot be read: the others can.
                    Err(
                        error @ (ProviderError::Forbidden
                        | ProviderError::Rejected { .. }
                        | ProviderError::Unexpected { .. }),
                    ) => {
                        unreadable = Some(error);
                        continue;
                    }
                    Err(error) => return Err(error.into()),
                },
            };
            if self.may_be_a_mistake(&before.id, found.is_some()) {
                continue;
            }
            self.take_look(before, found, tell).await?;
        }
        if account.follow_all {
            for remote in listed.into_values() {
                self.adopt_procedure(account, remote, tell).await?;
            }
        }
        if tell == Tell::Later {
            self.announce_what_happened_while_off().await?;
            lock(&self.inner.seen).insert(account.id.clone());
        }
        if let Some(error) = unreadable {
            return Err(error.into());
        }
        Ok(!self
            .store()
            .procedures()
            .open_of(&account.id)
            .await?
            .is_empty())
    }

    /// Whether the provider did not find a request that the look before still found. What is
    /// recorded as gone never comes back, so one odd answer is not enough.
    fn may_be_a_mistake(&self, id: &ProcedureId, found: bool) -> bool {
        let mut missed = lock(&self.inner.missed);
        if found {
            missed.remove(id);
            return false;
        }
        missed.insert(id.clone())
    }

    async fn list_open(
        &self,
        provider: &dyn Provider,
        since: Option<Date>,
    ) -> Result<HashMap<String, RemoteProcedure>, Error> {
        let query = ListQuery {
            status: Some(ListStatus::Open),
            created_since: since,
        };
        let mut found = HashMap::new();
        for page in 1..=MOST_PAGES {
            let listed = provider.list(&query, page).await?;
            for remote in listed.procedures {
                found.insert(remote.remote_id.clone(), remote);
            }
            if !listed.more {
                break;
            }
        }
        Ok(found)
    }

    /// Compares what the provider says with what we knew, records it with what happened, and tells.
    async fn take_look(
        &self,
        before: Procedure,
        found: Option<RemoteProcedure>,
        tell: Tell,
    ) -> Result<(), Error> {
        let after = match found {
            Some(remote) => merge(&before, remote),
            // The provider has it no more: somebody deleted it elsewhere.
            None => Procedure {
                status: Status::Canceled,
                ..before.clone()
            },
        };
        if after == before {
            return Ok(());
        }
        let events = events_between(Some(&before), &after);
        let new = self
            .store()
            .procedures()
            .apply_look(&after, &events, self.now())
            .await?;
        self.tell(vec![
            Tag::Procedures,
            Tag::Procedure {
                id: after.id.clone(),
            },
            Tag::AppState,
        ]);
        if !new.is_empty() && tell == Tell::Now {
            self.announce(&new).await?;
        }
        if after.status == Status::Completed {
            self.order(Wake::File);
        }
        Ok(())
    }

    /// Follows a request that was made elsewhere. What already happened to it is no news.
    async fn adopt_procedure(
        &self,
        account: &Account,
        remote: RemoteProcedure,
        tell: Tell,
    ) -> Result<(), Error> {
        let known = self
            .store()
            .procedures()
            .by_remote_id(&account.id, &remote.remote_id)
            .await?;
        if let Some(before) = known {
            return self.take_look(before, Some(remote), tell).await;
        }
        let procedure = Procedure {
            id: ProcedureId::new(self.fresh_id()),
            account: account.id.clone(),
            environment: account.environment,
            remote_id: remote.remote_id,
            sending: remote.sending,
            draft: None,
            name: remote.name,
            status: remote.status,
            ordered: remote.ordered,
            created_at: remote.created_at,
            updated_at: remote.updated_at,
            finished_at: remote.finished_at,
            expires_at: remote.expires_at,
            participants: remote.participants,
            documents: remote.documents,
            folder: None,
        };
        self.store().procedures().upsert(&procedure).await?;
        self.tell(vec![Tag::Procedures]);
        Ok(())
    }

    /// Looks at one request now, because the clerk did something with it.
    pub(crate) async fn look_at_one(&self, procedure: &Procedure) -> Result<(), Error> {
        let provider = self.provider(&procedure.account).await?;
        let found = provider.read(&procedure.remote_id).await?;
        if self.may_be_a_mistake(&procedure.id, found.is_some()) {
            return Ok(());
        }
        self.take_look(procedure.clone(), found, Tell::Now).await
    }

    /// Asks every account now, and shows when each answered.
    pub fn refresh(&self) {
        lock(&self.inner.recorded).clear();
        self.order(Wake::Refresh);
    }
}

/// What the provider says now, with what only we know kept: ids, folder, and who is who.
fn merge(before: &Procedure, remote: RemoteProcedure) -> Procedure {
    let mut participants = remote.participants;
    for person in &mut participants {
        let known = before
            .participants
            .iter()
            .find(|known| known.remote_id == person.remote_id);
        person.recipient = known.and_then(|known| known.recipient.clone());
        // A provider that forgets when somebody finished does not make us forget it.
        if person.finished_at.is_none() && person.status == ParticipantStatus::Done {
            person.finished_at = known.and_then(|known| known.finished_at);
        }
    }
    Procedure {
        name: remote.name,
        status: remote.status,
        ordered: remote.ordered,
        updated_at: remote.updated_at,
        finished_at: remote.finished_at,
        expires_at: remote.expires_at,
        participants,
        documents: if remote.documents.is_empty() {
            before.documents.clone()
        } else {
            remote.documents
        },
        ..before.clone()
    }
}

/// The day before, in UTC: whatever the provider's time zone, nothing of ours is left out.
fn day_of(moment: jiff::Timestamp) -> Date {
    let day = moment.to_zoned(jiff::tz::TimeZone::UTC).date();
    day.yesterday().unwrap_or(day)
}
