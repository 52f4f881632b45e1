//! Requests that were sent, in the list and one by one.

use crate::app::App;
use crate::error::IpcError;
use crate::present;
use crate::requests::{ListProcedures, OfProcedure, ProcedureFilter, ProcedureSort};
use crate::views::{
    CorrectedBy, EventKind, EventView, FileKind, FileState, FileView, MarkView, ProcedureList,
    ProcedureRow, ProcedureView,
};
use paraph_domain::capabilities::{Environment, ProviderKind};
use paraph_domain::draft::Draft;
use paraph_domain::procedure::{Procedure, Status};
use paraph_engine::accounts::AccountLook;
use paraph_engine::file_id;
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
        can_correct: engine
            .sent_draft(&procedure)
            .await
            .map_err(present::error)?
            .is_some(),
        corrected_by: corrected_by(app, &procedure).await?,
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

async fn corrected_by(app: &App, procedure: &Procedure) -> Result<Option<CorrectedBy>, IpcError> {
    let found = app.engine.corrected_by(procedure).await;
    let found = found.map_err(present::error)?;
    Ok(found.map(|(draft, procedure)| CorrectedBy { draft, procedure }))
}
