//! What is being sent, and what has been.

use super::{account_of, error, time};
use crate::error::IpcError;
use crate::views::{EventKind, EventView, ParticipantView, ProcedureRow, SendingView, StepView};
use paraph_domain::draft::{Draft, Role};
use paraph_domain::procedure::{Event, Participant, Procedure};
use paraph_domain::sending::Sending;
use paraph_engine::Engine;
use paraph_store::StoredEvent;

pub async fn sending(engine: &Engine, sending: Sending) -> Result<SendingView, IpcError> {
    Ok(SendingView {
        procedure: engine.procedure_of_sending(&sending).await.map_err(error)?,
        account: account_of(engine, Some(&sending.snapshot.account)).await,
        may_have_started: sending.may_have_started(),
        may_be_abandoned: sending.may_be_abandoned(),
        id: sending.snapshot.id,
        draft: sending.draft,
        title: sending.snapshot.draft.title,
        delivery: sending.delivery,
        leaves_at: time(sending.leaves_at),
        steps: sending
            .steps
            .into_iter()
            .map(|(step, state)| StepView {
                label: step.label,
                state,
            })
            .collect(),
        trouble: sending.trouble,
        next_try: sending.next_try.map(time),
        tried_at: sending.tried_at.map(time),
    })
}

pub fn procedure_row(
    procedure: &Procedure,
    account_name: String,
    draft: Option<&Draft>,
) -> ProcedureRow {
    let turn: Vec<&str> = procedure
        .whose_turn()
        .iter()
        .map(|person| person.remote_id.as_str())
        .collect();
    let waiting_since = procedure
        .waiting_since()
        .filter(|_| !turn.is_empty())
        .map(time);
    let mut participants: Vec<ParticipantView> = procedure
        .participants
        .iter()
        .enumerate()
        .map(|(place, person)| {
            participant(
                person,
                place,
                turn.contains(&person.remote_id.as_str()),
                &waiting_since,
                draft,
            )
        })
        .collect();
    participants.sort_by_key(|person| person.role == Role::Observer);
    ProcedureRow {
        id: procedure.id.clone(),
        name: procedure.name.clone(),
        environment: procedure.environment,
        account_name,
        status: procedure.status.clone(),
        participants,
        created_at: time(procedure.created_at),
        updated_at: time(procedure.updated_at),
        waiting_since,
        expires_at: procedure.expires_at.map(time),
        mine: procedure.is_ours(),
    }
}

fn participant(
    person: &Participant,
    place: usize,
    turn: bool,
    waiting_since: &Option<String>,
    draft: Option<&Draft>,
) -> ParticipantView {
    let recipient = draft.and_then(|draft| draft.recipient(person.recipient.as_ref()?));
    ParticipantView {
        id: person.remote_id.clone(),
        name: person.name.clone(),
        email: person.email.clone(),
        role: person.role,
        identity_check: person.identity_check,
        status: person.status.clone(),
        colour: recipient.map_or_else(
            || u8::try_from(place % 8).unwrap_or(0),
            |recipient| recipient.colour,
        ),
        turn,
        since: waiting_since.clone().filter(|_| turn),
        finished_at: person.finished_at.map(time),
        comment: person.comment.clone(),
        has_link: turn,
    }
}

pub fn event(event: &StoredEvent) -> EventView {
    let (what, person, reason) = match &event.event {
        Event::Signed { name, .. } => (EventKind::Signed, Some(name.clone()), None),
        Event::Approved { name, .. } => (EventKind::Approved, Some(name.clone()), None),
        Event::Declined { name, reason, .. } => {
            (EventKind::Declined, Some(name.clone()), reason.clone())
        }
        Event::Completed => (EventKind::Completed, None, None),
        Event::Expired => (EventKind::Expired, None, None),
        Event::Canceled => (EventKind::Canceled, None, None),
    };
    EventView {
        what,
        person,
        reason,
        seen_at: time(event.seen_at),
    }
}
