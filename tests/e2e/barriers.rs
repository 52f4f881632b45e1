//! What keeps people out: axe-core looks at every screen of which a story takes a picture.

use super::webdriver::WebDriver;
use anyhow::Context;
use serde_json::{Value, json};
use std::fs;
use std::path::Path;

/// The UI's own copy.
const AXE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../ui/node_modules/axe-core/axe.min.js"
);

/// Calls back with the rules that are broken, and where.
const LOOK: &str = "const done = arguments[0];
    // What still moves has colours that nobody sees for long.
    for (const each of document.getAnimations()) {
      if (each.effect?.getComputedTiming().endTime < Infinity) each.finish();
    }
    const checks = [{
      id: 'region',
      // What opens over the page belongs to none of its parts.
      options: {
        regionMatcher: 'dialog, [role=dialog], [role=alertdialog], svg, [role=menu], [role=tooltip]',
      },
    }];
    axe.configure({ checks });
    axe.run(document, { resultTypes: ['violations'] }).then(
      ({ violations }) => done(violations.map(({ id, nodes }) =>
        `${id}: ${nodes.slice(0, 5).map(({ html, any }) =>
          [html.slice(0, 200), ...any.slice(0, 1).map(({ message }) => message)].join(' – '))
          .join(' | ')}`)),
      (error) => done([String(error)]));";

/// The rules that the page breaks, each with the first elements that break it.
pub fn on(page: &WebDriver) -> anyhow::Result<Vec<String>> {
    let is_there = page.execute("return window.axe !== undefined", &[])?;
    if is_there != json!(true) {
        let axe = fs::read_to_string(Path::new(AXE))
            .with_context(|| format!("{AXE}: `cargo xtask setup --tests` brings it"))?;
        page.execute(&axe, &[])?;
    }
    let found = page.execute_async(LOOK)?;
    let found = found.as_array().context("axe's answer")?;
    let sentence = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    Ok(found.iter().map(sentence).collect())
}
