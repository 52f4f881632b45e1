//! Scripts that measure within the application's window.

use crate::memory::{self, Memory};
use anyhow::bail;
use paraph_tests::stage::{ABOUT_PAGES, Window};
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// What every script may use.
const SHARED: &str = include_str!("shown.js");
const PATIENCE: Duration = Duration::from_secs(300);
const GLANCE: Duration = Duration::from_millis(250);

pub struct Script<'a> {
    pub window: &'a Window<'a>,
    /// Of the session, by which its processes are known.
    pub home: PathBuf,
}

impl Script<'_> {
    /// What the body of an asynchronous function gives, with `args` for its arguments.
    pub fn run<T: DeserializeOwned>(&self, body: &str, arguments: &Value) -> anyhow::Result<T> {
        Ok(self.watched(body, arguments)?.0)
    }

    /// The same, and the most memory that was seen meanwhile.
    pub fn watched<T: DeserializeOwned>(
        &self,
        body: &str,
        arguments: &Value,
    ) -> anyhow::Result<(T, Memory)> {
        let script = format!(
            "{ABOUT_PAGES}\n{SHARED}\nwindow.measured = null;\nconst args = arguments[0];
             (async () => {{ {body} }})().then(
               (value) => (window.measured = {{ value }}),
               (error) => (window.measured = {{ error: String(error) }}),
             );"
        );
        let started = Instant::now();
        self.window
            .execute(&script, std::slice::from_ref(arguments))?;
        let mut most = Memory::default();
        loop {
            std::thread::sleep(GLANCE);
            let now = memory::of_session(&self.home);
            most.web = most.web.max(now.web);
            most.host = most.host.max(now.host);
            let measured = self.window.execute("return window.measured", &[])?;
            if let Some(error) = measured.get("error") {
                bail!("measuring in the window: {error}");
            }
            if let Some(value) = measured.get("value") {
                return Ok((serde_json::from_value(value.clone())?, most));
            }
            if started.elapsed() > PATIENCE {
                bail!("the window measured nothing in {} s", PATIENCE.as_secs());
            }
        }
    }
}
