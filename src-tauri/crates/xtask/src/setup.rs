//! Installing what is missing. What is there already is left alone, so a second run takes no time.

use crate::node::Node;
use crate::{packages, pdfium, ui};

/// All that building and running Paraph needs.
pub fn to_build() -> anyhow::Result<()> {
    packages::to_build()?;
    fetch()
}

/// All that testing the crates needs.
pub fn to_test_crates() -> anyhow::Result<()> {
    packages::to_test_crates()?;
    fetch()
}

/// All that testing it needs, the real window included.
pub fn to_test() -> anyhow::Result<()> {
    packages::to_test()?;
    fetch()
}

fn fetch() -> anyhow::Result<()> {
    pdfium::fetch()?;
    ui::install(&Node::find()?)
}
