//! The program by itself.

use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::process::{Command, Stdio};

#[tokio::test]
async fn it_says_where_it_is_in_one_line_and_ends_when_told() {
    let folder = tempfile::TempDir::new().unwrap();
    let mut program = Command::new(env!("CARGO_BIN_EXE_paraph-sandbox"))
        .arg("--data")
        .arg(folder.path())
        .env("RUST_LOG", "paraph_sandbox::requests=debug")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut out = BufReader::new(program.stdout.take().unwrap());
    out.read_line(&mut line).unwrap();
    let ready: Value = serde_json::from_str(&line).unwrap_or_else(|error| {
        let mut why = String::new();
        program
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut why)
            .unwrap();
        panic!("the first line is no JSON ({error}): {line:?} {why}")
    });
    let key = ready["api_key"].as_str().unwrap();
    let url = format!("{}/users?not=logged", ready["base_url"].as_str().unwrap());
    let reply = crate::support::client()
        .get(url)
        .bearer_auth(key)
        .send()
        .await
        .unwrap();
    assert_eq!(reply.status(), 200, "it answers once it has said so");

    #[cfg(unix)]
    {
        let told = Command::new("kill")
            .arg(program.id().to_string())
            .status()
            .unwrap();
        assert!(told.success());
        assert!(
            program.wait().unwrap().success(),
            "being told to end is no failure"
        );
        let (mut rest, mut log) = (String::new(), String::new());
        out.read_to_string(&mut rest).unwrap();
        program
            .stderr
            .take()
            .unwrap()
            .read_to_string(&mut log)
            .unwrap();
        assert_eq!(rest, "", "one line and no more");
        assert!(!log.contains(key), "the key is not in the log");
        assert!(
            log.contains("/users") && log.contains("200") && !log.contains("not=logged"),
            "a request is logged with its path and status, and without its query: {log}"
        );
    }
    #[cfg(not(unix))]
    program.kill().unwrap();
}
