//! What is in a file, for scripts: no account, no data folder, no password among the arguments.

use crate::fixtures::protection::{Protection, protected, read_only};
use crate::fixtures::{self, special};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;
use tokio::io::AsyncWriteExt;
use tokio::process::Command;

struct Machine(TempDir);

impl Machine {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn data(&self) -> PathBuf {
        self.0.path().join("data")
    }

    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.0.path().join(name);
        std::fs::write(&path, bytes).expect("a file");
        path
    }

    /// The exit code and what was said on standard output and standard error.
    async fn run(
        &self,
        language: &str,
        more: &[&str],
        file: &Path,
        input: &str,
    ) -> (i32, String, String) {
        let mut child = Command::new(env!("CARGO_BIN_EXE_paraph-cli"))
            .arg("inspect")
            .arg(file)
            .args(more)
            .env_remove("LC_ALL")
            .env("LANG", language)
            .env("PARAPH_DATA_DIR", self.data())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the command line runs");
        let mut stdin = child.stdin.take().expect("its input");
        // Who asks for no password does not read it.
        let _ = stdin.write_all(input.as_bytes()).await;
        drop(stdin);
        let output = child.wait_with_output().await.expect("it ends");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        let code = output.status.code().expect("a code");
        (code, text(&output.stdout), text(&output.stderr))
    }

    async fn json(&self, code: i32, more: &[&str], file: &Path, input: &str) -> Value {
        let more: Vec<_> = more.iter().copied().chain(["--json"]).collect();
        let (ended, said, noted) = self.run("en_GB.UTF-8", &more, file, input).await;
        assert_eq!(ended, code, "{said}{noted}");
        serde_json::from_str(&said).unwrap_or_else(|error| panic!("{error}: {said}{noted}"))
    }
}

#[tokio::test]
async fn a_script_reads_all_of_it_under_names_that_stay() {
    let machine = Machine::new();
    let form = special::with_fields_of_each_kind(&fixtures::contract(2));
    let file = machine.file("form.pdf", &special::with_attachments(&form, &["a.xml"]));
    let told = machine.json(0, &[], &file, "").await;
    let size = std::fs::metadata(&file).expect("a file").len();
    let page = json!({
        "width": 595.0, "height": 842.0, "visible_box": [0.0, 0.0, 595.0, 842.0],
        "rotation": 0, "user_unit": 1.0,
    });
    let expected = json!({
        "bytes": size,
        "pages": [page, page],
        "unreadable_pages": [],
        "straight": true,
        "encryption": null,
        "signatures": 0,
        "contents": {
            "version": "1.7",
            "repaired": false,
            "signature_fields": [{
                "name": "client", "signed": false,
                "place": { "page": 2, "x": 100.0, "y": 702.0, "w": 150.0, "h": 40.0 },
            }],
            "certification": null,
            "form_fields": {
                "text": 2, "check_boxes": 1, "radio_groups": 1, "push_buttons": 1,
                "choices": 1, "signatures": 1,
            },
            "xfa": null,
            "page_contents": { "text": 2, "pictures": 0, "neither": 0 },
            "scan": false,
            "fonts_not_embedded": ["Helvetica"],
            "attachments": ["a.xml"],
            "portfolio": false,
            "javascript": false,
            "launch_actions": false,
            "media": false,
        },
    });
    assert_eq!(told, expected);
    assert!(
        !machine.data().exists(),
        "nothing of Paraph's own is touched"
    );
}

#[tokio::test]
async fn a_password_comes_on_standard_input() {
    let machine = Machine::new();
    let how = Protection {
        user: "réader s",
        rights: read_only(),
        ..Protection::default()
    };
    let file = machine.file("locked.pdf", &protected(&fixtures::contract(1), &how));
    let code = |told: &Value| told["error"]["code"].clone();
    assert_eq!(
        code(&machine.json(3, &[], &file, "").await),
        "password_needed"
    );
    let ask = ["--password-stdin"];
    assert_eq!(
        code(&machine.json(3, &ask, &file, "wrong\n").await),
        "wrong_password"
    );
    assert_eq!(
        code(&machine.json(2, &ask, &file, "\n").await),
        "no_password"
    );
    for (input, opened_with, permits) in [
        ("réader s\n", "user_password", false),
        ("réader s", "user_password", false),
        ("owner\r\n", "owner_password", true),
    ] {
        let told = machine.json(0, &ask, &file, input).await;
        let expected = json!({
            "cipher": "aes", "key_bits": 256, "revision": 6,
            "opened_with": opened_with,
            "rights": {
                "print": true, "change": false, "copy": true, "annotate": false,
                "fill_forms": true, "assemble": true,
            },
            "permits_signing": permits,
        });
        assert_eq!(told["encryption"], expected, "{input:?}");
    }
}

#[tokio::test]
async fn people_read_sentences_in_their_language() {
    let machine = Machine::new();
    let how = Protection {
        rights: read_only(),
        ..Protection::default()
    };
    let contract = special::with_script(&special::with_fields_of_each_kind(&fixtures::contract(2)));
    let file = machine.file("lease.pdf", &protected(&contract, &how));
    let (code, said, noted) = machine.run("en_GB.UTF-8", &[], &file, "").await;
    assert_eq!(code, 0, "{noted}");
    for line in [
        "page 2: 595 x 842 pt",
        "Encrypted: AES-256, revision 6, opened without a password",
        "Its author does not permit: changes, annotations",
        "empty signature field “client”, page 2, 100 / 702, 150 x 40 pt",
        "Fonts that are not in the file: Helvetica",
        "It contains scripts",
    ] {
        assert!(said.contains(line), "{line}: {said}");
    }
    let (_, said, _) = machine.run("fr_FR.UTF-8", &[], &file, "").await;
    assert!(
        said.contains("Son auteur n’autorise pas\u{a0}: les modifications"),
        "{said}"
    );

    for (name, bytes, word) in [
        ("photo.pdf", fixtures::jpeg(), "It is not a PDF"),
        ("empty.pdf", Vec::new(), "The file is empty"),
    ] {
        let file = machine.file(name, &bytes);
        let (code, _, noted) = machine.run("en_GB.UTF-8", &[], &file, "").await;
        assert_eq!(code, 3);
        assert!(noted.contains(name) && noted.contains(word), "{noted}");
    }
    for (path, word) in [
        (
            machine.0.path().join("missing.pdf"),
            "The file is not there",
        ),
        (machine.0.path().to_owned(), "It is a folder or a device"),
    ] {
        let (code, _, noted) = machine.run("en_GB.UTF-8", &[], &path, "").await;
        assert_eq!(code, 3);
        assert!(noted.contains(word), "{noted}");
    }
}
