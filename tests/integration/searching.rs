//! Words are found on all pages of all documents of a draft, a few pages a time.

use crate::desk::Desk;
use paraph_domain::draft::Draft;
use paraph_domain::ids::{DraftId, PageId};
use paraph_engine::{Error, FoundOnPage};
use paraph_tests::fixtures::{self, Page, Place};

fn page(text: &str) -> Page {
    Page {
        content: format!("BT /F1 12 Tf 72 700 Td ({text}) Tj ET\n"),
        ..Page::default()
    }
}

async fn draft(desk: &Desk, documents: &[&[Page]]) -> (DraftId, Draft) {
    let mut files = Vec::new();
    for (index, pages) in documents.iter().enumerate() {
        let bytes = fixtures::document(pages, Place::OnThePage);
        files.push(desk.file(&format!("{index}.pdf"), &bytes));
    }
    let imported = desk.engine.import(None, &files).await.expect("an import");
    let id = imported.draft.expect("a draft");
    let draft = desk.engine.draft(&id).await.expect("the draft").draft;
    (id, draft)
}

fn page_ids(draft: &Draft) -> Vec<PageId> {
    let pages = draft.documents.iter().flat_map(|each| &each.pages);
    pages.map(|page| page.id.clone()).collect()
}

/// All looks one after the other: how many there were, and every page they told of.
async fn whole_search(desk: &Desk, draft: &DraftId, typed: &str) -> (usize, Vec<FoundOnPage>) {
    let (mut looks, mut pages, mut from) = (0, Vec::new(), None);
    loop {
        let found = desk.engine.find_text(draft, typed, from.as_ref()).await;
        let found = found.expect("a look");
        looks += 1;
        pages.extend(found.pages);
        from = found.next;
        if from.is_none() {
            return (looks, pages);
        }
    }
}

#[tokio::test]
async fn hits_come_from_all_documents_in_page_order_with_their_places() {
    let desk = Desk::without_account().await;
    let scan = Page {
        content: fixtures::square(100.0, 100.0, 300.0),
        ..Page::default()
    };
    // \351 is an acute e.
    let lease = [page("R\\351siliation du bail"), scan];
    let annex = [page("nothing"), page("la resiliation, une Resiliation")];
    let (id, draft) = draft(&desk, &[&lease, &annex]).await;

    let (looks, pages) = whole_search(&desk, &id, "résiliation").await;
    assert_eq!(looks, 1, "four pages are one look");
    let told: Vec<_> = pages
        .iter()
        .map(|page| (page.page.clone(), page.hits.len(), page.has_text))
        .collect();
    let expected: Vec<_> = page_ids(&draft)
        .into_iter()
        .zip([(1, true), (0, false), (0, true), (2, true)])
        .map(|(page, (hits, has_text))| (page, hits, has_text))
        .collect();
    assert_eq!(told, expected, "page by page, and the scan is told");
    let [rect] = pages[0].hits[0].as_slice() else {
        panic!("one line: {:?}", pages[0].hits);
    };
    assert!((rect.x - 72.0).abs() < 0.5, "{rect:?}");
    assert!(rect.y < 142.0 && rect.y + rect.h > 142.0, "{rect:?}");
    assert!(rect.w > 50.0 && rect.w < 70.0, "the word only: {rect:?}");
}

#[tokio::test]
async fn a_long_draft_answers_after_a_few_pages_and_at_once_when_it_was_read() {
    let desk = Desk::without_account().await;
    let pages: Vec<Page> = (1..=60)
        .map(|number| page(&format!("clause {number}")))
        .collect();
    let (id, draft) = draft(&desk, &[&pages]).await;
    let ids = page_ids(&draft);

    let first = desk
        .engine
        .find_text(&id, "clause", None)
        .await
        .expect("a look");
    assert!(
        first.pages.len() < 60,
        "the first hits do not wait for the last page"
    );
    assert_eq!(
        first.next.as_ref(),
        ids.get(first.pages.len()),
        "the next one"
    );

    let (_, pages) = whole_search(&desk, &id, "clause").await;
    let told: Vec<_> = pages.iter().map(|page| page.page.clone()).collect();
    assert_eq!(told, ids, "each page once");
    assert!(pages.iter().all(|page| page.hits.len() == 1));
    let (looks, _) = whole_search(&desk, &id, "clause 6").await;
    assert_eq!(looks, 1, "what was read is looked through at once");

    let found = desk.engine.find_text(&id, "clause", Some(&ids[57])).await;
    assert_eq!(found.expect("a look").pages.len(), 3, "from a page on");
    let nothing = desk
        .engine
        .find_text(&id, "  ", None)
        .await
        .expect("a look");
    assert!(nothing.pages.is_empty() && nothing.next.is_none());
}

#[tokio::test]
async fn a_page_tells_its_text_and_lines_and_a_page_of_another_draft_does_not() {
    let desk = Desk::without_account().await;
    let mut first = page("Signature:");
    first.content.push_str("1 w 72 650 m 272 650 l S\n");
    let (id, draft_one) = draft(&desk, &[&[first]]).await;
    let (_, draft_two) = draft(&desk, &[&[page("other")]]).await;
    let (own, others) = (&page_ids(&draft_one)[0], &page_ids(&draft_two)[0]);

    for _ in 0..2 {
        let text = desk.engine.page_text(&id, own).await.expect("its text");
        assert_eq!(text[0].text, "Signature:");
        let lines = desk.engine.page_shapes(&id, own).await.expect("its lines");
        assert_eq!(lines.shapes.len(), 1);
        assert!((lines.shapes[0].rect.w - 200.0).abs() < 0.1);
    }
    let refused = desk.engine.page_text(&id, others).await.err();
    assert!(
        matches!(refused, Some(Error::NotFound("page"))),
        "{refused:?}"
    );
    let refused = desk.engine.find_text(&id, "x", Some(others)).await.err();
    assert!(
        matches!(refused, Some(Error::NotFound("page"))),
        "{refused:?}"
    );
}
