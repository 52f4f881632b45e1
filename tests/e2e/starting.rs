//! Starts that do not go as usual: data that cannot be read, and two starts at the same moment.

use crate::fixture;
use anyhow::{Context, ensure};
use paraph_tests::stage::{Stage, wait_until};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::PathBuf;

pub fn play(stage: &Stage) -> anyhow::Result<()> {
    damaged_data_is_said(stage)?;
    two_starts_at_once_make_two_drafts(stage)
}

/// The program says it, and ends when that was read.
fn damaged_data_is_said(stage: &Stage) -> anyhow::Result<()> {
    let database = data_folder(stage).join("paraph.db");
    fs::create_dir_all(data_folder(stage)).context("making the data folder")?;
    fs::write(&database, [0x2a; 20_000]).context("writing a damaged database")?;
    let mut paraph = stage.session().command(stage.program()?);
    let paraph = stage.session().spawn("damaged-start", &mut paraph)?;
    wait_until("the dialog that says why not", || {
        Ok(stage
            .session()
            .place_of_window(&["--name", "^Paraph$"])
            .ok())
    })?;
    stage.picture("damaged")?;
    stage.pointer().press("Return")?;
    paraph.wait()?;
    fs::remove_file(&database).context("removing the damaged database")
}

/// Whichever comes second hands its file over, although the first is not ready for it yet.
fn two_starts_at_once_make_two_drafts(stage: &Stage) -> anyhow::Result<()> {
    let start = |name: &str| {
        let file = fixture(stage, &format!("{name}.pdf"), 1)?;
        let mut paraph = stage.session().command(stage.program()?);
        stage
            .session()
            .spawn(name, paraph.arg("--practice").arg(file))
    };
    let _running = [start("Lease")?, start("Quote")?];
    let database = data_folder(stage).join("paraph.db");
    let drafts = wait_until("a draft of each", || {
        let Ok(database) = Connection::open_with_flags(&database, OpenFlags::SQLITE_OPEN_READ_ONLY)
        else {
            return Ok(None);
        };
        let counted = database.query_row("SELECT count(*) FROM drafts", [], |row| row.get(0));
        Ok(counted.ok().filter(|drafts: &u32| *drafts >= 2))
    })?;
    stage.picture("two-at-once")?;
    ensure!(drafts == 2, "each file is one draft, not {drafts} in all");
    Ok(())
}

fn data_folder(stage: &Stage) -> PathBuf {
    stage.session().home().join(".local/share/paraph-dev")
}
