//! How new fields begin: what somebody made their default, kept for each account.

use crate::Engine;
use crate::drafts::DraftLook;
use crate::error::Error;
use paraph_domain::draft::{FieldDefault, FieldKind};
use paraph_domain::ids::{AccountId, DraftId};
use serde::{Deserialize, Serialize};

const KEY: &str = "field_defaults";
/// Points; no page is larger (PDF 32000-1, annex C).
const LARGEST: f64 = 14_400.0;

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Kept {
    /// None: made before there was an account.
    account: Option<AccountId>,
    default: FieldDefault,
}

impl Engine {
    /// Those of an account, at most one for a role and type of field.
    pub(crate) async fn field_defaults(
        &self,
        account: Option<&AccountId>,
    ) -> Result<Vec<FieldDefault>, Error> {
        let kept = self.kept_defaults().await?.into_iter();
        Ok(kept
            .filter(|kept| kept.account.as_ref() == account)
            .map(|kept| kept.default)
            .collect())
    }

    /// For the account that the draft is sent with. What was written into one field is no default.
    ///
    /// # Errors
    /// [`Error::NotFound`] when there is no such draft.
    pub async fn set_field_default(
        &self,
        draft: &DraftId,
        default: FieldDefault,
    ) -> Result<DraftLook, Error> {
        let account = self.draft(draft).await?.account;
        let default = tidied(default);
        let turn = self.inner.settings.lock().await;
        let mut all = self.kept_defaults().await?;
        all.retain(|kept| kept.account != account || !kept.default.is_for_the_same(&default));
        all.push(Kept { account, default });
        self.store().settings().set_json(KEY, &all).await?;
        drop(turn);
        self.draft(draft).await
    }

    pub(crate) async fn forget_field_defaults(&self, account: &AccountId) -> Result<(), Error> {
        let turn = self.inner.settings.lock().await;
        let mut all = self.kept_defaults().await?;
        all.retain(|kept| kept.account.as_ref() != Some(account));
        self.store().settings().set_json(KEY, &all).await?;
        drop(turn);
        Ok(())
    }

    async fn kept_defaults(&self) -> Result<Vec<Kept>, Error> {
        match self.store().settings().get_json(KEY).await {
            Ok(kept) => Ok(kept.unwrap_or_default()),
            // A draft opens without them as well.
            Err(error @ paraph_store::Error::Unreadable { .. }) => {
                tracing::warn!(%error, "the defaults of fields cannot be read");
                Ok(Vec::new())
            }
            Err(error) => Err(error.into()),
        }
    }
}

fn tidied(mut default: FieldDefault) -> FieldDefault {
    default.size.w = default.size.w.clamp(1.0, LARGEST);
    default.size.h = default.size.h.clamp(1.0, LARGEST);
    if let FieldKind::Text {
        content, formula, ..
    } = &mut default.kind
    {
        content.clear();
        formula.clear();
    }
    default
}
