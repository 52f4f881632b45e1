//! Files with passwords and rights become documents that need neither, or wait.

use crate::desk::Desk;
use paraph_domain::draft::{Caution, Document};
use paraph_domain::ids::DraftId;
use paraph_engine::{Import, Lock, LockedFile, Right, Unlocking};
use paraph_tests::fixtures;
use paraph_tests::fixtures::protection::{Protection, SCHEMES, protected, read_only};
use std::path::Path;

const PASSWORD: &str = "a-password-nobody-else-has";

async fn import(desk: &Desk, name: &str, how: &Protection<'_>) -> Import {
    let file = desk.file(name, &protected(&fixtures::contract(2), how));
    let import = desk.engine.import(None, &[file]).await;
    import.expect("an import")
}

fn waiting(mut import: Import, lock: &Lock) -> LockedFile {
    assert_eq!(import.draft, None, "nothing was taken: {import:?}");
    assert!(import.refused.is_empty(), "{import:?}");
    let file = import.locked.pop().expect("a file that waits");
    assert_eq!(&file.lock, lock);
    file
}

async fn unlock(desk: &Desk, file: &LockedFile, password: &str) -> Unlocking {
    let unlocking = desk.engine.unlock(None, file, password.into()).await;
    unlocking.expect("an answer")
}

/// The only document of a draft, which opens without a password and can be changed.
async fn plain_document(desk: &Desk, draft: Option<DraftId>) -> Document {
    let draft = draft.expect("it was taken");
    let draft = desk.engine.draft(&draft).await.expect("the draft").draft;
    let document = draft.documents.into_iter().next().expect("a document");
    assert_eq!(document.pages.len(), 2);
    let blob = desk.blob(&document.pages[0].blob);
    assert_eq!(blob.len(), document.bytes as usize);
    let opened = desk.pdf.open_bytes(blob, None).await;
    let opened = opened.expect("without a password");
    assert!(!opened.info().is_encrypted(), "providers get it plain");
    document
}

fn done(unlocking: Unlocking) -> Option<DraftId> {
    match unlocking {
        Unlocking::Done(import) => import.draft,
        other => panic!("it was not taken: {other:?}"),
    }
}

#[tokio::test]
async fn a_file_with_a_password_waits_for_it_and_leaves_no_trace_of_it() {
    let mut desk = Desk::without_account().await;
    for scheme in SCHEMES {
        let how = Protection {
            scheme,
            user: PASSWORD,
            ..Protection::default()
        };
        let file = waiting(import(&desk, "Lease.pdf", &how).await, &Lock::Password);
        let wrong = unlock(&desk, &file, "wrong").await;
        assert!(matches!(wrong, Unlocking::WrongPassword), "{wrong:?}");
        let none = unlock(&desk, &file, "").await;
        assert!(matches!(none, Unlocking::WrongPassword), "{none:?}");
        let draft = done(unlock(&desk, &file, PASSWORD).await);
        let document = plain_document(&desk, draft).await;
        assert_eq!(document.name, "Lease", "{scheme:?}");
        assert_eq!(
            document.cautions,
            [Caution::Unprotected],
            "it is said that the copy is not protected"
        );
        assert!(!document.signed_before);
    }
    let on_disk = std::fs::read(desk.folder().join("Lease.pdf")).expect("the original");
    assert!(
        desk.pdf.open_bytes(on_disk, None).await.is_err(),
        "the original is as it was"
    );
    desk.close().await;
    assert_nowhere(desk.folder(), PASSWORD.as_bytes());
}

fn assert_nowhere(folder: &Path, secret: &[u8]) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            assert_nowhere(&path, secret);
        } else if path.is_file() {
            let bytes = std::fs::read(&path).expect("a file");
            let found = bytes.windows(secret.len()).any(|part| part == secret);
            assert!(!found, "the password is in {}", path.display());
        }
    }
}

#[tokio::test]
async fn what_opens_for_everybody_is_taken_without_asking_if_it_may_be_changed() {
    let desk = Desk::without_account().await;
    for scheme in SCHEMES {
        let how = Protection {
            scheme,
            // Nothing that signing needs.
            rights: lopdf::Permissions::all() - lopdf::Permissions::PRINTABLE,
            ..Protection::default()
        };
        let import = import(&desk, "Lease.pdf", &how).await;
        assert!(import.locked.is_empty(), "{scheme:?}: {import:?}");
        plain_document(&desk, import.draft).await;
    }
}

#[tokio::test]
async fn what_may_not_be_changed_waits_for_its_owner() {
    let desk = Desk::without_account().await;
    let rights = Lock::Rights {
        forbidden: vec![Right::Change, Right::Annotate],
    };
    for scheme in [SCHEMES[1], SCHEMES[2], SCHEMES[4]] {
        let how = Protection {
            scheme,
            rights: read_only(),
            ..Protection::default()
        };
        let file = waiting(import(&desk, "Lease.pdf", &how).await, &rights);
        for wrong in ["wrong", ""] {
            let answer = unlock(&desk, &file, wrong).await;
            assert!(matches!(answer, Unlocking::WrongPassword), "{answer:?}");
        }
        plain_document(&desk, done(unlock(&desk, &file, "owner").await)).await;

        let how = Protection {
            user: "reader",
            ..how
        };
        let file = waiting(import(&desk, "Lease.pdf", &how).await, &Lock::Password);
        let Unlocking::NotTheOwners(file) = unlock(&desk, &file, "reader").await else {
            panic!("a reader's password does not give an owner's rights");
        };
        assert_eq!(file.lock, rights);
        let again = unlock(&desk, &file, "reader").await;
        assert!(matches!(again, Unlocking::WrongPassword), "{again:?}");
        plain_document(&desk, done(unlock(&desk, &file, "owner").await)).await;
    }
}

#[tokio::test]
async fn a_locked_file_does_not_hold_up_the_others_and_joins_their_draft() {
    let desk = Desk::without_account().await;
    let locked = fixtures::encrypted(&fixtures::contract(2), "secret");
    let files = [
        desk.file("Locked.pdf", &locked),
        desk.file("Lease.pdf", &fixtures::contract(1)),
    ];
    let import = desk.engine.import(None, &files).await.expect("an import");
    let draft = import.draft.expect("the other one makes a draft");
    let into = Some(draft.clone());
    let unlocking = desk.engine.unlock(into, &import.locked[0], "secret".into());
    assert_eq!(
        done(unlocking.await.expect("an answer")),
        Some(draft.clone())
    );
    let draft = desk.engine.draft(&draft).await.expect("the draft").draft;
    let names: Vec<_> = draft.documents.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Lease", "Locked"]);
}
