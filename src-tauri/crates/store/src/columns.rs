//! Domain values as columns: JSON for whole values, words for enums, microseconds for moments.

use crate::error::Error;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A value as JSON text.
pub fn to_json<T: Serialize + ?Sized>(what: &'static str, value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(|error| unreadable(what, &error))
}

/// A value from JSON text that [`to_json`] wrote.
pub fn from_json<T: DeserializeOwned>(what: &'static str, text: &str) -> Result<T, Error> {
    serde_json::from_str(text).map_err(|error| unreadable(what, &error))
}

/// A fieldless enum as the word that serde gives it.
pub fn to_word<T: Serialize>(what: &'static str, value: T) -> Result<String, Error> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        Ok(_) => Err(Error::Unreadable {
            what,
            line: 0,
            column: 0,
        }),
        Err(error) => Err(unreadable(what, &error)),
    }
}

/// A fieldless enum from its word.
pub fn from_word<T: DeserializeOwned>(what: &'static str, word: String) -> Result<T, Error> {
    serde_json::from_value(serde_json::Value::String(word))
        .map_err(|error| unreadable(what, &error))
}

/// Serde's own message would quote the value, which may be somebody's name.
fn unreadable(what: &'static str, error: &serde_json::Error) -> Error {
    Error::Unreadable {
        what,
        line: error.line(),
        column: error.column(),
    }
}

/// Moments are stored as whole microseconds since 1970 in UTC; what is finer is cut off.
pub fn to_micros(moment: Timestamp) -> i64 {
    moment.as_microsecond()
}

/// The reverse of [`to_micros`].
pub fn from_micros(what: &'static str, micros: i64) -> Result<Timestamp, Error> {
    Timestamp::from_microsecond(micros).map_err(|_| Error::Unreadable {
        what,
        line: 0,
        column: 0,
    })
}

/// [`from_micros`] for a column that may be empty.
pub fn from_micros_opt(
    what: &'static str,
    micros: Option<i64>,
) -> Result<Option<Timestamp>, Error> {
    micros.map(|micros| from_micros(what, micros)).transpose()
}

/// A search as somebody types it, as an FTS5 query: every word must begin a word of the row.
/// None when there is nothing to search for.
pub fn search_query(typed: &str) -> Option<String> {
    let words: Vec<String> = typed
        .split_whitespace()
        .filter(|word| word.chars().any(char::is_alphanumeric))
        .map(|word| format!("\"{}\"*", word.replace('"', " ")))
        .collect();
    (!words.is_empty()).then(|| words.join(" "))
}
