//! Paraph opens its window and shows the first screen, in the desktop's language.

use paraph_tests::stage::{Stage, button};

/// A first start, with nothing set up: practice is one click away.
pub fn in_english(stage: &Stage) -> anyhow::Result<()> {
    shows(stage, "en_GB.UTF-8", "Start practising")
}

/// The same on a French desktop.
pub fn in_french(stage: &Stage) -> anyhow::Result<()> {
    shows(stage, "fr_FR.UTF-8", "Commencer à s’entraîner")
}

fn shows(stage: &Stage, language: &str, start: &str) -> anyhow::Result<()> {
    let window = stage.paraph().environment("LANG", language).open()?;
    window.wait_for(&button(start))?;
    stage.picture_of(&window, "first-screen")?;
    Ok(())
}
