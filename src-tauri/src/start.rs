//! From `main` to a running window, and to the end.

use crate::arguments::Arguments;
use crate::desktop::TauriDesktop;
use crate::{commands, effects, page_scheme, tray, window};
use clap::Parser;
use paraph_domain::draft::Language;
use paraph_engine::SettingsChange;
use paraph_engine::controller;
use paraph_engine::events::Place;
use paraph_host::{Folders, Host, StartError, assemble};
use paraph_ipc::app::App;
use paraph_messages::{Key, text};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use tauri::{AppHandle, Manager, RunEvent};
use tauri_specta::Event;

/// Runs Paraph until it is quit.
pub fn run() -> ExitCode {
    let arguments = Arguments::parse();
    tracing_subscriber::fmt()
        .with_writer(std::io::stderr)
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("PARAPH_LOG")
                .unwrap_or_else(|_| "warn,paraph=info".into()),
        )
        .init();
    let specta = commands::builder();
    let handler = specta.invoke_handler();
    let built = tauri::Builder::default()
        // First, so that a second start ends before it touches anything.
        .plugin(tauri_plugin_single_instance::init(|app, given, folder| {
            second_start(app, Arguments::of_second_start(&given, folder.as_ref()));
        }))
        .register_asynchronous_uri_scheme_protocol("page", page_scheme::serve)
        .invoke_handler(handler)
        .setup(move |app| {
            specta.mount_events(app);
            set_up(app.handle(), arguments)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| match event {
                // The last window may be closed; the tray keeps us.
                RunEvent::ExitRequested {
                    code: None, api, ..
                } => api.prevent_exit(),
                RunEvent::Exit => tauri::async_runtime::block_on(stop(app)),
                _ => {}
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            tracing::error!(%error, "Paraph cannot start");
            ExitCode::FAILURE
        }
    }
}

fn set_up(app: &AppHandle, arguments: Arguments) -> Result<(), Box<dyn std::error::Error>> {
    let host = tauri::async_runtime::block_on(async { assemble(&Folders::of_user()?) });
    let host = match host {
        Ok(host) => host,
        Err(error) => {
            say_why_not(&error);
            return Err(error.into());
        }
    };
    let Host {
        engine,
        orders,
        lock,
    } = host;
    let desktop = Arc::new(TauriDesktop::new(app.clone()));
    let owner = lock.is_some();
    app.manage(App::new(
        engine.clone(),
        desktop.clone(),
        owner,
        env!("CARGO_PKG_VERSION"),
    ));
    tauri::async_runtime::block_on(first_start(&engine));
    tray::set_up(app);
    effects::carry(app.clone(), engine.clone());
    if let Some(lock) = lock {
        let engine = engine.clone();
        tauri::async_runtime::spawn(async move {
            controller::run(engine, orders).await;
            drop(lock);
        });
    }
    window::create(app, !arguments.hidden)?;
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        if arguments.practice {
            let state = app.state::<App>();
            let added = paraph_ipc::handlers::add_practice_account(
                &state,
                paraph_ipc::requests::Nothing {},
            )
            .await;
            if let Err(error) = added {
                tracing::error!(?error, "the practice account could not be added");
            }
        }
        open_files(&app, arguments.files).await;
    });
    Ok(())
}

/// The window does not exist yet, so the system's dialog says it.
fn say_why_not(error: &StartError) {
    let language = system_language();
    let detail = error.to_string();
    rfd::MessageDialog::new()
        .set_level(rfd::MessageLevel::Error)
        .set_title("Paraph")
        .set_description(text(language, Key::StartFailed, &[("detail", &detail)]))
        .show();
}

/// A first start speaks the system's language.
async fn first_start(engine: &paraph_engine::Engine) {
    if matches!(engine.has_settings().await, Ok(false)) {
        let language = Some(system_language());
        let change = SettingsChange {
            language,
            ..SettingsChange::default()
        };
        if let Err(error) = engine.change_settings(change).await {
            tracing::error!(%error, "the first settings could not be kept");
        }
    }
}

fn system_language() -> Language {
    let locale = sys_locale::get_locale().unwrap_or_default();
    if locale.to_lowercase().starts_with("fr") {
        Language::French
    } else {
        Language::English
    }
}

fn second_start(app: &AppHandle, arguments: Arguments) {
    if !arguments.hidden {
        window::show(app);
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move { open_files(&app, arguments.files).await });
}

/// Files that were handed over become a new draft, which the window shows.
async fn open_files(app: &AppHandle, files: Vec<PathBuf>) {
    if files.is_empty() {
        return;
    }
    let state = app.state::<App>();
    state.until_window_listens().await;
    let names = window::names(&files);
    let drop = state.keep_drop(files);
    let dropped = commands::FilesDropped {
        drop,
        names,
        apart: true,
    };
    if let Err(error) = dropped.emit(app) {
        tracing::error!(%error, "files could not be handed to the window");
    }
}

/// Shows a place in the window, wherever the window is.
pub fn go(app: &AppHandle, place: Place) {
    window::show(app);
    if let Err(error) = (commands::Navigate { place }).emit(app) {
        tracing::error!(%error, "the window could not be told where to go");
    }
}

async fn stop(app: &AppHandle) {
    if let Some(state) = app.try_state::<App>() {
        state.engine.end();
    }
}
