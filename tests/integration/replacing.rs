//! A document of a draft gives way to its new version, which takes its fields.

use crate::desk::Desk;
use paraph_domain::anchoring::FoundBy;
use paraph_domain::draft::Draft;
use paraph_domain::ids::DraftId;
use paraph_engine::{Destination, Import};
use paraph_tests::fixtures::{self, Page, Place};

async fn replace(desk: &Desk, draft: &DraftId, name: &str, pdf: &[u8]) -> Import {
    let old = look(desk, draft).await.documents[0].id.clone();
    let into = Destination {
        draft: Some(draft.clone()),
        replaces: Some(old),
    };
    let file = desk.file(name, pdf);
    desk.engine.import(into, &[file]).await.expect("an import")
}

async fn look(desk: &Desk, draft: &DraftId) -> Draft {
    desk.engine.draft(draft).await.expect("the draft").draft
}

/// Zero-based page of each field, and how far down it stands.
fn places(draft: &Draft) -> Vec<(usize, f64)> {
    let fields = draft.fields.iter();
    let page = |id| draft.page(id).expect("its page").1;
    fields.map(|it| (page(&it.page), it.rect.y)).collect()
}

#[tokio::test]
async fn fields_follow_their_words_in_one_step_that_can_be_undone() {
    let desk = Desk::open().await;
    let id = desk.draft("Lease", false).await;
    let before = look(&desk, &id).await;
    let import = replace(&desk, &id, "Lease v2.pdf", &fixtures::contract(5)).await;
    let now: Vec<_> = import
        .kept
        .iter()
        .map(|placed| placed.as_ref().map(|it| (it.by, it.has_moved)))
        .collect();
    assert_eq!(now, [Some((FoundBy::Words, true)); 2], "on another page");

    let after = look(&desk, &id).await;
    let names: Vec<_> = after.documents.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["Lease v2"], "in the place of the old one");
    assert_eq!(
        after.title, "Lease v2",
        "as the draft was called by its name"
    );
    let moved: Vec<_> = places(&before).iter().map(|(_, y)| (4, *y)).collect();
    assert_eq!(places(&after), moved, "the lines are on the last page");
    let ids = |draft: &Draft| -> Vec<_> { draft.fields.iter().map(|it| it.id.clone()).collect() };
    assert_eq!(ids(&after), ids(&before), "the same fields, in their order");

    let undone = desk.engine.undo_edit(&id).await.expect("undone").draft;
    assert_eq!(undone.documents, before.documents);
    assert_eq!(undone.fields, before.fields);
    assert_eq!(undone.title, before.title);
}

#[tokio::test]
async fn without_words_fields_keep_their_place_or_are_told_to_be_gone() {
    let desk = Desk::open().await;
    let blank = |pages| fixtures::document(&vec![Page::default(); pages], Place::OnThePage);
    // Two fields on the last of three pages, one of which goes to the second.
    let id = desk.draft_of("Scan", &blank(3), false).await;
    let draft = look(&desk, &id).await;
    let mut field = draft.fields[0].clone();
    field.page = draft.documents[0].pages[1].id.clone();
    let edit = paraph_domain::edit::DraftEdit::UpdateField { field };
    desk.engine.edit_draft(&id, edit, "test").await.expect("it");

    let import = replace(&desk, &id, "Scan v2.pdf", &blank(1)).await;
    let by: Vec<_> = import
        .kept
        .iter()
        .map(|placed| placed.as_ref().map(|it| it.by))
        .collect();
    assert_eq!(by, [None, Some(FoundBy::Position)]);
    assert_eq!(look(&desk, &id).await.fields.len(), 1);
    let undone = desk.engine.undo_edit(&id).await.expect("undone").draft;
    assert_eq!(undone.fields.len(), 2, "nothing is lost");
}

#[tokio::test]
async fn a_new_version_that_is_no_pdf_changes_nothing() {
    let desk = Desk::open().await;
    let id = desk.draft("Lease", false).await;
    let before = look(&desk, &id).await;
    let import = replace(&desk, &id, "Lease v2.pdf", b"hello").await;
    assert_eq!(import.refused.len(), 1);
    assert_eq!(look(&desk, &id).await, before);
}
