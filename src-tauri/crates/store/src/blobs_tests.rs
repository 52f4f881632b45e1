use super::*;

/// What happens to the file between the moment when it is opened and the one when it has been read.
type Meddling = fn(&Path);

#[test]
fn a_file_that_changes_while_it_is_copied_is_refused() {
    let cases: [(&str, Meddling, bool); 5] = [
        ("left alone", |_| {}, true),
        (
            "appended to",
            |path| {
                let mut file = File::options().append(true).open(path).unwrap();
                file.write_all(b" and more").unwrap();
            },
            false,
        ),
        (
            "cut",
            |path| {
                File::options()
                    .write(true)
                    .open(path)
                    .unwrap()
                    .set_len(3)
                    .unwrap()
            },
            false,
        ),
        (
            "replaced",
            |path| {
                let other = path.with_extension("other");
                fs::write(&other, "something else").unwrap();
                fs::rename(&other, path).unwrap();
            },
            false,
        ),
        (
            "written again with the same length",
            |path| {
                fs::write(path, "CONTRACT").unwrap();
                let later = fs::metadata(path).unwrap().modified().unwrap()
                    + std::time::Duration::from_secs(1);
                File::options()
                    .write(true)
                    .open(path)
                    .unwrap()
                    .set_modified(later)
                    .unwrap();
            },
            false,
        ),
    ];
    for (what, meddle, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(&folder.path().join("blobs")).unwrap();
        let source = folder.path().join("contract.pdf");
        fs::write(&source, "contract").unwrap();
        let file = File::open(&source).unwrap();
        let before = file.metadata().unwrap();
        let stored = blobs.put_open_file(file, &before, || {
            meddle(&source);
            fs::metadata(&source)
        });
        if expected {
            assert_eq!(stored.unwrap().1, 8, "{what}");
        } else {
            assert!(
                matches!(stored, Err(Error::SourceChanged)),
                "{what}: {stored:?}"
            );
            let left = fs::read_dir(folder.path().join("blobs")).unwrap().count();
            assert_eq!(left, 0, "{what}: nothing of it is kept");
        }
    }
}

#[test]
fn a_file_that_is_deleted_while_it_is_copied_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(&folder.path().join("blobs")).unwrap();
    let source = folder.path().join("contract.pdf");
    fs::write(&source, "contract").unwrap();
    let (file, before) = open_source(&source).unwrap();
    let stored = blobs.put_open_file(file, &before, || {
        fs::remove_file(&source).unwrap();
        fs::metadata(&source)
    });
    let Err(Error::Source(error)) = stored else {
        panic!("{stored:?}");
    };
    assert_eq!(error.kind(), io::ErrorKind::NotFound);
}

#[test]
fn a_copy_that_nobody_waits_for_any_more_ends_and_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(&folder.path().join("blobs")).unwrap();
    let source = folder.path().join("contract.pdf");
    fs::write(&source, "contract").unwrap();
    let (file, before) = open_source(&source).unwrap();
    let waiting = Arc::new(());
    let waited_for = Arc::downgrade(&waiting);
    let mut reading = WhileWaitedFor { file, waited_for };
    assert_eq!(reading.read(&mut [0; 3]).unwrap(), 3, "somebody waits");
    drop(waiting);
    let stored = blobs.put_open_file(reading, &before, || fs::metadata(&source));
    assert!(matches!(stored, Err(Error::Source(_))), "{stored:?}");
    let left = fs::read_dir(folder.path().join("blobs")).unwrap().count();
    assert_eq!(left, 0);
}

#[tokio::test]
async fn dropping_the_future_ends_the_copying() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(&folder.path().join("blobs")).unwrap();
    let source = folder.path().join("large.pdf");
    // Sparse, and long to copy all the same.
    File::create(&source).unwrap().set_len(4 << 30).unwrap();
    let moment = std::time::Duration::from_millis(50);
    let copied = tokio::time::timeout(moment, blobs.put_file(&source)).await;
    assert!(copied.is_err(), "4 GB take longer");
    loop {
        let left: Vec<_> = fs::read_dir(folder.path().join("blobs")).unwrap().collect();
        if left.is_empty() {
            break;
        }
        let kept = left.into_iter().any(|it| it.unwrap().path().is_dir());
        assert!(!kept, "it was copied to its end");
        tokio::time::sleep(moment).await;
    }
}

#[test]
fn bytes_that_grew_after_the_first_look_are_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let blobs = Blobs::open(&folder.path().join("blobs")).unwrap();
    let source = folder.path().join("contract.pdf");
    fs::write(&source, "contract").unwrap();
    let before = fs::metadata(&source).unwrap();
    // Between the look and the copy somebody writes, and the clock of the file system is coarse.
    fs::write(&source, "contract, and more").unwrap();
    let file = File::open(&source).unwrap();
    let stored = blobs.put_open_file(file, &before, || Ok(before.clone()));
    assert!(matches!(stored, Err(Error::SourceChanged)), "{stored:?}");
}
