//! The walk through the window.

use paraph_tests::stage::{Stage, button};

/// From the first screen to the practice account.
pub fn walk(stage: &Stage) -> anyhow::Result<()> {
    let window = stage.paraph().open()?;
    let start = button("Start practising");
    window.wait_for(&start)?;
    stage.picture("first-screen")?;
    window.click(&start)?;
    window.wait_until_gone(&start)?;
    stage.picture("practice-account")?;
    Ok(())
}
