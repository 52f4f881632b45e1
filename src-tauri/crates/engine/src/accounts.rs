//! Accounts: which provider, which environment, whose key.

use crate::controller::Wake;
use crate::error::Error;
use crate::events::Tag;
use crate::{Engine, lock};
use async_trait::async_trait;
use paraph_domain::capabilities::{Capabilities, Environment, ProviderKind};
use paraph_domain::ids::AccountId;
use paraph_domain::trouble::{KeychainTrouble, Trouble};
use paraph_providers::error::Error as ProviderError;
use paraph_providers::provider::{Authorizer, Identity, Provider};
use paraph_providers::registry::{self, AccountConfig};
use paraph_providers::seams::Seams;
use paraph_secrets::{Vault, VaultError};
use paraph_store::{Account, FetchStatus};
use secrecy::SecretString;
use std::sync::Arc;
use url::Url;

/// As many open requests are looked for with a new key.
const LOOKED_FOR: usize = 3;

/// Makes a provider for an account. Simulations have one of their own.
pub trait Connector: Send + Sync {
    /// What accounts of a kind can do; known without their credentials.
    fn capabilities(&self, kind: ProviderKind, environment: Environment) -> Capabilities;

    fn connect(
        &self,
        account: AccountConfig,
        authorizer: Arc<dyn Authorizer>,
        seams: Seams,
    ) -> Result<Arc<dyn Provider>, Error>;
}

/// The providers of [`paraph_providers::registry`].
pub struct Registry;

impl Connector for Registry {
    fn capabilities(&self, kind: ProviderKind, environment: Environment) -> Capabilities {
        registry::capabilities(kind, environment)
    }

    fn connect(
        &self,
        account: AccountConfig,
        authorizer: Arc<dyn Authorizer>,
        seams: Seams,
    ) -> Result<Arc<dyn Provider>, Error> {
        registry::connect(account, authorizer, seams)
            .map_err(|error| Error::Practice(error.to_string()))
    }
}

/// The practice server that comes with Paraph, started when it is first needed.
#[async_trait]
pub trait PracticeServer: Send + Sync {
    async fn access(&self) -> Result<PracticeAccess, Error>;
}

#[derive(Clone)]
pub struct PracticeAccess {
    pub base_url: Url,
    pub key: SecretString,
    /// The page with all mails that would have been sent.
    pub mailbox: Url,
}

/// Where a key is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    InKeychain,
    /// In memory, gone when Paraph ends.
    ForThisRun,
}

/// What is known of an account's key without reading it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyFacts {
    NotNeeded,
    InKeychain,
    ForThisRun,
    Missing,
    /// In the keychain, which did not give it out when it was last asked.
    OutOfReach(KeychainTrouble),
}

/// An account with what is known of it.
pub struct AccountLook {
    pub account: Account,
    pub identity: Option<Identity>,
    pub key: KeyFacts,
    pub fetched: FetchStatus,
}

impl Engine {
    pub async fn accounts(&self) -> Result<Vec<AccountLook>, Error> {
        let mut looks = Vec::new();
        for account in self.store().accounts().list().await? {
            looks.push(self.look_at(account).await?);
        }
        Ok(looks)
    }

    pub async fn account_look(&self, id: &AccountId) -> Result<AccountLook, Error> {
        let account = self.account(id).await?;
        self.look_at(account).await
    }

    async fn look_at(&self, account: Account) -> Result<AccountLook, Error> {
        let fetched = self.store().fetch_status().get(&account.id).await?;
        let identity = lock(&self.inner.identities).get(&account.id).cloned();
        let key = match (account.kind, account.keep_key) {
            (ProviderKind::Practice, _) => KeyFacts::NotNeeded,
            (ProviderKind::YousignV2, true) => {
                let last = fetched.last_error.clone();
                match last.and_then(|error| serde_json::from_value(error).ok()) {
                    Some(Trouble::KeyMissing) => KeyFacts::Missing,
                    Some(Trouble::KeychainUnavailable { reason }) => KeyFacts::OutOfReach(reason),
                    _ => KeyFacts::InKeychain,
                }
            }
            (ProviderKind::YousignV2, false) => match self.inner.session.load(&account.id).await {
                Ok(Some(_)) => KeyFacts::ForThisRun,
                Ok(None) | Err(_) => KeyFacts::Missing,
            },
        };
        Ok(AccountLook {
            account,
            identity,
            key,
            fetched,
        })
    }

    pub(crate) async fn account(&self, id: &AccountId) -> Result<Account, Error> {
        self.store()
            .accounts()
            .get(id)
            .await?
            .ok_or(Error::NotFound("account"))
    }

    /// The account that practices. There is at most one.
    pub async fn practice_account(&self) -> Result<Option<Account>, Error> {
        let accounts = self.store().accounts().list().await?;
        Ok(accounts
            .into_iter()
            .find(|account| account.kind == ProviderKind::Practice))
    }

    /// Adds the practice account, or returns the one there is. `name` is what it is called.
    pub async fn add_practice_account(&self, name: &str) -> Result<AccountLook, Error> {
        if let Some(account) = self.practice_account().await? {
            return self.look_at(account).await;
        }
        let account = Account {
            id: AccountId::new(self.fresh_id()),
            kind: ProviderKind::Practice,
            environment: Environment::Practice,
            name: name.to_owned(),
            base_url: None,
            follow_all: false,
            keep_key: false,
            created_at: self.now(),
        };
        let provider = self.connect(&account, None).await?;
        let identity = provider.identify().await?;
        self.adopt(account, provider, identity).await
    }

    /// Tries a key and, when the provider accepts it, keeps it. Nothing is kept of a key that is
    /// refused, and nothing of the account when the key cannot be kept.
    pub async fn add_account(
        &self,
        kind: ProviderKind,
        environment: Environment,
        name: &str,
        base_url: Option<Url>,
        key: SecretString,
        keep: Keep,
    ) -> Result<AccountLook, Error> {
        let account = Account {
            id: AccountId::new(self.fresh_id()),
            kind,
            environment,
            name: name.trim().to_owned(),
            base_url: base_url.map(String::from),
            follow_all: false,
            keep_key: keep == Keep::InKeychain,
            created_at: self.now(),
        };
        let provider = self.connect(&account, Some(key.clone())).await?;
        let identity = provider.identify().await?;
        self.keep_key(&account.id, key, keep).await?;
        let id = account.id.clone();
        let adopted = self.adopt(account, provider, identity).await;
        if adopted.is_err() {
            // A key without an account would never be found again.
            self.forget_key(&id).await?;
        }
        adopted
    }

    /// Gives an account another key, tried first.
    pub async fn replace_key(
        &self,
        id: &AccountId,
        key: SecretString,
        keep: Keep,
    ) -> Result<AccountLook, Error> {
        let mut account = self.account(id).await?;
        let provider = self.connect(&account, Some(key.clone())).await?;
        let identity = provider.identify().await?;
        if self
            .is_of_another_organisation(id, provider.as_ref())
            .await?
        {
            return Err(Error::KeyOfAnother);
        }
        self.keep_key(id, key, keep).await?;
        account.keep_key = keep == Keep::InKeychain;
        self.store().accounts().update(&account).await?;
        lock(&self.inner.providers).insert(id.clone(), provider);
        lock(&self.inner.identities).insert(id.clone(), identity);
        self.order(Wake::Refresh);
        self.tell(vec![Tag::AppState]);
        self.look_at(account).await
    }

    /// Whether a key knows none of the requests that are followed with the account. Kept, it would
    /// make all of them look as if somebody had deleted them.
    async fn is_of_another_organisation(
        &self,
        id: &AccountId,
        provider: &dyn Provider,
    ) -> Result<bool, Error> {
        let open = self.store().procedures().open_of(id).await?;
        let mut asked = 0;
        for procedure in open.iter().rev().take(LOOKED_FOR) {
            if provider.read(&procedure.remote_id).await?.is_some() {
                return Ok(false);
            }
            asked += 1;
        }
        Ok(asked > 0)
    }

    async fn keep_key(&self, id: &AccountId, key: SecretString, keep: Keep) -> Result<(), Error> {
        match keep {
            Keep::InKeychain => {
                self.inner.parts.vault.save(id, key).await?;
                self.inner.session.delete(id).await?;
            }
            Keep::ForThisRun => {
                self.inner.session.save(id, key).await?;
                self.forget_kept_key(id).await?;
            }
        }
        Ok(())
    }

    /// Why the keychain would not keep a key now, if so: found out by keeping one.
    pub async fn keychain_trouble(&self) -> Option<KeychainTrouble> {
        let checked = self.inner.parts.vault.check().await;
        checked.err().map(|error| crate::trouble::of_vault(&error))
    }

    async fn forget_key(&self, id: &AccountId) -> Result<(), Error> {
        self.inner.session.delete(id).await?;
        self.forget_kept_key(id).await
    }

    async fn forget_kept_key(&self, id: &AccountId) -> Result<(), Error> {
        match self.inner.parts.vault.delete(id).await {
            // Where there is no keychain there is no key in it.
            Ok(()) | Err(VaultError::NoService) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    async fn adopt(
        &self,
        account: Account,
        provider: Arc<dyn Provider>,
        identity: Identity,
    ) -> Result<AccountLook, Error> {
        self.store().accounts().insert(&account).await?;
        lock(&self.inner.providers).insert(account.id.clone(), provider);
        lock(&self.inner.identities).insert(account.id.clone(), identity);
        self.update_settings(|settings| {
            settings
                .default_account
                .get_or_insert_with(|| account.id.clone());
        })
        .await?;
        self.order(Wake::Refresh);
        self.tell(vec![Tag::AppState]);
        self.look_at(account).await
    }

    /// Forgets an account and its key. What it sent stays recorded.
    pub async fn remove_account(&self, id: &AccountId) -> Result<(), Error> {
        let account = self.account(id).await?;
        self.store().accounts().delete(id).await?;
        lock(&self.inner.providers).remove(id);
        lock(&self.inner.identities).remove(id);
        self.forget_field_defaults(id).await?;
        let rest = self.store().accounts().list().await?;
        self.update_settings(|settings| {
            if settings.default_account.as_ref() == Some(id) {
                settings.default_account = rest.into_iter().next().map(|account| account.id);
            }
        })
        .await?;
        self.tell(vec![Tag::AppState, Tag::Procedures]);
        // Last: a keychain that does not answer must not leave half an account behind.
        match account.kind {
            ProviderKind::Practice => Ok(()),
            ProviderKind::YousignV2 => self.forget_key(id).await,
        }
    }

    /// Whether requests of colleagues and of the web application are followed too.
    pub async fn set_follow_all(&self, id: &AccountId, follow: bool) -> Result<AccountLook, Error> {
        let mut account = self.account(id).await?;
        account.follow_all = follow;
        self.store().accounts().update(&account).await?;
        self.order(Wake::Refresh);
        self.tell(vec![Tag::AppState]);
        self.look_at(account).await
    }

    /// What an account can do; none when there is no such account.
    pub async fn capabilities(&self, id: &AccountId) -> Result<Option<Capabilities>, Error> {
        let account = self.store().accounts().get(id).await?;
        let connector = &self.inner.parts.connector;
        Ok(account.map(|account| connector.capabilities(account.kind, account.environment)))
    }

    pub(crate) async fn provider(&self, id: &AccountId) -> Result<Arc<dyn Provider>, Error> {
        if let Some(provider) = lock(&self.inner.providers).get(id) {
            return Ok(Arc::clone(provider));
        }
        let account = self.account(id).await?;
        let provider = self.connect(&account, None).await?;
        lock(&self.inner.providers).insert(id.clone(), Arc::clone(&provider));
        Ok(provider)
    }

    pub(crate) fn remember_identity(&self, id: &AccountId, identity: Identity) {
        lock(&self.inner.identities).insert(id.clone(), identity);
    }

    pub(crate) fn knows_identity(&self, id: &AccountId) -> bool {
        lock(&self.inner.identities).contains_key(id)
    }

    /// `key` is one that is being tried; without it the kept one is taken.
    async fn connect(
        &self,
        account: &Account,
        key: Option<SecretString>,
    ) -> Result<Arc<dyn Provider>, Error> {
        let clock = Arc::clone(&self.inner.parts.clock);
        let randomness = Arc::clone(&self.inner.parts.randomness);
        let seams = Seams {
            clock: Arc::new(move || clock.now()),
            jitter: Arc::new(move || randomness.fraction()),
        };
        let (base_url, key) = match account.kind {
            ProviderKind::Practice => {
                let access = self.inner.parts.practice.access().await?;
                (Some(access.base_url), access.key)
            }
            ProviderKind::YousignV2 => {
                let base_url = match &account.base_url {
                    None => None,
                    Some(text) => Some(
                        text.parse()
                            .map_err(|_| Error::NotFound("provider address"))?,
                    ),
                };
                let key = match key {
                    Some(key) => key,
                    None => self.kept_key(account).await?,
                };
                (base_url, key)
            }
        };
        let config = AccountConfig {
            kind: account.kind,
            environment: account.environment,
            base_url,
            app_url: None,
        };
        self.inner
            .parts
            .connector
            .connect(config, Arc::new(FixedKey { key }), seams)
    }

    async fn kept_key(&self, account: &Account) -> Result<SecretString, Error> {
        if let Some(key) = self.inner.session.load(&account.id).await? {
            return Ok(key);
        }
        if !account.keep_key {
            return Err(Error::KeyMissing);
        }
        self.inner
            .parts
            .vault
            .load(&account.id)
            .await?
            .ok_or(Error::KeyMissing)
    }
}

/// An API key: it does not change by itself.
struct FixedKey {
    key: SecretString,
}

#[async_trait]
impl Authorizer for FixedKey {
    async fn token(&self) -> Result<SecretString, ProviderError> {
        Ok(self.key.clone())
    }

    async fn renew(&self) -> bool {
        false
    }
}
