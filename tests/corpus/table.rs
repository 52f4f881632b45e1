//! What came of all files, for reading.

use crate::check::{Found, Straightened};
use paraph_pdf::PdfError;
use std::collections::BTreeMap;

/// How many of the slowest files are named.
const SLOWEST: usize = 10;

pub fn print(found: &[Found]) {
    println!("{:>6}  files", found.len());
    println!("\nopening");
    counts(found.iter().map(|it| match &it.opened {
        Ok(()) => "opened".to_owned(),
        Err(error) => said(error),
    }));
    println!("\npages");
    let sum = |of: fn(&Found) -> usize| found.iter().map(of).sum::<usize>();
    line(sum(|it| it.drawn), "drawn");
    line(sum(|it| it.not_drawn.len()), "answered with an error");
    line(sum(|it| it.geometry.same), "shown in pdfium's size");
    line(
        sum(|it| it.geometry.shown_after_all),
        "shown by the media box where pdfium shows nothing",
    );
    line(
        sum(|it| it.geometry.different.len()),
        "shown in another size",
    );
    println!("\nstraightening");
    counts(found.iter().map(|it| match &it.straightened {
        None if it.opened.is_err() => "not opened".to_owned(),
        None => "straight already".to_owned(),
        Some(Straightened::Same) => "the same to one level".to_owned(),
        Some(Straightened::AtEdges(_)) => "the same but for a few pixels at edges".to_owned(),
        Some(Straightened::Different(_)) => "DIFFERENT".to_owned(),
        Some(Straightened::NotBecauseSigned) => "not, because it is signed".to_owned(),
        Some(Straightened::Refused(error)) => format!("not: {}", said(error)),
    }));
    println!("\nworkers");
    line(sum(|it| it.crashes.len()), "crashes");
    line(sum(|it| it.hangs.len()), "hangs");

    println!("\nslowest");
    let mut by_time: Vec<&Found> = found.iter().collect();
    by_time.sort_by_key(|it| std::cmp::Reverse(it.took));
    for it in by_time.into_iter().take(SLOWEST) {
        println!("{:>6.2} s  {}", it.took.as_secs_f64(), it.name);
    }
    println!("\nin detail");
    for it in found {
        for detail in details(it) {
            println!("  {}: {detail}", it.name);
        }
    }
}

fn details(found: &Found) -> Vec<String> {
    let mut details = Vec::new();
    details.extend(found.crashes.iter().map(|job| format!("CRASH: {job}")));
    details.extend(found.hangs.iter().map(|job| format!("HANG: {job}")));
    let different = found.geometry.different.iter();
    details.extend(different.map(|text| format!("SIZE: {text}")));
    details.extend(found.geometry.unknown.clone());
    details.extend(found.not_drawn.iter().cloned());
    match &found.straightened {
        Some(Straightened::Different(pages)) => {
            details.extend(pages.iter().map(|text| format!("LOOK: {text}")));
        }
        Some(Straightened::AtEdges(largest)) => {
            details.push(format!("straightened, edges differ by up to {largest}"));
        }
        Some(Straightened::Refused(error)) => details.push(format!("not straightened: {error}")),
        _ => {}
    }
    if let Err(error @ PdfError::Damaged { .. }) = &found.opened {
        details.push(error.to_string());
    }
    details
}

/// An error without what is particular to one file.
fn said(error: &PdfError) -> String {
    match error {
        PdfError::Damaged { .. } => "the document is damaged".to_owned(),
        other => other.to_string(),
    }
}

fn counts(kinds: impl Iterator<Item = String>) {
    let mut counted: BTreeMap<String, usize> = BTreeMap::new();
    for kind in kinds {
        *counted.entry(kind).or_default() += 1;
    }
    for (kind, count) in counted {
        line(count, &kind);
    }
}

fn line(count: usize, what: &str) {
    println!("{count:>6}  {what}");
}
