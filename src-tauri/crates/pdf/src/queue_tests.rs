use super::*;
use crate::client::SourceBytes;

fn job(page: u32) -> (Job, oneshot::Receiver<Outcome>) {
    let (reply, outcome) = oneshot::channel();
    let source = SourceBytes::Memory(Bytes::new());
    let document = Arc::new(Attachment {
        id: u64::from(page),
        source,
        password: None,
    });
    (
        Job {
            document,
            work: Work::FindMarks,
            reply,
        },
        outcome,
    )
}

#[tokio::test]
async fn what_is_seen_goes_first_and_the_rest_in_order_of_arrival() {
    use Priority::{Other, Prefetch, Thumbnail, Visible};
    let queue = Queue::default();
    let mut waiting = Vec::new();
    let arrivals = [
        Other, Thumbnail, Visible, Prefetch, Other, Visible, Thumbnail,
    ];
    for (number, priority) in (0..).zip(arrivals) {
        let (job, outcome) = job(number);
        queue.push(priority, job);
        waiting.push(outcome);
    }
    let mut order = Vec::new();
    for _ in arrivals {
        order.push(queue.next().await.expect("the queue is open").document.id);
    }
    assert_eq!(order, [2, 5, 3, 1, 6, 0, 4]);
}

#[tokio::test]
async fn jobs_that_nobody_waits_for_are_passed_over() {
    let queue = Queue::default();
    let (stale, outcome) = job(1);
    queue.push(Priority::Visible, stale);
    drop(outcome);
    let (wanted, _outcome) = job(2);
    queue.push(Priority::Other, wanted);
    let next = queue.next().await.expect("the queue is open");
    assert_eq!(
        next.document.id, 2,
        "a stale job is not done, whatever its priority"
    );
}

#[tokio::test]
async fn a_closed_queue_ends_every_worker_and_gives_up_what_waits() {
    let queue = Arc::new(Queue::default());
    let workers: Vec<_> = (0..3)
        .map(|_| {
            let queue = Arc::clone(&queue);
            tokio::spawn(async move { while queue.next().await.is_some() {} })
        })
        .collect();
    tokio::task::yield_now().await;
    queue.close();
    let (late, outcome) = job(1);
    queue.push(Priority::Visible, late);
    for worker in workers {
        worker.await.expect("a worker's loop ends");
    }
    drop(queue);
    assert!(
        outcome.await.is_err(),
        "a job that comes too late is given up"
    );
}
