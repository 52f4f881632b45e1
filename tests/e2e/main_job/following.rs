//! Following what was sent: who has signed, notifications, the tray, the result.

use super::{CONTRACT, PEOPLE, Person};
use crate::stage::{Stage, Window, button, css, heading, role, wait_until};
use anyhow::{Context, ensure};

/// Where results of the practice account are filed.
const FOLDER: &str = "Documents/Paraph/Practice - no legal value";

/// The address of a person's signing page, as Paraph gives it to the browser.
pub fn signing_link(stage: &Stage, window: &Window, person: &Person) -> anyhow::Result<String> {
    let before = stage.session().opened().len();
    window.click(&button(format!("Sign as {}", person.name())))?;
    wait_until("the signing page to be opened", || {
        let opened = stage.session().opened();
        let link = opened.into_iter().nth(before);
        Ok(link.filter(|link| link.starts_with("http://127.0.0.1")))
    })
}

/// A notification of the desktop's says it, exactly once.
pub fn is_told(stage: &Stage, words: &str) -> anyhow::Result<()> {
    stage.wait_for_notification(words)?;
    let times = times_told(stage, words);
    ensure!(times == 1, "'{words}' was announced {times} times");
    Ok(())
}

/// The request and the list say that one of two has signed.
pub fn shows_progress(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    let [ada, jerome] = &PEOPLE;
    window.wait_for_text(&format!("{} signed", ada.name()))?;
    window.wait_for(&button(format!("Sign as {}", jerome.name())))?;
    stage.picture_of(window, "one-of-two-signed")?;
    // Asked once, after the first sending.
    window.wait_for_text("Start Paraph when you log in?")?;
    window.click(&button("Not now"))?;
    window.click(&button("All requests"))?;
    window.wait_for(&heading("Requests"))?;
    window.wait_for_text(&format!("Waiting for {}", jerome.name()))?;
    stage.picture_of(window, "requests")?;
    open_request(window)
}

/// Closing keeps Paraph in the tray, and says so.
pub fn close_to_tray(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.close()?;
    wait_until("the window to be put away", || {
        Ok((!window.is_on_screen()?).then_some(()))
    })?;
    is_told(stage, "Paraph stays in the tray")?;
    // What comes next is the notification that is clicked.
    stage.dismiss_notifications()
}

/// A click on the notification brings the window back, with that request in it.
pub fn click_notification(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    stage.picture("notifications")?;
    stage.click_notification()?;
    wait_until("the window to come back", || {
        Ok(window.is_on_screen()?.then_some(()))
    })?;
    window.wait_for(&heading(CONTRACT))?;
    stage.dismiss_notifications()
}

/// The completed request says where its files are and where the signatures were found.
pub fn shows_result(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.wait_for_text("Completed")?;
    window.wait_for(&heading("Where the signatures are"))?;
    for file in filed(window, 2)? {
        ensure!(
            file.contains(CONTRACT),
            "the file '{file}' is named after the contract"
        );
    }
    wait_until("nobody to have the turn", || {
        let text = window.text(&css("main"))?;
        Ok((!text.contains("Has the turn")).then_some(()))
    })?;
    let marks = window.execute(
        "return [...document.querySelectorAll('table tbody tr')].map((row) => row.innerText)",
        &[],
    )?;
    let marks = marks.as_array().context("a table of signatures")?;
    ensure!(marks.len() == 3, "each field is in the table: {marks:?}");
    for mark in marks {
        let row = mark.as_str().unwrap_or_default();
        ensure!(
            row.contains(" mm"),
            "each mark is found and measured: {row}"
        );
    }
    stage.picture_of(window, "completed")?;
    Ok(())
}

/// *Open* and *Show in its folder* give the desktop what they say.
pub fn opens_files(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    for file in filed(window, 2)? {
        window.click(&button(format!("Open {file}")))?;
        stage.wait_for_opened(&file)?;
    }
    let file = filed(window, 2)?.into_iter().next().context("a file")?;
    let before = stage.session().opened().len();
    window.click(&button(format!("Show {file} in its folder")))?;
    // No file manager answers on this bus, so the folder itself is opened.
    wait_until("the folder to be shown", || {
        let opened = stage.session().opened();
        let folder = opened.into_iter().nth(before);
        Ok(folder.filter(|it| it.ends_with(FOLDER)))
    })?;
    Ok(())
}

/// *Quit* in the tray's menu ends Paraph.
pub fn quit(stage: &Stage, window: Window) -> anyhow::Result<()> {
    window.ensure_untroubled()?;
    stage.choose_last_in_tray("paraph")?;
    window.wait_until_ended()
}

/// Closed and started again: the same requests, and nothing is announced a second time.
pub fn shows_the_same_again(stage: &Stage, window: &Window) -> anyhow::Result<()> {
    window.click(&role("button", "Requests"))?;
    window.wait_for_text("Everybody signed")?;
    // A look at the provider, so that whatever there is to announce is announced.
    window.click(&button("Refresh"))?;
    window.wait_for_text("as of ")?;
    stage.picture_of(window, "started-again")?;
    open_request(window)?;
    filed(window, 2)?;
    for words in [
        format!("{} signed “{CONTRACT}”", PEOPLE[0].name()),
        format!("{} signed “{CONTRACT}”", PEOPLE[1].name()),
        format!("“{CONTRACT}” is complete"),
        "Paraph stays in the tray".to_owned(),
    ] {
        let times = times_told(stage, &words);
        ensure!(times == 1, "'{words}' was announced {times} times");
    }
    let all = stage.notifications().len();
    ensure!(
        all == 4,
        "nothing else was announced: {:?}",
        stage.notifications()
    );
    Ok(())
}

fn open_request(window: &Window) -> anyhow::Result<()> {
    window.click(&css("[role=listitem] button.open, li button.open"))?;
    window.wait_for(&heading(CONTRACT)).map(drop)
}

/// The names of the files that the request says are filed, once there are `count`.
fn filed(window: &Window, count: usize) -> anyhow::Result<Vec<String>> {
    wait_until("the filed files", || {
        let names = window.execute(
            "return [...document.querySelectorAll('li.filed .name')].map((name) => name.title)",
            &[],
        )?;
        let names: Vec<String> = serde_json::from_value(names).context("the names of files")?;
        Ok((names.len() == count).then_some(names))
    })
}

fn times_told(stage: &Stage, words: &str) -> usize {
    let told = stage.notifications();
    told.iter()
        .filter(|one| one.summary.contains(words))
        .count()
}
