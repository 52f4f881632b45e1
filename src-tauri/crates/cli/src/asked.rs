//! What `send` was asked to do, and the short notations for people and places.

use crate::Done;
use crate::failure::Failure;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use paraph_domain::draft::{FieldKind, IdentityCheck};
use paraph_domain::geometry::Rect;
use std::path::PathBuf;

#[derive(Args)]
pub struct Asked {
    /// The PDFs, in order.
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// What the request is called; the first file's name when left out.
    #[arg(long)]
    pub title: Option<String>,
    /// Who signs: "Ada Durand <ada@example.org> +33612345678". Repeat it for each person.
    #[arg(long = "signer", value_name = "PERSON", required = true)]
    pub signers: Vec<String>,
    /// Where somebody signs: "signer=1,page=2,x=72,y=640,w=180,h=50", in points from the page's
    /// top left; page=last is the last one, document=2 the second file. With kind=initials they initial
    /// the page; with kind=text it is where they write something, in size=11 points, which they
    /// may leave empty with required=no. Repeat it for each place.
    #[arg(long = "field", value_name = "PLACE", required = true)]
    pub fields: Vec<String>,
    /// People sign one after the other, in the order given.
    #[arg(long)]
    pub ordered: bool,
    /// How people prove who they are.
    #[arg(long, value_enum, default_value_t = Identity::Email)]
    pub identity: Identity,
    /// The last day on which people can sign, such as 2026-12-31.
    #[arg(long)]
    pub deadline: Option<Date>,
    /// Plain text of the invitation, instead of the standard words.
    #[arg(long)]
    pub message: Option<String>,
    /// Name or id of the account; "practice" is the built-in one. The default account when left
    /// out.
    #[arg(long)]
    pub account: Option<String>,
    /// Do not end before everybody has signed and the results are filed.
    #[arg(long)]
    pub wait: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Identity {
    /// By a code sent by e-mail.
    Email,
    /// By a code sent to the phone.
    Sms,
    /// Not at all: whoever holds the link may sign.
    None,
}

impl From<Identity> for IdentityCheck {
    fn from(identity: Identity) -> Self {
        match identity {
            Identity::Email => Self::EmailCode,
            Identity::Sms => Self::SmsCode,
            Identity::None => Self::None,
        }
    }
}

#[derive(Debug, PartialEq, Eq)]
pub struct Person {
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    pub phone: String,
}

/// The first word is the first name, the others are the last name.
pub fn person(given: &str) -> Done<Person> {
    let bad = || Failure::BadSigner(given.to_owned());
    let (name, rest) = given.split_once('<').ok_or_else(bad)?;
    let (email, phone) = rest.split_once('>').ok_or_else(bad)?;
    let (first_name, last_name) = name.trim().split_once(' ').ok_or_else(bad)?;
    Ok(Person {
        first_name: first_name.to_owned(),
        last_name: last_name.trim().to_owned(),
        email: email.trim().to_owned(),
        phone: phone.trim().to_owned(),
    })
}

#[derive(Debug, PartialEq)]
pub struct Place {
    /// Counted from 1, as all numbers here.
    pub signer: usize,
    pub document: usize,
    pub page: PageNumber,
    /// Displayed space, points.
    pub rect: Rect,
    pub kind: FieldKind,
}

#[derive(Debug, PartialEq, Eq)]
pub enum PageNumber {
    Nth(usize),
    Last,
}

/// The size of a text field's letters when it is left out, in points, as in the window.
const TEXT_SIZE: u8 = 11;

pub fn place(given: &str) -> Done<Place> {
    let bad = || Failure::BadField(given.to_owned());
    let number = |text: &str| match text.parse::<f64>() {
        Ok(number) if number.is_finite() => Ok(number),
        Ok(_) | Err(_) => Err(bad()),
    };
    let count = |text: &str| text.parse().ok().filter(|count| *count > 0).ok_or_else(bad);
    let (mut signer, mut document, mut page) = (None, 1, None);
    let (mut x, mut y, mut w, mut h) = (None, None, None, None);
    let (mut kind, mut required, mut size) = ("signature", None, None);
    for part in given.split(',') {
        let (name, value) = part.split_once('=').ok_or_else(bad)?;
        let value = value.trim();
        match name.trim() {
            "signer" => signer = Some(count(value)?),
            "document" => document = count(value)?,
            "page" if value == "last" => page = Some(PageNumber::Last),
            "page" => page = Some(PageNumber::Nth(count(value)?)),
            "x" => x = Some(number(value)?),
            "y" => y = Some(number(value)?),
            "w" => w = Some(number(value)?),
            "h" => h = Some(number(value)?),
            "kind" => kind = value,
            "required" if value == "yes" => required = Some(true),
            "required" if value == "no" => required = Some(false),
            "size" => size = Some(value.parse().map_err(|_| bad())?),
            _ => return Err(bad()),
        }
    }
    let kind = match (kind, required, size) {
        ("text", ..) => FieldKind::Text {
            content: String::new(),
            required: required.unwrap_or(true),
            font_size: size.unwrap_or(TEXT_SIZE),
            formula: String::new(),
        },
        ("signature", None, None) => FieldKind::Signature {
            mention_above: String::new(),
            mention_below: String::new(),
        },
        ("initials", None, None) => FieldKind::Initials,
        _ => return Err(bad()),
    };
    Ok(Place {
        signer: signer.ok_or_else(bad)?,
        document,
        page: page.ok_or_else(bad)?,
        rect: Rect {
            x: x.ok_or_else(bad)?,
            y: y.ok_or_else(bad)?,
            w: w.ok_or_else(bad)?,
            h: h.ok_or_else(bad)?,
        },
        kind,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_read_from_one_line() {
        let ada = person("Ada de Witt <ada@example.org> +31 6 1234").expect("a person");
        assert_eq!(
            ada,
            Person {
                first_name: "Ada".to_owned(),
                last_name: "de Witt".to_owned(),
                email: "ada@example.org".to_owned(),
                phone: "+31 6 1234".to_owned(),
            }
        );
        for bad in [
            "",
            "Ada",
            "Ada Durand",
            "ada@example.org",
            "<ada@example.org>",
            "Ada <a",
        ] {
            assert!(person(bad).is_err(), "{bad:?} is no person");
        }
    }

    #[test]
    fn places_are_read_from_one_line() {
        let read = place("signer=2, page=last,x=72,y=640.5,w=180,h=50,document=3");
        let read = read.expect("a place");
        assert_eq!((read.signer, read.document), (2, 3));
        assert_eq!(read.page, PageNumber::Last);
        assert_eq!(read.rect.y, 640.5);
        assert!(matches!(read.kind, FieldKind::Signature { .. }));
        let read = place("signer=1,page=1,x=1,y=1,w=60,h=30,kind=initials");
        assert_eq!(read.expect("a place").kind, FieldKind::Initials);
        for (more, required, font_size) in [("", true, 11), (",size=9,required=no", false, 9)] {
            let read = place(&format!("signer=1,page=1,x=1,y=1,w=1,h=1,kind=text{more}"));
            let expected = FieldKind::Text {
                content: String::new(),
                required,
                font_size,
                formula: String::new(),
            };
            assert_eq!(read.expect("a place").kind, expected);
        }
        for bad in [
            "",
            "signer=1",
            "signer=0,page=1,x=1,y=1,w=1,h=1",
            "signer=1,page=0,x=1,y=1,w=1,h=1",
            "signer=1,page=1,x=NaN,y=1,w=1,h=1",
            "signer=1,page=1,x=inf,y=1,w=1,h=1",
            "signer=1,page=1,x=1,y=1,w=1,h=1,z=1",
            "signer=1,page=1,x=1,y=1,w=1",
            "signer=1,page=1,x=1,y=1,w=1,h=1,kind=stamp",
            "signer=1,page=1,x=1,y=1,w=1,h=1,size=9",
            "signer=1,page=1,x=1,y=1,w=1,h=1,kind=initials,required=no",
            "signer=1,page=1,x=1,y=1,w=1,h=1,kind=text,required=maybe",
        ] {
            assert!(place(bad).is_err(), "{bad:?} is no place");
        }
    }
}
