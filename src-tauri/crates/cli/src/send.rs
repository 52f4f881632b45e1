//! `paraph-cli send`: a draft from the arguments, sent, and with `--wait` followed to its end.

use crate::Done;
use crate::asked::{Asked, PageNumber, Place, person, place};
use crate::failure::{Failure, not_taken};
use crate::say::Say;
use crate::session::Session;
use crate::status::{Request, SendingLine, print, request, sending_line};
use paraph_domain::capabilities::ProviderKind;
use paraph_domain::checks::Problem;
use paraph_domain::draft::{Draft, Field, Recipient, Role};
use paraph_domain::edit::DraftEdit;
use paraph_domain::ids::{AccountId, DraftId, FieldId, PageId, ProcedureId, RecipientId};
use paraph_domain::procedure::Status;
use paraph_domain::sending::{Delivery, Sending};
use paraph_domain::trouble::Trouble;
use paraph_engine::seams::{Randomness, SystemRandomness};
use paraph_engine::{Engine, Error};
use paraph_messages::Key;
use serde::Serialize;

/// What is printed for scripts.
#[derive(Serialize)]
struct Sent {
    sending: SendingLine,
    /// None while another process is still sending it.
    request: Option<Request>,
}

pub async fn send(say: &mut Say, asked: Asked) -> Done {
    let places: Vec<Place> = asked
        .fields
        .iter()
        .map(|given| place(given))
        .collect::<Done<_>>()?;
    let people = recipients(&asked)?;
    let mut session = Session::open(say).await?;
    let done = send_in(say, &mut session, asked, people, places).await;
    session.close().await;
    done
}

async fn send_in(
    say: &Say,
    session: &mut Session,
    asked: Asked,
    people: Vec<Recipient>,
    places: Vec<Place>,
) -> Done {
    let engine = session.engine.clone();
    let account = account(say, &engine, asked.account.as_deref()).await?;
    let import = engine.import(None, &asked.files).await?;
    let id = match &import.draft {
        Some(id) if import.refused.is_empty() && import.locked.is_empty() => id.clone(),
        _ => {
            // A contract without one of its files is not what was asked for.
            if let Some(id) = &import.draft {
                put_aside(&engine, id).await;
            }
            return Err(Failure::FilesRefused(not_taken(import)));
        }
    };
    let wait = asked.wait;
    let sending = match prepare_and_send(&engine, &id, asked, account, people, places).await {
        Ok(sending) => sending,
        Err(failure) => {
            put_aside(&engine, &id).await;
            return Err(failure);
        }
    };
    let title = sending.snapshot.draft.title.clone();
    if !session.has_the_folder() {
        say.line(Key::CliQueuedElsewhere, &[("title", &title)]);
        if !wait {
            let sending = sending_line(&sending);
            say.value(&Sent {
                sending,
                request: None,
            });
            return Ok(());
        }
    } else {
        let seconds = engine.settings().await?.undo_seconds;
        if seconds > 0 {
            say.aside(Key::CliLeaves, &[("seconds", &seconds.to_string())]);
        }
    }
    let (sending, procedure) = until_sent(session, &sending).await?;
    say.line(
        Key::CliSent,
        &[("title", &title), ("id", procedure.as_str())],
    );
    let mut unfiled = None;
    if wait {
        say.aside(Key::CliWaiting, &[]);
        unfiled = until_ended(session, &procedure).await?;
    }
    let procedure = engine.procedure(&procedure).await?;
    let (name, status) = (procedure.name.clone(), procedure.status.clone());
    let request = request(&engine, procedure).await?;
    if wait {
        print(say, &request);
    }
    let sent = Sent {
        sending: sending_line(&sending),
        request: Some(request),
    };
    if wait && status != Status::Completed {
        let sent = json(&sent);
        return Err(Failure::NotCompleted { name, status, sent });
    }
    if let Some(trouble) = unfiled {
        let sent = json(&sent);
        return Err(Failure::NotFiled {
            name,
            trouble,
            sent,
        });
    }
    say.value(&sent);
    Ok(())
}

/// What a failure tells scripts beside itself: one object is printed, not two.
fn json(sent: &Sent) -> Box<serde_json::Value> {
    // Values of ours have no maps with other keys than texts, which is all that can fail.
    Box::new(serde_json::to_value(sent).unwrap_or_default())
}

/// Scripts try again with other arguments, and half-made drafts would pile up.
async fn put_aside(engine: &Engine, id: &DraftId) {
    if let Err(error) = engine.delete_draft(id).await {
        tracing::warn!(%error, "a draft that was not sent stays");
    }
}

/// The account that is named, or the default one.
async fn account(say: &Say, engine: &Engine, named: Option<&str>) -> Done<AccountId> {
    let Some(name) = named else {
        let default = engine.settings().await?.default_account;
        return default.ok_or(Failure::NoAccount);
    };
    let accounts = engine.accounts().await?;
    let found = accounts
        .iter()
        .find(|look| look.account.id.as_str() == name || look.account.name == name);
    if let Some(look) = found {
        return Ok(look.account.id.clone());
    }
    if name == "practice" {
        let practice = accounts
            .iter()
            .find(|look| look.account.kind == ProviderKind::Practice);
        if let Some(look) = practice {
            return Ok(look.account.id.clone());
        }
        let called = say.text(Key::AccountPracticeName, &[]);
        return Ok(engine.add_practice_account(&called).await?.account.id);
    }
    Err(Failure::NoSuchAccount(name.to_owned()))
}

fn recipients(asked: &Asked) -> Done<Vec<Recipient>> {
    asked
        .signers
        .iter()
        .zip(0_u8..)
        .map(|(given, colour)| {
            let person = person(given)?;
            Ok(Recipient {
                id: RecipientId::new(SystemRandomness.id()),
                first_name: person.first_name,
                last_name: person.last_name,
                email: person.email,
                phone: person.phone,
                role: Role::Signer,
                identity_check: asked.identity.into(),
                colour: colour % 8,
            })
        })
        .collect()
}

async fn prepare_and_send(
    engine: &Engine,
    id: &DraftId,
    asked: Asked,
    account: AccountId,
    people: Vec<Recipient>,
    places: Vec<Place>,
) -> Done<Sending> {
    let draft = engine.draft(id).await?.draft;
    let mut invitation = draft.invitation.clone();
    invitation.deadline = asked.deadline;
    invitation.message = asked.message.unwrap_or_default();
    let mut edits = vec![
        DraftEdit::SetAccount {
            account: Some(account),
        },
        DraftEdit::SetOrdered {
            ordered: asked.ordered,
        },
        DraftEdit::SetInvitation { invitation },
    ];
    if let Some(title) = asked.title {
        edits.push(DraftEdit::SetTitle { title });
    }
    let fields = places
        .iter()
        .map(|place| field(&draft, &people, place))
        .collect::<Done<Vec<_>>>()?;
    for (recipient, at) in people.into_iter().zip(0..) {
        edits.push(DraftEdit::InsertRecipient { recipient, at });
    }
    for (field, at) in fields.into_iter().zip(0..) {
        edits.push(DraftEdit::InsertField { field, at });
    }
    let look = engine
        .edit_draft(id, DraftEdit::Batch { edits }, "undo_add_documents")
        .await?;
    match engine.send_draft(id, look.draft.revision, None).await {
        Ok(sending) => Ok(sending),
        Err(Error::NotReady(problems)) => Err(Failure::NotReady {
            draft: Box::new(look.draft),
            problems,
        }),
        Err(Error::NotStraightened { document, .. }) => Err(Failure::NotReady {
            draft: Box::new(look.draft),
            problems: vec![Problem::NotStraightened { document }],
        }),
        Err(error) => Err(error.into()),
    }
}

fn field(draft: &Draft, people: &[Recipient], place: &Place) -> Done<Field> {
    let count = people.len();
    let signer = place.signer.checked_sub(1).and_then(|at| people.get(at));
    let signer = signer.ok_or(Failure::NoSuchSigner {
        number: place.signer,
        count,
    })?;
    Ok(Field {
        id: FieldId::new(SystemRandomness.id()),
        page: page(draft, place).ok_or_else(|| Failure::NoSuchPage {
            document: place.document,
            page: match place.page {
                PageNumber::Nth(number) => number.to_string(),
                PageNumber::Last => "last".to_owned(),
            },
        })?,
        recipient: signer.id.clone(),
        rect: place.rect,
        kind: place.kind.clone(),
    })
}

fn page(draft: &Draft, place: &Place) -> Option<PageId> {
    let document = draft.documents.get(place.document.checked_sub(1)?)?;
    let page = match place.page {
        PageNumber::Nth(number) => document.pages.get(number.checked_sub(1)?)?,
        PageNumber::Last => document.pages.last()?,
    };
    Some(page.id.clone())
}

async fn until_sent(session: &mut Session, sending: &Sending) -> Done<(Sending, ProcedureId)> {
    let id = sending.snapshot.id.clone();
    session
        .until(async |engine| {
            let sending = engine.sending(&id).await?;
            let title = sending.snapshot.draft.title.clone();
            match sending.delivery {
                Delivery::Failed => Err(Failure::NotSent {
                    title,
                    trouble: sending.trouble,
                }),
                Delivery::Undone => Err(Failure::TakenBack { title }),
                Delivery::Queued | Delivery::Sending | Delivery::Unclear => Ok(None),
                Delivery::Sent => {
                    let procedure = engine.procedure_of_sending(&sending).await?;
                    Ok(procedure.map(|procedure| (sending, procedure)))
                }
            }
        })
        .await
}

/// Until nothing can happen any more and what came of it is filed. Returns why it is not, when it
/// cannot be.
async fn until_ended(session: &mut Session, id: &ProcedureId) -> Done<Option<Trouble>> {
    session
        .until(async |engine| {
            let procedure = engine.procedure(id).await?;
            if procedure.status.is_open() {
                return Ok(None);
            }
            if !engine.waiting_to_be_filed().await?.contains(id) {
                return Ok(Some(None));
            }
            Ok(engine.filing_trouble(id).map(Some))
        })
        .await
}
