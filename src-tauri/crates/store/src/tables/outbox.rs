//! The outbox: every sending, from the moment *Send* is pressed. The rules that keep a contract
//! from leaving twice, or after it was taken back, are transactions here.

use crate::columns::{from_json, to_json, to_micros, to_word};
use crate::error::Error;
use crate::store::Store;
use crate::tables::drafts::{self, DraftState};
use crate::tables::procedures;
use jiff::Timestamp;
use paraph_domain::ids::{DraftId, ProcedureId, SendingId};
use paraph_domain::procedure::Procedure;
use paraph_domain::sending::{Delivery, Sending, StepState};
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(crate) const CREATE: &str = "
CREATE TABLE outbox (
    id TEXT NOT NULL PRIMARY KEY, -- SendingId; the provider's metadata carry it too
    draft TEXT NOT NULL REFERENCES drafts (id), -- what is sent
    account TEXT NOT NULL, -- with which account
    delivery TEXT NOT NULL CHECK (delivery IN ('queued', 'sending', 'unclear', 'sent', 'failed', 'undone')), -- how far it has got, a Delivery
    leaves_at INTEGER NOT NULL, -- nothing leaves before; microseconds since 1970, UTC
    enqueued_at INTEGER NOT NULL, -- when Send was pressed; microseconds since 1970, UTC
    sent_at INTEGER, -- when people had been invited; microseconds since 1970, UTC
    value TEXT NOT NULL -- Sending as JSON
) STRICT;
CREATE UNIQUE INDEX outbox_once_per_draft ON outbox (draft) WHERE delivery <> 'undone';
CREATE INDEX outbox_by_delivery ON outbox (delivery, leaves_at);
CREATE INDEX outbox_by_account ON outbox (account);
";

/// The outbox of a [`Store`].
#[derive(Clone, Copy)]
pub struct Outbox<'a> {
    pub(crate) store: &'a Store,
}

impl Outbox<'_> {
    /// Puts a sending into the outbox and its draft into [`DraftState::Sending`].
    ///
    /// # Errors
    /// [`Error::Changed`] when the draft is not being edited, or not the one of the snapshot any
    /// more; [`Error::NotFound`] when there is no such draft. A draft has one sending that is not
    /// undone.
    pub async fn enqueue(self, sending: &Sending) -> Result<(), Error> {
        let sending = sending.clone();
        self.store
            .write(move |transaction| {
                let stored =
                    drafts::find(transaction, &sending.draft)?.ok_or(Error::NotFound("draft"))?;
                if stored.draft.revision != sending.snapshot.draft.revision
                    || sending.delivery != Delivery::Queued
                {
                    return Err(Error::Changed("draft"));
                }
                drafts::set_state(
                    transaction,
                    &sending.draft,
                    DraftState::Editing,
                    DraftState::Sending,
                )?;
                transaction
                    .prepare_cached(
                        "INSERT INTO outbox (id, draft, account, delivery, leaves_at, \
                         enqueued_at, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    )?
                    .execute(params![
                        sending.snapshot.id.0,
                        sending.draft.0,
                        sending.snapshot.account.0,
                        to_word("delivery", sending.delivery)?,
                        to_micros(sending.leaves_at),
                        to_micros(sending.snapshot.frozen_at),
                        to_json("sending", &sending)?,
                    ])?;
                Ok(())
            })
            .await
    }

    pub async fn get(self, id: &SendingId) -> Result<Option<Sending>, Error> {
        let id = id.clone();
        self.store
            .read(move |connection| find(connection, &id))
            .await
    }

    /// The sending of a draft that is being sent or was sent; none while it can be edited.
    pub async fn of_draft(self, draft: &DraftId) -> Result<Option<Sending>, Error> {
        let draft = draft.0.clone();
        self.store
            .read(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT value FROM outbox WHERE draft = ?1 AND delivery <> 'undone'",
                    )?
                    .query_row([draft], |row| Ok(from_row(row)))
                    .optional()?
                    .transpose()
            })
            .await
    }

    /// What is queued, under way or unclear, in the order in which it may leave. What has failed
    /// waits for the clerk and is not here.
    pub async fn unfinished(self) -> Result<Vec<Sending>, Error> {
        self.list(
            "SELECT value FROM outbox WHERE delivery IN ('queued', 'sending', 'unclear') \
             ORDER BY leaves_at, id",
        )
        .await
    }

    /// What is queued, under way, unclear or failed, newest first.
    pub async fn in_hand(self) -> Result<Vec<Sending>, Error> {
        self.list(
            "SELECT value FROM outbox \
             WHERE delivery IN ('queued', 'sending', 'unclear', 'failed') \
             ORDER BY enqueued_at DESC, id",
        )
        .await
    }

    async fn list(self, sql: &'static str) -> Result<Vec<Sending>, Error> {
        self.store
            .read(move |connection| {
                let mut statement = connection.prepare_cached(sql)?;
                let rows = statement.query_and_then([], from_row)?;
                rows.collect()
            })
            .await
    }

    /// Takes a sending back while nothing of it has been tried: it is undone and its draft can be
    /// edited again. Returns whether it was in time. Of this and [`Outbox::begin`] only one ever
    /// succeeds.
    pub async fn undo(self, id: &SendingId) -> Result<bool, Error> {
        let id = id.clone();
        self.store
            .write(move |transaction| {
                let Some(sending) = find(transaction, &id)? else {
                    return Ok(false);
                };
                let taken_back = sending.delivery == Delivery::Queued && !was_tried(&sending);
                if taken_back {
                    back_to_editing(transaction, sending)?;
                }
                Ok(taken_back)
            })
            .await
    }

    /// Starts a queued sending whose time has come: it can no longer be undone. Returns whether
    /// it was queued and due. Nothing may be asked of the provider before this returned true.
    pub async fn begin(self, id: &SendingId, now: Timestamp) -> Result<bool, Error> {
        let id = id.clone();
        self.store
            .write(move |transaction| {
                let Some(mut sending) = find(transaction, &id)? else {
                    return Ok(false);
                };
                if sending.delivery != Delivery::Queued || sending.leaves_at > now {
                    return Ok(false);
                }
                sending.delivery = Delivery::Sending;
                replace(transaction, &sending)?;
                Ok(true)
            })
            .await
    }

    /// Keeps how far a sending has got. Write the step as [`StepState::Trying`] before its request
    /// leaves and as [`StepState::Done`] after its answer: each call is on the disk when it
    /// returns. Returns false, and changes nothing, unless the sending is under way, unclear or
    /// failed before and after: queued, sent and undone are reached by [`Outbox::enqueue`],
    /// [`Outbox::finish`], [`Outbox::undo`] and [`Outbox::abandon`] alone.
    pub async fn advance(self, sending: &Sending) -> Result<bool, Error> {
        let sending = sending.clone();
        self.store
            .write(move |transaction| {
                let in_hand = find(transaction, &sending.snapshot.id)?
                    .is_some_and(|stored| is_in_hand(stored.delivery));
                if !in_hand || !is_in_hand(sending.delivery) {
                    return Ok(false);
                }
                replace(transaction, &sending)?;
                Ok(true)
            })
            .await
    }

    /// Gives up a sending that [may be abandoned](Sending::may_be_abandoned): it is undone and its
    /// draft can be edited again. Returns false, and changes nothing, for any other. What the
    /// provider has of it is the caller's to delete.
    pub async fn abandon(self, id: &SendingId) -> Result<bool, Error> {
        let id = id.clone();
        self.store
            .write(move |transaction| {
                let Some(sending) = find(transaction, &id)? else {
                    return Ok(false);
                };
                let given_up = sending.may_be_abandoned();
                if given_up {
                    back_to_editing(transaction, sending)?;
                }
                Ok(given_up)
            })
            .await
    }

    /// Ends a sending that succeeded: all its steps are done, its draft is sent, and the request
    /// is followed. When the request was found by looking before this was recorded, that record
    /// is completed and keeps its id, which is returned. Doing it again changes nothing.
    ///
    /// # Errors
    /// [`Error::Changed`] when the sending has not begun or was undone; [`Error::NotFound`].
    pub async fn finish(
        self,
        sending: &Sending,
        procedure: &Procedure,
        now: Timestamp,
    ) -> Result<ProcedureId, Error> {
        let mut sending = sending.clone();
        let procedure = procedure.clone();
        self.store
            .write(move |transaction| {
                let stored =
                    find(transaction, &sending.snapshot.id)?.ok_or(Error::NotFound("sending"))?;
                if stored.delivery != Delivery::Sent {
                    if !is_in_hand(stored.delivery) {
                        return Err(Error::Changed("sending"));
                    }
                    sending.delivery = Delivery::Sent;
                    sending.trouble = None;
                    for (_, state) in &mut sending.steps {
                        *state = StepState::Done;
                    }
                    replace(transaction, &sending)?;
                    transaction
                        .prepare_cached("UPDATE outbox SET sent_at = ?2 WHERE id = ?1")?
                        .execute(params![sending.snapshot.id.0, to_micros(now)])?;
                    drafts::set_state(
                        transaction,
                        &sending.draft,
                        DraftState::Sending,
                        DraftState::Sent,
                    )?;
                }
                procedures::upsert(transaction, &procedure)
            })
            .await
    }
}

fn is_in_hand(delivery: Delivery) -> bool {
    match delivery {
        Delivery::Sending | Delivery::Unclear | Delivery::Failed => true,
        Delivery::Queued | Delivery::Sent | Delivery::Undone => false,
    }
}

fn was_tried(sending: &Sending) -> bool {
    sending.tries > 0
        || sending
            .steps
            .iter()
            .any(|(_, state)| *state != StepState::Planned)
}

fn back_to_editing(connection: &Connection, mut sending: Sending) -> Result<(), Error> {
    sending.delivery = Delivery::Undone;
    replace(connection, &sending)?;
    drafts::set_state(
        connection,
        &sending.draft,
        DraftState::Sending,
        DraftState::Editing,
    )
}

fn find(connection: &Connection, id: &SendingId) -> Result<Option<Sending>, Error> {
    connection
        .prepare_cached("SELECT value FROM outbox WHERE id = ?1")?
        .query_row([&id.0], |row| Ok(from_row(row)))
        .optional()?
        .transpose()
}

fn replace(connection: &Connection, sending: &Sending) -> Result<(), Error> {
    connection
        .prepare_cached(
            "UPDATE outbox SET delivery = ?2, leaves_at = ?3, value = ?4 WHERE id = ?1",
        )?
        .execute(params![
            sending.snapshot.id.0,
            to_word("delivery", sending.delivery)?,
            to_micros(sending.leaves_at),
            to_json("sending", sending)?,
        ])?;
    Ok(())
}

fn from_row(row: &Row<'_>) -> Result<Sending, Error> {
    let value: String = row.get("value")?;
    from_json("sending", &value)
}
