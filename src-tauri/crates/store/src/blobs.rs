//! The files that drafts are made of, each stored once under the SHA-256 of its bytes.

use crate::error::Error;
use crate::folder::{create_private_folder, sync_folder};
use crate::store::closing;
use jiff::Timestamp;
use paraph_domain::ids::BlobId;
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use tempfile::NamedTempFile;
use tokio::task::spawn_blocking;

/// What an unfinished file's name begins with.
const UNFINISHED: &str = "unfinished-";

/// The blob folder of a [`Store`](crate::Store). Clones share it.
///
/// A blob is complete or absent: it is written beside its place, flushed, and then renamed.
#[derive(Debug, Clone)]
pub struct Blobs {
    folder: Arc<Path>,
    /// Held while a blob takes its place and while one is found old and deleted.
    places: Arc<Mutex<()>>,
}

impl Blobs {
    pub(crate) fn open(folder: &Path) -> Result<Self, Error> {
        create_private_folder(folder)?;
        Ok(Self {
            folder: Arc::from(folder),
            places: Arc::default(),
        })
    }

    /// Stores bytes. Returns their name and length. Storing the same again is no harm.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<(BlobId, u64), Error> {
        let blobs = self.clone();
        in_background(move || blobs.write(&mut bytes.as_slice())).await
    }

    /// Stores a copy of the file at `source`, which is never read again. Dropping the future
    /// ends the copying.
    ///
    /// # Errors
    /// As [`open_source`]; [`Error::Source`] when reading fails; [`Error::SourceChanged`] when
    /// somebody wrote to it meanwhile.
    pub async fn put_file(&self, source: &Path) -> Result<(BlobId, u64), Error> {
        let blobs = self.clone();
        let source = source.to_owned();
        let waiting = Arc::new(());
        let waited_for = Arc::downgrade(&waiting);
        let stored = in_background(move || {
            let (file, before) = open_source(&source)?;
            let file = WhileWaitedFor { file, waited_for };
            blobs.put_open_file(file, &before, || fs::metadata(&source))
        })
        .await;
        drop(waiting);
        stored
    }

    /// Copies an open file whose metadata were `before`. `look_again` reads the metadata of what
    /// is under its name once the copy is made.
    fn put_open_file(
        &self,
        file: impl Read,
        before: &Metadata,
        look_again: impl FnOnce() -> io::Result<Metadata>,
    ) -> Result<(BlobId, u64), Error> {
        // One byte more than there was tells that it grows, however far it would.
        let mut file = file.take(before.len().saturating_add(1));
        let unfinished = self.copy_beside(&mut file)?;
        let after = look_again().map_err(Error::Source)?;
        let same = after.len() == before.len()
            && unfinished.bytes == before.len()
            && after.modified().ok() == before.modified().ok();
        if !same {
            return Err(Error::SourceChanged);
        }
        self.keep(unfinished)
    }

    /// Opens a blob for reading.
    ///
    /// # Errors
    /// [`Error::BlobMissing`].
    pub async fn open_file(&self, blob: &BlobId) -> Result<File, Error> {
        let blobs = self.clone();
        let blob = blob.clone();
        in_background(move || blobs.open_now(&blob)).await
    }

    /// Reads a whole blob and checks that its bytes are those that were stored.
    ///
    /// # Errors
    /// [`Error::BlobMissing`], [`Error::BlobDamaged`].
    pub async fn read(&self, blob: &BlobId) -> Result<Vec<u8>, Error> {
        let blobs = self.clone();
        let blob = blob.clone();
        in_background(move || {
            let mut bytes = Vec::new();
            blobs.open_now(&blob)?.read_to_end(&mut bytes)?;
            if hex::encode(Sha256::digest(&bytes)) == blob.0 {
                Ok(bytes)
            } else {
                Err(Error::BlobDamaged(blob))
            }
        })
        .await
    }

    /// Deletes what is neither in `keep` nor was stored after `since` (a file that was just
    /// dropped is not in any draft yet), and copies that a crash left unfinished. Returns how
    /// many blobs went.
    pub(crate) async fn sweep(
        &self,
        keep: HashSet<BlobId>,
        since: Timestamp,
    ) -> Result<usize, Error> {
        let blobs = self.clone();
        in_background(move || blobs.sweep_now(&keep, since)).await
    }

    fn write(&self, source: &mut impl Read) -> Result<(BlobId, u64), Error> {
        let unfinished = self.copy_beside(source)?;
        self.keep(unfinished)
    }

    fn copy_beside(&self, source: &mut impl Read) -> Result<Unfinished, Error> {
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED)
            .tempfile_in(&self.folder)?;
        let mut hasher = Sha256::new();
        let mut buffer = vec![0; 128 * 1024];
        let mut bytes = 0;
        loop {
            let read = match source.read(&mut buffer) {
                Ok(0) => break,
                Ok(read) => read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(Error::Source(error)),
            };
            let chunk = buffer.get(..read).unwrap_or_default();
            hasher.update(chunk);
            file.write_all(chunk)?;
            bytes += read as u64;
        }
        file.as_file().sync_all()?;
        Ok(Unfinished {
            file,
            bytes,
            id: BlobId(hex::encode(hasher.finalize())),
        })
    }

    /// Renames over what may be there already: the content is the same, a damaged copy is healed,
    /// and the blob counts as young again for [`Blobs::sweep`].
    fn keep(&self, unfinished: Unfinished) -> Result<(BlobId, u64), Error> {
        let path = self.path(&unfinished.id)?;
        let parent = path.parent().unwrap_or(&self.folder).to_owned();
        if !parent.is_dir() {
            create_private_folder(&parent)?;
            sync_folder(&self.folder)?;
        }
        let _place = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        unfinished
            .file
            .persist(&path)
            .map_err(|error| Error::from(error.error))?;
        sync_folder(&parent)?;
        Ok((unfinished.id, unfinished.bytes))
    }

    fn open_now(&self, blob: &BlobId) -> Result<File, Error> {
        match File::open(self.path(blob)?) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Err(Error::BlobMissing(blob.clone()))
            }
            other => Ok(other?),
        }
    }

    /// `ab/abcdef...`. A name that is no SHA-256 could lead out of the folder.
    fn path(&self, blob: &BlobId) -> Result<PathBuf, Error> {
        let name = blob.as_str();
        match (is_blob_name(name), name.get(..2)) {
            (true, Some(shard)) => Ok(self.folder.join(shard).join(name)),
            _ => Err(Error::BlobMissing(blob.clone())),
        }
    }

    fn sweep_now(&self, keep: &HashSet<BlobId>, since: Timestamp) -> Result<usize, Error> {
        let mut swept = 0;
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() {
                for blob in fs::read_dir(entry.path())? {
                    let blob = blob?;
                    let Ok(name) = blob.file_name().into_string() else {
                        continue;
                    };
                    let _place = self.places.lock().unwrap_or_else(PoisonError::into_inner);
                    if is_blob_name(&name)
                        && !keep.contains(&BlobId(name))
                        && is_older(&blob.metadata()?, since)
                    {
                        fs::remove_file(blob.path())?;
                        swept += 1;
                    }
                }
            } else if entry.file_name().to_string_lossy().starts_with(UNFINISHED)
                && is_older(&entry.metadata()?, since)
            {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(swept)
    }
}

/// Opens a file that somebody chose, for reading. It never waits for somebody to write to a pipe.
///
/// # Errors
/// [`Error::Source`] when it is not there or may not be read; [`Error::SourceNotAFile`].
pub fn open_source(source: &Path) -> Result<(File, Metadata), Error> {
    // Looked at first, because opening a device may do something by itself.
    if !fs::metadata(source).map_err(Error::Source)?.is_file() {
        return Err(Error::SourceNotAFile);
    }
    let file = reading().open(source).map_err(Error::Source)?;
    // It may have been replaced in between.
    let metadata = file.metadata().map_err(Error::Source)?;
    if metadata.is_file() {
        Ok((file, metadata))
    } else {
        Err(Error::SourceNotAFile)
    }
}

#[cfg(target_os = "linux")]
fn reading() -> fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = File::options();
    let flags = rustix::fs::OFlags::NONBLOCK;
    options
        .read(true)
        .custom_flags(i32::try_from(flags.bits()).unwrap_or(0));
    options
}

#[cfg(not(target_os = "linux"))]
fn reading() -> fs::OpenOptions {
    let mut options = File::options();
    options.read(true);
    options
}

/// Reads a file for as long as somebody waits for its copy: a share may take minutes over it.
struct WhileWaitedFor {
    file: File,
    waited_for: Weak<()>,
}

impl Read for WhileWaitedFor {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.waited_for.strong_count() == 0 {
            return Err(io::Error::other("nobody waits for the copy any more"));
        }
        self.file.read(buffer)
    }
}

struct Unfinished {
    file: NamedTempFile,
    bytes: u64,
    id: BlobId,
}

fn is_blob_name(name: &str) -> bool {
    name.len() == 64
        && name
            .bytes()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Files whose age the system does not tell are kept.
fn is_older(metadata: &Metadata, than: Timestamp) -> bool {
    metadata
        .modified()
        .ok()
        .and_then(|modified| Timestamp::try_from(modified).ok())
        .is_some_and(|modified| modified < than)
}

/// File work never runs on an async worker.
async fn in_background<T, W>(work: W) -> Result<T, Error>
where
    T: Send + 'static,
    W: FnOnce() -> Result<T, Error> + Send + 'static,
{
    spawn_blocking(work)
        .await
        .unwrap_or_else(|error| Err(closing(error)))
}

#[cfg(test)]
#[path = "blobs_tests.rs"]
mod tests;
