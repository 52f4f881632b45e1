//! A server for tests that answers what it is told and remembers what it was asked.

use crate::error::Error;
use crate::http::Deadlines;
use crate::provider::Authorizer;
use crate::seams::Seams;
use async_trait::async_trait;
use secrecy::SecretString;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use url::Url;

/// A request as it arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Seen {
    pub method: String,
    /// With its query, as sent.
    pub target: String,
    /// Names in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Seen {
    pub fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    pub fn line(&self) -> String {
        format!("{} {}", self.method, self.target)
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).expect("the body is JSON")
    }
}

#[derive(Debug, Clone)]
pub(crate) enum Reply {
    Answer {
        status: u16,
        headers: Vec<(&'static str, String)>,
        body: Vec<u8>,
    },
    /// These bytes, then the connection is closed.
    Raw(Vec<u8>),
    /// The connection is reset without an answer.
    Reset,
    /// These bytes, then nothing for ever.
    Stall(Vec<u8>),
    /// A good beginning, then a byte every 20 ms for ever.
    Drip,
}

impl Reply {
    pub fn json(status: u16, body: &serde_json::Value) -> Self {
        Self::Answer {
            status,
            headers: vec![("Content-Type", "application/json".to_owned())],
            body: body.to_string().into_bytes(),
        }
    }

    pub fn status(status: u16) -> Self {
        Self::Answer {
            status,
            headers: Vec::new(),
            body: Vec::new(),
        }
    }

    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        if let Self::Answer { headers, .. } = &mut self {
            headers.push((name, value.into()));
        }
        self
    }
}

type Script = Arc<dyn Fn(usize, &Seen) -> Reply + Send + Sync>;

pub(crate) struct Scripted {
    pub base: Url,
    seen: Arc<Mutex<Vec<Seen>>>,
    task: JoinHandle<()>,
}

impl Scripted {
    /// The script gets the number of the request, from 0, and the request.
    pub async fn start(script: impl Fn(usize, &Seen) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let script: Script = Arc::new(script);
        let task = tokio::spawn({
            let seen = Arc::clone(&seen);
            async move {
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    tokio::spawn(serve(stream, Arc::clone(&script), Arc::clone(&seen)));
                }
            }
        });
        Self {
            base: base.parse().unwrap(),
            seen,
            task,
        }
    }

    pub fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    pub fn lines(&self) -> Vec<String> {
        self.seen().iter().map(Seen::line).collect()
    }
}

impl Drop for Scripted {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn serve(mut stream: TcpStream, script: Script, seen: Arc<Mutex<Vec<Seen>>>) {
    while let Some(request) = receive(&mut stream).await {
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(request.clone());
            seen.len() - 1
        };
        match script(number, &request) {
            Reply::Answer {
                status,
                headers,
                body,
            } => {
                let mut head = format!("HTTP/1.1 {status} X\r\nContent-Length: {}\r\n", body.len());
                for (name, value) in headers {
                    head.push_str(&format!("{name}: {value}\r\n"));
                }
                head.push_str("\r\n");
                stream.write_all(head.as_bytes()).await.unwrap();
                stream.write_all(&body).await.unwrap();
            }
            Reply::Raw(bytes) => {
                stream.write_all(&bytes).await.unwrap();
                stream.shutdown().await.unwrap();
                return;
            }
            Reply::Reset => {
                stream.set_zero_linger().unwrap();
                return;
            }
            Reply::Stall(bytes) => {
                stream.write_all(&bytes).await.unwrap();
                std::future::pending::<()>().await;
            }
            Reply::Drip => {
                let head = b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n";
                stream.write_all(head).await.unwrap();
                // Ends when the client hangs up.
                while stream.write_all(b" ").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                return;
            }
        }
    }
}

async fn receive(stream: &mut TcpStream) -> Option<Seen> {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|w| w == b"\r\n\r\n") {
            break end;
        }
        let mut piece = [0; 4096];
        let count = stream.read(&mut piece).await.ok()?;
        if count == 0 {
            return None;
        }
        bytes.extend_from_slice(&piece[..count]);
    };
    let head = String::from_utf8(bytes[..end].to_vec()).unwrap();
    let mut lines = head.split("\r\n");
    let mut first = lines.next().unwrap().split(' ');
    let method = first.next().unwrap().to_owned();
    let target = first.next().unwrap().to_owned();
    let headers: BTreeMap<String, String> = lines
        .filter_map(|line| line.split_once(": "))
        .map(|(name, value)| (name.to_lowercase(), value.to_owned()))
        .collect();
    let length: usize = headers
        .get("content-length")
        .map_or(0, |length| length.parse().unwrap());
    let mut body = bytes[end + 4..].to_vec();
    while body.len() < length {
        let mut piece = vec![0; 65_536];
        let count = stream.read(&mut piece).await.ok()?;
        if count == 0 {
            return None;
        }
        body.extend_from_slice(&piece[..count]);
    }
    Some(Seen {
        method,
        target,
        headers,
        body,
    })
}

/// Gives the tokens in order; a renewal moves to the next one.
pub(crate) struct Tokens {
    tokens: Vec<&'static str>,
    current: AtomicUsize,
    pub renewals: AtomicUsize,
}

impl Tokens {
    pub fn new(tokens: &[&'static str]) -> Arc<Self> {
        Arc::new(Self {
            tokens: tokens.to_vec(),
            current: AtomicUsize::new(0),
            renewals: AtomicUsize::new(0),
        })
    }
}

#[async_trait]
impl Authorizer for Tokens {
    async fn token(&self) -> Result<SecretString, Error> {
        Ok(self.tokens[self.current.load(Ordering::SeqCst)].into())
    }

    async fn renew(&self) -> bool {
        self.renewals.fetch_add(1, Ordering::SeqCst);
        let next = self.current.load(Ordering::SeqCst) + 1;
        let is_there = next < self.tokens.len();
        if is_there {
            self.current.store(next, Ordering::SeqCst);
        }
        is_there
    }
}

/// A fixed time, and retries without a pause.
pub(crate) fn seams() -> Seams {
    Seams {
        clock: Arc::new(|| "2026-03-02T10:00:00Z".parse().unwrap()),
        jitter: Arc::new(|| 0.0),
    }
}

/// Long enough for a busy machine.
pub(crate) fn patient() -> Deadlines {
    Deadlines {
        headers: Duration::from_secs(60),
        idle: Duration::from_secs(60),
        ..Deadlines::default()
    }
}

/// Short, for tests in which they pass.
pub(crate) fn impatient() -> Deadlines {
    Deadlines {
        headers: Duration::from_millis(400),
        idle: Duration::from_millis(400),
        ..Deadlines::default()
    }
}
