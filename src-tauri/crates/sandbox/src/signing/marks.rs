//! What a signing draws on the pages.

use crate::signing::act::{Acceptance, text_of};
use crate::state::bundle::Bundle;
use crate::state::file_objects::{FileObject, ObjectKind};
use crate::state::files::File;
use crate::state::members::Member;
use crate::wire::vendor_zone;
use jiff::Timestamp;
use paraph_domain::draft::Language;
use paraph_domain::geometry::UserRect;
use paraph_messages::{Key, date, text};
use paraph_pdf::{Appearance, Mark, MarkKind, TextMark};

/// What every page and every mark of a practice document says.
pub(crate) const NO_LEGAL_VALUE: &str = "NO LEGAL VALUE / SANS VALEUR JURIDIQUE";
/// The vendor's default for a file object's reason (documented).
pub(crate) const DEFAULT_REASON: &str = "Signed by Yousign";

/// The marks of this member on this file, and the sender's own text if nobody brought it yet.
pub(super) fn on_file(
    bundle: &Bundle,
    member: &Member,
    file: &File,
    acceptance: &Acceptance,
    now: Timestamp,
) -> Vec<Mark> {
    let to_do = |object: &&FileObject| {
        object.file_id == file.id
            && match &object.member_id {
                Some(id) => *id == member.id,
                None => object.executed_at.is_none(),
            }
    };
    bundle
        .objects
        .iter()
        .filter(to_do)
        .filter_map(|object| {
            // Page 0 is an invisible signature (documented).
            let page = u32::try_from(object.page).ok()?.checked_sub(1)?;
            let rect = parse_position(object.position.as_deref()?)?;
            let kind = match object.kind {
                ObjectKind::Text => {
                    let words = text_of(object, &acceptance.texts);
                    if words.trim().is_empty() {
                        return None;
                    }
                    MarkKind::Text(TextMark {
                        value: words,
                        size: object.font_size as f32,
                        color: object
                            .font_color
                            .as_deref()
                            .and_then(parse_color)
                            .unwrap_or_default(),
                    })
                }
                ObjectKind::Signature => {
                    MarkKind::Signature(appearance(object, member, acceptance, now))
                }
            };
            Some(Mark { page, rect, kind })
        })
        .collect()
}

/// The reason in the signature dictionary. The vendor's own name does not belong into a practice
/// document, so its default becomes a sentence of ours.
pub(super) fn reason(
    bundle: &Bundle,
    member: &Member,
    file: &File,
    language: Language,
) -> Option<String> {
    let given = bundle
        .objects_of(&member.id)
        .find(|object| object.file_id == file.id && object.kind == ObjectKind::Signature)
        .map(|object| object.reason.clone())
        .filter(|reason| reason != DEFAULT_REASON);
    Some(given.unwrap_or_else(|| text(language, Key::SignMarkReason, &[])))
}

fn appearance(
    object: &FileObject,
    member: &Member,
    acceptance: &Acceptance,
    now: Timestamp,
) -> Appearance {
    let local = now.to_zoned(vendor_zone());
    let day = date(acceptance.language, local.date());
    let hour = local.strftime("%H:%M").to_string();
    let mention = |mention: &Option<String>| {
        mention
            .as_deref()
            .map(|words| fill_in(words, now))
            .filter(|words| !words.is_empty())
    };
    let values = [("date", day.as_str()), ("time", hour.as_str())];
    let date = text(acceptance.language, Key::SignMarkDate, &values);
    let mentions = [object.mention.as_deref(), object.mention2.as_deref()];
    Appearance {
        banner: Some(NO_LEGAL_VALUE.to_owned()),
        mention_above: mention(&object.mention),
        drawing: acceptance.drawing.clone(),
        lines: lines(mentions, member.full_name(), date),
        mention_below: mention(&object.mention2),
    }
}

/// Beside the mark: who signed, and when. Our choice: not what a mention says already.
fn lines(mentions: [Option<&str>; 2], name: String, date: String) -> Vec<String> {
    let is_mentioned = |what: &str| mentions.into_iter().flatten().any(|it| it.contains(what));
    let mut lines = Vec::new();
    if !is_mentioned(&name) {
        lines.push(name);
    }
    if !is_mentioned("{{date.") {
        lines.push(date);
    }
    lines
}

/// The documented variables of mentions.
fn fill_in(mention: &str, now: Timestamp) -> String {
    let local = now.to_zoned(vendor_zone());
    let time = local.strftime("%H:%M").to_string();
    mention
        .replace("{{date.en}}", &date(Language::English, local.date()))
        .replace("{{date.fr}}", &date(Language::French, local.date()))
        .replace("{{time.en}}", &time)
        .replace("{{time.fr}}", &time)
        .replace("{{time}}", &time)
}

/// `llx,lly,urx,ury` as whole numbers. Our choice for pages that are rotated or cropped, about
/// which the vendor says nothing: the numbers are the page's own user space.
pub(crate) fn parse_position(position: &str) -> Option<UserRect> {
    let mut numbers = position.split(',').map(|number| {
        let digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        digits
            .then(|| number.parse::<u32>().ok().map(f64::from))
            .flatten()
    });
    let mut next = || numbers.next().flatten();
    let rect = UserRect {
        llx: next()?,
        lly: next()?,
        urx: next()?,
        ury: next()?,
    };
    numbers.next().is_none().then_some(rect)
}

/// `red,green,blue` from 0 to 255 (documented).
pub(crate) fn parse_color(color: &str) -> Option<[u8; 3]> {
    let parts: Result<Vec<u8>, _> = color.split(',').map(str::parse).collect();
    parts.ok()?.try_into().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_mention_says_is_not_written_twice() {
        let cases: [(Option<&str>, &[&str]); 4] = [
            (None, &["Ada Martin", "on that day"]),
            (Some("Read and approved"), &["Ada Martin", "on that day"]),
            (Some("Ada Martin, {{date.fr}}"), &[]),
            (Some("{{date.en}}"), &["Ada Martin"]),
        ];
        for (mention, expected) in cases {
            let written = |mentions| lines(mentions, "Ada Martin".into(), "on that day".into());
            assert_eq!(written([mention, None]), expected, "{mention:?} above");
            assert_eq!(written([None, mention]), expected, "{mention:?} below");
        }
    }

    #[test]
    fn a_position_is_four_whole_numbers() {
        let expected = UserRect {
            llx: 230.0,
            lly: 499.0,
            urx: 464.0,
            ury: 589.0,
        };
        assert_eq!(parse_position("230,499,464,589"), Some(expected));
        for wrong in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "1,2,3,-4",
            "1.5,2,3,4",
            "1,2,3,",
            "+1,2,3,4",
            "1, 2,3,4",
            "1,2,3,99999999999",
        ] {
            assert_eq!(parse_position(wrong), None, "{wrong:?} is no position");
        }
    }
}
