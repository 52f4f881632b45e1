//! What each member's signing made of a file.

use super::DbError;
use rusqlite::Connection;

/// Records the SHA-256 that the file had right after the member signed it.
pub(crate) fn add(
    db: &Connection,
    member_id: &str,
    file_id: &str,
    sha256: &str,
) -> Result<(), DbError> {
    db.execute(
        "INSERT INTO signatures (member_id, file_id, sha256) VALUES (?1, ?2, ?3)",
        [member_id, file_id, sha256],
    )?;
    Ok(())
}

/// (file id, SHA-256 after the member signed it)
pub(crate) fn of_member(
    db: &Connection,
    member_id: &str,
) -> Result<Vec<(String, String)>, DbError> {
    let mut query =
        db.prepare("SELECT file_id, sha256 FROM signatures WHERE member_id = ?1 ORDER BY file_id")?;
    let found = query
        .query_map([member_id], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<Result<_, _>>()?;
    Ok(found)
}
