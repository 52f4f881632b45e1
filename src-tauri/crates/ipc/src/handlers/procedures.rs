//! Requests that were sent: listed, followed, reminded, stopped.

use crate::app::{App, Target};
use crate::error::IpcError;
use crate::present;
use crate::requests::{
    ListProcedures, Nothing, OfFile, OfParticipant, OfProcedure, OfProcedures, ProcedureFilter,
    ProcedureSort,
};
use crate::views::{
    EventKind, EventView, FileKind, FileState, FileView, MarkView, ProcedureList, ProcedureRow,
    ProcedureView, ReminderOutcome, ReminderPreview, ReminderResult, ReminderSkip,
};
use paraph_domain::capabilities::{Environment, ProviderKind};
use paraph_domain::draft::Draft;
use paraph_domain::procedure::{Procedure, Status};
use paraph_domain::trouble::Trouble;
use paraph_engine::accounts::AccountLook;
use paraph_engine::{Error, ReminderSkipped, file_id, trouble};
use paraph_store::{FieldMark, FiledFile, FiledKind, ProcedureQuery};
use std::collections::HashMap;
use std::path::Path;

pub async fn list_procedures(
    app: &App,
    request: ListProcedures,
) -> Result<ProcedureList, IpcError> {
    let engine = &app.engine;
    let accounts = engine.accounts().await.map_err(present::error)?;
    let names: HashMap<_, _> = accounts
        .iter()
        .map(|look| (look.account.id.clone(), look.account.name.clone()))
        .collect();
    let query = ProcedureQuery {
        statuses: statuses(request.filter),
        account: None,
        search: request.search,
        sort: match request.sort {
            ProcedureSort::Newest => paraph_store::ProcedureSort::Newest,
            ProcedureSort::LongestWaiting => paraph_store::ProcedureSort::LongestWaiting,
        },
        limit: request.limit.min(500),
        offset: request.offset,
    };
    let found = engine.procedures(&query).await.map_err(present::error)?;
    let mut rows = Vec::with_capacity(found.procedures.len());
    for procedure in &found.procedures {
        let draft = draft_of(app, procedure).await;
        let name = names.get(&procedure.account).cloned().unwrap_or_default();
        rows.push(present::procedure_row(procedure, name, draft.as_ref()));
    }
    let counts = engine.procedure_counts().await.map_err(present::error)?;
    let count = |filter: ProcedureFilter| -> u32 {
        let wanted = statuses(filter);
        counts
            .iter()
            .filter(|(status, _)| wanted.iter().any(|wanted| same_kind(wanted, status)))
            .map(|(_, count)| count)
            .sum()
    };
    Ok(ProcedureList {
        rows,
        total: found.total,
        open: count(ProcedureFilter::Open),
        completed: count(ProcedureFilter::Completed),
        ended: count(ProcedureFilter::Ended),
        overdue: engine.overdue().await.map_err(present::error)?,
        as_of: as_of(&accounts),
        trouble: accounts
            .into_iter()
            .find_map(|look| present::account(look).trouble),
    })
}

fn statuses(filter: ProcedureFilter) -> Vec<Status> {
    match filter {
        ProcedureFilter::All => Vec::new(),
        ProcedureFilter::Open => vec![
            Status::Draft,
            Status::Pending,
            Status::InProgress,
            Status::Unknown(String::new()),
        ],
        ProcedureFilter::Completed => vec![Status::Completed],
        ProcedureFilter::Ended => vec![Status::Declined, Status::Expired, Status::Canceled],
    }
}

fn same_kind(a: &Status, b: &Status) -> bool {
    std::mem::discriminant(a) == std::mem::discriminant(b)
}

/// The account heard longest ago decides what the list can promise.
fn as_of(accounts: &[AccountLook]) -> Option<String> {
    accounts
        .iter()
        .filter_map(|look| look.fetched.last_success)
        .min()
        .map(present::time)
}

async fn draft_of(app: &App, procedure: &Procedure) -> Option<Draft> {
    let draft = procedure.draft.as_ref()?;
    app.engine.stored_draft(draft).await.ok().flatten()
}

pub async fn get_procedure(app: &App, request: OfProcedure) -> Result<ProcedureView, IpcError> {
    let engine = &app.engine;
    let procedure = engine
        .procedure(&request.procedure)
        .await
        .map_err(present::error)?;
    let account = engine.account_look(&procedure.account).await.ok();
    // Where the account was removed, the request's environment has to tell.
    let proof = engine
        .capabilities(&procedure.account)
        .await
        .map_err(present::error)?
        .map_or(procedure.environment != Environment::Test, |c| c.proof);
    let draft = draft_of(app, &procedure).await;
    let files = engine
        .files_of(&procedure.id)
        .await
        .map_err(present::error)?;
    let marks = engine
        .marks_of(&procedure.id)
        .await
        .map_err(present::error)?;
    let practice = account
        .as_ref()
        .is_some_and(|look| look.account.kind == ProviderKind::Practice);
    Ok(ProcedureView {
        ordered: procedure.ordered,
        events: events(app, &procedure).await?,
        files: file_views(&procedure, &files, proof),
        proof_expected: proof,
        marks: marks
            .into_iter()
            .map(|mark| mark_view(mark, &procedure, draft.as_ref()))
            .collect(),
        folder: files.first().and_then(|file| folder_of(&file.path)),
        can_sign_as: practice && procedure.status.is_open(),
        as_of: account
            .as_ref()
            .and_then(|look| look.fetched.last_success)
            .map(present::time),
        trouble: engine
            .filing_trouble(&procedure.id)
            .or_else(|| account.as_ref().and_then(present::trouble_of)),
        row: row(account, &procedure, draft.as_ref()),
    })
}

fn row(account: Option<AccountLook>, procedure: &Procedure, draft: Option<&Draft>) -> ProcedureRow {
    let name = account.map(|look| look.account.name).unwrap_or_default();
    present::procedure_row(procedure, name, draft)
}

async fn events(app: &App, procedure: &Procedure) -> Result<Vec<EventView>, IpcError> {
    let mut events: Vec<EventView> = app
        .engine
        .events_of(&procedure.id)
        .await
        .map_err(present::error)?
        .iter()
        .map(present::event)
        .collect();
    let plain = |what, at| EventView {
        what,
        person: None,
        reason: None,
        seen_at: present::time(at),
    };
    events.push(plain(EventKind::Sent, procedure.created_at));
    let reminders = app
        .engine
        .reminders_of(&procedure.id)
        .await
        .map_err(present::error)?;
    events.extend(reminders.into_iter().map(|reminder| {
        let what = match reminder.outcome {
            paraph_store::ReminderOutcome::Trying | paraph_store::ReminderOutcome::Sent => {
                EventKind::Reminded
            }
            paraph_store::ReminderOutcome::Unknown => EventKind::RemindedPerhaps,
        };
        plain(what, reminder.tried_at)
    }));
    events.sort_by(|a, b| a.seen_at.cmp(&b.seen_at));
    Ok(events)
}

fn file_views(procedure: &Procedure, files: &[FiledFile], proof: bool) -> Vec<FileView> {
    let mut views: Vec<FileView> = files
        .iter()
        .map(|file| {
            let path = Path::new(&file.path);
            FileView {
                id: file_id(file.remote_document.as_deref()).to_owned(),
                name: path
                    .file_name()
                    .map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
                what: match file.what {
                    FiledKind::Signed => FileKind::Signed,
                    FiledKind::Proof => FileKind::Proof,
                },
                state: if path.exists() {
                    FileState::Filed
                } else {
                    FileState::Vanished
                },
                bytes: u32::try_from(file.bytes).ok(),
            }
        })
        .collect();
    if procedure.status == Status::Completed {
        let fetching = |id: &str, name: &str, what| FileView {
            id: id.to_owned(),
            name: name.to_owned(),
            what,
            state: FileState::Fetching,
            bytes: None,
        };
        for document in &procedure.documents {
            let to_sign = document.purpose == paraph_domain::draft::Purpose::ToSign;
            let filed = files
                .iter()
                .any(|file| file.remote_document.as_ref() == Some(&document.remote_id));
            if to_sign && !filed {
                views.push(fetching(
                    file_id(Some(&document.remote_id)),
                    &document.name,
                    FileKind::Signed,
                ));
            }
        }
        if proof && !files.iter().any(|file| file.what == FiledKind::Proof) {
            views.push(fetching(file_id(None), &procedure.name, FileKind::Proof));
        }
    }
    views
}

fn folder_of(path: &str) -> Option<String> {
    Path::new(path)
        .parent()
        .map(|folder| folder.display().to_string())
}

fn mark_view(mark: FieldMark, procedure: &Procedure, draft: Option<&Draft>) -> MarkView {
    let recipient = draft.and_then(|draft| {
        let field = draft.fields.iter().find(|field| field.id == mark.field)?;
        draft.recipient(&field.recipient)
    });
    MarkView {
        document: procedure
            .documents
            .iter()
            .find(|document| document.remote_id == mark.remote_document)
            .map_or_else(String::new, |document| document.name.clone()),
        person: recipient.map_or_else(String::new, |recipient| recipient.display_name()),
        colour: recipient.map_or(0, |recipient| recipient.colour),
        field: mark.field,
        page: mark.page,
        asked: mark.asked,
        found: mark.found,
        difference: mark.difference,
    }
}

pub async fn refresh(app: &App, _: Nothing) -> Result<(), IpcError> {
    app.engine.refresh();
    Ok(())
}

pub async fn preview_reminders(
    app: &App,
    request: OfProcedures,
) -> Result<Vec<ReminderPreview>, IpcError> {
    let choices = app
        .engine
        .preview_reminders(&request.procedures)
        .await
        .map_err(present::error)?;
    Ok(choices
        .into_iter()
        .map(|choice| ReminderPreview {
            procedure: choice.procedure.id,
            name: choice.procedure.name,
            environment: choice.procedure.environment,
            people: choice.people,
            skipped: choice.skipped.map(|skipped| match skipped {
                ReminderSkipped::NotOpen => ReminderSkip::NotOpen,
                ReminderSkipped::RemindedRecently => ReminderSkip::RemindedToday,
            }),
        })
        .collect())
}

pub async fn remind(app: &App, request: OfProcedures) -> Result<Vec<ReminderOutcome>, IpcError> {
    let mut outcomes = Vec::new();
    for id in request.procedures {
        let procedure = app.engine.procedure(&id).await.map_err(present::error)?;
        // One that cannot be reminded does not keep the others from it.
        let result = match app.engine.remind(&id).await {
            Ok(Ok(paraph_store::ReminderOutcome::Sent)) => ReminderResult::Sent,
            Ok(Ok(
                paraph_store::ReminderOutcome::Unknown | paraph_store::ReminderOutcome::Trying,
            )) => ReminderResult::Unclear,
            Ok(Err(trouble)) => ReminderResult::Failed(trouble),
            Err(Error::RemindedJustNow) => ReminderResult::AlreadyReminded,
            Err(Error::NotFound(_)) => ReminderResult::Failed(Trouble::AccountRemoved),
            Err(error) => ReminderResult::Failed(trouble::of(&error)),
        };
        outcomes.push(ReminderOutcome {
            procedure: id,
            name: procedure.name,
            result,
        });
    }
    Ok(outcomes)
}

pub async fn stop_procedure(app: &App, request: OfProcedure) -> Result<ProcedureView, IpcError> {
    app.engine
        .stop(&request.procedure)
        .await
        .map_err(present::error)?;
    get_procedure(app, request).await
}

pub async fn copy_signing_link(app: &App, request: OfParticipant) -> Result<(), IpcError> {
    let link = app
        .engine
        .signing_link(&request.procedure, &request.participant)
        .await
        .map_err(present::error)?;
    app.desktop
        .copy_text(link.as_str())
        .map_err(|detail| IpcError::Internal { detail })
}

/// Opens a signing page in the browser. For practice only: nobody signs for another in earnest.
pub async fn sign_as(app: &App, request: OfParticipant) -> Result<(), IpcError> {
    let procedure = app
        .engine
        .procedure(&request.procedure)
        .await
        .map_err(present::error)?;
    let account = app
        .engine
        .account_look(&procedure.account)
        .await
        .map_err(present::error)?;
    if account.account.kind != ProviderKind::Practice {
        return Err(IpcError::NotFound);
    }
    let link = app
        .engine
        .signing_link(&request.procedure, &request.participant)
        .await
        .map_err(present::error)?;
    app.desktop
        .open(&Target::Address(link))
        .map_err(|detail| IpcError::Internal { detail })
}

pub async fn open_mailbox(app: &App, request: OfProcedure) -> Result<(), IpcError> {
    let address = app
        .engine
        .mailbox(&request.procedure)
        .await
        .map_err(present::error)?;
    app.desktop
        .open(&Target::Address(address))
        .map_err(|detail| IpcError::Internal { detail })
}

pub async fn open_file(app: &App, request: OfFile) -> Result<(), IpcError> {
    open(app, request, Target::File).await
}

pub async fn show_file(app: &App, request: OfFile) -> Result<(), IpcError> {
    open(app, request, Target::InFolder).await
}

async fn open(
    app: &App,
    request: OfFile,
    target: impl Fn(std::path::PathBuf) -> Target,
) -> Result<(), IpcError> {
    let path = app
        .engine
        .filed_path(&request.procedure, &request.file)
        .await
        .map_err(present::error)?;
    if !path.exists() {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned());
        return Err(IpcError::FileUnreadable {
            name: name.unwrap_or_default(),
        });
    }
    app.desktop
        .open(&target(path))
        .map_err(|detail| IpcError::Internal { detail })
}
