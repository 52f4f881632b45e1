//! Draws the engine's tray value.

use crate::start::{go, open_files};
use crate::window;
use paraph_engine::events::Place;
use paraph_engine::tray::{Choice, Entry, Tray, TrayIcon};
use paraph_engine::{Engine, SettingsChange};
use paraph_ipc::app::App;
use std::sync::Mutex;
use tauri::image::Image;
use tauri::menu::{IsMenuItem, Menu, MenuItem, PredefinedMenuItem};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager, Wry};

const ID: &str = "main";

/// What is drawn now, so that the same is not drawn again.
#[derive(Default)]
struct Drawn(Mutex<Option<Tray>>);

/// Makes the icon. Whether the desktop has a place for it is [`place_for_icons`].
pub fn set_up(app: &AppHandle) {
    app.manage(Drawn::default());
    let built = TrayIconBuilder::with_id(ID)
        .icon(image(TrayIcon::Idle))
        .tooltip("Paraph")
        .show_menu_on_left_click(true)
        .on_menu_event(
            |app, event| match serde_json::from_str(event.id().as_ref()) {
                Ok(choice) => choose(app, choice),
                Err(error) => tracing::error!(%error, "an unknown menu item was chosen"),
            },
        )
        .build(app);
    if let Err(error) = built {
        tracing::warn!(%error, "there is no tray icon");
    }
}

/// Whether anything on this desktop shows tray icons: a status notifier host, or the older X11
/// system tray. Blocks on the bus and the display.
#[cfg(target_os = "linux")]
pub fn place_for_icons() -> bool {
    status_notifier_host() || x11_system_tray()
}

#[cfg(target_os = "linux")]
fn status_notifier_host() -> bool {
    const WATCHER: &str = "org.kde.StatusNotifierWatcher";
    let asked = zbus::blocking::Connection::session().and_then(|bus| {
        zbus::blocking::proxy::Builder::<zbus::blocking::Proxy<'_>>::new(&bus)
            .destination(WATCHER)?
            .path("/StatusNotifierWatcher")?
            .interface(WATCHER)?
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()?
            .get_property::<bool>("IsStatusNotifierHostRegistered")
    });
    asked.unwrap_or(false)
}

#[cfg(target_os = "linux")]
fn x11_system_tray() -> bool {
    use x11rb::connection::Connection;
    use x11rb::protocol::xproto::ConnectionExt;
    let Ok((display, screen)) = x11rb::connect(None) else {
        return false;
    };
    let name = format!("_NET_SYSTEM_TRAY_S{screen}");
    let asked = display
        .intern_atom(false, name.as_bytes())
        .ok()
        .and_then(|cookie| cookie.reply().ok())
        .and_then(|atom| display.get_selection_owner(atom.atom).ok())
        .and_then(|cookie| cookie.reply().ok());
    drop(display.flush());
    asked.is_some_and(|reply| reply.owner != x11rb::NONE)
}

#[cfg(not(target_os = "linux"))]
pub fn place_for_icons() -> bool {
    true
}

/// Draws what the state is now.
pub async fn refresh(app: &AppHandle, engine: &Engine) {
    let tray = match engine.tray().await {
        Ok(tray) => tray,
        Err(error) => return tracing::error!(%error, "the tray's state could not be read"),
    };
    let handle = app.clone();
    // Menus belong to the main thread.
    let drawn = app.run_on_main_thread(move || {
        if let Err(error) = draw(&handle, tray) {
            tracing::error!(%error, "the tray could not be drawn");
        }
    });
    if let Err(error) = drawn {
        tracing::error!(%error, "the tray could not be drawn");
    }
}

fn draw(app: &AppHandle, tray: Tray) -> tauri::Result<()> {
    let Some(icon) = app.tray_by_id(ID) else {
        return Ok(());
    };
    let drawn = app.state::<Drawn>();
    let mut drawn = drawn
        .0
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner);
    if drawn.as_ref() == Some(&tray) {
        return Ok(());
    }
    icon.set_icon(Some(image(tray.icon)))?;
    icon.set_tooltip(Some(&tray.tooltip))?;
    if drawn.as_ref().map(|drawn| &drawn.menu) != Some(&tray.menu) {
        icon.set_menu(Some(menu(app, &tray.menu)?))?;
    }
    *drawn = Some(tray);
    Ok(())
}

fn menu(app: &AppHandle, entries: &[Entry]) -> tauri::Result<Menu<Wry>> {
    let mut items: Vec<Box<dyn IsMenuItem<Wry>>> = Vec::new();
    for entry in entries {
        items.push(match entry {
            Entry::Separator => Box::new(PredefinedMenuItem::separator(app)?),
            Entry::Heading(text) => Box::new(MenuItem::new(app, text, false, None::<&str>)?),
            Entry::Item { text, choice } => {
                let id = serde_json::to_string(choice)?;
                // One "&" would mark the next letter as the key to press.
                let text = text.replace('&', "&&");
                Box::new(MenuItem::with_id(app, id, text, true, None::<&str>)?)
            }
        });
    }
    let items: Vec<&dyn IsMenuItem<Wry>> = items.iter().map(AsRef::as_ref).collect();
    Menu::with_items(app, &items)
}

fn image(icon: TrayIcon) -> Image<'static> {
    match icon {
        TrayIcon::Idle => tauri::include_image!("icons/tray-idle.png"),
        TrayIcon::Waiting => tauri::include_image!("icons/tray-waiting.png"),
        TrayIcon::News => tauri::include_image!("icons/tray-news.png"),
        TrayIcon::Offline => tauri::include_image!("icons/tray-offline.png"),
    }
}

fn choose(app: &AppHandle, choice: Choice) {
    match choice {
        Choice::Open => window::show(app),
        Choice::NewDocument => new_document(app),
        Choice::Show { procedure } => go(app, Place::Procedure { id: procedure }),
        Choice::PauseNotifications => pause(app, true),
        Choice::ResumeNotifications => pause(app, false),
        Choice::Quit => app.exit(0),
    }
}

fn new_document(app: &AppHandle) {
    window::show(app);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        match paraph_ipc::handlers::choose_pdfs(&app.state::<App>()).await {
            Ok(files) => open_files(&app, files).await,
            Err(error) => tracing::error!(%error, "no document was chosen"),
        }
    });
}

fn pause(app: &AppHandle, paused: bool) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let change = SettingsChange {
            notifications_paused: Some(paused),
            ..SettingsChange::default()
        };
        if let Err(error) = app.state::<App>().engine.change_settings(change).await {
            tracing::error!(%error, "notifications could not be paused or resumed");
        }
    });
}
