//! The jobs that wait for a worker.

use crate::client::Attachment;
use crate::protocol::{Answer, Work};
use crate::{PdfError, Priority};
use bytes::Bytes;
use std::cmp::{Ordering, Reverse};
use std::collections::{BinaryHeap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, oneshot};

/// A job and who waits for it.
pub(crate) struct Job {
    pub document: Arc<Attachment>,
    pub work: Work,
    pub reply: oneshot::Sender<Outcome>,
}

pub(crate) type Outcome = Result<(Answer, Bytes), PdfError>;

/// Higher priorities first, and in order of arrival within one.
///
/// A page that was not drawn yet may turn out to be slow, so only one worker is given it: the
/// others stay free for other pages. Once it was drawn, its parts go to all of them.
#[derive(Default)]
pub(crate) struct Queue {
    waiting: Mutex<Waiting>,
    arrival: Notify,
}

#[derive(Default)]
struct Waiting {
    jobs: BinaryHeap<Entry>,
    arrived: u64,
    closed: bool,
    /// Pages that are being read or drawn.
    reading: Vec<PageOf>,
    /// Pages that were drawn, the latest at the back.
    drawn: VecDeque<PageOf>,
}

/// How many pages are remembered as drawn.
const DRAWN: usize = 1024;

/// How a job that [reads](Job::reads) a page ended.
pub(crate) enum Ending {
    Drawn,
    /// It ended a worker or took it too long. The page's other parts would do the same: they are
    /// answered with the same error.
    CostAWorker(PdfError),
    /// Cancelled, refused at once, or read and not drawn.
    Other,
}

/// A page of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PageOf {
    document: u64,
    page: u32,
}

struct Entry {
    rank: (Priority, Reverse<u64>),
    job: Job,
}

impl Job {
    /// The page whose content it reads, which may take long and cannot be stopped.
    pub fn reads(&self) -> Option<PageOf> {
        match self.work {
            Work::Draw { page, .. }
            | Work::Look { page, .. }
            | Work::Text { page, .. }
            | Work::Shapes { page, .. } => Some(PageOf {
                document: self.document.id,
                page,
            }),
            _ => None,
        }
    }
}

impl Queue {
    pub fn push(&self, priority: Priority, job: Job) {
        let mut waiting = self.lock();
        waiting.arrived += 1;
        let rank = (priority, Reverse(waiting.arrived));
        waiting.jobs.push(Entry { rank, job });
        drop(waiting);
        self.arrival.notify_one();
    }

    /// The next job that somebody still waits for; `None` once the queue is closed. A job that
    /// [reads](Job::reads) a page has to be reported as [`Self::finished`].
    pub async fn next(&self) -> Option<Job> {
        loop {
            // Registered before looking, so that no arrival between the two is missed.
            let arrival = self.arrival.notified();
            match self.take() {
                Taken::Job(job) => return Some(*job),
                Taken::Closed => return None,
                Taken::Nothing => arrival.await,
            }
        }
    }

    /// A page is no longer being read.
    pub fn finished(&self, page: PageOf, ending: Ending) {
        let mut waiting = self.lock();
        if let Some(place) = waiting.reading.iter().position(|reading| *reading == page) {
            waiting.reading.swap_remove(place);
        }
        match ending {
            Ending::Drawn => {
                waiting.drawn.retain(|drawn| *drawn != page);
                waiting.drawn.push_back(page);
                if waiting.drawn.len() > DRAWN {
                    waiting.drawn.pop_front();
                }
            }
            Ending::CostAWorker(error) => {
                waiting.drawn.retain(|drawn| *drawn != page);
                let jobs = std::mem::take(&mut waiting.jobs).into_iter();
                let (same, others): (Vec<Entry>, Vec<Entry>) =
                    jobs.partition(|entry| entry.job.reads() == Some(page));
                waiting.jobs = others.into();
                for entry in same {
                    // Nobody waiting is no error: the job was cancelled.
                    let _ = entry.job.reply.send(Err(error.clone()));
                }
            }
            Ending::Other => {}
        }
        drop(waiting);
        // A job that was held back for this page may go on.
        self.arrival.notify_one();
    }

    /// Lets every `next` return `None`; jobs that wait are given up.
    pub fn close(&self) {
        let mut waiting = self.lock();
        waiting.closed = true;
        waiting.jobs.clear();
        drop(waiting);
        self.arrival.notify_waiters();
        // For a worker that is between two calls of `next`.
        self.arrival.notify_one();
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Taken {
        let mut waiting = self.lock();
        if waiting.closed {
            drop(waiting);
            self.arrival.notify_one();
            return Taken::Closed;
        }
        let next = waiting.next();
        let more = !waiting.jobs.is_empty();
        drop(waiting);
        let Some(job) = next else {
            return Taken::Nothing;
        };
        if more {
            self.arrival.notify_one();
        }
        Taken::Job(Box::new(job))
    }
}

impl Waiting {
    fn next(&mut self) -> Option<Job> {
        let mut held_back = Vec::new();
        let mut next = None;
        while let Some(entry) = self.jobs.pop() {
            if entry.job.reply.is_closed() {
                continue;
            }
            let page = entry.job.reads();
            if page.is_some_and(|page| self.reading.contains(&page) && !self.drawn.contains(&page))
            {
                held_back.push(entry);
                continue;
            }
            self.reading.extend(page);
            next = Some(entry.job);
            break;
        }
        self.jobs.extend(held_back);
        next
    }
}

enum Taken {
    Job(Box<Job>),
    Nothing,
    Closed,
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.rank == other.rank
    }
}

impl Eq for Entry {}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        self.rank.cmp(&other.rank)
    }
}

#[cfg(test)]
#[path = "queue_tests.rs"]
mod tests;
