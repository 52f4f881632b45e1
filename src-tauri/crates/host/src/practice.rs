//! The practice server inside this process, started when it is first needed.

use async_trait::async_trait;
use paraph_engine::Error;
use paraph_engine::accounts::{PracticeAccess, PracticeServer};
use paraph_pdf::Pdf;
use paraph_sandbox::{Config, RunningSandbox, Sandbox};
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
}

#[async_trait]
impl PracticeServer for Practice {
    async fn access(&self) -> Result<PracticeAccess, Error> {
        let mut running = self.running.lock().await;
        let server = match running.take() {
            Some(server) => server,
            None => Sandbox::start(Config::new(&self.data, self.pdf.clone()))
                .await
                .map_err(|error| Error::Practice(error.to_string()))?,
        };
        let access = access(&server);
        *running = Some(server);
        access
    }
}

fn access(server: &RunningSandbox) -> Result<PracticeAccess, Error> {
    let address = |text: &str| Url::parse(text).map_err(|error| Error::Practice(error.to_string()));
    Ok(PracticeAccess {
        base_url: address(&server.base_url)?,
        key: server.api_key.clone(),
        mailbox: address(&server.mailbox_url)?,
    })
}
