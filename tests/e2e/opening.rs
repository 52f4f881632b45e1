//! `paraph FILE.pdf`: at the first start, and when Paraph is running already.

use crate::fixture;
use anyhow::ensure;
use paraph_tests::stage::{Stage, Window, button, css, heading, wait_until};

pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let lease = fixture(stage, "Lease.pdf", 2)?;
    let quote = fixture(stage, "Quote.pdf", 3)?;
    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .argument(lease.to_string_lossy())
        .open()?;
    // Nothing is set up yet; the file waits until that is done.
    window.click(&button("Start practising"))?;
    shows_draft(&window, "Lease", 2)?;
    stage.picture_of(&window, "first-start")?;

    // A second start hands the file over, brings the window back from the tray, and leaves the
    // draft alone that happens to be open.
    window.close()?;
    wait_until("the window to be put away", || {
        Ok((!window.is_on_screen()?).then_some(()))
    })?;
    stage.start_again(&[&quote])?;
    wait_until("the window to come back", || {
        Ok(window.is_on_screen()?.then_some(()))
    })?;
    shows_draft(&window, "Quote", 3)?;
    stage.picture_of(&window, "second-start")?;

    window.click(&button("Back"))?;
    shows_draft(&window, "Lease", 2)?;
    window.click(&button("Back"))?;
    window.wait_for(&heading("Drafts"))?;
    let drafts = window.execute(
        "return [...document.querySelectorAll('main li')].map((draft) => draft.innerText)",
        &[],
    )?;
    let drafts = drafts.to_string();
    ensure!(
        drafts.contains("Lease") && drafts.contains("Quote"),
        "each start made a draft: {drafts}"
    );
    window.ensure_untroubled()
}

fn shows_draft(window: &Window, title: &str, pages: u32) -> anyhow::Result<()> {
    let input = css("#editor-title");
    wait_until(&format!("the draft '{title}'"), || {
        let input = window.wait_for(&input)?;
        let shown = window.page().property(&input, "value")?;
        Ok((shown == title).then_some(()))
    })?;
    window.wait_for_text(&format!("1 / {pages}"))
}
