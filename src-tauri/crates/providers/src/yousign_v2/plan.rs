//! Sending in the vendor's advanced mode: a draft procedure, its files, members and file
//! objects, and last the start, before which nobody has been told anything.

use super::client::Client;
use super::convert::{
    self, DRAFT, OPEN, is_file_of, is_member_of, missing, procedure_input, sending_of,
};
use super::wire;
use crate::error::Error;
use crate::provider::{Blobs, Found};
use jiff::{Timestamp, ToSpan};
use paraph_domain::draft::{Recipient, Role};
use paraph_domain::ids::{DocumentId, FieldId, RecipientId};
use paraph_domain::sending::{Placement, PreparedFile, RemoteIds, Snapshot, Step, StepLabel};

const PROCEDURE: &str = "procedure";
const START: &str = "start";
/// Pages of drafts looked through for one of ours.
const MOST_PAGES: u32 = 20;
/// How long to wait when the vendor is in trouble before anything irrevocable left, and does not
/// say how long (our choice).
const PAUSE_BEFORE_START: jiff::SignedDuration = jiff::SignedDuration::from_secs(10);

fn file_key(document: &DocumentId) -> String {
    format!("file:{document}")
}

fn member_key(recipient: &RecipientId) -> String {
    format!("member:{recipient}")
}

fn field_key(field: &FieldId) -> String {
    format!("field:{field}")
}

/// The people who must act, in signing order.
fn members(snapshot: &Snapshot) -> impl Iterator<Item = &Recipient> {
    snapshot
        .draft
        .recipients
        .iter()
        .filter(|recipient| recipient.role != Role::Observer)
}

pub(super) fn plan(snapshot: &Snapshot) -> Vec<Step> {
    let step = |key: String, label: StepLabel| Step {
        key,
        irrevocable: label == StepLabel::Invite,
        label,
    };
    let mut steps = vec![step(PROCEDURE.to_owned(), StepLabel::CreateRequest)];
    steps.extend(snapshot.files.iter().map(|file| {
        let label = StepLabel::Upload {
            document: file.document.clone(),
            name: file.file_name.clone(),
        };
        step(file_key(&file.document), label)
    }));
    steps.extend(members(snapshot).map(|recipient| {
        let label = StepLabel::AddPerson {
            recipient: recipient.id.clone(),
            name: recipient.display_name(),
        };
        step(member_key(&recipient.id), label)
    }));
    steps.extend(snapshot.placements.iter().map(|placement| {
        let label = StepLabel::PlaceField {
            field: placement.field.clone(),
        };
        step(field_key(&placement.field), label)
    }));
    steps.push(step(START.to_owned(), StepLabel::Invite));
    steps
}

/// Takes one step and names what it made.
pub(super) async fn perform(
    client: &Client,
    step: &Step,
    snapshot: &Snapshot,
    made: &RemoteIds,
    blobs: &dyn Blobs,
    now: Timestamp,
) -> Result<RemoteIds, Error> {
    let id = match &step.label {
        StepLabel::CreateRequest => {
            client
                .create("/procedures", &procedure_input(snapshot))
                .await?
        }
        StepLabel::Upload { document, .. } => {
            let procedure = made_by(made, PROCEDURE)?;
            let (place, file) = missing(file(snapshot, document))?;
            let bytes = blobs
                .read(&file.blob)
                .await
                .map_err(|trouble| Error::Blob(trouble.to_string()))?;
            let input = convert::file_input(file, place, procedure, &bytes);
            client.create("/files", &input).await?
        }
        StepLabel::AddPerson { recipient, .. } => {
            let procedure = made_by(made, PROCEDURE)?;
            let (place, recipient) = missing(member(snapshot, recipient))?;
            let input = convert::member_input(recipient, place, procedure);
            client.create("/members", &input).await?
        }
        StepLabel::PlaceField { field } => {
            let placement = missing(placement(snapshot, field))?;
            let draft = &snapshot.draft;
            let field = missing(draft.fields.iter().find(|f| &f.id == field))?;
            let recipient = missing(draft.recipient(&placement.recipient))?;
            let input = wire::FileObjectInput {
                file: made_by(made, &file_key(&placement.document))?,
                member: made_by(made, &member_key(&placement.recipient))?,
                page: placement.page,
                position: missing(convert::position(snapshot, placement))?,
                kind: convert::file_object_kind(&field.kind, recipient, draft.invitation.language),
            };
            client.create("/file_objects", &input).await?
        }
        StepLabel::Invite => {
            let procedure = made_by(made, PROCEDURE)?;
            let ready = make_ready(client, snapshot, made)
                .await
                .map_err(|error| nothing_started(error, now))?;
            if ready {
                client.start(procedure).await?;
            }
            procedure.to_owned()
        }
    };
    Ok(RemoteIds::from([(step.key.clone(), id)]))
}

/// Finds out by reading whether a step has happened.
pub(super) async fn find(
    client: &Client,
    step: &Step,
    snapshot: &Snapshot,
    made: &RemoteIds,
) -> Result<Found, Error> {
    if step.label == StepLabel::CreateRequest {
        let found = find_procedure(client, snapshot).await?;
        return Ok(found.map_or(Found::Absent, |id| done(step, id)));
    }
    // What hangs on a procedure that was never made cannot be there either.
    let Some(id) = made.get(PROCEDURE) else {
        return Ok(Found::Absent);
    };
    let procedure = match client.procedure(id).await {
        Ok(procedure) => procedure,
        // Somebody deleted the draft, or a started procedure. Whether the step had happened
        // before cannot be read any more.
        Err(Error::NotFound) => return Ok(Found::Unknown),
        Err(error) => return Err(error),
    };
    let taken = |id: &str| {
        made.iter()
            .any(|(key, made)| made == id && key != &step.key)
    };
    let found = match &step.label {
        StepLabel::CreateRequest => Some(procedure.id),
        StepLabel::Upload { document, .. } => {
            let (_, prepared) = missing(file(snapshot, document))?;
            procedure
                .files
                .into_iter()
                .find(|file| is_file_of(file, prepared) && !taken(&file.id))
                .map(|file| file.id)
        }
        StepLabel::AddPerson { recipient, .. } => {
            let (_, recipient) = missing(member(snapshot, recipient))?;
            procedure
                .members
                .into_iter()
                .find(|member| is_member_of(member, recipient) && !taken(&member.id))
                .map(|member| member.id)
        }
        StepLabel::PlaceField { field } => {
            let placement = missing(placement(snapshot, field))?;
            let member = made_by(made, &member_key(&placement.recipient))?;
            procedure
                .members
                .into_iter()
                .filter(|entry| entry.id == member)
                .flat_map(|entry| entry.file_objects)
                .find(|object| stands_at(object, snapshot, placement, made) && !taken(&object.id))
                .map(|object| object.id)
        }
        // Any other status is reached only through a start.
        StepLabel::Invite => match procedure.status.as_str() {
            DRAFT => None,
            "" => return Ok(Found::Unknown),
            _ => Some(procedure.id),
        },
    };
    Ok(found.map_or(Found::Absent, |id| done(step, id)))
}

/// Looks for our mark among what was created since the sending was frozen. The vendor's filter
/// counts days in its own time zone, therefore a day earlier. Names are not filtered by: the
/// vendor may keep them in another form.
async fn find_procedure(client: &Client, snapshot: &Snapshot) -> Result<Option<String>, Error> {
    let since = snapshot
        .frozen_at
        .checked_sub(24.hours())
        .unwrap_or(Timestamp::MIN)
        .to_zoned(jiff::tz::TimeZone::UTC)
        .date();
    // One that was started meanwhile matters more than a draft.
    for status in [OPEN, DRAFT] {
        for page in 1..=MOST_PAGES {
            let (procedures, more) = client.procedures(Some(status), Some(since), page).await?;
            let ours = procedures
                .into_iter()
                .find(|procedure| sending_of(procedure).as_ref() == Some(&snapshot.id));
            if let Some(ours) = ours {
                return Ok(Some(ours.id));
            }
            if !more {
                break;
            }
        }
    }
    Ok(None)
}

/// Looks at the draft a last time. True when it may be started, false when it already was.
///
/// A request that was given up as lost may have arrived after its repetition, and would invite a
/// person twice; what stands there twice is deleted. What is missing stops the start: somebody
/// deleted it, and a contract with a gap must not leave.
async fn make_ready(client: &Client, snapshot: &Snapshot, made: &RemoteIds) -> Result<bool, Error> {
    let procedure = client.procedure(made_by(made, PROCEDURE)?).await?;
    if procedure.status != DRAFT {
        return Ok(false);
    }
    let is_made = |id: &str| made.values().any(|made| made == id);
    let mut there = vec![procedure.id.as_str()];
    let mut doubles = Vec::new();
    for file in &procedure.files {
        let ours = |prepared: &PreparedFile| is_file_of(file, prepared);
        if is_made(&file.id) {
            there.push(&file.id);
        } else if snapshot.files.iter().any(ours) {
            doubles.push(&file.id);
        }
    }
    for member in &procedure.members {
        if !is_made(&member.id) {
            if members(snapshot).any(|recipient| is_member_of(member, recipient)) {
                doubles.push(&member.id);
            }
            continue;
        }
        there.push(&member.id);
        for object in &member.file_objects {
            let ours = |placement: &Placement| {
                made.get(&member_key(&placement.recipient)) == Some(&member.id)
                    && stands_at(object, snapshot, placement, made)
            };
            if is_made(&object.id) {
                there.push(&object.id);
            } else if snapshot.placements.iter().any(ours) {
                doubles.push(&object.id);
            }
        }
    }
    for step in plan(snapshot).iter().filter(|step| !step.irrevocable) {
        if !there.contains(&made_by(made, &step.key)?) {
            return Err(Error::NotFound);
        }
    }
    for double in doubles {
        tracing::info!("something that arrived twice is taken out of a draft");
        client.delete(double).await?;
    }
    Ok(true)
}

/// An error from before the start left: it must not look as if people might have been invited.
fn nothing_started(error: Error, now: Timestamp) -> Error {
    match error {
        Error::AnswerLost => Error::Offline,
        Error::Unavailable { until, .. } => Error::RateLimited {
            until: until.unwrap_or(now + PAUSE_BEFORE_START),
        },
        other => other,
    }
}

fn stands_at(
    object: &wire::FileObject,
    snapshot: &Snapshot,
    placement: &Placement,
    made: &RemoteIds,
) -> bool {
    made.get(&file_key(&placement.document)) == Some(&object.file)
        && object.page == i64::from(placement.page)
        && convert::position(snapshot, placement).as_ref() == Some(&object.position)
}

fn done(step: &Step, id: String) -> Found {
    Found::Done(RemoteIds::from([(step.key.clone(), id)]))
}

fn made_by<'a>(made: &'a RemoteIds, key: &str) -> Result<&'a str, Error> {
    missing(made.get(key).map(String::as_str))
}

fn file<'a>(snapshot: &'a Snapshot, id: &DocumentId) -> Option<(usize, &'a PreparedFile)> {
    let mut files = snapshot.files.iter().enumerate();
    files.find(|(_, file)| &file.document == id)
}

fn member<'a>(snapshot: &'a Snapshot, id: &RecipientId) -> Option<(usize, &'a Recipient)> {
    let mut members = members(snapshot).enumerate();
    members.find(|(_, recipient)| &recipient.id == id)
}

fn placement<'a>(snapshot: &'a Snapshot, id: &FieldId) -> Option<&'a Placement> {
    snapshot.placements.iter().find(|p| &p.field == id)
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "start_tests.rs"]
mod start_tests;
