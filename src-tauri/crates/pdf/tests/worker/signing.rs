//! What is prepared for signing: earlier bytes untouched, marks exactly where they were asked.

use crate::fixtures::{self, Page, Place};
use crate::picture::{Picture, is_dark};
use crate::{open, pdf};
use paraph_domain::geometry::{PageGeometry, Rect};
use paraph_pdf::{
    Appearance, Document, Drawing, FoundKind, Mark, MarkKind, Pdf, PdfError, PreparedPdf,
    SigningJob, TextMark, embed_signature,
};

/// Not a signature, but as long as one and easy to find again.
const VALUE: [u8; 3000] = [0xA5; 3000];

fn look(name: &str) -> Appearance {
    Appearance {
        banner: Some("NO LEGAL VALUE / SANS VALEUR JURIDIQUE".into()),
        mention_above: Some("Lu et approuvé".into()),
        drawing: Drawing::Typed(name.into()),
        lines: vec![name.into(), "2024-05-17 14:32 UTC".into()],
        mention_below: None,
    }
}

fn signing(field: &str, signer: &str, marks: Vec<Mark>) -> SigningJob {
    SigningJob {
        field_name: field.into(),
        signer: signer.into(),
        reason: Some("Practice".into()),
        signed_at: 1_715_956_320,
        placeholder_bytes: 4096,
        marks,
    }
}

fn mark(document: &Document, page: u32, rect: Rect, kind: MarkKind) -> Mark {
    let geometry: PageGeometry = document.info().pages[page as usize];
    Mark {
        page,
        rect: geometry.to_user(rect),
        kind,
    }
}

fn signature_at(document: &Document, page: u32, rect: Rect, name: &str) -> Mark {
    mark(document, page, rect, MarkKind::Signature(look(name)))
}

fn text(value: &str, size: f32) -> TextMark {
    TextMark {
        value: value.into(),
        size,
        color: [0, 0, 0],
    }
}

async fn signed(pdf: &Pdf, document: &Document, job: SigningJob) -> (Document, Vec<u8>) {
    let prepared = document.prepare_signing(job).await.expect("it is prepared");
    let bytes = embed_signature(&prepared, &VALUE).expect("there is room");
    check_range(&prepared, &bytes);
    (open(pdf, bytes.clone()).await, bytes)
}

/// The signed parts are everything but `<...>`, which holds the value and zeros.
fn check_range(prepared: &PreparedPdf, signed: &[u8]) {
    let (before, after) = prepared.signed_parts();
    assert!(
        before.ends_with(b"/Contents"),
        "the first part ends where the value begins"
    );
    let gap = &signed[before.len()..signed.len() - after.len()];
    assert_eq!(
        (gap.first(), gap.last()),
        (Some(&b'<'), Some(&b'>')),
        "the gap is /Contents"
    );
    assert_eq!(
        &signed[..before.len()],
        before,
        "the first part is not changed by embedding"
    );
    assert!(
        signed.ends_with(after),
        "the second part is not changed by embedding"
    );
    assert_eq!(prepared.contents_offset, before.len() as u64 + 1);
    let digits: String = VALUE.iter().map(|byte| format!("{byte:02x}")).collect();
    let written = gap[1..gap.len() - 1].strip_prefix(digits.as_bytes());
    let padding = written.expect("the value is written in hex");
    assert!(
        padding.iter().all(|digit| *digit == b'0'),
        "padded with zeros"
    );
    let [a, b, c, d] = prepared.byte_range;
    let range = format!("/ByteRange[{a} {b} {c} {d}");
    assert!(
        signed
            .windows(range.len())
            .any(|part| part == range.as_bytes()),
        "the file says the range that it was given: {range}"
    );
}

fn sources() -> Vec<(&'static str, Vec<u8>)> {
    let contract = fixtures::contract(3);
    let with_form = fixtures::with_text_field(&contract, [72.0, 72.0, 172.0, 92.0]);
    let mut junk = b"some mail header\r\n".to_vec();
    junk.extend(&contract);
    let mut wrong_table = contract.clone();
    let at = wrong_table
        .windows(9)
        .rposition(|it| it == b"startxref")
        .expect("it is there");
    wrong_table.truncate(at);
    wrong_table.extend(b"startxref\n12345\n%%EOF\n");
    vec![
        ("a cross-reference table", contract.clone()),
        (
            "a cross-reference stream",
            fixtures::with_xref_stream(&contract),
        ),
        ("a form", with_form),
        ("bytes before the header", junk),
        ("wrong cross-references", wrong_table),
    ]
}

#[tokio::test]
async fn two_people_sign_one_after_the_other() {
    let pdf = pdf();
    for (name, source) in sources() {
        let document = open(&pdf, source.clone()).await;
        let first_at = Rect {
            x: 72.0,
            y: 640.0,
            w: 160.0,
            h: 56.0,
        };
        let second_at = Rect {
            x: 323.5,
            y: 640.25,
            w: 150.0,
            h: 50.0,
        };
        let job = signing(
            "paraph-1",
            "Ana Müller",
            vec![signature_at(&document, 2, first_at, "Ana Müller")],
        );
        let (document, first) = signed(&pdf, &document, job).await;
        if name != "wrong cross-references" {
            assert!(
                first.starts_with(&source),
                "{name}: the source's bytes are untouched"
            );
        }
        assert_eq!(document.info().signatures, 1, "{name}: one signature");

        let text_at = Rect {
            x: 323.0,
            y: 600.0,
            w: 120.0,
            h: 24.0,
        };
        let filled_in = MarkKind::Text(text("Fait à Lyon, Ελλάδα, Київ", 11.0));
        let marks = vec![
            signature_at(&document, 2, second_at, "Борис Ωμέγα"),
            mark(&document, 2, text_at, filled_in),
        ];
        let job = signing("paraph-2", "Борис Ωμέγα", marks);
        let (document, second) = signed(&pdf, &document, job).await;
        assert!(
            second.starts_with(&first),
            "{name}: the first signature's bytes are untouched"
        );
        assert_eq!(document.info().signatures, 2, "{name}: two signatures");
        assert_eq!(
            document.info().pages.len(),
            3,
            "{name}: the pages are still there"
        );

        let marks = document.find_marks().await.expect("marks are found");
        for (field, rect) in [("paraph-1", first_at), ("paraph-2", second_at)] {
            let found = marks.iter().find(|mark| mark.field_name == field);
            let found = found.expect("the signature's widget is found");
            assert_eq!(
                found.kind,
                FoundKind::Signature { signed: true },
                "{name}: {field}"
            );
            assert_eq!(found.page, 2, "{name}: {field} is on its page");
            let off = found.rect.largest_difference(&rect);
            assert!(
                off <= 0.01,
                "{name}: {field} is {off} pt off: {:?}",
                found.rect
            );
        }
        let found = marks
            .iter()
            .find(|mark| mark.field_name == "paraph-2-text-1");
        let found = found.expect("the text field is found");
        let value = FoundKind::Text {
            value: "Fait à Lyon, Ελλάδα, Київ".into(),
        };
        assert_eq!(found.kind, value, "{name}: the text is the field's value");
        assert!(
            found.rect.largest_difference(&text_at) <= 0.01,
            "{name}: {:?}",
            found.rect
        );
    }
}

#[tokio::test]
async fn a_mark_is_painted_in_its_rectangle_and_upright_on_turned_pages() {
    let pdf = pdf();
    let crop = Some([50.0, 100.0, 450.0, 600.0]);
    for (rotate, user_unit) in [(0, 1.0), (90, 1.0), (180, 1.0), (270, 1.0), (90, 1.5)] {
        let page = Page {
            rotate: Some(rotate),
            user_unit: Some(user_unit),
            crop_box: crop,
            ..Page::default()
        };
        let document = open(&pdf, fixtures::document(&[page], Place::OnThePage)).await;
        let rect = Rect {
            x: 60.0,
            y: 80.0,
            w: 150.0,
            h: 50.0,
        };
        // A stroke along the top and the left edge: an L turned upside down.
        let strokes = vec![vec![(0.0, 1.0), (0.0, 0.0), (1.0, 0.0)]];
        let drawing = Drawing::Strokes {
            strokes,
            aspect: 3.0,
        };
        let appearance = Appearance {
            drawing,
            ..Appearance::default()
        };
        let marks = vec![mark(&document, 0, rect, MarkKind::Signature(appearance))];
        let (document, _) = signed(&pdf, &document, signing("f", "A", marks)).await;
        let picture = Picture::of_page(&document, 0, 2.0).await;
        let painted = picture.bounds(is_dark).expect("the mark is painted");
        let name = format!("/Rotate {rotate}, unit {user_unit}");
        let inside = painted.x >= rect.x * 2.0 - 1.0
            && painted.y >= rect.y * 2.0 - 1.0
            && painted.x + painted.w <= (rect.x + rect.w) * 2.0 + 1.0
            && painted.y + painted.h <= (rect.y + rect.h) * 2.0 + 1.0;
        assert!(inside, "{name}: painted at {painted:?} (pixels)");
        assert!(
            painted.w > 250.0 && painted.h > 80.0,
            "{name}: it fills its place: {painted:?}"
        );
        let (right, low) = (painted.x + painted.w - 4.0, painted.y + painted.h - 4.0);
        let empty = (0..20).all(|step| {
            let step = f64::from(step);
            let (x, y) = ((right - step) as u32, (low - step) as u32);
            !is_dark(picture.at(x, y))
        });
        assert!(
            empty,
            "{name}: the open corner of the L is at the lower right"
        );
    }
}

#[tokio::test]
async fn one_person_s_marks_on_several_pages_are_one_signature() {
    let pdf = pdf();
    let document = open(&pdf, fixtures::contract(3)).await;
    let rect = Rect {
        x: 400.0,
        y: 750.0,
        w: 90.0,
        h: 30.0,
    };
    let marks = (0..3)
        .map(|page| signature_at(&document, page, rect, "A. Müller"))
        .collect();
    let (document, _) = signed(&pdf, &document, signing("paraph-1", "A. Müller", marks)).await;
    assert_eq!(
        document.info().signatures,
        1,
        "one signature value for one act of signing"
    );
    let found = document.find_marks().await.expect("marks are found");
    let places: Vec<u32> = found.iter().map(|mark| mark.page).collect();
    assert_eq!(places, [0, 1, 2], "a mark on each page");
    let looks_like_it = |value: &str| FoundKind::Text {
        value: value.to_owned(),
    };
    let kinds: Vec<_> = found
        .iter()
        .map(|mark| (mark.field_name.as_str(), mark.kind.clone()))
        .collect();
    assert_eq!(
        kinds,
        [
            ("paraph-1", FoundKind::Signature { signed: true }),
            ("paraph-1-mark-1", looks_like_it("A. Müller")),
            ("paraph-1-mark-2", looks_like_it("A. Müller")),
        ],
        "one widget is the signature's; viewers take further ones for unsigned fields"
    );
}

#[tokio::test]
async fn a_signature_without_a_mark_is_possible() {
    let pdf = pdf();
    let document = open(&pdf, fixtures::contract(1)).await;
    let before = Picture::of_page(&document, 0, 1.0).await;
    let (document, _) = signed(&pdf, &document, signing("approval", "A. Müller", vec![])).await;
    assert_eq!(document.info().signatures, 1);
    let after = Picture::of_page(&document, 0, 1.0).await;
    assert!(before.pixels == after.pixels, "nothing is seen of it");
}

#[tokio::test]
async fn jobs_that_make_no_sense_are_refused() {
    let pdf = pdf();
    let document = open(&pdf, fixtures::contract(1)).await;
    let rect = Rect {
        x: 72.0,
        y: 100.0,
        w: 100.0,
        h: 40.0,
    };
    let good = || vec![signature_at(&document, 0, rect, "A")];
    let (signed_once, _) = signed(&pdf, &document, signing("taken", "A", good())).await;

    let refused = signed_once
        .prepare_signing(signing("taken", "B", good()))
        .await;
    assert_eq!(
        refused.err(),
        Some(PdfError::FieldNameTaken),
        "names are unique in a file"
    );

    let mut elsewhere = good();
    elsewhere[0].page = 1;
    let refused = document.prepare_signing(signing("f", "A", elsewhere)).await;
    assert_eq!(refused.err(), Some(PdfError::NoSuchPage { page: 1 }));

    let mut flat = good();
    flat[0].rect.ury = flat[0].rect.lly;
    let mut endless = good();
    endless[0].rect.llx = f64::NAN;
    let no_room = SigningJob {
        placeholder_bytes: 0,
        ..signing("f", "A", good())
    };
    let jobs = [
        ("a full stop", signing("a.b", "A", good())),
        ("no name", signing("", "A", good())),
        ("a flat mark", signing("f", "A", flat)),
        ("a mark nowhere", signing("f", "A", endless)),
        ("no room", no_room),
    ];
    for (what, job) in jobs {
        let refused = document.prepare_signing(job).await.err();
        assert!(
            matches!(refused, Some(PdfError::BadJob { .. })),
            "{what} gave {refused:?}"
        );
    }

    let prepared = document
        .prepare_signing(signing("f", "A", good()))
        .await
        .expect("prepared");
    let too_long = embed_signature(&prepared, &[0; 4097]).err();
    assert_eq!(
        too_long,
        Some(PdfError::SignatureTooLong {
            bytes: 4097,
            room: 4096
        })
    );

    let rewritten = [
        signed_once.stamp_pages("x").await,
        signed_once.straighten().await,
    ];
    for result in rewritten {
        assert_eq!(
            result.err(),
            Some(PdfError::AlreadySigned),
            "signed bytes are never rewritten"
        );
    }

    let locked = open(&pdf, fixtures::encrypted(&fixtures::contract(1), "")).await;
    let refused = locked.prepare_signing(signing("f", "A", vec![])).await;
    assert_eq!(refused.err(), Some(PdfError::UnsupportedSecurity));
}

#[tokio::test]
async fn the_same_job_gives_the_same_bytes() {
    let pdf = pdf();
    let document = open(&pdf, fixtures::contract(1)).await;
    let rect = Rect {
        x: 72.0,
        y: 100.0,
        w: 100.0,
        h: 40.0,
    };
    let job = signing("f", "A", vec![signature_at(&document, 0, rect, "A")]);
    let first = document
        .prepare_signing(job.clone())
        .await
        .expect("prepared");
    let second = document.prepare_signing(job).await.expect("prepared");
    assert!(
        first == second,
        "a preparation that is repeated after a crash is the same"
    );
}
