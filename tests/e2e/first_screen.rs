//! Paraph opens its window and shows the first screen.

use paraph_tests::stage::{Stage, button};

/// A first start, with nothing set up: practice is one click away.
pub fn first_screen(stage: &Stage) -> anyhow::Result<()> {
    let window = stage.paraph().open()?;
    window.wait_for(&button("Practice"))?;
    stage.picture("first-screen")?;
    Ok(())
}
