//! The practice server inside this process, started when it is first needed, unless another
//! process runs it already.

use async_trait::async_trait;
use paraph_engine::Error;
use paraph_engine::accounts::{PracticeAccess, PracticeServer};
use paraph_pdf::Pdf;
use paraph_sandbox::{Access, Config, RunningSandbox, Sandbox, StartError};
use std::path::PathBuf;
use tokio::sync::Mutex;
use url::Url;

pub struct Practice {
    data: PathBuf,
    pdf: Pdf,
    running: Mutex<Option<RunningSandbox>>,
}

impl Practice {
    pub fn new(data: PathBuf, pdf: Pdf) -> Self {
        Self {
            data,
            pdf,
            running: Mutex::default(),
        }
    }

    /// Whether it is this process that serves. Only after [`PracticeServer::access`].
    pub async fn is_ours(&self) -> bool {
        self.running.lock().await.is_some()
    }
}

#[async_trait]
impl PracticeServer for Practice {
    async fn access(&self) -> Result<PracticeAccess, Error> {
        let mut running = self.running.lock().await;
        let server = match running.take() {
            Some(server) => server,
            None => match Sandbox::start(Config::new(&self.data, self.pdf.clone())).await {
                Ok(server) => server,
                Err(StartError::InUse) => {
                    return match Sandbox::running_elsewhere(&self.data).await {
                        Ok(Some(other)) => access(&other),
                        Ok(None) => Err(failed(StartError::InUse)),
                        Err(error) => Err(failed(error)),
                    };
                }
                Err(error) => return Err(failed(error)),
            },
        };
        let access = access(&Access {
            base_url: server.base_url.clone(),
            api_key: server.api_key.clone(),
            mailbox_url: server.mailbox_url.clone(),
        });
        *running = Some(server);
        access
    }
}

fn access(server: &Access) -> Result<PracticeAccess, Error> {
    let address = |text: &str| Url::parse(text).map_err(failed);
    Ok(PracticeAccess {
        base_url: address(&server.base_url)?,
        key: server.api_key.clone(),
        mailbox: address(&server.mailbox_url)?,
    })
}

fn failed(error: impl std::fmt::Display) -> Error {
    Error::Practice(error.to_string())
}
