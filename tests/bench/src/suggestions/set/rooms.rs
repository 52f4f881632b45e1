//! Boxes, cells, blank room, and what a machine left there.

use super::{PROSE, begin, name, one};
use crate::suggestions::sheet::{Asked, Sheet};
use paraph_domain::geometry::Rect;
use rand::Rng as _;
use rand::rngs::StdRng;

pub fn table(sheet: &mut Sheet, random: &mut StdRng) {
    let top = begin(sheet, random);
    let heads = one(
        sheet,
        random,
        [
            [
                ["Nom et prénom", "Date", "Signature"],
                ["Name", "Date", "Signature"],
                ["Nom", "Date", "Signature"],
            ],
            [
                ["Signataire", "Date", "Visa et signature"],
                ["Party", "Date", "Signature"],
                ["Participant", "Date", "Émargement"],
            ],
        ],
    );
    let high = random.random_range(36.0..56.0);
    let sides = [(64.0, 170.0), (234.0, 110.0), (344.0, 180.0)];
    for ((x, w), head) in sides.into_iter().zip(heads) {
        sheet.frame(x, top, w, 22.0);
        sheet.text(x + 6.0, top + 15.0, head);
    }
    for row in 0..2 {
        let y = top + 22.0 + high * row as f64;
        for (place, (x, w)) in sides.into_iter().enumerate() {
            sheet.frame(x, y, w, high);
            let room = Rect { x, y, w, h: high };
            match place {
                0 => {
                    sheet.text(x + 6.0, y + high / 2.0, &name(row));
                }
                1 => sheet.want(Asked::Text, room, Some(row)),
                _ => sheet.want(Asked::Signature, room, Some(row)),
            }
        }
    }
}

pub fn boxes(sheet: &mut Sheet, random: &mut StdRng) {
    let top = begin(sheet, random);
    let [left, right] = one(
        sheet,
        random,
        [
            [
                [
                    "Cachet et signature du fournisseur",
                    "Cachet et signature du client",
                ],
                ["Signature de l’entreprise", "Signature du stagiaire"],
                [
                    "Supplier (signature and stamp)",
                    "Customer (signature and stamp)",
                ],
            ],
            [
                ["Tampon et signature", "Signature du responsable légal"],
                ["Le bailleur (signature)", "Le locataire (signature)"],
                ["Signature of employer", "Signature of employee"],
            ],
        ],
    );
    let high = random.random_range(80.0..120.0);
    for (x, label) in [(64.0, left), (312.0, right)] {
        sheet.frame(x, top, 220.0, high);
        sheet.text(x + 6.0, top + sheet.size + 4.0, label);
        let inside = Rect {
            x,
            y: top + sheet.size + 6.0,
            w: 220.0,
            h: high - sheet.size - 6.0,
        };
        sheet.want(Asked::Signature, inside, None);
    }
}

pub fn blank_below(sheet: &mut Sheet, random: &mut StdRng) {
    let top = begin(sheet, random);
    let (heads, label) = one(
        sheet,
        random,
        [
            [
                (["Pour le prestataire", "Pour le client"], "Signature :"),
                (["Le mandant", "Le mandataire"], "Signature :"),
                (["For the company", "For the consultant"], "Signature:"),
            ],
            [
                (["Pour la société", "Pour l’association"], "(signature)"),
                (["L’employeur", "Le salarié"], "Signature"),
                (
                    ["On behalf of the lender", "On behalf of the borrower"],
                    "Signature:",
                ),
            ],
        ],
    );
    for (person, (x, head)) in [64.0, 320.0].into_iter().zip(heads).enumerate() {
        sheet.text(x, top, head);
        sheet.text(x, top + sheet.size * 1.5, &name(person));
        sheet.text(x, top + sheet.size * 3.0, label);
        let room = Rect {
            x,
            y: top + sheet.size * 2.0,
            w: 210.0,
            h: 110.0,
        };
        sheet.want(Asked::Signature, room, Some(person));
    }
}

pub fn quote(sheet: &mut Sheet, random: &mut StdRng) {
    let top = begin(sheet, random);
    let (head, label) = one(
        sheet,
        random,
        [
            [
                ("Bon pour accord", "Date et signature :"),
                ("Devis accepté", "Date et signature :"),
                ("Order accepted", "Date and signature:"),
            ],
            [
                ("Bon pour travaux", "Signature et date :"),
                ("Le client", "Date, cachet et signature :"),
                ("Accepted by", "Signature and date:"),
            ],
        ],
    );
    sheet.frame(320.0, top, 216.0, 110.0);
    sheet.text(328.0, top + 16.0, head);
    sheet.text(328.0, top + 34.0, label);
    let room = Rect {
        x: 320.0,
        y: top + 30.0,
        w: 216.0,
        h: 80.0,
    };
    sheet.want(Asked::Signature, room, None);
    // The signer dates beside the signature, or the provider does.
    sheet.want(Asked::Text, room, None);
    sheet.is_optional();
    sheet.want(Asked::Formula, room, None);
    sheet.is_optional();
}

pub fn anchors(sheet: &mut Sheet, random: &mut StdRng) {
    let y = begin(sheet, random);
    let (w, h) = (random.random_range(90..140), random.random_range(37..60));
    for (person, x) in [(0, 64.0), (1, 320.0)] {
        sheet.text(x, y, &name(person));
        let top = y + 24.0;
        let anchor = format!("{{{{s{}|signature|{w}|{h}}}}}", person + 1);
        sheet.text(x, top, &anchor);
        let room = Rect {
            x: x - 4.0,
            y: top - sheet.size - 4.0,
            w: f64::from(w) + 8.0,
            h: f64::from(h) + 12.0,
        };
        sheet.want(Asked::Signature, room, Some(person));
    }
}

pub fn form_fields(sheet: &mut Sheet, random: &mut StdRng) {
    let top = begin(sheet, random) + 20.0;
    let names = if random.random_bool(0.5) {
        ["Signature1", "Signature2"]
    } else {
        ["sig_client", "sig_supplier"]
    };
    for (name, x) in names.into_iter().zip([64.0, 320.0]) {
        let room = Rect {
            x,
            y: top,
            w: random.random_range(150.0..210.0),
            h: random.random_range(40.0..70.0),
        };
        sheet.form_field(name, room);
        sheet.want(Asked::Signature, room, None);
    }
}

/// Rows are what is asked, columns who is asked.
pub fn parties_in_columns(sheet: &mut Sheet, random: &mut StdRng) {
    let top = begin(sheet, random);
    let (heads, rows) = one(
        sheet,
        random,
        [
            [
                (
                    ["Le prestataire", "Le client"],
                    ["Nom", "Qualité", "Date", "Signature"],
                ),
                (
                    ["Company", "Contractor"],
                    ["Name", "Title", "Date", "Signature"],
                ),
                (
                    ["Bailleur", "Locataire"],
                    ["Nom", "Qualité", "Date", "Signature"],
                ),
            ],
            [
                (
                    ["Pour l’entreprise", "Pour le client"],
                    ["Nom et prénom", "Fonction", "Date", "Cachet et signature"],
                ),
                (
                    ["Seller", "Buyer"],
                    ["Printed name", "Position", "Date", "Signature"],
                ),
                (
                    ["L’école", "L’entreprise"],
                    ["Nom", "Fonction", "Date", "Signature"],
                ),
            ],
        ],
    );
    let high = random.random_range(22.0..30.0);
    let columns = [(64.0, 90.0), (154.0, 190.0), (344.0, 190.0)];
    for ((x, w), head) in columns.into_iter().skip(1).zip(heads) {
        sheet.frame(x, top, w, high);
        sheet.text(x + 6.0, top + high * 0.65, head);
    }
    let asked = [Asked::Text, Asked::Text, Asked::Text, Asked::Signature];
    let mut y = top + high;
    for (label, asked) in rows.into_iter().zip(asked) {
        let high = if asked == Asked::Signature {
            60.0
        } else {
            high
        };
        for (place, (x, w)) in columns.into_iter().enumerate() {
            sheet.frame(x, y, w, high);
            if place == 0 {
                sheet.text(x + 6.0, y + high * 0.65, label);
            } else {
                let room = Rect { x, y, w, h: high };
                sheet.want(asked, room, None);
            }
        }
        y += high;
    }
}

/// Three signers between level rules, without a frame.
pub fn rules_alone(sheet: &mut Sheet, random: &mut StdRng) {
    let top = begin(sheet, random);
    let heads = one(
        sheet,
        random,
        [
            [
                ["Associé", "Date", "Signature"],
                ["Shareholder", "Date", "Signature"],
                ["Nom", "Date", "Signature"],
            ],
            [
                ["Membre présent", "Date", "Signature"],
                ["Director", "Date", "Signature"],
                ["Salarié", "Date", "Signature"],
            ],
        ],
    );
    let high = random.random_range(34.0..48.0);
    let columns = [(64.0, 180.0), (244.0, 110.0), (354.0, 180.0)];
    for ((x, _), head) in columns.into_iter().zip(heads) {
        sheet.text(x + 4.0, top - 6.0, head);
    }
    sheet.rule(64.0, top, 470.0);
    for row in 0..2 {
        let y = top + high * row as f64;
        sheet.rule(64.0, y + high, 470.0);
        for (place, (x, w)) in columns.into_iter().enumerate() {
            let room = Rect { x, y, w, h: high };
            match place {
                0 => {
                    sheet.text(x + 4.0, y + high * 0.6, &name(row));
                }
                1 => sheet.want(Asked::Text, room, Some(row)),
                _ => sheet.want(Asked::Signature, room, Some(row)),
            }
        }
    }
}

/// Two columns of clauses; one signs at the end of the second.
pub fn two_columns(sheet: &mut Sheet, random: &mut StdRng) {
    let size = sheet.size;
    sheet.size = 5.5;
    sheet.prose(50.0, 70.0, 780.0, &PROSE);
    let end = random.random_range(380.0..560.0);
    sheet.prose(310.0, 70.0, end, &PROSE);
    sheet.size = size.min(10.0);
    let (date, label) = one(
        sheet,
        random,
        [
            [
                ("Date :", "Signature :"),
                ("Date:", "Signature:"),
                ("Le :", "Signature :"),
            ],
            [
                ("Date :", "Signature du client :"),
                ("Date:", "Customer signature:"),
                ("Dated:", "Signed:"),
            ],
        ],
    );
    let y = end + 50.0;
    for (asked, label, y) in [(Asked::Text, date, y), (Asked::Signature, label, y + 60.0)] {
        let start = sheet.text(310.0, y, label) + 4.0;
        let w = 530.0 - start;
        sheet.rule(start, y + 2.0, w);
        sheet.on_line(asked, start, y + 2.0, w, None);
    }
}
