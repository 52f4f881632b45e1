//! Shows that the person who signs reads the mailbox or holds the phone that was named.
//!
//! Nothing is sent: the page shows the code in a panel that is marked as practice. The check of
//! what is typed is a real one. Lengths, lifetimes and limits are our choice.

use crate::app::App;
use crate::state::codes::{Channel, Code};
use crate::state::members::{Kind, Member};
use crate::state::{DbError, codes};
use jiff::SignedDuration;
use rusqlite::Connection;

/// How long a code can be used.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// Wrong tries after which a new code is needed.
const ATTEMPTS: i64 = 5;

/// What became of a typed code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum CodeCheck {
    Right,
    Wrong,
    /// There is none, it is too old, or it was tried too often.
    Unusable,
}

/// How this member has to show who they are. A validator and `operationLevel: none` need nothing.
pub(crate) fn channel(member: &Member) -> Option<Channel> {
    if member.kind == Kind::Validator || member.operation_level == "none" {
        return None;
    }
    let modes = member.operation_modes.0.as_array()?;
    modes
        .iter()
        .filter_map(|mode| mode.as_str())
        .find_map(Channel::parse)
}

/// Makes a new code for the member, in place of one before.
pub(crate) fn make_code(app: &App, db: &Connection, member: &Member) -> Result<(), DbError> {
    let Some(channel) = channel(member) else {
        return Ok(());
    };
    let code = Code {
        code: app.new_code(),
        channel,
        created_at: app.now(),
        attempts: 0,
    };
    codes::save(db, &member.id, &code)
}

/// The code that can be used now, for the practice panel.
pub(crate) fn usable_code(
    app: &App,
    db: &Connection,
    member: &Member,
) -> Result<Option<Code>, DbError> {
    let age = |code: &Code| app.now().0.duration_since(code.created_at.0);
    let code = codes::find(db, &member.id)?;
    Ok(code.filter(|code| code.attempts < ATTEMPTS && age(code) < LIFETIME))
}

/// Compares what was typed with the code; a wrong try is counted.
pub(crate) fn check(
    app: &App,
    db: &Connection,
    member: &Member,
    typed: &str,
) -> Result<CodeCheck, DbError> {
    let Some(mut code) = usable_code(app, db, member)? else {
        return Ok(CodeCheck::Unusable);
    };
    let typed: String = typed
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    if typed == code.code {
        return Ok(CodeCheck::Right);
    }
    code.attempts = code.attempts.saturating_add(1);
    codes::save(db, &member.id, &code)?;
    Ok(if code.attempts < ATTEMPTS {
        CodeCheck::Wrong
    } else {
        CodeCheck::Unusable
    })
}
