//! What a provider is to the engine.

use crate::error::Error;
use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;
use paraph_domain::capabilities::Capabilities;
use paraph_domain::ids::BlobId;
use paraph_domain::procedure::{Participant, RemoteDocument, Status};
use paraph_domain::sending::{Mail, RemoteIds, Snapshot, Step};
use secrecy::SecretString;
use url::Url;

/// A signature service, spoken to with one account's credentials.
///
/// Deliberately absent: retries of anything that is not a plain read, and any memory of what was
/// sent. Both are the engine's.
#[async_trait]
pub trait Provider: Send + Sync {
    fn capabilities(&self) -> Capabilities;

    /// Tries the credentials and says whose they are.
    async fn identify(&self) -> Result<Identity, Error>;

    /// The requests that send `snapshot`, in order; exactly one is irrevocable and it is last.
    fn plan(&self, snapshot: &Snapshot) -> Vec<Step>;

    /// Takes one step. Returns what it made, by step key.
    async fn perform(
        &self,
        step: &Step,
        snapshot: &Snapshot,
        made: &RemoteIds,
        blobs: &dyn Blobs,
    ) -> Result<RemoteIds, Error>;

    /// Finds out by reading whether a step whose answer was lost has happened.
    async fn find(
        &self,
        step: &Step,
        snapshot: &Snapshot,
        made: &RemoteIds,
    ) -> Result<Found, Error>;

    /// One page of the account's requests, newest first. `page` counts from 1.
    async fn list(&self, query: &ListQuery, page: u32) -> Result<Listed, Error>;

    /// One request. None when the provider no longer has it.
    async fn read(&self, remote_id: &str) -> Result<Option<RemoteProcedure>, Error>;

    /// A document's bytes as they are now: signed as far as people have signed.
    async fn download(&self, document: &str) -> Result<Bytes, Error>;

    /// The proof of a request. None where this environment has none.
    async fn proof(&self, remote_id: &str) -> Result<Option<Proof>, Error>;

    /// Reminds everybody whose turn it is. The provider has no id for this: once only is the
    /// engine's business.
    async fn remind(&self, remote_id: &str, words: &Mail, sign_button: &str) -> Result<(), Error>;

    /// Stops a request. Done already counts as done. A completed one is left alone, with
    /// [`Error::AlreadyCompleted`].
    async fn cancel(&self, remote_id: &str) -> Result<(), Error>;

    /// The address at which a participant signs. Whoever holds it may sign.
    fn signing_link(&self, participant: &str) -> Option<Url>;
}

/// The files of a snapshot, read when they are needed.
#[async_trait]
pub trait Blobs: Send + Sync {
    async fn read(&self, blob: &BlobId) -> std::io::Result<Bytes>;
}

/// Gives the credential for a request.
#[async_trait]
pub trait Authorizer: Send + Sync {
    async fn token(&self) -> Result<SecretString, Error>;

    /// Called once after a 401. True when there is a new token worth one more try.
    async fn renew(&self) -> bool;
}

/// Whose credentials these are. Empty where the provider does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Identity {
    pub name: String,
    pub email: String,
    pub organisation: Option<String>,
}

/// What reading says about a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It happened, and this is what it made.
    Done(RemoteIds),
    /// It has not happened so far. A request still on its way may yet arrive.
    Absent,
    /// Reading cannot tell.
    Unknown,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery {
    pub status: Option<ListStatus>,
    /// Only what was created on or after this day.
    pub created_since: Option<jiff::civil::Date>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListStatus {
    Draft,
    Open,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub procedures: Vec<RemoteProcedure>,
    pub more: bool,
}

/// A request as the provider has it now.
#[derive(Debug, Clone, PartialEq)]
pub struct RemoteProcedure {
    pub remote_id: String,
    /// Our id of the sending, when one of ours made it.
    pub sending: Option<paraph_domain::ids::SendingId>,
    pub name: String,
    pub status: Status,
    pub ordered: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub finished_at: Option<Timestamp>,
    pub expires_at: Option<Timestamp>,
    pub participants: Vec<Participant>,
    pub documents: Vec<RemoteDocument>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    pub bytes: Bytes,
    /// File name ending without its dot: `zip`, `pdf`, `txt`.
    pub ending: &'static str,
}
