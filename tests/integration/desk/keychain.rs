//! A keychain for the engine of a desk.

use async_trait::async_trait;
use paraph_domain::ids::AccountId;
use paraph_engine::{Vault, VaultError};
use secrecy::{ExposeSecret, SecretString};
use std::collections::HashMap;
use std::sync::Mutex;

/// A keychain in memory, from which keys can be taken.
#[derive(Default)]
pub struct Keychain(Mutex<HashMap<AccountId, String>>);

impl Keychain {
    pub fn put(&self, account: &AccountId, key: &str) {
        let mut keys = self.0.lock().expect("a lock");
        keys.insert(account.clone(), key.to_owned());
    }

    pub fn is_empty(&self) -> bool {
        self.0.lock().expect("a lock").is_empty()
    }
}

#[async_trait]
impl Vault for Keychain {
    async fn save(&self, account: &AccountId, secret: SecretString) -> Result<(), VaultError> {
        self.put(account, secret.expose_secret());
        Ok(())
    }

    async fn load(&self, account: &AccountId) -> Result<Option<SecretString>, VaultError> {
        let keys = self.0.lock().expect("a lock");
        Ok(keys.get(account).map(|key| key.as_str().into()))
    }

    async fn delete(&self, account: &AccountId) -> Result<(), VaultError> {
        self.0.lock().expect("a lock").remove(account);
        Ok(())
    }

    async fn check(&self) -> Result<(), VaultError> {
        Ok(())
    }
}
