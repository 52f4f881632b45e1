//! The list of what is missing and worth a look, beside the pages: it follows what is done, leads
//! to each place, and mends what leaves no question.

use super::draft;
use super::suggestions::line;
use crate::french::dark_and_small;
use anyhow::{Context, ensure};
use paraph_tests::fixtures::{Page, Place, document};
use paraph_tests::main_job::{PEOPLE, type_people};
use paraph_tests::stage::{Stage, Window, button, css, heading, role, wait_until};
use serde_json::json;

/// In English and light, at the usual size.
pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .argument(contract(stage)?)
        .open()?;
    window.click(&button("Start practising"))?;
    window.wait_for_text("1 / 3")?;
    window.click(&button("1 thing missing"))?;
    window.wait_for_text("Add somebody who signs.")?;
    window.wait_for_text("Page 2 of “Lease” is turned, cropped or scaled")?;
    window.wait_for_text("A date is left empty on page 3 of “Lease”.")?;
    stage.picture_of(&window, "nobody-yet")?;
    type_people(stage, &window)?;
    window.wait_for_text(&format!("{} has no place to sign yet.", PEOPLE[0].name()))?;
    window.wait_for_text(&format!(
        "The documents do not mention the name of {}.",
        PEOPLE[1].name()
    ))?;

    // A signature in the middle of the first page, where there are words.
    window.execute("document.querySelector('[data-page-number]').focus()", &[])?;
    stage.pointer().press("s")?;
    window.wait_for(&css("[data-field-id]:focus"))?;
    window.wait_for_text("covers words: “")?;
    stage.picture_of(&window, "over-words")?;

    // The list of all fields takes its room; with keys alone a set of them is selected.
    stage.pointer().press("ctrl+l")?;
    window.wait_for(&css("[role=listbox] [role=option]"))?;
    window.execute("document.querySelector('[role=option]').focus()", &[])?;
    stage.pointer().press("ctrl+a")?;
    window.wait_for(&css("[role=option][aria-selected=true]"))?;
    stage.picture_of(&window, "all-fields")?;
    window.click(&button("1 thing missing"))?;

    // The empty date: its line leads to what is suggested there, and Enter accepts it.
    window.click(&button("A date is left empty on page 3 of “Lease”."))?;
    window.wait_for(&css("[data-suggestion]:focus"))?;
    stage.picture_of(&window, "empty-date")?;
    stage.pointer().press("Return")?;
    until_gone(&window, "A date is left empty")?;

    // Whoever signs no more has a field too many; one press removes it.
    let before = draft(&window)?.fields;
    let owner = before.first().context("a field")?.recipient.as_str();
    window.click(&css(format!("#person-head-{owner}")))?;
    window.click(&css(format!("#person-{owner}-role")))?;
    window.click(&role("option", "Observer"))?;
    window.wait_for_text("does not sign but has a field")?;
    stage.picture_of(&window, "field-of-a-reader")?;
    window.click(&button("Remove the field"))?;
    wait_until("the field to be gone", || {
        Ok((draft(&window)?.fields.len() < before.len()).then_some(()))
    })?;
    ensure!(
        window.execute("return document.activeElement.id", &[])? == json!("ready-list"),
        "the focus stays in the list"
    );
    window.ensure_untroubled()
}

/// In French and dark, on a small display with large text: looked at.
pub fn in_french(stage: &Stage) -> anyhow::Result<()> {
    let window = dark_and_small(stage)?;
    stage.start_again(&[contract(stage)?])?;
    window.click(&button("1 point à compléter"))?;
    window.wait_for_text("Une date est restée vide")?;
    stage.picture_of(&window, "liste")?;
    window.execute("document.querySelector('[data-page-number]').focus()", &[])?;
    stage.pointer().press("question")?;
    window.wait_for(&heading("Raccourcis clavier"))?;
    stage.picture_of(&window, "raccourcis")?;
    stage.pointer().press("Escape")?;
    wait_until("the focus on the page again", || {
        let script = "return document.activeElement.dataset.pageNumber !== undefined";
        Ok((window.execute(script, &[])? == json!(true)).then_some(()))
    })?;
    window.execute("document.documentElement.style.fontSize = '200%'", &[])?;
    stage.picture_of(&window, "deux-fois")?;
    window.ensure_untroubled()
}

fn until_gone(window: &Window, words: &str) -> anyhow::Result<()> {
    wait_until(&format!("'{words}' to be gone"), || {
        let script = "return document.body.innerText.includes(arguments[0])";
        let is_there = window.execute(script, &[json!(words)])?;
        Ok((is_there == json!(false)).then_some(()))
    })
}

/// Three pages, of which the second lies on its side and the last asks for a date. Its path.
fn contract(stage: &Stage) -> anyhow::Result<String> {
    let pages: Vec<Page> = (1..=3)
        .map(|number| {
            let mut content = String::new();
            for row in 0..45 {
                let words = format!("Between the provider and Ada Martin, clause {number}.{row}");
                line(&mut content, 72.0, 80.0 + 14.0 * f64::from(row), &words);
            }
            if number == 3 {
                line(
                    &mut content,
                    72.0,
                    760.0,
                    "Fait à Lyon, le ..............................",
                );
            }
            Page {
                content,
                rotate: (number == 2).then_some(90),
                ..Page::default()
            }
        })
        .collect();
    let path = stage.session().home().join("Lease.pdf");
    std::fs::write(&path, document(&pages, Place::OnThePage)).context("writing the contract")?;
    Ok(path.to_string_lossy().into_owned())
}
