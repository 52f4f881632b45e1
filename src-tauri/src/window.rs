//! The main window: made, shown, hidden, and what is dropped on it.

use crate::commands::{FilesDropped, FilesOver};
use crate::notifications;
use paraph_engine::SettingsChange;
use paraph_engine::events::Place;
use paraph_engine::notices::Notice;
use paraph_ipc::app::App;
use paraph_messages::{Key, text};
use std::path::PathBuf;
use tauri::{
    AppHandle, DragDropEvent, Manager, WebviewUrl, WebviewWindow, WebviewWindowBuilder, Window,
    WindowEvent,
};
use tauri_specta::Event;

pub const MAIN: &str = "main";

/// Makes the window, not yet shown.
pub fn create(app: &AppHandle) -> tauri::Result<WebviewWindow> {
    let window = WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Paraph")
        .inner_size(1280.0, 800.0)
        .min_inner_size(960.0, 600.0)
        .center()
        .visible(false)
        // Nothing but our own pages is ever shown here.
        .on_navigation(|address| {
            address.scheme() == "tauri" || address.host_str() == Some("tauri.localhost")
        })
        .build()?;
    let handle = app.clone();
    let shown = window.as_ref().window();
    window.on_window_event(move |event| on_event(&handle, &shown, event));
    Ok(window)
}

fn on_event(app: &AppHandle, window: &Window, event: &WindowEvent) {
    match event {
        WindowEvent::CloseRequested { api, .. } => {
            api.prevent_close();
            close(app, window);
        }
        WindowEvent::DragDrop(event) => on_drag(app, event),
        WindowEvent::Focused(true) => app.state::<App>().engine.news_seen(),
        _ => {}
    }
}

/// Closing keeps Paraph in the tray, or minimises where the desktop shows no tray icons.
fn close(app: &AppHandle, window: &Window) {
    let state = app.state::<App>();
    let done = if state.desktop.has_tray() {
        window.hide()
    } else {
        window.minimize()
    };
    if let Err(error) = done {
        tracing::error!(%error, "the window could not be put away");
    }
    state.engine.forget_pictures();
    if state.desktop.has_tray() {
        let app = app.clone();
        tauri::async_runtime::spawn(async move { explain_tray_once(&app).await });
    }
}

async fn explain_tray_once(app: &AppHandle) {
    let engine = &app.state::<App>().engine;
    let Ok(settings) = engine.settings().await else {
        return;
    };
    if settings.tray_explained {
        return;
    }
    let say = |key| text(settings.language, key, &[]);
    notifications::show(
        app,
        Notice {
            title: say(Key::NoticeKeptInTray),
            body: say(Key::NoticeKeptInTrayBody),
            place: Place::Home,
            action: say(Key::NoticeOpen),
        },
    );
    let change = SettingsChange {
        tray_explained: Some(true),
        ..SettingsChange::default()
    };
    if let Err(error) = engine.change_settings(change).await {
        tracing::warn!(%error, "that the tray was explained could not be kept");
    }
}

/// Where no tray icon is shown any more, a hidden window could not be got back: it is minimised
/// instead.
pub fn keep_reachable(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    if matches!(window.is_visible(), Ok(false))
        && let Err(error) = window.minimize().and_then(|()| window.show())
    {
        tracing::error!(%error, "the window could not be minimised");
    }
}

/// Brings the window up from wherever it is.
pub fn show(app: &AppHandle) {
    let Some(window) = app.get_webview_window(MAIN) else {
        return;
    };
    let shown = window
        .show()
        .and_then(|()| window.unminimize())
        .and_then(|()| window.set_focus());
    if let Err(error) = shown {
        tracing::error!(%error, "the window could not be shown");
    }
}

fn on_drag(app: &AppHandle, event: &DragDropEvent) {
    let told = match event {
        DragDropEvent::Enter { .. } => FilesOver { over: true }.emit(app),
        DragDropEvent::Leave => FilesOver { over: false }.emit(app),
        DragDropEvent::Drop { paths, .. } => {
            let drop = app.state::<App>().keep_drop(paths.clone());
            let names = names(paths);
            let dropped = FilesDropped {
                drop,
                names,
                apart: false,
            };
            FilesOver { over: false }
                .emit(app)
                .and_then(|()| dropped.emit(app))
        }
        _ => Ok(()),
    };
    if let Err(error) = told {
        tracing::error!(%error, "the window could not be told of files");
    }
}

/// File names without their folders.
pub fn names(files: &[PathBuf]) -> Vec<String> {
    files
        .iter()
        .filter_map(|file| file.file_name())
        .map(|name| name.to_string_lossy().into_owned())
        .collect()
}
