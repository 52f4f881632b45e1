//! The tables, and how a database of an earlier version becomes one of this version.

use super::DbError;
use rusqlite::Connection;

/// One entry a version; a version that was ever released is not changed any more.
const VERSIONS: &[&str] = &["
    -- One value a name: the API key, the port, who the practice organisation is.
    CREATE TABLE settings (
        name TEXT PRIMARY KEY,
        value BLOB NOT NULL
    ) STRICT;

    -- Moments are seconds since 1970; JSON columns hold what the client sent.
    CREATE TABLE procedures (
        id TEXT PRIMARY KEY,
        name TEXT NOT NULL,
        description TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        finished_at INTEGER,
        expires_at INTEGER,
        status TEXT NOT NULL,
        template INTEGER NOT NULL,
        ordered INTEGER NOT NULL,
        parent TEXT,
        metadata TEXT NOT NULL,
        config TEXT NOT NULL,
        subscribers TEXT NOT NULL,
        related_files_enable INTEGER NOT NULL,
        archive INTEGER NOT NULL,
        -- How often people were invited; tests rely on seeing a second time.
        starts INTEGER NOT NULL DEFAULT 0,
        -- When people were invited. A deleted procedure stays as a row, so that its links can say
        -- what became of it.
        started_at INTEGER,
        deleted_at INTEGER
    ) STRICT;
    CREATE INDEX procedures_by_creation ON procedures (created_at);

    CREATE TABLE members (
        id TEXT PRIMARY KEY,
        procedure_id TEXT NOT NULL REFERENCES procedures (id) ON DELETE CASCADE,
        user TEXT,
        kind TEXT NOT NULL,
        firstname TEXT NOT NULL,
        lastname TEXT NOT NULL,
        email TEXT NOT NULL,
        phone TEXT NOT NULL,
        position INTEGER NOT NULL,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        finished_at INTEGER,
        status TEXT NOT NULL,
        comment TEXT,
        operation_level TEXT NOT NULL,
        operation_modes TEXT NOT NULL,
        sms_config TEXT NOT NULL,
        email_config TEXT NOT NULL,
        parent TEXT,
        -- What the proof tells: the page's language, the browser, the identity check passed.
        language TEXT,
        user_agent TEXT,
        identity_check TEXT
    ) STRICT;
    CREATE INDEX members_by_procedure ON members (procedure_id, position);

    CREATE TABLE files (
        id TEXT PRIMARY KEY,
        procedure_id TEXT REFERENCES procedures (id) ON DELETE CASCADE,
        name TEXT NOT NULL,
        kind TEXT NOT NULL,
        content_type TEXT NOT NULL,
        description TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        -- Of the bytes that were uploaded.
        sha256 TEXT NOT NULL,
        metadata TEXT NOT NULL,
        position INTEGER NOT NULL,
        parent TEXT,
        -- The pages' geometry, an empty list for what is not a PDF.
        pages TEXT NOT NULL,
        stamped INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX files_by_procedure ON files (procedure_id);

    -- What a download gives: stamped, and signed as far as people have signed.
    CREATE TABLE file_contents (
        file_id TEXT PRIMARY KEY REFERENCES files (id) ON DELETE CASCADE,
        sha256 TEXT NOT NULL,
        bytes BLOB NOT NULL
    ) STRICT;

    CREATE TABLE file_objects (
        id TEXT PRIMARY KEY,
        file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
        member_id TEXT REFERENCES members (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        page INTEGER NOT NULL,
        position TEXT,
        field_name TEXT,
        mention TEXT,
        mention2 TEXT,
        reason TEXT NOT NULL,
        content TEXT,
        content_required INTEGER NOT NULL,
        font_family TEXT NOT NULL,
        font_size INTEGER NOT NULL,
        font_color TEXT,
        created_at INTEGER NOT NULL,
        updated_at INTEGER NOT NULL,
        executed_at INTEGER,
        parent TEXT
    ) STRICT;
    CREATE INDEX file_objects_by_file ON file_objects (file_id);
    CREATE INDEX file_objects_by_member ON file_objects (member_id);

    -- What each member's signing made of a file, for the proof.
    CREATE TABLE signatures (
        member_id TEXT NOT NULL REFERENCES members (id) ON DELETE CASCADE,
        file_id TEXT NOT NULL REFERENCES files (id) ON DELETE CASCADE,
        sha256 TEXT NOT NULL,
        PRIMARY KEY (member_id, file_id)
    ) STRICT;

    -- Mails that would have been sent. They outlive their procedure.
    CREATE TABLE mails (
        id INTEGER PRIMARY KEY,
        procedure_id TEXT NOT NULL,
        member_id TEXT,
        event TEXT NOT NULL,
        at INTEGER NOT NULL,
        from_name TEXT NOT NULL,
        to_address TEXT NOT NULL,
        to_name TEXT NOT NULL,
        subject TEXT NOT NULL,
        -- HTML as the client wrote it, its tags filled in; cleaned before it is shown.
        message TEXT NOT NULL
    ) STRICT;
    CREATE INDEX mails_by_procedure ON mails (procedure_id);

    -- How many of a procedure's automatic reminders have gone out.
    CREATE TABLE reminders (
        procedure_id TEXT NOT NULL REFERENCES procedures (id) ON DELETE CASCADE,
        rule INTEGER NOT NULL,
        sent INTEGER NOT NULL,
        PRIMARY KEY (procedure_id, rule)
    ) STRICT;

    CREATE TABLE codes (
        member_id TEXT PRIMARY KEY REFERENCES members (id) ON DELETE CASCADE,
        code TEXT NOT NULL,
        channel TEXT NOT NULL,
        created_at INTEGER NOT NULL,
        attempts INTEGER NOT NULL
    ) STRICT;
"];

pub(super) fn bring_up_to_date(connection: &Connection) -> Result<(), DbError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let newest = i64::try_from(VERSIONS.len()).unwrap_or(i64::MAX);
    if found > newest {
        return Err(DbError::TooNew { found });
    }
    let done = usize::try_from(found).unwrap_or(0);
    for (index, statements) in VERSIONS.iter().enumerate().skip(done) {
        let version = index.saturating_add(1);
        connection.execute_batch(&format!(
            "BEGIN IMMEDIATE; {statements} PRAGMA user_version = {version}; COMMIT;"
        ))?;
    }
    Ok(())
}
