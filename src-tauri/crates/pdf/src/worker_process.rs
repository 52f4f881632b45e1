//! One worker: its process, what it has open, and the loop that feeds it jobs.

use crate::PdfError;
use crate::channel::{Frame, Lost, Replies, Requests, spawn};
use crate::client::Attachment;
use crate::locate::Locations;
use crate::protocol::{Answer, Password, Reply, Request, VERSION, Work};
use crate::queue::{Ending, Job, Outcome, Queue};
use secrecy::ExposeSecret;
use std::collections::VecDeque;
use std::pin::pin;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Weak};
use std::time::Duration;
use tokio::process::Child;
use tokio::sync::oneshot;
use tokio::time::Instant;

/// How many documents one worker keeps open; more are opened again when needed.
const MAX_ATTACHED: usize = 6;
/// How often a worker without jobs closes documents that nobody holds any more.
const IDLE_SWEEP: Duration = Duration::from_secs(30);
/// How long a worker may take to load pdfium and say so.
const START_DEADLINE: Duration = Duration::from_secs(10);

/// How long a worker may go on with a cancelled job. Drawing stops within a tenth of it; what
/// cannot be stopped, like reading a page of a million strokes, must not keep the next page.
const CANCEL_GRACE: Duration = Duration::from_secs(1);

/// The place of one worker, which is replaced when it dies.
pub(crate) struct Slot {
    locations: Arc<Locations>,
    deadline: Duration,
    pid: Arc<AtomicU32>,
    worker: Option<Worker>,
}

impl Slot {
    pub fn new(locations: Arc<Locations>, deadline: Duration, pid: Arc<AtomicU32>) -> Self {
        Self {
            locations,
            deadline,
            pid,
            worker: None,
        }
    }

    /// Does jobs until the queue is closed.
    pub async fn serve(mut self, queue: Arc<Queue>) {
        // Started before it is needed, so that the first page does not wait for it.
        if let Err(error) = self.running_worker().await {
            tracing::warn!(%error, "a PDF worker did not start");
        }
        loop {
            tokio::select! {
                job = queue.next() => match job {
                    Some(job) => self.run(job, &queue).await,
                    None => break,
                },
                () = tokio::time::sleep(IDLE_SWEEP) => self.sweep().await,
            }
        }
        self.end_worker();
    }

    async fn run(&mut self, job: Job, queue: &Queue) {
        let page = job.reads();
        let Job {
            document,
            work,
            mut reply,
        } = job;
        let deadline = Instant::now() + self.deadline;
        let mut outcome = self.attempt(&document, &work, &mut reply, deadline).await;
        if matches!(outcome, Err(PdfError::WorkerDied)) && !reply.is_closed() {
            tracing::warn!("a PDF worker died; its job is done once more");
            let deadline = Instant::now() + self.deadline;
            outcome = self.attempt(&document, &work, &mut reply, deadline).await;
        }
        if let Some(page) = page {
            queue.finished(page, ending(&outcome, reply.is_closed()));
        }
        // Nobody waiting is no error: the job was cancelled.
        let _ = reply.send(outcome);
    }

    /// Does the job within the deadline, or ends the worker.
    async fn attempt(
        &mut self,
        document: &Arc<Attachment>,
        work: &Work,
        reply: &mut oneshot::Sender<Outcome>,
        deadline: Instant,
    ) -> Outcome {
        let worker = self.running_worker().await?;
        let outcome = tokio::time::timeout_at(deadline, worker.perform(document, work, reply));
        let outcome = match outcome.await {
            Ok(Ok(outcome)) => return outcome,
            Ok(Err(lost)) => {
                tracing::warn!(%lost, "a PDF worker was lost");
                Err(PdfError::WorkerDied)
            }
            Err(_) => Err(PdfError::TimedOut {
                seconds: self.deadline.as_secs(),
            }),
        };
        self.end_worker();
        outcome
    }

    async fn running_worker(&mut self) -> Result<&mut Worker, PdfError> {
        // One that ended while it had nothing to do costs no job its second try.
        let is_running = |worker: &mut Worker| matches!(worker.child.try_wait(), Ok(None));
        let mut kept = self.worker.take();
        if !kept.as_mut().is_some_and(is_running) {
            kept = None;
        }
        let worker = match kept {
            Some(worker) => worker,
            None => {
                let worker = Worker::start(&self.locations).await?;
                self.pid
                    .store(worker.child.id().unwrap_or(0), Ordering::Relaxed);
                worker
            }
        };
        Ok(self.worker.insert(worker))
    }

    async fn sweep(&mut self) {
        if let Some(worker) = &mut self.worker
            && worker.detach_unused().await.is_err()
        {
            self.end_worker();
        }
    }

    fn end_worker(&mut self) {
        self.pid.store(0, Ordering::Relaxed);
        // Dropping the child kills it.
        self.worker = None;
    }
}

struct Worker {
    child: Child,
    requests: Requests,
    replies: Replies,
    /// Least recently used first.
    attached: VecDeque<(u64, Weak<Attachment>)>,
    last_job: u64,
}

impl Worker {
    async fn start(locations: &Locations) -> Result<Self, PdfError> {
        let missing = |detail: String| PdfError::WorkerMissing { detail };
        let mut command = tokio::process::Command::new(&locations.worker);
        // The worker needs nothing of this process's environment, and secrets might be in it.
        command
            .arg(&locations.libpdfium)
            .env_clear()
            .kill_on_drop(true);
        let (child, requests, mut replies) =
            spawn(&mut command).map_err(|error| missing(error.to_string()))?;
        let ready = tokio::time::timeout(START_DEADLINE, replies.receive()).await;
        let (reply, _) = ready
            .map_err(|_| missing("it did not get ready".into()))?
            .map_err(|lost| missing(lost.to_string()))?;
        match reply {
            Reply::Ready {
                version: VERSION,
                missing: locks,
            } => {
                if !locks.is_empty() {
                    tracing::warn!(?locks, "this system lacks locks for the PDF worker");
                }
            }
            Reply::Ready { version, .. } => {
                return Err(missing(format!(
                    "it speaks version {version}, not {VERSION}"
                )));
            }
            Reply::Done { .. } => return Err(missing("it did not say that it is ready".into())),
        }
        Ok(Self {
            child,
            requests,
            replies,
            attached: VecDeque::new(),
            last_job: 0,
        })
    }

    /// `Err(Lost)` when the worker cannot be used any more.
    async fn perform(
        &mut self,
        document: &Arc<Attachment>,
        work: &Work,
        reply: &mut oneshot::Sender<Outcome>,
    ) -> Result<Outcome, Lost> {
        if let Err(error) = self.attach(document, reply).await? {
            return Ok(Err(error));
        }
        self.last_job += 1;
        let job = self.last_job;
        let request = Request::Do {
            job,
            document: document.id,
            work: work.clone(),
        };
        self.requests.send(&request).await?;
        // Kept when the job is cancelled: dropping it half-way would lose the place in the stream.
        let mut answer = pin!(self.replies.receive());
        let (answer, body) = tokio::select! {
            answer = &mut answer => answer?,
            () = reply.closed() => {
                self.requests.send(&Request::Cancel { job }).await?;
                within_grace(answer).await?
            }
        };
        Ok(result_of(answer, job)?.map(|answer| (answer, body)))
    }

    async fn attach(
        &mut self,
        document: &Arc<Attachment>,
        reply: &mut oneshot::Sender<Outcome>,
    ) -> Result<Result<(), PdfError>, Lost> {
        if let Some(place) = self.attached.iter().position(|(id, _)| *id == document.id) {
            let known = self.attached.remove(place);
            self.attached.extend(known);
            return Ok(Ok(()));
        }
        self.detach_unused().await?;
        while self.attached.len() >= MAX_ATTACHED {
            if let Some((document, _)) = self.attached.pop_front() {
                self.requests.send(&Request::Detach { document }).await?;
            }
        }
        self.last_job += 1;
        let job = self.last_job;
        let password = document
            .password
            .as_ref()
            .map(|it| Password(it.expose_secret().to_owned()));
        let frame = Frame {
            job,
            document: document.id,
            password,
        };
        self.requests.send_attach(&frame, &document.source).await?;
        let mut answer = pin!(self.replies.receive());
        // Opening cannot be stopped, only be waited for or not.
        let (answer, _) = tokio::select! {
            answer = &mut answer => answer?,
            () = reply.closed() => within_grace(answer).await?,
        };
        if let Err(error) = result_of(answer, job)? {
            return Ok(Err(error));
        }
        self.attached
            .push_back((document.id, Arc::downgrade(document)));
        Ok(Ok(()))
    }

    async fn detach_unused(&mut self) -> Result<(), Lost> {
        let (kept, unused): (VecDeque<_>, VecDeque<_>) = std::mem::take(&mut self.attached)
            .into_iter()
            .partition(|(_, document)| document.strong_count() > 0);
        self.attached = kept;
        for (document, _) in unused {
            self.requests.send(&Request::Detach { document }).await?;
        }
        Ok(())
    }
}

async fn within_grace<T>(answer: impl Future<Output = Result<T, Lost>>) -> Result<T, Lost> {
    tokio::time::timeout(CANCEL_GRACE, answer)
        .await
        .map_err(|_| Lost::Stuck)?
}

fn ending(outcome: &Outcome, cancelled: bool) -> Ending {
    match outcome {
        Ok((Answer::Drawn { .. }, _)) => Ending::Drawn,
        Err(error @ (PdfError::WorkerDied | PdfError::TimedOut { .. })) if !cancelled => {
            Ending::CostAWorker(error.clone())
        }
        Ok(_) | Err(_) => Ending::Other,
    }
}

fn result_of(reply: Reply, job: u64) -> Result<Result<Answer, PdfError>, Lost> {
    match reply {
        Reply::Done { job: done, result } if done == job => Ok(result),
        Reply::Done { .. } | Reply::Ready { .. } => Err(Lost::OutOfTurn),
    }
}
