//! Files become documents, or are refused by name.

use crate::desk::Desk;
use paraph_domain::checks::Problem;
use paraph_domain::draft::Caution;
use paraph_engine::{PictureAddress, RefusedWhy};
use paraph_tests::fixtures::{self, special};
use std::path::PathBuf;
use std::time::Duration;

#[tokio::test]
async fn bad_files_are_refused_by_name_and_good_ones_are_kept() {
    let desk = Desk::without_account().await;
    let contract = fixtures::contract(2);
    let cases: [(&str, Vec<u8>, Option<RefusedWhy>); 9] = [
        ("first.pdf", contract.clone(), None),
        ("picture.pdf", fixtures::jpeg(), Some(RefusedWhy::NotPdf)),
        ("empty.pdf", Vec::new(), Some(RefusedWhy::Empty)),
        (
            "cut.pdf",
            contract[..contract.len() / 10].to_vec(),
            Some(RefusedWhy::Damaged),
        ),
        (
            "certified.pdf",
            fixtures::certified(&contract, 1),
            Some(RefusedWhy::Protected),
        ),
        (
            "signed and encrypted.pdf",
            fixtures::encrypted(&fixtures::certified(&contract, 2), ""),
            Some(RefusedWhy::SignedAndEncrypted),
        ),
        (
            "form.pdf",
            special::with_xfa(&contract, true),
            Some(RefusedWhy::DynamicForm),
        ),
        (
            "pageless.pdf",
            fixtures::without_pages(),
            Some(RefusedWhy::NoPages),
        ),
        ("last.pdf", fixtures::contract(1), None),
    ];
    let mut files: Vec<_> = cases
        .iter()
        .map(|(name, bytes, _)| desk.file(name, bytes))
        .collect();
    files.push(desk.archive().join("missing.pdf"));

    let import = desk.engine.import(None, &files).await.expect("an import");
    let mut expected: Vec<(String, RefusedWhy)> = cases
        .iter()
        .filter_map(|(name, _, why)| Some(((*name).to_owned(), why.clone()?)))
        .collect();
    expected.push(("missing.pdf".to_owned(), RefusedWhy::Missing));
    let refused: Vec<_> = import
        .refused
        .iter()
        .map(|refused| (refused.name.clone(), refused.why.clone()))
        .collect();
    assert_eq!(refused, expected, "each is refused for its own reason");

    let draft = import.draft.expect("the good ones make a draft");
    let draft = desk.engine.draft(&draft).await.expect("the draft").draft;
    let kept: Vec<_> = draft
        .documents
        .iter()
        .map(|document| (document.name.as_str(), document.pages.len()))
        .collect();
    assert_eq!(kept, [("first", 2), ("last", 1)], "in their order");

    let none = desk.engine.import(None, &files[1..3]).await.expect("one");
    assert_eq!(none.draft, None, "without a good file there is no draft");
}

#[tokio::test]
async fn a_page_that_cannot_be_read_is_named_and_nothing_is_sent() {
    let desk = Desk::without_account().await;
    let contract = special::without_page(&fixtures::contract(3), 1);
    let file = desk.file("Lease.pdf", &contract);
    let import = desk.engine.import(None, &[file]).await.expect("an import");
    let draft = import.draft.expect("its other pages can be read");
    let look = desk.engine.draft(&draft).await.expect("the draft");
    let document = &look.draft.documents[0];
    let unreadable: Vec<bool> = document.pages.iter().map(|page| page.unreadable).collect();
    assert_eq!(unreadable, [false, true, false]);
    let expected = Problem::PagesUnreadable {
        document: document.id.clone(),
        page: document.pages[1].id.clone(),
        number: 2,
        count: 1,
    };
    assert!(
        look.problems.contains(&expected) && expected.blocks(),
        "{:?}",
        look.problems
    );
    for (page, is_shown) in document.pages.iter().zip([true, false, true]) {
        let address = format!("/{}/{}/300", page.blob, page.index);
        let address = PictureAddress::parse(&address).expect("an address");
        let picture = desk.engine.picture(address).await;
        assert_eq!(picture.is_ok(), is_shown, "page {}", page.index + 1);
    }
}

/// Far less than copying it would take.
const MOMENT: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_file_of_900_mb_is_refused_without_being_copied() {
    let desk = Desk::without_account().await;
    let path = desk.file("film.pdf", b"%PDF-1.7\n");
    let file = std::fs::File::options().write(true).open(&path);
    // Sparse: it takes no room on the disk, and its copy would.
    file.and_then(|file| file.set_len(900 * 1024 * 1024))
        .expect("a large file");
    let import = tokio::time::timeout(MOMENT, desk.engine.import(None, &[path])).await;
    let import = import.expect("within a moment").expect("an import");
    let why = &import.refused[0].why;
    let limit = paraph_pdf::MAX_FILE_BYTES;
    assert_eq!(
        why,
        &RefusedWhy::TooLarge { limit },
        "also without an account"
    );
    assert_eq!(desk.blobs(), 0, "nothing of it is kept");
}

#[tokio::test]
async fn what_is_cancelled_while_it_is_copied_leaves_the_draft_as_it_was() {
    let desk = Desk::without_account().await;
    let first = desk.file("first.pdf", &fixtures::contract(1));
    let import = desk.engine.import(None, &[first]).await.expect("an import");
    let draft = import.draft.expect("a draft");
    let before = desk.engine.draft(&draft).await.expect("the draft").draft;
    let large = desk.file("large.pdf", b"%PDF-1.7\n");
    let file = std::fs::File::options().write(true).open(&large);
    file.and_then(|file| file.set_len(paraph_pdf::MAX_FILE_BYTES))
        .expect("a large file");
    let files = [desk.file("second.pdf", &fixtures::contract(2)), large];
    for moments in [0, 20] {
        let cancelled = tokio::time::sleep(Duration::from_millis(moments));
        let import = desk
            .engine
            .import_unless(cancelled, Some(draft.clone()), &files)
            .await;
        assert!(import.expect("no failure").is_none(), "nothing to tell");
        let after = desk.engine.draft(&draft).await.expect("the draft").draft;
        assert_eq!(after, before, "not even the file that was copied already");
    }
    let never = std::future::pending();
    let import = desk.engine.import_unless(never, Some(draft), &files[..1]);
    let import = import.await.expect("an import").expect("not cancelled");
    assert!(import.refused.is_empty());
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn folders_pipes_devices_and_forbidden_files_are_told_apart() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::without_account().await;
    let folder = desk.file("x", b"").with_file_name("folder.pdf");
    std::fs::create_dir(&folder).expect("a folder");
    let pipe = folder.with_file_name("pipe.pdf");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.expect("mkfifo").success());
    let files = [folder, pipe, PathBuf::from("/dev/zero")];
    let import = tokio::time::timeout(MOMENT, desk.engine.import(None, &files)).await;
    let import = import
        .expect("nobody waits for a writer")
        .expect("an import");
    for refused in &import.refused {
        assert_eq!(refused.why, RefusedWhy::NotAFile, "{}", refused.name);
    }
    assert_eq!(import.refused.len(), 3);

    let secret = desk.file("secret.pdf", &fixtures::contract(1));
    let forbidden = std::fs::Permissions::from_mode(0o000);
    std::fs::set_permissions(&secret, forbidden).expect("permissions");
    // The superuser may read everything.
    if std::fs::File::open(&secret).is_err() {
        let import = desk
            .engine
            .import(None, &[secret])
            .await
            .expect("an import");
        assert_eq!(import.refused[0].why, RefusedWhy::Unreadable);
    }
}

#[tokio::test]
async fn what_may_look_different_elsewhere_is_on_the_checklist() {
    let desk = Desk::without_account().await;
    let contract = fixtures::contract(1);
    let cases = [
        ("plain.pdf", contract.clone(), vec![]),
        (
            "script.pdf",
            special::with_script(&contract),
            vec![Caution::Scripts],
        ),
        (
            "launch.pdf",
            special::with_launch_action(&contract),
            vec![Caution::Scripts],
        ),
        (
            "scene.pdf",
            special::with_3d_scene(&contract),
            vec![Caution::Media],
        ),
        (
            "collection.pdf",
            special::portfolio(&contract),
            vec![Caution::Portfolio],
        ),
        (
            "form.pdf",
            special::with_xfa(&contract, false),
            vec![Caution::Xfa],
        ),
    ];
    for (name, bytes, expected) in cases {
        let file = desk.file(name, &bytes);
        let import = desk.engine.import(None, &[file]).await.expect("an import");
        let draft = import.draft.expect("it is taken");
        let look = desk.engine.draft(&draft).await.expect("the draft");
        let told: Vec<Caution> = look
            .problems
            .iter()
            .filter_map(|problem| match problem {
                Problem::MayLookDifferent { caution, .. } => Some(*caution),
                _ => None,
            })
            .collect();
        assert_eq!(told, expected, "{name}");
    }
}
