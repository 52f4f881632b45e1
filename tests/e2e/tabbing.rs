//! Walking a screen with Tab alone: every control is reached, none keeps the focus, and the focus
//! is never lost on the way.

use super::{Stage, Window};
use anyhow::{Context, ensure};
use serde_json::{Value, json};
use std::time::Duration;

/// No screen of a story has so many stops.
const MOST_STOPS: usize = 250;

/// Numbers what has the focus and says what it is; null for nothing at all.
const STOP: &str = "
    window.stops ??= new WeakMap();
    const { activeElement: at } = document;
    if (!at || at === document.body || at === document.documentElement) return null;
    if (!stops.has(at)) stops.set(at, (window.lastStop = (window.lastStop ?? 0) + 1));
    const { width, height } = at.getBoundingClientRect();
    return [stops.get(at), at.outerHTML.slice(0, 120), width > 0 && height > 0];";

/// What Tab should have reached. Of a group that the arrow keys walk, one is a stop.
const MISSED: &str = "
    const dialogs = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')];
    const root = dialogs.at(-1) ?? document;
    const wanted = 'a[href], button, input, textarea, select, [tabindex]';
    return [...root.querySelectorAll(wanted)]
      .filter((each) => each.tabIndex >= 0 && !each.disabled && !each.matches('fieldset:disabled *')
        && !each.closest('[inert], [aria-hidden=true]')
        && each.checkVisibility({ visibilityProperty: true })
        && each.getBoundingClientRect().width > 0)
      .filter((each) => !stops.has(each))
      .map((each) => each.outerHTML.slice(0, 160));";

impl Stage {
    /// Walks the screen that is shown from its first stop to its last, and back.
    pub fn tab_round(&self, window: &Window, screen: &str) -> anyhow::Result<()> {
        window.execute(
            "window.stops = new WeakMap(); window.lastStop = 0; document.activeElement?.blur();",
            &[],
        )?;
        let forwards = self
            .walk(window, "Tab")
            .with_context(|| screen.to_owned())?;
        let missed = window.execute(MISSED, &[])?;
        ensure!(missed == json!([]), "{screen}: Tab misses {missed}");
        let backwards = self
            .walk(window, "shift+Tab")
            .with_context(|| format!("{screen}, backwards"))?;
        // What a field shows beside the pages changes with the focus, so that there may be more;
        // where the first walk was set down need not be on the way.
        ensure!(
            backwards.len() + 1 >= forwards.len(),
            "{screen}: {} stops, but {} on the way back: {backwards:?}",
            forwards.len(),
            backwards.len()
        );
        Ok(())
    }

    /// Until the focus comes to where it was before; how many stops there were.
    fn walk(&self, window: &Window, key: &str) -> anyhow::Result<Vec<(u64, String)>> {
        let mut walked: Vec<(u64, String)> = Vec::new();
        let mut has_been_nowhere = false;
        let mut before = Value::Null;
        for _ in 0..MOST_STOPS {
            self.pointer().press(key)?;
            let stop = next_stop(window, &before)?;
            before = stop.clone();
            let Value::Array(stop) = stop else {
                // Between the last and the first, the window itself may have it, once.
                ensure!(
                    !has_been_nowhere,
                    "the focus is lost after {:?}",
                    walked.last()
                );
                has_been_nowhere = true;
                continue;
            };
            let [number, what, is_seen] = stop.as_slice() else {
                anyhow::bail!("a stop has three parts: {stop:?}");
            };
            let number = number.as_u64().context("its number")?;
            let what = what.as_str().unwrap_or_default().to_owned();
            ensure!(
                *is_seen == json!(true),
                "the focus is on what nobody sees: {what}"
            );
            ensure!(
                walked.last().is_none_or(|(last, _)| *last != number),
                "the focus does not leave {what}"
            );
            if walked.iter().any(|(known, _)| *known == number) {
                return Ok(walked);
            }
            walked.push((number, what));
        }
        anyhow::bail!("{MOST_STOPS} stops and no end: {:?}", walked.last())
    }
}

/// What has the focus after a key was pressed: what keeps it has had time to let it go.
fn next_stop(window: &Window, before: &Value) -> anyhow::Result<Value> {
    const TRIES: u32 = 20;
    for _ in 0..TRIES {
        let stop = window.execute(STOP, &[])?;
        if stop.get(0) != before.get(0) {
            return Ok(stop);
        }
        std::thread::sleep(Duration::from_millis(25));
    }
    Ok(before.clone())
}
