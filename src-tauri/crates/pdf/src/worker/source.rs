//! Where a document's bytes come from, on the worker's side.

use std::fs::File;
use std::io;

/// Where a PDF's header may begin at the latest (as pdfium looks for it).
pub const HEADER_WITHIN: usize = 1024;

/// A document's bytes: an open file that was handed over, or what came through the pipe.
pub enum SourceFile {
    File { file: File, bytes: u64 },
    Memory(Vec<u8>),
}

impl SourceFile {
    pub fn from_file(file: File) -> io::Result<Self> {
        let bytes = file.metadata()?.len();
        Ok(Self::File { file, bytes })
    }

    pub fn len(&self) -> u64 {
        match self {
            Self::File { bytes, .. } => *bytes,
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// Fills `buffer` with the bytes from `position` on.
    pub fn read_at(&self, position: u64, buffer: &mut [u8]) -> io::Result<()> {
        match self {
            Self::File { file, .. } => read_file_at(file, position, buffer),
            Self::Memory(bytes) => {
                let start = usize::try_from(position).map_err(io::Error::other)?;
                let part = bytes.get(start..start.saturating_add(buffer.len()));
                buffer.copy_from_slice(part.ok_or(io::ErrorKind::UnexpectedEof)?);
                Ok(())
            }
        }
    }

    /// The first bytes, at most `limit`.
    pub fn beginning(&self, limit: usize) -> io::Result<Vec<u8>> {
        let length = usize::try_from(self.len()).map_or(limit, |length| length.min(limit));
        let mut bytes = vec![0; length];
        self.read_at(0, &mut bytes)?;
        Ok(bytes)
    }

    /// All of it.
    pub fn read_all(&self) -> io::Result<Vec<u8>> {
        self.beginning(usize::MAX)
    }
}

#[cfg(unix)]
fn read_file_at(file: &File, position: u64, buffer: &mut [u8]) -> io::Result<()> {
    use std::os::unix::fs::FileExt;
    file.read_exact_at(buffer, position)
}

#[cfg(not(unix))]
fn read_file_at(mut file: &File, position: u64, buffer: &mut [u8]) -> io::Result<()> {
    use std::io::{Read, Seek};
    file.seek(io::SeekFrom::Start(position))?;
    file.read_exact(buffer)
}
