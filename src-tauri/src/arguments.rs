//! What Paraph is started with: by the clerk, by the desktop, or by a second start.

use clap::Parser;
use std::path::{Path, PathBuf};

/// Send PDF contracts for signature.
#[derive(Debug, Clone, Default, Parser)]
#[command(name = "paraph", version)]
pub struct Arguments {
    /// PDFs for a new draft.
    pub files: Vec<PathBuf>,

    /// Add the practice account if there is none.
    #[arg(long)]
    pub practice: bool,

    /// Start in the tray, as at login.
    #[arg(long)]
    pub hidden: bool,
}

impl Arguments {
    /// From a second start. What it cannot read is left out: that start has ended and nobody would
    /// see an error.
    pub fn of_second_start(arguments: &[String], folder: &Path) -> Self {
        let mut parsed = Self::try_parse_from(arguments).unwrap_or_default();
        for file in &mut parsed.files {
            *file = folder.join(&*file);
        }
        parsed
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_start_s_files_are_found_from_its_own_folder() {
        let given = ["paraph", "lease.pdf", "/tmp/other.pdf"].map(str::to_owned);
        let parsed = Arguments::of_second_start(&given, Path::new("/home/ada"));
        assert_eq!(
            parsed.files,
            [
                Path::new("/home/ada/lease.pdf"),
                Path::new("/tmp/other.pdf")
            ]
        );
    }

    #[test]
    fn nonsense_from_a_second_start_is_no_panic() {
        let given = ["paraph", "--no-such-option"].map(str::to_owned);
        assert!(
            Arguments::of_second_start(&given, Path::new("/"))
                .files
                .is_empty()
        );
    }
}
