//! Puts a file into a folder so that it is there whole or not at all.

use crate::error::Error;
use bytes::Bytes;
use sha2::{Digest, Sha256};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// A file that lies in its folder.
pub(super) struct Filed {
    pub path: String,
    /// Lower-case hexadecimal.
    pub sha256: String,
    pub bytes: u64,
}

/// More copies of one name than this are not tried.
const MOST_COPIES: u32 = 10_000;

/// Writes `bytes` into `folder` under the first of `name(1)`, `name(2)`... that is free. The same
/// bytes under such a name are taken as filed already.
///
/// # Errors
/// [`Error::Folder`].
pub(super) async fn file_beside(
    folder: &Path,
    bytes: Bytes,
    name: impl Fn(u32) -> String,
) -> Result<Filed, Error> {
    let names: Vec<String> = (1..=32).map(&name).collect();
    let more = (33..MOST_COPIES).map(&name).collect::<Vec<_>>();
    let folder = folder.to_owned();
    let shown = folder.display().to_string();
    let failed = |source| Error::Folder {
        folder: shown.clone(),
        source,
    };
    tokio::task::spawn_blocking(move || write_whole(&folder, &bytes, names.into_iter().chain(more)))
        .await
        .map_err(|error| failed(io::Error::other(error)))?
        .map_err(failed)
}

fn write_whole(
    folder: &Path,
    bytes: &[u8],
    names: impl Iterator<Item = String>,
) -> io::Result<Filed> {
    fs::create_dir_all(folder)?;
    let sha256 = format!("{:x}", Sha256::digest(bytes));
    let unfinished = folder.join(format!(
        ".{}.paraph-part",
        sha256.get(..16).unwrap_or(&sha256)
    ));
    {
        let mut file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(true)
            .open(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    let placed = place(folder, &unfinished, bytes, &sha256, names);
    // After a link this is a second name of the same file; after a failure it is waste.
    let _ = fs::remove_file(&unfinished);
    let path = placed?;
    sync_folder(folder)?;
    Ok(Filed {
        path: path.display().to_string(),
        sha256,
        bytes: bytes.len() as u64,
    })
}

fn place(
    folder: &Path,
    unfinished: &Path,
    bytes: &[u8],
    sha256: &str,
    names: impl Iterator<Item = String>,
) -> io::Result<PathBuf> {
    for name in names {
        let target = folder.join(name);
        match claim(unfinished, &target) {
            Ok(()) => return Ok(target),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                if is_same(&target, bytes, sha256) {
                    return Ok(target);
                }
            }
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

/// Gives the file its name unless something has it. A hard link does both at once; where the file
/// system has none, the name is taken first and then replaced.
fn claim(unfinished: &Path, target: &Path) -> io::Result<()> {
    match fs::hard_link(unfinished, target) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Err(error),
        Err(_) => {
            File::create_new(target)?;
            // The empty file that only held the name must not look like a result.
            fs::rename(unfinished, target).inspect_err(|_| drop(fs::remove_file(target)))
        }
    }
}

fn is_same(path: &Path, bytes: &[u8], sha256: &str) -> bool {
    let same_length = fs::metadata(path).is_ok_and(|metadata| metadata.len() == bytes.len() as u64);
    same_length
        && fs::read(path).is_ok_and(|found| format!("{:x}", Sha256::digest(found)) == sha256)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Windows keeps directory entries itself and cannot open a folder as a file.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(copy: u32) -> String {
        if copy == 1 {
            "Lease - signed.pdf".to_owned()
        } else {
            format!("Lease ({copy}) - signed.pdf")
        }
    }

    #[tokio::test]
    async fn nothing_is_overwritten_and_the_same_is_not_filed_twice() {
        let folder = tempfile::tempdir().expect("a folder");
        let archive = folder.path().join("client").join("deep");
        let file = |bytes: &'static str| file_beside(&archive, Bytes::from(bytes), names);
        let first = file("one").await.expect("filed");
        let second = file("two").await.expect("filed");
        let again = file("one").await.expect("filed");
        assert!(first.path.ends_with("Lease - signed.pdf"), "{}", first.path);
        assert!(
            second.path.ends_with("Lease (2) - signed.pdf"),
            "another file takes another name"
        );
        assert_eq!(again.path, first.path, "the same bytes are filed already");
        assert_eq!(
            fs::read(&first.path).expect("readable"),
            b"one",
            "nothing is overwritten"
        );
        let left = fs::read_dir(&archive).expect("readable").count();
        assert_eq!(left, 2, "no unfinished file is left");
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let blocked = folder.path().join("file");
        fs::write(&blocked, "not a folder").expect("written");
        let failed = file_beside(&blocked, Bytes::from("x"), names).await;
        let Err(Error::Folder { folder: named, .. }) = failed else {
            panic!("a file in place of the folder must be refused");
        };
        assert_eq!(named, blocked.display().to_string());
    }
}
