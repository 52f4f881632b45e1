//! What the clerk does with requests that were sent: looks, reminds, stops, corrects, opens.

use super::get_procedure;
use crate::app::{App, Target};
use crate::error::IpcError;
use crate::present;
use crate::requests::{Nothing, OfFile, OfParticipant, OfProcedure, OfProcedures};
use crate::views::{
    Corrected, ProcedureView, ReminderOutcome, ReminderPreview, ReminderResult, ReminderSkip,
};
use paraph_domain::capabilities::ProviderKind;
use paraph_domain::trouble::Trouble;
use paraph_engine::{Error, ReminderSkipped, trouble};

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

/// Stops a request, if it is still open, and makes a draft of it.
pub async fn correct_procedure(app: &App, request: OfProcedure) -> Result<Corrected, IpcError> {
    let draft = app
        .engine
        .correct(&request.procedure)
        .await
        .map_err(present::error)?;
    Ok(Corrected {
        procedure: get_procedure(app, request).await?,
        draft,
    })
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
