//! With keys alone: they choose person, page and type, and type the place.

use super::wanted::{PAGES, WANTED, Wanted, Way};
use anyhow::{Context, ensure};
use paraph_tests::main_job::PEOPLE;
use paraph_tests::stage::{Stage, Window, button, css, wait_until};
use serde_json::json;

pub fn place_and_edit(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let hand = Hand { stage, window };
    hand.tab_to("[data-page-number]")?;
    for wanted in &WANTED {
        hand.place(wanted)?;
    }
    hand.line_up()?;
    hand.delete_one()
}

struct Hand<'a> {
    stage: &'a Stage,
    window: &'a Window<'a>,
}

impl Hand<'_> {
    fn press(&self, key: &str) -> anyhow::Result<()> {
        self.stage.pointer().press(key)
    }

    fn has_focus(&self, selector: &str) -> anyhow::Result<bool> {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false";
        Ok(self.window.execute(script, &[json!(selector)])? == json!(true))
    }

    fn until_focus(&self, selector: &str) -> anyhow::Result<()> {
        wait_until(&format!("the focus on `{selector}`"), || {
            Ok(self.has_focus(selector)?.then_some(()))
        })
    }

    /// Presses Tab until the focus is there: nothing on the way may keep it.
    fn tab_to(&self, selector: &str) -> anyhow::Result<()> {
        for _ in 0..120 {
            if self.has_focus(selector)? {
                return Ok(());
            }
            self.press("Tab")?;
            // The next look must not be earlier than the key.
            self.window.page().wait_for_frame()?;
        }
        anyhow::bail!("Tab does not come to `{selector}`")
    }

    /// From wherever in the pages, to this one.
    fn go_to_page(&self, page: usize) -> anyhow::Result<()> {
        if !self.has_focus("[data-page-number]")? {
            self.press("Escape")?;
            self.until_focus("[data-page-number]")?;
        }
        for _ in 0..PAGES {
            let now = self.window.execute(
                "return Number(document.activeElement.dataset.pageNumber)",
                &[],
            )?;
            let now = now.as_u64().context("the page that has the focus")? as usize;
            if now == page {
                return Ok(());
            }
            let next = if now < page { now + 1 } else { now - 1 };
            self.press(if now < page { "Next" } else { "Prior" })?;
            self.until_focus(&format!("[data-page-number='{next}']"))?;
        }
        anyhow::bail!("no key comes to page {page}")
    }

    fn place(&self, wanted: &Wanted) -> anyhow::Result<()> {
        let page = match wanted.way {
            Way::FromNextPage => wanted.page + 1,
            _ => wanted.page,
        };
        self.go_to_page(page)?;
        self.press(wanted.kind.key())?;
        self.until_focus("[data-field-id]")?;
        self.press("Return")?;
        self.until_focus("#inspector-person")?;
        self.give_to(&wanted.person.name())?;
        if page != wanted.page {
            self.write("#inspector-page", &wanted.page.to_string())?;
            self.press("Escape")?;
            self.until_focus("[data-field-id]")?;
            self.press("Return")?;
            self.until_focus("#inspector-person")?;
        }
        self.tab_to("[aria-label='pt, Points']")?;
        self.press("space")?;
        let off = match wanted.way {
            Way::LinedUp(off) => off,
            _ => 0.0,
        };
        let rect = wanted.rect;
        // In the order of Tab: going round would pass, and choose, the fields of the pages.
        for (side, value) in [
            ("x", rect.x + off),
            ("y", rect.y),
            ("w", rect.w),
            ("h", rect.h),
        ] {
            self.write(&format!("#inspector-{side}"), &value.to_string())?;
        }
        self.press("Escape")?;
        self.until_focus("[data-field-id]")
    }

    fn give_to(&self, person: &str) -> anyhow::Result<()> {
        let is_theirs = format!("#inspector-person[aria-label$='{person}']");
        if self.has_focus(&is_theirs)? {
            return Ok(());
        }
        self.press("Return")?;
        self.window
            .wait_for(&css("[role=option][data-highlighted]"))?;
        self.press("Home")?;
        for _ in 0..PEOPLE.len() {
            self.window.page().wait_for_frame()?;
            let highlighted = format!("[role=option][data-highlighted][data-label='{person}']");
            if self.window.shows(&css(highlighted))? {
                break;
            }
            self.press("Down")?;
        }
        self.press("Return")?;
        self.until_focus(&is_theirs)
    }

    /// Replaces what stands in an input, and goes on.
    fn write(&self, input: &str, text: &str) -> anyhow::Result<()> {
        self.tab_to(input)?;
        self.press("ctrl+a")?;
        self.stage.pointer().write(text)?;
        self.press("Tab")?;
        wait_until("the input to be left", || {
            Ok((!self.has_focus(input)?).then_some(()))
        })
    }

    fn line_up(&self) -> anyhow::Result<()> {
        let lined = WANTED
            .iter()
            .find(|it| matches!(it.way, Way::LinedUp(_)))
            .context("fields to line up")?;
        self.go_to_page(lined.page)?;
        self.press("ctrl+a")?;
        self.window.wait_for_text("3 fields selected")?;
        self.until_focus("[data-field-id]")?;
        self.press("Return")?;
        self.until_focus("#inspector-person")?;
        self.tab_to("[aria-label='Align left edges']")?;
        self.press("space")?;
        self.window.wait_for(&button("Undo: align 2 fields"))?;
        Ok(())
    }

    fn delete_one(&self) -> anyhow::Result<()> {
        self.press("Escape")?;
        self.go_to_page(25)?;
        self.press("t")?;
        self.until_focus("[data-field-id]")?;
        self.press("Delete")?;
        self.window.wait_for(&button("Undo: delete field"))?;
        let kept = self.has_focus("[data-field-id], [data-page-number]")?;
        ensure!(kept, "the focus stays in the pages after Delete");
        Ok(())
    }
}
