//! `paraph-cli inspect`: what is in a PDF, for people and for scripts. It needs neither an
//! account nor Paraph's data folder.

mod values;
mod words;

use crate::Done;
use crate::failure::{Failure, Refusal, RefusedFile};
use crate::say::Say;
use clap::Args;
use paraph_engine::RefusedWhy;
use paraph_host::StartError;
use paraph_pdf::{Contents, Document, Pdf, PdfError, PdfOptions};
use secrecy::SecretString;
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// The longest password that is read; the longest that counts has 127 bytes (PDF 32000-2, 7.6.4).
const LONGEST_PASSWORD: usize = 4096;

#[derive(Args)]
pub struct Asked {
    /// The PDF.
    file: PathBuf,
    /// Read the password from the first line of standard input. There is no option that takes
    /// the password itself: everybody on this computer could read it.
    #[arg(long)]
    password_stdin: bool,
}

pub async fn inspect(say: &Say, asked: Asked) -> Done {
    let password = if asked.password_stdin {
        Some(password()?)
    } else {
        None
    };
    let (document, contents) = look(&asked.file, password).await?;
    if say.json {
        say.value(&values::of(document.info(), contents.as_ref()));
    } else {
        words::print(say, &asked.file, document.info(), contents.as_ref());
    }
    Ok(())
}

async fn look(path: &Path, password: Option<SecretString>) -> Done<(Document, Option<Contents>)> {
    let source = path.to_owned();
    let opened = tokio::task::spawn_blocking(move || paraph_store::open_source(&source)).await;
    let opened = opened.map_err(|_| paraph_store::Error::Closing)?;
    let (file, _) = opened.map_err(|error| match RefusedWhy::of_source(&error) {
        Some(why) => refused(path, why),
        None => error.into(),
    })?;
    let options = PdfOptions {
        workers: 1,
        ..PdfOptions::default()
    };
    let pdf = Pdf::start(options).map_err(StartError::Pdf)?;
    let failed = |error| failure(path, error);
    let document = pdf.open(file, password).await.map_err(failed)?;
    let contents = match document.examine().await {
        Ok(contents) => Some(contents),
        Err(PdfError::Damaged { .. }) => None,
        Err(error) => return Err(failed(error)),
    };
    Ok((document, contents))
}

fn failure(path: &Path, error: PdfError) -> Failure {
    let file = || path.display().to_string();
    match (&error, RefusedWhy::of_pdf(&error)) {
        (PdfError::PasswordNeeded, _) => Failure::PasswordNeeded { file: file() },
        (PdfError::WrongPassword, _) => Failure::WrongPassword { file: file() },
        (_, Some(why)) => refused(path, why),
        (_, None) => Failure::Engine(error.into()),
    }
}

fn refused(path: &Path, why: RefusedWhy) -> Failure {
    Failure::FilesRefused(vec![RefusedFile {
        name: path.display().to_string(),
        why: Refusal::Why(why),
    }])
}

/// The first line of standard input, without what ends it.
fn password() -> Done<SecretString> {
    // With room for all of it, so that no copy is left behind when it grows.
    let mut given = Zeroizing::new(Vec::with_capacity(LONGEST_PASSWORD));
    let mut input = std::io::stdin().lock().take(LONGEST_PASSWORD as u64);
    let read = input.read_until(b'\n', &mut given);
    // Text that is not UTF-8 is no password either.
    let line = std::str::from_utf8(&given).unwrap_or_default();
    let line = line.trim_end_matches(['\r', '\n']);
    if read.is_err() || line.is_empty() {
        return Err(Failure::NoPassword);
    }
    Ok(SecretString::from(line))
}
