//! What a document has in it beside its pages.

use paraph_domain::geometry::Rect;
use serde::{Deserialize, Serialize};

/// How a document is encrypted, and what for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Encryption {
    pub cipher: Cipher,
    /// The standard security handler's revision, 2 to 6 (PDF 32000-2, 7.6.4.2).
    pub revision: u8,
    pub opened_with: OpenedWith,
    /// What the author grants to whoever is not the owner.
    pub rights: Rights,
}

impl Encryption {
    /// Whether the author lets whoever opened the document put signature fields into it.
    pub fn permits_signing(&self) -> bool {
        self.opened_with == OpenedWith::OwnerPassword || self.rights.permits_signature_fields()
    }
}

/// What encrypts the streams.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cipher {
    Rc4 {
        /// The key's length, 40 to 128.
        bits: u16,
    },
    Aes128,
    Aes256,
    /// The objects that say it cannot be read, or it is none of these.
    Unknown,
}

/// Which password opened a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum OpenedWith {
    NoPassword,
    UserPassword,
    OwnerPassword,
}

/// What the author grants (PDF 32000-2, table 22).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent of one another"
)]
pub struct Rights {
    pub print: bool,
    pub change: bool,
    pub copy: bool,
    pub annotate: bool,
    pub fill_forms: bool,
    pub assemble: bool,
}

/// One of the [`Rights`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Right {
    Print,
    Change,
    Copy,
    Annotate,
    FillForms,
    Assemble,
}

impl Rights {
    /// From the permission flags /P of a security handler's revision.
    pub fn from_flags(flags: u32, revision: u8) -> Self {
        let bit = |number: u32| flags & (1 << (number - 1)) != 0;
        // The finer rights exist from revision 3 on; before, the coarse ones speak for them.
        let fine = |number, coarse| {
            if revision < 3 {
                bit(coarse)
            } else {
                bit(number)
            }
        };
        Self {
            print: bit(3),
            change: bit(4),
            copy: bit(5),
            annotate: bit(6),
            fill_forms: bit(6) || fine(9, 6),
            assemble: fine(11, 4),
        }
    }

    /// Whether signature fields may be made: it takes the right to change the document and the
    /// one to annotate it together (table 22, bit 6).
    pub fn permits_signature_fields(&self) -> bool {
        self.change && self.annotate
    }

    /// What is not granted.
    pub fn forbidden(&self) -> Vec<Right> {
        [
            (self.print, Right::Print),
            (self.change, Right::Change),
            (self.copy, Right::Copy),
            (self.annotate, Right::Annotate),
            (self.fill_forms, Right::FillForms),
            (self.assemble, Right::Assemble),
        ]
        .into_iter()
        .filter_map(|(granted, right)| (!granted).then_some(right))
        .collect()
    }
}

/// What a closer look tells, which takes longer than opening does. Lists have their first
/// [`Contents::LONGEST_LIST`] entries.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "they are independent of one another"
)]
pub struct Contents {
    /// Major and minor, of the header or of a later revision's catalog; none when neither says it.
    pub version: Option<(u8, u8)>,
    /// Whether the file is damaged and its cross-references were rebuilt to open it.
    pub repaired: bool,
    pub signature_fields: Vec<SignatureField>,
    pub certification: Option<Certification>,
    pub form: FormFields,
    pub xfa: Option<Xfa>,
    pub page_contents: PageContents,
    /// Base names of fonts that pages use and the file does not have.
    pub fonts_not_embedded: Vec<String>,
    /// Names of the files inside the file.
    pub attachments: Vec<String>,
    /// Whether it is a portfolio: files with a cover page (/Collection).
    pub portfolio: bool,
    /// Whether there are scripts anywhere, whatever would start them.
    pub javascript: bool,
    /// Whether something in it would start a program or open a file.
    pub launch_actions: bool,
    /// Whether pages have 3D scenes, films, sounds or other rich media on them.
    pub media: bool,
}

impl Contents {
    /// The most entries of a list that are told.
    pub const LONGEST_LIST: usize = 1000;
}

/// A form field for a signature.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignatureField {
    /// The field's full name.
    pub name: String,
    /// Zero-based page index and rectangle in displayed space; none where nothing is shown.
    pub place: Option<(u32, Rect)>,
    pub signed: bool,
}

/// What may still be done to a document without breaking its author's certification (DocMDP, PDF
/// 32000-2, 12.8.2.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Certification {
    /// P is 1.
    NoChanges,
    /// P is 2 or left out: forms may be filled and signatures added.
    FormsAndSignatures,
    /// P is 3: annotations too.
    Annotations,
}

/// How many form fields there are of each kind. A group of radio buttons is one field.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormFields {
    pub text: u32,
    pub check_boxes: u32,
    pub radio_groups: u32,
    pub push_buttons: u32,
    pub choices: u32,
    pub signatures: u32,
}

/// A form of Adobe's XML Forms Architecture, which nothing here reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Xfa {
    /// The pages are there as well, and are what is shown.
    WithPages,
    /// The form is drawn by the viewer (/NeedsRendering), and the pages that are there have no
    /// field: they say that another viewer is needed.
    Dynamic,
}

/// How many pages can show what, told from what they name and not from what they draw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageContents {
    /// Pages with a font.
    pub text: u32,
    /// Pages with pictures and no font.
    pub pictures: u32,
    /// Pages with neither.
    pub neither: u32,
}

impl PageContents {
    /// Whether there are only pictures of pages, as from a scanner without text recognition.
    pub fn is_scan(&self) -> bool {
        self.text == 0 && self.pictures > 0
    }
}
