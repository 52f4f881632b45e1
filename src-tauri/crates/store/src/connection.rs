//! Opening the database file: what holds for every connection.

use crate::error::Error;
use crate::migrations::{migrate, version_of};
use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Versions before 3.51.3 can corrupt a database in WAL mode (SQLite's release notes: the
/// "WAL-reset" bug).
const OLDEST_SQLITE: i32 = 3_051_003;

/// How long a statement waits for another process before it fails with [`Error::Busy`].
const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// Pages copied per step of a backup.
const BACKUP_STEP_PAGES: i32 = 256;

/// Opens the database for writing, creating it or bringing it to the last of `migrations`.
pub fn open_writer(path: &Path, migrations: &[&[&str]]) -> Result<Connection, Error> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(Error::OldSqlite(rusqlite::version()));
    }
    // A database turns to WAL once, and while two processes try SQLite fails one of them at once.
    let turn = File::create(path.with_file_name("opening.lock"))?;
    turn.lock()?;
    let mut connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE
            | OpenFlags::SQLITE_OPEN_CREATE
            | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // A newer database is refused before anything is written to it.
    let latest = migrations.len() as i64;
    let version = version_of(&connection, latest)?;
    check(&connection)?;
    harden(&connection)?;
    let mode: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    if mode != "wal" {
        return Err(Error::NotWritable);
    }
    // NORMAL loses acknowledged rows at a power cut; FULL flushes at every commit.
    connection.pragma_update(None, "synchronous", "FULL")?;
    // On macOS only this reaches the platter; elsewhere it does nothing.
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Deleted contracts and addresses are overwritten, not only unlinked.
    connection.pragma_update(None, "secure_delete", true)?;
    if version != latest {
        if version > 0 {
            back_up(&connection, &backup_path(path, version))?;
        }
        migrate(&mut connection, migrations)?;
    }
    Ok(connection)
}

/// Opens the database for reading only. The writer has been opened before.
pub fn open_reader(path: &Path) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX,
    )?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    harden(&connection)?;
    // Not opened read-only: a reader must be able to recover the WAL after a crash.
    connection.pragma_update(None, "query_only", true)?;
    Ok(connection)
}

fn harden(connection: &Connection) -> Result<(), Error> {
    // A mapped file turns an I/O error into a crash and stray writes into corruption.
    connection.pragma_update(None, "mmap_size", 0)?;
    connection.pragma_update(None, "temp_store", "MEMORY")?;
    connection.pragma_update(None, "trusted_schema", false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DDL, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    Ok(())
}

fn check(connection: &Connection) -> Result<(), Error> {
    let verdict: String = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get(0))?;
    if verdict == "ok" {
        Ok(())
    } else {
        Err(Error::Damaged(verdict))
    }
}

/// Where the copy of a database goes before it is migrated from `version`.
fn backup_path(path: &Path, version: i64) -> PathBuf {
    path.with_file_name(format!("paraph-before-upgrade-from-{version}.db"))
}

/// Copies the database, WAL included, into a complete file at `target`.
fn back_up(connection: &Connection, target: &Path) -> Result<(), Error> {
    let unfinished = target.with_extension("unfinished");
    match fs::remove_file(&unfinished) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    {
        let mut copy = Connection::open(&unfinished)?;
        let backup = Backup::new(connection, &mut copy)?;
        loop {
            match backup.step(BACKUP_STEP_PAGES)? {
                StepResult::Done => break,
                StepResult::More => {}
                _ => return Err(Error::Busy),
            }
        }
        drop(backup);
        check(&copy)?;
    }
    File::open(&unfinished)?.sync_all()?;
    fs::rename(&unfinished, target)?;
    if let Some(folder) = target.parent() {
        crate::folder::sync_folder(folder)?;
    }
    Ok(())
}

#[cfg(test)]
#[path = "connection_tests.rs"]
mod tests;
