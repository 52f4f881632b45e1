//! What the last run left behind, before this one begins.

use crate::Engine;
use crate::error::Error;
use jiff::SignedDuration;
use paraph_domain::ids::SendingId;
use paraph_domain::sending::StepState;

/// How long a deleted draft can be brought back.
const DELETED_DRAFTS_KEPT: SignedDuration = SignedDuration::from_hours(30 * 24);
/// Files nobody refers to may still be on their way into a draft.
const UNUSED_FILES_KEPT: SignedDuration = SignedDuration::from_hours(24);

impl Engine {
    /// A reminder found *trying* may have gone out and is not repeated. A step found *trying* may
    /// have left at the last run's last moment, which nobody wrote down: the wait for it begins
    /// now.
    pub(crate) async fn settle_the_last_run(&self) -> Result<(), Error> {
        for mut sending in self.store().outbox().unfinished().await? {
            let trying = sending
                .next_step()
                .is_some_and(|(_, _, state)| state == StepState::Trying);
            if trying {
                sending.tried_at = Some(self.now());
                self.store().outbox().advance(&sending).await?;
            }
        }
        // Last: a notice that cannot be shown must not keep a sending from its wait.
        for reminder in self.store().reminders().settle_interrupted().await? {
            self.tell_reminder_unclear(&reminder.procedure).await?;
        }
        Ok(())
    }

    /// Sendings that are under way. A step found *trying* is reconciled by the outbox before
    /// anything is repeated.
    pub(crate) async fn unfinished_sendings(&self) -> Result<Vec<SendingId>, Error> {
        let unfinished = self.store().outbox().unfinished().await?;
        Ok(unfinished
            .into_iter()
            .map(|sending| sending.snapshot.id)
            .collect())
    }

    /// Lets go of what nobody can ask for any more: drafts deleted long ago, and files that no
    /// draft and no sending has.
    pub(crate) async fn tidy(&self) -> Result<(), Error> {
        let before = |age| self.now().saturating_sub(age).unwrap_or(self.now());
        self.store()
            .drafts()
            .purge_deleted(before(DELETED_DRAFTS_KEPT))
            .await?;
        self.store().sweep_blobs(before(UNUSED_FILES_KEPT)).await?;
        Ok(())
    }
}
