//! How new fields begin: kept for the account, across a restart, and gone with it.

use crate::desk::Desk;
use paraph_domain::draft::{FieldDefault, FieldKind, Role};
use paraph_domain::edit::DraftEdit;
use paraph_domain::geometry::Size;
use paraph_domain::ids::{AccountId, DraftId};

fn text(size: Size, font_size: u8, content: &str) -> FieldDefault {
    FieldDefault {
        role: Role::Signer,
        size,
        kind: FieldKind::Text {
            content: content.to_owned(),
            required: false,
            font_size,
            formula: content.to_owned(),
        },
    }
}

async fn defaults(desk: &Desk, draft: &DraftId) -> Vec<FieldDefault> {
    let look = desk.engine.draft(draft).await.expect("the draft");
    look.field_defaults
}

#[tokio::test]
async fn a_default_is_its_account_s_and_the_last_one_counts() {
    let mut desk = Desk::open().await;
    let draft = desk.draft("Lease", false).await;
    let small = Size { w: 90.0, h: 20.0 };
    for (size, font_size) in [(Size { w: 150.0, h: 25.0 }, 12), (small, 9)] {
        let default = text(size, font_size, "for this one only");
        let set = desk.engine.set_field_default(&draft, default).await;
        set.expect("it is kept");
    }
    let signature = FieldDefault {
        role: Role::Signer,
        size: Size { w: 1e12, h: -4.0 },
        kind: FieldKind::Signature {
            mention_above: String::new(),
            mention_below: "{{date}}".to_owned(),
        },
    };
    let set = desk.engine.set_field_default(&draft, signature).await;
    let kept = set.expect("it is kept").field_defaults;
    assert_eq!(kept.len(), 2, "one for each type: {kept:?}");
    assert_eq!(kept[0], text(small, 9, ""), "without what one field says");
    let usable = Size {
        w: 14_400.0,
        h: 1.0,
    };
    assert_eq!(kept[1].size, usable);

    desk.close().await;
    desk.start_again();
    assert_eq!(defaults(&desk, &draft).await, kept, "after a restart");

    let key = desk.access().key.clone();
    let company = desk.add_company(key).await.expect("an account").account.id;
    use_account(&desk, &draft, &company).await;
    assert_eq!(defaults(&desk, &draft).await, [], "another account");
    let set = desk
        .engine
        .set_field_default(&draft, text(small, 9, ""))
        .await;
    set.expect("it is kept");
    desk.engine.remove_account(&company).await.expect("removed");
    let rest = defaults(&desk, &draft).await;
    assert_eq!(rest, [], "they went with the account: {rest:?}");
}

async fn use_account(desk: &Desk, draft: &DraftId, account: &AccountId) {
    let edit = DraftEdit::SetAccount {
        account: Some(account.clone()),
    };
    let edited = desk.engine.edit_draft(draft, edit, "test").await;
    edited.expect("the edit");
}
