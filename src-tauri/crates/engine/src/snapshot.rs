//! Freezes a draft: files made ready, places computed, words decided. What is sent later is this,
//! whatever happens to the draft, the settings or the catalogue meanwhile.

use crate::Engine;
use crate::error::Error;
use crate::words;
use paraph_domain::archive::file_name_part;
use paraph_domain::capabilities::Environment;
use paraph_domain::draft::{Document, Draft};
use paraph_domain::geometry::Size;
use paraph_domain::ids::{AccountId, BlobId, SendingId};
use paraph_domain::sending::{Placement, PreparedFile, Snapshot};
use std::collections::HashSet;

impl Engine {
    pub(crate) async fn freeze(&self, draft: Draft, account: AccountId) -> Result<Snapshot, Error> {
        let sender = self.sender_of(&account).await?;
        let mut names = HashSet::new();
        let mut files = Vec::new();
        for document in &draft.documents {
            files.push(self.prepare(document, &mut names).await?);
        }
        let placements = placements(&draft);
        Ok(Snapshot {
            id: SendingId::new(self.fresh_id()),
            account,
            frozen_at: self.now(),
            files,
            placements,
            mails: words::mails(&draft, &sender),
            draft,
        })
    }

    /// Who invitations come from: what the clerk set, else the account's name, which names the
    /// company. Whom the provider's key belongs to may be any colleague.
    pub(crate) async fn sender_of(&self, account: &AccountId) -> Result<String, Error> {
        let name = self.settings().await?.sender_name;
        if !name.trim().is_empty() {
            return Ok(name);
        }
        let look = self.account_look(account).await?;
        Ok(match look.account.environment {
            Environment::Practice => look.identity.map(|identity| identity.name),
            Environment::Test | Environment::Live => Some(look.account.name),
        }
        .unwrap_or_default())
    }

    /// A document as one file with straight pages. One that bears signatures already goes byte for
    /// byte.
    async fn prepare(
        &self,
        document: &Document,
        names: &mut HashSet<String>,
    ) -> Result<PreparedFile, Error> {
        let blob = document
            .pages
            .first()
            .map(|page| page.blob.clone())
            .ok_or(Error::NotFound("page"))?;
        let (blob, bytes) = if needs_straightening(document) {
            let straight = self.straight_copy(&blob).await?;
            straight.ok_or_else(|| Error::NotStraightened {
                document: document.id.clone(),
                name: document.name.clone(),
            })?
        } else {
            let bytes = self.open_blob(&blob).await?.info().bytes;
            (blob, bytes)
        };
        let pages: Vec<Size> = document
            .pages
            .iter()
            .map(|page| page.geometry.displayed_size())
            .collect();
        self.check_pages(&blob, &pages).await?;
        Ok(PreparedFile {
            document: document.id.clone(),
            file_name: file_name(&document.name, names),
            purpose: document.purpose,
            blob,
            bytes,
            pages,
        })
    }

    /// The file that will be sent has the pages that fields were placed on.
    async fn check_pages(&self, blob: &BlobId, pages: &[Size]) -> Result<(), Error> {
        let document = self.open_blob(blob).await?;
        let found: Vec<Size> = document
            .info()
            .pages
            .iter()
            .map(|page| page.displayed_size())
            .collect();
        let same = found.len() == pages.len()
            && found
                .iter()
                .zip(pages)
                .all(|(a, b)| (a.w - b.w).abs() < 0.1 && (a.h - b.h).abs() < 0.1);
        if same {
            Ok(())
        } else {
            Err(Error::NotFound("page"))
        }
    }
}

/// Whether providers could disagree about where things are on its pages.
pub(crate) fn needs_straightening(document: &Document) -> bool {
    !document.signed_before
        && document
            .pages
            .iter()
            .any(|page| !page.geometry.is_straight())
}

/// The document's name as a file name; two documents of one name are told apart by a number.
fn file_name(name: &str, names: &mut HashSet<String>) -> String {
    let stem = file_name_part(name, 120);
    let mut candidate = format!("{stem}.pdf");
    let mut number = 2;
    while !names.insert(candidate.to_lowercase()) {
        candidate = format!("{stem} ({number}).pdf");
        number += 1;
    }
    candidate
}

fn placements(draft: &Draft) -> Vec<Placement> {
    draft
        .fields
        .iter()
        .filter_map(|field| {
            let (document, place, _) = draft.page(&field.page)?;
            Some(Placement {
                field: field.id.clone(),
                document: document.id.clone(),
                recipient: field.recipient.clone(),
                page: u32::try_from(place + 1).ok()?,
                rect: field.rect,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_documents_of_one_name_get_two_file_names() {
        let mut names = HashSet::new();
        let made: Vec<_> = ["Lease", "lease", "Lease"]
            .iter()
            .map(|name| file_name(name, &mut names))
            .collect();
        assert_eq!(made, ["Lease.pdf", "lease (2).pdf", "Lease (3).pdf"]);
    }
}
