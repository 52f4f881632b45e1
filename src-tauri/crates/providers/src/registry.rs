//! Which provider an account belongs to: the only place that asks.

use crate::http::{BadDestination, Deadlines, Destination, Http};
use crate::provider::{Authorizer, Provider};
use crate::seams::Seams;
use crate::yousign_v2::{self, YousignV2};
use paraph_domain::capabilities::{Capabilities, Environment, ProviderKind};
use std::sync::Arc;
use url::Url;

/// The vendor names no limit for v2; this is our choice.
const YOUSIGN_V2_PER_MINUTE: u32 = 60;
/// The practice server is ours alone.
const PRACTICE_PER_MINUTE: u32 = 60_000;

/// What is needed to reach a provider, its credentials apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountConfig {
    pub kind: ProviderKind,
    /// Ignored for practice, which has only one.
    pub environment: Environment,
    /// Instead of the vendor's own address. Practice has no other.
    pub base_url: Option<Url>,
    /// Where the signing pages are, instead of the vendor's own address, or the base address
    /// where that is given.
    pub app_url: Option<Url>,
}

#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    #[error("the practice server's address is not known")]
    AddressMissing,
    #[error("the provider's address is malformed")]
    AddressMalformed(#[from] url::ParseError),
    #[error(transparent)]
    Destination(#[from] BadDestination),
}

/// What accounts of a kind can do. It needs no credentials.
pub fn capabilities(kind: ProviderKind, environment: Environment) -> Capabilities {
    match kind {
        ProviderKind::Practice => yousign_v2::capabilities(Environment::Practice),
        ProviderKind::YousignV2 => yousign_v2::capabilities(environment),
    }
}

/// A provider for one account. Nothing is sent yet.
pub fn connect(
    account: AccountConfig,
    authorizer: Arc<dyn Authorizer>,
    seams: Seams,
) -> Result<Arc<dyn Provider>, ConnectError> {
    match account.kind {
        ProviderKind::Practice => {
            let base = account.base_url.ok_or(ConnectError::AddressMissing)?;
            let to = Destination {
                base: base.clone(),
                requests_per_minute: PRACTICE_PER_MINUTE,
                deadlines: Deadlines::default(),
            };
            let http = Http::new(to, authorizer, seams.clone())?;
            let app = account.app_url.unwrap_or(base);
            Ok(Arc::new(YousignV2::new(
                http,
                Environment::Practice,
                app,
                seams,
            )))
        }
        ProviderKind::YousignV2 => {
            // An environment that is not known to be the vendor's test is taken for the real one.
            let (environment, api, app) = match account.environment {
                Environment::Test => (
                    Environment::Test,
                    "https://staging-api.yousign.com",
                    "https://staging-app.yousign.com",
                ),
                Environment::Live | Environment::Practice => (
                    Environment::Live,
                    "https://api.yousign.com",
                    "https://webapp.yousign.com",
                ),
            };
            let app = match account.app_url.or_else(|| account.base_url.clone()) {
                Some(app) => app,
                None => app.parse()?,
            };
            let base = match account.base_url {
                Some(base) => base,
                None => api.parse()?,
            };
            let to = Destination {
                base,
                requests_per_minute: YOUSIGN_V2_PER_MINUTE,
                deadlines: Deadlines::default(),
            };
            let http = Http::new(to, authorizer, seams.clone())?;
            Ok(Arc::new(YousignV2::new(http, environment, app, seams)))
        }
    }
}

#[cfg(test)]
#[path = "registry_tests.rs"]
mod tests;
