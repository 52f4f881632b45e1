use paraph_store::DataLock;
use std::io::Write;
use std::process::{Command, Stdio};

/// Names the folder whose lock a second process is to take.
const FOLDER: &str = "PARAPH_TEST_LOCK";

#[test]
fn one_holder_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let inside = folder.path().join("data");
    let held = DataLock::try_acquire(&inside).unwrap();
    assert!(
        held.is_some(),
        "the first one gets it, and the folder is made"
    );
    assert!(
        DataLock::try_acquire(&inside).unwrap().is_none(),
        "the second one does not"
    );
    drop(held);
    assert!(
        DataLock::try_acquire(&inside).unwrap().is_some(),
        "it is free again"
    );
}

#[test]
fn a_killed_process_does_not_keep_it() {
    if let Some(folder) = std::env::var_os(FOLDER) {
        let _held = DataLock::try_acquire(folder.as_ref())
            .unwrap()
            .expect("the lock is free");
        println!("held");
        std::io::stdout().flush().unwrap();
        // Until the parent kills us, or goes away itself.
        let _ = std::io::stdin().read_line(&mut String::new());
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "lock::a_killed_process_does_not_keep_it",
            "--nocapture",
        ])
        .env(FOLDER, folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(holder.stdout.take().unwrap()));
    assert!(
        lines.any(|line| line.unwrap().contains("held")),
        "the other process says when it has the lock"
    );
    assert!(
        DataLock::try_acquire(folder.path()).unwrap().is_none(),
        "another process holds it"
    );
    holder.kill().unwrap();
    holder.wait().unwrap();
    assert!(
        DataLock::try_acquire(folder.path()).unwrap().is_some(),
        "the system lets go when the holder dies"
    );
}
