//! What Paraph shows, on a virtual display, for somebody who has none: `cargo xtask demo`.
#![allow(
    clippy::print_stdout,
    reason = "the demo tells where it left its pictures"
)]

#[cfg(target_os = "linux")]
mod walk;

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    use paraph_tests::stage::play;
    let folder = play::results_folder()?.join("demo");
    play::one(walk::walk, &folder)?;
    println!("\nThe pictures are in {}", folder.display());
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("the demo on a virtual display runs on Linux only; start Paraph itself");
}
