//! Every kind of page is seen whole and sharp: turned, cropped, scaled, huge, tiny, many; at any
//! zoom, in both themes, and after a worker that draws them was killed.

use crate::fixture;
use anyhow::{Context, ensure};
use paraph_tests::fixtures::{self, Page, Place, document, slow_page, square};
use paraph_tests::stage::{ABOUT_PAGES, Stage, Window, button, css, processes, run, wait_until};
use serde_json::json;

/// How a page is turned, boxed and scaled.
fn odd_pages() -> Vec<Page> {
    let page = |media: [f64; 4], crop, rotate, user_unit| Page {
        media_box: Some(media),
        crop_box: crop,
        rotate,
        user_unit,
        content: format!(
            "BT /F1 24 Tf {} {} Td (Upper left) Tj ET\n{}",
            media[0] + 60.0,
            media[3] - 90.0,
            square(media[0] + 60.0, media[1] + 60.0, 40.0)
        ),
        annotations: Vec::new(),
    };
    let a4 = [0.0, 0.0, 595.0, 842.0];
    vec![
        page(a4, None, Some(90), None),
        page(a4, None, Some(180), None),
        page(a4, None, Some(270), None),
        page(a4, Some([30.0, 30.0, 400.0, 800.0]), None, None),
        page([100.0, 200.0, 500.0, 700.0], None, None, Some(2.0)),
        page([0.0, 0.0, 14_400.0, 14_400.0], None, None, None),
        page([0.0, 0.0, 130.0, 160.0], None, None, None),
    ]
}

pub fn play(stage: &Stage) -> anyhow::Result<()> {
    let odd = stage.session().home().join("Odd pages.pdf");
    std::fs::write(&odd, document(&odd_pages(), Place::OnThePage))?;
    let scan = stage.session().home().join("Scan.pdf");
    std::fs::write(&scan, fixtures::scan(3))?;
    let many = fixture(stage, "Many pages.pdf", 1000)?;
    let window = stage
        .paraph()
        .environment("LANG", "en_GB.UTF-8")
        .argument(odd.to_string_lossy())
        .argument(scan.to_string_lossy())
        .argument(many.to_string_lossy())
        .open()?;
    window.click(&button("Start practising"))?;
    window.wait_for_text("1 / 1008")?;
    for number in 1..=8 {
        go_to(&window, number)?;
        until_sharp(&window)?;
        stage.picture_of(&window, &format!("page-{number}"))?;
    }
    go_to(&window, 901)?;
    until_sharp(&window)?;
    stage.picture_of(&window, "far-away")?;

    for _ in 0..10 {
        window.click(&button("Zoom in"))?;
    }
    until_sharp(&window)?;
    stage.picture_of(&window, "zoomed")?;
    ensure!(
        pictures_of_the_page(&window)? > 1,
        "a large page is drawn in parts"
    );

    // Who draws the pages dies, and is replaced.
    kill_workers(stage)?;
    go_to(&window, 500)?;
    until_sharp(&window)?;
    stage.picture_of(&window, "after-the-death-of-the-workers")?;
    window.ensure_untroubled()
}

/// A page of a hundred thousand strokes: the others do not wait for it.
pub fn slow(stage: &Stage) -> anyhow::Result<()> {
    let slow = stage.session().home().join("Plan.pdf");
    std::fs::write(&slow, slow_page(100_000))?;
    let contract = fixture(stage, "Contract.pdf", 3)?;
    let window = stage
        .paraph()
        .environment("LANG", "fr_FR.UTF-8")
        .argument(slow.to_string_lossy())
        .argument(contract.to_string_lossy())
        .open()?;
    window.click(&button("Commencer à s’entraîner"))?;
    window.wait_for_text("1 / 4")?;
    stage.picture_of(&window, "slow-page")?;
    go_to(&window, 3)?;
    until_sharp(&window)?;
    stage.picture_of(&window, "another-page-meanwhile")?;
    window.ensure_untroubled()
}

fn go_to(window: &Window, number: u32) -> anyhow::Result<()> {
    window.execute(
        &format!("{ABOUT_PAGES}\nscroller().scrollTop = topOf(arguments[0]);"),
        &[json!(number)],
    )?;
    wait_until(&format!("page {number} to be the current one"), || {
        let current = window.page().find_all("[data-current-page]")?;
        let current = current.first().context("the page's number")?;
        let shown = window.page().attribute(current, "data-current-page")?;
        Ok((shown == Some(number.to_string())).then_some(()))
    })
}

/// Waits until what is seen of every page is covered by pictures that have as many pixels as the
/// screen gives them.
pub(crate) fn until_sharp(window: &Window) -> anyhow::Result<()> {
    let sharp = format!("{ABOUT_PAGES}\nreturn isSharp();");
    wait_until("the pages that are seen to be sharp", || {
        Ok((window.execute(&sharp, &[])? == json!(true)).then_some(()))
    })
}

fn pictures_of_the_page(window: &Window) -> anyhow::Result<usize> {
    let current = css("[data-page-number][tabindex='0'] img");
    window.wait_for(&current)?;
    let images = window
        .page()
        .find_all("[data-page-number][tabindex='0'] img")?;
    Ok(images.len())
}

/// Ends the workers of this session's Paraph, and of no other.
fn kill_workers(stage: &Stage) -> anyhow::Result<()> {
    let workers = processes::of_session(&stage.session().home(), &["paraph-pdf-work"]);
    ensure!(!workers.is_empty(), "no worker was running");
    for worker in workers {
        run(stage.session().command("kill").args(["-KILL", &worker.id]))?;
    }
    Ok(())
}
