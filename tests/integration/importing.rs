//! Files become documents, or are refused by name.

use crate::desk::Desk;
use paraph_engine::RefusedWhy;
use paraph_tests::fixtures;

#[tokio::test]
async fn bad_files_are_refused_by_name_and_good_ones_are_kept() {
    let desk = Desk::without_account().await;
    let contract = fixtures::contract(2);
    let cases: [(&str, Vec<u8>, Option<RefusedWhy>); 8] = [
        ("first.pdf", contract.clone(), None),
        ("picture.pdf", fixtures::jpeg(), Some(RefusedWhy::NotPdf)),
        ("empty.pdf", Vec::new(), Some(RefusedWhy::Empty)),
        (
            "cut.pdf",
            contract[..contract.len() / 10].to_vec(),
            Some(RefusedWhy::Damaged),
        ),
        (
            "locked.pdf",
            fixtures::encrypted(&contract, "secret"),
            Some(RefusedWhy::Locked),
        ),
        (
            "protected.pdf",
            fixtures::encrypted(&contract, ""),
            Some(RefusedWhy::Protected),
        ),
        (
            "pageless.pdf",
            fixtures::without_pages(),
            Some(RefusedWhy::NoPages),
        ),
        ("last.pdf", fixtures::contract(1), None),
    ];
    let mut files: Vec<_> = cases
        .iter()
        .map(|(name, bytes, _)| desk.file(name, bytes))
        .collect();
    files.push(desk.archive().join("missing.pdf"));

    let import = desk.engine.import(None, &files).await.expect("an import");
    let mut expected: Vec<(String, RefusedWhy)> = cases
        .iter()
        .filter_map(|(name, _, why)| Some(((*name).to_owned(), why.clone()?)))
        .collect();
    expected.push(("missing.pdf".to_owned(), RefusedWhy::Unreadable));
    let refused: Vec<_> = import
        .refused
        .iter()
        .map(|refused| (refused.name.clone(), refused.why.clone()))
        .collect();
    assert_eq!(refused, expected, "each is refused for its own reason");

    let draft = import.draft.expect("the good ones make a draft");
    let draft = desk.engine.draft(&draft).await.expect("the draft").draft;
    let kept: Vec<_> = draft
        .documents
        .iter()
        .map(|document| (document.name.as_str(), document.pages.len()))
        .collect();
    assert_eq!(kept, [("first", 2), ("last", 1)], "in their order");

    let none = desk.engine.import(None, &files[1..3]).await.expect("one");
    assert_eq!(none.draft, None, "without a good file there is no draft");
}
