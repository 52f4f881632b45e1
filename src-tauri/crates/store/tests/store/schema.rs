use crate::support::Home;
use rusqlite::Connection;

fn tables(connection: &Connection) -> Vec<(String, bool, String)> {
    let mut statement = connection
        .prepare(
            "SELECT list.name, list.strict, schema.sql FROM pragma_table_list AS list \
             JOIN sqlite_schema AS schema USING (name) WHERE list.type = 'table' ORDER BY name",
        )
        .unwrap();
    statement
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .unwrap()
        .map(Result::unwrap)
        .collect()
}

#[test]
fn every_table_is_strict() {
    let home = Home::new();
    let connection = Connection::open(home.database()).unwrap();
    let tables = tables(&connection);
    assert!(tables.len() >= 12, "the tables are looked at: {tables:?}");
    for (name, strict, _) in tables {
        assert!(strict, "{name} takes values of any type");
    }
}

#[test]
fn every_column_says_what_it_is() {
    let home = Home::new();
    let connection = Connection::open(home.database()).unwrap();
    for (table, _, sql) in tables(&connection) {
        let mut columns = connection
            .prepare("SELECT name FROM pragma_table_info(?1)")
            .unwrap();
        let columns: Vec<String> = columns
            .query_map([&table], |row| row.get(0))
            .unwrap()
            .map(Result::unwrap)
            .collect();
        for column in columns {
            let explained = sql.lines().any(|line| {
                line.trim_start().starts_with(&format!("{column} "))
                    && line
                        .split_once("-- ")
                        .is_some_and(|(_, comment)| comment.len() > 8)
            });
            assert!(explained, "{table}.{column} has no comment beside it");
        }
    }
}

#[test]
fn what_is_searched_is_overwritten_when_it_is_deleted() {
    let home = Home::new();
    let connection = Connection::open(home.database()).unwrap();
    for index in ["procedure_search", "people_search"] {
        let secure: i64 = connection
            .query_row(
                &format!("SELECT v FROM {index}_config WHERE k = 'secure-delete'"),
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(secure, 1, "{index} must forget a name when it is told to");
    }
}
