//! Every kind of screen with Tab alone, forwards and backwards.

use crate::fixture;
use paraph_tests::main_job::type_people;
use paraph_tests::stage::{Stage, Window, button, css, heading, role};

pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let window = stage.paraph().environment("LANG", "en_GB.UTF-8").open()?;
    window.wait_for(&button("Start practising"))?;
    stage.tab_round(&window, "the first screen")?;
    window.click(&button("Start practising"))?;
    window.wait_for(&heading("Drafts"))?;
    stage.tab_round(&window, "drafts")?;
    window.click(&button("Requests"))?;
    window.wait_for(&heading("Requests"))?;
    stage.tab_round(&window, "requests")?;
    window.click(&button("Settings"))?;
    window.wait_for(&heading("Settings"))?;
    stage.tab_round(&window, "settings")?;
    window.click(&button("Connect Yousign…"))?;
    window.wait_for(&role("dialog", "Connect Yousign"))?;
    stage.tab_round(&window, "connecting")?;
    stage.pointer().press("Escape")?;
    window.wait_until_gone(&css("[role=dialog]"))?;
    editor(stage, &window)?;
    review(stage, &window)?;
    window.ensure_untroubled()
}

fn editor(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    stage.start_again(&[fixture(stage, "Lease.pdf", 5)?])?;
    window.wait_for_text("1 / 5")?;
    stage.tab_round(window, "the editor, nothing placed")?;
    type_people(stage, window)?;
    for person in 1..=2 {
        window.click(&css("#editor-palette-person"))?;
        window.click(&css(format!("[role=option]:nth-of-type({person})")))?;
        window.execute("document.querySelector('[data-page-number]').focus()", &[])?;
        stage.pointer().press("s")?;
        window.wait_for(&css("#editor-inspector"))?;
    }
    stage.tab_round(window, "a selected field")?;
    window.click(&css("[id^='person-head-']"))?;
    stage.tab_round(window, "a person's form")?;
    stage.pointer().press("Escape")?;
    window.click(&css("#editor-checklist"))?;
    stage.tab_round(window, "the ready list")?;
    window.click(&css("#editor-field-list"))?;
    stage.tab_round(window, "the list of fields")?;
    window.click(&css("#editor-message"))?;
    window.wait_for(&css("[role=dialog]"))?;
    stage.tab_round(window, "the message")?;
    stage.pointer().press("Escape")?;
    window.wait_until_gone(&css("[role=dialog]"))
}

fn review(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.click(&css("header button.primary"))?;
    window.wait_for(&button("Send for practice"))?;
    stage.tab_round(window, "the review")?;
    window.click(&button("Send for practice"))?;
    window.wait_for(&heading("Sent"))?;
    window.click(&button("Open the request"))?;
    window.wait_for(&button("Remind"))?;
    stage.tab_round(window, "a request")
}
