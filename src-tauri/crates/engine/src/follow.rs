//! What the clerk does with requests that were sent: list, remind, stop, hand over a link.

use crate::Engine;
use crate::error::Error;
use crate::events::Tag;
use jiff::{SignedDuration, Timestamp};
use paraph_domain::ids::ProcedureId;
use paraph_domain::procedure::{Event, Procedure, Status};
use paraph_domain::trouble::Trouble;
use paraph_providers::error::Error as ProviderError;
use paraph_store::{
    FieldMark, FiledFile, ProcedureList, ProcedureQuery, ProcedureSort, ReminderOutcome,
    StoredEvent,
};
use url::Url;

/// Nobody is reminded twice within this time from here.
const REMINDED_RECENTLY: SignedDuration = SignedDuration::from_hours(20);

/// Whoever has had this long is overdue.
const OVERDUE: SignedDuration = SignedDuration::from_hours(24);
/// As many open requests are offered for reminding at once.
const MOST_OVERDUE: u32 = 200;

/// Whom a reminder would reach.
pub struct ReminderChoice {
    pub procedure: Procedure,
    /// Names of those whose turn it is.
    pub people: Vec<String>,
    pub skipped: Option<ReminderSkipped>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReminderSkipped {
    NotOpen,
    RemindedRecently,
}

impl Engine {
    pub async fn procedures(&self, query: &ProcedureQuery) -> Result<ProcedureList, Error> {
        Ok(self.store().procedures().list(query).await?)
    }

    pub async fn procedure_counts(&self) -> Result<Vec<(Status, u32)>, Error> {
        Ok(self.store().procedures().counts().await?)
    }

    pub async fn procedure(&self, id: &ProcedureId) -> Result<Procedure, Error> {
        self.store()
            .procedures()
            .get(id)
            .await?
            .ok_or(Error::NotFound("procedure"))
    }

    pub async fn events_of(&self, id: &ProcedureId) -> Result<Vec<StoredEvent>, Error> {
        Ok(self.store().events().of(id).await?)
    }

    pub async fn files_of(&self, id: &ProcedureId) -> Result<Vec<FiledFile>, Error> {
        Ok(self.store().archive().of(id).await?)
    }

    pub async fn marks_of(&self, id: &ProcedureId) -> Result<Vec<FieldMark>, Error> {
        Ok(self.store().archive().marks(id).await?)
    }

    pub async fn reminders_of(
        &self,
        id: &ProcedureId,
    ) -> Result<Vec<paraph_store::Reminder>, Error> {
        Ok(self.store().reminders().of(id).await?)
    }

    /// Whom a reminder would reach, request by request.
    pub async fn preview_reminders(
        &self,
        ids: &[ProcedureId],
    ) -> Result<Vec<ReminderChoice>, Error> {
        let mut choices = Vec::new();
        for id in ids {
            let procedure = self.procedure(id).await?;
            let people: Vec<String> = procedure
                .whose_turn()
                .iter()
                .map(|person| person.name.clone())
                .collect();
            let skipped = if people.is_empty() {
                Some(ReminderSkipped::NotOpen)
            } else if self.reminded_recently(id).await? {
                Some(ReminderSkipped::RemindedRecently)
            } else {
                None
            };
            choices.push(ReminderChoice {
                procedure,
                people,
                skipped,
            });
        }
        Ok(choices)
    }

    /// Open requests of our accounts that have been waiting for somebody for a day, longest first,
    /// and whose people were not reminded meanwhile.
    pub async fn overdue(&self) -> Result<Vec<ProcedureId>, Error> {
        let query = ProcedureQuery {
            statuses: vec![Status::Pending, Status::InProgress],
            sort: ProcedureSort::LongestWaiting,
            limit: MOST_OVERDUE,
            ..ProcedureQuery::default()
        };
        let before = self.now().saturating_sub(OVERDUE).unwrap_or(Timestamp::MIN);
        let accounts = self.store().accounts().list().await?;
        let mut overdue = Vec::new();
        for procedure in self.store().procedures().list(&query).await?.procedures {
            let waits = procedure
                .waiting_since()
                .is_some_and(|since| since <= before);
            if waits
                && !procedure.whose_turn().is_empty()
                && accounts.iter().any(|it| it.id == procedure.account)
                && !self.reminded_recently(&procedure.id).await?
            {
                overdue.push(procedure.id);
            }
        }
        Ok(overdue)
    }

    async fn reminded_recently(&self, id: &ProcedureId) -> Result<bool, Error> {
        let now = self.now();
        let reminders = self.store().reminders().of(id).await?;
        Ok(reminders
            .iter()
            .any(|reminder| now.duration_since(reminder.tried_at) < REMINDED_RECENTLY))
    }

    /// Reminds everybody whose turn it is. The provider has no id for a reminder, so one whose
    /// answer is lost is not repeated: the outcome is `Unknown` and is said.
    pub async fn remind(
        &self,
        id: &ProcedureId,
    ) -> Result<Result<ReminderOutcome, Trouble>, Error> {
        let procedure = self.procedure(id).await?;
        if procedure.whose_turn().is_empty() {
            return Ok(Err(Trouble::Gone));
        }
        let provider = self.provider(&procedure.account).await?;
        let words = self.reminder_words(&procedure).await?;
        let key = self.fresh_id();
        let now = self.now();
        let none_since = now
            .saturating_sub(REMINDED_RECENTLY)
            .unwrap_or(Timestamp::MIN);
        if !self
            .store()
            .reminders()
            .claim(&key, id, none_since, now)
            .await?
        {
            return Err(Error::RemindedJustNow);
        }
        let sent = provider
            .remind(&procedure.remote_id, &words.reminder, &words.sign_button)
            .await;
        let outcome = match sent {
            Ok(()) => Ok(ReminderOutcome::Sent),
            Err(error) if error.leaves_doubt() => Ok(ReminderOutcome::Unknown),
            Err(error) => Err(crate::trouble::of_provider(&error)),
        };
        match &outcome {
            Ok(outcome) => self.store().reminders().settle(&key, *outcome).await?,
            Err(_) => {
                self.store().reminders().release(&key).await?;
            }
        }
        self.tell(vec![Tag::Procedure { id: id.clone() }]);
        Ok(outcome)
    }

    /// The words of the sending, when it was ours; else the standard ones.
    async fn reminder_words(
        &self,
        procedure: &Procedure,
    ) -> Result<paraph_domain::sending::Mails, Error> {
        if let Some(sending) = &procedure.sending
            && let Some(sending) = self.store().outbox().get(sending).await?
        {
            return Ok(sending.snapshot.mails);
        }
        let settings = self.settings().await?;
        let mut draft = paraph_domain::draft::Draft::empty(paraph_domain::ids::DraftId::new(""));
        draft.title.clone_from(&procedure.name);
        draft.invitation.language = settings.language;
        let sender = self.sender_of(&procedure.account).await?;
        Ok(crate::words::mails(&draft, &sender))
    }

    /// Stops a request. What has been signed so far is fetched and filed first, because the
    /// provider forgets it; the record stays, as canceled.
    pub async fn stop(&self, id: &ProcedureId) -> Result<(), Error> {
        let procedure = self.procedure(id).await?;
        let provider = self.provider(&procedure.account).await?;
        // Somebody may have signed a moment ago: the last look decides what is worth keeping.
        self.look_at_one(&procedure).await?;
        let procedure = self.procedure(id).await?;
        if !procedure.status.is_open() {
            return Ok(());
        }
        self.keep_what_exists(&procedure, provider.as_ref()).await?;
        match provider.cancel(&procedure.remote_id).await {
            // The last person signed while we were asking: nothing is lost, and it is announced.
            Err(ProviderError::AlreadyCompleted) => return self.look_at_one(&procedure).await,
            canceled => canceled?,
        }
        let stopped = Procedure {
            status: Status::Canceled,
            ..procedure
        };
        let new = self
            .store()
            .procedures()
            .apply_look(&stopped, &[Event::Canceled], self.now())
            .await?;
        // The clerk did it: it is recorded and need not be announced.
        let ids: Vec<_> = new.iter().map(|event| event.id).collect();
        self.store()
            .events()
            .mark_announced(&ids, self.now())
            .await?;
        self.tell(vec![
            Tag::Procedures,
            Tag::Procedure { id: id.clone() },
            Tag::AppState,
        ]);
        Ok(())
    }

    /// The address at which a participant signs. Whoever holds it may sign.
    pub async fn signing_link(&self, id: &ProcedureId, participant: &str) -> Result<Url, Error> {
        let procedure = self.procedure(id).await?;
        let person = procedure
            .whose_turn()
            .into_iter()
            .find(|person| person.remote_id == participant)
            .ok_or(Error::NotFound("participant"))?;
        let provider = self.provider(&procedure.account).await?;
        provider
            .signing_link(&person.remote_id)
            .ok_or(Error::NotFound("signing link"))
    }

    /// The practice server's page with the mails it would have sent for a request.
    pub async fn mailbox(&self, id: &ProcedureId) -> Result<Url, Error> {
        let procedure = self.procedure(id).await?;
        let access = self.inner.parts.practice.access().await?;
        let mut address = access
            .base_url
            .join("/practice/mailbox")
            .map_err(|_| Error::NotFound("mailbox"))?;
        address
            .query_pairs_mut()
            .append_pair("procedure", &procedure.remote_id);
        Ok(address)
    }
}
