//! Reminders: a provider has no id for one, so that each leaves once is our own record's doing.

use crate::columns::{from_micros, from_word, to_micros, to_word};
use crate::error::Error;
use crate::store::Store;
use jiff::Timestamp;
use paraph_domain::ids::ProcedureId;
use rusqlite::{Row, params};
use serde::{Deserialize, Serialize};

pub(crate) const CREATE: &str = "
CREATE TABLE reminders (
    key TEXT NOT NULL PRIMARY KEY, -- names one press of Remind for one request
    procedure TEXT NOT NULL REFERENCES procedures (id) ON DELETE CASCADE, -- which request
    outcome TEXT NOT NULL CHECK (outcome IN ('trying', 'sent', 'unknown')), -- what became of it, a ReminderOutcome
    tried_at INTEGER NOT NULL -- microseconds since 1970, UTC
) STRICT;
CREATE INDEX reminders_by_procedure ON reminders (procedure, tried_at);
";

/// What became of a reminder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReminderOutcome {
    /// Claimed; the request is about to leave or on its way. After a restart this means
    /// `Unknown`.
    Trying,
    Sent,
    /// The answer was lost: people may have been reminded.
    Unknown,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reminder {
    pub key: String,
    pub procedure: ProcedureId,
    pub outcome: ReminderOutcome,
    pub tried_at: Timestamp,
}

/// The reminders of a [`Store`].
#[derive(Clone, Copy)]
pub struct Reminders<'a> {
    pub(crate) store: &'a Store,
}

impl Reminders<'_> {
    /// Claims the right to send the reminder named `key`, unless one was tried after `none_since`.
    /// True once for ever, unless it is released. Of two claims at the same time one succeeds.
    pub async fn claim(
        self,
        key: &str,
        procedure: &ProcedureId,
        none_since: Timestamp,
        now: Timestamp,
    ) -> Result<bool, Error> {
        let (key, procedure) = (key.to_owned(), procedure.0.clone());
        self.store
            .write(move |transaction| {
                let claimed = transaction
                    .prepare_cached(
                        "INSERT INTO reminders (key, procedure, outcome, tried_at) \
                         SELECT ?1, ?2, 'trying', ?3 WHERE NOT EXISTS \
                         (SELECT 1 FROM reminders WHERE procedure = ?2 AND tried_at > ?4) \
                         ON CONFLICT (key) DO NOTHING",
                    )?
                    .execute(params![
                        key,
                        procedure,
                        to_micros(now),
                        to_micros(none_since)
                    ])?;
                Ok(claimed == 1)
            })
            .await
    }

    /// Records what became of a claimed reminder.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it was not claimed.
    pub async fn settle(self, key: &str, outcome: ReminderOutcome) -> Result<(), Error> {
        let key = key.to_owned();
        self.store
            .write(move |transaction| {
                let changed = transaction
                    .prepare_cached("UPDATE reminders SET outcome = ?2 WHERE key = ?1")?
                    .execute(params![key, to_word("reminder", outcome)?])?;
                if changed == 1 {
                    Ok(())
                } else {
                    Err(Error::NotFound("reminder"))
                }
            })
            .await
    }

    /// Gives a claim back: the reminder certainly did not leave. One that is sent or unknown
    /// stays. Returns whether it was given back.
    pub async fn release(self, key: &str) -> Result<bool, Error> {
        let key = key.to_owned();
        self.store
            .write(move |transaction| {
                let released = transaction
                    .prepare_cached("DELETE FROM reminders WHERE key = ?1 AND outcome = 'trying'")?
                    .execute([key])?;
                Ok(released == 1)
            })
            .await
    }

    /// The reminders of a request, newest first.
    pub async fn of(self, procedure: &ProcedureId) -> Result<Vec<Reminder>, Error> {
        let procedure = procedure.0.clone();
        self.store
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT * FROM reminders WHERE procedure = ?1 ORDER BY tried_at DESC, key",
                )?;
                let rows = statement.query_and_then([procedure], from_row)?;
                rows.collect()
            })
            .await
    }

    /// On launch, before anything is sent: what the last run left trying is unknown. Returns those
    /// reminders, for the clerk to be told.
    pub async fn settle_interrupted(self) -> Result<Vec<Reminder>, Error> {
        self.store
            .write(|transaction| {
                let mut statement = transaction.prepare_cached(
                    "UPDATE reminders SET outcome = 'unknown' WHERE outcome = 'trying' \
                     RETURNING *",
                )?;
                let rows = statement.query_and_then([], from_row)?;
                rows.collect()
            })
            .await
    }
}

fn from_row(row: &Row<'_>) -> Result<Reminder, Error> {
    Ok(Reminder {
        key: row.get("key")?,
        procedure: ProcedureId(row.get("procedure")?),
        outcome: from_word("reminder", row.get("outcome")?)?,
        tried_at: from_micros("reminder", row.get("tried_at")?)?,
    })
}
