//! When each account was last asked for news, and how that went.

use crate::columns::{from_json, from_micros_opt, to_json, to_micros};
use crate::error::Error;
use crate::store::Store;
use jiff::Timestamp;
use paraph_domain::ids::AccountId;
use rusqlite::{OptionalExtension, Row, params};
use serde_json::Value;

pub(crate) const CREATE: &str = "
CREATE TABLE fetch_status (
    account TEXT NOT NULL PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE, -- which account
    last_try INTEGER, -- microseconds since 1970, UTC
    last_success INTEGER, -- microseconds since 1970, UTC
    last_error TEXT -- why the last try failed, as the engine's JSON; none when it did not
) STRICT;
";

/// How asking an account for news has gone.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FetchStatus {
    pub last_try: Option<Timestamp>,
    /// A failed try does not erase it.
    pub last_success: Option<Timestamp>,
    /// Why the last try failed, in the engine's own form; none when it succeeded.
    pub last_error: Option<Value>,
}

/// The fetch statuses of a [`Store`]. An account that was removed meanwhile is no error.
#[derive(Clone, Copy)]
pub struct FetchStatuses<'a> {
    pub(crate) store: &'a Store,
}

impl FetchStatuses<'_> {
    /// All empty when the account was never asked.
    pub async fn get(self, account: &AccountId) -> Result<FetchStatus, Error> {
        let account = account.0.clone();
        self.store
            .read(move |connection| {
                let found = connection
                    .prepare_cached("SELECT * FROM fetch_status WHERE account = ?1")?
                    .query_row([account], |row| Ok(from_row(row)))
                    .optional()?
                    .transpose()?;
                Ok(found.unwrap_or_default())
            })
            .await
    }

    pub async fn record_success(self, account: &AccountId, at: Timestamp) -> Result<(), Error> {
        let account = account.0.clone();
        self.store
            .write(move |transaction| {
                transaction
                    .prepare_cached(
                        "INSERT INTO fetch_status (account, last_try, last_success) \
                         SELECT id, ?2, ?2 FROM accounts WHERE id = ?1 \
                         ON CONFLICT (account) DO UPDATE SET last_try = excluded.last_try, \
                         last_success = excluded.last_success, last_error = NULL",
                    )?
                    .execute(params![account, to_micros(at)])?;
                Ok(())
            })
            .await
    }

    /// `error` is the engine's own and has no personal data or secret.
    pub async fn record_failure(
        self,
        account: &AccountId,
        at: Timestamp,
        error: &Value,
    ) -> Result<(), Error> {
        let account = account.0.clone();
        let error = error.clone();
        self.store
            .write(move |transaction| {
                transaction
                    .prepare_cached(
                        "INSERT INTO fetch_status (account, last_try, last_error) \
                         SELECT id, ?2, ?3 FROM accounts WHERE id = ?1 \
                         ON CONFLICT (account) DO UPDATE SET last_try = excluded.last_try, \
                         last_error = excluded.last_error",
                    )?
                    .execute(params![
                        account,
                        to_micros(at),
                        to_json("fetch error", &error)?
                    ])?;
                Ok(())
            })
            .await
    }
}

fn from_row(row: &Row<'_>) -> Result<FetchStatus, Error> {
    let last_error: Option<String> = row.get("last_error")?;
    Ok(FetchStatus {
        last_try: from_micros_opt("fetch status", row.get("last_try")?)?,
        last_success: from_micros_opt("fetch status", row.get("last_success")?)?,
        last_error: last_error
            .map(|text| from_json("fetch error", &text))
            .transpose()?,
    })
}
