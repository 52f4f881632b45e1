//! Everything that is printed: sentences in the clerk's language, or JSON.

mod problems;

use crate::failure::{Failure, Refusal};
use jiff::Timestamp;
use paraph_domain::draft::Language;
use paraph_domain::procedure::Status;
use paraph_domain::trouble::{KeychainTrouble, Trouble};
use paraph_engine::{Error, Lock, RefusedWhy, Right};
use paraph_messages::{Key, text};
use serde::Serialize;
use serde_json::{Map, Value, json};

pub struct Say {
    pub json: bool,
    pub language: Language,
}

impl Say {
    /// The system's language, until the clerk's is known.
    pub fn new(json: bool) -> Self {
        let locale = sys_locale::get_locale().unwrap_or_default();
        let language = if locale.to_lowercase().starts_with("fr") {
            Language::French
        } else {
            Language::English
        };
        Self { json, language }
    }

    pub fn text(&self, key: Key, values: &[(&str, &str)]) -> String {
        text(self.language, key, values)
    }

    /// A line for people; nothing for scripts.
    pub fn line(&self, key: Key, values: &[(&str, &str)]) {
        if !self.json {
            println!("{}", self.text(key, values));
        }
    }

    /// What is going on meanwhile, beside the result.
    pub fn aside(&self, key: Key, values: &[(&str, &str)]) {
        if !self.json {
            eprintln!("{}", self.text(key, values));
        }
    }

    /// The result for scripts; nothing for people.
    pub fn value(&self, value: &impl Serialize) {
        if self.json {
            // Values of ours have no maps with other keys than texts, which is all that can fail.
            println!("{}", serde_json::to_string(value).unwrap_or_default());
        }
    }

    pub fn failure(&self, failure: &Failure) {
        let sentences = self.sentences(failure);
        if self.json {
            let mut answer = match failure.result() {
                Some(Value::Object(result)) => result.clone(),
                _ => Map::new(),
            };
            let error = json!({ "code": failure.code(), "sentences": sentences });
            answer.insert("error".to_owned(), error);
            println!("{}", Value::Object(answer));
        } else {
            for sentence in sentences {
                eprintln!("{sentence}");
            }
        }
    }

    fn sentences(&self, failure: &Failure) -> Vec<String> {
        let one = |key, values: &[(&str, &str)]| vec![self.text(key, values)];
        match failure {
            Failure::Start(error) => vec![error.sentence(self.language)],
            Failure::Engine(error) => vec![self.error(error)],
            Failure::BadSigner(given) => one(Key::CliBadSigner, &[("given", given)]),
            Failure::BadField(given) => one(Key::CliBadField, &[("given", given)]),
            Failure::NoSuchSigner { number, count } => one(
                Key::CliNoSuchSigner,
                &[
                    ("number", &number.to_string()),
                    ("count", &count.to_string()),
                ],
            ),
            Failure::NoSuchPage { document, page } => one(
                Key::CliNoSuchPage,
                &[("document", &document.to_string()), ("page", page)],
            ),
            Failure::NoSuchAccount(name) => one(Key::CliNoAccount, &[("name", name)]),
            Failure::NoAccount => one(Key::CliNoAccounts, &[]),
            Failure::PasswordNeeded { file } => one(Key::CliPasswordNeeded, &[("file", file)]),
            Failure::WrongPassword { file } => one(Key::CliWrongPassword, &[("file", file)]),
            Failure::NoPassword => one(Key::CliNoPassword, &[]),
            Failure::FilesRefused(files) => files
                .iter()
                .map(|file| {
                    let why = match &file.why {
                        Refusal::Why(why) => self.refused(why),
                        Refusal::Locked(lock) => self.locked(lock),
                    };
                    self.text(
                        Key::CliFileRefused,
                        &[("file", file.name.as_str()), ("why", &why)],
                    )
                })
                .collect(),
            Failure::NotReady { draft, problems } => problems
                .iter()
                .map(|problem| self.problem(draft, problem))
                .collect(),
            Failure::NotSent { title, trouble } => {
                let why = self.trouble(trouble.as_ref().unwrap_or(&Trouble::Internal));
                one(Key::CliSendFailed, &[("title", title), ("why", &why)])
            }
            Failure::TakenBack { title } => one(Key::CliTakenBack, &[("title", title)]),
            Failure::NotCompleted { name, status, .. } => {
                let status = self.status(status);
                one(Key::CliEnded, &[("name", name), ("status", &status)])
            }
            Failure::NotFiled { name, trouble, .. } => {
                let why = self.trouble(trouble);
                one(Key::CliNotFiled, &[("name", name), ("why", &why)])
            }
        }
    }

    fn error(&self, error: &Error) -> String {
        match error {
            Error::NotFound(_) => self.text(Key::ErrorNotFound, &[]),
            Error::DraftChanged => self.text(Key::ErrorDraftChanged, &[]),
            Error::DraftLocked => self.text(Key::ErrorDraftLocked, &[]),
            Error::Practice(detail) => self.text(Key::CliCannotStart, &[("detail", detail)]),
            other => {
                tracing::error!(error = %other, "the command failed");
                self.trouble(&paraph_engine::trouble::of(other))
            }
        }
    }

    pub fn status(&self, status: &Status) -> String {
        let key = match status {
            Status::Draft => Key::StatusDraft,
            Status::Pending => Key::StatusPending,
            Status::InProgress => Key::StatusInProgress,
            Status::Completed => Key::StatusCompleted,
            Status::Declined => Key::StatusDeclined,
            Status::Expired => Key::StatusExpired,
            Status::Canceled => Key::StatusCanceled,
            Status::Unknown(raw) => return raw.clone(),
        };
        self.text(key, &[])
    }

    pub fn trouble(&self, trouble: &Trouble) -> String {
        let key = match trouble {
            Trouble::Offline => Key::TroubleOffline,
            Trouble::KeyRejected => Key::TroubleKeyRejected,
            Trouble::KeyForbidden => Key::TroubleKeyForbidden,
            Trouble::KeyMissing => Key::TroubleKeyMissing,
            Trouble::KeychainUnavailable { reason } => match reason {
                KeychainTrouble::Absent => Key::ErrorKeychainAbsent,
                KeychainTrouble::Locked => Key::ErrorKeychainLocked,
                KeychainTrouble::Silent => Key::ErrorKeychainSilent,
            },
            Trouble::AccountRemoved => Key::TroubleAccountRemoved,
            Trouble::ProviderBusy { until } => {
                let time = match until.parse() {
                    Ok(moment) => time(moment),
                    Err(_) => until.clone(),
                };
                return self.text(Key::TroubleProviderBusy, &[("time", &time)]);
            }
            Trouble::ProviderTrouble { status } => {
                let status = status.to_string();
                return self.text(Key::TroubleProviderTrouble, &[("status", &status)]);
            }
            Trouble::ProviderRefused { message } => {
                return self.text(Key::TroubleProviderRefused, &[("message", message)]);
            }
            Trouble::ProviderUnexpected { status } => {
                let status = status.to_string();
                return self.text(Key::TroubleProviderUnexpected, &[("status", &status)]);
            }
            Trouble::Gone => Key::TroubleGone,
            Trouble::FileMissing => Key::TroubleFileMissing,
            Trouble::FolderUnwritable { folder } => {
                return self.text(Key::TroubleFolderUnwritable, &[("folder", folder)]);
            }
            Trouble::Mismatch => Key::TroubleMismatch,
            Trouble::BadDownload => Key::TroubleBadDownload,
            Trouble::Internal => Key::TroubleInternal,
        };
        self.text(key, &[])
    }

    fn refused(&self, why: &RefusedWhy) -> String {
        let key = match why {
            RefusedWhy::NotPdf => Key::FileNotPdf,
            RefusedWhy::Empty => Key::FileEmpty,
            RefusedWhy::NoPages => Key::FileNoPages,
            RefusedWhy::Damaged => Key::FileDamaged,
            RefusedWhy::TooLarge { limit } => {
                return self.text(Key::FileTooLarge, &[("limit", &megabytes(*limit))]);
            }
            RefusedWhy::UnsupportedSecurity => Key::FileUnsupportedSecurity,
            RefusedWhy::Protected => Key::FileProtected,
            RefusedWhy::SignedAndEncrypted => Key::FileSignedAndEncrypted,
            RefusedWhy::DynamicForm => Key::FileDynamicForm,
            RefusedWhy::Changing => Key::FileChanging,
            RefusedWhy::Missing => Key::FileMissing,
            RefusedWhy::NotAFile => Key::FileNotAFile,
            RefusedWhy::Unreadable => Key::FileUnreadable,
            RefusedWhy::Unrenderable => Key::FileUnrenderable,
        };
        self.text(key, &[])
    }

    fn locked(&self, lock: &Lock) -> String {
        match lock {
            Lock::Password => self.text(Key::CliFileLocked, &[]),
            Lock::Rights { forbidden } => {
                let rights = self.rights(forbidden);
                self.text(Key::CliFileRights, &[("rights", &rights)])
            }
        }
    }

    pub fn rights(&self, rights: &[Right]) -> String {
        let name = |right: &Right| {
            let key = match right {
                Right::Print => Key::RightPrint,
                Right::Change => Key::RightChange,
                Right::Copy => Key::RightCopy,
                Right::Annotate => Key::RightAnnotate,
                Right::FillForms => Key::RightFillForms,
                Right::Assemble => Key::RightAssemble,
            };
            self.text(key, &[])
        };
        rights.iter().map(name).collect::<Vec<_>>().join(", ")
    }
}

fn megabytes(bytes: u64) -> String {
    format!("{} MB", bytes.div_ceil(1024 * 1024))
}

/// A moment as the clock on the wall shows it.
pub fn time(moment: Timestamp) -> String {
    let here = moment.to_zoned(jiff::tz::TimeZone::system());
    here.strftime("%Y-%m-%d %H:%M").to_string()
}
