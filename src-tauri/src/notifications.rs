//! Notifications of the desktop's own, which can be clicked.

use crate::start::go;
use notify_rust::Notification;
use paraph_engine::notices::Notice;
use tauri::AppHandle;

/// Shows a notification. A click on it opens what it is about.
pub fn show(app: &AppHandle, notice: Notice) {
    let app = app.clone();
    // Waiting for a click blocks; a notification nobody clicks ends its thread when it closes.
    let spawned = std::thread::Builder::new()
        .name("notification".to_owned())
        .spawn(move || {
            let shown = Notification::new()
                .appname("Paraph")
                .summary(&notice.title)
                .body(&notice.body)
                .icon("paraph")
                .action("default", &notice.action)
                .action("open", &notice.action)
                .show();
            match shown {
                Ok(handle) => wait_for_click(app, handle, notice),
                Err(error) => tracing::warn!(%error, "a notification could not be shown"),
            }
        });
    if let Err(error) = spawned {
        tracing::warn!(%error, "a notification could not be shown");
    }
}

#[cfg(target_os = "linux")]
fn wait_for_click(app: AppHandle, handle: notify_rust::NotificationHandle, notice: Notice) {
    handle.wait_for_action(|action| {
        if action == "default" || action == "open" {
            go(&app, notice.place);
        }
    });
}

/// Elsewhere the system brings the program to the front by itself.
#[cfg(not(target_os = "linux"))]
fn wait_for_click<H>(_app: AppHandle, _handle: H, _notice: Notice) {
    let _ = go;
}
