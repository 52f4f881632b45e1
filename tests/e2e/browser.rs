//! The signer's browser: chromium, on a page of the practice server.

use super::page::Page;
use super::session::Session;
use super::webdriver::WebDriver;
use anyhow::Context;
use serde_json::json;

/// An open browser with a fresh profile. Dropping it closes it.
pub struct Browser {
    page: Page,
}

impl Browser {
    pub(super) fn open(session: &Session, address: &str) -> anyhow::Result<Browser> {
        let profile = tempfile::Builder::new()
            .prefix("browser-")
            .tempdir_in(session.home())
            .context("making the browser's profile")?
            .keep();
        let capabilities = json!({
            "goog:chromeOptions": {
                "args": [
                    "--headless=new",
                    // As root, as on build machines, chromium refuses to start with its sandbox.
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--no-first-run",
                    "--window-size=1100,900",
                    format!("--user-data-dir={}", profile.display()),
                ],
            },
        });
        let driver = WebDriver::start(session, "chromedriver", &[], &capabilities)
            .context("starting the signer's browser")?;
        driver.open(address)?;
        Ok(Browser {
            page: Page::new(driver),
        })
    }
}

impl std::ops::Deref for Browser {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}
