//! Files that become documents.

use super::draft::DraftView;
use paraph_domain::anchoring::PlacedField;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
pub struct Imported {
    /// None when nothing was chosen, when it was cancelled, or when no file was good and there was no draft before.
    pub draft: Option<DraftView>,
    pub refused: Vec<RefusedFile>,
    /// Those that can be taken with a password.
    pub locked: Vec<LockedFile>,
    /// The fields of the document that was replaced; none for those that found no place.
    pub kept: Vec<Option<PlacedField>>,
}

/// Files that somebody chose in the system's dialog. Their paths stay outside the window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct ChosenFiles {
    /// Names them to `import_dropped`.
    pub drop: String,
    pub count: u32,
}

/// A file that was copied and waits for a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct LockedFile {
    /// Names it to `unlock_document`.
    pub id: String,
    pub name: String,
    pub lock: FileLock,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(tag = "lock", rename_all = "snake_case")]
pub enum FileLock {
    /// It opens with a password only.
    Password,
    /// It opens, and only its owner's password lets signature fields be put into it.
    Rights { forbidden: Vec<FileRight> },
}

/// Something that a file's author can forbid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, specta::Type)]
#[serde(rename_all = "snake_case")]
pub enum FileRight {
    Print,
    Change,
    Copy,
    Annotate,
    FillForms,
    Assemble,
}

/// What a password led to.
#[derive(Debug, Clone, PartialEq, Serialize, specta::Type)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Unlocked {
    WrongPassword,
    /// It opens the file and is not its owner's, which is what is needed.
    NotTheOwners {
        lock: FileLock,
    },
    Imported {
        imported: Box<Imported>,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
pub struct RefusedFile {
    pub name: String,
    pub reason: FileProblem,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, specta::Type)]
#[serde(
    tag = "reason",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum FileProblem {
    NotPdf,
    Empty,
    NoPages,
    Damaged,
    TooLarge {
        limit: u32,
    },
    UnsupportedSecurity,
    /// Its author certified it against every change.
    Protected,
    /// Taking off the encryption would break the signature.
    SignedAndEncrypted,
    /// An XFA form whose pages only say that another viewer is needed.
    DynamicForm,
    /// The file changed while it was copied.
    Changing,
    /// There is no such file, or not any more.
    Missing,
    /// A folder, a pipe or a device.
    NotAFile,
    Unreadable,
    /// The file made the PDF worker stop or took it too long.
    Unrenderable,
}
