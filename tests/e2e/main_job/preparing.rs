//! Preparing the contract: the file, the people, the fields.

use super::{CONTRACT, PEOPLE, Person};
use crate::editing::{choose, difference, let_go, selected_field, tool};
use crate::fixtures::{self, A4, SIGNATURE_LINES};
use crate::stage::{Point, Rectangle, Stage, Window, button, css, field, role, wait_until};
use anyhow::Context;
use paraph_domain::geometry::Rect;
use std::fs;

/// Pages of the contract.
pub const PAGES: u32 = 4;

/// A field on its page, in points of the displayed page.
pub struct Placed {
    pub person: &'static Person,
    /// From 1.
    pub page: u32,
    /// Where the pointer (and the arrow keys) put it.
    pub dropped: Rect,
    /// Where the editor says that it is.
    pub asked: Rect,
}

/// Drops the contract on the window, together with a picture that only calls itself a PDF.
pub fn drop_contract(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let desk = stage.session().home().join("desk");
    fs::create_dir_all(&desk).context("making a folder")?;
    let contract = desk.join(format!("{CONTRACT}.pdf"));
    let picture = desk.join("Scan.pdf");
    fs::write(&contract, fixtures::contract(PAGES)).context("writing the contract")?;
    fs::write(&picture, fixtures::jpeg()).context("writing a picture")?;
    let onto = window.middle_of(&css("main"))?;
    stage.pointer().drop_files(&[contract, picture], onto)?;

    // The one is refused in words that name it; the other is there all the same.
    window.wait_for(&role("dialog", "One file was not added"))?;
    window.wait_for_text("Scan.pdf")?;
    stage.picture_of(window, "not-a-pdf")?;
    window.click(&button("Understood"))?;
    window.wait_for(&button(format!("Go to page {PAGES}")))?;
    stage.picture_of(window, "contract-dropped")?;
    Ok(())
}

/// Types the people who sign.
pub fn type_people(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    for person in &PEOPLE {
        window.click(&button("Add a person"))?;
        window.fill(&role("combobox", "First name"), person.first_name)?;
        window.fill(&field("Last name"), person.last_name)?;
        window.fill(&role("combobox", "E-mail"), person.email)?;
        window.fill(&field("Phone"), person.phone)?;
        if person.first_name == PEOPLE[0].first_name {
            stage.picture_of(window, "person")?;
        }
        window.click(&button("Done"))?;
        window.wait_until_gone(&button("Done"))?;
    }
    Ok(())
}

/// A signature for each person, dragged to two pages, and a text for the second person that is
/// placed with a click on a third page and brought to its place with the arrow keys.
pub fn place_fields(stage: &Stage, window: &Window) -> anyhow::Result<Vec<Placed>> {
    let [ada, jerome] = &PEOPLE;
    window.click(&button("Fit page"))?;
    let [provider, client] = SIGNATURE_LINES;
    let placed = vec![
        drag_signature(stage, window, ada, PAGES, above(provider))?,
        drag_signature(stage, window, jerome, PAGES - 1, above(client))?,
        click_and_nudge_text(stage, window, jerome, 2, (420.0, 730.0))?,
    ];
    stage.picture_of(window, "field-selected")?;
    undo_and_redo(window)?;
    let_go(window)?;
    for field in &placed {
        let (page, person) = (field.page, field.person.name());
        window.wait_for(&button(format!("Go to page {page}, 1 field: {person}")))?;
    }
    stage.picture_of(window, "fields")?;
    window.wait_for(&button("Ready to send"))?;
    Ok(placed)
}

/// The middle of a mark that stands on a line for signing.
fn above((x, y, width): (f64, f64, f64)) -> (f64, f64) {
    (x + width / 2.0, y - 32.0)
}

fn drag_signature(
    stage: &Stage,
    window: &Window,
    person: &'static Person,
    page: u32,
    to: (f64, f64),
) -> anyhow::Result<Placed> {
    choose(window, &person.name())?;
    let aim = aim(window, page, to)?;
    let from = window.middle_of(&tool("Signature", &person.name()))?;
    // To this very place, not to what is near it.
    stage.pointer().drag_with_alt(from, aim.at)?;
    let asked = selected_field(window)?;
    Ok(Placed {
        person,
        page,
        dropped: aim.around(asked),
        asked,
    })
}

fn click_and_nudge_text(
    stage: &Stage,
    window: &Window,
    person: &'static Person,
    page: u32,
    to: (f64, f64),
) -> anyhow::Result<Placed> {
    choose(window, &person.name())?;
    let aim = aim(window, page, to)?;
    let text = tool("Text", &person.name());
    stage.pointer().click(window.middle_of(&text)?)?;
    window.wait_for_text(&format!("Click where the text of {} goes", person.name()))?;
    stage.picture_of(window, "armed")?;
    stage.pointer().click(aim.at)?;
    let clicked = aim.around(selected_field(window)?);

    // The tool stays in the hand until it is put down.
    stage.pointer().press("Escape")?;
    window.wait_until_gone(&button("Stop placing"))?;
    // An arrow key moves by one point, with Shift by ten.
    for key in ["Right", "Right", "Right", "Down", "shift+Up"] {
        stage.pointer().press(key)?;
    }
    let dropped = Rect {
        x: clicked.x + 3.0,
        y: clicked.y + 1.0 - 10.0,
        ..clicked
    };
    let asked = wait_until("the arrow keys to move the field", || {
        let now = selected_field(window)?;
        Ok((difference(now, dropped) < 0.5).then_some(now))
    })?;
    Ok(Placed {
        person,
        page,
        dropped,
        asked,
    })
}

/// Takes the last step back and does it again.
fn undo_and_redo(window: &Window) -> anyhow::Result<()> {
    window.click(&button("Undo: move field"))?;
    window.click(&button("Redo: move field"))?;
    window.wait_for(&button("Undo: move field")).map(drop)
}

/// A point of a page, and the whole pixel of the screen that is nearest to it.
struct Aim {
    at: Point,
    x: f64,
    y: f64,
}

impl Aim {
    /// A rectangle of the size of `like` with its middle where the pointer is.
    fn around(&self, like: Rect) -> Rect {
        Rect {
            x: self.x - like.w / 2.0,
            y: self.y - like.h / 2.0,
            ..like
        }
    }
}

fn aim(window: &Window, page: u32, (x, y): (f64, f64)) -> anyhow::Result<Aim> {
    let sheet = show_page(window, page)?;
    let scale = sheet.width / A4.0;
    let (left, top) = ((sheet.x + x * scale).round(), (sheet.y + y * scale).round());
    Ok(Aim {
        at: window.on_screen(left, top)?,
        x: (left - sheet.x) / scale,
        y: (top - sheet.y) / scale,
    })
}

/// Brings a page into view and says where it is, once it stands still.
fn show_page(window: &Window, page: u32) -> anyhow::Result<Rectangle> {
    let_go(window)?;
    window.click(&css(format!("#thumbnail-{page}")))?;
    window.wait_for_text(&format!("{page} / {PAGES}"))?;
    let sheet = role("group", format!("Page {page}"));
    let mut before = None;
    wait_until("the page to stand still", || {
        let now = window.rectangle(&sheet)?;
        let is_still = before.replace(now) == Some(now);
        Ok(is_still.then_some(now))
    })
}
