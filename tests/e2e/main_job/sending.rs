//! Reading what will happen, sending, and taking it back.

use super::{CONTRACT, PEOPLE};
use crate::stage::{Stage, Window, button, heading};

/// The review says what will happen to whom.
pub fn review(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.click(&button("Review and send"))?;
    window.wait_for(&heading("Review and send"))?;
    window.wait_for_text("Practice sending to 2 people")?;
    for person in &PEOPLE {
        window.wait_for_text(&format!("Code by e-mail: {}", person.email))?;
    }
    stage.picture_of(window, "review")?;
    Ok(())
}

/// Sends, and takes it back before it has left.
pub fn take_back(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.click(&button("Send for practice"))?;
    window.wait_for(&heading("Nothing has left yet"))?;
    stage.picture_of(window, "undo")?;
    window.click(&button("Undo"))?;
    window.wait_for_text("Taken back. Nothing was sent.")?;
    window.wait_for(&button("Ready to send"))?;
    Ok(())
}

/// Sends for good and goes to the request.
pub fn send(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.click(&button("Review and send"))?;
    window.click(&button("Send for practice"))?;
    window.wait_for(&heading("Sent"))?;
    stage.picture_of(window, "sent")?;
    window.click(&button("Open the request"))?;
    window.wait_for(&heading(CONTRACT))?;
    stage.picture_of(window, "request")?;
    Ok(())
}
