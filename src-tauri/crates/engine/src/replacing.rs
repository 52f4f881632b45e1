//! A document of a draft gives way to its new version, which takes its fields.

use crate::Engine;
use crate::error::Error;
use paraph_domain::anchoring::{PlacedField, Searched};
use paraph_domain::draft::{Document, Draft, Field, Page};
use paraph_domain::edit::DraftEdit;

impl Engine {
    /// The edits that put `new` in the place of `old`, and what becomes of each of its fields
    /// (`None`: it finds no place and goes with the old). Every page of the new version is read.
    pub(crate) async fn replacement(
        &self,
        draft: &Draft,
        old: &Document,
        mut new: Document,
    ) -> Result<(Vec<DraftEdit>, Vec<Option<PlacedField>>), Error> {
        new.purpose = old.purpose;
        let fields: Vec<&Field> = draft.fields_of(old).collect();
        let bears = |page: &_| fields.iter().any(|field| field.page == *page);
        let before = self.searched(old, |page| bears(&page.id)).await?;
        let after = self.searched(&new, |_| !fields.is_empty()).await?;
        let (mut edits, mut kept) = (Vec::new(), Vec::new());
        for field in fields {
            let number = old.pages.iter().position(|page| page.id == field.page);
            let placed = number.and_then(|number| {
                let was = before.anchor(number, field.rect)?;
                let found = after.find(&was)?;
                let field = Field {
                    page: new.pages.get(found.page)?.id.clone(),
                    rect: found.rect,
                    ..field.clone()
                };
                let placed = PlacedField::of(&field, &found, &was);
                edits.push(DraftEdit::UpdateField { field });
                Some(placed)
            });
            kept.push(placed);
        }
        if draft.title == old.name {
            edits.push(DraftEdit::SetTitle {
                title: new.name.clone(),
            });
        }
        let place = draft.documents.iter().position(|it| it.id == old.id);
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

    /// The pages of a document that are wanted, as far as they can be read.
    async fn searched(
        &self,
        document: &Document,
        is_wanted: impl Fn(&Page) -> bool,
    ) -> Result<Searched, Error> {
        let mut contents = Vec::new();
        for page in &document.pages {
            contents.push(if is_wanted(page) && !page.unreadable {
                Some(self.content_of(page).await?.0)
            } else {
                None
            });
        }
        Ok(Searched::of(contents.iter().map(Option::as_ref)))
    }
}
