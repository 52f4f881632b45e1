//! With the pointer: tools dragged out of the palette, fields dragged, handles pulled, buttons.

use super::show;
use super::wanted::{WANTED, Wanted, Way, size_of};
use anyhow::Context;
use paraph_domain::geometry::Rect;
use paraph_tests::editing::{choose, difference, let_go, selected_field, tool};
use paraph_tests::main_job::PEOPLE;
use paraph_tests::stage::{Point, Stage, Target, Window, button, css, role, wait_until};
use serde_json::json;

/// At 100 %, in points: what is nearer cannot be pulled nearer.
const HALF_A_PIXEL: f64 = 0.375;
const SELECTED: &str = "button[data-field-id][aria-current=true]";

pub fn place_and_edit(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let full = "button[aria-label^='Zoom '][aria-label$='%'], .zoom .value";
    window.click(&css(full))?;
    for wanted in &WANTED {
        place(stage, window, wanted)?;
    }
    line_up(stage, window)?;
    delete_one(stage, window)
}

fn place(stage: &Stage, window: &Window, wanted: &Wanted) -> anyhow::Result<()> {
    let person = match wanted.way {
        Way::FromOtherPerson => PEOPLE
            .iter()
            .find(|it| it.email != wanted.person.email)
            .context("another person")?,
        _ => wanted.person,
    };
    let page = match wanted.way {
        Way::FromNextPage => wanted.page + 1,
        _ => wanted.page,
    };
    let mut rect = wanted.rect;
    if let Way::LinedUp(off) = wanted.way {
        rect.x += off;
    }
    let_go(window)?;
    choose(window, &person.name())?;
    // It lands with its middle under the pointer, in its usual size.
    let middle = (rect.x + rect.w / 2.0, rect.y + rect.h / 2.0);
    let to = if page == wanted.page {
        middle
    } else {
        (middle.0, 60.0)
    };
    drag(
        stage,
        window,
        &tool(wanted.kind.name(), &person.name()),
        page,
        to,
    )?;
    let landed = selected_field(window)?;
    if page != wanted.page {
        drag_to_page(stage, window, wanted, middle)?;
    }
    if person.email != wanted.person.email {
        window.click(&css("#inspector-person"))?;
        window.click(&css(format!(
            "[role=option][data-label='{}']",
            wanted.person.name()
        )))?;
    }
    let off = (landed.w - rect.w).abs().max((landed.h - rect.h).abs());
    if off > HALF_A_PIXEL {
        pull(stage, window, wanted, rect)?;
    }
    Ok(())
}

/// Drags with Alt held, so that nothing is lined up.
fn drag(
    stage: &Stage,
    window: &Window,
    what: &Target,
    page: usize,
    to: (f64, f64),
) -> anyhow::Result<()> {
    show(window, page, to, size_of(page).0)?;
    let onto = on_page(window, page, to)?;
    let from = window.middle_of(what)?;
    stage.pointer().drag_with_alt(from, onto)?;
    window.wait_for(&css("#editor-inspector")).map(drop)
}

/// From the top of the next page to the end of its own, with both in sight.
fn drag_to_page(
    stage: &Stage,
    window: &Window,
    wanted: &Wanted,
    to: (f64, f64),
) -> anyhow::Result<()> {
    let (width, height) = size_of(wanted.page);
    show(window, wanted.page, (to.0, height - 40.0), width)?;
    let from = window.middle_of(&css(SELECTED))?;
    let onto = on_page(window, wanted.page, to)?;
    stage.pointer().drag_with_alt(from, onto)?;
    wait_until("the field to be on its page", || {
        let input = window.wait_for(&css("#inspector-page"))?;
        let page = window.page().property(&input, "value")?;
        Ok((page == json!(wanted.page.to_string())).then_some(()))
    })
}

/// Pulls the lower right corner until the size is right, then drags the whole to its place: each
/// way is rounded to pixels once.
fn pull(stage: &Stage, window: &Window, wanted: &Wanted, rect: Rect) -> anyhow::Result<()> {
    let way = |target: &Target, points: (f64, f64)| -> anyhow::Result<()> {
        let sheet = window.rectangle(&css(format!("[data-page-number='{}']", wanted.page)))?;
        let scale = sheet.width / size_of(wanted.page).0;
        let pixels = |points: f64| (points * scale).round() as i32;
        let from = window.middle_of(target)?;
        let to = Point {
            x: from.x + pixels(points.0),
            y: from.y + pixels(points.1),
        };
        stage.pointer().drag_with_alt(from, to)
    };
    let now = selected_field(window)?;
    way(&css("[data-handle=se]"), (rect.w - now.w, rect.h - now.h))?;
    wait_until("the field to have another size", || {
        let pulled = selected_field(window)?;
        Ok((pulled != now).then_some(()))
    })?;
    let now = selected_field(window)?;
    way(&css(SELECTED), (rect.x - now.x, rect.y - now.y))?;
    wait_until("the field to have its size and place", || {
        let now = selected_field(window)?;
        Ok((difference(now, rect) <= super::TOLERANCE).then_some(()))
    })
}

/// Those of one page, enclosed by a rectangle, at one left edge.
fn line_up(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let lined: Vec<_> = WANTED
        .iter()
        .filter(|it| matches!(it.way, Way::LinedUp(_)))
        .collect();
    let page = lined.first().context("fields to line up")?.page;
    let_go(window)?;
    let (width, _) = size_of(page);
    show(window, page, (200.0, 220.0), width)?;
    let from = on_page(window, page, (40.0, 90.0))?;
    let to = on_page(window, page, (330.0, 350.0))?;
    stage.pointer().drag(from, to)?;
    window.wait_for_text("3 fields selected")?;
    stage.picture_of(window, "enclosed")?;
    stage
        .pointer()
        .click(window.middle_of(&button("Align left edges"))?)?;
    window.wait_for(&button("Undo: align 2 fields")).map(drop)
}

/// One too many, and gone again.
fn delete_one(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let_go(window)?;
    let [person, _] = &PEOPLE;
    let person = &person.name();
    choose(window, person)?;
    drag(stage, window, &tool("Text", person), 25, (300.0, 300.0))?;
    window.click(&role("button", "Delete"))?;
    window.wait_for(&button("Undo: delete field")).map(drop)
}

/// A point of a page, in points, on the screen.
fn on_page(window: &Window, page: usize, (x, y): (f64, f64)) -> anyhow::Result<Point> {
    let sheet = window.rectangle(&css(format!("[data-page-number='{page}']")))?;
    let scale = sheet.width / size_of(page).0;
    window.on_screen(sheet.x + x * scale, sheet.y + y * scale)
}
