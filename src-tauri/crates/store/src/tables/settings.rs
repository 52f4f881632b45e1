//! Settings: a key and a JSON value each. What they mean, and their defaults, are the engine's.

use crate::columns::{from_json, to_json};
use crate::error::Error;
use crate::store::Store;
use rusqlite::{OptionalExtension, params};
use serde::Serialize;
use serde::de::DeserializeOwned;

pub(crate) const CREATE: &str = "
CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY, -- names the setting
    value TEXT NOT NULL -- what it is set to, as JSON
) STRICT, WITHOUT ROWID;
";

/// The settings of a [`Store`].
#[derive(Clone, Copy)]
pub struct Settings<'a> {
    pub(crate) store: &'a Store,
}

impl Settings<'_> {
    /// None when it was never set.
    ///
    /// # Errors
    /// [`Error::Unreadable`] when the stored value is not a `T`.
    pub async fn get_json<T>(self, key: &str) -> Result<Option<T>, Error>
    where
        T: DeserializeOwned + Send + 'static,
    {
        let key = key.to_owned();
        self.store
            .read(move |connection| {
                let text: Option<String> = connection
                    .prepare_cached("SELECT value FROM settings WHERE key = ?1")?
                    .query_row([key], |row| row.get(0))
                    .optional()?;
                text.map(|text| from_json("setting", &text)).transpose()
            })
            .await
    }

    pub async fn set_json<T: Serialize + ?Sized>(self, key: &str, value: &T) -> Result<(), Error> {
        let key = key.to_owned();
        let text = to_json("setting", value)?;
        self.store
            .write(move |transaction| {
                transaction
                    .prepare_cached(
                        "INSERT INTO settings (key, value) VALUES (?1, ?2) \
                         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                    )?
                    .execute(params![key, text])?;
                Ok(())
            })
            .await
    }

    /// Back to the default. Returns whether it was set.
    pub async fn remove(self, key: &str) -> Result<bool, Error> {
        let key = key.to_owned();
        self.store
            .write(move |transaction| {
                let removed = transaction
                    .prepare_cached("DELETE FROM settings WHERE key = ?1")?
                    .execute([key])?;
                Ok(removed == 1)
            })
            .await
    }
}
