//! What the client and the worker say to each other.
//!
//! A frame is the length of its head and of its body (two little-endian `u32`), the head
//! (postcard) and the body (raw bytes: a picture or a file). Both lengths are checked before
//! anything is kept for them. On Unix an open file travels beside the first byte of an
//! [`Request::Attach`] frame (SCM_RIGHTS); elsewhere the file's bytes are the frame's body. The
//! worker speaks first ([`Reply::Ready`]) and the client refuses another [`VERSION`].

use crate::{
    Contents, DocumentInfo, FoundMark, ImageFormat, PageShapes, PdfError, PixelRect, SigningJob,
    TextRun,
};
use paraph_domain::geometry::PageGeometry;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Changes with every change of the types below.
pub const VERSION: u32 = 6;

/// Bytes before a frame's head.
pub const PREFIX_BYTES: usize = 8;

const MAX_HEAD: usize = 64 * 1024 * 1024;
/// A rewritten file may be somewhat larger than its source.
const MAX_BODY: usize = 600 * 1024 * 1024;

/// What the client asks. Every request but `Detach` and `Cancel` has one [`Reply::Done`].
#[derive(Debug, Serialize, Deserialize)]
pub enum Request {
    /// Open a document under an id of the client's choice.
    Attach {
        job: u64,
        document: u64,
        source: Source,
        password: Option<Password>,
    },
    /// Close a document.
    Detach { document: u64 },
    /// Do something with an attached document.
    Do { job: u64, document: u64, work: Work },
    /// Stop `job` if it is being done and can be stopped; it is answered either way.
    Cancel { job: u64 },
}

/// A password on its way to the worker: wiped where it is kept, never printed.
#[derive(Clone, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Password(pub String);

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(..)")
    }
}

impl Drop for Password {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.0);
    }
}

/// Where an attached document's bytes are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// An open file that came with the frame.
    Handle,
    /// The frame's body.
    Body,
}

/// A job on a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Work {
    Inspect,
    /// Look at everything but what pages draw.
    Examine,
    /// Draw a page, whose whole picture has `width` x `height` pixels (without a height: as high
    /// as the page asks for), or the `region` of it. `exact` is without any loss.
    Draw {
        page: u32,
        width: u32,
        height: Option<u32>,
        region: Option<PixelRect>,
        exact: bool,
    },
    /// Draw a page, for comparing it with another, in exactly so many pixels.
    Look {
        page: u32,
        width: u32,
        height: u32,
    },
    Text {
        page: u32,
        geometry: PageGeometry,
    },
    Shapes {
        page: u32,
        geometry: PageGeometry,
    },
    FindMarks,
    PrepareSigning(SigningJob),
    StampPages {
        text: String,
    },
    Straighten,
    RemoveProtection,
}

/// What the worker says.
#[derive(Debug, Serialize, Deserialize)]
pub enum Reply {
    /// The worker is ready. `missing` names the locks that this system does not offer.
    Ready { version: u32, missing: Vec<String> },
    /// The one answer to the request of this `job`.
    Done {
        job: u64,
        result: Result<Answer, PdfError>,
    },
}

/// A job's result; the bytes of pictures and files are the frame's body. Those of a look are red,
/// green and blue of each pixel.
#[derive(Debug, Serialize, Deserialize)]
pub enum Answer {
    Attached,
    Info(DocumentInfo),
    Contents(Box<Contents>),
    Drawn {
        width: u32,
        height: u32,
        format: ImageFormat,
    },
    Look,
    Text(Vec<TextRun>),
    Shapes(PageShapes),
    Marks(Vec<FoundMark>),
    Prepared {
        byte_range: [u64; 4],
        contents_offset: u64,
        room: usize,
    },
    Rewritten,
}

/// A frame that breaks the rules: whoever sent it is not to be listened to any more.
#[derive(Debug, thiserror::Error)]
pub enum FrameError {
    #[error("a frame of {head} + {body} bytes")]
    TooLong { head: usize, body: usize },
    #[error("a frame's head cannot be read: {0}")]
    Head(#[from] postcard::Error),
}

/// A frame's bytes up to its body, which is to follow with `body_bytes` bytes.
pub fn encode(head: &impl Serialize, body_bytes: usize) -> Result<Vec<u8>, FrameError> {
    let head = postcard::to_stdvec(head)?;
    let lengths = Lengths {
        head: head.len(),
        body: body_bytes,
    }
    .checked()?;
    let mut frame = Vec::with_capacity(PREFIX_BYTES + head.len());
    frame.extend_from_slice(&(lengths.head as u32).to_le_bytes());
    frame.extend_from_slice(&(lengths.body as u32).to_le_bytes());
    frame.extend_from_slice(&head);
    Ok(frame)
}

/// A frame's head.
pub fn decode<T: DeserializeOwned>(head: &[u8]) -> Result<T, FrameError> {
    Ok(postcard::from_bytes(head)?)
}

/// How long a frame's parts are, within the limits.
#[derive(Debug, Clone, Copy)]
pub struct Lengths {
    pub head: usize,
    pub body: usize,
}

impl Lengths {
    /// From a frame's first bytes.
    pub fn read(prefix: [u8; PREFIX_BYTES]) -> Result<Self, FrameError> {
        let [a, b, c, d, e, f, g, h] = prefix;
        let head = u32::from_le_bytes([a, b, c, d]) as usize;
        let body = u32::from_le_bytes([e, f, g, h]) as usize;
        Self { head, body }.checked()
    }

    fn checked(self) -> Result<Self, FrameError> {
        if self.head > MAX_HEAD || self.body > MAX_BODY {
            return Err(FrameError::TooLong {
                head: self.head,
                body: self.body,
            });
        }
        Ok(self)
    }
}

#[cfg(test)]
#[path = "protocol_tests.rs"]
mod tests;
