//! What stories do and read in the editor.

use crate::stage::{Target, Window, button, css};
use anyhow::Context;
use paraph_domain::geometry::Rect;

/// The largest distance between the edges of two rectangles, or between their sizes.
pub fn difference(a: Rect, b: Rect) -> f64 {
    let right = (a.x + a.w) - (b.x + b.w);
    let bottom = (a.y + a.h) - (b.y + b.h);
    [a.x - b.x, a.y - b.y, a.w - b.w, a.h - b.h, right, bottom]
        .into_iter()
        .fold(0.0, |most, one| most.max(one.abs()))
}

/// The palette's tool that places a field of this type for somebody.
pub fn tool(of: &str, person: &str) -> Target {
    button(format!("{of} for {person}"))
}

/// Chooses whose fields are placed.
pub fn choose(window: &Window, person: &str) -> anyhow::Result<()> {
    if !window.shows(&tool("Signature", person))? {
        window.click(&css("#editor-palette-person"))?;
        window.click(&css(format!("[role=option][data-label='{person}']")))?;
    }
    window.wait_for(&tool("Signature", person)).map(drop)
}

/// Lets go of the selected field, so that the pages' overview is in its place again.
pub fn let_go(window: &Window) -> anyhow::Result<()> {
    let close = button("Close the details");
    if window.shows(&close)? {
        window.click(&close)?;
    }
    Ok(())
}

/// The place of the selected field as the inspector says it, in points.
pub fn selected_field(window: &Window) -> anyhow::Result<Rect> {
    // Only once: a click takes the focus from the field.
    let points = css("[aria-label='pt, Points'][aria-pressed=true]");
    window.wait_for(&css("#editor-inspector"))?;
    if !window.shows(&points)? {
        window.click(&button("pt, Points"))?;
        window.wait_for(&points)?;
    }
    let side = |name: &str| -> anyhow::Result<f64> {
        let input = window.wait_for(&css(format!("#inspector-{name}")))?;
        let value = window.page().property(&input, "value")?;
        let value = value
            .as_str()
            .context("the inspector's input has a value")?;
        value
            .parse()
            .with_context(|| format!("'{value}' is a number of points"))
    };
    Ok(Rect {
        x: side("x")?,
        y: side("y")?,
        w: side("w")?,
        h: side("h")?,
    })
}
