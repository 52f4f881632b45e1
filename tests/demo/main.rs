//! The main job on a virtual display, for somebody who has none: `cargo xtask demo`.
#![allow(
    clippy::print_stdout,
    reason = "the demo tells where it left its pictures"
)]

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<()> {
    use paraph_tests::main_job;
    use paraph_tests::stage::play::{self, Story};
    let folder = play::results_folder()?.join("demo");
    println!("One contract, two people, on the practice account:\n");
    Story::new("demo", main_job::play).play(&folder)?;
    println!(
        "\nPictures of every step, the signed PDF, its proof and `result.json` are in {}",
        folder.display()
    );
    Ok(())
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("the demo on a virtual display runs on Linux only; start Paraph itself");
}
