//! Names and places of the files of a completed request.

use crate::capabilities::Environment;
use crate::draft::Language;

/// A text as part of a file name on every system: no separators, no control or reserved
/// characters, no trailing dots or spaces, no device names, at most `limit` characters.
pub fn file_name_part(text: &str, limit: usize) -> String {
    let mut clean: String = text
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|".contains(c) { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    if clean.chars().count() > limit {
        clean = clean.chars().take(limit).collect();
    }
    let clean = clean.trim_matches(|c: char| c == '.' || c == ' ');
    let upper = clean.to_ascii_uppercase();
    let stem = upper.split('.').next().unwrap_or("");
    let numbered = |name: &str| {
        stem.strip_prefix(name)
            .is_some_and(|n| n.len() == 1 && n.chars().all(|c| c.is_ascii_digit()))
    };
    let device =
        matches!(stem, "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT");
    match clean {
        "" => "document".to_owned(),
        name if device => format!("{name}_"),
        name => name.to_owned(),
    }
}

/// The folder below the archive folder. Results without legal value lie apart, under a name that
/// says so.
pub fn folder_name(environment: Environment, language: Language) -> Option<&'static str> {
    match (environment, language) {
        (Environment::Live, _) => None,
        (Environment::Practice, Language::English) => Some("Practice - no legal value"),
        (Environment::Practice, Language::French) => Some("Entraînement - sans valeur juridique"),
        (Environment::Test, Language::English) => Some("Test - no legal value"),
        (Environment::Test, Language::French) => Some("Test - sans valeur juridique"),
    }
}

/// `Lease 2026 - signed.pdf`, and in a folder that has it already `Lease 2026 - signed (2).pdf`.
/// `copy` counts from 1.
pub fn signed_name(document: &str, language: Language, copy: u32) -> String {
    let word = match language {
        Language::English => "signed",
        Language::French => "signé",
    };
    named(document, word, copy, "pdf")
}

/// What was kept of a request that was stopped: `Lease 2026 - partly signed.pdf`, with the same
/// counting.
pub fn partly_signed_name(document: &str, language: Language, copy: u32) -> String {
    let word = match language {
        Language::English => "partly signed",
        Language::French => "partiellement signé",
    };
    named(document, word, copy, "pdf")
}

/// `Lease 2026 - proof.zip`, with the same counting. `ending` without its dot.
pub fn proof_name(request: &str, language: Language, copy: u32, ending: &str) -> String {
    let word = match language {
        Language::English => "proof",
        Language::French => "preuve",
    };
    named(request, word, copy, ending)
}

fn named(text: &str, word: &str, copy: u32, ending: &str) -> String {
    let stem = text
        .strip_suffix(".pdf")
        .or_else(|| text.strip_suffix(".PDF"))
        .unwrap_or(text);
    // File systems count bytes, 255 of them, and words, number and ending come after.
    let mut stem = file_name_part(stem, 120);
    while stem.len() > 200 {
        stem.pop();
    }
    let stem = stem.trim_end_matches(['.', ' ']);
    if copy <= 1 {
        format!("{stem} - {word}.{ending}")
    } else {
        format!("{stem} ({copy}) - {word}.{ending}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_on_every_system() {
        let cases = [
            ("Lease 2026", "Lease 2026"),
            ("a/b\\c:d", "a b c d"),
            ("  ..  ", "document"),
            ("", "document"),
            ("CON", "CON_"),
            ("com1.pdf", "com1.pdf_"),
            ("evil\u{202e}fdp.exe", "evilfdp.exe"),
            ("line\nbreak", "line break"),
            ("../../etc/passwd", "etc passwd"),
        ];
        for (typed, expected) in cases {
            let name = file_name_part(typed, 120);
            assert_eq!(name, expected, "{typed:?}");
        }
        assert_eq!(file_name_part(&"é".repeat(500), 120).chars().count(), 120);
    }

    #[test]
    fn results_end_in_the_word_that_says_what_they_are() {
        assert_eq!(
            signed_name("Bail.pdf", Language::French, 1),
            "Bail - signé.pdf"
        );
        let long = signed_name(&"契約書".repeat(60), Language::English, 9_999);
        assert!(long.len() <= 255, "{} bytes: {long}", long.len());
        assert_eq!(
            partly_signed_name("Bail.pdf", Language::French, 1),
            "Bail - partiellement signé.pdf"
        );
        assert_eq!(
            proof_name("Lease", Language::English, 2, "zip"),
            "Lease (2) - proof.zip"
        );
    }
}
