//! Drafts, their problems, and files that become documents.

use super::{account_of, sent_phone};
use crate::views::{
    DraftState, DraftView, FileLock, FileProblem, FileRight, PhoneView, ProblemView, RefusedFile,
};
use paraph_domain::checks::Problem;
use paraph_domain::edit::DraftEdit;
use paraph_engine::{DraftLook, Engine, FileRefused, Lock, RefusedWhy, Right};

/// `mend`: the edit that mends it.
pub fn problem(problem: Problem, mend: Option<DraftEdit>) -> ProblemView {
    ProblemView {
        blocks: problem.blocks(),
        problem,
        mend,
    }
}

/// Everything that is said about a draft.
pub fn problems(engine: &Engine, look: &DraftLook) -> Vec<ProblemView> {
    let of_look = |found: &Problem| {
        let mend = engine.mend(found, &look.draft, look.capabilities.as_ref());
        problem(found.clone(), mend)
    };
    look.problems.iter().map(of_look).collect()
}

pub fn draft_state(state: paraph_store::DraftState) -> DraftState {
    match state {
        paraph_store::DraftState::Editing => DraftState::Editing,
        paraph_store::DraftState::Sending => DraftState::Sending,
        paraph_store::DraftState::Sent => DraftState::Sent,
    }
}

pub async fn draft(engine: &Engine, look: DraftLook) -> DraftView {
    DraftView {
        problems: problems(engine, &look),
        account: account_of(engine, look.account.as_ref()).await,
        state: draft_state(look.state),
        capabilities: look.capabilities,
        field_defaults: look.field_defaults,
        phones: look
            .draft
            .recipients
            .iter()
            .filter_map(|recipient| {
                Some(PhoneView {
                    recipient: recipient.id.clone(),
                    number: sent_phone(recipient)?,
                })
            })
            .collect(),
        undo: look.undo,
        redo: look.redo,
        sending: look.sending,
        draft: look.draft,
    }
}

pub fn refused(file: FileRefused) -> RefusedFile {
    let reason = match file.why {
        RefusedWhy::NotPdf => FileProblem::NotPdf,
        RefusedWhy::Empty => FileProblem::Empty,
        RefusedWhy::NoPages => FileProblem::NoPages,
        RefusedWhy::Damaged => FileProblem::Damaged,
        RefusedWhy::TooLarge { limit } => FileProblem::TooLarge {
            limit: u32::try_from(limit).unwrap_or(u32::MAX),
        },
        RefusedWhy::UnsupportedSecurity => FileProblem::UnsupportedSecurity,
        RefusedWhy::Protected => FileProblem::Protected,
        RefusedWhy::SignedAndEncrypted => FileProblem::SignedAndEncrypted,
        RefusedWhy::DynamicForm => FileProblem::DynamicForm,
        RefusedWhy::Changing => FileProblem::Changing,
        RefusedWhy::Missing => FileProblem::Missing,
        RefusedWhy::NotAFile => FileProblem::NotAFile,
        RefusedWhy::Unreadable => FileProblem::Unreadable,
        RefusedWhy::Unrenderable => FileProblem::Unrenderable,
    };
    RefusedFile {
        name: file.name,
        reason,
    }
}

pub fn lock(lock: &Lock) -> FileLock {
    match lock {
        Lock::Password => FileLock::Password,
        Lock::Rights { forbidden } => FileLock::Rights {
            forbidden: forbidden.iter().copied().map(right).collect(),
        },
    }
}

fn right(right: Right) -> FileRight {
    match right {
        Right::Print => FileRight::Print,
        Right::Change => FileRight::Change,
        Right::Copy => FileRight::Copy,
        Right::Annotate => FileRight::Annotate,
        Right::FillForms => FileRight::FillForms,
        Right::Assemble => FileRight::Assemble,
    }
}
