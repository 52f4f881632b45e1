//! Pages that ask for nothing.

use super::{PROSE, begin, one};
use crate::suggestions::sheet::Sheet;
use rand::Rng as _;
use rand::rngs::StdRng;

pub fn prose(sheet: &mut Sheet, random: &mut StdRng) {
    let from = random.random_range(0..PROSE.len());
    let lines: Vec<&str> = PROSE
        .iter()
        .cycle()
        .skip(from)
        .take(PROSE.len())
        .copied()
        .collect();
    sheet.prose(64.0, 80.0, random.random_range(420.0..760.0), &lines);
}

pub fn other_forms(sheet: &mut Sheet, random: &mut StdRng) {
    let mut y = begin(sheet, random);
    let french = [
        "Adresse :",
        "Téléphone :",
        "IBAN :",
        "Montant du loyer :",
        "Ville :",
    ];
    let english = ["Address:", "Phone:", "Account number:", "Rent:", "Town:"];
    let labels = if random.random_bool(0.6) {
        french
    } else {
        english
    };
    for label in labels {
        let end = sheet.text(64.0, y, label) + 4.0;
        if random.random_bool(0.5) {
            sheet.rule(end, y + 2.0, 220.0);
        } else {
            sheet.leader(end, y, 220.0, '.');
        }
        y += 28.0;
    }
}

pub fn filled_in(sheet: &mut Sheet, random: &mut StdRng) {
    let y = begin(sheet, random);
    let lines = [
        "Fait à Nantes, le 14 septembre 2025",
        "Date : 03/02/2026",
        "Signé électroniquement par Camille Roche le 3 février 2026 à 10:42",
        "Signature date: 2 March 2026",
        "Signed by Victor Lemaire on 4 March 2026",
    ];
    let from = random.random_range(0..lines.len());
    for (row, line) in lines.iter().cycle().skip(from).take(3).enumerate() {
        sheet.text(64.0, y + 26.0 * row as f64, line);
    }
}

pub fn scan(sheet: &mut Sheet, random: &mut StdRng) {
    for row in 0..random.random_range(20..34) {
        let y = 80.0 + 18.0 * f64::from(row);
        sheet.scribble(64.0, y, random.random_range(200.0..440.0));
    }
    sheet.rule(64.0, 760.0, 180.0);
    sheet.rule(330.0, 760.0, 180.0);
}

/// Dots lead to page numbers.
pub fn contents(sheet: &mut Sheet, random: &mut StdRng) {
    let titles = one(
        sheet,
        random,
        [
            [
                ["Objet", "Date d’effet", "Signatures", "Annexes"],
                ["Purpose", "Effective date", "Signature page", "Annexes"],
                ["Durée", "Date de livraison", "Signature", "Paraphes"],
            ],
            [
                [
                    "Objet du contrat",
                    "Date et durée",
                    "Signature des parties",
                    "Annexe",
                ],
                ["Definitions", "Dates", "Signatures", "Initials"],
                [
                    "Prix",
                    "Dates clés",
                    "Cachet et signature",
                    "Mentions manuscrites",
                ],
            ],
        ],
    );
    for (row, title) in titles.into_iter().enumerate() {
        let y = 120.0 + 26.0 * row as f64;
        let start = sheet.text(64.0, y, &format!("{}. {title}", row + 1)) + 4.0;
        let end = sheet.leader(start, y, 480.0 - start, '.');
        sheet.text(end + 6.0, y, &(row * 3 + 2).to_string());
    }
}

/// Clauses about dates and signatures, some with a rule below their title.
pub fn headings(sheet: &mut Sheet, random: &mut StdRng) {
    let titles = one(
        sheet,
        random,
        [
            [
                "Article 7 – Date d’entrée en vigueur",
                "Article 12 – Signature électronique",
                "Signature of this agreement",
            ],
            [
                "8. Date de prise d’effet et signature",
                "Clause 14: Signatures and dates",
                "IX. Signature et exemplaires",
            ],
        ],
    );
    let y = begin(sheet, random);
    sheet.text(64.0, y, titles);
    if random.random_bool(0.5) {
        sheet.rule(64.0, y + 6.0, 470.0);
    }
    sheet.prose(64.0, y + 26.0, 700.0, &PROSE);
}
