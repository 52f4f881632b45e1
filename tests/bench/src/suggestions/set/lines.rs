//! Lines, dots and low lines beside words.

use super::{PROSE, begin, name, one};
use crate::suggestions::sheet::{Asked, Sheet, width};
use paraph_domain::geometry::Rect;
use rand::Rng as _;
use rand::rngs::StdRng;

pub fn lines_beside(sheet: &mut Sheet, random: &mut StdRng) {
    let mut y = begin(sheet, random);
    let (label, date) = one(
        sheet,
        random,
        [
            [
                ("Signature :", "Date :"),
                ("Signature du client :", "Date de signature :"),
                ("Signature:", "Date:"),
            ],
            [
                ("Signature du titulaire :", "Date :"),
                ("Customer signature:", "Dated:"),
                ("Authorised signature:", "Date signed:"),
            ],
        ],
    );
    for (asked, label) in [(Asked::Signature, label), (Asked::Text, date)] {
        let end = sheet.text(64.0, y, label) + 6.0;
        let w = random.random_range(140.0..240.0);
        sheet.rule(end, y + 2.0, w);
        sheet.on_line(asked, end, y + 2.0, w, None);
        y += random.random_range(34.0..54.0);
    }
}

pub fn lines_above(sheet: &mut Sheet, random: &mut StdRng) {
    let y = begin(sheet, random) + 60.0;
    let [left, right] = one(
        sheet,
        random,
        [
            [
                ["Signature du bailleur", "Signature du preneur"],
                ["Landlord’s signature", "Tenant’s signature"],
                ["Signature", "Signature"],
            ],
            [
                ["Signature de l’employeur", "Signature du salarié"],
                ["Signature of the buyer", "Signature of the seller"],
                ["Signature de l’assuré", "Signature de l’assureur"],
            ],
        ],
    );
    let w = random.random_range(150.0..200.0);
    for (x, label) in [(64.0, left), (330.0, right)] {
        sheet.rule(x, y, w);
        sheet.text(x, y + sheet.size + 3.0, label);
        sheet.on_line(Asked::Signature, x, y, w, None);
    }
}

pub fn dots(sheet: &mut Sheet, random: &mut StdRng) {
    let mut y = begin(sheet, random);
    let letter = if random.random_bool(0.5) { '.' } else { '…' };
    let labels = one(
        sheet,
        random,
        [
            [
                ["Nom du signataire :", "Date :", "Signature :"],
                ["Name of signatory:", "Date:", "Signature:"],
                ["Nom :", "Le :", "Signature :"],
            ],
            [
                ["Nom et prénom :", "Date :", "Signature du client :"],
                ["Full name:", "Date:", "Signed:"],
                ["Printed name:", "Dated:", "Signature:"],
            ],
        ],
    );
    for (label, asked) in labels
        .into_iter()
        .zip([Asked::Text, Asked::Text, Asked::Signature])
    {
        let start = sheet.text(64.0, y, label) + 4.0;
        let end = sheet.leader(start, y, random.random_range(150.0..260.0), letter);
        sheet.on_line(asked, start, y, end - start, None);
        y += random.random_range(30.0..46.0);
    }
}

pub fn low_lines(sheet: &mut Sheet, random: &mut StdRng) {
    let y = begin(sheet, random) + 20.0;
    let (first, second) = one(
        sheet,
        random,
        [
            [
                ("Signed:", "Date:"),
                ("Signé :", "Le :"),
                ("Signature:", "Date:"),
            ],
            [
                ("Sign here:", "Date:"),
                ("Signature :", "Date :"),
                ("Signature of applicant:", "Date:"),
            ],
        ],
    );
    let start = sheet.text(64.0, y, first) + 3.0;
    let end = sheet.leader(start, y, 190.0, '_');
    sheet.on_line(Asked::Signature, start, y, end - start, None);
    let start = sheet.text(end + 20.0, y, second) + 3.0;
    let end = sheet.leader(start, y, 100.0, '_');
    sheet.on_line(Asked::Text, start, y, end - start, None);
}

pub fn done_at(sheet: &mut Sheet, random: &mut StdRng) {
    let y = begin(sheet, random);
    let letter = if random.random_bool(0.5) { '.' } else { '_' };
    let (at, on, label) = one(
        sheet,
        random,
        [
            [
                ("Fait à", ", le", "Signature du déclarant"),
                ("Signé à", ", le", "Signature"),
                ("Done at", ", on", "Signature"),
            ],
            [
                (
                    "Fait en deux exemplaires à",
                    ", le",
                    "Signature du demandeur",
                ),
                ("À", ", le", "Signature :"),
                ("Signed at", ", on", "Signature"),
            ],
        ],
    );
    let start = sheet.text(64.0, y, at) + 4.0;
    let end = sheet.leader(start, y, random.random_range(80.0..130.0), letter);
    sheet.on_line(Asked::Text, start, y, end - start, None);
    let start = sheet.text(end + 2.0, y, on) + 4.0;
    let end = sheet.leader(start, y, random.random_range(80.0..120.0), letter);
    sheet.on_line(Asked::Text, start, y, end - start, None);
    sheet.text(330.0, y + 40.0, label);
    let room = Rect {
        x: 320.0,
        y: y + 40.0,
        w: 220.0,
        h: 100.0,
    };
    sheet.want(Asked::Signature, room, None);
}

pub fn by_hand(sheet: &mut Sheet, random: &mut StdRng) {
    let y = begin(sheet, random);
    let ask = one(
        sheet,
        random,
        [
            [
                "Mention manuscrite « Lu et approuvé » :",
                "Mention manuscrite « Bon pour accord » :",
                "Write by hand “Read and approved”:",
            ],
            [
                "Précédé de la mention « Bon pour caution » :",
                "Porter la mention « Lu et approuvé » :",
                "Write “Read and agreed”:",
            ],
        ],
    );
    let start = sheet.text(64.0, y, ask) + 4.0;
    let end = sheet.leader(start, y, random.random_range(150.0..220.0), '.');
    sheet.on_line(Asked::Formula, start, y, end - start, None);
    let y = y + 60.0;
    let start = sheet.text(64.0, y, "Signature :") + 4.0;
    sheet.rule(start, y + 2.0, 180.0);
    sheet.on_line(Asked::Signature, start, y + 2.0, 180.0, None);
}

pub fn initials(sheet: &mut Sheet, random: &mut StdRng) {
    sheet.prose(64.0, 70.0, 740.0, &PROSE);
    let label = one(
        sheet,
        random,
        [
            ["Paraphes :", "Paraphe :", "Initials:"],
            ["Paraphes des parties :", "Initiales :", "Tenant initials:"],
        ],
    );
    let x = random.random_range(330.0..400.0);
    let start = sheet.text(x, 806.0, label) + 4.0;
    let end = if random.random_bool(0.5) {
        sheet.leader(start, 806.0, 80.0, '_')
    } else {
        sheet.rule(start, 808.0, 80.0);
        start + 80.0
    };
    sheet.on_line(Asked::Initials, start, 808.0, end - start, None);
}

pub fn by_name_title(sheet: &mut Sheet, random: &mut StdRng) {
    let top = begin(sheet, random);
    sheet.text(
        64.0,
        top,
        "IN WITNESS WHEREOF, the parties have executed this agreement.",
    );
    let step = random.random_range(26.0..36.0);
    for (x, party) in [(64.0, "THE COMPANY"), (320.0, "THE CONTRACTOR")] {
        sheet.text(x, top + 30.0, party);
        let rows = [
            ("By:", Asked::Signature),
            ("Name:", Asked::Text),
            ("Title:", Asked::Text),
            ("Date:", Asked::Text),
        ];
        for (row, (label, asked)) in rows.into_iter().enumerate() {
            let y = top + 66.0 + step * row as f64;
            sheet.text(x, y, label);
            let start = x + width("Name: ", sheet.size) + 4.0;
            sheet.rule(start, y + 2.0, 150.0);
            sheet.on_line(asked, start, y + 2.0, 150.0, None);
        }
    }
}

pub fn signed_by(sheet: &mut Sheet, random: &mut StdRng) {
    let top = begin(sheet, random) + 20.0;
    let (by, date) = one(
        sheet,
        random,
        [
            [
                ("Signed by", "Date:"),
                ("Signé par", "Date :"),
                ("Signed by", "Dated:"),
            ],
            [
                ("Signed for", "Date:"),
                ("Signature de", "Date :"),
                ("Signature of", "Date signed:"),
            ],
        ],
    );
    for (person, x) in [(0, 64.0), (1, 320.0)] {
        sheet.text(x, top, &format!("{by} {}", name(person)));
        let y = top + random.random_range(50.0..70.0);
        sheet.rule(x, y, 190.0);
        sheet.on_line(Asked::Signature, x, y, 190.0, Some(person));
        let y = y + 34.0;
        let start = sheet.text(x, y, date) + 4.0;
        sheet.rule(start, y + 2.0, 110.0);
        sheet.on_line(Asked::Text, start, y + 2.0, 110.0, Some(person));
    }
}
