//! Files with passwords, from the window's question to the page, and nowhere on the disk.

use crate::no_keychain::is_written_below;
use anyhow::{Context, ensure};
use paraph_tests::fixtures;
use paraph_tests::fixtures::protection::{Protection, protected, read_only};
use paraph_tests::stage::{Stage, button, css, field, role, wait_until};
use std::fs;

/// Passwords that stand nowhere else.
const READER: &str = "lecteur-7c1e";
const OWNER: &str = "proprietaire-93bd";

pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let home = stage.session().home();
    let lease = home.join("Lease.pdf");
    let how = Protection {
        user: READER,
        ..Protection::default()
    };
    fs::write(&lease, protected(&fixtures::contract(2), &how)).context("a locked file")?;
    let certificate = home.join("Certificate.pdf");
    let how = Protection {
        owner: OWNER,
        rights: read_only(),
        ..Protection::default()
    };
    fs::write(&certificate, protected(&fixtures::contract(1), &how)).context("a protected file")?;

    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .argument(lease.to_string_lossy())
        .argument(certificate.to_string_lossy())
        .open()?;
    window.wait_for(&role("dialog", "A password is needed"))?;
    window.wait_for_text("“Lease.pdf” opens only with a password.")?;
    stage.picture_of(&window, "password")?;
    window.fill(&field("Password"), OWNER)?;
    window.click(&button("Open"))?;
    window.wait_for_text("This password does not open the document.")?;
    stage.picture_of(&window, "wrong-password")?;
    window.fill(&field("Password"), READER)?;
    window.click(&button("Open"))?;

    window.wait_for(&role("dialog", "Protected against changes"))?;
    window
        .wait_for_text("The author of “Certificate.pdf” does not permit: changes, annotations.")?;
    stage.picture_of(&window, "owner-password")?;
    window.fill(&field("Owner password"), OWNER)?;
    stage.pointer().press("Return")?;
    window.wait_until_gone(&css("[role=dialog]"))?;
    // Nothing is set up yet; the draft waits until that is done.
    window.click(&button("Start practising"))?;
    let count = "return document.querySelectorAll('[data-page-id]').length";
    wait_until("the pages of both files", || {
        Ok((window.execute(count, &[])? == 3).then_some(()))
    })?;
    stage.picture_of(&window, "both-taken")?;

    for secret in [READER, OWNER] {
        ensure!(
            !is_written_below(&home, secret.as_bytes())?
                && !is_written_below(stage.results(), secret.as_bytes())?,
            "a password is in no file and in no log"
        );
    }
    window.ensure_untroubled()
}
