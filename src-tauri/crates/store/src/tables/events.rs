//! What happened to requests, each kept once, and whether the clerk has been told.

use crate::columns::{from_json, from_micros, from_micros_opt, to_json, to_micros};
use crate::error::Error;
use crate::store::Store;
use jiff::Timestamp;
use paraph_domain::ids::ProcedureId;
use paraph_domain::procedure::Event;
use rusqlite::{Connection, OptionalExtension, Row, params};

pub(crate) const CREATE: &str = "
CREATE TABLE events (
    number INTEGER PRIMARY KEY, -- order in which they were noticed
    procedure TEXT NOT NULL REFERENCES procedures (id) ON DELETE CASCADE, -- to which request it happened
    key TEXT NOT NULL, -- Event::key, names the event within its request
    value TEXT NOT NULL, -- Event as JSON
    seen_at INTEGER NOT NULL, -- when it was noticed; microseconds since 1970, UTC
    announced_at INTEGER, -- when the clerk was told; microseconds since 1970, UTC
    UNIQUE (procedure, key)
) STRICT;
CREATE INDEX events_unannounced ON events (number) WHERE announced_at IS NULL;
";

/// Numbers grow in the order in which events were noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventId(pub i64);

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredEvent {
    pub id: EventId,
    pub procedure: ProcedureId,
    pub event: Event,
    pub seen_at: Timestamp,
    /// None until the clerk has been told.
    pub announced_at: Option<Timestamp>,
}

/// The events of a [`Store`]. They come in through
/// [`Procedures::apply_look`](super::procedures::Procedures::apply_look).
#[derive(Clone, Copy)]
pub struct Events<'a> {
    pub(crate) store: &'a Store,
}

impl Events<'_> {
    /// What the clerk has not been told, in the order in which it was noticed.
    pub async fn unannounced(self) -> Result<Vec<StoredEvent>, Error> {
        self.store
            .read(|connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT * FROM events WHERE announced_at IS NULL ORDER BY number",
                )?;
                let rows = statement.query_and_then([], from_row)?;
                rows.collect()
            })
            .await
    }

    /// Marks events as told and returns those that had not been. Mark first, then tell what this
    /// returned: after a crash between the two an event is missed once, and never told twice.
    pub async fn mark_announced(
        self,
        ids: &[EventId],
        now: Timestamp,
    ) -> Result<Vec<EventId>, Error> {
        let ids = ids.to_vec();
        self.store
            .write(move |transaction| {
                let mut statement = transaction.prepare_cached(
                    "UPDATE events SET announced_at = ?2 \
                     WHERE number = ?1 AND announced_at IS NULL",
                )?;
                let mut marked = Vec::new();
                for id in ids {
                    if statement.execute(params![id.0, to_micros(now)])? == 1 {
                        marked.push(id);
                    }
                }
                Ok(marked)
            })
            .await
    }

    /// The last `limit` events, newest first.
    pub async fn recent(self, limit: u32) -> Result<Vec<StoredEvent>, Error> {
        self.store
            .read(move |connection| {
                let mut statement = connection
                    .prepare_cached("SELECT * FROM events ORDER BY number DESC LIMIT ?1")?;
                let rows = statement.query_and_then([limit], from_row)?;
                rows.collect()
            })
            .await
    }

    /// What happened to one request, oldest first.
    pub async fn of(self, procedure: &ProcedureId) -> Result<Vec<StoredEvent>, Error> {
        let procedure = procedure.0.clone();
        self.store
            .read(move |connection| {
                let mut statement = connection
                    .prepare_cached("SELECT * FROM events WHERE procedure = ?1 ORDER BY number")?;
                let rows = statement.query_and_then([procedure], from_row)?;
                rows.collect()
            })
            .await
    }
}

/// Keeps an event unless the request already has it.
pub(crate) fn insert_new(
    connection: &Connection,
    procedure: &ProcedureId,
    event: Event,
    now: Timestamp,
) -> Result<Option<StoredEvent>, Error> {
    connection
        .prepare_cached(
            "INSERT INTO events (procedure, key, value, seen_at) VALUES (?1, ?2, ?3, ?4) \
             ON CONFLICT (procedure, key) DO NOTHING RETURNING *",
        )?
        .query_row(
            params![
                procedure.0,
                event.key(),
                to_json("event", &event)?,
                to_micros(now)
            ],
            |row| Ok(from_row(row)),
        )
        .optional()?
        .transpose()
}

fn from_row(row: &Row<'_>) -> Result<StoredEvent, Error> {
    let value: String = row.get("value")?;
    Ok(StoredEvent {
        id: EventId(row.get("number")?),
        procedure: ProcedureId(row.get("procedure")?),
        event: from_json("event", &value)?,
        seen_at: from_micros("event", row.get("seen_at")?)?,
        announced_at: from_micros_opt("event", row.get("announced_at")?)?,
    })
}
