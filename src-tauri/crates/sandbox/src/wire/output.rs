//! Response bodies. Keys stand in the order seen in live replies, absent values are null.

use super::json::php_value;
use super::moment;
use crate::state::Moment;
use crate::state::bundle::Bundle;
use crate::state::file_objects::FileObject;
use crate::state::files::File;
use crate::state::members::Member;
use serde::Serialize;
use serde_json::Value;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileBody<'a> {
    id: String,
    name: &'a str,
    r#type: &'a str,
    content_type: &'a str,
    description: Option<&'a str>,
    created_at: String,
    updated_at: String,
    sha256: &'a str,
    metadata: Value,
    workspace: String,
    creator: Option<&'a str>,
    protected: bool,
    position: i64,
    parent: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FileObjectBody<'a> {
    id: String,
    file: FileReference<'a>,
    page: i64,
    position: Option<&'a str>,
    field_name: Option<&'a str>,
    mention: Option<&'a str>,
    mention2: Option<&'a str>,
    created_at: String,
    updated_at: String,
    executed_at: Option<String>,
    parent: Option<String>,
    reason: &'a str,
    r#type: &'a str,
    content: Option<&'a str>,
    content_required: bool,
    font_family: &'a str,
    font_size: i64,
    font_color: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<ReducedMember<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MemberBody<'a> {
    id: String,
    user: Option<&'a str>,
    r#type: &'a str,
    firstname: &'a str,
    lastname: &'a str,
    email: &'a str,
    phone: &'a str,
    position: i64,
    created_at: String,
    updated_at: String,
    finished_at: Option<String>,
    status: &'a str,
    file_objects: Vec<FileObjectBody<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    procedure: Option<String>,
    comment: Option<&'a str>,
    notifications_email: [&'a str; 0],
    operation_level: &'a str,
    operation_custom_modes: Value,
    operation_mode_sms_config: Value,
    parent: Option<String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct ProcedureBody<'a> {
    id: String,
    name: &'a str,
    description: Option<&'a str>,
    created_at: String,
    updated_at: String,
    finished_at: Option<String>,
    expires_at: Option<String>,
    status: &'a str,
    creator: Option<&'a str>,
    creator_first_name: Option<&'a str>,
    creator_last_name: Option<&'a str>,
    workspace: String,
    template: bool,
    ordered: bool,
    parent: Option<String>,
    metadata: Value,
    config: Value,
    members: Vec<MemberBody<'a>>,
    subscribers: Value,
    files: Vec<FileBody<'a>>,
    related_files_enable: bool,
    archive: bool,
    archive_metadata: [&'a str; 0],
    fields: [&'a str; 0],
    permissions: [&'a str; 0],
}

/// In a procedure a file object holds the whole file; alone it names it (seen in live replies).
#[derive(Serialize)]
#[serde(untagged)]
enum FileReference<'a> {
    Whole(Box<FileBody<'a>>),
    Iri(String),
}

/// What stands for the member in the reply to `POST /file_objects`. Live replies have a reduced
/// member there; which keys it has is our choice.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ReducedMember<'a> {
    id: String,
    r#type: &'a str,
    firstname: &'a str,
    lastname: &'a str,
    email: &'a str,
    phone: &'a str,
    position: i64,
    status: &'a str,
}

fn iri(collection: &str, id: &str) -> String {
    format!("/{collection}/{id}")
}

fn parent(collection: &str, id: Option<&String>) -> Option<String> {
    id.map(|id| iri(collection, id))
}

fn optional(at: Option<Moment>) -> Option<String> {
    at.map(|at| moment(at.0))
}

pub(crate) fn file_body<'a>(file: &'a File, workspace: &str) -> FileBody<'a> {
    FileBody {
        id: iri("files", &file.id),
        name: &file.name,
        r#type: file.kind.as_str(),
        content_type: &file.content_type,
        description: file.description.as_deref(),
        created_at: moment(file.created_at.0),
        updated_at: moment(file.updated_at.0),
        sha256: &file.sha256,
        metadata: php_value(&file.metadata.0),
        workspace: iri("workspaces", workspace),
        creator: None,
        protected: false,
        position: file.position,
        parent: parent("files", file.parent.as_ref()),
    }
}

fn object<'a>(object: &'a FileObject, file: FileReference<'a>) -> FileObjectBody<'a> {
    FileObjectBody {
        id: iri("file_objects", &object.id),
        file,
        page: object.page,
        position: object.position.as_deref(),
        field_name: object.field_name.as_deref(),
        mention: object.mention.as_deref(),
        mention2: object.mention2.as_deref(),
        created_at: moment(object.created_at.0),
        updated_at: moment(object.updated_at.0),
        executed_at: optional(object.executed_at),
        parent: parent("file_objects", object.parent.as_ref()),
        reason: &object.reason,
        r#type: object.kind.as_str(),
        content: object.content.as_deref(),
        content_required: object.content_required,
        font_family: &object.font_family,
        font_size: object.font_size,
        font_color: object.font_color.as_deref(),
        member: None,
    }
}

/// A file object as it stands in a procedure, a member, or alone: with its whole file.
pub(crate) fn file_object_body<'a>(
    stored: &'a FileObject,
    file: Option<&'a File>,
    workspace: &str,
) -> FileObjectBody<'a> {
    let reference = match file {
        Some(file) => FileReference::Whole(Box::new(file_body(file, workspace))),
        None => FileReference::Iri(iri("files", &stored.file_id)),
    };
    object(stored, reference)
}

/// A file object as the reply to its creation has it: the file by IRI, the member embedded.
pub(crate) fn file_object_created_body<'a>(
    stored: &'a FileObject,
    member: Option<&'a Member>,
) -> FileObjectBody<'a> {
    let mut body = object(stored, FileReference::Iri(iri("files", &stored.file_id)));
    body.member = member.map(|member| ReducedMember {
        id: iri("members", &member.id),
        r#type: member.kind.as_str(),
        firstname: &member.firstname,
        lastname: &member.lastname,
        email: &member.email,
        phone: &member.phone,
        position: member.position,
        status: member.status.as_str(),
    });
    body
}

/// A member; `alone` as the member routes answer, which name the procedure.
pub(crate) fn member_body<'a>(
    bundle: &'a Bundle,
    member: &'a Member,
    workspace: &str,
    alone: bool,
) -> MemberBody<'a> {
    let objects = bundle.objects_of(&member.id);
    MemberBody {
        id: iri("members", &member.id),
        user: member.user.as_deref(),
        r#type: member.kind.as_str(),
        firstname: &member.firstname,
        lastname: &member.lastname,
        email: &member.email,
        phone: &member.phone,
        position: member.position,
        created_at: moment(member.created_at.0),
        updated_at: moment(member.updated_at.0),
        finished_at: optional(member.finished_at),
        status: member.status.as_str(),
        file_objects: objects
            .map(|object| file_object_body(object, bundle.file(&object.file_id), workspace))
            .collect(),
        procedure: alone.then(|| iri("procedures", &member.procedure_id)),
        comment: member.comment.as_deref(),
        notifications_email: [],
        operation_level: &member.operation_level,
        operation_custom_modes: member.operation_modes.0.clone(),
        operation_mode_sms_config: php_value(&member.sms_config.0),
        parent: parent("members", member.parent.as_ref()),
    }
}

pub(crate) fn procedure_body<'a>(bundle: &'a Bundle, workspace: &str) -> ProcedureBody<'a> {
    let procedure = &bundle.procedure;
    ProcedureBody {
        id: iri("procedures", &procedure.id),
        name: &procedure.name,
        description: procedure.description.as_deref(),
        created_at: moment(procedure.created_at.0),
        updated_at: moment(procedure.updated_at.0),
        finished_at: optional(procedure.finished_at),
        expires_at: optional(procedure.expires_at),
        status: procedure.status.as_str(),
        creator: None,
        creator_first_name: None,
        creator_last_name: None,
        workspace: iri("workspaces", workspace),
        template: procedure.template,
        ordered: procedure.ordered,
        parent: parent("procedures", procedure.parent.as_ref()),
        metadata: php_value(&procedure.metadata.0),
        config: php_value(&procedure.config.0),
        members: bundle
            .members
            .iter()
            .map(|member| member_body(bundle, member, workspace, false))
            .collect(),
        subscribers: php_value(&procedure.subscribers.0),
        files: bundle
            .files
            .iter()
            .map(|file| file_body(file, workspace))
            .collect(),
        related_files_enable: procedure.related_files_enable,
        archive: procedure.archive,
        archive_metadata: [],
        fields: [],
        permissions: [],
    }
}
