use super::*;
use crate::client::SourceBytes;

fn job(document: u32) -> (Job, oneshot::Receiver<Outcome>) {
    asking(document, Work::FindMarks)
}

/// A job that draws a part of the page of document 1.
fn part_of(page: u32) -> (Job, oneshot::Receiver<Outcome>) {
    let work = Work::Draw {
        page,
        width: 10,
        height: None,
        region: None,
        exact: false,
    };
    asking(1, work)
}

fn asking(document: u32, work: Work) -> (Job, oneshot::Receiver<Outcome>) {
    let (reply, outcome) = oneshot::channel();
    let source = SourceBytes::Memory(Bytes::new());
    let document = Arc::new(Attachment {
        id: u64::from(document),
        source,
        password: None,
    });
    (
        Job {
            document,
            work,
            reply,
        },
        outcome,
    )
}

async fn next_page(queue: &Queue) -> u32 {
    let job = queue.next().await.expect("the queue is open");
    job.reads().expect("it draws").page
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

#[tokio::test]
async fn a_page_that_may_be_slow_gets_one_worker_until_it_was_drawn() {
    let queue = Queue::default();
    let mut waiting = Vec::new();
    for page in [0, 0, 0, 1] {
        let (job, outcome) = part_of(page);
        queue.push(Priority::Visible, job);
        waiting.push(outcome);
    }
    let first = queue.next().await.expect("the queue is open");
    let page = first.reads().expect("it draws");
    assert_eq!(
        next_page(&queue).await,
        1,
        "the second worker does another page"
    );
    queue.finished(page, Ending::Drawn);
    assert_eq!(
        [next_page(&queue).await, next_page(&queue).await],
        [0, 0],
        "a page that was drawn once goes to all workers"
    );
}

#[tokio::test]
async fn a_held_back_page_is_taken_up_when_the_worker_is_done() {
    let queue = Arc::new(Queue::default());
    let (first, _outcome) = part_of(0);
    let (second, _outcome2) = part_of(0);
    queue.push(Priority::Visible, first);
    queue.push(Priority::Visible, second);
    let first = queue.next().await.expect("the queue is open");
    let idle = tokio::spawn({
        let queue = Arc::clone(&queue);
        async move { next_page(&queue).await }
    });
    tokio::task::yield_now().await;
    assert!(!idle.is_finished(), "the page may be slow");
    queue.finished(first.reads().expect("it draws"), Ending::Other);
    assert_eq!(idle.await.expect("it ends"), 0);
}

#[tokio::test]
async fn a_page_that_cost_a_worker_costs_no_second_one() {
    let queue = Queue::default();
    let (first, _outcome) = part_of(0);
    let (same, same_outcome) = part_of(0);
    let (other, _other_outcome) = part_of(1);
    queue.push(Priority::Visible, first);
    queue.push(Priority::Visible, same);
    queue.push(Priority::Visible, other);
    let first = queue.next().await.expect("the queue is open");
    let page = first.reads().expect("it draws");
    queue.finished(
        page,
        Ending::CostAWorker(PdfError::TimedOut { seconds: 20 }),
    );
    let told = same_outcome.await.expect("it is answered");
    assert_eq!(told.err(), Some(PdfError::TimedOut { seconds: 20 }));
    assert_eq!(next_page(&queue).await, 1, "other pages are drawn");
}

#[tokio::test]
async fn reading_the_words_of_a_page_that_may_be_slow_waits_too() {
    let queue = Queue::default();
    let words = Work::Text {
        page: 0,
        geometry: paraph_domain::geometry::PageGeometry::upright(595.0, 842.0),
    };
    let (drawing, _outcome) = part_of(0);
    let (words, _words_outcome) = asking(1, words);
    let (other, _other_outcome) = part_of(1);
    for job in [drawing, words, other] {
        queue.push(Priority::Visible, job);
    }
    assert_eq!(
        [next_page(&queue).await, next_page(&queue).await],
        [0, 1],
        "the second worker is left for another page"
    );
}
