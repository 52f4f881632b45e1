//! The operating system's keychain: Secret Service, Keychain Services, Credential Manager.

use crate::{Vault, VaultError};
use async_trait::async_trait;
use keyring_core::{CredentialStore, Entry, Error};
use paraph_domain::ids::AccountId;
use secrecy::{ExposeSecret, SecretString};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;
use tokio::sync::oneshot;
use zeroize::Zeroize;

/// Under which service name the entries of this build stand. A development build must not read,
/// replace or delete the keys of an installed Paraph.
const SERVICE: &str = if cfg!(debug_assertions) {
    "app.paraph.desktop.dev"
} else {
    "app.paraph.desktop"
};

/// A frozen keychain service blocks its callers without end.
const DEADLINE: Duration = Duration::from_secs(5);

/// The first key a desktop keeps may make it ask for a password: a person answers, not a program.
const DEADLINE_FOR_A_PERSON: Duration = Duration::from_secs(60);

/// Calls that may hang in a frozen service before further ones are not even tried.
const MOST_CALLS: usize = 8;

/// What the canary of [`Vault::check`] says.
const CANARY: &str = "canary";

/// The vault in the operating system's keychain.
///
/// Each call runs on a thread of its own and opens its own connection to the service: one kept for
/// later would be of no use once the service has been restarted, and could be held by a call that
/// hangs.
pub struct KeychainVault {
    service: &'static str,
    deadline: Duration,
    /// For what a person is waiting for, and may have to allow first.
    patience: Duration,
    calls: Arc<AtomicUsize>,
}

impl Default for KeychainVault {
    fn default() -> Self {
        Self {
            patience: DEADLINE_FOR_A_PERSON,
            ..Self::with_service(SERVICE, DEADLINE)
        }
    }
}

impl KeychainVault {
    /// A vault under another service name, with another deadline. For tests.
    pub fn with_service(service: &'static str, deadline: Duration) -> Self {
        Self {
            service,
            deadline,
            patience: deadline,
            calls: Arc::default(),
        }
    }

    /// Does `work` with the entry of `user` within `deadline`. When it ends later it is `undone`,
    /// because the caller was told that it had not happened.
    async fn call<T, W>(
        &self,
        user: String,
        deadline: Duration,
        undone: fn(&Entry) -> Result<(), VaultError>,
        work: W,
    ) -> Result<T, VaultError>
    where
        T: Send + 'static,
        W: FnOnce(&Entry) -> Result<T, VaultError> + Send + 'static,
    {
        let service = self.service;
        let call = Call::begin(&self.calls).ok_or(VaultError::TimedOut)?;
        let (answer, answered) = oneshot::channel();
        thread::Builder::new()
            .name("keychain".to_owned())
            .spawn(move || {
                let entry = connect()
                    .and_then(|store| store.build(service, &user, None).map_err(translate));
                let result = entry.as_ref().map_err(|error| *error).and_then(work);
                let late = answer.send(result).is_err();
                if late
                    && let Ok(entry) = &entry
                    && let Err(error) = undone(entry)
                {
                    tracing::warn!(%error, "a late answer of the keychain could not be undone");
                }
                drop(call);
            })
            .map_err(|_| VaultError::Other("no_thread"))?;
        match tokio::time::timeout(deadline, answered).await {
            Ok(Ok(result)) => result,
            Ok(Err(_)) => Err(VaultError::Other("panicked")),
            Err(_) => {
                tracing::warn!("the keychain did not answer in time");
                Err(VaultError::TimedOut)
            }
        }
    }
}

#[async_trait]
impl Vault for KeychainVault {
    async fn save(&self, account: &AccountId, secret: SecretString) -> Result<(), VaultError> {
        self.call(account.0.clone(), self.patience, remove, move |entry| {
            entry
                .set_password(secret.expose_secret())
                .map_err(translate)
        })
        .await
    }

    async fn load(&self, account: &AccountId) -> Result<Option<SecretString>, VaultError> {
        self.call(account.0.clone(), self.deadline, leave, read)
            .await
    }

    async fn delete(&self, account: &AccountId) -> Result<(), VaultError> {
        self.call(account.0.clone(), self.deadline, leave, remove)
            .await
    }

    async fn check(&self) -> Result<(), VaultError> {
        // Two processes that start together must not delete each other's canary.
        let user = format!("{CANARY}-{}", std::process::id());
        self.call(user, self.deadline, leave, |entry| {
            entry.set_password(CANARY).map_err(translate)?;
            let found = read(entry);
            remove(entry)?;
            match found? {
                Some(secret) if secret.expose_secret() == CANARY => Ok(()),
                _ => Err(VaultError::Other("forgetful")),
            }
        })
        .await
    }
}

/// There is nothing to undo.
fn leave(_: &Entry) -> Result<(), VaultError> {
    Ok(())
}

fn read(entry: &Entry) -> Result<Option<SecretString>, VaultError> {
    match entry.get_password() {
        Ok(secret) => Ok(Some(SecretString::from(secret))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(translate(error)),
    }
}

fn remove(entry: &Entry) -> Result<(), VaultError> {
    match entry.delete_credential() {
        Ok(()) | Err(Error::NoEntry) => Ok(()),
        Err(error) => Err(translate(error)),
    }
}

/// Opens the keychain. A failure here means that there is none to talk to.
fn connect() -> Result<Arc<CredentialStore>, VaultError> {
    #[cfg(all(unix, not(target_os = "macos")))]
    let store = zbus_secret_service_keyring_store::Store::new();
    #[cfg(target_os = "macos")]
    let store = apple_native_keyring_store::keychain::Store::new();
    #[cfg(windows)]
    let store = windows_native_keyring_store::Store::new();
    match store {
        Ok(store) => Ok(store),
        Err(error) => {
            tracing::debug!(%error, "no keychain service");
            Err(VaultError::NoService)
        }
    }
}

/// Errors of the platform may quote what was stored, so only their kind goes on.
fn translate(error: Error) -> VaultError {
    match error {
        Error::NoStorageAccess(_) => VaultError::Locked,
        Error::NoDefaultStore => VaultError::NoService,
        Error::NoEntry => VaultError::Other("no_entry"),
        Error::PlatformFailure(_) => VaultError::Other("platform"),
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            VaultError::Other("bad_data")
        }
        Error::BadStoreFormat(_) => VaultError::Other("bad_store"),
        Error::TooLong(_, _) => VaultError::Other("too_long"),
        Error::Invalid(_, _) => VaultError::Other("invalid"),
        Error::Ambiguous(_) => VaultError::Other("ambiguous"),
        Error::NotSupportedByStore(_) => VaultError::Other("unsupported"),
        _ => VaultError::Other("unknown"),
    }
}

/// A place among the calls that may be under way at once.
struct Call {
    calls: Arc<AtomicUsize>,
}

impl Call {
    fn begin(calls: &Arc<AtomicUsize>) -> Option<Self> {
        let call = Self {
            calls: Arc::clone(calls),
        };
        (calls.fetch_add(1, Ordering::SeqCst) < MOST_CALLS).then_some(call)
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        self.calls.fetch_sub(1, Ordering::SeqCst);
    }
}

#[cfg(test)]
#[path = "keychain_tests.rs"]
mod tests;
