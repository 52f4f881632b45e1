//! Where things are in the working copy.

use anyhow::Context;
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// The top folder of the working copy this tool was built from.
pub fn root() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(3).unwrap_or(here)
}

/// What setup fetched; ignored by git, safe to delete.
pub fn tools() -> PathBuf {
    root().join(".tools")
}

/// Where cargo puts its results.
pub fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// A program that a debug build made.
pub fn built(name: &str) -> PathBuf {
    built_in("debug", name)
}

/// A program that a build made in that folder of cargo's target folder.
pub fn built_in(folder: &str, name: &str) -> PathBuf {
    target()
        .join(folder)
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}

/// SHA-256 of a file, in hexadecimal.
pub fn hash_of_file(path: &Path) -> anyhow::Result<String> {
    let content = fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(hex::encode(Sha256::digest(content)))
}

/// One hash over the names and contents of all files below `folders`, leaving out every entry
/// whose name `skipped` accepts. Contents, not dates: git sets dates as it likes.
pub fn hash_of_folders(
    folders: &[PathBuf],
    skipped: &dyn Fn(&str) -> bool,
) -> anyhow::Result<String> {
    let mut files = Vec::new();
    for folder in folders {
        collect_files(folder, skipped, &mut files)?;
    }
    files.sort();
    let mut digest = Sha256::new();
    for file in files {
        digest.update(file.to_string_lossy().as_bytes());
        digest.update([0]);
        digest.update(hash_of_file(&file)?.as_bytes());
    }
    Ok(hex::encode(digest.finalize()))
}

fn collect_files(
    folder: &Path,
    skipped: &dyn Fn(&str) -> bool,
    files: &mut Vec<PathBuf>,
) -> anyhow::Result<()> {
    let entries = fs::read_dir(folder).with_context(|| format!("listing {}", folder.display()))?;
    for entry in entries {
        let entry = entry.with_context(|| format!("listing {}", folder.display()))?;
        if skipped(&entry.file_name().to_string_lossy()) {
            continue;
        }
        if entry.path().is_dir() {
            collect_files(&entry.path(), skipped, files)?;
        } else {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Whether `stamp` holds `expected`.
pub fn stamp_matches(stamp: &Path, expected: &str) -> bool {
    fs::read_to_string(stamp).is_ok_and(|found| found.trim() == expected)
}

/// Writes `content` to `stamp`, making its folder when needed.
pub fn write_stamp(stamp: &Path, content: &str) -> anyhow::Result<()> {
    if let Some(folder) = stamp.parent() {
        fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    }
    fs::write(stamp, content).with_context(|| format!("writing {}", stamp.display()))
}
