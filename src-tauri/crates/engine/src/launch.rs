//! What the last run left behind, before this one begins.

use crate::Engine;
use crate::error::Error;
use paraph_domain::ids::SendingId;

impl Engine {
    /// Sendings that were under way. A step found *trying* is reconciled by the outbox before
    /// anything is repeated; a reminder found *trying* may have gone out and is not repeated.
    pub(crate) async fn left_by_the_last_run(&self) -> Result<Vec<SendingId>, Error> {
        self.store().reminders().settle_interrupted().await?;
        let unfinished = self.store().outbox().unfinished().await?;
        Ok(unfinished
            .into_iter()
            .map(|sending| sending.snapshot.id)
            .collect())
    }
}
