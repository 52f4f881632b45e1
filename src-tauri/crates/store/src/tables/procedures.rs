//! Requests that are followed, as they were when the provider was last asked.

use crate::columns::{from_json, search_query, to_json, to_micros};
use crate::error::Error;
use crate::store::Store;
use crate::tables::events::{self, StoredEvent};
use jiff::Timestamp;
use paraph_domain::ids::{AccountId, ProcedureId};
use paraph_domain::procedure::{Event, Procedure, Status};
use rusqlite::{Connection, OptionalExtension, Row, ToSql, params};

pub(crate) const CREATE: &str = "
CREATE TABLE procedures (
    number INTEGER PRIMARY KEY, -- rowid, joins the full-text index
    id TEXT NOT NULL UNIQUE, -- our id of the request
    account TEXT NOT NULL, -- which account it was sent with; the account may have been removed since
    remote_id TEXT NOT NULL, -- the provider's id
    status TEXT NOT NULL, -- Status without the provider's own word
    created_at INTEGER NOT NULL, -- microseconds since 1970, UTC
    waiting_since INTEGER, -- since when somebody is waited for; microseconds since 1970, UTC
    filed_at INTEGER, -- when all of its results had been filed; microseconds since 1970, UTC
    value TEXT NOT NULL, -- Procedure as JSON
    UNIQUE (account, remote_id)
) STRICT;
CREATE INDEX procedures_by_age ON procedures (created_at);
CREATE INDEX procedures_by_wait ON procedures (waiting_since);
CREATE INDEX procedures_by_status ON procedures (status);
CREATE VIRTUAL TABLE procedure_search USING fts5 (
    name, -- of the request
    people, -- names and e-mail addresses of its participants
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO procedure_search (procedure_search, rank) VALUES ('secure-delete', 1);
";

/// Which requests are listed, and how.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ProcedureQuery {
    /// Any of these; empty: all. Every `Status::Unknown` stands for all unknown words.
    pub statuses: Vec<Status>,
    pub account: Option<AccountId>,
    /// As typed. Each word must begin a word of the request's name, or of a participant's name or
    /// e-mail address; case and accents do not count. Empty: all.
    pub search: String,
    pub sort: ProcedureSort,
    pub limit: u32,
    pub offset: u32,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ProcedureSort {
    #[default]
    Newest,
    /// What has been waiting longest first; what waits for nobody last.
    LongestWaiting,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ProcedureList {
    pub procedures: Vec<Procedure>,
    /// How many match, on this page and others.
    pub total: u32,
}

/// The followed requests of a [`Store`].
#[derive(Clone, Copy)]
pub struct Procedures<'a> {
    pub(crate) store: &'a Store,
}

impl Procedures<'_> {
    /// Keeps a request as it is now. When the account already has one with the same `remote_id`,
    /// that one is replaced and keeps its id, which is returned; what only we know of it (the
    /// sending, the draft, the folder) stays where `procedure` has none.
    pub async fn upsert(self, procedure: &Procedure) -> Result<ProcedureId, Error> {
        let procedure = procedure.clone();
        self.store
            .write(move |transaction| upsert(transaction, &procedure))
            .await
    }

    /// Keeps a request as it is now, and what happened to it since the last look. Returns those of
    /// `seen` that were not known; each is returned once for ever.
    pub async fn apply_look(
        self,
        procedure: &Procedure,
        seen: &[Event],
        now: Timestamp,
    ) -> Result<Vec<StoredEvent>, Error> {
        let procedure = procedure.clone();
        let seen = seen.to_vec();
        self.store
            .write(move |transaction| {
                let id = upsert(transaction, &procedure)?;
                let mut new = Vec::new();
                for event in seen {
                    new.extend(events::insert_new(transaction, &id, event, now)?);
                }
                Ok(new)
            })
            .await
    }

    pub async fn get(self, id: &ProcedureId) -> Result<Option<Procedure>, Error> {
        let id = id.clone();
        self.store
            .read(move |connection| find(connection, &id))
            .await
    }

    /// By the provider's id.
    pub async fn by_remote_id(
        self,
        account: &AccountId,
        remote_id: &str,
    ) -> Result<Option<Procedure>, Error> {
        let (account, remote_id) = (account.0.clone(), remote_id.to_owned());
        self.store
            .read(move |connection| {
                connection
                    .prepare_cached(
                        "SELECT value FROM procedures WHERE account = ?1 AND remote_id = ?2",
                    )?
                    .query_row([account, remote_id], |row| Ok(from_row(row)))
                    .optional()?
                    .transpose()
            })
            .await
    }

    /// The account's requests to which something can still happen, oldest first.
    pub async fn open_of(self, account: &AccountId) -> Result<Vec<Procedure>, Error> {
        let account = account.0.clone();
        self.store
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT value FROM procedures WHERE account = ?1 \
                     AND status IN ('draft', 'pending', 'in_progress', 'unknown') \
                     ORDER BY created_at, number",
                )?;
                let rows = statement.query_and_then([account], from_row)?;
                rows.collect()
            })
            .await
    }

    pub async fn list(self, query: &ProcedureQuery) -> Result<ProcedureList, Error> {
        let query = query.clone();
        self.store
            .read(move |connection| list(connection, &query))
            .await
    }

    /// How many requests are open on accounts that there are: nothing is heard any more of those
    /// of a removed account.
    pub async fn count_followed(self) -> Result<u32, Error> {
        self.store
            .read(|connection| {
                Ok(connection
                    .prepare_cached(
                        "SELECT count(*) FROM procedures \
                         WHERE status IN ('draft', 'pending', 'in_progress', 'unknown') \
                         AND account IN (SELECT id FROM accounts)",
                    )?
                    .query_row([], |row| row.get(0))?)
            })
            .await
    }

    /// How many requests there are of each status. All unknown words are one,
    /// `Status::Unknown("")`. What there is none of is left out.
    pub async fn counts(self) -> Result<Vec<(Status, u32)>, Error> {
        self.store
            .read(|connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT status, count(*) FROM procedures GROUP BY status ORDER BY status",
                )?;
                let rows = statement.query_and_then([], |row| {
                    let word: String = row.get(0)?;
                    Ok((status_of(&word), row.get(1)?))
                })?;
                rows.collect()
            })
            .await
    }

    /// Forgets a request, its events and what is known of its files. Filed files stay where they
    /// are. Returns whether there was one.
    pub async fn delete(self, id: &ProcedureId) -> Result<bool, Error> {
        let id = id.0.clone();
        let deleted = self
            .store
            .write(move |transaction| {
                transaction
                    .prepare_cached(
                        "DELETE FROM procedure_search \
                         WHERE rowid = (SELECT number FROM procedures WHERE id = ?1)",
                    )?
                    .execute([&id])?;
                let deleted = transaction
                    .prepare_cached("DELETE FROM procedures WHERE id = ?1")?
                    .execute([&id])?;
                Ok(deleted == 1)
            })
            .await?;
        self.store.empty_wal().await;
        Ok(deleted)
    }
}

/// See [`Procedures::upsert`].
pub(crate) fn upsert(connection: &Connection, procedure: &Procedure) -> Result<ProcedureId, Error> {
    let known = connection
        .prepare_cached("SELECT value FROM procedures WHERE account = ?1 AND remote_id = ?2")?
        .query_row([&procedure.account.0, &procedure.remote_id], |row| {
            Ok(from_row(row))
        })
        .optional()?
        .transpose()?;
    let mut procedure = procedure.clone();
    if let Some(known) = known {
        procedure.id = known.id;
        procedure.sending = procedure.sending.or(known.sending);
        procedure.draft = procedure.draft.or(known.draft);
        procedure.folder = procedure.folder.or(known.folder);
    }
    let number: i64 = connection
        .prepare_cached(
            "INSERT INTO procedures (id, account, remote_id, status, created_at, waiting_since, \
             value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) \
             ON CONFLICT (id) DO UPDATE SET status = excluded.status, \
             created_at = excluded.created_at, waiting_since = excluded.waiting_since, \
             value = excluded.value \
             WHERE account = excluded.account AND remote_id = excluded.remote_id \
             RETURNING number",
        )?
        .query_row(
            params![
                procedure.id.0,
                procedure.account.0,
                procedure.remote_id,
                status_word(&procedure.status),
                to_micros(procedure.created_at),
                procedure.waiting_since().map(to_micros),
                to_json("procedure", &procedure)?,
            ],
            |row| row.get(0),
        )
        .optional()?
        // The id stands for another request.
        .ok_or(Error::Changed("procedure"))?;
    let people: Vec<String> = procedure
        .participants
        .iter()
        .map(|participant| format!("{} {}", participant.name, participant.email))
        .collect();
    connection
        .prepare_cached("DELETE FROM procedure_search WHERE rowid = ?1")?
        .execute([number])?;
    connection
        .prepare_cached("INSERT INTO procedure_search (rowid, name, people) VALUES (?1, ?2, ?3)")?
        .execute(params![number, procedure.name, people.join("\n")])?;
    Ok(procedure.id)
}

pub(crate) fn find(connection: &Connection, id: &ProcedureId) -> Result<Option<Procedure>, Error> {
    connection
        .prepare_cached("SELECT value FROM procedures WHERE id = ?1")?
        .query_row([&id.0], |row| Ok(from_row(row)))
        .optional()?
        .transpose()
}

fn list(connection: &Connection, query: &ProcedureQuery) -> Result<ProcedureList, Error> {
    let words: Vec<&str> = query.statuses.iter().map(status_word).collect();
    let statuses = (!words.is_empty())
        .then(|| to_json("statuses", &words))
        .transpose()?;
    let account = query.account.as_ref().map(AccountId::as_str);
    let search = search_query(&query.search);
    let matching = "FROM procedures \
         WHERE (?1 IS NULL OR status IN (SELECT value FROM json_each(?1))) \
         AND (?2 IS NULL OR account = ?2) \
         AND (?3 IS NULL OR number IN \
              (SELECT rowid FROM procedure_search WHERE procedure_search MATCH ?3))";
    let filter: [&dyn ToSql; 3] = [&statuses, &account, &search];
    let total = connection
        .prepare_cached(&format!("SELECT count(*) {matching}"))?
        .query_row(filter, |row| row.get(0))?;
    let order = match query.sort {
        ProcedureSort::Newest => "created_at DESC, number DESC",
        ProcedureSort::LongestWaiting => "waiting_since ASC NULLS LAST, created_at, number",
    };
    let mut statement = connection.prepare_cached(&format!(
        "SELECT value {matching} ORDER BY {order} LIMIT ?4 OFFSET ?5"
    ))?;
    let rows = statement.query_and_then(
        params![statuses, account, search, query.limit, query.offset],
        from_row,
    )?;
    Ok(ProcedureList {
        procedures: rows.collect::<Result<_, Error>>()?,
        total,
    })
}

fn status_word(status: &Status) -> &'static str {
    match status {
        Status::Draft => "draft",
        Status::Pending => "pending",
        Status::InProgress => "in_progress",
        Status::Completed => "completed",
        Status::Declined => "declined",
        Status::Expired => "expired",
        Status::Canceled => "canceled",
        Status::Unknown(_) => "unknown",
    }
}

fn status_of(word: &str) -> Status {
    match word {
        "draft" => Status::Draft,
        "pending" => Status::Pending,
        "in_progress" => Status::InProgress,
        "completed" => Status::Completed,
        "declined" => Status::Declined,
        "expired" => Status::Expired,
        "canceled" => Status::Canceled,
        _ => Status::Unknown(String::new()),
    }
}

pub(crate) fn from_row(row: &Row<'_>) -> Result<Procedure, Error> {
    let value: String = row.get("value")?;
    from_json("procedure", &value)
}
