//! A document of a draft gives way to its new version, which takes its fields.

use crate::Engine;
use crate::error::Error;
use paraph_domain::anchoring::{Anchored, FoundBy, Searched};
use paraph_domain::draft::{Document, Draft, Field};
use paraph_domain::edit::DraftEdit;
use paraph_domain::ids::{FieldId, PageId};

/// What became of a field of the old version.
#[derive(Debug, Clone, PartialEq)]
pub struct KeptField {
    pub field: FieldId,
    /// Where it is now; none: it found no place and is gone.
    pub now: Option<KeptAt>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct KeptAt {
    pub page: PageId,
    pub by: FoundBy,
    /// Whether it stands elsewhere on its page, or on another page, than it did.
    pub has_moved: bool,
}

impl Engine {
    /// The edits that put `new` in the place of `old`, and what becomes of its fields. Every page
    /// of the new version is read.
    pub(crate) async fn replacement(
        &self,
        draft: &Draft,
        old: &Document,
        mut new: Document,
    ) -> Result<(Vec<DraftEdit>, Vec<KeptField>), Error> {
        new.purpose = old.purpose;
        let mut contents = Vec::new();
        let fields: Vec<&Field> = draft.fields_of(old).collect();
        if !fields.is_empty() {
            for page in &new.pages {
                let content = if page.unreadable {
                    None
                } else {
                    Some(self.content_of(page).await?.0)
                };
                contents.push(content);
            }
        }
        let searched = Searched::of(contents.iter().map(Option::as_ref));
        let (mut edits, mut kept) = (Vec::new(), Vec::new());
        for field in fields {
            let now = self.place_in(&searched, &new, old, field).await?;
            kept.push(KeptField {
                field: field.id.clone(),
                now: now.as_ref().map(|(_, at)| at.clone()),
            });
            edits.extend(now.map(|(field, _)| DraftEdit::UpdateField { field }));
        }
        let place = draft.documents.iter().position(|it| it.id == old.id);
        if draft.title == old.name {
            edits.push(DraftEdit::SetTitle {
                title: new.name.clone(),
            });
        }
        // The new one comes first: fields need their page. What has found none goes with the old.
        edits.insert(
            0,
            DraftEdit::InsertDocument {
                document: new,
                at: place.and_then(|it| u32::try_from(it).ok()).unwrap_or(0),
            },
        );
        edits.push(DraftEdit::RemoveDocument {
            document: old.id.clone(),
        });
        Ok((edits, kept))
    }

    async fn place_in(
        &self,
        searched: &Searched,
        new: &Document,
        old: &Document,
        field: &Field,
    ) -> Result<Option<(Field, KeptAt)>, Error> {
        let number = old.pages.iter().position(|page| page.id == field.page);
        let Some((number, page)) = number.and_then(|it| Some((it, old.pages.get(it)?))) else {
            return Ok(None);
        };
        let (content, _) = self.content_of(page).await?;
        let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        let anchored = Anchored::of(field.rect, count(number), count(old.pages.len()), &content);
        let found = searched.find(&anchored);
        Ok(found.and_then(|found| {
            let page = new.pages.get(found.page)?.id.clone();
            let at = KeptAt {
                page: page.clone(),
                by: found.by,
                has_moved: found.page != number || found.rect.largest_difference(&field.rect) > 1.0,
            };
            let moved = Field {
                page,
                rect: found.rect,
                ..field.clone()
            };
            Some((moved, at))
        }))
    }
}
