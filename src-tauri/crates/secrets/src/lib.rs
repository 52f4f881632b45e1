//! The vault: where the keys to the providers' accounts are kept.
//!
//! Deliberately absent: files. A key is in the operating system's keychain or, by the clerk's
//! choice, in memory until Paraph quits; there is no third place.

mod keychain;
mod session;

pub use keychain::KeychainVault;
pub use session::SessionVault;

use async_trait::async_trait;
use paraph_domain::ids::AccountId;
use secrecy::SecretString;

/// Keeps one secret per account.
#[async_trait]
pub trait Vault: Send + Sync {
    /// Keeps a secret, in place of an earlier one.
    async fn save(&self, account: &AccountId, secret: SecretString) -> Result<(), VaultError>;

    /// None when there is none, also when the clerk moved to another desktop whose keychain has
    /// never heard of it: ask for the key again.
    async fn load(&self, account: &AccountId) -> Result<Option<SecretString>, VaultError>;

    /// Forgets a secret. None there is no error.
    async fn delete(&self, account: &AccountId) -> Result<(), VaultError>;

    /// Finds out whether secrets can be kept, by writing one, reading it back and deleting it.
    /// Nothing less tells: a locked keychain calls itself ready.
    async fn check(&self) -> Result<(), VaultError>;
}

/// Why the vault did not do it. No variant carries a secret or the name of an account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VaultError {
    /// This machine, or this session, has no keychain.
    #[error("there is no keychain service")]
    NoService,
    /// There is one, but it is locked, has no collection yet, or access was denied.
    #[error("the keychain is locked")]
    Locked,
    /// No answer in time. It may be showing a window that asks for the password, and what was
    /// asked for may still happen.
    #[error("the keychain does not answer")]
    TimedOut,
    /// Anything else, by a word that stays the same from version to version.
    #[error("the keychain failed: {0}")]
    Other(&'static str),
}
