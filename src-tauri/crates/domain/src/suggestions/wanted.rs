//! What a piece of text asks for: "Signature du locataire" a signature, "Date :" a date.

use super::fold::{fold, without_brackets, words};
use super::vocabulary::{
    AFTER_SIGNATURE, BEFORE_ROLE, BESIDE_SIGNATURE, DATES, NAMES, OF_NAMES, OF_SENTENCES,
    OF_TITLES, PLACES, ROLES, TITLES,
};

/// Longer texts are sentences.
const MOST_WORDS: usize = 14;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    Signature,
    Initials,
    Date,
    /// Where it is signed.
    Place,
    Name,
    Title,
    /// Words to be written by hand.
    Formula(String),
    /// Nothing by itself: the person that a signature block belongs to.
    Party,
}

/// What a piece of text asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub wanted: Wanted,
    /// Whether the words alone say so, so that blank room is enough; headings say "Signatures"
    /// as well.
    pub is_firm: bool,
    /// Whether it ends with a colon.
    pub has_colon: bool,
}

pub fn asked(text: &str) -> Option<Asked> {
    let folded = fold(text);
    if folded.len() > 160 || is_sentence(&folded) {
        return None;
    }
    let bare = without_brackets(&folded);
    let is_aside = words(&bare).is_empty();
    let bare = if is_aside {
        folded.replace(['(', ')', '[', ']'], " ")
    } else {
        bare
    };
    let (head, tail) = bare.split_once(':').unwrap_or((&bare, ""));
    let has_colon = bare.contains(':');
    let (head, tail) = (words(head), words(tail));
    if head.is_empty() || head.len() > MOST_WORDS {
        return None;
    }
    let instructs = tail.first().is_some_and(|word| is_instruction_word(word));
    let is_filled = !tail.is_empty() && !instructs;
    let found = |wanted, is_firm| {
        Some(Asked {
            wanted,
            is_firm,
            has_colon,
        })
    };
    if let Some(formula) = formula(text, &folded, &head, is_aside) {
        // A request to write one may be the rest of how to sign.
        let is_request = folded.contains('"');
        return found(
            Wanted::Formula(formula),
            !is_filled && (has_colon || !is_request),
        );
    }
    if !is_filled {
        if is_date(&head) {
            return found(Wanted::Date, has_colon);
        }
        if is_place(&head) {
            return found(Wanted::Place, has_colon);
        }
        if is_initials(&head) {
            return found(Wanted::Initials, true);
        }
        if let Some(is_firm) = signature(&head) {
            return found(Wanted::Signature, is_firm);
        }
        if is_one_of(&head, NAMES) || is_about(&head, OF_NAMES) {
            return found(Wanted::Name, has_colon);
        }
        if is_one_of(&head, TITLES) || is_about(&head, OF_TITLES) {
            return found(Wanted::Title, has_colon);
        }
    }
    is_party(&head).then_some(())?;
    // "Le locataire (signature)".
    let is_for_signing = folded.contains("(signature") || folded.contains("(sign");
    let wanted = if is_for_signing {
        Wanted::Signature
    } else {
        Wanted::Party
    };
    found(wanted, true)
}

/// Whether it is somebody's name and nothing else, or a name after "Name:".
pub fn is_name(text: &str) -> bool {
    let folded = fold(text);
    let name = ["name", "nom", "print name", "printed name"]
        .iter()
        .find_map(|start| folded.strip_prefix(start)?.trim_start().strip_prefix(':'));
    if let Some(name) = name {
        return !words(name).is_empty();
    }
    let is_part = |word: &str| {
        matches!(
            word,
            "de" | "du" | "la" | "le" | "van" | "von" | "et" | "and" | "&"
        ) || word.chars().next().is_some_and(char::is_uppercase)
    };
    let parts: Vec<&str> = text.split_whitespace().collect();
    (2..=6).contains(&parts.len())
        && text.chars().count() <= 44
        && parts.into_iter().all(is_part)
        && !text.contains(|it: char| it.is_numeric() || it == ':')
}

/// Whether it tells how to sign, or who, and so belongs to the words above it.
pub fn is_remark(text: &str) -> bool {
    let folded = fold(text);
    let words = words(&folded);
    folded.starts_with('(')
        || folded.ends_with(')')
        || folded.starts_with('"')
        || words.first().is_some_and(|word| is_instruction_word(word))
        || folded.starts_with("lu et approuve")
        || folded.starts_with("bon pour")
        || folded.starts_with("represente")
        || folded.starts_with("represented by")
        || words.first().is_some_and(|word| {
            matches!(
                *word,
                "m" | "mme" | "monsieur" | "madame" | "mr" | "mrs" | "ms" | "dr"
            )
        })
}

fn is_instruction_word(word: &str) -> bool {
    matches!(
        word,
        "precedee"
            | "precede"
            | "preceded"
            | "precedees"
            | "faire"
            | "ecrire"
            | "suivie"
            | "signature"
            | "mention"
            | "lu"
            | "avec"
            | "with"
            | "please"
            | "parapher"
            | "cachet"
    )
}

fn is_sentence(folded: &str) -> bool {
    let bare = without_brackets(folded);
    let words = words(&bare);
    let is_long = words.len() > 4;
    (is_long && folded.ends_with(['.', ';', ',']))
        || (words.len() > 2 && words.iter().any(|word| OF_SENTENCES.contains(word)))
}

/// The words that somebody has to write, as written on the page.
fn formula(text: &str, folded: &str, head: &[&str], is_aside: bool) -> Option<String> {
    if head.contains(&"signature") || head.contains(&"signatures") || is_aside {
        return None;
    }
    let says_so = [
        "mention manuscrite",
        "mention a",
        "mention :",
        "mention \"",
        "ecrire",
        "recopier",
        "faire preceder",
        "write ",
    ];
    if says_so.iter().any(|start| folded.starts_with(start)) {
        return quoted(text);
    }
    let begins = [
        "lu et approuve",
        "bon pour",
        "read and approved",
        "read and agreed",
    ];
    let is_quoted = folded.starts_with('"');
    if is_quoted || !begins.iter().any(|start| folded.starts_with(start)) || head.len() > 9 {
        return None;
    }
    let trimmed = text.trim_matches(|it: char| !it.is_alphanumeric());
    Some(
        trimmed
            .split(" :")
            .next()
            .unwrap_or(trimmed)
            .trim()
            .to_owned(),
    )
}

fn quoted(text: &str) -> Option<String> {
    let start = text.find(['«', '“', '"'])?;
    let inside: String = text
        .chars()
        .skip(text.get(..start)?.chars().count() + 1)
        .collect();
    let end = inside.find(['»', '”', '"'])?;
    let words = inside.get(..end)?.trim();
    (!words.is_empty()).then(|| words.to_owned())
}

/// Whether it begins with one of these words and goes on with words of signature blocks, as in
/// "Nom et qualité du signataire".
fn is_about(head: &[&str], begins: &[&str]) -> bool {
    let is_known = |word: &&str| BESIDE_SIGNATURE.contains(word) || is_role(word);
    head.first().is_some_and(|first| begins.contains(first))
        && (2..=8).contains(&head.len())
        && head
            .iter()
            .all(|word| is_known(word) || begins.contains(word))
}

fn is_one_of(head: &[&str], known: &[&[&str]]) -> bool {
    known.contains(&head)
}

fn is_date(head: &[&str]) -> bool {
    is_one_of(head, DATES)
}

fn is_place(head: &[&str]) -> bool {
    is_one_of(head, PLACES)
}

fn is_initials(head: &[&str]) -> bool {
    let core = |word: &str| {
        matches!(
            word,
            "paraphe" | "paraphes" | "initiales" | "initials" | "initial" | "parafe"
        )
    };
    head.iter().any(|word| core(word))
        && head.len() <= 6
        && head.iter().all(|word| {
            core(word) || is_role(word) || BESIDE_SIGNATURE.contains(word) || *word == "here"
        })
        && !head.iter().any(|word| word.starts_with("signature"))
}

/// Whether the words alone are enough, if it asks for a signature.
fn signature(head: &[&str]) -> Option<bool> {
    if let ["x"] | ["by"] | ["par"] = head {
        return Some(false);
    }
    if let ["visa"] | ["sign", "here"] | ["signer", "ici"] | ["emargement"] = head {
        return Some(true);
    }
    let signed = ["signed", "signe", "executed"];
    // What begins a block of several people as well.
    let agreed = ["accepted", "agreed", "approved", "accepte", "approuve"];
    if head
        .iter()
        .all(|word| agreed.contains(word) || matches!(*word, "and" | "et" | "by" | "par"))
        && head
            .last()
            .is_some_and(|last| matches!(*last, "by" | "par"))
    {
        return Some(false);
    }
    if let [first, rest @ ..] = head
        && signed.contains(first)
        && let [second, complement @ ..] = rest
        && matches!(*second, "by" | "par" | "for" | "pour" | "on" | "and")
    {
        let has_digits = complement
            .iter()
            .any(|word| word.contains(|it: char| it.is_numeric()));
        return (complement.len() <= 9 && !has_digits).then_some(true);
    }
    if *head == ["signed"] || *head == ["signe"] {
        return Some(true);
    }
    let place = head.iter().position(|word| is_signature(word))?;
    let (before, rest) = head.split_at_checked(place)?;
    let (core, after) = rest.split_first()?;
    let begins = before
        .iter()
        .all(|word| BESIDE_SIGNATURE.contains(word) || is_role(word));
    let goes_on = after
        .first()
        .is_none_or(|word| AFTER_SIGNATURE.contains(word) || is_role(word));
    let has_digits = after
        .iter()
        .any(|word| word.contains(|it: char| it.is_numeric()));
    if !begins || !goes_on || has_digits || after.len() > 12 {
        return None;
    }
    // "de signature" and "pour signature" are about one, as in "Date limite de signature".
    if before
        .last()
        .is_some_and(|word| matches!(*word, "de" | "pour" | "of" | "for"))
    {
        return None;
    }
    let is_heading = *core == "signatures" || after.contains(&"electronique");
    Some(!is_heading)
}

fn is_signature(word: &str) -> bool {
    matches!(word, "signature" | "signatures")
}

pub fn is_role(word: &str) -> bool {
    let stems = [
        Some(word),
        word.strip_suffix('s'),
        word.strip_suffix('e'),
        word.strip_suffix("es"),
    ];
    stems
        .into_iter()
        .flatten()
        .any(|stem| ROLES.contains(&stem))
}

/// "Le bailleur", "For the Company", "TENANT": with few words after it.
fn is_party(head: &[&str]) -> bool {
    let Some(place) = head.iter().position(|word| is_role(word)) else {
        // "Pour Dupont SAS", "For Acme Ltd".
        return matches!(head, ["pour" | "for", rest @ ..] if (1..=5).contains(&rest.len()));
    };
    let (before, rest) = head.split_at(place);
    before.iter().all(|word| BEFORE_ROLE.contains(word)) && before.len() <= 4 && rest.len() <= 7
}

#[cfg(test)]
#[path = "wanted_tests.rs"]
mod tests;
