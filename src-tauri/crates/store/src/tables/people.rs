//! The people to whom something was sent, offered again while somebody types a name.

use crate::columns::{from_micros, search_query, to_micros};
use crate::error::Error;
use crate::store::Store;
use jiff::Timestamp;
use rusqlite::{Row, params};

pub(crate) const CREATE: &str = "
CREATE TABLE people (
    number INTEGER PRIMARY KEY, -- rowid, joins the full-text index
    address TEXT NOT NULL UNIQUE, -- e-mail address in lower case; a person is an address
    first_name TEXT NOT NULL, -- as last used
    last_name TEXT NOT NULL, -- as last used
    email TEXT NOT NULL, -- as last typed
    phone TEXT NOT NULL, -- as last typed, or empty
    last_used INTEGER NOT NULL -- microseconds since 1970, UTC
) STRICT;
CREATE INDEX people_by_use ON people (last_used);
CREATE VIRTUAL TABLE people_search USING fts5 (
    name, -- first and last name
    email, -- address
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO people_search (people_search, rank) VALUES ('secure-delete', 1);
";

/// Somebody to whom something was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// As typed, or empty.
    pub phone: String,
    pub last_used: Timestamp,
}

/// The address book of a [`Store`].
#[derive(Clone, Copy)]
pub struct People<'a> {
    pub(crate) store: &'a Store,
}

impl People<'_> {
    /// Remembers people. An e-mail address, whatever its case, is one person; the last use
    /// decides how the person is written, but an empty phone does not erase a known one. Who has
    /// no address is left out.
    pub async fn upsert(self, people: &[Person]) -> Result<(), Error> {
        let people = people.to_vec();
        self.store
            .write(move |transaction| {
                for person in people
                    .iter()
                    .filter(|person| !person.email.trim().is_empty())
                {
                    let number: i64 = transaction
                        .prepare_cached(
                            "INSERT INTO people (address, first_name, last_name, email, phone, \
                             last_used) VALUES (?1, ?2, ?3, ?4, ?5, ?6) \
                             ON CONFLICT (address) DO UPDATE SET \
                             first_name = excluded.first_name, last_name = excluded.last_name, \
                             email = excluded.email, last_used = excluded.last_used, \
                             phone = iif(excluded.phone = '', phone, excluded.phone) \
                             RETURNING number",
                        )?
                        .query_row(
                            params![
                                person.email.trim().to_lowercase(),
                                person.first_name,
                                person.last_name,
                                person.email.trim(),
                                person.phone,
                                to_micros(person.last_used),
                            ],
                            |row| row.get(0),
                        )?;
                    transaction
                        .prepare_cached("DELETE FROM people_search WHERE rowid = ?1")?
                        .execute([number])?;
                    transaction
                        .prepare_cached(
                            "INSERT INTO people_search (rowid, name, email) VALUES (?1, ?2, ?3)",
                        )?
                        .execute(params![
                            number,
                            format!("{} {}", person.first_name, person.last_name),
                            person.email.trim(),
                        ])?;
                }
                Ok(())
            })
            .await
    }

    /// Those of whose name or address every typed word begins a word, last used first; case and
    /// accents do not count. Nothing typed: the last used.
    pub async fn search(self, typed: &str, limit: u32) -> Result<Vec<Person>, Error> {
        let query = search_query(typed);
        self.store
            .read(move |connection| {
                let mut statement = connection.prepare_cached(
                    "SELECT * FROM people WHERE ?1 IS NULL OR number IN \
                     (SELECT rowid FROM people_search WHERE people_search MATCH ?1) \
                     ORDER BY last_used DESC, number DESC LIMIT ?2",
                )?;
                let rows = statement.query_and_then(params![query, limit], from_row)?;
                rows.collect()
            })
            .await
    }

    /// Forgets a person. Returns whether the address was known.
    pub async fn remove(self, email: &str) -> Result<bool, Error> {
        let address = email.trim().to_lowercase();
        let removed = self
            .store
            .write(move |transaction| {
                transaction
                    .prepare_cached(
                        "DELETE FROM people_search \
                         WHERE rowid = (SELECT number FROM people WHERE address = ?1)",
                    )?
                    .execute([&address])?;
                let removed = transaction
                    .prepare_cached("DELETE FROM people WHERE address = ?1")?
                    .execute([&address])?;
                Ok(removed == 1)
            })
            .await?;
        self.store.empty_wal().await;
        Ok(removed)
    }
}

fn from_row(row: &Row<'_>) -> Result<Person, Error> {
    Ok(Person {
        first_name: row.get("first_name")?,
        last_name: row.get("last_name")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        last_used: from_micros("person", row.get("last_used")?)?,
    })
}
