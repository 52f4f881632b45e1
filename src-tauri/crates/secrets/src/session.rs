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

#[cfg(test)]
mod tests {
    use super::*;
    use secrecy::ExposeSecret;

    #[tokio::test]
    async fn it_keeps_one_secret_per_account_until_it_is_deleted() {
        let vault = SessionVault::default();
        let (ada, bo) = (AccountId::new("ada"), AccountId::new("bo"));
        vault.check().await.unwrap();
        assert!(vault.load(&ada).await.unwrap().is_none(), "it begins empty");
        vault
            .delete(&ada)
            .await
            .expect("forgetting nothing is no error");
        for secret in ["first", "second"] {
            vault.save(&ada, SecretString::from(secret)).await.unwrap();
        }
        vault.save(&bo, SecretString::from("other")).await.unwrap();
        let loaded = vault.load(&ada).await.unwrap().unwrap();
        assert_eq!(
            loaded.expose_secret(),
            "second",
            "the last one saved counts"
        );
        vault.delete(&ada).await.unwrap();
        assert!(vault.load(&ada).await.unwrap().is_none(), "deleted is gone");
        assert!(vault.load(&bo).await.unwrap().is_some(), "the others stay");
    }
}
