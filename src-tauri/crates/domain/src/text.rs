//! Checks and normal forms of what people type.

/// A phone number in E.164, from international notation or, for numbers that start with one zero,
/// the national notation of `country` (calling code without plus, such as `33`). None when it
/// cannot be a phone number.
pub fn phone_e164(typed: &str, country: &str) -> Option<String> {
    // "+33 (0)6 ..." is written often; the bracketed zero is not part of the number.
    let dialled = match typed.trim() {
        typed if typed.starts_with('+') => typed.replacen("(0)", "", 1),
        typed => typed.to_owned(),
    };
    let mut digits = String::new();
    let mut international = false;
    for (place, letter) in dialled.chars().enumerate() {
        match letter {
            '+' if place == 0 => international = true,
            '0'..='9' => digits.push(letter),
            ' ' | '.' | '-' | '/' | '(' | ')' | '\u{a0}' | '\u{202f}' => {}
            _ => return None,
        }
    }
    let number = if international {
        digits
    } else if let Some(rest) = digits.strip_prefix("00") {
        rest.to_owned()
    } else {
        let rest = digits.strip_prefix('0')?;
        // National numbers of France have nine digits after the zero.
        if country == "33" && rest.len() != 9 {
            return None;
        }
        format!("{country}{rest}")
    };
    // E.164: at most fifteen digits; eight is the shortest in use with a country code.
    let plausible = (8..=15).contains(&number.len()) && !number.starts_with('0');
    plausible.then(|| format!("+{number}"))
}

/// Whether this can be an e-mail address: something before one @, a domain with a dot after it,
/// no spaces. The provider has the last word.
pub fn is_email(typed: &str) -> bool {
    let typed = typed.trim();
    let Some((local, domain)) = typed.rsplit_once('@') else {
        return false;
    };
    let domain_ok = domain.contains('.')
        && domain.split('.').all(|label| {
            !label.is_empty()
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        });
    !local.is_empty()
        && local.len() <= 64
        && typed.len() <= 254
        && domain_ok
        && !local.contains('@')
        && !typed
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>,;:\"()[]\\".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phone_numbers_take_their_international_form() {
        let cases = [
            ("06 12 34 56 78", Some("+33612345678")),
            ("06.12.34.56.78", Some("+33612345678")),
            ("+33 6 12 34 56 78", Some("+33612345678")),
            ("+33 (0)6 12 34 56 78", Some("+33612345678")),
            ("+44 (0)7911 123456", Some("+447911123456")),
            ("0033612345678", Some("+33612345678")),
            ("+49 151 23456789", Some("+4915123456789")),
            ("0612345", None),
            ("", None),
            ("abc", None),
            ("6 12 34 56 78", None),
            ("+1234567890123456", None),
        ];
        for (typed, expected) in cases {
            assert_eq!(phone_e164(typed, "33").as_deref(), expected, "{typed}");
        }
    }

    #[test]
    fn e_mail_addresses_are_told_from_typing_mistakes() {
        for good in [
            "ada@example.org",
            "a.b+c@sub.example.co.uk",
            "élodie@exemple.fr",
            "o'neil@x.ie",
        ] {
            assert!(is_email(good), "{good} is an address");
        }
        for bad in [
            "",
            "ada",
            "ada@",
            "@x.org",
            "ada@example",
            "a b@x.org",
            "ada@x..org",
            "a@b@c.org",
            "ada@x.org,",
        ] {
            assert!(!is_email(bad), "{bad} is no address");
        }
    }
}
