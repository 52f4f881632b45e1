//! What a person fills in on the signing page, and what is wrong with it.

use crate::app::App;
use crate::state::members::{Kind, Member};
use paraph_domain::draft::Language;
use paraph_messages::Key;
use paraph_pdf::Drawing;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The most characters of a written name.
pub(super) const NAME_LIMIT: usize = 80;
/// The most points of a drawing: minutes of scribbling.
const POINT_LIMIT: usize = 20_000;

#[derive(Debug, Clone, Default)]
pub(super) struct Form {
    pub member: String,
    pub token: String,
    pub language: Option<Language>,
    pub draws: bool,
    pub typed: String,
    /// JSON as the script writes it.
    pub strokes: String,
    /// By file object id.
    pub texts: BTreeMap<String, String>,
    pub code: String,
    pub consents: bool,
    pub comment: String,
}

/// A place on the form with a sentence about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mistake {
    /// The id of the form element.
    pub at: String,
    pub key: Key,
}

impl Mistake {
    pub(super) fn new(at: impl Into<String>, key: Key) -> Self {
        Self { at: at.into(), key }
    }
}

#[derive(Deserialize)]
struct Drawn {
    aspect: f32,
    strokes: Vec<Vec<(f32, f32)>>,
}

impl Form {
    pub(super) fn read(body: &[u8]) -> Self {
        let mut form = Self::default();
        for (name, value) in url::form_urlencoded::parse(body) {
            let value = value.into_owned();
            match name.as_ref() {
                "member" => form.member = value,
                "token" => form.token = value,
                "lang" => form.language = super::language_of(&value),
                "how" => form.draws = value == "draw",
                "typed" => form.typed = value,
                "strokes" => form.strokes = value,
                "code" => form.code = value,
                "consent" => form.consents = value == "yes",
                "comment" => form.comment = value,
                _ => {
                    if let Some(object) = name.strip_prefix("text-") {
                        form.texts.insert(object.to_owned(), value);
                    }
                }
            }
        }
        form
    }

    /// The form as it is first shown.
    pub(super) fn fresh(member: &Member) -> Self {
        Self {
            typed: member.full_name(),
            ..Self::default()
        }
    }

    /// What the signature looks like; none for a validator.
    pub(super) fn drawing(&self, member: &Member) -> Result<Drawing, Mistake> {
        if member.kind == Kind::Validator {
            return Ok(Drawing::None);
        }
        if !self.draws {
            let name = self.typed.split_whitespace().collect::<Vec<_>>().join(" ");
            let usable = !name.is_empty()
                && name.chars().count() <= NAME_LIMIT
                && !name.chars().any(char::is_control);
            return if usable {
                Ok(Drawing::Typed(name))
            } else {
                Err(Mistake::new("typed", Key::SignErrorName))
            };
        }
        let missing = || Mistake::new("drawing", Key::SignErrorDrawing);
        let drawn: Drawn = serde_json::from_str(&self.strokes).map_err(|_| missing())?;
        let points = drawn.strokes.iter().map(Vec::len).sum::<usize>();
        // One dot is no signature.
        if !(2..=POINT_LIMIT).contains(&points) || !(0.1..=20.0).contains(&drawn.aspect) {
            return Err(missing());
        }
        let inside = |value: f32| {
            if value.is_finite() {
                value.clamp(0.0, 1.0)
            } else {
                0.0
            }
        };
        let strokes: Vec<Vec<(f32, f32)>> = drawn
            .strokes
            .into_iter()
            .filter(|stroke| !stroke.is_empty())
            .map(|stroke| {
                stroke
                    .into_iter()
                    .map(|(x, y)| (inside(x), inside(y)))
                    .collect()
            })
            .collect();
        Ok(cropped(&strokes, drawn.aspect))
    }
}

/// The drawing without the empty space around it, so that a small one is not lost in its field. A
/// straight line keeps some room, or it would be blown up out of all proportion.
fn cropped(strokes: &[Vec<(f32, f32)>], aspect: f32) -> Drawing {
    const LEAST: f32 = 0.2;
    let points = || strokes.iter().flatten();
    let span = |of: fn(&(f32, f32)) -> f32| {
        let low = points().map(of).fold(1.0, f32::min);
        let high = points().map(of).fold(0.0, f32::max);
        let extent = (high - low).max(LEAST);
        (f32::midpoint(low, high) - extent / 2.0, extent)
    };
    let (left, width) = span(|point| point.0);
    let (top, height) = span(|point| point.1);
    let moved = |&(x, y): &(f32, f32)| {
        (
            ((x - left) / width).clamp(0.0, 1.0),
            ((y - top) / height).clamp(0.0, 1.0),
        )
    };
    Drawing::Strokes {
        strokes: strokes
            .iter()
            .map(|stroke| stroke.iter().map(moved).collect())
            .collect(),
        aspect: aspect * width / height,
    }
}

/// What a form of this member's page has to bring back: other sites can neither read nor guess
/// it. The parts have fixed lengths, so that a plain hash of both is as good as an HMAC.
pub(super) fn token(app: &App, member_id: &str) -> String {
    let hash = Sha256::new()
        .chain_update(&app.identity.page_secret)
        .chain_update(member_id)
        .finalize();
    hex::encode(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(strokes: &str) -> Option<Drawing> {
        let form = Form {
            draws: true,
            strokes: strokes.to_owned(),
            ..Form::default()
        };
        form.strokes_only().ok()
    }

    impl Form {
        fn strokes_only(&self) -> Result<Drawing, Mistake> {
            self.drawing(&crate::page::form::tests::signer())
        }
    }

    fn signer() -> Member {
        use crate::state::{Json, Moment};
        let now = Moment(jiff::Timestamp::UNIX_EPOCH);
        Member {
            id: String::new(),
            procedure_id: String::new(),
            user: None,
            kind: Kind::Signer,
            firstname: "Ada".to_owned(),
            lastname: "Martin".to_owned(),
            email: String::new(),
            phone: String::new(),
            position: 1,
            created_at: now,
            updated_at: now,
            finished_at: None,
            status: crate::state::members::MemberStatus::Pending,
            comment: None,
            operation_level: "none".to_owned(),
            operation_modes: Json(serde_json::Value::Null),
            sms_config: Json(serde_json::Value::Null),
            email_config: Json(serde_json::Value::Null),
            parent: None,
            language: None,
            user_agent: None,
            identity_check: None,
        }
    }

    #[test]
    fn a_drawing_needs_more_than_a_dot_and_stays_inside_its_area() {
        for nothing in [
            "",
            "null",
            "{}",
            r#"{"aspect":3,"strokes":[]}"#,
            r#"{"aspect":3,"strokes":[[[0.5,0.5]]]}"#,
            r#"{"aspect":0,"strokes":[[[0,0],[1,1]]]}"#,
            r#"{"aspect":1e40,"strokes":[[[0,0],[1,1]]]}"#,
        ] {
            assert!(drawn(nothing).is_none(), "{nothing} is no signature");
        }
        let Some(Drawing::Strokes { strokes, .. }) =
            drawn(r#"{"aspect":3,"strokes":[[[-5,0.5],[9,0.25]],[]]}"#)
        else {
            panic!("two points are a signature");
        };
        assert_eq!(strokes, vec![vec![(0.0, 1.0), (1.0, 0.0)]]);
    }

    #[test]
    fn empty_space_around_a_drawing_is_cut_off_without_distorting_it() {
        let Some(Drawing::Strokes { strokes, aspect }) =
            drawn(r#"{"aspect":2,"strokes":[[[0.25,0.25],[0.75,0.5]]]}"#)
        else {
            panic!("two points are a signature");
        };
        assert_eq!(strokes, vec![vec![(0.0, 0.0), (1.0, 1.0)]]);
        assert!(
            (aspect - 4.0).abs() < 1e-5,
            "twice as wide a part of the area: {aspect}"
        );
    }

    #[test]
    fn a_typed_name_is_one_line_of_text() {
        let typed = |name: &str| {
            Form {
                typed: name.to_owned(),
                ..Form::default()
            }
            .drawing(&signer())
            .is_ok()
        };
        assert!(typed("  Ада   Мартин "));
        assert!(!typed("   "), "blanks are no name");
        assert!(!typed(&"x".repeat(NAME_LIMIT + 1)), "a name has its bounds");
    }
}
