//! What a person does with a page, in Paraph's window and in the signer's browser alike.

use super::target::Target;
use super::wait::wait_until;
use super::webdriver::{Element, Rectangle, WebDriver, unless_gone};
use anyhow::Context;
use serde_json::Value;
use std::fs;
use std::path::Path;

/// A page that is shown somewhere.
pub struct Page {
    page: WebDriver,
}

impl Page {
    pub(super) fn new(page: WebDriver) -> Page {
        Page { page }
    }

    /// The driver, for what the methods here do not cover.
    pub fn page(&self) -> &WebDriver {
        &self.page
    }

    /// Waits until the target can be seen.
    pub fn wait_for(&self, target: &Target) -> anyhow::Result<Element> {
        wait_until(&target.to_string(), || target.find(&self.page))
    }

    /// Whether the target can be seen now.
    pub fn shows(&self, target: &Target) -> anyhow::Result<bool> {
        Ok(target.find(&self.page)?.is_some())
    }

    /// Waits until the target is gone.
    pub fn wait_until_gone(&self, target: &Target) -> anyhow::Result<()> {
        wait_until(&format!("{target} to go"), || {
            Ok(target.find(&self.page)?.is_none().then_some(()))
        })
    }

    /// Waits until `words` stand somewhere in the window.
    pub fn wait_for_text(&self, words: &str) -> anyhow::Result<()> {
        wait_until(&format!("the words '{words}'"), || {
            let text = self.page.execute("return document.body.innerText", &[])?;
            let found = text.as_str().is_some_and(|text| text.contains(words));
            Ok(found.then_some(()))
        })
    }

    /// Waits for the target and clicks it.
    pub fn click(&self, target: &Target) -> anyhow::Result<()> {
        wait_until(&target.to_string(), || {
            target.find_where(&self.page, |element| self.page.click(element))
        })
        .map(drop)
        .with_context(|| format!("clicking {target}"))
    }

    /// Replaces what stands in an input.
    pub fn fill(&self, target: &Target, text: &str) -> anyhow::Result<()> {
        let element = self.wait_for(target)?;
        // The driver does not scroll a pane that stands inside of the page.
        self.page.execute(
            "arguments[0].scrollIntoView({ block: 'nearest' })",
            &[WebDriver::argument(&element)],
        )?;
        self.page.clear(&element)?;
        self.page
            .send_keys(&element, text)
            .with_context(|| format!("typing into {target}"))
    }

    /// The text of the target as it is shown.
    pub fn text(&self, target: &Target) -> anyhow::Result<String> {
        let element = self.wait_for(target)?;
        self.page.text(&element)
    }

    /// Waits until the program behind the page has ended.
    pub fn wait_until_ended(&self) -> anyhow::Result<()> {
        wait_until("the program to end", || {
            Ok(self.page.execute("return 1", &[]).is_err().then_some(()))
        })
    }

    /// Keeps a picture of the page alone (the screen's: [`super::Stage::picture`]).
    pub fn picture(&self, file: &Path) -> anyhow::Result<()> {
        fs::write(file, self.page.picture()?).with_context(|| format!("writing {}", file.display()))
    }

    /// Runs the body of a function in the page.
    pub fn execute(&self, body: &str, arguments: &[Value]) -> anyhow::Result<Value> {
        self.page.execute(body, arguments)
    }

    /// Where the target is in the window, in CSS pixels.
    pub fn rectangle(&self, target: &Target) -> anyhow::Result<Rectangle> {
        wait_until(&target.to_string(), || match target.find(&self.page)? {
            Some(element) => unless_gone(self.page.rectangle(&element)),
            None => Ok(None),
        })
    }
}
