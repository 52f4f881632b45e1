use super::*;

fn insert_and_fill(transaction: &Transaction<'_>, megabytes: usize) -> Result<(), Error> {
    for number in 0..megabytes {
        transaction.execute(
            "INSERT INTO settings (key, value) VALUES (?1, printf('%.*c', 1000000, 'x'))",
            [format!("filler-{number}")],
        )?;
    }
    Ok(())
}

#[tokio::test]
async fn a_full_disk_is_told_and_costs_nothing_that_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    store.settings().set_json("kept", &1).await.unwrap();
    // As large as the database may get: what SQLite answers is what a full disk makes it answer.
    store
        .write(|transaction| {
            Ok(transaction.query_row("PRAGMA max_page_count = 300", [], |_| Ok(()))?)
        })
        .await
        .unwrap();
    let refused = store
        .write(|transaction| insert_and_fill(transaction, 5))
        .await;
    assert!(matches!(refused, Err(Error::DiskFull)), "{refused:?}");
    assert_eq!(
        store.settings().get_json::<u8>("kept").await.unwrap(),
        Some(1)
    );
    let rows: i64 = store
        .read(|connection| {
            Ok(connection.query_row("SELECT count(*) FROM settings", [], |row| row.get(0))?)
        })
        .await
        .unwrap();
    assert_eq!(rows, 1, "nothing of the refused change is there");
    store
        .settings()
        .set_json("small", &2)
        .await
        .expect("what still fits is still written");
}

#[tokio::test]
async fn a_change_that_fails_or_panics_half_way_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let failed: Result<(), Error> = store
        .write(|transaction| {
            insert_and_fill(transaction, 1)?;
            Err(Error::NotFound("anything"))
        })
        .await;
    assert!(matches!(failed, Err(Error::NotFound(_))), "{failed:?}");
    for reads in [true, false] {
        let store = store.clone();
        let panicked = tokio::spawn(async move {
            if reads {
                store
                    .read(|_| -> Result<(), Error> { panic!("on purpose") })
                    .await
            } else {
                store
                    .write(|transaction| -> Result<(), Error> {
                        insert_and_fill(transaction, 1)?;
                        panic!("on purpose")
                    })
                    .await
            }
        })
        .await;
        assert!(
            panicked.is_err_and(|error| error.is_panic()),
            "a panic reaches the caller"
        );
    }
    for _ in 0..READERS + 1 {
        let rows: i64 = store
            .read(|connection| {
                Ok(connection.query_row("SELECT count(*) FROM settings", [], |row| row.get(0))?)
            })
            .await
            .expect("every reader is still there");
        assert_eq!(rows, 0);
    }
    store
        .settings()
        .set_json("next", &1)
        .await
        .expect("the writer too");
}

#[tokio::test]
async fn what_one_read_sees_is_of_one_moment() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    let (begun, wait_begun) = std::sync::mpsc::channel();
    let (written, wait_written) = std::sync::mpsc::channel();
    let count = "SELECT count(*) FROM settings";
    let reading = store.read(move |connection| {
        let first: i64 = connection.query_row(count, [], |row| row.get(0))?;
        begun.send(()).unwrap();
        wait_written.recv().unwrap();
        let second: i64 = connection.query_row(count, [], |row| row.get(0))?;
        Ok((first, second))
    });
    let writing = async {
        tokio::task::spawn_blocking(move || wait_begun.recv().unwrap())
            .await
            .unwrap();
        store.settings().set_json("meanwhile", &1).await.unwrap();
        written.send(()).unwrap();
    };
    let (seen, ()) = tokio::join!(reading, writing);
    assert_eq!(seen.unwrap(), (0, 0), "a list and its total agree");
}
