//! Signature pages of many kinds, drawn together with what belongs where on them. What the rules
//! of the program know is not known here.

mod lines;
mod nothing;
mod rooms;

use super::HELD_OUT;
use super::sheet::{Sheet, Wanted};
use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};

/// The people of every draft, in order: first and last name.
pub const PEOPLE: [(&str, &str); 2] = [("Camille", "Roche"), ("Victor", "Lemaire")];

/// Pages of a kind in each half of the set.
const EACH: u64 = 4;

pub struct Labelled {
    pub family: &'static str,
    pub seed: u64,
    pub pdf: Vec<u8>,
    pub wanted: Vec<Wanted>,
}

type Draw = fn(&mut Sheet, &mut StdRng);

const FAMILIES: [(&str, Draw); 24] = [
    ("lines beside words", lines::lines_beside),
    ("lines above words", lines::lines_above),
    ("dots", lines::dots),
    ("low lines", lines::low_lines),
    ("table of signers", rooms::table),
    ("boxes with a heading", rooms::boxes),
    ("blank below the party", rooms::blank_below),
    ("done at, on", lines::done_at),
    ("words by hand", lines::by_hand),
    ("quote with a box", rooms::quote),
    ("anchors", rooms::anchors),
    ("initials in the foot", lines::initials),
    ("by, name, title, date", lines::by_name_title),
    ("signed by a name", lines::signed_by),
    ("form fields", rooms::form_fields),
    (
        "table with a column for each party",
        rooms::parties_in_columns,
    ),
    ("table of rules alone", rooms::rules_alone),
    ("two columns of prose", rooms::two_columns),
    ("nothing: prose", nothing::prose),
    ("nothing: other forms", nothing::other_forms),
    ("nothing: filled in", nothing::filled_in),
    ("nothing: a scan", nothing::scan),
    ("nothing: contents", nothing::contents),
    ("nothing: headings", nothing::headings),
];

/// Half of the set; halves have neither seeds nor wordings in common. Every third page
/// lies on its side.
pub fn half(number: u64) -> anyhow::Result<Vec<Labelled>> {
    let mut set = Vec::new();
    for (place, (family, draw)) in (0..).zip(FAMILIES) {
        for copy in 0..EACH {
            let seed = 1_000 * (number + 1) + 10 * place + copy;
            let mut random = StdRng::seed_from_u64(seed);
            let mut sheet = Sheet::new(random.random_range(8.5..12.0), number == HELD_OUT);
            draw(&mut sheet, &mut random);
            let lies = seed.is_multiple_of(3);
            set.push(Labelled {
                family,
                seed,
                pdf: sheet.pdf(lies)?,
                wanted: sheet.wanted,
            });
        }
    }
    Ok(set)
}

/// One of the wordings of the sheet's half.
fn one<T: Copy>(sheet: &Sheet, random: &mut StdRng, halves: [[T; 3]; 2]) -> T {
    let [tuning, held_out] = halves;
    let wordings = if sheet.is_held_out { held_out } else { tuning };
    let [first, second, third] = wordings;
    match random.random_range(0..3) {
        0 => first,
        1 => second,
        _ => third,
    }
}

fn name(person: usize) -> String {
    PEOPLE
        .get(person)
        .map(|(first, last)| format!("{first} {last}"))
        .unwrap_or_default()
}

const PROSE: [&str; 8] = [
    "Le présent contrat est conclu pour une durée de douze mois à compter de sa signature",
    "et se renouvelle par tacite reconduction sauf dénonciation par lettre recommandée.",
    "Toute modification fait l’objet d’un avenant signé par les deux parties.",
    "La date de livraison est indicative et ne saurait engager la responsabilité du vendeur.",
    "Each party shall keep confidential whatever it learns of the other before the date of",
    "signature or after it, and no signature on behalf of a third party shall bind it.",
    "Notices are deemed received on the third working day after the date of posting.",
    "This agreement may be signed in counterparts, each of which is an original.",
];

/// Some clauses at the top; where the signatures begin.
fn begin(sheet: &mut Sheet, random: &mut StdRng) -> f64 {
    let end = random.random_range(180.0..420.0);
    sheet.prose(64.0, 70.0, end, &PROSE) + random.random_range(24.0..60.0)
}
