//! Finding a practice server that another process runs on the same folder.

use crate::state::{Db, DbError, settings};
use crate::{Sandbox, StartError};
use secrecy::SecretString;
use std::path::Path;

/// A practice server that answers. The fields are those of
/// [`RunningSandbox`](crate::RunningSandbox).
#[derive(Debug, Clone)]
pub struct Access {
    pub base_url: String,
    pub api_key: SecretString,
    pub mailbox_url: String,
}

impl Sandbox {
    /// The practice server that another process runs on this folder; none when none does. For
    /// when [`Sandbox::start`] said [`StartError::InUse`].
    ///
    /// # Errors
    /// As [`Sandbox::start`].
    pub async fn running_elsewhere(data_dir: &Path) -> Result<Option<Access>, StartError> {
        match super::lock(data_dir) {
            Err(StartError::InUse) => {}
            Err(error) => return Err(error),
            Ok(_) => return Ok(None),
        }
        let db = Db::open(&data_dir.join("sandbox.sqlite3"))?;
        let found = db
            .run(|db| {
                let text = |name| {
                    let value = settings::get(db, name)?;
                    Ok::<_, DbError>(value.and_then(|value| String::from_utf8(value).ok()))
                };
                Ok::<_, DbError>((
                    text(settings::PORT)?,
                    text(settings::API_KEY)?,
                    text(settings::MAILBOX)?,
                ))
            })
            .await?;
        Ok(match found {
            (Some(port), Some(key), Some(mailbox)) => {
                let base_url = format!("http://127.0.0.1:{port}");
                Some(Access {
                    mailbox_url: super::mailbox_url(&base_url, &mailbox),
                    base_url,
                    api_key: key.into(),
                })
            }
            // It is starting for the first time.
            _ => None,
        })
    }
}
