//! A draft: what is being prepared. It lives only on this machine.

use crate::geometry::{PageGeometry, Rect, Size};
use crate::ids::{
    AccountId, BlobId, DocumentId, DraftId, FieldId, PageId, ProcedureId, RecipientId,
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Draft {
    pub id: DraftId,
    /// Counts edits, undo and redo included.
    pub revision: u32,
    /// What the request will be called, for everybody.
    pub title: String,
    /// Which account it will be sent with; none until one is chosen.
    pub account: Option<AccountId>,
    pub documents: Vec<Document>,
    pub recipients: Vec<Recipient>,
    pub fields: Vec<Field>,
    pub invitation: Invitation,
    /// Whether people sign one after the other, in the order of `recipients`.
    pub ordered: bool,
    /// A folder for this client's results below the archive folder, instead of none.
    pub folder: Option<String>,
    /// The request that ended without everybody's signature and whose place this one takes.
    /// Drafts of earlier versions take nobody's.
    #[serde(default)]
    pub corrects: Option<ProcedureId>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Document {
    pub id: DocumentId,
    /// The file's name without its ending, as people will see it.
    pub name: String,
    pub purpose: Purpose,
    pub pages: Vec<Page>,
    /// Size in bytes of the source file.
    pub bytes: u32,
    /// Whether the file already bears signatures. Such a file is sent byte for byte.
    pub signed_before: bool,
    /// What those who sign might not see as the clerk sees it. Drafts of earlier versions say
    /// nothing of it.
    #[serde(default)]
    pub cautions: Vec<Caution>,
}

/// Why a document may look different in another program, or be less than it seems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Caution {
    /// A collection of files, of which only the cover page is signed.
    Portfolio,
    /// Scripts or commands that other programs may run.
    Scripts,
    /// 3D scenes, films or sounds.
    Media,
    /// A second version of the form, in XFA, that other programs may show instead.
    Xfa,
    /// The file was protected, and its copy here no longer is: nobody can sign what is encrypted.
    Unprotected,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    #[default]
    ToSign,
    /// Read by the recipients, not signed.
    Attachment,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    pub id: PageId,
    pub blob: BlobId,
    /// Zero-based index of the page in the blob's file.
    pub index: u32,
    pub geometry: PageGeometry,
    /// Whether nothing of it can be shown, because the file is damaged there; the geometry is
    /// made up then. Drafts of earlier versions have no such page.
    #[serde(default)]
    pub unreadable: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    pub id: RecipientId,
    pub first_name: String,
    pub last_name: String,
    pub email: String,
    /// As typed. [`crate::text::phone_e164`] turns it into what is sent.
    pub phone: String,
    pub role: Role,
    pub identity_check: IdentityCheck,
    /// Index into the palette of people's colours.
    pub colour: u8,
}

impl Recipient {
    /// First and last name, or the e-mail address while both are empty.
    pub fn display_name(&self) -> String {
        let name = format!("{} {}", self.first_name.trim(), self.last_name.trim());
        let name = name.trim();
        if name.is_empty() {
            self.email.trim().to_owned()
        } else {
            name.to_owned()
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    Signer,
    Approver,
    /// Is told what happens and does nothing.
    Observer,
}

/// How a person proves who they are before signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum IdentityCheck {
    #[default]
    EmailCode,
    SmsCode,
    /// Whoever holds the link may sign. Only by choice.
    None,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Field {
    pub id: FieldId,
    pub page: PageId,
    pub recipient: RecipientId,
    /// Displayed space, points.
    pub rect: Rect,
    pub kind: FieldKind,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(
    tag = "type",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum FieldKind {
    Signature {
        /// A line of text above the mark, or empty. [`crate::mention`] has its placeholders.
        mention_above: String,
        /// A line of text below the mark, or empty.
        mention_below: String,
    },
    /// A small mark: this page has been read. It does not stand for a signature.
    Initials,
    Text {
        /// What stands there to begin with, or empty.
        content: String,
        required: bool,
        /// Points.
        font_size: u8,
        /// What the recipient has to write there with their own hand, or empty. It is never
        /// printed for them. Drafts of earlier versions have none.
        #[serde(default)]
        formula: String,
    },
}

/// How a new field begins for people of a role, until somebody makes it otherwise.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct FieldDefault {
    pub role: Role,
    /// Points.
    pub size: Size,
    pub kind: FieldKind,
}

impl FieldDefault {
    /// Whether both are for the same role and type of field.
    pub fn is_for_the_same(&self, other: &Self) -> bool {
        self.role == other.role
            && std::mem::discriminant(&self.kind) == std::mem::discriminant(&other.kind)
    }
}

/// What the recipients are told and when.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    pub language: Language,
    /// Empty: the standard words in `language`.
    pub subject: String,
    /// Plain text. Empty: the standard words in `language`.
    pub message: String,
    /// The last day on which people can sign, that day included. ISO 8601 on the wire.
    #[specta(type = Option<String>)]
    pub deadline: Option<Date>,
    pub reminders: Option<Reminders>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    #[default]
    English,
    French,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(rename_all = "camelCase")]
pub struct Reminders {
    pub every_days: u8,
    pub at_most: u8,
}

impl Draft {
    pub fn empty(id: DraftId) -> Self {
        Self {
            id,
            revision: 0,
            title: String::new(),
            account: None,
            documents: Vec::new(),
            recipients: Vec::new(),
            fields: Vec::new(),
            invitation: Invitation::default(),
            ordered: false,
            folder: None,
            corrects: None,
        }
    }

    pub fn recipient(&self, id: &RecipientId) -> Option<&Recipient> {
        self.recipients.iter().find(|recipient| &recipient.id == id)
    }

    /// A page, the document it is in, and its zero-based place there.
    pub fn page(&self, id: &PageId) -> Option<(&Document, usize, &Page)> {
        self.documents.iter().find_map(|document| {
            let place = document.pages.iter().position(|page| &page.id == id)?;
            Some((document, place, document.pages.get(place)?))
        })
    }

    /// The fields on a document's pages.
    pub fn fields_of<'a>(&'a self, document: &'a Document) -> impl Iterator<Item = &'a Field> {
        self.fields
            .iter()
            .filter(|field| document.pages.iter().any(|page| page.id == field.page))
    }
}
