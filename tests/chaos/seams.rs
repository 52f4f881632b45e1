//! The engine's seams in a simulation: tokio's paused clock and chance from a seed.

use super::world::World;
use async_trait::async_trait;
use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use paraph_domain::capabilities::{Capabilities, Environment, ProviderKind};
use paraph_domain::ids::AccountId;
use paraph_engine::accounts::{Connector, PracticeAccess, PracticeServer};
use paraph_engine::seams::{Clock, Randomness};
use paraph_engine::{Error, Vault, VaultError};
use paraph_providers::provider::{Authorizer, Provider};
use paraph_providers::registry::AccountConfig;
use paraph_providers::seams::Seams;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use secrecy::SecretString;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::time::Instant;

/// Runs with tokio's clock, from a fixed moment on.
#[derive(Clone, Copy)]
pub struct VirtualClock {
    began: Instant,
}

impl VirtualClock {
    pub fn start() -> Self {
        Self {
            began: Instant::now(),
        }
    }

    pub fn elapsed(self) -> std::time::Duration {
        self.began.elapsed()
    }
}

impl Clock for VirtualClock {
    fn now(&self) -> Timestamp {
        let elapsed = SignedDuration::try_from(self.began.elapsed()).unwrap_or_default();
        // 2 March 2026.
        let start = Timestamp::from_second(1_772_445_600).unwrap_or(Timestamp::UNIX_EPOCH);
        start.saturating_add(elapsed).unwrap_or(Timestamp::MAX)
    }

    fn today(&self) -> Date {
        self.now().to_zoned(jiff::tz::TimeZone::UTC).date()
    }
}

/// Chance that follows from a seed.
pub struct Seeded(Mutex<StdRng>);

impl Seeded {
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Randomness for Seeded {
    fn id(&self) -> String {
        let mut chance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        format!("{:016x}", chance.random::<u64>())
    }

    fn fraction(&self) -> f64 {
        let mut chance = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        chance.random()
    }
}

/// A keychain that is locked from time to time.
pub struct Keychain(pub Arc<World>);

#[async_trait]
impl Vault for Keychain {
    async fn save(&self, _: &AccountId, _: SecretString) -> Result<(), VaultError> {
        Ok(())
    }

    async fn load(&self, _: &AccountId) -> Result<Option<SecretString>, VaultError> {
        if self.0.keychain_is_locked() {
            return Err(VaultError::Locked);
        }
        Ok(Some("key".into()))
    }

    async fn delete(&self, _: &AccountId) -> Result<(), VaultError> {
        Ok(())
    }

    async fn check(&self) -> Result<(), VaultError> {
        Ok(())
    }
}

/// Connects to the world's provider.
pub struct ToWorld(pub Arc<World>);

impl Connector for ToWorld {
    fn capabilities(&self, _: ProviderKind, _: Environment) -> Capabilities {
        super::provider::capabilities()
    }

    fn connect(
        &self,
        _: AccountConfig,
        _: Arc<dyn Authorizer>,
        _: Seams,
    ) -> Result<Arc<dyn Provider>, Error> {
        Ok(Arc::new(super::provider::Simulated(Arc::clone(&self.0))))
    }
}

/// No account of the simulation practices.
pub struct NoPractice;

#[async_trait]
impl PracticeServer for NoPractice {
    async fn access(&self) -> Result<PracticeAccess, Error> {
        Err(Error::Practice("not in this simulation".to_owned()))
    }
}
