//! A procedure with everything in it.

use super::file_objects::FileObject;
use super::files::File;
use super::members::{Member, MemberStatus};
use super::procedures::{Procedure, Status};
use super::{DbError, file_objects, files, members, procedures};
use rusqlite::Connection;

#[derive(Debug, Clone)]
pub(crate) struct Bundle {
    pub procedure: Procedure,
    /// By position.
    pub members: Vec<Member>,
    pub files: Vec<File>,
    pub objects: Vec<FileObject>,
}

impl Bundle {
    /// The procedure unless it was deleted.
    pub(crate) fn find(db: &Connection, procedure_id: &str) -> Result<Option<Self>, DbError> {
        procedures::find(db, procedure_id)?
            .map(|procedure| Self::around(db, procedure))
            .transpose()
    }

    pub(crate) fn around(db: &Connection, procedure: Procedure) -> Result<Self, DbError> {
        Ok(Self {
            members: members::of_procedure(db, &procedure.id)?,
            files: files::of_procedure(db, &procedure.id)?,
            objects: file_objects::of_procedure(db, &procedure.id)?,
            procedure,
        })
    }

    pub(crate) fn member(&self, id: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.id == id)
    }

    pub(crate) fn file(&self, id: &str) -> Option<&File> {
        self.files.iter().find(|file| file.id == id)
    }

    pub(crate) fn objects_of<'a>(
        &'a self,
        member_id: &'a str,
    ) -> impl Iterator<Item = &'a FileObject> + 'a {
        self.objects
            .iter()
            .filter(move |object| object.member_id.as_deref() == Some(member_id))
    }

    /// The members who can act now. With `ordered` these are the waiting ones of the lowest
    /// position: members who share a position act in any order.
    pub(crate) fn in_turn(&self) -> Vec<&Member> {
        if self.procedure.status != Status::Active {
            return Vec::new();
        }
        let waiting = |member: &&Member| {
            matches!(
                member.status,
                MemberStatus::Pending | MemberStatus::Processing
            )
        };
        let first = self
            .members
            .iter()
            .filter(waiting)
            .map(|member| member.position)
            .min();
        self.members
            .iter()
            .filter(waiting)
            .filter(|member| !self.procedure.ordered || Some(member.position) == first)
            .collect()
    }

    pub(crate) fn everybody_is_done(&self) -> bool {
        self.members
            .iter()
            .all(|member| member.status == MemberStatus::Done)
    }
}
