//! What is to stand where, and the contract that it stands on.

use paraph_domain::draft::FieldKind;
use paraph_domain::geometry::Rect;
use paraph_tests::fixtures::{Page, Place, document};
use paraph_tests::main_job::{PEOPLE, Person};

pub const PAGES: usize = 30;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Signature,
    Initials,
    Text,
}

impl Kind {
    /// As the palette names it.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Signature => "Signature",
            Kind::Initials => "Initials",
            Kind::Text => "Text",
        }
    }

    /// The key that places it.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Signature => "s",
            Kind::Initials => "i",
            Kind::Text => "t",
        }
    }

    pub fn is(self, kind: &FieldKind) -> bool {
        matches!(
            (self, kind),
            (Kind::Signature, FieldKind::Signature { .. })
                | (Kind::Initials, FieldKind::Initials)
                | (Kind::Text, FieldKind::Text { .. })
        )
    }
}

/// How a field gets where it is wanted, beside being placed there.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Way {
    /// Nothing more.
    Placed,
    /// Placed on the next page, then taken to its own.
    FromNextPage,
    /// Placed for the other person, then given to the right one.
    FromOtherPerson,
    /// Placed with its left edge so many points too far to the right, then lined up with the
    /// others of its page.
    LinedUp(f64),
}

#[derive(Debug)]
pub struct Wanted {
    /// From 1.
    pub page: usize,
    pub person: &'static Person,
    pub kind: Kind,
    /// Displayed space, points.
    pub rect: Rect,
    pub way: Way,
}

const fn wanted(
    page: usize,
    person: &'static Person,
    kind: Kind,
    at: [f64; 4],
    way: Way,
) -> Wanted {
    let [x, y, w, h] = at;
    let rect = Rect { x, y, w, h };
    Wanted {
        page,
        person,
        kind,
        rect,
        way,
    }
}

const ADA: &Person = &PEOPLE[0];
const JEROME: &Person = &PEOPLE[1];

/// Sizes other than the usual ones are pulled or typed.
pub const WANTED: [Wanted; 12] = {
    use Kind::{Initials, Signature, Text};
    use Way::{FromNextPage, FromOtherPerson, LinedUp, Placed};
    [
        wanted(1, ADA, Signature, [60.0, 700.0, 180.0, 60.0], Placed),
        wanted(1, JEROME, Text, [320.0, 720.0, 200.0, 24.0], FromNextPage),
        wanted(
            TURNED,
            JEROME,
            Signature,
            [600.0, 480.0, 180.0, 60.0],
            Placed,
        ),
        wanted(TURNED, ADA, Initials, [100.0, 250.0, 60.0, 30.0], Placed),
        wanted(CROPPED, ADA, Signature, [50.0, 90.0, 150.0, 75.0], Placed),
        wanted(
            CROPPED,
            ADA,
            Text,
            [60.0, 640.0, 200.0, 24.0],
            FromOtherPerson,
        ),
        wanted(WIDE, JEROME, Signature, [900.0, 700.0, 180.0, 60.0], Placed),
        wanted(SMALL, JEROME, Initials, [300.0, 500.0, 60.0, 30.0], Placed),
        wanted(20, ADA, Signature, [80.0, 120.0, 180.0, 60.0], Placed),
        wanted(20, JEROME, Text, [80.0, 220.0, 200.0, 24.0], LinedUp(9.0)),
        wanted(
            20,
            JEROME,
            Initials,
            [80.0, 300.0, 60.0, 30.0],
            LinedUp(21.0),
        ),
        wanted(30, JEROME, Signature, [323.0, 640.0, 180.0, 60.0], Placed),
    ]
};

const TURNED: usize = 3;
const CROPPED: usize = 5;
const WIDE: usize = 8;
const SMALL: usize = 11;

/// Width and height as displayed, in points.
pub fn size_of(page: usize) -> (f64, f64) {
    match page {
        TURNED => (842.0, 595.0),
        CROPPED => (370.0, 770.0),
        WIDE => (1190.0, 842.0),
        SMALL => (420.0, 595.0),
        _ => (595.0, 842.0),
    }
}

pub fn contract() -> Vec<u8> {
    let pages: Vec<Page> = (1..=PAGES)
        .map(|number| {
            let (w, h) = size_of(number);
            let plain = Page {
                media_box: Some([0.0, 0.0, w, h]),
                content: format!("BT /F1 14 Tf 60 400 Td (Clause {number}) Tj ET\n"),
                ..Page::default()
            };
            match number {
                TURNED => Page {
                    media_box: Some([0.0, 0.0, h, w]),
                    rotate: Some(90),
                    ..plain
                },
                CROPPED => Page {
                    media_box: None,
                    crop_box: Some([30.0, 30.0, 30.0 + w, 30.0 + h]),
                    ..plain
                },
                _ => plain,
            }
        })
        .collect();
    document(&pages, Place::OnThePage)
}
