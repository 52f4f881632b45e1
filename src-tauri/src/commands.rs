//! The declared list of commands as Tauri commands, and the events. No decisions.

use paraph_ipc::app::App;
use paraph_ipc::error::IpcError;
use paraph_ipc::events::{Place, Tag};
use paraph_ipc::for_each_command;
use paraph_ipc::requests::*;
use paraph_ipc::views::*;
use serde::{Deserialize, Serialize};
use tauri::State;
use tauri_specta::{Builder, Event, collect_commands, collect_events};

/// Something became stale.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct DataChanged {
    pub tags: Vec<Tag>,
}

/// The window should go somewhere.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct Navigate {
    pub place: Place,
}

/// Files hang over the window, or no longer do.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct FilesOver {
    pub over: bool,
}

/// Files were dropped on the window, or handed over. Their paths stay here; `drop` names them.
#[derive(Debug, Clone, Serialize, Deserialize, specta::Type, Event)]
pub struct FilesDropped {
    pub drop: String,
    pub names: Vec<String>,
    /// They become a draft of their own, also when one is open: nobody pointed at it.
    pub apart: bool,
}

macro_rules! tauri_commands {
    ($($name:ident($request:ty) -> $response:ty,)*) => {
        $(
            #[tauri::command]
            #[specta::specta]
            async fn $name(
                app: State<'_, App>,
                request: $request,
            ) -> Result<$response, IpcError> {
                paraph_ipc::handlers::$name(&app, request).await
            }
        )*

        /// Commands, events and the types that cross the window.
        pub fn builder() -> Builder<tauri::Wry> {
            Builder::new()
                // Options are `| null` in both directions, and no float of ours is NaN: geometry
                // is checked when an edit is applied.
                .disable_serde_phases()
                .semantic_types(specta_typescript::semantic::Configuration::empty().enable_lossless_floats())
                .commands(collect_commands![$($name),*])
                .events(collect_events![DataChanged, Navigate, FilesOver, FilesDropped])
        }
    };
}

for_each_command!(tauri_commands);

#[cfg(test)]
mod tests {
    /// The committed bindings are what the window is compiled against.
    #[test]
    fn typescript_bindings_are_current() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/src/host/bindings.ts");
        let fresh = tempfile::NamedTempFile::new().expect("a temporary file");
        super::builder()
            .export(specta_typescript::Typescript::default(), fresh.path())
            .expect("types export");
        let fresh = std::fs::read_to_string(fresh.path()).expect("exported");
        if std::env::var_os("UPDATE_BINDINGS").is_some() {
            std::fs::write(path, &fresh).expect("bindings are written");
        }
        let committed = std::fs::read_to_string(path).unwrap_or_default();
        assert!(
            committed == fresh,
            "ui/src/host/bindings.ts is stale: UPDATE_BINDINGS=1 cargo test -p paraph typescript"
        );
    }
}
