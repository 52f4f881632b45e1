//! Accounts and settings.

use super::{error, time};
use crate::error::IpcError;
use crate::requests::Theme;
use crate::views::{AccountView, KeyState, SettingsView, Trouble};
use paraph_domain::capabilities::ProviderKind;
use paraph_engine::accounts::{AccountLook, KeyFacts};
use paraph_engine::{Engine, Settings, ThemeChoice};

pub fn account(look: AccountLook) -> AccountView {
    let trouble = trouble_of(&look);
    AccountView {
        key: match look.key {
            KeyFacts::NotNeeded => KeyState::NotNeeded,
            KeyFacts::InKeychain => KeyState::InKeychain,
            KeyFacts::ForThisRun => KeyState::ForThisRun,
            KeyFacts::Missing => KeyState::Missing,
            KeyFacts::OutOfReach(reason) => KeyState::KeychainUnavailable(reason),
        },
        connected_as: look
            .identity
            .as_ref()
            .filter(|_| look.account.kind != ProviderKind::Practice)
            .map(|identity| identity.name.clone()),
        organisation: look.identity.and_then(|identity| identity.organisation),
        id: look.account.id,
        kind: look.account.kind,
        environment: look.account.environment,
        name: look.account.name,
        follow_all: look.account.follow_all,
        last_success: look.fetched.last_success.map(time),
        trouble,
    }
}

/// Why the last look at an account failed, if it did.
pub fn trouble_of(look: &AccountLook) -> Option<Trouble> {
    let error = look.fetched.last_error.clone()?;
    Some(serde_json::from_value(error).unwrap_or(Trouble::Internal))
}

/// An account that may have been removed meanwhile.
pub async fn account_of(
    engine: &Engine,
    id: Option<&paraph_domain::ids::AccountId>,
) -> Option<AccountView> {
    engine.account_look(id?).await.ok().map(account)
}

pub async fn settings(engine: &Engine, settings: Settings) -> Result<SettingsView, IpcError> {
    Ok(SettingsView {
        archive_folder: engine
            .archive_folder()
            .await
            .map_err(error)?
            .display()
            .to_string(),
        language: settings.language,
        theme: match settings.theme {
            ThemeChoice::System => Theme::System,
            ThemeChoice::Light => Theme::Light,
            ThemeChoice::Dark => Theme::Dark,
        },
        undo_seconds: settings.undo_seconds,
        default_account: settings.default_account,
        notifications_paused: settings.notifications_paused,
        refusal_reason_in_notices: settings.refusal_reason_in_notices,
        start_at_login: settings.start_at_login,
        sender_name: settings.sender_name,
        unit: settings.unit,
    })
}
