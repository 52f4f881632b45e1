//! Drafts: every change is an edit in the journal, so that it can be undone after a restart.

use crate::Engine;
use crate::error::Error;
use crate::events::Tag;
use paraph_domain::capabilities::Capabilities;
use paraph_domain::checks::{Problem, mend, problems};
use paraph_domain::draft::{Draft, FieldDefault};
use paraph_domain::edit::{self, DraftEdit};
use paraph_domain::ids::{AccountId, DraftId, FieldId, PageId, RecipientId, SendingId};
use paraph_store::{DraftRow, DraftState, Person};
use std::collections::HashMap;

/// A draft with everything that is said about it.
pub struct DraftLook {
    pub draft: Draft,
    pub state: DraftState,
    /// The draft's account, or the default one while it has none.
    pub account: Option<AccountId>,
    pub capabilities: Option<Capabilities>,
    /// How new fields begin with this account.
    pub field_defaults: Vec<FieldDefault>,
    pub problems: Vec<Problem>,
    /// Labels of the steps that undo and redo would take.
    pub undo: Option<String>,
    pub redo: Option<String>,
    pub sending: Option<SendingId>,
}

impl Engine {
    /// The drafts that have not been sent, the one changed last first.
    pub async fn drafts(&self) -> Result<Vec<DraftRow>, Error> {
        let mut rows = self.store().drafts().list().await?;
        rows.retain(|row| row.state != DraftState::Sent);
        Ok(rows)
    }

    pub async fn create_draft(&self) -> Result<DraftLook, Error> {
        let mut draft = Draft::empty(DraftId::new(self.fresh_id()));
        draft.invitation.language = self.settings().await?.language;
        self.insert_draft(draft).await
    }

    pub async fn draft(&self, id: &DraftId) -> Result<DraftLook, Error> {
        let stored = self
            .store()
            .drafts()
            .get(id)
            .await?
            .ok_or(Error::NotFound("draft"))?;
        let (account, capabilities) = self.account_of(&stored.draft).await?;
        let undo = self
            .store()
            .drafts()
            .undo_step(id)
            .await?
            .map(|step| step.label);
        let redo = self
            .store()
            .drafts()
            .redo_step(id)
            .await?
            .map(|step| step.label);
        let sending = match stored.state {
            DraftState::Editing => None,
            DraftState::Sending | DraftState::Sent => {
                let sending = self.store().outbox().of_draft(id).await?;
                sending.map(|sending| sending.snapshot.id)
            }
        };
        if stored.state == DraftState::Editing {
            self.try_straightening(&stored.draft);
        }
        Ok(DraftLook {
            field_defaults: self.field_defaults(account.as_ref()).await?,
            problems: self.problems_of(&stored.draft, capabilities.as_ref()),
            draft: stored.draft,
            state: stored.state,
            account,
            capabilities,
            undo,
            redo,
            sending,
        })
    }

    /// The draft's account, or the default one while it has none, and what it can do.
    pub(crate) async fn account_of(
        &self,
        draft: &Draft,
    ) -> Result<(Option<AccountId>, Option<Capabilities>), Error> {
        let account = match &draft.account {
            Some(account) => Some(account.clone()),
            None => self.settings().await?.default_account,
        };
        let capabilities = match &account {
            Some(account) => self.capabilities(account).await?,
            None => None,
        };
        Ok((account, capabilities))
    }

    /// What the draft tells, and what was found out about its files.
    pub(crate) fn problems_of(
        &self,
        draft: &Draft,
        capabilities: Option<&Capabilities>,
    ) -> Vec<Problem> {
        let mut found = problems(draft, capabilities, self.today());
        found.extend(self.straightened(draft));
        found
    }

    /// The edit that mends a problem of this draft, where there is one.
    pub fn mend(
        &self,
        problem: &Problem,
        draft: &Draft,
        capabilities: Option<&Capabilities>,
    ) -> Option<DraftEdit> {
        mend(problem, draft, capabilities, self.today())
    }

    /// A draft as it is stored, sent or not, without what is said about it.
    pub async fn stored_draft(&self, id: &DraftId) -> Result<Option<Draft>, Error> {
        Ok(self
            .store()
            .drafts()
            .get(id)
            .await?
            .map(|stored| stored.draft))
    }

    /// Applies one edit. `label` names the step for whoever undoes it.
    pub async fn edit_draft(
        &self,
        id: &DraftId,
        edit: DraftEdit,
        label: &str,
    ) -> Result<DraftLook, Error> {
        let turn = self.inner.edits.lock().await;
        let mut draft = self.editable(id).await?;
        let inverse = edit::apply(&mut draft, edit.clone())?;
        self.store()
            .drafts()
            .record_edit(&draft, &edit, &inverse, label, self.now())
            .await?;
        drop(turn);
        self.tell_draft(id);
        self.draft(id).await
    }

    /// Takes the last step back. Nothing to take back is no error.
    pub async fn undo_edit(&self, id: &DraftId) -> Result<DraftLook, Error> {
        let turn = self.inner.edits.lock().await;
        let mut draft = self.editable(id).await?;
        if let Some(step) = self.store().drafts().undo_step(id).await? {
            edit::apply(&mut draft, step.inverse)?;
            self.store()
                .drafts()
                .record_undo(&draft, self.now())
                .await?;
        }
        drop(turn);
        self.tell_draft(id);
        self.draft(id).await
    }

    /// Takes the step again that was taken back last.
    pub async fn redo_edit(&self, id: &DraftId) -> Result<DraftLook, Error> {
        let turn = self.inner.edits.lock().await;
        let mut draft = self.editable(id).await?;
        if let Some(step) = self.store().drafts().redo_step(id).await? {
            edit::apply(&mut draft, step.edit)?;
            self.store()
                .drafts()
                .record_redo(&draft, self.now())
                .await?;
        }
        drop(turn);
        self.tell_draft(id);
        self.draft(id).await
    }

    pub(crate) async fn editable(&self, id: &DraftId) -> Result<Draft, Error> {
        let stored = self
            .store()
            .drafts()
            .get(id)
            .await?
            .ok_or(Error::NotFound("draft"))?;
        match stored.state {
            DraftState::Editing => Ok(stored.draft),
            DraftState::Sending | DraftState::Sent => Err(Error::DraftLocked),
        }
    }

    /// A copy that can be edited, with ids of its own.
    pub async fn duplicate_draft(&self, id: &DraftId) -> Result<DraftLook, Error> {
        let stored = self
            .store()
            .drafts()
            .get(id)
            .await?
            .ok_or(Error::NotFound("draft"))?;
        let copy = self.copy_of(&stored.draft);
        self.insert_draft(copy).await
    }

    /// The same draft with other ids, so that a field of one is never taken for one of the other.
    pub(crate) fn copy_of(&self, draft: &Draft) -> Draft {
        let mut copy = draft.clone();
        copy.id = DraftId::new(self.fresh_id());
        copy.revision = 0;
        copy.corrects = None;
        let mut pages: HashMap<PageId, PageId> = HashMap::new();
        for document in &mut copy.documents {
            document.id.0 = self.fresh_id();
            for page in &mut document.pages {
                let old = std::mem::replace(&mut page.id, PageId::new(self.fresh_id()));
                pages.insert(old, page.id.clone());
            }
        }
        let mut people: HashMap<RecipientId, RecipientId> = HashMap::new();
        for person in &mut copy.recipients {
            let old = std::mem::replace(&mut person.id, RecipientId::new(self.fresh_id()));
            people.insert(old, person.id.clone());
        }
        for field in &mut copy.fields {
            field.id = FieldId::new(self.fresh_id());
            if let Some(page) = pages.get(&field.page) {
                field.page = page.clone();
            }
            if let Some(person) = people.get(&field.recipient) {
                field.recipient = person.clone();
            }
        }
        copy
    }

    pub(crate) async fn insert_draft(&self, draft: Draft) -> Result<DraftLook, Error> {
        self.store().drafts().insert(&draft, self.now()).await?;
        self.tell(vec![Tag::Drafts, Tag::AppState]);
        self.draft(&draft.id).await
    }

    /// Puts a draft aside; [`Engine::restore_draft`] brings it back.
    pub async fn delete_draft(&self, id: &DraftId) -> Result<(), Error> {
        self.store().drafts().delete(id, self.now()).await?;
        self.tell(vec![Tag::Drafts, Tag::AppState]);
        Ok(())
    }

    pub async fn restore_draft(&self, id: &DraftId) -> Result<DraftLook, Error> {
        self.store().drafts().restore(id).await?;
        self.tell(vec![Tag::Drafts, Tag::AppState]);
        self.draft(id).await
    }

    /// People from earlier requests whose name or address begins as typed.
    pub async fn suggest_people(&self, typed: &str) -> Result<Vec<Person>, Error> {
        Ok(self.store().people().search(typed, 8).await?)
    }

    /// Keeps the people of a draft that was sent for the next one.
    pub(crate) async fn remember_people(&self, draft: &Draft) {
        let now = self.now();
        let people: Vec<Person> = draft
            .recipients
            .iter()
            .map(|recipient| Person {
                first_name: recipient.first_name.trim().to_owned(),
                last_name: recipient.last_name.trim().to_owned(),
                email: recipient.email.trim().to_owned(),
                phone: recipient.phone.trim().to_owned(),
                last_used: now,
            })
            .collect();
        if let Err(error) = self.store().people().upsert(&people).await {
            tracing::warn!(%error, "people were not remembered");
        }
    }

    pub(crate) fn tell_draft(&self, id: &DraftId) {
        self.tell(vec![Tag::Draft { id: id.clone() }, Tag::Drafts]);
    }
}
