//! A member accepts or refuses: the one way in, for the page and for the control interface.

use crate::app::App;
use crate::identity_check::{self, CodeCheck};
use crate::progress;
use crate::signing::marks;
use crate::signing::seal::{self, PLACEHOLDER_BYTES, SealError};
use crate::state::bundle::Bundle;
use crate::state::file_objects::{FileObject, ObjectKind};
use crate::state::files::{self, Content, File};
use crate::state::members::{Kind, Member, MemberStatus};
use crate::state::procedures::Status;
use crate::state::{DbError, codes, file_objects, members, procedures, signatures};
use crate::wire::Violation;
use paraph_domain::draft::Language;
use paraph_pdf::{Drawing, SigningJob};
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The most characters of a text field (documented).
pub(crate) const TEXT_LIMIT: usize = 255;
/// The most characters of a refusal's reason: our choice.
pub(crate) const COMMENT_LIMIT: usize = 1000;

/// Where a member stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Can accept or refuse now.
    Ready,
    /// Others come first.
    NotYet,
    /// The request was not sent yet.
    NotSent,
    Done,
    Refused,
    /// Somebody else refused.
    RefusedByOther,
    Expired,
    /// The sender took it back.
    Stopped,
}

/// Why a member's act did not happen. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ActError {
    #[error("there is no such member")]
    Unknown,
    #[error("the member cannot act: {0:?}")]
    NotNow(Standing),
    #[error("the code is not the one that was sent")]
    WrongCode,
    #[error("a new code is needed")]
    NoCode,
    /// The file objects whose text is missing or too long.
    #[error("a text is missing or too long")]
    Texts(Vec<String>),
    #[error("the comment is empty or too long")]
    Comment,
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error(transparent)]
    Database(#[from] DbError),
}

/// What somebody gives to sign or approve.
#[derive(Debug, Clone)]
pub(crate) struct Acceptance {
    pub language: Language,
    pub drawing: Drawing,
    /// By file object id.
    pub texts: BTreeMap<String, String>,
    /// The identity code as typed.
    pub code: String,
    pub user_agent: Option<String>,
}

pub(crate) fn standing(bundle: &Bundle, member: &Member) -> Standing {
    match (member.status, bundle.procedure.status) {
        _ if bundle.procedure.deleted_at.is_some() => Standing::Stopped,
        (MemberStatus::Done, _) => Standing::Done,
        (MemberStatus::Refused, _) => Standing::Refused,
        (_, Status::Draft) => Standing::NotSent,
        (_, Status::Expired) => Standing::Expired,
        (_, Status::Refused) => Standing::RefusedByOther,
        (_, Status::Finished) => Standing::Done,
        (_, Status::Active) => {
            let in_turn = bundle.in_turn().iter().any(|other| other.id == member.id);
            if in_turn {
                Standing::Ready
            } else {
                Standing::NotYet
            }
        }
    }
}

/// The member with the procedure around, deleted or not.
pub(crate) fn find(db: &Connection, member_id: &str) -> Result<Option<(Bundle, Member)>, DbError> {
    let Some(member) = members::find(db, member_id)? else {
        return Ok(None);
    };
    let procedure = procedures::find_even_deleted(db, &member.procedure_id)?;
    let bundle = procedure
        .map(|procedure| Bundle::around(db, procedure))
        .transpose()?;
    Ok(bundle.map(|bundle| (bundle, member)))
}

/// Signs every file on which the member has a place, or approves; all or nothing.
pub(crate) async fn accept(
    app: &Arc<App>,
    member_id: &str,
    acceptance: Acceptance,
) -> Result<(), ActError> {
    let _one_at_a_time = app.acting.lock().await;
    let (bundle, member, sources) = begin(app, member_id, &acceptance).await?;
    match sign_files(app, &bundle, &member, &acceptance, sources).await {
        Ok(signed) => finish(app, &member.id, acceptance, signed).await,
        Err(error) => {
            let id = member.id.clone();
            app.db.run(move |db| give_back(db, &id)).await?;
            Err(error)
        }
    }
}

/// Refuses, with the reason.
pub(crate) async fn refuse(
    app: &Arc<App>,
    member_id: &str,
    comment: &str,
    language: Language,
) -> Result<(), ActError> {
    let comment = comment.trim().to_owned();
    if comment.is_empty() || comment.chars().count() > COMMENT_LIMIT {
        return Err(ActError::Comment);
    }
    let _one_at_a_time = app.acting.lock().await;
    let (app, id) = (Arc::clone(app), member_id.to_owned());
    let db = app.db.clone();
    db.run(move |db| {
        let (mut bundle, mut member) = ready(db, &id)?;
        member.language = Some(language_code(language).to_owned());
        put_back(&mut bundle, &member);
        progress::member_refused(&app, db, &mut bundle, &member.id, &comment)?;
        Ok(())
    })
    .await
}

pub(crate) fn language_code(language: Language) -> &'static str {
    match language {
        Language::English => "en",
        Language::French => "fr",
    }
}

fn ready(db: &Connection, member_id: &str) -> Result<(Bundle, Member), ActError> {
    let (bundle, member) = find(db, member_id)?.ok_or(ActError::Unknown)?;
    match standing(&bundle, &member) {
        Standing::Ready => Ok((bundle, member)),
        other => Err(ActError::NotNow(other)),
    }
}

fn put_back(bundle: &mut Bundle, member: &Member) {
    if let Some(place) = bundle
        .members
        .iter_mut()
        .find(|other| other.id == member.id)
    {
        *place = member.clone();
    }
}

/// Checks everything, marks the member as signing, and reads the files.
async fn begin(
    app: &Arc<App>,
    member_id: &str,
    acceptance: &Acceptance,
) -> Result<(Bundle, Member, Vec<(File, Content)>), ActError> {
    let (id, texts, code) = (
        member_id.to_owned(),
        acceptance.texts.clone(),
        acceptance.code.clone(),
    );
    let app = Arc::clone(app);
    let db = app.db.clone();
    // The outer result keeps a counted wrong try: an inner error is not undone.
    db.run(move |db| {
        let (bundle, mut member) = match ready(db, &id) {
            Ok(found) => found,
            Err(error) => return Ok(Err(error)),
        };
        let missing = unusable_texts(&bundle, &member, &texts);
        if !missing.is_empty() {
            return Ok(Err(ActError::Texts(missing)));
        }
        if identity_check::channel(&member).is_some() {
            match identity_check::check(&app, db, &member, &code)? {
                CodeCheck::Right => {}
                CodeCheck::Wrong => return Ok(Err(ActError::WrongCode)),
                CodeCheck::Unusable => return Ok(Err(ActError::NoCode)),
            }
        }
        let mut sources = Vec::new();
        if member.kind == Kind::Signer {
            for file in &bundle.files {
                if bundle
                    .objects_of(&member.id)
                    .any(|object| object.file_id == file.id)
                    && let Some(content) = files::content(db, &file.id)?
                {
                    sources.push((file.clone(), content));
                }
            }
        }
        member.status = MemberStatus::Processing;
        members::save(db, &member)?;
        Ok(Ok((bundle, member, sources)))
    })
    .await
    .map_err(|error: DbError| ActError::Database(error))?
}

fn give_back(db: &Connection, member_id: &str) -> Result<(), DbError> {
    if let Some(mut member) = members::find(db, member_id)?
        && member.status == MemberStatus::Processing
    {
        member.status = MemberStatus::Pending;
        members::save(db, &member)?;
    }
    Ok(())
}

fn unusable_texts(
    bundle: &Bundle,
    member: &Member,
    texts: &BTreeMap<String, String>,
) -> Vec<String> {
    bundle
        .objects_of(&member.id)
        .filter(|object| object.kind == ObjectKind::Text)
        .filter(|object| {
            let text = text_of(object, texts);
            (object.content_required && text.trim().is_empty()) || text.chars().count() > TEXT_LIMIT
        })
        .map(|object| object.id.clone())
        .collect()
}

/// What stands in a text field: what the member typed, else what the sender put there.
pub(super) fn text_of(object: &FileObject, texts: &BTreeMap<String, String>) -> String {
    let typed = texts.get(&object.id).cloned();
    typed.or_else(|| object.content.clone()).unwrap_or_default()
}

async fn sign_files(
    app: &App,
    bundle: &Bundle,
    member: &Member,
    acceptance: &Acceptance,
    sources: Vec<(File, Content)>,
) -> Result<Vec<(String, Content)>, ActError> {
    let mut signed = Vec::new();
    for (file, content) in sources {
        let bytes = sign_file(app, bundle, member, acceptance, &file, content).await?;
        let sha256 = hex::encode(Sha256::digest(&bytes));
        signed.push((
            file.id,
            Content {
                sha256,
                bytes: bytes.into(),
            },
        ));
    }
    Ok(signed)
}

async fn sign_file(
    app: &App,
    bundle: &Bundle,
    member: &Member,
    acceptance: &Acceptance,
    file: &File,
    content: Content,
) -> Result<Vec<u8>, ActError> {
    let now = app.now().0;
    let job = SigningJob {
        field_name: format!("practice-{}", member.id),
        signer: member.full_name(),
        reason: marks::reason(bundle, member, file, acceptance.language),
        signed_at: now.as_second(),
        placeholder_bytes: PLACEHOLDER_BYTES,
        marks: marks::on_file(bundle, member, file, acceptance, now),
    };
    Ok(seal::seal(app, content.bytes, job).await?)
}

async fn finish(
    app: &Arc<App>,
    member_id: &str,
    acceptance: Acceptance,
    signed: Vec<(String, Content)>,
) -> Result<(), ActError> {
    let (app, id) = (Arc::clone(app), member_id.to_owned());
    let db = app.db.clone();
    let outcome: Result<Result<(), ActError>, DbError> = db
        .run(move |db| {
            let (mut bundle, mut member) = match ready(db, &id) {
                Ok(found) => found,
                // Deleted, expired or refused while the document was being signed.
                Err(error) => {
                    give_back(db, &id)?;
                    return Ok(Err(error));
                }
            };
            let now = app.now();
            for (file_id, content) in &signed {
                files::set_content(db, file_id, content)?;
                signatures::add(db, &member.id, file_id, &content.sha256)?;
            }
            let by_sender = |object: &FileObject| {
                object.member_id.is_none() && signed.iter().any(|(id, _)| *id == object.file_id)
            };
            for object in &mut bundle.objects {
                let own = object.member_id.as_deref() == Some(member.id.as_str());
                if own || (by_sender(object) && object.executed_at.is_none()) {
                    if object.kind == ObjectKind::Text {
                        object.content = Some(text_of(object, &acceptance.texts));
                    }
                    object.executed_at = Some(now);
                    object.updated_at = now;
                    file_objects::save(db, object)?;
                }
            }
            member.language = Some(language_code(acceptance.language).to_owned());
            member.user_agent = acceptance.user_agent;
            member.identity_check =
                identity_check::channel(&member).map(|channel| channel.as_str().to_owned());
            codes::delete(db, &member.id)?;
            put_back(&mut bundle, &member);
            progress::member_done(&app, db, &mut bundle, &member.id)?;
            Ok(Ok(()))
        })
        .await;
    outcome?
}

impl ActError {
    /// For the control interface: what was wrong, as the API would say it.
    pub(crate) fn violations(&self) -> Vec<Violation> {
        let (path, message) = match self {
            Self::Texts(ids) => {
                return ids
                    .iter()
                    .map(|id| Violation::new(id, "missing or too long"))
                    .collect();
            }
            Self::WrongCode | Self::NoCode => ("code", self.to_string()),
            Self::Comment => ("comment", self.to_string()),
            _ => ("", self.to_string()),
        };
        vec![Violation::new(path, message)]
    }
}
