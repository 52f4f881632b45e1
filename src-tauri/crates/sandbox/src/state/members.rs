//! Members: the people of a procedure.

use super::{DbError, Json, Moment, text_enum};
use rusqlite::{Connection, OptionalExtension, Row, named_params};

text_enum! {
    /// What a member does.
    Kind { Signer = "signer", Validator = "validator" }
}

text_enum! {
    /// A member's status as the vendor names it.
    MemberStatus { Pending = "pending", Processing = "processing", Done = "done", Refused = "refused" }
}

#[derive(Debug, Clone)]
pub(crate) struct Member {
    pub id: String,
    pub procedure_id: String,
    pub user: Option<String>,
    pub kind: Kind,
    pub firstname: String,
    pub lastname: String,
    pub email: String,
    /// E.164 once it has been checked.
    pub phone: String,
    pub position: i64,
    pub created_at: Moment,
    pub updated_at: Moment,
    pub finished_at: Option<Moment>,
    pub status: MemberStatus,
    /// Why the member refused.
    pub comment: Option<String>,
    pub operation_level: String,
    /// A JSON list, or null for a validator.
    pub operation_modes: Json,
    pub sms_config: Json,
    pub email_config: Json,
    pub parent: Option<String>,
    pub language: Option<String>,
    pub user_agent: Option<String>,
    pub identity_check: Option<String>,
}

impl Member {
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.firstname, self.lastname)
            .trim()
            .to_owned()
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Member> {
    Ok(Member {
        id: row.get("id")?,
        procedure_id: row.get("procedure_id")?,
        user: row.get("user")?,
        kind: row.get("kind")?,
        firstname: row.get("firstname")?,
        lastname: row.get("lastname")?,
        email: row.get("email")?,
        phone: row.get("phone")?,
        position: row.get("position")?,
        created_at: row.get("created_at")?,
        updated_at: row.get("updated_at")?,
        finished_at: row.get("finished_at")?,
        status: row.get("status")?,
        comment: row.get("comment")?,
        operation_level: row.get("operation_level")?,
        operation_modes: row.get("operation_modes")?,
        sms_config: row.get("sms_config")?,
        email_config: row.get("email_config")?,
        parent: row.get("parent")?,
        language: row.get("language")?,
        user_agent: row.get("user_agent")?,
        identity_check: row.get("identity_check")?,
    })
}

/// The member, also when the procedure was deleted.
pub(crate) fn find(db: &Connection, id: &str) -> Result<Option<Member>, DbError> {
    let found = db
        .query_row("SELECT * FROM members WHERE id = ?1", [id], read)
        .optional()?;
    Ok(found)
}

/// A procedure's members in the order of their positions (seen in live replies).
pub(crate) fn of_procedure(db: &Connection, procedure_id: &str) -> Result<Vec<Member>, DbError> {
    let mut query = db.prepare(
        "SELECT * FROM members WHERE procedure_id = ?1 ORDER BY position, created_at, rowid",
    )?;
    let found = query
        .query_map([procedure_id], read)?
        .collect::<Result<_, _>>()?;
    Ok(found)
}

/// Writes the member, new or not.
pub(crate) fn save(db: &Connection, member: &Member) -> Result<(), DbError> {
    db.execute(
        "INSERT INTO members (id, procedure_id, user, kind, firstname, lastname, email, phone,
            position, created_at, updated_at, finished_at, status, comment, operation_level,
            operation_modes, sms_config, email_config, parent, language, user_agent,
            identity_check)
         VALUES (:id, :procedure_id, :user, :kind, :firstname, :lastname, :email, :phone,
            :position, :created_at, :updated_at, :finished_at, :status, :comment,
            :operation_level, :operation_modes, :sms_config, :email_config, :parent, :language,
            :user_agent, :identity_check)
         ON CONFLICT (id) DO UPDATE SET user = excluded.user, kind = excluded.kind,
            firstname = excluded.firstname, lastname = excluded.lastname, email = excluded.email,
            phone = excluded.phone, position = excluded.position,
            updated_at = excluded.updated_at, finished_at = excluded.finished_at,
            status = excluded.status, comment = excluded.comment,
            operation_level = excluded.operation_level,
            operation_modes = excluded.operation_modes, sms_config = excluded.sms_config,
            email_config = excluded.email_config, language = excluded.language,
            user_agent = excluded.user_agent, identity_check = excluded.identity_check",
        named_params! {
            ":id": member.id, ":procedure_id": member.procedure_id, ":user": member.user,
            ":kind": member.kind, ":firstname": member.firstname, ":lastname": member.lastname,
            ":email": member.email, ":phone": member.phone, ":position": member.position,
            ":created_at": member.created_at, ":updated_at": member.updated_at,
            ":finished_at": member.finished_at, ":status": member.status,
            ":comment": member.comment, ":operation_level": member.operation_level,
            ":operation_modes": member.operation_modes, ":sms_config": member.sms_config,
            ":email_config": member.email_config, ":parent": member.parent,
            ":language": member.language, ":user_agent": member.user_agent,
            ":identity_check": member.identity_check,
        },
    )?;
    Ok(())
}

pub(crate) fn delete(db: &Connection, id: &str) -> Result<(), DbError> {
    db.execute("DELETE FROM members WHERE id = ?1", [id])?;
    Ok(())
}

/// Signatures that a crash interrupted are begun again by their members.
pub(crate) fn reset_processing(db: &Connection) -> Result<(), DbError> {
    db.execute(
        "UPDATE members SET status = 'pending' WHERE status = 'processing'",
        [],
    )?;
    Ok(())
}
