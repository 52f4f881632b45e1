//! A provider that exists in the world alone. Its plan has the shape of a real one: a draft that
//! nobody sees, its files, people and fields, and the start.

use super::faults::Fault;
use super::world::{Request, World, refusal};
use async_trait::async_trait;
use bytes::Bytes;
use paraph_domain::capabilities::Capabilities;
use paraph_domain::draft::{IdentityCheck, Role};
use paraph_domain::geometry::Size;
use paraph_domain::procedure::{Participant, ParticipantStatus, RemoteDocument, Status};
use paraph_domain::sending::{Mail, RemoteIds, Snapshot, Step, StepLabel};
use paraph_engine::seams::Clock;
use paraph_providers::error::Error;
use paraph_providers::provider::{
    Blobs, Found, Identity, ListQuery, Listed, Proof, Provider, RemoteProcedure,
};
use std::future::pending;
use std::sync::Arc;
use std::time::Duration;
use tokio::time::sleep;
use url::Url;

pub struct Simulated(pub Arc<World>);

pub fn plan(snapshot: &Snapshot) -> Vec<Step> {
    let step = |key: String, label: StepLabel| Step {
        key,
        irrevocable: label == StepLabel::Invite,
        label,
    };
    let mut steps = vec![step("procedure".to_owned(), StepLabel::CreateRequest)];
    for file in &snapshot.files {
        let label = StepLabel::Upload {
            document: file.document.clone(),
            name: file.file_name.clone(),
        };
        steps.push(step(format!("file:{}", file.document), label));
    }
    for person in &snapshot.draft.recipients {
        if person.role == Role::Observer {
            continue;
        }
        let label = StepLabel::AddPerson {
            recipient: person.id.clone(),
            name: person.display_name(),
        };
        steps.push(step(format!("member:{}", person.id), label));
    }
    for placement in &snapshot.placements {
        let label = StepLabel::PlaceField {
            field: placement.field.clone(),
        };
        steps.push(step(format!("field:{}", placement.field), label));
    }
    steps.push(step("start".to_owned(), StepLabel::Invite));
    steps
}

impl Simulated {
    /// A request and its answer, with what goes wrong between. Its effect happens in a task of its
    /// own: whoever asked may be gone by then.
    async fn ask<T, E>(&self, what: &str, step: Option<&Step>, effect: E) -> Result<T, Error>
    where
        T: Send + 'static,
        E: FnOnce(&World) -> Result<T, Error> + Send + 'static,
    {
        let write = step.is_some() || what == "cancel";
        let world = &self.0;
        let fault = match world.next_fault(what, step, write) {
            Ok(fault) => fault,
            Err(error) => {
                world.note(format_args!("{what}: {error}"));
                return Err(error);
            }
        };
        match fault {
            None => world.note(what),
            Some(fault) => world.note(format_args!("{what}: {fault:?}")),
        }
        let arrives = |after: Duration| {
            let world = Arc::clone(world);
            tokio::spawn(async move {
                sleep(after).await;
                effect(&world)
            })
        };
        let travel = world.millis(5..900);
        // A connection breaks at once, or says nothing until the client's time-out.
        let patience = if world.millis(0..2).is_zero() {
            world.millis(0..2_000)
        } else {
            Duration::from_secs(120)
        };
        match fault {
            None => arrives(travel).await.unwrap_or(Err(Error::AnswerLost)),
            Some(Fault::LostBefore) => {
                sleep(patience).await;
                Err(Error::AnswerLost)
            }
            Some(Fault::LostAfter) => {
                arrives(travel);
                sleep(patience.max(travel)).await;
                Err(Error::AnswerLost)
            }
            Some(Fault::Late(after)) => {
                arrives(after);
                sleep(patience).await;
                Err(Error::AnswerLost)
            }
            Some(Fault::Trouble { effect }) => {
                if effect {
                    let _ = arrives(travel).await;
                }
                Err(Error::Unavailable {
                    status: 502,
                    until: None,
                })
            }
            Some(Fault::Garbage { effect }) => {
                if effect {
                    let _ = arrives(travel).await;
                }
                Err(Error::Unexpected {
                    status: 200,
                    excerpt: "<html>".to_owned(),
                })
            }
            Some(Fault::Busy(time)) => Err(Error::RateLimited {
                until: world.clock.now() + time,
            }),
            Some(Fault::Offline(_)) => Err(Error::Offline),
            Some(Fault::Rejected) => Err(refusal()),
            Some(Fault::Unauthorized) => Err(Error::Unauthorized),
            Some(Fault::CrashBefore) => self.crash().await,
            Some(Fault::CrashAfter) => {
                let _ = arrives(travel).await;
                self.crash().await
            }
            Some(Fault::CrashLate(after)) => {
                arrives(after);
                self.crash().await
            }
        }
    }

    async fn crash<T>(&self) -> T {
        self.0.crash.notify_one();
        pending().await
    }

    fn remote(world: &World, request: &Request) -> RemoteProcedure {
        let now = world.clock.now();
        let of = |kind: &str| {
            let prefix = format!("{kind}:");
            request
                .parts
                .iter()
                .filter(move |part| part.key.starts_with(&prefix))
        };
        RemoteProcedure {
            remote_id: request.id.clone(),
            sending: Some(request.sending.clone()),
            name: "Lease".to_owned(),
            status: if request.activations > 0 {
                Status::InProgress
            } else {
                Status::Draft
            },
            ordered: false,
            created_at: now,
            updated_at: now,
            finished_at: None,
            expires_at: None,
            participants: of("member")
                .map(|part| Participant {
                    remote_id: part.id.clone(),
                    recipient: None,
                    name: part.key.clone(),
                    email: format!("{}@example.org", part.id),
                    role: Role::Signer,
                    identity_check: Some(IdentityCheck::EmailCode),
                    status: ParticipantStatus::Waiting,
                    position: 0,
                    finished_at: None,
                    comment: None,
                })
                .collect(),
            documents: of("file")
                .map(|part| RemoteDocument {
                    remote_id: part.id.clone(),
                    name: part.key.clone(),
                    purpose: Default::default(),
                })
                .collect(),
        }
    }

    fn look(world: &World, step: &Step, sending: &Snapshot, made: &RemoteIds) -> Found {
        let state = world.state();
        let mut there = state.requests.iter().filter(|request| !request.deleted);
        let found = match &step.label {
            StepLabel::CreateRequest => there
                .find(|request| request.sending == sending.id)
                .map(|request| request.id.clone()),
            label => {
                let Some(known) = made.get("procedure") else {
                    return Found::Absent;
                };
                let Some(request) = there.find(|request| &request.id == known) else {
                    return Found::Unknown;
                };
                if *label == StepLabel::Invite {
                    (request.activations > 0).then(|| request.id.clone())
                } else {
                    let part = request.parts.iter().find(|part| part.key == step.key);
                    part.map(|part| part.id.clone())
                }
            }
        };
        found.map_or(Found::Absent, |id| {
            Found::Done(RemoteIds::from([(step.key.clone(), id)]))
        })
    }
}

pub fn capabilities() -> Capabilities {
    Capabilities {
        largest_document: 50_000_000,
        identity_checks: vec![IdentityCheck::EmailCode],
        phone_required: false,
        approvers: true,
        observers: true,
        attachments: true,
        text_fields: true,
        mentions: true,
        reminders: true,
        longest_text: 255,
        smallest_text: 6,
        largest_text: 20,
        smallest_signature: Size { w: 1.0, h: 1.0 },
        proof: false,
        whole_points: false,
    }
}

#[async_trait]
impl Provider for Simulated {
    fn capabilities(&self) -> Capabilities {
        capabilities()
    }

    async fn identify(&self) -> Result<Identity, Error> {
        self.ask("identify", None, |_| Ok(Identity::default()))
            .await
    }

    fn plan(&self, snapshot: &Snapshot) -> Vec<Step> {
        plan(snapshot)
    }

    async fn perform(
        &self,
        step: &Step,
        snapshot: &Snapshot,
        made: &RemoteIds,
        _: &dyn Blobs,
    ) -> Result<RemoteIds, Error> {
        let (taken, frozen, ids) = (step.clone(), snapshot.clone(), made.clone());
        let id = self
            .ask(&step.key, Some(step), move |world| {
                world.arrive(&taken, &frozen, &ids)
            })
            .await?;
        Ok(RemoteIds::from([(step.key.clone(), id)]))
    }

    async fn find(
        &self,
        step: &Step,
        snapshot: &Snapshot,
        made: &RemoteIds,
    ) -> Result<Found, Error> {
        let (taken, frozen, ids) = (step.clone(), snapshot.clone(), made.clone());
        let what = format!("find {}", step.key);
        self.ask(&what, None, move |world| {
            Ok(Self::look(world, &taken, &frozen, &ids))
        })
        .await
    }

    async fn list(&self, _: &ListQuery, _: u32) -> Result<Listed, Error> {
        self.ask("list", None, |world| {
            let requests = world.state().requests.clone();
            let there = requests.iter().filter(|request| !request.deleted);
            Ok(Listed {
                procedures: there.map(|request| Self::remote(world, request)).collect(),
                more: false,
            })
        })
        .await
    }

    async fn read(&self, remote_id: &str) -> Result<Option<RemoteProcedure>, Error> {
        let id = remote_id.to_owned();
        self.ask("read", None, move |world| {
            let requests = world.state().requests.clone();
            let found = requests.iter().find(|it| it.id == id && !it.deleted);
            Ok(found.map(|request| Self::remote(world, request)))
        })
        .await
    }

    async fn download(&self, _: &str) -> Result<Bytes, Error> {
        Err(Error::NotFound)
    }

    async fn proof(&self, _: &str) -> Result<Option<Proof>, Error> {
        Ok(None)
    }

    async fn remind(&self, _: &str, _: &Mail, _: &str) -> Result<(), Error> {
        Ok(())
    }

    async fn cancel(&self, remote_id: &str) -> Result<(), Error> {
        let id = remote_id.to_owned();
        self.ask("cancel", None, move |world| {
            let mut state = world.state();
            let Some(request) = state.requests.iter_mut().find(|it| it.id == id) else {
                return Ok(());
            };
            request.deleted = true;
            let started = request.activations > 0;
            drop(state);
            world.note("       arrived: cancel");
            if started {
                world.violation("a request was deleted after people had been invited");
            }
            Ok(())
        })
        .await
    }

    fn signing_link(&self, _: &str) -> Option<Url> {
        None
    }
}
