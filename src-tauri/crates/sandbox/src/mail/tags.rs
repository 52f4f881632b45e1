//! Fills in the tags of a message: `<tag data-tag-type="..." data-tag-name="...">...</tag>`, as
//! the vendor's documentation describes them.
//!
//! The message stays what the client wrote: HTML that is cleaned only where it is shown.

use crate::app::App;
use crate::state::bundle::Bundle;
use crate::state::members::Member;
use crate::wire::vendor_zone;
use paraph_messages::Language;

/// One person a mail goes to.
#[derive(Debug, Clone)]
pub(crate) struct Recipient {
    pub member_id: Option<String>,
    pub address: String,
    pub firstname: String,
    pub lastname: String,
    /// What a button leads to: where a member signs, or where others see the documents.
    pub link: String,
}

impl Recipient {
    pub(super) fn member(app: &App, member: &Member) -> Self {
        Self {
            member_id: Some(member.id.clone()),
            address: member.email.clone(),
            firstname: member.firstname.clone(),
            lastname: member.lastname.clone(),
            link: sign_link(&app.base_url, &member.id),
        }
    }

    pub(super) fn stranger(app: &App, bundle: &Bundle, address: &str) -> Self {
        Self {
            member_id: None,
            address: address.to_owned(),
            firstname: String::new(),
            lastname: String::new(),
            link: documents_link(&app.base_url, &bundle.procedure.id),
        }
    }

    pub(super) fn full_name(&self) -> String {
        format!("{} {}", self.firstname, self.lastname)
            .trim()
            .to_owned()
    }

    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        self.member_id == other.member_id && self.address.eq_ignore_ascii_case(&other.address)
    }
}

/// Where a member signs: the vendor's web application has the same path.
pub(crate) fn sign_link(base_url: &str, member_id: &str) -> String {
    format!("{base_url}/procedure/sign?members=/members/{member_id}")
}

/// Where somebody who is no member sees the documents: our choice.
pub(super) fn documents_link(base_url: &str, procedure_id: &str) -> String {
    format!("{base_url}/practice/documents?procedure=/procedures/{procedure_id}")
}

/// `message` with its tags replaced.
pub(super) fn fill_in(message: &str, bundle: &Bundle, recipient: &Recipient) -> String {
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some((before, tag, after)) = next_tag(rest) {
        out.push_str(before);
        out.push_str(&replacement(&tag, bundle, recipient));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A tag's attributes and what stood between its ends.
struct Tag<'a> {
    attributes: Vec<(&'a str, &'a str)>,
    inner: &'a str,
}

impl Tag<'_> {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| *key == name)
            .map(|(_, value)| *value)
    }
}

/// What stands before the next tag, the tag, and what stands after it.
fn next_tag(text: &str) -> Option<(&str, Tag<'_>, &str)> {
    let (before, after) = text.split_once("<tag ")?;
    let mut attributes = Vec::new();
    let mut rest = after.trim_start();
    let inner_and_after = loop {
        if let Some(body) = rest.strip_prefix("/>") {
            return Some((
                before,
                Tag {
                    attributes,
                    inner: "",
                },
                body,
            ));
        }
        if let Some(body) = rest.strip_prefix('>') {
            break body;
        }
        let (name, value) = rest.split_once('=')?;
        let quote = value
            .chars()
            .next()
            .filter(|quote| matches!(quote, '"' | '\''))?;
        let (value, after) = value.strip_prefix(quote)?.split_once(quote)?;
        attributes.push((name.trim(), value));
        rest = after.trim_start();
    };
    let (inner, after) = inner_and_after.split_once("</tag>")?;
    Some((before, Tag { attributes, inner }, after))
}

fn replacement(tag: &Tag<'_>, bundle: &Bundle, recipient: &Recipient) -> String {
    let list = |names: Vec<String>| {
        let items: String = names
            .iter()
            .map(|name| format!("<li>{}</li>", ammonia::clean_text(name)))
            .collect();
        format!("<ul>{items}</ul>")
    };
    match (tag.get("data-tag-type"), tag.get("data-tag-name")) {
        (Some("button"), _) => {
            let title = tag.get("data-tag-title").unwrap_or(tag.inner);
            format!(
                "<a class=\"mail-button\" href=\"{}\">{title}</a>",
                recipient.link
            )
        }
        (Some("string"), Some("recipient.firstname")) => ammonia::clean_text(&recipient.firstname),
        (Some("string"), Some("recipient.lastname")) => ammonia::clean_text(&recipient.lastname),
        (Some("list"), Some("procedure.files")) => {
            list(bundle.files.iter().map(|file| file.name.clone()).collect())
        }
        (Some("list"), Some("procedure.members")) => {
            list(bundle.members.iter().map(Member::full_name).collect())
        }
        (Some("date"), Some("procedure.expiresAt")) => expiry(tag, bundle),
        // An unknown tag shows what it holds: our choice.
        _ => tag.inner.to_owned(),
    }
}

fn expiry(tag: &Tag<'_>, bundle: &Bundle) -> String {
    let Some(at) = bundle.procedure.expires_at else {
        return String::new();
    };
    let at = at.0.to_zoned(vendor_zone());
    let french = tag
        .get("data-tag-locale")
        .is_some_and(|locale| locale.starts_with("fr"));
    let language = if french {
        Language::French
    } else {
        Language::English
    };
    let date = match tag.get("data-tag-date-format") {
        Some("NONE") => String::new(),
        Some("SHORT") => at.strftime("%d/%m/%Y").to_string(),
        _ => paraph_messages::date(language, at.date()),
    };
    let time = match tag.get("data-tag-time-format") {
        None | Some("NONE") => String::new(),
        Some(_) => at.strftime("%H:%M").to_string(),
    };
    format!("{date} {time}").trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_found_whatever_stands_in_their_attributes() {
        let text = "Hello <tag data-tag-type=\"button\" data-tag-title='a > \"b\"'>Open</tag>!";
        let (before, tag, after) = next_tag(text).unwrap();
        assert_eq!((before, tag.inner, after), ("Hello ", "Open", "!"));
        assert_eq!(tag.get("data-tag-title"), Some("a > \"b\""));
    }

    #[test]
    fn what_is_no_whole_tag_is_left_alone() {
        for text in [
            "",
            "<tag",
            "<tag data-tag-type=x>y</tag>",
            "<tag a=\"1\">never closed",
            "<table>",
        ] {
            assert!(next_tag(text).is_none(), "{text:?} has no whole tag");
        }
    }
}
