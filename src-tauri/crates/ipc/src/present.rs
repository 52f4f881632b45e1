//! From the engine's values to what the window shows.

use crate::error::IpcError;
use crate::requests::Theme;
use crate::views::*;
use jiff::Timestamp;
use paraph_domain::capabilities::ProviderKind;
use paraph_domain::checks::Problem;
use paraph_domain::draft::{Draft, FieldKind, IdentityCheck, Recipient, Role};
use paraph_domain::procedure::{Event, Participant, Procedure};
use paraph_domain::sending::Sending;
use paraph_domain::text::phone_e164;
use paraph_engine::accounts::{AccountLook, KeyFacts};
use paraph_engine::words::Occasion;
use paraph_engine::{
    DraftLook, Engine, Error, FileRefused, Lock, RefusedWhy, Review, Right, Settings, ThemeChoice,
};
use paraph_providers::error::Error as ProviderError;
use paraph_store::{Error as StoreError, StoredEvent};

pub fn error(error: Error) -> IpcError {
    match error {
        Error::Provider(error) => provider_error(error),
        Error::Vault(error) => IpcError::KeychainUnavailable {
            reason: paraph_engine::trouble::of_vault(&error),
        },
        Error::Store(error) => store_error(error),
        Error::Pdf(error) => {
            tracing::warn!(%error, "the PDF worker failed");
            IpcError::PdfWorkerUnavailable
        }
        Error::KeyMissing => IpcError::KeyMissing,
        Error::KeyOfAnother => IpcError::KeyOfAnother,
        Error::NotFound(_) => IpcError::NotFound,
        // An edit that does not fit was made for an older draft.
        Error::DraftChanged | Error::Edit(_) => IpcError::DraftChanged,
        Error::DraftLocked => IpcError::DraftLocked,
        Error::NotReady(problems) => IpcError::DraftNotReady {
            problems: problems.into_iter().map(problem).collect(),
        },
        Error::NotStraightened { name, .. } => IpcError::DocumentNotStraightened { document: name },
        Error::TooLateToUndo => IpcError::TooLateToUndo,
        Error::RemindedJustNow => IpcError::RemindedJustNow,
        Error::Folder { folder, .. } => IpcError::FolderUnwritable { folder },
        error @ (Error::BadDownload | Error::Practice(_)) => internal(&error),
    }
}

fn internal(error: &Error) -> IpcError {
    tracing::error!(%error, "a command failed");
    IpcError::Internal {
        detail: error.to_string(),
    }
}

fn provider_error(error: ProviderError) -> IpcError {
    match error {
        ProviderError::Unauthorized => IpcError::KeyRejected,
        ProviderError::Forbidden => IpcError::KeyForbidden,
        ProviderError::RateLimited { until } => IpcError::ProviderBusy {
            until: until.to_string(),
        },
        ProviderError::Rejected { message, .. } => IpcError::ProviderRefused { message },
        ProviderError::NotFound | ProviderError::AlreadyCompleted => IpcError::NotFound,
        ProviderError::Offline | ProviderError::AnswerLost => IpcError::Offline,
        ProviderError::Unavailable { status, .. } => IpcError::ProviderTrouble { status },
        ProviderError::Unexpected { status, .. } => IpcError::ProviderUnexpected { status },
        ProviderError::Blob(name) => IpcError::FileUnreadable { name },
    }
}

fn store_error(error: StoreError) -> IpcError {
    match error {
        StoreError::DiskFull => IpcError::DiskFull,
        StoreError::NotEditing => IpcError::DraftLocked,
        StoreError::Changed(_) => IpcError::DraftChanged,
        StoreError::NotFound(_) => IpcError::NotFound,
        StoreError::InUse => IpcError::AccountInUse,
        StoreError::Busy => IpcError::InUse,
        error @ (StoreError::Newer { .. }
        | StoreError::Damaged(_)
        | StoreError::NotWritable
        | StoreError::NetworkShare(_)
        | StoreError::Unreadable { .. }
        | StoreError::BlobMissing(_)
        | StoreError::BlobDamaged(_)
        | StoreError::SourceChanged
        | StoreError::SourceNotAFile
        | StoreError::Source(_)
        | StoreError::OldSqlite(_)
        | StoreError::Closing
        | StoreError::Sqlite(_)
        | StoreError::Io(_)) => {
            tracing::error!(%error, "the store failed");
            IpcError::Internal {
                detail: error.to_string(),
            }
        }
    }
}

pub fn problem(problem: Problem) -> ProblemView {
    ProblemView {
        blocks: problem.blocks(),
        problem,
    }
}

pub fn time(moment: Timestamp) -> String {
    moment.to_string()
}

pub fn account(look: AccountLook) -> AccountView {
    let trouble = trouble_of(&look);
    AccountView {
        key: match look.key {
            KeyFacts::NotNeeded => KeyState::NotNeeded,
            KeyFacts::InKeychain => KeyState::InKeychain,
            KeyFacts::ForThisRun => KeyState::ForThisRun,
            KeyFacts::Missing => KeyState::Missing,
            KeyFacts::OutOfReach(reason) => KeyState::KeychainUnavailable(reason),
        },
        connected_as: look
            .identity
            .as_ref()
            .filter(|_| look.account.kind != ProviderKind::Practice)
            .map(|identity| identity.name.clone()),
        organisation: look.identity.and_then(|identity| identity.organisation),
        id: look.account.id,
        kind: look.account.kind,
        environment: look.account.environment,
        name: look.account.name,
        follow_all: look.account.follow_all,
        last_success: look.fetched.last_success.map(time),
        trouble,
    }
}

/// Why the last look at an account failed, if it did.
pub fn trouble_of(look: &AccountLook) -> Option<Trouble> {
    let error = look.fetched.last_error.clone()?;
    Some(serde_json::from_value(error).unwrap_or(Trouble::Internal))
}

/// An account that may have been removed meanwhile.
pub async fn account_of(
    engine: &Engine,
    id: Option<&paraph_domain::ids::AccountId>,
) -> Option<AccountView> {
    engine.account_look(id?).await.ok().map(account)
}

pub async fn settings(engine: &Engine, settings: Settings) -> Result<SettingsView, IpcError> {
    Ok(SettingsView {
        archive_folder: engine
            .archive_folder()
            .await
            .map_err(error)?
            .display()
            .to_string(),
        language: settings.language,
        theme: match settings.theme {
            ThemeChoice::System => Theme::System,
            ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
        },
        undo_seconds: settings.undo_seconds,
        default_account: settings.default_account,
        notifications_paused: settings.notifications_paused,
        refusal_reason_in_notices: settings.refusal_reason_in_notices,
        start_at_login: settings.start_at_login,
        sender_name: settings.sender_name,
    })
}

pub fn draft_state(state: paraph_store::DraftState) -> DraftState {
    match state {
        paraph_store::DraftState::Editing => DraftState::Editing,
        paraph_store::DraftState::Sending => DraftState::Sending,
        paraph_store::DraftState::Sent => DraftState::Sent,
    }
}

pub async fn draft(engine: &Engine, look: DraftLook) -> DraftView {
    DraftView {
        account: account_of(engine, look.account.as_ref()).await,
        state: draft_state(look.state),
        capabilities: look.capabilities,
        problems: look.problems.into_iter().map(problem).collect(),
        phones: look
            .draft
            .recipients
            .iter()
            .filter_map(|recipient| {
                Some(PhoneView {
                    recipient: recipient.id.clone(),
                    number: sent_phone(recipient)?,
                })
            })
            .collect(),
        undo: look.undo,
        redo: look.redo,
        sending: look.sending,
        draft: look.draft,
    }
}

pub fn refused(file: FileRefused) -> RefusedFile {
    let reason = match file.why {
        RefusedWhy::NotPdf => FileProblem::NotPdf,
        RefusedWhy::Empty => FileProblem::Empty,
        RefusedWhy::NoPages => FileProblem::NoPages,
        RefusedWhy::Damaged => FileProblem::Damaged,
        RefusedWhy::TooLarge { limit } => FileProblem::TooLarge {
            limit: u32::try_from(limit).unwrap_or(u32::MAX),
        },
        RefusedWhy::UnsupportedSecurity => FileProblem::UnsupportedSecurity,
        RefusedWhy::Protected => FileProblem::Protected,
        RefusedWhy::SignedAndEncrypted => FileProblem::SignedAndEncrypted,
        RefusedWhy::DynamicForm => FileProblem::DynamicForm,
        RefusedWhy::Changing => FileProblem::Changing,
        RefusedWhy::Missing => FileProblem::Missing,
        RefusedWhy::NotAFile => FileProblem::NotAFile,
        RefusedWhy::Unreadable => FileProblem::Unreadable,
        RefusedWhy::Unrenderable => FileProblem::Unrenderable,
    };
    RefusedFile {
        name: file.name,
        reason,
    }
}

pub fn lock(lock: &Lock) -> FileLock {
    match lock {
        Lock::Password => FileLock::Password,
        Lock::Rights { forbidden } => FileLock::Rights {
            forbidden: forbidden.iter().copied().map(right).collect(),
        },
    }
}

fn right(right: Right) -> FileRight {
    match right {
        Right::Print => FileRight::Print,
        Right::Change => FileRight::Change,
        Right::Copy => FileRight::Copy,
        Right::Annotate => FileRight::Annotate,
        Right::FillForms => FileRight::FillForms,
        Right::Assemble => FileRight::Assemble,
    }
}

pub async fn review(engine: &Engine, review: Review) -> ReviewView {
    let draft = &review.look.draft;
    let mails = review
        .occasions
        .iter()
        .map(|(occasion, to)| {
            let mail = review.mail(*occasion);
            MailPreview {
                when: match occasion {
                    Occasion::Invitation => MailOccasion::Invitation,
                    Occasion::Information => MailOccasion::Information,
                    Occasion::Reminder => MailOccasion::Reminder,
                    Occasion::Completed => MailOccasion::Completed,
                    Occasion::Declined => MailOccasion::Declined,
                },
                to: to.clone(),
                subject: mail.subject.clone(),
                message: mail.message.clone(),
                button: match occasion {
                    Occasion::Invitation | Occasion::Reminder => {
                        Some(review.mails.sign_button.clone())
                    }
                    Occasion::Completed => Some(review.mails.open_button.clone()),
                    Occasion::Information | Occasion::Declined => None,
                },
            }
        })
        .collect();
    ReviewView {
        revision: draft.revision,
        account: account_of(engine, review.look.account.as_ref()).await,
        people: review_people(draft),
        documents: draft
            .documents
            .iter()
            .map(|document| ReviewDocument {
                name: document.name.clone(),
                purpose: document.purpose,
                pages: u32::try_from(document.pages.len()).unwrap_or(u32::MAX),
                bytes: document.bytes,
            })
            .collect(),
        from_name: review.mails.from_name.clone(),
        mails,
        reminders: draft.invitation.reminders,
        deadline: draft.invitation.deadline.map(|day| day.to_string()),
        ordered: draft.ordered,
        undo_seconds: review.undo_seconds,
        straightened: review.straightened,
        problems: review.look.problems.into_iter().map(problem).collect(),
    }
}

fn review_people(draft: &Draft) -> Vec<ReviewPerson> {
    draft
        .recipients
        .iter()
        .map(|recipient| {
            let fields = || {
                draft
                    .fields
                    .iter()
                    .filter(|field| field.recipient == recipient.id)
            };
            let signatures = fields()
                .filter(|field| matches!(field.kind, FieldKind::Signature { .. }))
                .count();
            ReviewPerson {
                id: recipient.id.clone(),
                name: recipient.display_name(),
                email: recipient.email.trim().to_owned(),
                phone: sent_phone(recipient),
                role: recipient.role,
                identity_check: acting_check(recipient.role, recipient.identity_check),
                colour: recipient.colour,
                signatures: u32::try_from(signatures).unwrap_or(u32::MAX),
                texts: u32::try_from(fields().count().saturating_sub(signatures))
                    .unwrap_or(u32::MAX),
            }
        })
        .collect()
}

fn sent_phone(recipient: &Recipient) -> Option<String> {
    phone_e164(&recipient.phone, paraph_domain::checks::DEFAULT_COUNTRY)
}

fn acting_check(role: Role, check: IdentityCheck) -> Option<IdentityCheck> {
    (role != Role::Observer).then_some(check)
}

pub async fn sending(engine: &Engine, sending: Sending) -> Result<SendingView, IpcError> {
    Ok(SendingView {
        procedure: engine.procedure_of_sending(&sending).await.map_err(error)?,
        account: account_of(engine, Some(&sending.snapshot.account)).await,
        may_have_started: sending.may_have_started(),
        may_be_abandoned: sending.may_be_abandoned(),
        id: sending.snapshot.id,
        draft: sending.draft,
        title: sending.snapshot.draft.title,
        delivery: sending.delivery,
        leaves_at: time(sending.leaves_at),
        steps: sending
            .steps
            .into_iter()
            .map(|(step, state)| StepView {
                label: step.label,
                state,
            })
            .collect(),
        trouble: sending.trouble,
        next_try: sending.next_try.map(time),
        tried_at: sending.tried_at.map(time),
    })
}

pub fn procedure_row(
    procedure: &Procedure,
    account_name: String,
    draft: Option<&Draft>,
) -> ProcedureRow {
    let turn: Vec<&str> = procedure
        .whose_turn()
        .iter()
        .map(|person| person.remote_id.as_str())
        .collect();
    let waiting_since = procedure
        .waiting_since()
        .filter(|_| !turn.is_empty())
        .map(time);
    let mut participants: Vec<ParticipantView> = procedure
        .participants
        .iter()
        .enumerate()
        .map(|(place, person)| {
            participant(
                person,
                place,
                turn.contains(&person.remote_id.as_str()),
                &waiting_since,
                draft,
            )
        })
        .collect();
    participants.sort_by_key(|person| person.role == Role::Observer);
    ProcedureRow {
        id: procedure.id.clone(),
        name: procedure.name.clone(),
        environment: procedure.environment,
        account_name,
        status: procedure.status.clone(),
        participants,
        created_at: time(procedure.created_at),
        updated_at: time(procedure.updated_at),
        waiting_since,
        expires_at: procedure.expires_at.map(time),
        mine: procedure.is_ours(),
    }
}

fn participant(
    person: &Participant,
    place: usize,
    turn: bool,
    waiting_since: &Option<String>,
    draft: Option<&Draft>,
) -> ParticipantView {
    let recipient = draft.and_then(|draft| draft.recipient(person.recipient.as_ref()?));
    ParticipantView {
        id: person.remote_id.clone(),
        name: person.name.clone(),
        email: person.email.clone(),
        role: person.role,
        identity_check: person.identity_check,
        status: person.status.clone(),
        colour: recipient.map_or_else(
            || u8::try_from(place % 8).unwrap_or(0),
            |recipient| recipient.colour,
        ),
        turn,
        since: waiting_since.clone().filter(|_| turn),
        finished_at: person.finished_at.map(time),
        comment: person.comment.clone(),
        has_link: turn,
    }
}

pub fn event(event: &StoredEvent) -> EventView {
    let (what, person, reason) = match &event.event {
        Event::Signed { name, .. } => (EventKind::Signed, Some(name.clone()), None),
        Event::Approved { name, .. } => (EventKind::Approved, Some(name.clone()), None),
        Event::Declined { name, reason, .. } => {
            (EventKind::Declined, Some(name.clone()), reason.clone())
        }
        Event::Completed => (EventKind::Completed, None, None),
        Event::Expired => (EventKind::Expired, None, None),
        Event::Canceled => (EventKind::Canceled, None, None),
    };
    EventView {
        what,
        person,
        reason,
        seen_at: time(event.seen_at),
    }
}
