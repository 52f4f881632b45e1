//! Signing, as the people do who were invited: on the practice server's page, in a browser.

use super::{CONTRACT, Person};
use crate::stage::{Stage, button, css, field, heading, role};
use anyhow::Context;

/// What is filled into text fields.
pub const TEXT: &str = "Lu et approuvé, Genève";

/// Opens the link, fills the text fields there are, types the name, takes the code that practice shows, accepts.
pub fn sign(stage: &Stage, link: &str, person: &Person) -> anyhow::Result<()> {
    let browser = stage.browser(link)?;
    let (name, _) = person
        .email
        .split_once('.')
        .context("a name in the address")?;
    browser.wait_for(&heading(format!("Hello {}", person.name())))?;
    browser.wait_for_text(&format!("You are asked to sign “{CONTRACT}”."))?;
    browser.picture(&stage.next_picture(&format!("signing-page-{name}")))?;

    let text = css("input[id^='text-']");
    if browser.shows(&text)? {
        browser.fill(&text, TEXT)?;
    }
    browser.fill(&field("Your name as it will be written"), &person.name())?;
    browser.click(&button("Send me the code by e-mail"))?;
    let note = browser.text(&css(".practice-note p"))?;
    let code = note
        .split(|letter: char| !letter.is_ascii_digit())
        .find(|digits| digits.len() == 6)
        .with_context(|| format!("a code of six digits in '{note}'"))?;
    browser.fill(&field("Six-digit code"), code)?;
    browser.click(&role(
        "checkbox",
        "I have read the documents and I want to sign them electronically. I know that this is \
         practice and has no legal value.",
    ))?;
    browser.picture(&stage.next_picture(&format!("signing-form-{name}")))?;
    browser.click(&button("Accept and sign"))?;
    browser.wait_for(&heading("You have signed"))?;
    browser.picture(&stage.next_picture(&format!("signed-by-{name}")))
}
