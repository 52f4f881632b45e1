//! Proofs: who did what when, as text, as a sealed PDF, and all of a procedure's in a zip.

use crate::app::App;
use crate::signing::act::language_code;
use crate::signing::marks::NO_LEGAL_VALUE;
use crate::signing::seal::{PLACEHOLDER_BYTES, SealError, seal};
use crate::state::bundle::Bundle;
use crate::state::members::{Kind, Member, MemberStatus};
use crate::state::{DbError, files, signatures};
use crate::wire::moment;
use paraph_domain::geometry::UserRect;
use paraph_messages::{Key, Language, text};
use paraph_pdf::{Mark, MarkKind, SigningJob, TextMark};
use rusqlite::Connection;
use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use zip::ZipWriter;
use zip::result::ZipResult;
use zip::write::SimpleFileOptions;

/// A4 in points, and how lines stand on it.
const PAGE: (u32, u32) = (595, 842);
const MARGIN: u32 = 56;
const LINE: u32 = 14;
const TEXT_SIZE: f32 = 11.0;

/// The proofs of everybody who is done: a file name and a text each.
pub(crate) fn texts(db: &Connection, bundle: &Bundle) -> Result<Vec<(String, String)>, DbError> {
    let done = bundle
        .members
        .iter()
        .filter(|member| member.status == MemberStatus::Done);
    done.map(|member| {
        // The name is the id's: people's names may not be file names.
        Ok((
            format!("proof-{}-{}.txt", member.position, member.id),
            text_of(db, bundle, member)?,
        ))
    })
    .collect()
}

/// The proof of one member who is done, in the language the member signed in.
pub(crate) fn text_of(
    db: &Connection,
    bundle: &Bundle,
    member: &Member,
) -> Result<String, DbError> {
    let french = member.language.as_deref() == Some(language_code(Language::French));
    let language = if french {
        Language::French
    } else {
        Language::English
    };
    let say = |key| text(language, key, &[]);
    let none = || say(Key::ProofNone);
    let act = match member.kind {
        Kind::Signer => Key::ProofSigned,
        Kind::Validator => Key::ProofApproved,
    };
    let check = match member.identity_check.as_deref() {
        Some("sms") => say(Key::ProofCheckSms),
        Some("email") => say(Key::ProofCheckEmail),
        _ => say(Key::ProofCheckNone),
    };
    let rows = [
        (Key::ProofRequest, bundle.procedure.name.clone()),
        (
            Key::ProofRequestId,
            format!("/procedures/{}", bundle.procedure.id),
        ),
        (Key::ProofPerson, member.full_name()),
        (Key::ProofEmail, member.email.clone()),
        (Key::ProofPhone, member.phone.clone()),
        (Key::ProofPersonId, format!("/members/{}", member.id)),
        (Key::ProofAct, say(act)),
        (
            Key::ProofWhen,
            member.finished_at.map_or_else(none, |at| moment(at.0)),
        ),
        (Key::ProofCheck, check),
        // Practice listens on the machine itself only.
        (Key::ProofAddress, "127.0.0.1".to_owned()),
        (
            Key::ProofBrowser,
            member.user_agent.clone().unwrap_or_else(none),
        ),
    ];
    let mut out = format!("{}\n{NO_LEGAL_VALUE}\n\n", say(Key::ProofTitle));
    for (key, value) in rows {
        // A name with a line break must not be able to write a line of its own.
        let value: String = value
            .chars()
            .map(|letter| if letter.is_control() { ' ' } else { letter })
            .collect();
        let _ = writeln!(out, "{}: {value}", say(key));
    }
    let signed = signatures::of_member(db, &member.id)?;
    for file in &bundle.files {
        let after = signed
            .iter()
            .find(|(id, _)| *id == file.id)
            .map(|(_, sha256)| sha256);
        let _ = writeln!(
            out,
            "\n{}: {}",
            say(Key::ProofDocument),
            file.name.replace('\n', " ")
        );
        let _ = writeln!(out, "{}: {}", say(Key::ProofSha256Uploaded), file.sha256);
        if let Some(sha256) = after {
            let _ = writeln!(out, "{}: {sha256}", say(Key::ProofSha256Signed));
        }
        if let Some(sha256) = files::content_sha256(db, &file.id)? {
            let _ = writeln!(out, "{}: {sha256}", say(Key::ProofSha256Now));
        }
    }
    Ok(out)
}

/// The proofs in one zip.
pub(crate) fn zipped(proofs: &[(String, String)]) -> ZipResult<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, text) in proofs {
        zip.start_file(name.as_str(), options)?;
        zip.write_all(text.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The text on pages that say that they have no legal value, sealed by the practice authority.
pub(crate) async fn as_pdf(app: &App, text: &str) -> Result<Vec<u8>, SealError> {
    let lines: Vec<&str> = text.lines().collect();
    let per_page = usize::try_from((PAGE.1 - 2 * MARGIN) / LINE).unwrap_or(1);
    let pages = lines.chunks(per_page);
    let blank = app
        .pdf
        .open_bytes(blank_pdf(pages.len().max(1)), None)
        .await?;
    let stamped = blank.stamp_pages(NO_LEGAL_VALUE).await?;
    let mut marks = Vec::new();
    for (page, lines) in (0..).zip(pages) {
        let mut top = PAGE.1.saturating_sub(MARGIN);
        for line in lines {
            let bottom = top.saturating_sub(LINE);
            if !line.trim().is_empty() {
                let rect = UserRect {
                    llx: f64::from(MARGIN),
                    lly: f64::from(bottom),
                    urx: f64::from(PAGE.0.saturating_sub(MARGIN)),
                    ury: f64::from(top),
                };
                marks.push(Mark {
                    page,
                    rect,
                    kind: MarkKind::Text(TextMark {
                        value: (*line).to_owned(),
                        size: TEXT_SIZE,
                        color: [0, 0, 0],
                    }),
                });
            }
            top = bottom;
        }
    }
    let job = SigningJob {
        field_name: "practice-proof".to_owned(),
        signer: "Paraph practice server".to_owned(),
        reason: None,
        signed_at: app.now().0.as_second(),
        placeholder_bytes: PLACEHOLDER_BYTES,
        marks,
    };
    seal(app, stamped.into(), job).await
}

/// A PDF of empty pages.
fn blank_pdf(pages: usize) -> Vec<u8> {
    let kids: String = (0..pages)
        .map(|page| format!("{} 0 R ", page.saturating_add(3)))
        .collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [ {kids}] /Count {pages} >>"),
    ];
    let page = format!(
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Resources << >> >>",
        PAGE.0, PAGE.1
    );
    objects.extend(std::iter::repeat_n(page, pages));
    let mut out = "%PDF-1.7\n".to_owned();
    let mut table = "0000000000 65535 f \n".to_owned();
    for (object, number) in objects.iter().zip(1..) {
        let _ = writeln!(table, "{:010} 00000 n ", out.len());
        let _ = write!(out, "{number} 0 obj\n{object}\nendobj\n");
    }
    let (start, size) = (out.len(), objects.len().saturating_add(1));
    let _ = write!(
        out,
        "xref\n0 {size}\n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n"
    );
    out.into_bytes()
}
