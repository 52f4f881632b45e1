//! Review, send, undo, resume.

use crate::app::App;
use crate::error::IpcError;
use crate::handlers::accounts::practice_name;
use crate::present;
use crate::requests::{Nothing, OfDraft, OfSending, SendDraft};
use crate::views::{DraftView, ReviewView, SendingView};

pub async fn review_draft(app: &App, request: OfDraft) -> Result<ReviewView, IpcError> {
    let review = app
        .engine
        .review(&request.draft)
        .await
        .map_err(present::error)?;
    Ok(present::review(&app.engine, review).await)
}

pub async fn send_draft(app: &App, request: SendDraft) -> Result<SendingView, IpcError> {
    let sending = app
        .engine
        .send_draft(&request.draft, request.revision, request.account.as_ref())
        .await
        .map_err(present::error)?;
    present::sending(&app.engine, sending).await
}

pub async fn rehearse_draft(app: &App, request: OfDraft) -> Result<SendingView, IpcError> {
    let name = practice_name(app).await?;
    let sending = app
        .engine
        .rehearse_draft(&request.draft, &name)
        .await
        .map_err(present::error)?;
    present::sending(&app.engine, sending).await
}

pub async fn undo_send(app: &App, request: OfSending) -> Result<DraftView, IpcError> {
    let look = app
        .engine
        .undo_send(&request.sending)
        .await
        .map_err(present::error)?;
    Ok(present::draft(&app.engine, look).await)
}

pub async fn list_sendings(app: &App, _: Nothing) -> Result<Vec<SendingView>, IpcError> {
    let mut views = Vec::new();
    for sending in app.engine.sendings().await.map_err(present::error)? {
        views.push(present::sending(&app.engine, sending).await?);
    }
    Ok(views)
}

pub async fn get_sending(app: &App, request: OfSending) -> Result<SendingView, IpcError> {
    let sending = app
        .engine
        .sending(&request.sending)
        .await
        .map_err(present::error)?;
    present::sending(&app.engine, sending).await
}

pub async fn resume_sending(app: &App, request: OfSending) -> Result<SendingView, IpcError> {
    let sending = app
        .engine
        .resume_sending(&request.sending)
        .await
        .map_err(present::error)?;
    present::sending(&app.engine, sending).await
}

pub async fn stop_trying(app: &App, request: OfSending) -> Result<SendingView, IpcError> {
    let sending = app
        .engine
        .stop_trying(&request.sending)
        .await
        .map_err(present::error)?;
    present::sending(&app.engine, sending).await
}

pub async fn abandon_sending(app: &App, request: OfSending) -> Result<DraftView, IpcError> {
    let look = app
        .engine
        .abandon_sending(&request.sending)
        .await
        .map_err(present::error)?;
    Ok(present::draft(&app.engine, look).await)
}
