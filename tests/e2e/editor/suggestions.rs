//! Places that a contract of thirty pages suggests: two people sign and date its last page. With
//! the pointer and with keys alone, all of it in three gestures or fewer.

use super::{draft, step};
use crate::french::dark_and_small;
use anyhow::{Context, ensure};
use paraph_domain::draft::{Draft, FieldKind};
use paraph_domain::geometry::Rect;
use paraph_tests::fixtures::{Page, Place, document};
use paraph_tests::main_job::{PEOPLE, Person, type_people};
use paraph_tests::stage::{Stage, Target, Window, button, css, role, wait_until};
use serde_json::json;
use std::cell::Cell;
use std::fmt::Write as _;
use std::fs;

const PAGES: usize = 30;
/// Of the issue: two signatures and dates take no more.
const MOST_GESTURES: u32 = 3;

/// What a person's block has on the last page, in points from its top left.
struct Block {
    person: &'static Person,
    /// The rule to sign on: left edge, height, width.
    line: (f64, f64, f64),
    /// The baseline of the dotted line for the date.
    date: f64,
}

const BLOCKS: [Block; 2] = [
    Block {
        person: &PEOPLE[0],
        line: (72.0, 640.0, 200.0),
        date: 680.0,
    },
    Block {
        person: &PEOPLE[1],
        line: (323.0, 640.0, 200.0),
        date: 680.0,
    },
];

/// In English and light.
pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .argument(contract(stage, "Signed by:", "Date:")?)
        .open()?;
    window.click(&button("Start practising"))?;
    window.wait_for_text(&format!("1 / {PAGES}"))?;
    let before = places_of_panes(&window)?;
    // Nobody signs yet: found all the same, and nobody's.
    window.wait_for_text("4 places found")?;
    let after = places_of_panes(&window)?;
    ensure!(
        before == after,
        "the panes hold still: {before} and {after}"
    );
    stage.picture_of(&window, "found-for-nobody")?;
    type_people(stage, &window)?;
    wait_until("people to be proposed", || {
        let waiting = window.execute("return document.querySelector('.waiting') !== null", &[])?;
        Ok((waiting == json!(false)).then_some(()))
    })?;

    let hand = Hand {
        stage,
        window: &window,
        gestures: Cell::new(0),
    };
    let by_pointer = hand.accept_all_by_pointer()?;
    hand.take_back()?;
    let by_keys = hand.accept_all_by_keys()?;
    ensure!(
        places(&by_pointer) == places(&by_keys),
        "pointer and keys give the same draft"
    );
    hand.take_back()?;
    hand.walk_and_accept_one_by_one()?;
    hand.put_away()?;
    window.ensure_untroubled()
}

/// In French and dark, on a small display: looked at.
pub fn in_french(stage: &Stage) -> anyhow::Result<()> {
    let window = dark_and_small(stage)?;
    stage.start_again(&[contract(stage, "Signature :", "Date :")?])?;
    window.wait_for_text("4 emplacements trouvés")?;
    window.click(&button("Ajouter une personne"))?;
    window.fill(&role("combobox", "Prénom"), PEOPLE[0].first_name)?;
    window.fill(&paraph_tests::stage::field("Nom"), PEOPLE[0].last_name)?;
    window.click(&button("Terminé"))?;
    window.wait_for(&button("Tout accepter (4)"))?;
    stage.picture_of(&window, "trouves")?;
    window.execute("document.activeElement.blur()", &[])?;
    stage.pointer().press("n")?;
    window.wait_for(&css("[data-suggestion]:focus"))?;
    stage.picture_of(&window, "premier")?;
    window.execute("document.documentElement.style.fontSize = '200%'", &[])?;
    stage.picture_of(&window, "deux-fois")?;
    window.ensure_untroubled()
}

struct Hand<'a> {
    stage: &'a Stage,
    window: &'a Window<'a>,
    gestures: Cell<u32>,
}

impl Hand<'_> {
    fn click(&self, target: &Target) -> anyhow::Result<()> {
        self.window.wait_for(target)?;
        self.gestures.set(self.gestures.get() + 1);
        self.stage.pointer().click(self.window.middle_of(target)?)
    }

    fn press(&self, key: &str) -> anyhow::Result<()> {
        self.gestures.set(self.gestures.get() + 1);
        self.stage.pointer().press(key)
    }

    fn accept_all_by_pointer(&self) -> anyhow::Result<Draft> {
        self.gestures.set(0);
        self.click(&button("Accept all (4)"))?;
        self.ensure_signed_and_dated("the pointer")
    }

    fn accept_all_by_keys(&self) -> anyhow::Result<Draft> {
        self.focus_page()?;
        self.gestures.set(0);
        self.press("n")?;
        self.until_focus_is_named("Suggested: signature, Ada Martin, page 30 of 30, ")?;
        self.stage.picture_of(self.window, "walked-to")?;
        self.press("ctrl+Return")?;
        self.ensure_signed_and_dated("keys")
    }

    /// Each person has a signature on their line and a date on theirs, and one step takes all back.
    fn ensure_signed_and_dated(&self, by: &str) -> anyhow::Result<Draft> {
        let gestures = self.gestures.get();
        ensure!(gestures <= MOST_GESTURES, "{by}: {gestures} gestures");
        self.window
            .wait_for(&button("Undo: accept 4 suggestions"))?;
        let draft = draft(self.window)?;
        ensure!(draft.fields.len() == 4, "{by}: {:?}", draft.fields);
        for block in &BLOCKS {
            let (x, y, width) = block.line;
            let own = draft.fields.iter().filter(|field| {
                let recipient = draft.recipient(&field.recipient);
                recipient.map(|it| it.email.as_str()) == Some(block.person.email)
            });
            let (marks, dates): (Vec<_>, Vec<_>) =
                own.partition(|field| matches!(field.kind, FieldKind::Signature { .. }));
            let is_on = |rect: Rect, y: f64| {
                let foot = rect.y + rect.h;
                rect.x >= x - 4.0 && rect.x + rect.w <= x + width + 4.0 && (foot - y).abs() < 12.0
            };
            ensure!(
                matches!(marks[..], [mark] if is_on(mark.rect, y)),
                "{by}: {} signs on the line: {marks:?}",
                block.person.first_name
            );
            ensure!(
                matches!(dates[..], [date] if is_on(date.rect, block.date)),
                "{by}: {} dates on the dots: {dates:?}",
                block.person.first_name
            );
        }
        self.window.wait_for(&css("[data-field-id]:focus"))?;
        self.stage.picture_of(
            self.window,
            &format!("accepted-by-{}", by.replace(' ', "-")),
        )?;
        Ok(draft)
    }

    fn take_back(&self) -> anyhow::Result<()> {
        step(self.stage, self.window, "ctrl+z")?;
        ensure!(
            draft(self.window)?.fields.is_empty(),
            "one step takes all back"
        );
        self.window.wait_for_text("4 places found")
    }

    fn walk_and_accept_one_by_one(&self) -> anyhow::Result<()> {
        self.focus_page()?;
        self.press("n")?;
        self.until_focus_is_named("Suggested: signature, Ada Martin")?;
        self.press("n")?;
        self.until_focus_is_named("Suggested: signature, Jérôme Lefèvre")?;
        self.press("shift+n")?;
        self.until_focus_is_named("Suggested: signature, Ada Martin")?;
        self.press("Return")?;
        self.until_focus_is_named("Suggested: signature, Jérôme Lefèvre")?;
        self.window.wait_for(&button("Undo: accept a suggestion"))?;
        self.stage.picture_of(self.window, "accepted-one")?;
        // One click does the same, and nothing is scrolled.
        let scroll = "return document.querySelector('.scroller').scrollTop";
        let before = self.window.execute(scroll, &[])?;
        self.click(&css("[data-suggestion=signature]"))?;
        self.window.wait_for(&css("[data-field-id]:focus"))?;
        ensure!(
            before == self.window.execute(scroll, &[])?,
            "the pages hold still"
        );
        self.window.wait_for_text("2 places found")?;
        let fields = draft(self.window)?.fields;
        ensure!(fields.len() == 2, "two are accepted: {fields:?}");
        self.stage.picture_of(self.window, "accepted-two")?;
        self.press("n")?;
        self.until_focus_is_named("Suggested: Date, Ada Martin")?;
        self.press("Delete")?;
        self.until_focus_is_named("Suggested: Date, Jérôme Lefèvre")?;
        self.window.wait_for_text("1 place found")?;
        self.press("Escape")?;
        self.window
            .wait_for(&css("[data-page-number='30']:focus"))
            .map(drop)
    }

    fn put_away(&self) -> anyhow::Result<()> {
        self.click(&button("Put the suggestions away"))?;
        self.window.wait_until_gone(&css("[data-suggestion]"))?;
        self.stage.picture_of(self.window, "put-away")?;
        self.click(&button("Show 2 suggested places"))?;
        self.window.wait_for_text("2 places found")
    }

    /// Where Tab would bring it after some presses.
    fn focus_page(&self) -> anyhow::Result<()> {
        let script = "document.querySelector('[data-page-number][tabindex=\"0\"]').focus()";
        self.window.execute(script, &[]).map(drop)
    }

    fn until_focus_is_named(&self, start: &str) -> anyhow::Result<()> {
        let script = "return document.activeElement?.ariaLabel?.startsWith(arguments[0]) ?? false";
        wait_until(&format!("the focus on '{start}…'"), || {
            let is_so = self.window.execute(script, &[json!(start)])?;
            Ok((is_so == json!(true)).then_some(()))
        })
    }
}

/// What must not be moved by what is found.
fn places_of_panes(window: &Window) -> anyhow::Result<serde_json::Value> {
    window.execute(
        "return JSON.stringify([...document.querySelectorAll('.scroller, aside, [data-page-number]')]
           .slice(0, 4).map((each) => each.getBoundingClientRect()))",
        &[],
    )
}

/// In an order that does not matter.
fn places(draft: &Draft) -> Vec<String> {
    let mut places: Vec<String> = draft
        .fields
        .iter()
        .map(|field| format!("{:?} {:?} {:?}", field.recipient, field.rect, field.kind))
        .collect();
    places.sort();
    places
}

/// The file's path.
fn contract(stage: &Stage, signed_by: &str, date: &str) -> anyhow::Result<String> {
    let pages: Vec<Page> = (1..=PAGES)
        .map(|number| {
            let mut content = String::new();
            for clause in 1..=5 {
                let words = "The provider performs the services described in the annex with care.";
                let y = 100.0 + 80.0 * f64::from(clause);
                line(&mut content, 72.0, y, &format!("{number}.{clause} {words}"));
            }
            if number == PAGES {
                for block in &BLOCKS {
                    sign_here(&mut content, block, signed_by, date);
                }
            }
            Page {
                content,
                ..Page::default()
            }
        })
        .collect();
    let path = stage.session().home().join("Contract.pdf");
    fs::write(&path, document(&pages, Place::OnThePage)).context("writing the contract")?;
    Ok(path.to_string_lossy().into_owned())
}

fn sign_here(content: &mut String, block: &Block, signed_by: &str, date: &str) {
    let (x, y, width) = block.line;
    line(content, x, y - 60.0, signed_by);
    let (end, from_bottom) = (x + width, 842.0 - y);
    let _ = writeln!(content, "0.5 w {x} {from_bottom} m {end} {from_bottom} l S");
    line(content, x, y + 14.0, &block.person.name());
    line(
        content,
        x,
        block.date,
        &format!("{date} {}", ".".repeat(50)),
    );
}

/// `text` with its baseline `y` points below the top of the page, in the fonts' own code.
pub(super) fn line(content: &mut String, x: f64, y: f64, text: &str) {
    let _ = write!(content, "BT /F1 10 Tf {x} {} Td <", 842.0 - y);
    for letter in text.chars() {
        // Latin 1 is part of it.
        let _ = write!(content, "{:02x}", u32::from(letter));
    }
    content.push_str("> Tj ET\n");
}
