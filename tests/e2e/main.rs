//! Plays stories with the real window: `cargo xtask e2e [NAME...]`.
#![allow(
    clippy::print_stdout,
    reason = "a test runner speaks to the person who started it"
)]

#[cfg(target_os = "linux")]
mod first_screen;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    use paraph_tests::stage::play;
    play::all(&[
        ("first-screen", first_screen::in_english),
        ("first-screen-french", first_screen::in_french),
        ("main-job", paraph_tests::main_job::play),
    ])
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("the real window is tested on Linux only");
}
