use super::*;
use crate::migrations::MIGRATIONS;
use rusqlite::types::Value;

const FIRST: &[&str] = &["CREATE TABLE notes (text TEXT NOT NULL) STRICT"];
const SECOND: &[&str] = &[
    "ALTER TABLE notes ADD COLUMN colour TEXT NOT NULL DEFAULT 'blue'",
    "UPDATE notes SET text = text || '!'",
];

fn pragma(connection: &Connection, name: &str) -> Value {
    connection
        .query_row(&format!("PRAGMA {name}"), [], |row| row.get(0))
        .unwrap()
}

#[test]
fn what_keeps_acknowledged_rows_is_in_force() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paraph.db");
    let writer = open_writer(&path, MIGRATIONS).unwrap();
    let reader = open_reader(&path).unwrap();
    let on = Value::Integer(1);
    let expected = [
        ("journal_mode", Value::Text("wal".to_owned())),
        ("synchronous", Value::Integer(2)), // FULL
        ("foreign_keys", on.clone()),
        ("secure_delete", on.clone()),
        ("fullfsync", on.clone()),
        ("checkpoint_fullfsync", on.clone()),
        ("cell_size_check", on.clone()),
        ("trusted_schema", Value::Integer(0)),
        ("mmap_size", Value::Integer(0)),
        ("temp_store", Value::Integer(2)), // MEMORY
        ("busy_timeout", Value::Integer(5000)),
    ];
    for (name, value) in expected {
        assert_eq!(pragma(&writer, name), value, "{name} of the writer");
    }
    for (name, value) in [("query_only", on), ("mmap_size", Value::Integer(0))] {
        assert_eq!(pragma(&reader, name), value, "{name} of a reader");
    }
    let refused = reader.execute("DELETE FROM settings", []);
    assert!(refused.is_err(), "a reader cannot write");
    assert!(
        rusqlite::version_number() >= OLDEST_SQLITE,
        "the bundled SQLite {} is free of the WAL-reset bug",
        rusqlite::version()
    );
}

#[test]
fn an_older_database_is_copied_and_then_upgraded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paraph.db");
    let old = open_writer(&path, &[FIRST]).unwrap();
    old.execute("INSERT INTO notes VALUES ('kept')", [])
        .unwrap();
    // The old connection stays open: the row is in the WAL only.
    let new = open_writer(&path, &[FIRST, SECOND]).unwrap();
    let row: (String, String) = new
        .query_row("SELECT text, colour FROM notes", [], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
        .unwrap();
    assert_eq!(row, ("kept!".to_owned(), "blue".to_owned()));
    assert_eq!(pragma(&new, "user_version"), Value::Integer(2));

    let copy = Connection::open(backup_path(&path, 1)).unwrap();
    let text: String = copy
        .query_row("SELECT text FROM notes", [], |row| row.get(0))
        .unwrap();
    assert_eq!(
        text, "kept",
        "the copy is as it was before, the WAL included"
    );
    assert_eq!(pragma(&copy, "user_version"), Value::Integer(1));
    drop((old, new, copy));
    open_writer(&path, &[FIRST, SECOND]).expect("an upgraded database opens");
}

#[test]
fn an_upgrade_that_fails_changes_nothing() {
    let broken: &[&str] = &[SECOND[0], SECOND[1], "INSERT INTO nowhere VALUES (1)"];
    let orphaning: &[&str] = &[
        "CREATE TABLE parts (note INTEGER REFERENCES notes (rowid))",
        "INSERT INTO parts VALUES (99)",
    ];
    for failing in [broken, orphaning] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("paraph.db");
        let old = open_writer(&path, &[FIRST]).unwrap();
        old.execute("INSERT INTO notes VALUES ('kept')", [])
            .unwrap();
        drop(old);
        assert!(
            open_writer(&path, &[FIRST, failing]).is_err(),
            "{failing:?}"
        );
        let again = open_writer(&path, &[FIRST]).expect("the old Paraph still opens it");
        let rows: Vec<String> = again
            .prepare("SELECT * FROM notes")
            .unwrap()
            .query_map([], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        assert_eq!(rows, ["kept"], "all of the upgrade is undone");
        let columns: i64 = again
            .query_row(
                "SELECT count(*) FROM pragma_table_info('notes')",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(columns, 1, "its new columns too");
    }
}

#[test]
fn two_processes_that_upgrade_at_once_upgrade_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("paraph.db");
    for round in 0..20 {
        let _ = std::fs::remove_file(&path);
        let barrier = std::sync::Barrier::new(2);
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    barrier.wait();
                    open_writer(&path, MIGRATIONS).expect("both open the same new database");
                });
            }
        });
        for rest in ["paraph.db-wal", "paraph.db-shm"] {
            let _ = std::fs::remove_file(folder.path().join(rest));
        }
        assert!(path.exists(), "round {round}");
    }
}
