//! What a clerk does with what was sent: finds it, reminds, hands a link over, hears of a refusal,
//! stops. The requests come from the command line, which another Paraph's window sends for.

use crate::fixture;
use anyhow::{Context, ensure};
use paraph_tests::stage::{Stage, Window, button, css, field, heading, role, run, wait_until};

const REASON: &str = "The rent is too high";

pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let window = stage.paraph().environment("LANG", "en_GB.UTF-8").open()?;
    window.click(&button("Start practising"))?;
    window.wait_for(&heading("Drafts"))?;
    window.click(&button("Requests"))?;
    window.wait_for(&heading("Requests"))?;
    stage.picture_of(&window, "nothing-sent")?;
    send(stage, "Lease", "Ada Durand <ada@example.org>")?;
    send(stage, "Quote", "Ben Muller <ben@example.org>")?;
    window.wait_for_text("Waiting for Ada Durand")?;
    window.wait_for_text("Waiting for Ben Muller")?;

    find(&window, "durand", "Lease")?;
    stage.picture_of(&window, "found")?;
    window.click(&css("button.open"))?;
    window.wait_for(&heading("Lease"))?;
    remind(stage, &window)?;
    hand_link_over(stage, &window)?;
    hear_of_refusal(stage, &window)?;

    window.click(&button("All requests"))?;
    find(&window, "Quote", "Quote")?;
    window.click(&css("button.open"))?;
    window.wait_for(&heading("Quote"))?;
    stop(stage, &window)?;
    window.click(&button("All requests"))?;
    window.click(&role("searchbox", "Search by title or person"))?;
    stage.pointer().press("ctrl+a")?;
    stage.pointer().press("BackSpace")?;
    window.click(&css("[role=radiogroup] button:nth-of-type(4)"))?;
    window.wait_for_text("Lease")?;
    window.wait_for_text("Quote")?;
    stage.picture_of(&window, "ended")?;
    window.ensure_untroubled()
}

/// Puts a request into the outbox from outside; the window's process sends it.
fn send(stage: &Stage, name: &str, signer: &str) -> anyhow::Result<()> {
    let file = fixture(stage, &format!("{name}.pdf"), 1)?;
    let program = stage.program()?.with_file_name("paraph-cli");
    let mut send = stage.session().command(program);
    send.args(["send", "--account", "practice", "--signer"])
        .arg(format!("{signer} +33612345678"))
        .args(["--field", "signer=1,page=1,x=300,y=640,w=180,h=50"])
        .arg(file);
    run(&mut send).map(drop)
}

/// Types `words` into the search and waits until the request `name` alone is listed.
fn find(window: &Window, words: &str, name: &str) -> anyhow::Result<()> {
    window.fill(&role("searchbox", "Search by title or person"), words)?;
    let rows = "return [...document.querySelectorAll('button.open .name')].map(it => it.innerText)";
    wait_until(&format!("'{name}' alone to be listed"), || {
        let listed = window.execute(rows, &[])?;
        Ok((listed == serde_json::json!([name])).then_some(()))
    })
}

/// Who would be reminded is shown first; a second reminder on the same day is not offered.
fn remind(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.click(&button("Remind"))?;
    window.wait_for(&role("dialog", "Send reminders?"))?;
    window.wait_for_text("Ada Durand")?;
    stage.picture_of(window, "remind")?;
    window.click(&button("Remind 1 person"))?;
    window.wait_for_text("A reminder was sent")?;
    window.click(&button("Remind"))?;
    window.wait_for_text("reminded less than a day ago")?;
    stage.pointer().press("Escape")?;
    window.wait_until_gone(&role("dialog", "Send reminders?"))
}

fn hand_link_over(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.click(&button("More actions for “Ada Durand”"))?;
    window.click(&role("menuitem", "Copy the signing link…"))?;
    window.wait_for_text("Whoever holds this link may sign in the place of Ada Durand.")?;
    stage.picture_of(window, "link")?;
    window.click(&button("Copy the link"))?;
    window.wait_for_text("The link is copied.")
}

/// The signer refuses in the browser: told without the reason, shown with it.
fn hear_of_refusal(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.click(&button("Sign as Ada Durand"))?;
    let link = stage.wait_for_opened("http://127.0.0.1")?;
    let browser = stage.browser(&link)?;
    browser.click(&css("details.refuse summary"))?;
    browser.fill(&field("Why do you refuse?"), REASON)?;
    browser.picture(&stage.next_picture("refusing"))?;
    browser.click(&button("Refuse to sign"))?;
    browser.wait_for(&heading("You have refused"))?;

    let notice = stage.wait_for_notification("Ada Durand refused “Lease”")?;
    ensure!(
        !notice.summary.contains(REASON) && !notice.body.contains(REASON),
        "the reason stays out of the notification: {notice:?}"
    );
    window.wait_for_text(REASON)?;
    stage.picture_of(window, "refused").map(drop)
}

fn stop(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.click(&button("Stop the request…"))?;
    window.wait_for_text("this cannot be taken back")?;
    stage.picture_of(window, "stopping")?;
    window.click(&button("Stop the request"))?;
    window.wait_for_text("The request is stopped.")?;
    window
        .wait_for_text("The request was stopped")
        .context("it stays recorded")
}
