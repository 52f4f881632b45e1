//! What the clerk has set, kept as one value.

use crate::Engine;
use crate::controller::Wake;
use crate::error::Error;
use crate::events::Tag;
use paraph_domain::draft::Language;
use paraph_domain::geometry::LengthUnit;
use paraph_domain::ids::AccountId;
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

const KEY: &str = "settings";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub language: Language,
    pub theme: ThemeChoice,
    /// Seconds in which a sending can be undone.
    pub undo_seconds: u16,
    pub default_account: Option<AccountId>,
    /// None: the default folder.
    pub archive_folder: Option<PathBuf>,
    pub notifications_paused: bool,
    pub refusal_reason_in_notices: bool,
    pub start_at_login: bool,
    pub start_at_login_answered: bool,
    /// Who invitations come from.
    pub sender_name: String,
    /// That closing the window keeps Paraph in the tray has been said.
    pub tray_explained: bool,
    pub unit: LengthUnit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

/// Every field that is present is set.
#[derive(Debug, Clone, Default)]
pub struct SettingsChange {
    pub language: Option<Language>,
    pub theme: Option<ThemeChoice>,
    pub undo_seconds: Option<u16>,
    pub default_account: Option<AccountId>,
    pub archive_folder: Option<PathBuf>,
    pub notifications_paused: Option<bool>,
    pub refusal_reason_in_notices: Option<bool>,
    pub start_at_login: Option<bool>,
    pub start_at_login_answered: Option<bool>,
    pub sender_name: Option<String>,
    pub tray_explained: Option<bool>,
    pub unit: Option<LengthUnit>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            language: Language::default(),
            theme: ThemeChoice::default(),
            undo_seconds: 15,
            default_account: None,
            archive_folder: None,
            notifications_paused: false,
            refusal_reason_in_notices: false,
            start_at_login: false,
            start_at_login_answered: false,
            sender_name: String::new(),
            tray_explained: false,
            unit: LengthUnit::default(),
        }
    }
}

impl Engine {
    pub async fn settings(&self) -> Result<Settings, Error> {
        Ok(self
            .store()
            .settings()
            .get_json(KEY)
            .await?
            .unwrap_or_default())
    }

    /// Whether anything has ever been set; a first start takes the system's language.
    pub async fn has_settings(&self) -> Result<bool, Error> {
        Ok(self
            .store()
            .settings()
            .get_json::<Settings>(KEY)
            .await?
            .is_some())
    }

    pub async fn change_settings(&self, change: SettingsChange) -> Result<Settings, Error> {
        fn set<T>(target: &mut T, value: Option<T>) {
            if let Some(value) = value {
                *target = value;
            }
        }
        let another_folder = change.archive_folder.is_some();
        let settings = self
            .update_settings(|settings| {
                set(&mut settings.language, change.language);
                set(&mut settings.theme, change.theme);
                set(
                    &mut settings.undo_seconds,
                    change.undo_seconds.map(|seconds| seconds.min(600)),
                );
                if change.default_account.is_some() {
                    settings.default_account = change.default_account;
                }
                if change.archive_folder.is_some() {
                    settings.archive_folder = change.archive_folder;
                }
                set(
                    &mut settings.notifications_paused,
                    change.notifications_paused,
                );
                set(
                    &mut settings.refusal_reason_in_notices,
                    change.refusal_reason_in_notices,
                );
                set(&mut settings.start_at_login, change.start_at_login);
                set(
                    &mut settings.start_at_login_answered,
                    change.start_at_login_answered,
                );
                set(&mut settings.sender_name, change.sender_name);
                set(&mut settings.tray_explained, change.tray_explained);
                set(&mut settings.unit, change.unit);
            })
            .await?;
        if another_folder {
            // What could not be written to the one before need not wait.
            self.file_everything_now();
            self.order(Wake::File);
        }
        Ok(settings)
    }

    /// One change at a time: each is made to what the one before left.
    pub(crate) async fn update_settings(
        &self,
        change: impl FnOnce(&mut Settings),
    ) -> Result<Settings, Error> {
        let turn = self.inner.settings.lock().await;
        let mut settings = self.settings().await?;
        change(&mut settings);
        self.store().settings().set_json(KEY, &settings).await?;
        drop(turn);
        self.tell(vec![Tag::AppState]);
        Ok(settings)
    }

    /// Where results are filed.
    pub async fn archive_folder(&self) -> Result<PathBuf, Error> {
        let chosen = self.settings().await?.archive_folder;
        Ok(chosen.unwrap_or_else(|| self.inner.parts.default_archive.clone()))
    }
}
