//! Places for fields are found on pages as the real worker reads them, and not where the draft
//! has fields already.

use crate::desk::{Desk, PLACES};
use paraph_domain::checks::Problem;
use paraph_domain::draft::{Draft, Field, FieldKind};
use paraph_domain::edit::DraftEdit;
use paraph_domain::geometry::Rect;
use paraph_domain::ids::{DraftId, FieldId, RecipientId};
use paraph_domain::suggestions::{Suggestion, SuggestionReason};
use paraph_engine::{Error, SuggestedOnPage};
use paraph_tests::fixtures::{self, A4, Page, Place, SIGNATURE_LINES};
use std::fmt::Write as _;

/// A page with text in 10 points: x from the left, baseline from the top.
fn page(lines: &[(f64, f64, &str)]) -> Page {
    let mut content = String::new();
    for (x, y, text) in lines {
        let text = text.replace('(', "\\(").replace(')', "\\)");
        let _ = writeln!(content, "BT /F1 10 Tf {x} {} Td ({text}) Tj ET", A4.1 - y);
    }
    Page {
        content,
        ..Page::default()
    }
}

/// The page so that readers see it as it was, made of content that lies on its side.
fn turned(mut page: Page) -> Page {
    page.media_box = Some([0.0, 0.0, A4.1, A4.0]);
    page.rotate = Some(90);
    page.content = format!("q 0 1 -1 0 {} 0 cm\n{}Q\n", A4.1, page.content);
    page
}

/// The draft after all its fields were removed.
async fn without_fields(desk: &Desk, id: &DraftId) -> Draft {
    let draft = desk.engine.draft(id).await.expect("the draft").draft;
    let remove = |field: &Field| DraftEdit::RemoveField {
        field: field.id.clone(),
    };
    let edits = draft.fields.iter().map(remove).collect();
    let edit = DraftEdit::Batch { edits };
    let look = desk.engine.edit_draft(id, edit, "test").await;
    look.expect("the edit").draft
}

/// All looks one after the other.
async fn all(desk: &Desk, draft: &DraftId) -> (usize, Vec<SuggestedOnPage>) {
    let (mut looks, mut pages, mut from) = (0, Vec::new(), None);
    loop {
        let found = desk.engine.suggest_fields(draft, from.as_ref()).await;
        let found = found.expect("a look");
        looks += 1;
        pages.extend(found.pages);
        from = found.next;
        if from.is_none() {
            return (looks, pages);
        }
    }
}

fn kinds(suggestions: &[Suggestion]) -> Vec<(&str, SuggestionReason)> {
    let kind = |kind: &FieldKind| match kind {
        FieldKind::Signature { .. } => "signature",
        FieldKind::Initials => "initials",
        FieldKind::Text { .. } => "text",
    };
    suggestions
        .iter()
        .map(|it| (kind(&it.kind), it.reason))
        .collect()
}

#[tokio::test]
async fn a_contract_s_signature_lines_are_found_on_its_last_page() {
    let desk = Desk::open().await;
    let id = desk
        .draft_of("Contract", &fixtures::contract(12), true)
        .await;
    let draft = without_fields(&desk, &id).await;

    let (looks, pages) = all(&desk, &id).await;
    assert!(
        looks > 1,
        "the first answer does not wait for the last page"
    );
    let asked: Vec<_> = draft.documents[0]
        .pages
        .iter()
        .map(|page| &page.id)
        .collect();
    let told: Vec<_> = pages.iter().map(|page| &page.page).collect();
    assert_eq!(told, asked, "each page once, in order");
    let (last, before) = pages.split_last().expect("pages");
    assert!(before.iter().all(|page| page.suggestions.is_empty()));
    let rule = ("signature", SuggestionReason::Rule);
    assert_eq!(kinds(&last.suggestions), [rule, rule]);
    for ((x, y, width), found) in SIGNATURE_LINES.iter().zip(&last.suggestions) {
        let Rect {
            x: left,
            y: top,
            w,
            h,
        } = found.rect;
        assert!(
            (left - x).abs() < 1.0 && left + w <= x + width + 1.0,
            "{found:?}"
        );
        assert!(
            top < *y && (top + h - y).abs() < 6.0,
            "it stands on the line: {found:?}"
        );
    }
    assert_eq!(last.suggestions[0].label, "The provider");

    let (again, pages) = all(&desk, &id).await;
    assert_eq!(
        (again, pages.len()),
        (1, 12),
        "what was read is told at once"
    );
}

#[tokio::test]
async fn where_the_draft_has_a_field_nothing_is_suggested() {
    let desk = Desk::open().await;
    // Its two signature fields stand on the contract's lines, on its third page.
    let id = desk.draft("Contract", true).await;
    let (_, pages) = all(&desk, &id).await;
    assert_eq!(kinds(&pages[2].suggestions), [], "both places are taken");

    let draft = desk.engine.draft(&id).await.expect("the draft").draft;
    let taken = |field: &&Field| field.rect == PLACES[0];
    let first = draft.fields.iter().find(taken).expect("a field");
    let edit = DraftEdit::RemoveField {
        field: first.id.clone(),
    };
    desk.engine
        .edit_draft(&id, edit, "")
        .await
        .expect("an edit");
    let (_, pages) = all(&desk, &id).await;
    assert_eq!(pages[2].suggestions.len(), 1, "it is offered again");
    assert_eq!(pages[2].suggestions[0].label, "The provider");
}

#[tokio::test]
async fn places_have_their_reasons_and_people() {
    let desk = Desk::open().await;
    let first = page(&[(
        72.0,
        100.0,
        "Ada Durand, ci-apres \"le Bailleur\", et Ben Muller, ci-apres \"le Locataire\"",
    )]);
    let signing = [
        (72.0, 600.0, "Fait a Lyon, le ........................"),
        (72.0, 640.0, "Signature du bailleur"),
        (330.0, 640.0, "Signature du locataire"),
        (400.0, 815.0, "Paraphes : ____________________"),
        (72.0, 560.0, "{{s1|signature|85|37}}"),
    ];
    let scan = Page {
        content: fixtures::square(100.0, 100.0, 300.0),
        ..Page::default()
    };
    let pages = [first, page(&signing), turned(page(&signing)), scan];
    let id = desk
        .draft_of("Lease", &fixtures::document(&pages, Place::OnThePage), true)
        .await;
    let draft = without_fields(&desk, &id).await;
    let people: Vec<RecipientId> = draft.recipients.iter().map(|it| it.id.clone()).collect();

    let (_, pages) = all(&desk, &id).await;
    let [first, straight, sideways, scan] = pages.as_slice() else {
        panic!("four pages");
    };
    assert!(first.suggestions.is_empty() && scan.suggestions.is_empty());
    let expected = [
        ("signature", SuggestionReason::Anchor),
        ("text", SuggestionReason::Leader),
        ("signature", SuggestionReason::Room),
        ("signature", SuggestionReason::Room),
        ("initials", SuggestionReason::Leader),
    ];
    assert_eq!(
        kinds(&straight.suggestions),
        expected,
        "{:?}",
        straight.suggestions
    );
    let named = |index: usize| straight.suggestions[index].recipient.as_ref();
    assert_eq!(named(0), people.first(), "the anchor's first signer");
    assert_eq!(named(2), people.first(), "the lessor of the first page");
    assert_eq!(named(3), people.get(1), "the tenant of the first page");
    // The same page on its side shows the same places.
    assert_eq!(
        kinds(&sideways.suggestions),
        expected,
        "{:?}",
        sideways.suggestions
    );
    for (one, other) in straight.suggestions.iter().zip(&sideways.suggestions) {
        let apart = one.rect.largest_difference(&other.rect);
        assert!(apart < 2.0, "{one:?} and {other:?}");
    }
}

#[tokio::test]
async fn a_form_s_signature_field_is_suggested_where_it_is_shown() {
    let desk = Desk::without_account().await;
    let pages = [page(&[(72.0, 100.0, "One")]), page(&[(72.0, 100.0, "Two")])];
    let file = fixtures::document(&pages, Place::OnThePage);
    let file = fixtures::special::with_fields_of_each_kind(&file);
    let file = desk.file("form.pdf", &file);
    let imported = desk.engine.import(None, &[file]).await.expect("an import");
    let id = imported.draft.expect("a draft");
    let (_, pages) = all(&desk, &id).await;
    assert!(pages[0].suggestions.is_empty());
    let [found] = pages[1].suggestions.as_slice() else {
        panic!("one place: {:?}", pages[1].suggestions);
    };
    assert_eq!(
        (found.reason, found.label.as_str()),
        (SuggestionReason::FormField, "client")
    );
    let expected = Rect {
        x: 100.0,
        y: A4.1 - 140.0,
        w: 150.0,
        h: 40.0,
    };
    assert!(found.rect.largest_difference(&expected) < 0.5, "{found:?}");

    let others = DraftId::new("none");
    let refused = desk.engine.suggest_fields(&others, None).await.err();
    assert!(matches!(refused, Some(Error::NotFound(_))), "{refused:?}");
}

#[tokio::test]
async fn what_the_words_say_of_a_draft_is_told() {
    let desk = Desk::open().await;
    let first = page(&[(
        72.0,
        100.0,
        "Ada Durand, the provider, and the client agree.",
    )]);
    let [place, _] = PLACES;
    let last = page(&[
        (place.x + 4.0, place.y + place.h / 2.0, "Article 12"),
        (72.0, 480.0, "Fait a Lyon, le ........................"),
        (72.0, 520.0, "Signature :"),
    ]);
    let pages = [first, page(&[(72.0, 100.0, "Two")]), last];
    let id = desk
        .draft_of("Lease", &fixtures::document(&pages, Place::OnThePage), true)
        .await;
    let draft = desk.engine.draft(&id).await.expect("the draft").draft;
    let said = desk.engine.check_words(&id).await.expect("an answer");
    let [
        Problem::FieldOverWords { field, words },
        Problem::NameNotInWords { recipient },
        Problem::DatesEmpty {
            page,
            number: 3,
            count: 1,
            place: empty,
            ..
        },
    ] = said.as_slice()
    else {
        panic!("a field over words, a name, a date: {said:?}");
    };
    let over = draft.fields.iter().find(|it| it.rect == place);
    assert_eq!(over.map(|it| &it.id), Some(field));
    assert_eq!(words, "Article 12");
    assert_eq!(*recipient, draft.recipients[1].id, "Ben is not mentioned");
    assert_eq!(*page, draft.documents[0].pages[2].id);
    assert!(said.iter().all(|problem| !problem.blocks()), "it is advice");

    // Once a field takes the date's place, nothing is said of it any more.
    let mut date = draft.fields[0].clone();
    date.id = FieldId::new("date");
    date.rect = *empty;
    date.kind = FieldKind::Text {
        content: String::new(),
        required: true,
        font_size: 10,
        formula: String::new(),
    };
    let edit = DraftEdit::InsertField { field: date, at: 0 };
    desk.engine
        .edit_draft(&id, edit, "")
        .await
        .expect("an edit");
    let said = desk.engine.check_words(&id).await.expect("an answer");
    assert_eq!(said.len(), 2, "the date has its field: {said:?}");

    let refused = desk.engine.check_words(&DraftId::new("none")).await.err();
    assert!(matches!(refused, Some(Error::NotFound(_))), "{refused:?}");
}
