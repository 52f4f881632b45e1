//! Twelve fields on a contract of thirty pages, some of them turned, cropped or of another size:
//! placed and edited once with the pointer and once with keys alone. Both give the same draft.

mod keyboard;
mod pointer;
pub mod ready;
pub mod suggestions;
mod wanted;

use anyhow::{Context, ensure};
use paraph_domain::draft::{Draft, Field};
use paraph_tests::editing::difference;
use paraph_tests::main_job::type_people;
use paraph_tests::stage::{ABOUT_PAGES, Stage, Window, button, css, role, wait_until};
use serde_json::json;
use std::collections::HashSet;
use std::time::Duration;
use wanted::{PAGES, WANTED};

/// How far a field may be from where it was wanted, in points: at 100 % a pixel is 0.75.
const TOLERANCE: f64 = 0.5;

pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let file = stage.session().home().join("Odd contract.pdf");
    std::fs::write(&file, wanted::contract())?;
    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .argument(file.to_string_lossy())
        .open()?;
    window.click(&button("Start practising"))?;
    window.wait_for_text(&format!("1 / {PAGES}"))?;
    type_people(stage, &window)?;

    pointer::place_and_edit(stage, &window)?;
    let by_pointer = draft(&window)?;
    stage.picture_of(&window, "by-pointer")?;
    ensure_as_wanted(&by_pointer, "the pointer")?;

    undo_and_redo_everything(stage, &window, &by_pointer)?;
    undo_until_no_field_is_left(stage, &window)?;

    keyboard::place_and_edit(stage, &window)?;
    let by_keys = draft(&window)?;
    stage.picture_of(&window, "by-keys")?;
    ensure_as_wanted(&by_keys, "the keys")?;

    undo_until_no_field_is_left(stage, &window)?;
    initials_in_two_gestures(stage, &window)?;
    window.ensure_untroubled()
}

/// The draft that is open, once nothing of it is under way any more.
fn draft(window: &Window) -> anyhow::Result<Draft> {
    let mut before = None;
    wait_until("the draft to come to rest", || {
        let now = draft_now(window)?;
        // What keys move becomes an edit when they rest.
        std::thread::sleep(Duration::from_millis(600));
        let is_at_rest = before.as_ref() == Some(&now);
        before = Some(now.clone());
        Ok(is_at_rest.then_some(now))
    })
}

/// As the host has it.
fn draft_now(window: &Window) -> anyhow::Result<Draft> {
    window.execute(
        "window.answer = null;
         window.__TAURI_INTERNALS__
           .invoke('get_draft', {
             request: { draft: document.querySelector('[data-draft]').dataset.draft },
           })
           .then(({ draft }) => (window.answer = draft));",
        &[],
    )?;
    let answer = wait_until("the draft", || {
        let answer = window.execute("return window.answer", &[])?;
        Ok((!answer.is_null()).then_some(answer))
    })?;
    Ok(serde_json::from_value(answer)?)
}

/// Each wanted field is there, once, and nothing else is.
fn ensure_as_wanted(draft: &Draft, by: &str) -> anyhow::Result<()> {
    let mut found = HashSet::new();
    for wanted in &WANTED {
        let is_it = |field: &&Field| {
            wanted.kind.is(&field.kind)
                && draft.page(&field.page).map(|(_, index, _)| index + 1) == Some(wanted.page)
                && draft
                    .recipient(&field.recipient)
                    .map(|it| it.email.as_str())
                    == Some(wanted.person.email)
                && difference(field.rect, wanted.rect) <= TOLERANCE
        };
        let field = draft.fields.iter().find(is_it).with_context(|| {
            let there: Vec<String> = draft
                .fields
                .iter()
                .filter(|it| draft.page(&it.page).map(|(_, at, _)| at + 1) == Some(wanted.page))
                .map(|it| format!("{:?} of {} {:?}", it.kind, it.recipient.as_str(), it.rect))
                .collect();
            format!("{by}: {wanted:?} is not there; on that page there are {there:?}")
        })?;
        ensure!(found.insert(&field.id), "{by}: two are wanted at one place");
    }
    ensure!(
        draft.fields.len() == WANTED.len(),
        "{by}: {} fields instead of {}",
        draft.fields.len(),
        WANTED.len()
    );
    Ok(())
}

fn undo_and_redo_everything(stage: &Stage, window: &Window, before: &Draft) -> anyhow::Result<()> {
    let steps = press_until(
        stage,
        window,
        "ctrl+z",
        "button[aria-label='Undo']:disabled",
    )?;
    let start = draft(window)?;
    ensure!(
        start.fields.is_empty() && start.recipients.is_empty(),
        "undone to the start: {} fields, {} people",
        start.fields.len(),
        start.recipients.len()
    );
    let again = press_until(
        stage,
        window,
        "ctrl+shift+z",
        "button[aria-label='Redo']:disabled",
    )?;
    ensure!(steps == again, "{steps} steps undone, {again} done again");
    let after = Draft {
        revision: before.revision,
        ..draft(window)?
    };
    ensure!(
        after == *before,
        "everything undone and done again is as it was"
    );
    Ok(())
}

/// Presses a key until it has nothing more to do; how many times.
fn press_until(stage: &Stage, window: &Window, key: &str, end: &str) -> anyhow::Result<u32> {
    let mut pressed = 0;
    while !window.shows(&css(end))? {
        step(stage, window, key)?;
        pressed += 1;
        ensure!(pressed < 200, "'{key}' comes to no end");
    }
    Ok(pressed)
}

fn undo_until_no_field_is_left(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    for _ in 0..100 {
        if draft_now(window)?.fields.is_empty() {
            return Ok(());
        }
        step(stage, window, "ctrl+z")?;
    }
    anyhow::bail!("fields are left after a hundred steps back")
}

/// Presses a key and waits for what it does to the draft.
fn step(stage: &Stage, window: &Window, key: &str) -> anyhow::Result<()> {
    let before = draft_now(window)?.revision;
    stage.pointer().press(key)?;
    wait_until(&format!("a step by '{key}'"), || {
        Ok((draft_now(window)?.revision != before).then_some(()))
    })
}

/// Initials on every page but the first: one click opens the menu, another chooses.
fn initials_in_two_gestures(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let pointer = stage.pointer();
    pointer.click(window.middle_of(&button("Initials on many pages"))?)?;
    let choice = role(
        "menuitem",
        format!("All pages but the first: {} pages", PAGES - 1),
    );
    window.wait_for(&choice)?;
    stage.picture_of(window, "initials-menu")?;
    pointer.click(window.middle_of(&choice)?)?;
    window.wait_for(&button(format!("Undo: initials on {} pages", PAGES - 1)))?;
    let draft = draft(window)?;
    let pages: HashSet<_> = draft.fields.iter().map(|field| &field.page).collect();
    ensure!(
        draft.fields.len() == PAGES - 1 && pages.len() == PAGES - 1,
        "{} initials on {} pages",
        draft.fields.len(),
        pages.len()
    );
    stage.picture_of(window, "initials")?;
    Ok(())
}

/// Scrolls so that a point of a page is in the middle of the pane.
fn show(window: &Window, page: usize, at: (f64, f64), width: f64) -> anyhow::Result<()> {
    window.execute(
        &format!(
            "{}
             const [number, x, y, width] = arguments;
             const pane = scroller(), sheet = pageOf(number).getBoundingClientRect();
             const box = pane.getBoundingClientRect(), scale = sheet.width / width;
             pane.scrollLeft += sheet.left + x * scale - box.left - pane.clientWidth / 2;
             pane.scrollTop += sheet.top + y * scale - box.top - pane.clientHeight / 2;",
            ABOUT_PAGES
        ),
        &[json!(page), json!(at.0), json!(at.1), json!(width)],
    )?;
    Ok(())
}
