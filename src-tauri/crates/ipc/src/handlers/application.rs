//! The window as a whole: state, settings, folders.

use crate::app::{App, Target};
use crate::error::IpcError;
use crate::present;
use crate::requests::{Nothing, SettingsPatch, Theme};
use crate::views::{AppState, SettingsView};
use paraph_engine::{SettingsChange, ThemeChoice};
use paraph_messages::{Key, text};

pub async fn get_app_state(app: &App, _: Nothing) -> Result<AppState, IpcError> {
    app.window_listens();
    let engine = &app.engine;
    let settings = engine.settings().await.map_err(present::error)?;
    let counts = engine.procedure_counts().await.map_err(present::error)?;
    let sent: u32 = counts.iter().map(|(_, count)| count).sum();
    let drafts = engine.drafts().await.map_err(present::error)?;
    Ok(AppState {
        version: app.version.to_owned(),
        accounts: engine
            .accounts()
            .await
            .map_err(present::error)?
            .into_iter()
            .map(present::account)
            .collect(),
        drafts: u32::try_from(drafts.len()).unwrap_or(u32::MAX),
        open_procedures: counts
            .iter()
            .filter(|(status, _)| status.is_open())
            .map(|(_, count)| count)
            .sum(),
        tray: app.desktop.has_tray(),
        offer_start_at_login: sent > 0
            && !settings.start_at_login
            && !settings.start_at_login_answered,
        another_runs: !app.owner(),
        settings: present::settings(engine, settings).await?,
    })
}

/// Ends Paraph. Nothing is announced until its next start.
pub async fn quit(app: &App, _: Nothing) -> Result<(), IpcError> {
    app.desktop.quit();
    Ok(())
}

pub async fn update_settings(app: &App, patch: SettingsPatch) -> Result<SettingsView, IpcError> {
    if let Some(on) = patch.start_at_login {
        app.desktop
            .set_start_at_login(on)
            .map_err(|detail| IpcError::Internal { detail })?;
    }
    let change = SettingsChange {
        language: patch.language,
        theme: patch.theme.map(|theme| match theme {
            Theme::System => ThemeChoice::System,
            Theme::Light => ThemeChoice::Light,
            Theme::Dark => ThemeChoice::Dark,
        }),
        undo_seconds: patch.undo_seconds,
        default_account: patch.default_account,
        archive_folder: None,
        notifications_paused: patch.notifications_paused,
        refusal_reason_in_notices: patch.refusal_reason_in_notices,
        start_at_login: patch.start_at_login,
        start_at_login_answered: patch.start_at_login_answered,
        sender_name: patch.sender_name,
        tray_explained: None,
        unit: patch.unit,
    };
    let settings = app
        .engine
        .change_settings(change)
        .await
        .map_err(present::error)?;
    present::settings(&app.engine, settings).await
}

pub async fn choose_archive_folder(app: &App, _: Nothing) -> Result<Option<String>, IpcError> {
    let language = app
        .engine
        .settings()
        .await
        .map_err(present::error)?
        .language;
    let start = app.engine.archive_folder().await.map_err(present::error)?;
    let title = text(language, Key::DialogChooseFolder, &[]);
    let Some(folder) = app.desktop.pick_folder(&title, &start).await else {
        return Ok(None);
    };
    let shown = folder.display().to_string();
    let change = SettingsChange {
        archive_folder: Some(folder),
        ..SettingsChange::default()
    };
    app.engine
        .change_settings(change)
        .await
        .map_err(present::error)?;
    Ok(Some(shown))
}

pub async fn show_archive_folder(app: &App, _: Nothing) -> Result<(), IpcError> {
    let folder = app.engine.archive_folder().await.map_err(present::error)?;
    if let Err(error) = std::fs::create_dir_all(&folder) {
        tracing::warn!(%error, "the archive folder could not be made");
        return Err(IpcError::FolderUnwritable {
            folder: folder.display().to_string(),
        });
    }
    app.desktop
        .open(&Target::File(folder))
        .map_err(|detail| IpcError::Internal { detail })
}
