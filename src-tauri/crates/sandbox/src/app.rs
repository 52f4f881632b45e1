//! What every part of the running sandbox shares.

use crate::control::Control;
use crate::page::pictures::Pictures;
use crate::seams::{Clock, Randomness, moved, new_code, new_token, new_uuid};
use crate::signing::authority::Authority;
use crate::state::{Db, DbError, Moment, settings};
use jiff::Timestamp;
use paraph_pdf::Pdf;
use rusqlite::Connection;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

pub(crate) struct App {
    pub db: Db,
    pub pdf: Pdf,
    pub clock: Arc<dyn Clock>,
    pub randomness: Arc<dyn Randomness>,
    /// How far the control interface moved the clock.
    pub offset_seconds: AtomicI64,
    /// `http://127.0.0.1:<port>`, no slash at the end.
    pub base_url: String,
    pub port: u16,
    pub identity: Identity,
    pub authority: Authority,
    pub max_document_bytes: usize,
    /// Signing reads a file, works on it outside the database, and writes it: one at a time.
    pub acting: tokio::sync::Mutex<()>,
    pub pictures: Pictures,
    pub control: Option<Control>,
}

/// What was chosen at the first start and stays.
#[derive(Clone)]
pub(crate) struct Identity {
    pub api_key: String,
    /// Makes the page tokens; never leaves the database.
    pub page_secret: String,
    /// Whoever knows it may see all mail.
    pub mailbox: String,
    pub organization: String,
    pub workspace: String,
    pub user: String,
    pub user_group: String,
    pub first_start: Moment,
}

/// The person whose account the practice account is. All names are our choice.
pub(crate) const OWNER_FIRST_NAME: &str = "Practice";
pub(crate) const OWNER_LAST_NAME: &str = "Account";
pub(crate) const OWNER_EMAIL: &str = "practice@example.org";
pub(crate) const OWNER_PHONE: &str = "+33100000000";
pub(crate) const WORKSPACE_NAME: &str = "Practice - no legal value";

impl App {
    pub(crate) fn now(&self) -> Moment {
        let now = moved(
            self.clock.now(),
            self.offset_seconds.load(Ordering::Relaxed),
        );
        // Whole seconds, as they are kept: what is written must compare equal to what is read.
        Moment(Timestamp::from_second(now.as_second()).unwrap_or(now))
    }

    pub(crate) fn new_id(&self) -> String {
        new_uuid(&self.randomness)
    }

    pub(crate) fn new_code(&self) -> String {
        new_code(&self.randomness)
    }
}

impl Identity {
    pub(crate) fn load_or_create(
        db: &Connection,
        randomness: &Arc<dyn Randomness>,
        now: Timestamp,
    ) -> Result<Self, DbError> {
        let token = |name| settings::text_or_first(db, name, || new_token(randomness, 16));
        let uuid = |name| settings::text_or_first(db, name, || new_uuid(randomness));
        let first_start =
            settings::text_or_first(db, settings::FIRST_START, || now.as_second().to_string())?;
        let first_start = first_start
            .parse()
            .ok()
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .unwrap_or(now);
        Ok(Self {
            api_key: token(settings::API_KEY)?,
            page_secret: token(settings::PAGE_SECRET)?,
            mailbox: token(settings::MAILBOX)?,
            organization: uuid(settings::ORGANIZATION)?,
            workspace: uuid(settings::WORKSPACE)?,
            user: uuid(settings::USER)?,
            user_group: uuid(settings::USER_GROUP)?,
            first_start: Moment(first_start),
        })
    }
}
