//! A desktop without a keychain, and without a network: what cannot be done is said, the key is
//! written nowhere, and practice works all the same.

use anyhow::{Context, ensure};
use paraph_tests::stage::{Stage, button, field, heading, role};
use std::fs;
use std::path::Path;

/// A key that was never given to anybody.
const KEY: &str = "0f8c2d1e4b5a69788796a5b4c3d2e1f0";

pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        // Nothing answers there, so nothing of this story leaves the machine.
        .environment("HTTPS_PROXY", "http://127.0.0.1:9")
        .open()?;
    window.click(&button("Connect an account"))?;
    window.wait_for(&role("dialog", "Connect Yousign"))?;
    window.click(&button("I have no key"))?;
    window.wait_for(&role("dialog", "How to get a key"))?;
    stage.picture_of(&window, "no-key")?;
    window.click(&button("Close"))?;
    window.wait_until_gone(&role("dialog", "How to get a key"))?;

    // Said before a key is typed, with the one way that is left.
    window.wait_for_text("No keychain is running on this computer")?;
    let connect = button("Keep for this run only");
    window.click(&connect)?;
    window.wait_for_text("Choose test or live.")?;
    window.wait_for_text("Enter the key.")?;
    window.click(&role("radio", "Test"))?;
    window.fill(&field("API key"), KEY)?;
    window.click(&connect)?;
    window.wait_for_text("No connection.")?;
    stage.picture_of(&window, "no-connection")?;
    ensure!(
        !is_written_below(&stage.session().home(), KEY.as_bytes())?,
        "a key that was refused or could not be tried is in no file"
    );
    window.click(&button("Cancel"))?;

    window.click(&button("Start practising"))?;
    window.wait_for(&heading("Drafts"))?;
    stage.picture_of(&window, "practice-without-keychain")?;
    window.ensure_untroubled()
}

pub fn is_written_below(folder: &Path, words: &[u8]) -> anyhow::Result<bool> {
    let entries = fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let kind = entry.file_type()?;
        let found = if kind.is_dir() {
            is_written_below(&entry.path(), words)?
        } else if kind.is_file() {
            let bytes = fs::read(entry.path()).unwrap_or_default();
            bytes.windows(words.len()).any(|part| part == words)
        } else {
            false
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}
