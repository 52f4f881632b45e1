//! A request that was sent with a mistake: stopped, made a draft again, and sent anew.

use crate::Engine;
use crate::error::Error;
use jiff::Timestamp;
use paraph_domain::draft::{Draft, Role};
use paraph_domain::ids::{DraftId, ProcedureId};
use paraph_domain::procedure::{ParticipantStatus, Procedure, Status};

/// The request whose place a draft takes.
pub struct Correction {
    pub name: String,
    /// Who had done their part, in the order of signing.
    pub done: Vec<AskedAgain>,
}

/// Somebody whose signature or approval is void with the old request.
pub struct AskedAgain {
    pub name: String,
    pub role: Role,
    pub done_at: Option<Timestamp>,
    /// Whether the draft asks this person again.
    pub is_asked: bool,
}

impl Engine {
    /// Stops a request, unless it has ended already, and makes a draft of what was sent. A
    /// request that is corrected already keeps that one draft. `None`: everybody signed before
    /// it could be stopped.
    ///
    /// The stop comes first: a draft that could be sent beside an open request would ask people
    /// twice. If the program ends between, the request is a stopped one, of which a draft can
    /// still be made.
    ///
    /// Errors: [`Error::NotFound`] when it was not sent from here; whatever the provider answers
    /// to the stop, and then nothing has changed here.
    pub async fn correct(&self, id: &ProcedureId) -> Result<Option<DraftId>, Error> {
        let _turn = self.inner.correcting.lock().await;
        let mut procedure = self.procedure(id).await?;
        let sent = self.sent_draft(&procedure).await?;
        let sent = sent.ok_or(Error::NotFound("draft"))?;
        if procedure.status.is_open() {
            self.stop(id).await?;
            procedure = self.procedure(id).await?;
        }
        // Open still: the provider says that everybody has signed and shows it a little later.
        if procedure.status.is_open() || procedure.status == Status::Completed {
            return Ok(None);
        }
        if let Some(draft) = self.store().drafts().correcting(id).await? {
            return Ok(Some(draft));
        }
        let mut draft = self.copy_of(&sent);
        draft.corrects = Some(id.clone());
        if self
            .store()
            .accounts()
            .get(&procedure.account)
            .await?
            .is_some()
        {
            draft.account = Some(procedure.account);
        }
        let id = draft.id.clone();
        self.insert_draft(draft).await?;
        Ok(Some(id))
    }

    /// The draft as it was sent; none of a request that was made elsewhere.
    pub async fn sent_draft(&self, procedure: &Procedure) -> Result<Option<Draft>, Error> {
        let Some(sending) = &procedure.sending else {
            return Ok(None);
        };
        let sending = self.store().outbox().get(sending).await?;
        Ok(sending.map(|sending| sending.snapshot.draft))
    }

    /// The draft that takes a request's place, and the request that it has become. Only what ended
    /// without everybody's signature has one.
    pub async fn corrected_by(
        &self,
        procedure: &Procedure,
    ) -> Result<Option<(DraftId, Option<ProcedureId>)>, Error> {
        // Every draft is looked through.
        if procedure.status.is_open() || procedure.status == Status::Completed {
            return Ok(None);
        }
        let Some(draft) = self.store().drafts().correcting(&procedure.id).await? else {
            return Ok(None);
        };
        let procedure = match self.store().outbox().of_draft(&draft).await? {
            Some(sending) => self.procedure_of_sending(&sending).await?,
            None => None,
        };
        Ok(Some((draft, procedure)))
    }

    pub(crate) async fn correction_in(&self, draft: &Draft) -> Result<Option<Correction>, Error> {
        let Some(id) = &draft.corrects else {
            return Ok(None);
        };
        // The record may have been thrown away meanwhile.
        let procedure = self.store().procedures().get(id).await?;
        Ok(procedure.map(|procedure| Correction::of(&procedure, draft)))
    }
}

impl Correction {
    fn of(procedure: &Procedure, draft: &Draft) -> Self {
        let is_asked = |email: &str| {
            let mut people = draft.recipients.iter();
            people.any(|it| {
                it.role != Role::Observer && it.email.trim().eq_ignore_ascii_case(email.trim())
            })
        };
        let done = procedure
            .participants
            .iter()
            .filter(|person| person.status == ParticipantStatus::Done)
            .filter(|person| person.role != Role::Observer)
            .map(|person| AskedAgain {
                name: person.name.clone(),
                role: person.role,
                done_at: person.finished_at,
                is_asked: is_asked(&person.email),
            });
        Self {
            name: procedure.name.clone(),
            done: done.collect(),
        }
    }
}
