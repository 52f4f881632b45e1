//! The words of the pages: found by Ctrl+F in all documents, selected and copied.

use crate::fixture;
use anyhow::{Context, ensure};
use paraph_tests::fixtures;
use paraph_tests::stage::{Stage, button, css};
use serde_json::json;
use std::fs;

pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let contract = fixture(stage, "Contract.pdf", 3)?;
    let scan = stage.session().home().join("Scan.pdf");
    fs::write(&scan, fixtures::scan(1)).context("a scan")?;
    let annex = fixture(stage, "Annex.pdf", 2)?;
    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .argument(contract.to_string_lossy())
        .argument(scan.to_string_lossy())
        .argument(annex.to_string_lossy())
        .open()?;
    window.click(&button("Start practising"))?;
    window.wait_for_text("1 / 6")?;
    let first = css("[data-page-number='1'] .words span");
    window.wait_for(&first)?;

    // By the keyboard alone.
    let pointer = stage.pointer();
    pointer.press("ctrl+f")?;
    let input = css("[role=search] input");
    window.wait_for(&input)?;
    window.fill(&input, "GENÈVE")?;
    window.wait_for_text("No match")?;
    window.fill(&input, "genevá")?;
    window.wait_for_text("1 of 5")?;
    window.wait_for_text("1 page has no text")?;
    stage.picture_of(&window, "found")?;
    for number in 2..=5 {
        pointer.press("Return")?;
        window.wait_for_text(&format!("{number} of 5"))?;
    }
    // The last one is in the other document, after the scan.
    let mark = css("[data-page-number='6'] .mark.current");
    window.wait_for(&mark)?;
    let place = window.rectangle(&mark)?;
    let room = window.rectangle(&css("[role=region]"))?;
    ensure!(
        place.y >= room.y && place.y + place.height <= room.y + room.height,
        "the match is in view: {place:?} in {room:?}"
    );
    stage.picture_of(&window, "found-in-the-annex")?;
    pointer.press("Escape")?;
    window.wait_until_gone(&input)?;

    // By the pointer, over the words of a page.
    let line = css("[data-page-number='6'] .words span");
    window.wait_for(&line)?;
    let place = window.rectangle(&line)?;
    let middle = place.y + place.height / 2.0;
    // A line is laid out in several pieces.
    let end = window.execute(
        "const boxes = [...document.querySelectorAll(\"[data-page-number='6'] .words span\")]
           .map((piece) => piece.getBoundingClientRect());
         return Math.max(...boxes.filter((box) => Math.abs(box.top - boxes[0].top) < 2)
           .map((box) => box.right));",
        &[],
    )?;
    let end = end.as_f64().context("the line's end")?;
    pointer.drag(
        window.on_screen(place.x + 1.0, middle)?,
        window.on_screen(end - 1.0, middle)?,
    )?;
    let selected = window.execute("return getSelection().toString()", &[])?;
    let selected = selected.as_str().unwrap_or_default();
    ensure!(
        selected.contains("ervice agreement no. 2024-00"),
        "a line is selected: {selected:?}"
    );
    stage.picture_of(&window, "selected")?;
    let fields = window.execute(
        "return document.querySelectorAll('[data-field-id]').length",
        &[],
    )?;
    ensure!(fields == json!(0), "no field was placed: {fields}");
    window.ensure_untroubled()
}
