//! What is in a document beside its pages.

use crate::fixtures::protection::{Protection, protected};
use crate::fixtures::{self, special};
use crate::{open, pdf};
use paraph_domain::geometry::Rect;
use paraph_pdf::{Certification, Contents, FormFields, PageContents, Pdf, SignatureField, Xfa};

async fn examined(pdf: &Pdf, bytes: Vec<u8>) -> Contents {
    let contents = open(pdf, bytes).await.examine().await;
    contents.expect("its objects can be read")
}

#[tokio::test]
async fn a_plain_contract_has_nothing_special() {
    let contents = examined(&pdf(), fixtures::contract(3)).await;
    let plain = Contents {
        version: Some((1, 7)),
        repaired: false,
        signature_fields: Vec::new(),
        certification: None,
        form: FormFields::default(),
        xfa: None,
        page_contents: PageContents {
            text: 3,
            pictures: 0,
            neither: 0,
        },
        fonts_not_embedded: vec!["Helvetica".into()],
        attachments: Vec::new(),
        portfolio: false,
        javascript: false,
        launch_actions: false,
        media: false,
    };
    assert_eq!(contents, plain);
}

#[tokio::test]
async fn active_content_and_files_inside_are_told() {
    let pdf = pdf();
    let contract = fixtures::contract(2);
    let told = |contents: &Contents| {
        (
            contents.javascript,
            contents.launch_actions,
            contents.media,
            contents.portfolio,
        )
    };
    let script = examined(&pdf, special::with_script(&contract)).await;
    assert_eq!(told(&script), (true, false, false, false), "a script");
    let launch = examined(&pdf, special::with_launch_action(&contract)).await;
    assert_eq!(
        told(&launch),
        (false, true, false, false),
        "a launch action"
    );
    let media = examined(&pdf, special::with_3d_scene(&contract)).await;
    assert_eq!(told(&media), (false, false, true, false), "a 3D scene");
    let files = special::with_attachments(&contract, &["a.xml", "b.pdf"]);
    let files = examined(&pdf, files).await;
    assert_eq!(told(&files), (false, false, false, false));
    let mut names = files.attachments.clone();
    names.sort();
    assert_eq!(names, ["a.xml", "b.pdf"]);
    let portfolio = examined(&pdf, special::portfolio(&contract)).await;
    assert_eq!(told(&portfolio), (false, false, false, true), "a portfolio");
    assert_eq!(portfolio.attachments, ["inside.pdf"]);

    let behind_a_password = protected(&special::with_script(&contract), &Protection::default());
    let script = examined(&pdf, behind_a_password).await;
    assert!(script.javascript, "encryption hides nothing");
    let packed = fixtures::with_xref_stream(&special::with_script(&contract));
    assert!(
        examined(&pdf, packed).await.javascript,
        "nor do object streams"
    );
}

#[tokio::test]
async fn forms_are_counted_by_kind_and_signature_fields_have_a_place() {
    let pdf = pdf();
    let form = special::with_fields_of_each_kind(&fixtures::contract(2));
    let contents = examined(&pdf, form).await;
    assert_eq!(
        contents.form,
        FormFields {
            text: 2,
            check_boxes: 1,
            radio_groups: 1,
            push_buttons: 1,
            choices: 1,
            signatures: 1,
        }
    );
    let rect = Rect {
        x: 100.0,
        y: fixtures::A4.1 - 140.0,
        w: 150.0,
        h: 40.0,
    };
    let expected = SignatureField {
        name: "client".into(),
        place: Some((1, rect)),
        signed: false,
    };
    assert_eq!(contents.signature_fields, [expected]);

    for (permissions, expected) in [
        (1, Certification::NoChanges),
        (2, Certification::FormsAndSignatures),
        (3, Certification::Annotations),
    ] {
        let certified = fixtures::certified(&fixtures::contract(1), permissions);
        let contents = examined(&pdf, certified).await;
        assert_eq!(contents.certification, Some(expected));
        let fields = contents.signature_fields;
        let told: Vec<_> = fields
            .iter()
            .map(|it| (&*it.name, it.place, it.signed))
            .collect();
        assert_eq!(
            told,
            [("author", None, true)],
            "a signature that no page shows"
        );
    }
}

#[tokio::test]
async fn an_xfa_form_that_its_viewer_draws_is_told_from_one_with_pages() {
    let pdf = pdf();
    let contract = fixtures::contract(1);
    let dynamic = examined(&pdf, special::with_xfa(&contract, true)).await;
    assert_eq!(dynamic.xfa, Some(Xfa::Dynamic));
    let with_pages = examined(&pdf, special::with_xfa(&contract, false)).await;
    assert_eq!(with_pages.xfa, Some(Xfa::WithPages));
    let with_fields = fixtures::with_text_field(&contract, [72.0, 72.0, 172.0, 92.0]);
    assert_eq!(examined(&pdf, with_fields).await.xfa, None);
}

#[tokio::test]
async fn scans_fonts_versions_and_damage_are_told() {
    let pdf = pdf();
    let contract = fixtures::contract(1);
    let scan = examined(&pdf, special::scan()).await;
    assert!(scan.page_contents.is_scan(), "{:?}", scan.page_contents);
    assert!(
        scan.fonts_not_embedded.is_empty(),
        "no page of it has a font"
    );
    let text = examined(&pdf, special::with_font_embedded(&contract)).await;
    assert!(!text.page_contents.is_scan());
    assert!(
        text.fonts_not_embedded.is_empty(),
        "the font is in the file"
    );
    let later = examined(&pdf, special::of_version(&contract, "2.0")).await;
    assert_eq!(
        later.version,
        Some((2, 0)),
        "the catalog's version is the later one"
    );
    let earlier = examined(&pdf, special::of_version(&contract, "1.3")).await;
    assert_eq!(earlier.version, Some((1, 7)), "the header's is");

    let plain = String::from_utf8(contract).expect("fixtures are plain");
    let (sound, _) = plain.rsplit_once("startxref").expect("a fixture has one");
    let broken = format!("{sound}startxref\n7\n%%EOF\n");
    let contents = examined(&pdf, broken.into_bytes()).await;
    assert!(contents.repaired, "rebuilt cross-references are told");
}
