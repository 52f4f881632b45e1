//! The jobs that wait for a worker.

use crate::client::Attachment;
use crate::protocol::{Answer, Work};
use crate::{PdfError, Priority};
use bytes::Bytes;
use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{Notify, oneshot};

/// A job and who waits for it.
pub(crate) struct Job {
    pub document: Arc<Attachment>,
    pub work: Work,
    pub reply: oneshot::Sender<Outcome>,
}

pub(crate) type Outcome = Result<(Answer, Bytes), PdfError>;

/// Higher priorities first, and in order of arrival within one.
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
}

struct Entry {
    rank: (Priority, Reverse<u64>),
    job: Job,
}

impl Queue {
    pub fn push(&self, priority: Priority, job: Job) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.arrived += 1;
        let rank = (priority, Reverse(waiting.arrived));
        waiting.jobs.push(Entry { rank, job });
        drop(waiting);
        self.arrival.notify_one();
    }

    /// The next job that somebody still waits for; `None` once the queue is closed.
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

    /// Lets every `next` return `None`; jobs that wait are given up.
    pub fn close(&self) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.closed = true;
        waiting.jobs.clear();
        drop(waiting);
        self.arrival.notify_waiters();
        // For a worker that is between two calls of `next`.
        self.arrival.notify_one();
    }

    fn take(&self) -> Taken {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.closed {
            drop(waiting);
            self.arrival.notify_one();
            return Taken::Closed;
        }
        while let Some(entry) = waiting.jobs.pop() {
            if entry.job.reply.is_closed() {
                continue;
            }
            let more = !waiting.jobs.is_empty();
            drop(waiting);
            if more {
                self.arrival.notify_one();
            }
            return Taken::Job(Box::new(entry.job));
        }
        Taken::Nothing
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
