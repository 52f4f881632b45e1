//! Every sentence Paraph says, in English and French: window, tray, notifications, mails, signing
//! page, proof and command line.
//!
//! The catalogue (`catalogue/<locale>/<area>.json`) is one: the window compiles the same files.
//! Placeholders stand in braces. A sentence that depends on a count has two keys, `..._one` and
//! `..._other`.

use jiff::civil::Date;
pub use paraph_domain::draft::Language;

mod keys {
    use super::Language;
    include!(concat!(env!("OUT_DIR"), "/keys.rs"));

    pub(super) fn lookup(language: Language, key: Key) -> &'static str {
        sentence(language, key)
    }
}
pub use keys::Key;

/// The sentence in `language`, with `{name}` replaced by the value given for `name`.
pub fn text(language: Language, key: Key, values: &[(&str, &str)]) -> String {
    let mut rest = keys::lookup(language, key);
    let mut out = String::with_capacity(rest.len());
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if let Some((_, value)) = values.iter().find(|(key, _)| *key == name) {
            out.push_str(value);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Which of two forms a count takes. French counts zero as singular.
pub fn plural(language: Language, count: usize, one: Key, other: Key) -> Key {
    let singular = match language {
        Language::English => count == 1,
        Language::French => count <= 1,
    };
    if singular { one } else { other }
}

/// A day in words, as people of this language write it: `22 November 2026`, `22 novembre 2026`.
pub fn date(language: Language, date: Date) -> String {
    const ENGLISH: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    const FRENCH: [&str; 12] = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let names = match language {
        Language::English => ENGLISH,
        Language::French => FRENCH,
    };
    let month = names
        .get(usize::from(date.month().unsigned_abs()).saturating_sub(1))
        .unwrap_or(&"");
    let day = match (language, date.day()) {
        (Language::French, 1) => "1er".to_owned(),
        (_, day) => day.to_string(),
    };
    format!("{day} {month} {}", date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zero_is_singular_in_french_only() {
        let (one, other) = (Key::NoticeSummaryOne, Key::NoticeSummaryOther);
        assert_eq!(plural(Language::French, 0, one, other), one);
        assert_eq!(plural(Language::English, 0, one, other), other);
    }

    #[test]
    fn dates_are_written_as_people_write_them() {
        let date = jiff::civil::date(2026, 5, 1);
        assert_eq!(super::date(Language::French, date), "1er mai 2026");
        assert_eq!(super::date(Language::English, date), "1 May 2026");
    }
}
