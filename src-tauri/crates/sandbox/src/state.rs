//! What the sandbox remembers, in one SQLite file so that it survives a restart.
//!
//! There is one connection behind a lock, used on blocking threads only; every use is one
//! transaction. For one person who practises that is plenty, and it cannot interleave.

pub(crate) mod bundle;
pub(crate) mod codes;
pub(crate) mod file_objects;
pub(crate) mod files;
pub(crate) mod mails;
pub(crate) mod members;
pub(crate) mod procedures;
pub(crate) mod schema;
pub(crate) mod settings;
pub(crate) mod signatures;

use jiff::Timestamp;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};
use rusqlite::{Connection, TransactionBehavior};
use serde_json::Value;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

/// Why the sandbox's memory could not be used.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    #[error("the sandbox's database could not be used: {0}")]
    Sqlite(#[from] rusqlite::Error),
    #[error("the sandbox's database was written by a newer version ({found})")]
    TooNew { found: i64 },
    #[error("the task that used the sandbox's database was ended")]
    TaskEnded,
}

#[derive(Clone)]
pub(crate) struct Db {
    connection: Arc<Mutex<Connection>>,
}

impl Db {
    pub(crate) fn open(path: &Path) -> Result<Self, DbError> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_secs(5))?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        // FULL: with NORMAL a power cut can take back what was already answered.
        connection.pragma_update(None, "synchronous", "FULL")?;
        connection.pragma_update(None, "foreign_keys", "ON")?;
        connection.pragma_update(None, "secure_delete", "ON")?;
        schema::bring_up_to_date(&connection)?;
        Ok(Self {
            connection: Arc::new(Mutex::new(connection)),
        })
    }

    /// Runs `work` in a transaction on a blocking thread: kept when it returns `Ok`, else undone.
    pub(crate) async fn run<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let connection = Arc::clone(&self.connection);
        let task = tokio::task::spawn_blocking(move || {
            let mut connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let transaction = connection
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .map_err(DbError::from)?;
            let result = work(&transaction)?;
            transaction.commit().map_err(DbError::from)?;
            Ok(result)
        });
        match task.await {
            Ok(result) => result,
            Err(_) => Err(E::from(DbError::TaskEnded)),
        }
    }
}

/// An enum that is kept and sent as text.
macro_rules! text_enum {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum $name { $($variant),+ }

        impl $name {
            pub(crate) fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            pub(crate) fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }

        impl rusqlite::types::ToSql for $name {
            fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
                Ok(self.as_str().into())
            }
        }

        impl rusqlite::types::FromSql for $name {
            fn column_result(
                value: rusqlite::types::ValueRef<'_>,
            ) -> rusqlite::types::FromSqlResult<Self> {
                Self::parse(value.as_str()?).ok_or(rusqlite::types::FromSqlError::InvalidType)
            }
        }
    };
}
pub(crate) use text_enum;

/// A moment, kept as whole seconds since 1970, which is all that the vendor's dates carry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Moment(pub Timestamp);

impl rusqlite::types::ToSql for Moment {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(self.0.as_second().into())
    }
}

impl FromSql for Moment {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let seconds = value.as_i64()?;
        Timestamp::from_second(seconds)
            .map(Moment)
            .map_err(|_| FromSqlError::OutOfRange(seconds))
    }
}

/// A JSON value, kept as text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Json(pub Value);

impl Json {
    pub(crate) fn empty_map() -> Self {
        Self(Value::Object(serde_json::Map::new()))
    }
}

impl rusqlite::types::ToSql for Json {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(self.0.to_string().into())
    }
}

impl FromSql for Json {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        serde_json::from_str(value.as_str()?)
            .map(Json)
            .map_err(FromSqlError::other)
    }
}
