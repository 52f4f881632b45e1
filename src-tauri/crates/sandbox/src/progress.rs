//! How a procedure moves: started, signed, refused, expired, deleted, and who hears of it.
//!
//! Time passes when somebody looks: every request first lets what is due happen ([`tick`]).

use crate::answer::ApiError;
use crate::app::App;
use crate::mail::{self, Event};
use crate::state::bundle::Bundle;
use crate::state::files::FileKind;
use crate::state::members::{Kind, MemberStatus};
use crate::state::procedures::Status;
use crate::state::{DbError, Moment, files, members, procedures};
use crate::wire::Violation;
use jiff::SignedDuration;
use rusqlite::Connection;
use serde_json::Value;

const SECONDS_OF_DAY: i64 = 24 * 60 * 60;

/// Invites the people of a draft, which is the point of no return.
///
/// Errors: 400 when it is no draft or misses something. What is missed is documented only in
/// part; the checks are our choice.
pub(crate) fn start(app: &App, db: &Connection, bundle: &mut Bundle) -> Result<(), ApiError> {
    let now = app.now();
    if bundle.procedure.status != Status::Draft {
        return Err(ApiError::violation(
            "start",
            "The procedure is already started.",
        ));
    }
    let missing = missing_to_start(bundle, now);
    if !missing.is_empty() {
        return Err(ApiError::Violations(missing));
    }
    bundle.procedure.status = Status::Active;
    bundle.procedure.started_at = Some(now);
    bundle.procedure.updated_at = now;
    procedures::save(db, &bundle.procedure)?;
    procedures::count_start(db, &bundle.procedure.id)?;
    mail::announce(app, db, bundle, Event::ProcedureStarted, None)?;
    for member in bundle.in_turn() {
        mail::announce(app, db, bundle, Event::MemberStarted, Some(&member.id))?;
    }
    Ok(())
}

fn missing_to_start(bundle: &Bundle, now: Moment) -> Vec<Violation> {
    let mut missing = Vec::new();
    if bundle.procedure.template {
        missing.push(Violation::new("template", "A template cannot be started."));
    }
    if bundle.procedure.expires_at.is_some_and(|at| at <= now) {
        missing.push(Violation::new(
            "expiresAt",
            "This value should be in the future.",
        ));
    }
    if !bundle
        .members
        .iter()
        .any(|member| member.kind == Kind::Signer)
    {
        missing.push(Violation::new(
            "members",
            "There must be at least one signer.",
        ));
    }
    for (index, member) in bundle.members.iter().enumerate() {
        if member.kind == Kind::Signer && bundle.objects_of(&member.id).next().is_none() {
            let path = format!("members[{index}].fileObjects");
            missing.push(Violation::new(path, "This signer has nothing to sign."));
        }
    }
    if !bundle
        .files
        .iter()
        .any(|file| file.kind == FileKind::Signable)
    {
        missing.push(Violation::new(
            "files",
            "There must be at least one file to sign.",
        ));
    }
    missing
}

/// Records that a member has signed or approved, and what follows from it.
pub(crate) fn member_done(
    app: &App,
    db: &Connection,
    bundle: &mut Bundle,
    member_id: &str,
) -> Result<(), DbError> {
    let now = app.now();
    let before: Vec<String> = ids_in_turn(bundle);
    settle_member(db, bundle, member_id, MemberStatus::Done, now)?;
    mail::announce(app, db, bundle, Event::MemberFinished, Some(member_id))?;
    if bundle.everybody_is_done() {
        close(db, bundle, Status::Finished, now)?;
        return mail::announce(app, db, bundle, Event::ProcedureFinished, None);
    }
    for next in ids_in_turn(bundle).iter().filter(|id| !before.contains(id)) {
        mail::announce(app, db, bundle, Event::MemberStarted, Some(next))?;
    }
    Ok(())
}

/// Records a refusal, which ends the procedure for everybody (documented).
pub(crate) fn member_refused(
    app: &App,
    db: &Connection,
    bundle: &mut Bundle,
    member_id: &str,
    comment: &str,
) -> Result<(), DbError> {
    let now = app.now();
    if let Some(member) = bundle
        .members
        .iter_mut()
        .find(|member| member.id == member_id)
    {
        member.comment = Some(comment.to_owned());
    }
    settle_member(db, bundle, member_id, MemberStatus::Refused, now)?;
    close(db, bundle, Status::Refused, now)?;
    mail::announce(app, db, bundle, Event::ProcedureRefused, Some(member_id))
}

/// Takes a procedure away. Its row stays, so that its links can say what became of it; its
/// documents' bytes do not.
pub(crate) fn delete(app: &App, db: &Connection, bundle: &mut Bundle) -> Result<(), DbError> {
    if bundle.procedure.status == Status::Active {
        mail::announce(app, db, bundle, Event::ProcedureDeleted, None)?;
    }
    bundle.procedure.deleted_at = Some(app.now());
    procedures::save(db, &bundle.procedure)?;
    files::forget_contents(db, &bundle.procedure.id)
}

/// Lets happen what is due: expiry and automatic reminders.
pub(crate) fn tick(app: &App, db: &Connection) -> Result<(), DbError> {
    let now = app.now();
    for procedure in procedures::active(db)? {
        if procedure.expires_at.is_some_and(|at| at <= now) {
            let mut bundle = Bundle::around(db, procedure)?;
            close(db, &mut bundle, Status::Expired, now)?;
            mail::announce(app, db, &bundle, Event::ProcedureExpired, None)?;
        } else if procedure.config.0.get("reminders").is_some() {
            remind_when_due(app, db, &Bundle::around(db, procedure)?, now)?;
        }
    }
    Ok(())
}

/// `interval` in days from the creation, `limit` times (documented). Our choice: reminders missed
/// while the sandbox was off become one.
fn remind_when_due(
    app: &App,
    db: &Connection,
    bundle: &Bundle,
    now: Moment,
) -> Result<(), DbError> {
    let rules = bundle
        .procedure
        .config
        .0
        .get("reminders")
        .and_then(Value::as_array);
    for (rule, place) in rules.into_iter().flatten().zip(0_i64..) {
        let number = |key, default| rule.get(key).and_then(Value::as_i64).unwrap_or(default);
        let age = now.0.duration_since(bundle.procedure.created_at.0);
        let due = times_due(age, number("interval", 1)).min(number("limit", 5));
        if due > procedures::reminders_sent(db, &bundle.procedure.id, place)? {
            procedures::set_reminders_sent(db, &bundle.procedure.id, place, due)?;
            if let Some(config) = rule.get("config") {
                mail::announce_with(app, db, bundle, Event::ReminderExecuted, None, config)?;
            }
        }
    }
    Ok(())
}

/// How often an interval of `days` has passed. One that is too long to be counted never has: an
/// old state may hold what is refused today.
fn times_due(age: SignedDuration, days: i64) -> i64 {
    days.max(1)
        .checked_mul(SECONDS_OF_DAY)
        .and_then(|interval| age.as_secs().checked_div(interval))
        .unwrap_or(0)
}

fn ids_in_turn(bundle: &Bundle) -> Vec<String> {
    bundle
        .in_turn()
        .into_iter()
        .map(|member| member.id.clone())
        .collect()
}

/// Our choice: a member's act moves the member's `updatedAt` and not the procedure's, which is
/// the harder case for who follows procedures by `updatedAt`.
fn settle_member(
    db: &Connection,
    bundle: &mut Bundle,
    member_id: &str,
    status: MemberStatus,
    now: Moment,
) -> Result<(), DbError> {
    if let Some(member) = bundle
        .members
        .iter_mut()
        .find(|member| member.id == member_id)
    {
        member.status = status;
        member.updated_at = now;
        member.finished_at = Some(now);
        members::save(db, member)?;
    }
    Ok(())
}

/// `finishedAt` is set for a finished procedure only: our choice.
fn close(db: &Connection, bundle: &mut Bundle, status: Status, now: Moment) -> Result<(), DbError> {
    bundle.procedure.status = status;
    bundle.procedure.updated_at = now;
    bundle.procedure.finished_at = (status == Status::Finished).then_some(now);
    procedures::save(db, &bundle.procedure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_of_any_length_is_counted_without_harm() {
        let age = SignedDuration::from_hours(24 * 7);
        assert_eq!(times_due(age, 3), 2, "every third day of a week");
        assert_eq!(times_due(age, 0), 7, "no interval is shorter than a day");
        for endless in [3_651, i64::MAX / SECONDS_OF_DAY, i64::MAX] {
            assert_eq!(times_due(age, endless), 0, "{endless} days have not passed");
        }
    }
}
