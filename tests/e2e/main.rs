//! Plays stories with the real window: `cargo xtask e2e [NAME...]`.
#![allow(
    clippy::print_stdout,
    reason = "a test runner speaks to the person who started it"
)]

#[cfg(target_os = "linux")]
mod after_sending;
#[cfg(target_os = "linux")]
mod by_tab;
#[cfg(target_os = "linux")]
mod correcting;
#[cfg(target_os = "linux")]
mod editor;
#[cfg(target_os = "linux")]
mod finding;
#[cfg(target_os = "linux")]
mod first_screen;
#[cfg(target_os = "linux")]
mod french;
#[cfg(target_os = "linux")]
mod no_keychain;
#[cfg(target_os = "linux")]
mod opening;
#[cfg(target_os = "linux")]
mod pages;
#[cfg(target_os = "linux")]
mod passwords;
#[cfg(target_os = "linux")]
mod starting;

/// A contract in the story's home folder.
#[cfg(target_os = "linux")]
fn fixture(
    stage: &paraph_tests::stage::Stage,
    name: &str,
    pages: u32,
) -> anyhow::Result<std::path::PathBuf> {
    let path = stage.session().home().join(name);
    std::fs::write(&path, paraph_tests::fixtures::contract(pages))?;
    Ok(path)
}

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use paraph_tests::main_job;
    use paraph_tests::stage::Furniture;
    use paraph_tests::stage::play::{Story, all};
    let no_keychain = Furniture {
        keychain: false,
        ..Furniture::complete()
    };
    all(&[
        Story::new("first-screen", first_screen::in_english),
        Story::new("first-screen-french", first_screen::in_french),
        Story::new("no-keychain", no_keychain::play).on(no_keychain),
        Story::new("french", french::in_light),
        Story::new("french-dark", french::in_dark),
        Story::new("starting", starting::play),
        Story::new("by-tab", by_tab::play),
        Story::new("opening", opening::play),
        Story::new("pages", pages::play),
        Story::new("slow-page", pages::slow),
        Story::new("editor", editor::play),
        Story::new("suggestions", editor::suggestions::play),
        Story::new("suggestions-french", editor::suggestions::in_french),
        Story::new("ready", editor::ready::play),
        Story::new("ready-french", editor::ready::in_french),
        Story::new("passwords", passwords::play),
        Story::new("finding", finding::play),
        Story::new("after-sending", after_sending::play),
        Story::new("correcting", correcting::in_english),
        Story::new("correcting-french", correcting::in_french),
        Story::new("main-job", main_job::play),
    ])
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("the real window is tested on Linux only");
}
