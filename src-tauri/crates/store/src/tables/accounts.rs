//! Accounts: which provider, which environment. The credentials are in the vault.

use crate::columns::{from_micros, from_word, to_micros, to_word};
use crate::error::Error;
use crate::store::Store;
use jiff::Timestamp;
use paraph_domain::capabilities::{Environment, ProviderKind};
use paraph_domain::ids::AccountId;
use rusqlite::{OptionalExtension, Row, params};

pub(crate) const CREATE: &str = "
CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY, -- our id; also names the entry in the vault
    kind TEXT NOT NULL, -- which provider, a ProviderKind
    environment TEXT NOT NULL, -- where requests go, an Environment
    name TEXT NOT NULL, -- what the clerk sees
    base_url TEXT, -- where the provider is, when not at its usual address
    follow_all INTEGER NOT NULL CHECK (follow_all IN (0, 1)), -- whether requests sent by others are followed
    keep_key INTEGER NOT NULL CHECK (keep_key IN (0, 1)), -- whether the key is in the keychain, or only in memory
    created_at INTEGER NOT NULL -- microseconds since 1970, UTC
) STRICT;
";

/// A provider, an environment and, elsewhere, a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub id: AccountId,
    pub kind: ProviderKind,
    pub environment: Environment,
    pub name: String,
    /// Where the provider is, when not at its usual address.
    pub base_url: Option<String>,
    /// Whether requests that colleagues or the web application sent are followed too.
    pub follow_all: bool,
    /// Whether the key is kept in the keychain; otherwise it is asked for at every start.
    pub keep_key: bool,
    /// Kept to the microsecond.
    pub created_at: Timestamp,
}

/// The accounts of a [`Store`].
#[derive(Clone, Copy)]
pub struct Accounts<'a> {
    pub(crate) store: &'a Store,
}

impl Accounts<'_> {
    /// All accounts, oldest first.
    pub async fn list(self) -> Result<Vec<Account>, Error> {
        self.store
            .read(|connection| {
                let mut statement =
                    connection.prepare_cached("SELECT * FROM accounts ORDER BY created_at, id")?;
                let rows = statement.query_and_then([], from_row)?;
                rows.collect()
            })
            .await
    }

    pub async fn get(self, id: &AccountId) -> Result<Option<Account>, Error> {
        let id = id.0.clone();
        self.store
            .read(move |connection| {
                connection
                    .prepare_cached("SELECT * FROM accounts WHERE id = ?1")?
                    .query_row([id], |row| Ok(from_row(row)))
                    .optional()?
                    .transpose()
            })
            .await
    }

    /// # Errors
    /// [`Error::Sqlite`] when the id is taken.
    pub async fn insert(self, account: &Account) -> Result<(), Error> {
        let account = account.clone();
        self.store
            .write(move |transaction| {
                transaction
                    .prepare_cached(
                        "INSERT INTO accounts (id, kind, environment, name, base_url, follow_all, \
                         keep_key, created_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    )?
                    .execute(params![
                        account.id.0,
                        to_word("provider", account.kind)?,
                        to_word("environment", account.environment)?,
                        account.name,
                        account.base_url,
                        account.follow_all,
                        account.keep_key,
                        to_micros(account.created_at),
                    ])?;
                Ok(())
            })
            .await
    }

    /// Changes the name and the choices. Provider, environment and age stay: what was sent with
    /// them is not sent with others.
    ///
    /// # Errors
    /// [`Error::NotFound`].
    pub async fn update(self, account: &Account) -> Result<(), Error> {
        let account = account.clone();
        self.store
            .write(move |transaction| {
                let changed = transaction
                    .prepare_cached(
                        "UPDATE accounts SET name = ?2, base_url = ?3, follow_all = ?4, \
                         keep_key = ?5 WHERE id = ?1",
                    )?
                    .execute(params![
                        account.id.0,
                        account.name,
                        account.base_url,
                        account.follow_all,
                        account.keep_key,
                    ])?;
                if changed == 1 {
                    Ok(())
                } else {
                    Err(Error::NotFound("account"))
                }
            })
            .await
    }

    /// Forgets an account and when it was last asked. What was sent with it stays. Returns
    /// whether there was one.
    ///
    /// # Errors
    /// [`Error::InUse`] while a sending of the account is queued, under way or unclear.
    pub async fn delete(self, id: &AccountId) -> Result<bool, Error> {
        let id = id.0.clone();
        self.store
            .write(move |transaction| {
                let running: bool = transaction
                    .prepare_cached(
                        "SELECT EXISTS (SELECT 1 FROM outbox WHERE account = ?1 \
                         AND delivery IN ('queued', 'sending', 'unclear'))",
                    )?
                    .query_row([&id], |row| row.get(0))?;
                if running {
                    return Err(Error::InUse);
                }
                let deleted = transaction
                    .prepare_cached("DELETE FROM accounts WHERE id = ?1")?
                    .execute([&id])?;
                Ok(deleted == 1)
            })
            .await
    }
}

fn from_row(row: &Row<'_>) -> Result<Account, Error> {
    Ok(Account {
        id: AccountId(row.get("id")?),
        kind: from_word("provider", row.get("kind")?)?,
        environment: from_word("environment", row.get("environment")?)?,
        name: row.get("name")?,
        base_url: row.get("base_url")?,
        follow_all: row.get("follow_all")?,
        keep_key: row.get("keep_key")?,
        created_at: from_micros("account", row.get("created_at")?)?,
    })
}
