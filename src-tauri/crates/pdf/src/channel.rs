//! How frames get to a worker and back: a socket pair on Unix, over which open files travel too;
//! pipes and the files' bytes elsewhere. The worker's end is its standard input (and output).

use crate::client::SourceBytes;
use crate::protocol::{
    FrameError, Lengths, PREFIX_BYTES, Password, Reply, Request, Source, decode, encode,
};
use bytes::Bytes;
use std::fs::File;
use std::io;
use std::process::Stdio;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::process::{Child, Command};

/// Why a worker cannot be used any more.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Lost {
    #[error("the connection ended: {0}")]
    Connection(#[from] io::Error),
    #[error(transparent)]
    Frame(#[from] FrameError),
    #[error("an answer that was not asked for")]
    OutOfTurn,
    #[error("a cancelled job that did not stop")]
    Stuck,
}

#[cfg(unix)]
mod pipe {
    use super::*;
    use std::os::fd::{AsFd, OwnedFd};
    use tokio::net::UnixStream;
    pub use tokio::net::unix::{OwnedReadHalf as Reader, OwnedWriteHalf as Writer};

    pub fn spawn(command: &mut Command) -> io::Result<(Child, Writer, Reader)> {
        let (ours, theirs) = std::os::unix::net::UnixStream::pair()?;
        ours.set_nonblocking(true)?;
        let command = command.stdin(OwnedFd::from(theirs)).stdout(Stdio::null());
        let child = command.stderr(Stdio::inherit()).spawn()?;
        // The command would keep the worker's end open and hide that the worker has gone.
        command.stdin(Stdio::null());
        let (reader, writer) = UnixStream::from_std(ours)?.into_split();
        Ok((child, writer, reader))
    }

    pub async fn send_file(writer: &mut Writer, frame: &Frame, file: &File) -> Result<(), Lost> {
        let head = frame.encoded(Source::Handle, 0)?;
        let stream: &UnixStream = writer.as_ref();
        let sent = loop {
            stream.writable().await?;
            let send = || send_with_file(stream, &head, file);
            match stream.try_io(tokio::io::Interest::WRITABLE, send) {
                Ok(sent) => break sent,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => continue,
                Err(error) => return Err(error.into()),
            }
        };
        writer
            .write_all(head.get(sent..).unwrap_or_default())
            .await?;
        Ok(())
    }

    fn send_with_file(stream: &UnixStream, bytes: &[u8], file: &File) -> io::Result<usize> {
        use rustix::net::{SendAncillaryBuffer, SendAncillaryMessage, SendFlags, sendmsg};
        let files = [file.as_fd()];
        let mut space = [std::mem::MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
        let mut ancillary = SendAncillaryBuffer::new(&mut space);
        if !ancillary.push(SendAncillaryMessage::ScmRights(&files)) {
            return Err(io::Error::other("no room for a file handle"));
        }
        let flags = SendFlags::NOSIGNAL;
        Ok(sendmsg(
            stream,
            &[io::IoSlice::new(bytes)],
            &mut ancillary,
            flags,
        )?)
    }
}

#[cfg(not(unix))]
mod pipe {
    use super::*;
    pub use tokio::process::{ChildStdin as Writer, ChildStdout as Reader};

    pub fn spawn(command: &mut Command) -> io::Result<(Child, Writer, Reader)> {
        let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.stderr(Stdio::inherit()).spawn()?;
        let no_pipe = || io::Error::other("no pipe to the worker");
        let stdin = child.stdin.take().ok_or_else(no_pipe)?;
        let stdout = child.stdout.take().ok_or_else(no_pipe)?;
        Ok((child, stdin, stdout))
    }

    /// The worker gets the bytes: handles of other processes are not passed here.
    pub async fn send_file(writer: &mut Writer, frame: &Frame, file: &File) -> Result<(), Lost> {
        use std::io::{Read, Seek};
        let mut file = file.try_clone()?;
        let bytes = tokio::task::spawn_blocking(move || {
            let mut bytes = Vec::new();
            file.rewind()?;
            file.read_to_end(&mut bytes)?;
            io::Result::Ok(bytes)
        });
        let bytes = bytes.await.map_err(io::Error::other)??;
        send_memory(writer, frame, &bytes).await
    }
}

/// Starts the program and returns both ends of the way to it.
pub(crate) fn spawn(command: &mut Command) -> io::Result<(Child, Requests, Replies)> {
    let (child, writer, reader) = pipe::spawn(command)?;
    Ok((child, Requests { writer }, Replies { reader }))
}

/// The way to the worker.
pub(crate) struct Requests {
    writer: pipe::Writer,
}

impl Requests {
    pub async fn send(&mut self, request: &Request) -> Result<(), Lost> {
        self.writer.write_all(&encode(request, 0)?).await?;
        // Pipes hold writes back on some systems.
        self.writer.flush().await?;
        Ok(())
    }

    pub async fn send_attach(&mut self, frame: &Frame, source: &SourceBytes) -> Result<(), Lost> {
        match source {
            SourceBytes::File(file) => pipe::send_file(&mut self.writer, frame, file).await,
            SourceBytes::Memory(bytes) => send_memory(&mut self.writer, frame, bytes).await,
        }
    }
}

async fn send_memory(writer: &mut pipe::Writer, frame: &Frame, bytes: &[u8]) -> Result<(), Lost> {
    writer
        .write_all(&frame.encoded(Source::Body, bytes.len())?)
        .await?;
    writer.write_all(bytes).await?;
    writer.flush().await?;
    Ok(())
}

/// The way from the worker.
pub(crate) struct Replies {
    reader: pipe::Reader,
}

impl Replies {
    /// The next reply. A future of this that was dropped half-way leaves the rest of its frame
    /// behind; the worker is then of no more use.
    pub async fn receive(&mut self) -> Result<(Reply, Bytes), Lost> {
        let mut prefix = [0; PREFIX_BYTES];
        self.reader.read_exact(&mut prefix).await?;
        let lengths = Lengths::read(prefix)?;
        let head = self.receive_bytes(lengths.head).await?;
        let body = self.receive_bytes(lengths.body).await?;
        Ok((decode(&head)?, Bytes::from(body)))
    }

    /// Grows as bytes come in, so that a length alone costs no memory.
    async fn receive_bytes(&mut self, length: usize) -> Result<Vec<u8>, Lost> {
        let mut bytes = Vec::new();
        let mut limited = (&mut self.reader).take(length as u64);
        if limited.read_to_end(&mut bytes).await? != length {
            return Err(io::Error::from(io::ErrorKind::UnexpectedEof).into());
        }
        Ok(bytes)
    }
}

/// An attach request without its source.
pub(crate) struct Frame {
    pub job: u64,
    pub document: u64,
    pub password: Option<Password>,
}

impl Frame {
    fn encoded(&self, source: Source, body: usize) -> Result<Vec<u8>, FrameError> {
        let Self {
            job,
            document,
            password,
        } = self;
        let (job, document, password) = (*job, *document, password.clone());
        encode(
            &Request::Attach {
                job,
                document,
                source,
                password,
            },
            body,
        )
    }
}
