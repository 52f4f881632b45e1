//! From `main` to a running window, and to the end.

use crate::arguments::Arguments;
use crate::desktop::TauriDesktop;
use crate::{commands, effects, graphics, page_scheme, tray, window};
use clap::Parser;
use paraph_domain::draft::Language;
use paraph_engine::controller::{self, Wake};
use paraph_engine::events::Place;
use paraph_engine::{Engine, SettingsChange};
use paraph_host::{DataLock, Folders, Front, Host, StartError, assemble, watch_memory};
use paraph_ipc::app::App;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tauri::{AppHandle, Manager, RunEvent};
use tauri_specta::Event;
use tokio::sync::mpsc::UnboundedReceiver;

/// How often is looked whether another Paraph has ended, and what it has done.
const ANOTHER_WATCH: Duration = Duration::from_secs(2);
/// A window that has not asked anything by now is shown as it is.
const LISTENS_BY: Duration = Duration::from_secs(5);

/// Runs Paraph until it is quit.
pub fn run() -> ExitCode {
    graphics::choose();
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
        .manage(HandedOver::default())
        .register_asynchronous_uri_scheme_protocol("page", page_scheme::serve)
        .invoke_handler(handler)
        .setup(move |app| {
            specta.mount_events(app);
            set_up(app.handle(), arguments)
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
    let host =
        tauri::async_runtime::block_on(async { assemble(&Folders::of_user()?, Front::Window) });
    let host = match host {
        Ok(host) => host,
        Err(error) => {
            say_why_not(app.clone(), error);
            return Ok(());
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
    tauri::async_runtime::spawn(watch_memory(engine.clone()));
    tauri::async_runtime::spawn(send_and_follow(app.clone(), engine, lock, orders));
    window::create(app)?;
    if !arguments.hidden {
        tauri::async_runtime::spawn(show_when_drawn(app.clone()));
    }
    let handed_over = app.state::<HandedOver>().open();
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
        for files in std::iter::once(arguments.files).chain(handed_over) {
            open_files(&app, files).await;
        }
    });
    Ok(())
}

/// A window that is shown before its page is there flashes white, and WebKitGTK lets the whole
/// program wait for the page's first picture, up to half a second.
async fn show_when_drawn(app: AppHandle) {
    let state = app.state::<App>();
    let listens = tokio::time::timeout(LISTENS_BY, state.until_window_listens());
    if listens.await.is_err() {
        tracing::warn!("the window asks nothing");
    }
    window::show(&app);
}

/// Runs the controller; while another process has the data folder, waits for it to end and shows
/// what it does meanwhile.
async fn send_and_follow(
    app: AppHandle,
    engine: Engine,
    mut lock: Option<DataLock>,
    orders: UnboundedReceiver<Wake>,
) {
    while lock.is_none() {
        tokio::time::sleep(ANOTHER_WATCH).await;
        lock = match Folders::of_user().map(|folders| DataLock::try_acquire(&folders.data)) {
            Ok(Ok(lock)) => lock,
            Ok(Err(error)) => {
                tracing::error!(%error, "the data folder's lock cannot be tried");
                None
            }
            Err(error) => return tracing::error!(%error, "the data folder is not known"),
        };
        if lock.is_some() {
            app.state::<App>().becomes_owner();
        }
        engine.tell_that_all_may_be_stale();
    }
    controller::run(engine, orders).await;
    drop(lock);
}

/// There is no window yet, so the system's dialog says it; closing it ends the program. Waiting
/// for it here would keep the dialog's own main loop from turning.
fn say_why_not(app: AppHandle, error: StartError) {
    tracing::error!(%error, "Paraph cannot start");
    let description = error.sentence(system_language());
    tauri::async_runtime::spawn(async move {
        rfd::AsyncMessageDialog::new()
            .set_level(rfd::MessageLevel::Error)
            .set_title("Paraph")
            .set_description(description)
            .show()
            .await;
        app.exit(1);
    });
}

/// A first start speaks the system's language.
async fn first_start(engine: &Engine) {
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
    let Some(files) = app.state::<HandedOver>().take(arguments.files) else {
        return;
    };
    if !arguments.hidden {
        window::show(app);
    }
    let app = app.clone();
    tauri::async_runtime::spawn(async move { open_files(&app, files).await });
}

/// Files that second starts hand over while this one is not ready for them, start by start.
struct HandedOver(Mutex<Option<Vec<Vec<PathBuf>>>>);

impl Default for HandedOver {
    fn default() -> Self {
        Self(Mutex::new(Some(Vec::new())))
    }
}

impl HandedOver {
    /// Gives the files back when they can be opened now, and keeps them otherwise.
    fn take(&self, files: Vec<PathBuf>) -> Option<Vec<PathBuf>> {
        match &mut *self.0.lock().unwrap_or_else(PoisonError::into_inner) {
            Some(waiting) => {
                waiting.push(files);
                None
            }
            None => Some(files),
        }
    }

    /// What came so far; what comes from now on is opened at once.
    fn open(&self) -> Vec<Vec<PathBuf>> {
        let mut waiting = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.take().unwrap_or_default()
    }
}

/// Files that were handed over become a new draft, which the window shows.
pub async fn open_files(app: &AppHandle, files: Vec<PathBuf>) {
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
