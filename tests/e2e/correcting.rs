//! A request with a mistake in it: stopped, its document replaced by a new version, sent again.

use crate::fixture;
use crate::french::dark_and_small;
use anyhow::{Context, ensure};
use paraph_tests::main_job::{CONTRACT, PEOPLE, sign, signing_link};
use paraph_tests::stage::{Stage, Window, button, css, heading, role, run, wait_until};
use serde_json::json;
use std::path::Path;
use std::time::Duration;

pub fn in_english(stage: &Stage) -> anyhow::Result<()> {
    let window = stage.paraph().environment("LANG", "en_GB.UTF-8").open()?;
    window.click(&button("Start practising"))?;
    window.click(&button("Requests"))?;
    send(stage)?;
    open_request(&window)?;
    let [ada, _] = &PEOPLE;
    sign(stage, &signing_link(stage, &window, ada)?, ada)?;
    window.wait_for_text(&format!("{} signed", ada.name()))?;

    window.click(&button("Correct…"))?;
    window.wait_for_text(&format!("Signed so far: {}.", ada.name()))?;
    stage.picture_of(&window, "asked-first")?;
    window.click(&button("Stop and correct"))?;
    window.wait_for_text("1 / 2")?;
    ensure!(fields(&window)? == 2, "every field came along");

    // The signatures move to the third page of the new version.
    replace(
        stage,
        &window,
        &fixture(stage, "Service agreement v2.pdf", 3)?,
    )?;
    window.wait_for_text("2 fields followed their words to another place.")?;
    stage.picture_of(&window, "kept")?;
    window.click(&button("Show the fields to check"))?;
    window.wait_for(&css("[data-page-number='3'] [data-field-id]:focus"))?;
    stage.picture_of(&window, "replaced")?;
    stage.pointer().press("ctrl+z")?;
    window.wait_until_gone(&css("[data-page-number='3']"))?;
    stage.pointer().press("ctrl+shift+z")?;
    window.wait_for(&css("[data-page-number='3']"))?;

    window.click(&button("Review and send"))?;
    window.wait_for_text(&format!("{} signed on", ada.name()))?;
    window.wait_for_text("and has to sign again.")?;
    stage.picture_of(&window, "signs-again")?;
    window.click(&button("Send for practice"))?;
    window.wait_for(&heading("Sent"))?;

    // The stopped one leads to the one that took its place.
    window.click(&button("Open the request"))?;
    window.click(&button("All requests"))?;
    window.click(&css("[role=radiogroup] button:nth-of-type(4)"))?;
    window.click(&css("button.open"))?;
    window.wait_for(&heading(CONTRACT))?;
    stage.picture_of(&window, "stopped")?;
    window.click(&button("Show the correction"))?;
    window.wait_for(&button("Correct…"))?;
    window.ensure_untroubled()
}

/// In French and dark, on a small display: looked at.
pub fn in_french(stage: &Stage) -> anyhow::Result<()> {
    let window = dark_and_small(stage)?;
    window.click(&button("Demandes"))?;
    send(stage)?;
    open_request(&window)?;
    stage.picture_of(&window, "demande")?;
    window.click(&button("Corriger…"))?;
    stage.picture_of(&window, "arreter")?;
    window.click(&button("Arrêter et corriger"))?;
    window.wait_for_text("1 / 2")?;
    replace(stage, &window, &fixture(stage, "Contrat v2.pdf", 1)?)?;
    window.wait_for(&role("dialog", "La nouvelle version est en place"))?;
    stage.picture_of(&window, "remplace")?;
    stage.pointer().press("Escape")?;
    window.click(&button("Relire et envoyer"))?;
    window.wait_for_text("personne ne l’avait signée.")?;
    stage.picture_of(&window, "correction")?;
    window.ensure_untroubled()
}

/// Both people's contract of two pages, sent by another process of Paraph's.
fn send(stage: &Stage) -> anyhow::Result<()> {
    let file = fixture(stage, &format!("{CONTRACT}.pdf"), 2)?;
    let program = stage.program()?.with_file_name("paraph-cli");
    let mut send = stage.session().command(program);
    send.args(["send", "--account", "practice"]);
    for (number, person) in (1..).zip(&PEOPLE) {
        let x = 72 + 250 * (number - 1);
        send.arg("--signer")
            .arg(format!("{} <{}> +33612345678", person.name(), person.email))
            .arg("--field")
            .arg(format!("signer={number},page=2,x={x},y=650,w=180,h=46"));
    }
    run(send.arg(file)).map(drop)
}

fn open_request(window: &Window) -> anyhow::Result<()> {
    window.wait_for_text(CONTRACT)?;
    window.click(&css("button.open"))?;
    window.wait_for(&heading(CONTRACT)).map(drop)
}

fn fields(window: &Window) -> anyhow::Result<usize> {
    wait_until("the fields", || {
        let count = window.execute(
            "return document.querySelectorAll('[data-field-id]').length",
            &[],
        )?;
        Ok(count.as_u64().filter(|count| *count > 0))
    })
    .and_then(|count| usize::try_from(count).context("a count"))
}

/// By the document's menu and the system's dialog, where a path is typed.
fn replace(stage: &Stage, window: &Window, file: &Path) -> anyhow::Result<()> {
    window.click(&css(
        "[aria-labelledby=editor-documents] button[aria-haspopup=menu]",
    ))?;
    window.click(&css("[role=menuitem]:nth-of-type(2)"))?;
    // Its title has the word in both languages.
    stage
        .session()
        .place_of_window(&["--name", "documents.* PDF|PDF documents"])?;
    // The first letter of a path makes the dialog show an input for it, which takes a moment in
    // which letters are lost, and nothing tells when it is over.
    stage.pointer().press("slash")?;
    std::thread::sleep(Duration::from_secs(1));
    let path = file.to_string_lossy();
    stage.pointer().write(path.trim_start_matches('/'))?;
    stage.pointer().press("Return")?;
    wait_until("the new version", || {
        let name = file.file_stem().context("a name")?.to_string_lossy();
        let shown = window.execute(
            "return document.querySelector('[id^=document-] .ellipsis')?.innerText",
            &[],
        )?;
        Ok((shown == json!(name)).then_some(()))
    })
}
