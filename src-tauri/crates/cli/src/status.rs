//! `paraph-cli status`.

use crate::Done;
use crate::say::Say;
use crate::session::Session;
use paraph_domain::capabilities::Environment;
use paraph_domain::draft::Role;
use paraph_domain::ids::{ProcedureId, SendingId};
use paraph_domain::procedure::{Participant, ParticipantStatus, Procedure, Status};
use paraph_domain::sending::{Delivery, Sending};
use paraph_domain::trouble::Trouble;
use paraph_engine::{Engine, Error};
use paraph_messages::Key;
use paraph_store::{FiledKind, ProcedureQuery};
use serde::Serialize;

/// More requests than this are not listed.
const LISTED: u32 = 1000;

/// A request for scripts.
#[derive(Serialize)]
pub struct Request {
    pub id: String,
    pub sending: Option<String>,
    pub name: String,
    pub environment: Environment,
    pub status: Status,
    pub people: Vec<PersonLine>,
    pub files: Vec<FileLine>,
    /// Why results are not filed yet.
    pub filing: Option<Trouble>,
}

#[derive(Serialize)]
pub struct PersonLine {
    /// The provider's id.
    pub id: String,
    pub name: String,
    pub email: String,
    pub role: Role,
    pub status: ParticipantStatus,
    pub finished_at: Option<jiff::Timestamp>,
}

#[derive(Serialize)]
pub struct FileLine {
    pub what: &'static str,
    pub path: String,
}

/// A sending that is no request yet, for scripts.
#[derive(Serialize)]
pub struct SendingLine {
    pub id: String,
    pub name: String,
    pub delivery: Delivery,
    pub trouble: Option<Trouble>,
}

#[derive(Serialize)]
struct All {
    requests: Vec<Request>,
    sendings: Vec<SendingLine>,
}

pub async fn status(say: &mut Say, id: Option<String>) -> Done {
    let mut session = Session::open(say).await?;
    session.freshen().await?;
    let all = match id {
        Some(id) => one(&session.engine, id).await?,
        None => everything(&session.engine).await?,
    };
    session.close().await;
    if all.requests.is_empty() && all.sendings.is_empty() {
        say.line(Key::CliNothing, &[]);
    }
    for sending in &all.sendings {
        print_sending(say, sending);
    }
    for request in &all.requests {
        print(say, request);
    }
    say.value(&all);
    Ok(())
}

async fn everything(engine: &Engine) -> Done<All> {
    let query = ProcedureQuery {
        limit: LISTED,
        ..ProcedureQuery::default()
    };
    let mut requests = Vec::new();
    for procedure in engine.procedures(&query).await?.procedures {
        requests.push(request(engine, procedure).await?);
    }
    let sendings = engine.sendings().await?;
    Ok(All {
        requests,
        sendings: sendings.iter().map(sending_line).collect(),
    })
}

/// The request of that id, or the one that the sending of that id became, or that sending.
async fn one(engine: &Engine, id: String) -> Done<All> {
    let mut all = All {
        requests: Vec::new(),
        sendings: Vec::new(),
    };
    match engine.procedure(&ProcedureId::new(id.clone())).await {
        Ok(procedure) => all.requests.push(request(engine, procedure).await?),
        Err(Error::NotFound(_)) => {
            let sending = engine.sending(&SendingId::new(id)).await?;
            match engine.procedure_of_sending(&sending).await? {
                Some(id) => {
                    let procedure = engine.procedure(&id).await?;
                    all.requests.push(request(engine, procedure).await?);
                }
                None => all.sendings.push(sending_line(&sending)),
            }
        }
        Err(error) => return Err(error.into()),
    }
    Ok(all)
}

pub async fn request(engine: &Engine, procedure: Procedure) -> Done<Request> {
    let files = engine.files_of(&procedure.id).await?;
    Ok(Request {
        filing: engine.filing_trouble(&procedure.id),
        id: procedure.id.0,
        sending: procedure.sending.map(|sending| sending.0),
        name: procedure.name,
        environment: procedure.environment,
        status: procedure.status,
        people: procedure.participants.into_iter().map(person).collect(),
        files: files
            .into_iter()
            .map(|file| FileLine {
                what: match file.what {
                    FiledKind::Signed => "signed",
                    FiledKind::Proof => "proof",
                },
                path: file.path,
            })
            .collect(),
    })
}

fn person(participant: Participant) -> PersonLine {
    PersonLine {
        id: participant.remote_id,
        name: participant.name,
        email: participant.email,
        role: participant.role,
        status: participant.status,
        finished_at: participant.finished_at,
    }
}

pub fn sending_line(sending: &Sending) -> SendingLine {
    SendingLine {
        id: sending.snapshot.id.0.clone(),
        name: sending.snapshot.draft.title.clone(),
        delivery: sending.delivery,
        trouble: sending.trouble.clone(),
    }
}

pub fn print(say: &Say, request: &Request) {
    let status = say.status(&request.status);
    let values = [
        ("id", request.id.as_str()),
        ("name", &request.name),
        ("status", &status),
    ];
    say.line(Key::CliRequest, &values);
    for person in &request.people {
        let status = match (&person.status, person.role) {
            (_, Role::Observer) => say.text(Key::CliPersonInformed, &[]),
            (ParticipantStatus::Waiting, _) => say.text(Key::CliPersonWaiting, &[]),
            (ParticipantStatus::Processing, _) => say.text(Key::CliPersonProcessing, &[]),
            (ParticipantStatus::Done, _) => say.text(Key::CliPersonDone, &[]),
            (ParticipantStatus::Declined, _) => say.text(Key::CliPersonDeclined, &[]),
            (ParticipantStatus::Unknown(raw), _) => raw.clone(),
        };
        let values = [
            ("name", person.name.as_str()),
            ("email", &person.email),
            ("status", &status),
        ];
        say.line(Key::CliPerson, &values);
    }
    for file in &request.files {
        say.line(Key::CliFiled, &[("path", &file.path)]);
    }
}

fn print_sending(say: &Say, sending: &SendingLine) {
    let key = match sending.delivery {
        Delivery::Queued => Key::CliSendingQueued,
        Delivery::Sending => Key::CliSendingUnderWay,
        Delivery::Unclear => Key::CliSendingUnclear,
        Delivery::Sent => Key::CliSendingSent,
        Delivery::Failed => Key::CliSendingFailed,
        Delivery::Undone => Key::CliSendingUndone,
    };
    let why = say.trouble(sending.trouble.as_ref().unwrap_or(&Trouble::Internal));
    let state = say.text(key, &[("why", &why)]);
    let values = [
        ("id", sending.id.as_str()),
        ("name", &sending.name),
        ("state", &state),
    ];
    say.line(Key::CliSending, &values);
}
