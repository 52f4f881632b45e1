use crate::fixtures::special;
use crate::{fixture_set, fixtures, open, pdf};
use paraph_pdf::{MAX_FILE_BYTES, PdfError, Priority, Tile};
use secrecy::SecretString;
use std::io::Write;

#[tokio::test]
async fn a_contract_opens_with_all_its_pages() {
    let document = open(&pdf(), fixtures::contract(3)).await;
    let info = document.info();
    assert_eq!(info.pages.len(), 3, "every page is told");
    assert!(info.is_straight(), "a plain contract is straight");
    assert!(!info.signed_before() && !info.has_form && !info.has_xfa && !info.is_encrypted());
    let size = info.pages[0].displayed_size();
    assert_eq!(
        (size.w, size.h),
        fixtures::A4,
        "a page's size is its media box's"
    );
}

#[tokio::test]
async fn what_cannot_be_opened_says_why() {
    let contract = fixtures::contract(2);
    let cases: [(&str, Vec<u8>, Option<&str>, PdfError); 6] = [
        ("an empty file", Vec::new(), None, PdfError::Empty),
        ("a JPEG", fixtures::jpeg(), None, PdfError::NotPdf),
        (
            "text",
            b"Dear Sir or Madam".to_vec(),
            None,
            PdfError::NotPdf,
        ),
        (
            "no pages",
            fixtures::without_pages(),
            None,
            PdfError::NoPages,
        ),
        (
            "a password",
            fixtures::encrypted(&contract, "secret"),
            None,
            PdfError::PasswordNeeded,
        ),
        (
            "another password",
            fixtures::encrypted(&contract, "secret"),
            Some("wrong"),
            PdfError::WrongPassword,
        ),
    ];
    let pdf = pdf();
    for (what, bytes, password, expected) in cases {
        let opened = pdf
            .open_bytes(bytes, password.map(SecretString::from))
            .await;
        assert_eq!(
            opened.err(),
            Some(expected),
            "{what} is refused for what it is"
        );
    }
}

#[tokio::test]
async fn a_damaged_file_is_refused_as_damaged() {
    let opened = pdf()
        .open_bytes(&b"%PDF-1.7\nnothing of a document follows"[..], None)
        .await;
    let error = opened.err();
    assert!(
        matches!(error, Some(PdfError::Damaged { .. })),
        "got {error:?}"
    );
}

#[tokio::test]
async fn a_file_cut_short_keeps_the_pages_that_are_there() {
    let contract = fixtures::contract(3);
    let cut = contract[..contract.len() / 2].to_vec();
    match pdf().open_bytes(cut, None).await {
        Ok(document) => assert!(document.info().pages.len() <= 3, "no page is invented"),
        Err(error) => {
            let told = matches!(error, PdfError::Damaged { .. } | PdfError::NoPages);
            assert!(told, "a cut file is damaged or has no pages, not {error:?}");
        }
    }
}

#[tokio::test]
async fn a_page_that_is_not_there_leaves_the_others() {
    let pdf = pdf();
    let contract = fixtures::contract(3);
    let whole = open(&pdf, contract.clone()).await;
    assert!(whole.info().unreadable.is_empty(), "nothing is missing");
    let tile = |page| Tile {
        page,
        scale: 0.2,
        region: None,
    };
    for missing in 0..3 {
        let document = open(&pdf, special::without_page(&contract, missing as usize)).await;
        let info = document.info();
        assert_eq!(info.unreadable, [missing], "the page is named");
        assert_eq!(
            info.pages,
            whole.info().pages,
            "as large as those beside it"
        );
        for page in 0..3 {
            let drawn = document.tile(tile(page), Priority::Visible).await;
            let text = document.text(page).await;
            if page == missing {
                for error in [drawn.err(), text.err()] {
                    let is_said = matches!(error, Some(PdfError::Damaged { .. }));
                    assert!(is_said, "page {page}: {error:?}");
                }
            } else {
                assert!(drawn.is_ok() && text.is_ok(), "page {page}: {drawn:?}");
            }
        }
        let protected = fixtures::encrypted(&special::without_page(&contract, 1), "");
        let plain = open(&pdf, protected).await.without_protection().await;
        let plain = open(&pdf, plain.expect("its protection comes off")).await;
        assert_eq!(plain.info().unreadable, [1], "it stays what it was");
    }
}

#[tokio::test]
async fn a_document_of_pages_that_are_not_there_is_damaged() {
    let pdf = pdf();
    let contract = fixtures::contract(1);
    for (what, bytes) in [
        ("its only page", special::without_page(&contract, 0)),
        ("a million pages", special::counting(&contract, 1_000_000)),
    ] {
        let opened = pdf.open_bytes(bytes, None).await.err();
        assert!(
            matches!(opened, Some(PdfError::Damaged { .. })),
            "{what}: {opened:?}"
        );
    }
}

#[tokio::test]
async fn the_right_password_opens() {
    let pdf = pdf();
    for (password, given) in [("secret", Some("secret")), ("", None)] {
        let bytes = fixtures::encrypted(&fixtures::contract(2), password);
        let document = pdf
            .open_bytes(bytes, given.map(SecretString::from))
            .await
            .expect("the password is right");
        assert!(
            document.info().is_encrypted(),
            "an encrypted file is known as one"
        );
        assert_eq!(document.info().pages.len(), 2);
    }
}

#[tokio::test]
async fn a_password_of_any_letters_is_only_wrong() {
    let pdf = pdf();
    let worker = pdf.worker_pids();
    for password in [
        "secret\0",
        "\0",
        "s\u{e9}cret",
        "\u{10ffff}",
        &"x".repeat(5000),
    ] {
        let bytes = fixtures::encrypted(&fixtures::contract(1), "secret");
        let given = Some(SecretString::from(password));
        let opened = pdf.open_bytes(bytes, given).await;
        assert_eq!(opened.err(), Some(PdfError::WrongPassword), "{password:?}");
    }
    assert!(
        worker.is_empty() || pdf.worker_pids() == worker,
        "no worker was lost for it"
    );
}

#[tokio::test]
async fn a_file_too_large_is_refused_by_its_size() {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(b"%PDF-1.7\n").expect("it can be written");
    file.as_file()
        .set_len(MAX_FILE_BYTES + 1)
        .expect("a sparse file");
    let opened = pdf()
        .open(file.reopen().expect("it can be read"), None)
        .await;
    // `reopen` is for reading and writing; the size is looked at first.
    assert!(opened.is_err(), "a file over the limit is not opened");
}

#[tokio::test]
async fn files_are_handed_over_open_for_reading_only() {
    let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
    file.write_all(&fixtures::contract(1))
        .expect("it can be written");
    let writable = std::fs::OpenOptions::new()
        .read(true)
        .write(true)
        .open(file.path());
    let refused = pdf().open(writable.expect("it opens"), None).await;
    if cfg!(unix) {
        assert!(
            refused.is_err(),
            "a worker never gets a file that it could write"
        );
    }
    let reading = std::fs::File::open(file.path()).expect("it opens");
    std::fs::remove_file(file.path()).expect("it can be removed");
    let document = pdf()
        .open(reading, None)
        .await
        .expect("an open file needs no path");
    assert_eq!(document.info().pages.len(), 1);
}

#[tokio::test]
async fn forms_and_cross_reference_streams_are_understood() {
    let form = fixtures::with_text_field(&fixtures::contract(1), [72.0, 72.0, 172.0, 92.0]);
    let document = open(&pdf(), form).await;
    assert!(document.info().has_form, "a form field makes a form");
    let packed = fixtures::with_xref_stream(&fixtures::contract(4));
    assert_eq!(open(&pdf(), packed).await.info().pages.len(), 4);
}

/// Every fixture there is opens or says why not, and whatever is asked of it then has an answer.
#[tokio::test]
async fn no_fixture_ends_a_worker_or_keeps_it() {
    let pdf = pdf();
    open(&pdf, fixtures::contract(1)).await;
    let workers = pdf.worker_pids();
    for fixture in fixture_set::all() {
        let about = format!("{} ({})", fixture.name, fixture.exercises);
        let answered = |job: &str, error: Option<PdfError>| {
            let bad = [PdfError::WorkerDied, PdfError::TimedOut { seconds: 20 }];
            let is_bad = error.is_some_and(|error| bad.contains(&error));
            assert!(!is_bad, "{about}: {job} ended the worker");
        };
        let document = match pdf.open_bytes(fixture.bytes, None).await {
            Ok(document) => document,
            Err(error) => {
                answered("opening", Some(error));
                continue;
            }
        };
        let size = document.info().pages[0].displayed_size();
        let tile = Tile {
            page: 0,
            scale: (200.0 / size.w.max(size.h)) as f32,
            region: None,
        };
        answered(
            "drawing",
            document.tile(tile, Priority::Visible).await.err(),
        );
        answered("reading", document.text(0).await.err());
        answered("looking for fields", document.find_marks().await.err());
        let straight = document.straighten().await;
        if document.info().signed_before() {
            assert_eq!(straight.err(), Some(PdfError::AlreadySigned), "{about}");
        } else {
            answered("straightening", straight.err());
        }
    }
    assert_eq!(pdf.worker_pids(), workers, "it is still the same worker");
}

/// A generator of our own, so that a failure can be repeated from its number.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

fn damage(bytes: &mut Vec<u8>, numbers: &mut Numbers) {
    let inserted: [&[u8]; 6] = [
        b"99999999999",
        b"-1",
        b"<<",
        b"[",
        b" 0 R",
        b"/Parent 1 0 R",
    ];
    for _ in 0..=numbers.below(6) {
        let at = numbers.below(bytes.len());
        match numbers.below(5) {
            0 => bytes[at] = numbers.below(256) as u8,
            1 => bytes.truncate(at.max(50)),
            2 => drop(bytes.drain(at..(at + 30).min(bytes.len() - 1))),
            3 => drop(bytes.splice(at..at, inserted[numbers.below(6)].iter().copied())),
            _ => {
                let digit = bytes[at..].iter().position(u8::is_ascii_digit);
                digit
                    .into_iter()
                    .for_each(|it| bytes[at + it] = b'0' + numbers.below(10) as u8);
            }
        }
    }
}

#[tokio::test]
async fn no_damage_ends_a_worker() {
    let pdf = pdf();
    let contract = fixtures::contract(1);
    let form = fixtures::with_text_field(&contract, [72.0, 72.0, 172.0, 92.0]);
    let sources = [fixtures::with_xref_stream(&form), form, contract];
    let worker = pdf
        .open_bytes(sources[0].clone(), None)
        .await
        .map(|_| pdf.worker_pids());
    let mut opened = 0;
    for seed in 1..=150 {
        let mut numbers = Numbers(seed);
        let mut bytes = sources[numbers.below(3)].clone();
        damage(&mut bytes, &mut numbers);
        let Ok(document) = pdf.open_bytes(bytes, None).await else {
            continue;
        };
        opened += 1;
        let tile = Tile {
            page: 0,
            scale: 0.2,
            region: None,
        };
        let _ = document.tile(tile, Priority::Visible).await;
        let _ = document.text(0).await;
        let _ = document.find_marks().await;
        let _ = document.straighten().await;
        if let Ok(stamped) = document.stamp_pages("x").await {
            let again = pdf.open_bytes(stamped, None).await;
            let pages = again.map(|it| it.info().pages.len());
            assert_eq!(
                pages,
                Ok(document.info().pages.len()),
                "damage {seed}: pages are kept"
            );
        }
    }
    assert!(opened > 30, "some of the damaged files open: {opened}");
    assert_eq!(
        worker,
        Ok(pdf.worker_pids()),
        "the first worker did all of it"
    );
}
