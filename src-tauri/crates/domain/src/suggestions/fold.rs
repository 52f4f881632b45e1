//! Words as they are compared: without case, accents and the ways in which typography spells signs.

/// One character for each of the text's is not kept; spaces are single.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut push = |part: char| {
        if part != ' ' || (!folded.is_empty() && !folded.ends_with(' ')) {
            folded.push(part);
        }
    };
    for character in text.chars().flat_map(char::to_lowercase) {
        match character {
            // Marks that attach to a letter, and what nobody sees.
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            'à' | 'â' | 'ä' | 'á' | 'ã' => push('a'),
            'ç' => push('c'),
            'é' | 'è' | 'ê' | 'ë' => push('e'),
            'î' | 'ï' | 'í' => push('i'),
            'ñ' => push('n'),
            'ô' | 'ö' | 'ó' | 'ø' => push('o'),
            'ù' | 'û' | 'ü' | 'ú' => push('u'),
            'ÿ' => push('y'),
            'œ' => "oe".chars().for_each(&mut push),
            'æ' => "ae".chars().for_each(&mut push),
            'ß' => "ss".chars().for_each(&mut push),
            '‘' | '’' | 'ʼ' => push('\''),
            '“' | '”' | '„' | '«' | '»' => push('"'),
            '\u{2010}'..='\u{2015}' => push('-'),
            _ if character.is_whitespace() => push(' '),
            _ => push(character),
        }
    }
    folded.truncate(folded.trim_end().len());
    folded
}

/// The words of a folded text.
pub fn words(folded: &str) -> Vec<&str> {
    folded
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Without what stands in round or square brackets.
pub fn without_brackets(folded: &str) -> String {
    let mut depth = 0_u32;
    let mut kept = String::new();
    for character in folded.chars() {
        match character {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(character),
            _ => {}
        }
    }
    kept.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_compared_without_case_accents_and_typography() {
        let cases = [
            ("Lu et  approuvé", "lu et approuve"),
            ("L’EMPLOYEUR\u{a0}:", "l'employeur :"),
            ("cœur e\u{301}te\u{301} « x »", "coeur ete \" x \""),
            ("  Fait à ", "fait a"),
        ];
        for (text, expected) in cases {
            assert_eq!(fold(text), expected);
        }
        assert_eq!(words("l'employeur :"), ["l", "employeur"]);
        assert_eq!(
            without_brackets("signature (en [deux]) ici"),
            "signature  ici"
        );
    }
}
