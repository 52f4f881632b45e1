//! Secrets that are kept for this run only.

use crate::{Vault, VaultError};
use async_trait::async_trait;
use paraph_domain::ids::AccountId;
use secrecy::SecretString;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A vault in memory. Each secret is overwritten when it is replaced, deleted or dropped.
#[derive(Default)]
pub struct SessionVault {
    secrets: Mutex<HashMap<AccountId, SecretString>>,
}

impl SessionVault {
    fn secrets(&self) -> MutexGuard<'_, HashMap<AccountId, SecretString>> {
        self.secrets.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl Vault for SessionVault {
    async fn save(&self, account: &AccountId, secret: SecretString) -> Result<(), VaultError> {
        self.secrets().insert(account.clone(), secret);
        Ok(())
    }

    async fn load(&self, account: &AccountId) -> Result<Option<SecretString>, VaultError> {
        Ok(self.secrets().get(account).cloned())
    }

    async fn delete(&self, account: &AccountId) -> Result<(), VaultError> {
        self.secrets().remove(account);
        Ok(())
    }

    async fn check(&self) -> Result<(), VaultError> {
        Ok(())
    }
}
