//! The worker's end of the way to the client: requests come in on a thread of their own, so that
//! a job can be stopped while it is being done.

use crate::source::SourceFile;
use paraph_pdf::protocol::{
    FrameError, Lengths, PREFIX_BYTES, Reply, Request, Source, decode, encode,
};
use std::io::{self, Read, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};

/// What the job thread is given.
pub struct Incoming {
    pub request: Request,
    /// The document of an attach request.
    pub source: Option<SourceFile>,
}

/// Says whether a job was cancelled: the number of the last job that was.
#[derive(Clone, Default)]
pub struct Cancelled(Arc<AtomicU64>);

impl Cancelled {
    pub fn covers(&self, job: u64) -> bool {
        self.0.load(Ordering::Relaxed) == job
    }

    fn set(&self, job: u64) {
        self.0.store(job, Ordering::Relaxed);
    }
}

/// A frame that cannot be read ends the worker.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error(transparent)]
    Io(#[from] io::Error),
    #[error(transparent)]
    Frame(#[from] FrameError),
    #[error("a document was announced and did not come")]
    NoHandle,
}

/// Reads requests until the client goes away, and then ends the process, whatever it does.
pub fn read_requests(
    mut input: Input,
    requests: &mpsc::Sender<Incoming>,
    cancelled: &Cancelled,
) -> Result<(), ReadError> {
    loop {
        let mut prefix = [0; PREFIX_BYTES];
        input.read_exact(&mut prefix)?;
        let lengths = Lengths::read(prefix)?;
        let head = read_bytes(&mut input, lengths.head)?;
        let body = read_bytes(&mut input, lengths.body)?;
        let request: Request = decode(&head)?;
        let source = match &request {
            Request::Attach {
                source: Source::Handle,
                ..
            } => {
                let file = input.take_handle().ok_or(ReadError::NoHandle)?;
                Some(SourceFile::from_file(file)?)
            }
            Request::Attach {
                source: Source::Body,
                ..
            } => Some(SourceFile::Memory(body)),
            Request::Cancel { job } => {
                cancelled.set(*job);
                continue;
            }
            Request::Detach { .. } | Request::Do { .. } => None,
        };
        if requests.send(Incoming { request, source }).is_err() {
            return Ok(());
        }
    }
}

/// Grows as bytes come in, so that a length alone costs no memory.
fn read_bytes(input: &mut Input, length: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = input.take(length as u64).read_to_end(&mut bytes)?;
    if read == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

pub fn write_reply(output: &mut impl Write, reply: &Reply, body: &[u8]) -> Result<(), ReadError> {
    output.write_all(&encode(reply, body.len())?)?;
    output.write_all(body)?;
    output.flush()?;
    Ok(())
}

#[cfg(unix)]
pub use unix::{Input, open};

#[cfg(unix)]
mod unix {
    use rustix::net::{RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, ReturnFlags, recvmsg};
    use std::collections::VecDeque;
    use std::fs::File;
    use std::io::{self, IoSliceMut, Read};
    use std::mem::MaybeUninit;
    use std::os::fd::AsFd;
    use std::os::unix::net::UnixStream;

    /// The socket that is this process's standard input, for reading and for writing.
    pub fn open() -> io::Result<(Input, UnixStream)> {
        let socket = UnixStream::from(io::stdin().as_fd().try_clone_to_owned()?);
        let output = socket.try_clone()?;
        Ok((
            Input {
                socket,
                handles: VecDeque::new(),
            },
            output,
        ))
    }

    /// Reads bytes and keeps the open files that come with them.
    pub struct Input {
        socket: UnixStream,
        handles: VecDeque<File>,
    }

    impl Input {
        /// The file that came with the last frame.
        pub fn take_handle(&mut self) -> Option<File> {
            self.handles.pop_front()
        }
    }

    impl Read for Input {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(1))];
            let mut ancillary = RecvAncillaryBuffer::new(&mut space);
            let mut parts = [IoSliceMut::new(buffer)];
            let flags = RecvFlags::CMSG_CLOEXEC;
            let received = recvmsg(&self.socket, &mut parts, &mut ancillary, flags)?;
            if received.flags.contains(ReturnFlags::CTRUNC) {
                return Err(io::Error::other("more than one file handle in one message"));
            }
            for message in ancillary.drain() {
                if let RecvAncillaryMessage::ScmRights(handles) = message {
                    self.handles.extend(handles.map(File::from));
                }
            }
            Ok(received.bytes)
        }
    }
}

#[cfg(not(unix))]
pub use pipes::{Input, open};

#[cfg(not(unix))]
mod pipes {
    use std::fs::File;
    use std::io::{self, Read};

    /// Standard input and output.
    pub fn open() -> io::Result<(Input, io::Stdout)> {
        Ok((Input(io::stdin()), io::stdout()))
    }

    pub struct Input(io::Stdin);

    impl Input {
        /// Files come as bytes here.
        pub fn take_handle(&mut self) -> Option<File> {
            None
        }
    }

    impl Read for Input {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            self.0.read(buffer)
        }
    }
}
