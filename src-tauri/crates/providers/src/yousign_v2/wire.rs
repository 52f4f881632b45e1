//! The JSON of Yousign v2: what is sent (`...Input`), and what comes back.
//!
//! What comes back is read tolerantly, because real answers differ from the vendor's
//! specification and changed over the years (seen in live replies): unknown keys are ignored,
//! `null` and values of another type count as absent, an empty map may be `[]`, and one entry
//! that cannot be read does not lose its neighbours. Only an id must be there.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// Absent values are left out; the vendor's defaults apply to nothing we care about.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ProcedureInput {
    pub name: String,
    pub start: bool,
    pub ordered: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<jiff::civil::Date>,
    pub metadata: Map<String, Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subscribers: Vec<SubscriberInput>,
    pub config: ConfigInput,
}

#[derive(Debug, Serialize)]
pub(super) struct SubscriberInput {
    pub email: String,
    /// Addressed as `@subscribers.<group>`; we use one group.
    pub group: &'static str,
}

#[derive(Debug, Serialize)]
pub(super) struct ConfigInput {
    pub email: EmailInput,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reminders: Vec<ReminderInput>,
}

/// Mails by the event that sends them. The vendor mails nothing for an event that is not named.
#[derive(Debug, Default, Serialize)]
pub(super) struct EmailInput {
    #[serde(rename = "member.started", skip_serializing_if = "Vec::is_empty")]
    pub member_started: Vec<MailInput>,
    #[serde(rename = "procedure.started", skip_serializing_if = "Vec::is_empty")]
    pub procedure_started: Vec<MailInput>,
    #[serde(rename = "procedure.finished", skip_serializing_if = "Vec::is_empty")]
    pub procedure_finished: Vec<MailInput>,
    #[serde(rename = "procedure.refused", skip_serializing_if = "Vec::is_empty")]
    pub procedure_refused: Vec<MailInput>,
    #[serde(rename = "reminder.executed", skip_serializing_if = "Vec::is_empty")]
    pub reminder_executed: Vec<MailInput>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MailInput {
    pub to: Vec<&'static str>,
    pub subject: String,
    /// HTML with the vendor's `<tag>` elements.
    pub message: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_name: Option<String>,
}

#[derive(Debug, Serialize)]
pub(super) struct ReminderInput {
    /// Days, at least 1, counted from the procedure's creation (vendor documentation).
    pub interval: u8,
    /// 1 to 90.
    pub limit: u8,
    pub config: MailConfigInput,
}

#[derive(Debug, Serialize)]
pub(super) struct MailConfigInput {
    pub email: EmailInput,
}

#[derive(Debug, Serialize)]
pub(super) struct RemindInput {
    pub config: MailConfigInput,
}

#[derive(Debug, Serialize)]
pub(super) struct StartInput {
    pub start: bool,
}

#[derive(Debug, Serialize)]
pub(super) struct FileInput<'a> {
    pub name: &'a str,
    /// Base64 without a `data:` prefix.
    pub content: String,
    pub procedure: &'a str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub metadata: Map<String, Value>,
    /// Display order.
    pub position: usize,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct MemberInput<'a> {
    pub procedure: &'a str,
    #[serde(rename = "type")]
    pub kind: &'static str,
    pub firstname: &'a str,
    pub lastname: &'a str,
    pub email: &'a str,
    /// E.164. The vendor wants one from everybody; without one it refuses, which is right,
    /// because none is invented here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Signing order, from 1.
    pub position: usize,
    pub operation_level: &'static str,
    pub operation_custom_modes: &'static [&'static str],
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct FileObjectInput<'a> {
    pub file: &'a str,
    pub member: &'a str,
    /// From 1.
    pub page: u32,
    /// `llx,lly,urx,ury` in whole points from the page's bottom-left corner.
    pub position: String,
    #[serde(flatten)]
    pub kind: FileObjectKind<'a>,
}

#[derive(Debug, Serialize)]
#[serde(
    tag = "type",
    rename_all = "lowercase",
    rename_all_fields = "camelCase"
)]
pub(super) enum FileObjectKind<'a> {
    Signature {
        /// Above the mark.
        #[serde(skip_serializing_if = "Option::is_none")]
        mention: Option<String>,
        /// Below the mark.
        #[serde(skip_serializing_if = "Option::is_none")]
        mention2: Option<String>,
    },
    Text {
        #[serde(skip_serializing_if = "Option::is_none")]
        content: Option<&'a str>,
        content_required: bool,
        font_size: u8,
    },
}

/// The answer to anything that was made.
#[derive(Debug, Deserialize)]
pub(super) struct Made {
    pub id: String,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Procedure {
    pub id: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub name: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub status: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub ordered: bool,
    #[serde(default, deserialize_with = "tolerant")]
    pub created_at: Option<String>,
    #[serde(default, deserialize_with = "tolerant")]
    pub updated_at: Option<String>,
    #[serde(default, deserialize_with = "tolerant")]
    pub finished_at: Option<String>,
    #[serde(default, deserialize_with = "tolerant")]
    pub expires_at: Option<String>,
    #[serde(default, deserialize_with = "tolerant")]
    pub metadata: Map<String, Value>,
    #[serde(default, deserialize_with = "tolerant_list")]
    pub members: Vec<Member>,
    #[serde(default, deserialize_with = "tolerant_list")]
    pub subscribers: Vec<Subscriber>,
    #[serde(default, deserialize_with = "tolerant_list")]
    pub files: Vec<File>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Member {
    pub id: String,
    #[serde(default, rename = "type", deserialize_with = "tolerant")]
    pub kind: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub firstname: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub lastname: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub email: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub position: i64,
    #[serde(default, deserialize_with = "tolerant")]
    pub status: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub finished_at: Option<String>,
    #[serde(default, deserialize_with = "tolerant")]
    pub comment: Option<String>,
    #[serde(default, deserialize_with = "tolerant")]
    pub operation_level: String,
    #[serde(default, deserialize_with = "tolerant_list")]
    pub operation_custom_modes: Vec<String>,
    #[serde(default, deserialize_with = "tolerant_list")]
    pub file_objects: Vec<FileObject>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Subscriber {
    pub email: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct File {
    pub id: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub name: String,
    #[serde(default, rename = "type", deserialize_with = "tolerant")]
    pub kind: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub sha256: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub metadata: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
pub(super) struct FileObject {
    pub id: String,
    /// The whole file when nested in a procedure, its id elsewhere (seen in live replies).
    #[serde(default, deserialize_with = "reference")]
    pub file: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub page: i64,
    #[serde(default, deserialize_with = "tolerant")]
    pub position: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    #[serde(default, deserialize_with = "tolerant")]
    pub firstname: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub lastname: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub email: String,
    #[serde(default, deserialize_with = "tolerant")]
    pub deleted: Option<bool>,
    #[serde(default, deserialize_with = "tolerant_list")]
    pub workspaces: Vec<Workspace>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Workspace {
    #[serde(default, deserialize_with = "tolerant")]
    pub name: String,
}

/// A list of which every entry that can be read is kept.
#[derive(Debug, Deserialize)]
#[serde(transparent, bound(deserialize = "T: DeserializeOwned"))]
pub(super) struct List<T>(#[serde(deserialize_with = "strict_list")] pub Vec<T>);

/// Anything that is not a `T` counts as absent.
fn tolerant<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned + Default,
{
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(value).unwrap_or_default())
}

/// The readable entries. A list whose keys have gaps comes as an object (PHP's habit).
fn tolerant_list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(match Value::deserialize(deserializer)? {
        Value::Array(entries) => readable(entries),
        Value::Object(entries) => readable(entries.into_iter().map(|(_, entry)| entry)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => Vec::new(),
    })
}

/// The readable entries of what must be a list.
fn strict_list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: DeserializeOwned,
{
    Ok(readable(Vec::<Value>::deserialize(deserializer)?))
}

fn readable<T: DeserializeOwned>(entries: impl IntoIterator<Item = Value>) -> Vec<T> {
    entries
        .into_iter()
        .filter_map(|entry| {
            let read = T::deserialize(entry).ok();
            if read.is_none() {
                tracing::warn!("an entry of the provider's answer could not be read");
            }
            read
        })
        .collect()
}

/// An id, alone or as the `id` of an embedded object.
fn reference<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    Ok(match Value::deserialize(deserializer)? {
        Value::String(id) => id,
        Value::Object(embedded) => embedded
            .get("id")
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned(),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) => String::new(),
    })
}
