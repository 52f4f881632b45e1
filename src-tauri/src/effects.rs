//! Carries what the engine tells to the window, the tray and the notifications.

use crate::commands::DataChanged;
use crate::{notifications, tray};
use paraph_engine::Engine;
use paraph_engine::events::{Effect, Tag};
use std::collections::BTreeSet;
use std::time::Duration;
use tauri::AppHandle;
use tauri_specta::Event;
use tokio::sync::broadcast::error::RecvError;

/// Changes that come within this time are told together.
const GATHER: Duration = Duration::from_millis(30);

pub fn carry(app: AppHandle, engine: Engine) {
    let mut effects = engine.effects();
    tauri::async_runtime::spawn(async move {
        tray::refresh(&app, &engine).await;
        let mut stale = BTreeSet::new();
        loop {
            let effect = if stale.is_empty() {
                effects.recv().await
            } else {
                match tokio::time::timeout(GATHER, effects.recv()).await {
                    Ok(effect) => effect,
                    Err(_) => {
                        tell(&app, &engine, std::mem::take(&mut stale)).await;
                        continue;
                    }
                }
            };
            match effect {
                Ok(Effect::Changed(tags)) => stale.extend(tags),
                Ok(Effect::Announce(notice)) => notifications::show(&app, notice),
                // Too slow to hear everything: everything may be stale.
                Err(RecvError::Lagged(_)) => stale.extend(Tag::everything()),
                Err(RecvError::Closed) => return,
            }
        }
    });
}

async fn tell(app: &AppHandle, engine: &Engine, stale: BTreeSet<Tag>) {
    let tray_is_stale = stale.contains(&Tag::AppState) || stale.contains(&Tag::Procedures);
    let tags = stale.into_iter().collect();
    if let Err(error) = (DataChanged { tags }).emit(app) {
        tracing::error!(%error, "the window could not be told what changed");
    }
    if tray_is_stale {
        tray::refresh(app, engine).await;
    }
}
