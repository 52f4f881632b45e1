//! Accounts and their keys.

use crate::app::{App, Target};
use crate::error::IpcError;
use crate::present;
use crate::requests::{
    AddYousignV2Account, KeepKey, KeyRequest, KeyRequestHow, Nothing, OfAccount, ReplaceKey,
    SetFollowAll,
};
use crate::views::{AccountView, KeychainTrouble};
use paraph_domain::capabilities::{Environment, ProviderKind};
use paraph_engine::accounts::Keep;
use paraph_messages::{Key, text};
use secrecy::SecretString;
use url::Url;

pub async fn add_practice_account(app: &App, _: Nothing) -> Result<AccountView, IpcError> {
    let name = practice_name(app).await?;
    app.engine
        .add_practice_account(&name)
        .await
        .map(present::account)
        .map_err(present::error)
}

pub(super) async fn practice_name(app: &App) -> Result<String, IpcError> {
    let language = app
        .engine
        .settings()
        .await
        .map_err(present::error)?
        .language;
    Ok(text(language, Key::AccountPracticeName, &[]))
}

pub async fn add_yousign_v2_account(
    app: &App,
    request: AddYousignV2Account,
) -> Result<AccountView, IpcError> {
    // What is not known to be a test is real.
    let environment = match request.environment {
        Environment::Test => Environment::Test,
        Environment::Live | Environment::Practice => Environment::Live,
    };
    let key = SecretString::from(request.key.trim().to_owned());
    app.engine
        .add_account(
            ProviderKind::YousignV2,
            environment,
            &request.name,
            None,
            key,
            keep(request.keep),
        )
        .await
        .map(present::account)
        .map_err(present::error)
}

/// Why a key could not be kept, before anybody types one.
pub async fn check_keychain(app: &App, _: Nothing) -> Result<Option<KeychainTrouble>, IpcError> {
    Ok(app.engine.keychain_trouble().await)
}

pub async fn replace_key(app: &App, request: ReplaceKey) -> Result<AccountView, IpcError> {
    let key = SecretString::from(request.key.trim().to_owned());
    app.engine
        .replace_key(&request.account, key, keep(request.keep))
        .await
        .map(present::account)
        .map_err(present::error)
}

fn keep(keep: KeepKey) -> Keep {
    match keep {
        KeepKey::InKeychain => Keep::InKeychain,
        KeepKey::ForThisRun => Keep::ForThisRun,
    }
}

pub async fn remove_account(app: &App, request: OfAccount) -> Result<(), IpcError> {
    app.engine
        .remove_account(&request.account)
        .await
        .map_err(present::error)
}

pub async fn set_follow_all(app: &App, request: SetFollowAll) -> Result<AccountView, IpcError> {
    app.engine
        .set_follow_all(&request.account, request.follow_all)
        .await
        .map(present::account)
        .map_err(present::error)
}

/// The message that asks an administrator for a key: copied, or handed to the mail program.
pub async fn request_key(app: &App, request: KeyRequest) -> Result<(), IpcError> {
    let language = app
        .engine
        .settings()
        .await
        .map_err(present::error)?
        .language;
    let environment = match request.environment {
        Environment::Test => Key::EnvironmentTestName,
        Environment::Live | Environment::Practice => Key::EnvironmentLiveName,
    };
    let environment = text(language, environment, &[]);
    let subject = text(language, Key::KeyRequestSubject, &[]);
    let message = text(
        language,
        Key::KeyRequestMessage,
        &[("environment", &environment)],
    );
    let done = match request.how {
        KeyRequestHow::Copy => app.desktop.copy_text(&format!("{subject}\n\n{message}")),
        KeyRequestHow::Mail => mail_address(&subject, &message)
            .and_then(|address| app.desktop.open(&Target::Address(address))),
    };
    done.map_err(|detail| IpcError::Internal { detail })
}

/// A `mailto:` address with subject and body (RFC 6068: line breaks as CRLF, spaces as `%20`).
fn mail_address(subject: &str, body: &str) -> Result<Url, String> {
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("subject", subject)
        .append_pair("body", &body.replace('\n', "\r\n"))
        .finish()
        .replace('+', "%20");
    Url::parse(&format!("mailto:?{query}")).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_address_carries_the_message_whole() {
        let address = mail_address("Clé & co", "Bonjour,\nune clé + rien").expect("an address");
        assert_eq!(
            address.as_str(),
            "mailto:?subject=Cl%C3%A9%20%26%20co&body=Bonjour%2C%0D%0Aune%20cl%C3%A9%20%2B%20rien"
        );
    }
}
