use super::*;
use reqwest::header::{HeaderName, HeaderValue};

fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
    pairs
        .iter()
        .map(|(name, value)| {
            (
                HeaderName::from_static(name),
                HeaderValue::from_static(value),
            )
        })
        .collect()
}

#[test]
fn a_full_bucket_serves_a_burst_and_then_spreads() {
    let now = Instant::now();
    let mut budget = Budget::per_minute(60, now);
    for place in 0..60 {
        assert_eq!(
            budget.take(now),
            Turn::After(Duration::ZERO),
            "request {place} of the first sixty leaves at once"
        );
    }
    for place in 1..=5 {
        assert_eq!(
            budget.take(now),
            Turn::After(Duration::from_secs(place)),
            "later requests queue one second apart"
        );
    }
    assert_eq!(
        budget.take(now),
        Turn::NotBefore(Duration::from_secs(6)),
        "a long queue is refused, not joined"
    );
    assert_eq!(
        budget.take(now + Duration::from_secs(10)),
        Turn::After(Duration::ZERO),
        "the bucket fills while nobody asks"
    );
}

#[test]
fn a_closed_budget_lets_nothing_leave_and_the_later_end_counts() {
    let now = Instant::now();
    let mut budget = Budget::per_minute(60, now);
    budget.close_for(Duration::from_secs(30), now);
    budget.close_for(Duration::from_secs(10), now);
    assert_eq!(
        budget.take(now + Duration::from_secs(20)),
        Turn::NotBefore(Duration::from_secs(10)),
        "the longer wait holds"
    );
    assert_eq!(
        budget.take(now + Duration::from_secs(30)),
        Turn::After(Duration::ZERO),
        "the wait ends"
    );
}

#[test]
fn limits_are_learned_from_headers_and_half_is_left_to_colleagues() {
    let now = Instant::now();
    let cases: [(&[(&str, &str)], Turn); 6] = [
        (
            &[("x-ratelimit-limit-minute", "30")],
            Turn::After(Duration::ZERO),
        ),
        (
            &[
                ("x-ratelimit-limit-minute", "30"),
                ("x-ratelimit-remaining-minute", "0"),
            ],
            Turn::After(Duration::from_secs(4)),
        ),
        (
            &[("ratelimit-remaining", "0"), ("ratelimit-reset", "90")],
            Turn::NotBefore(Duration::from_secs(90)),
        ),
        (
            &[("ratelimit-remaining", "0"), ("ratelimit-reset", "1e300")],
            Turn::NotBefore(LONGEST_RESET),
        ),
        (
            &[("x-ratelimit-remaining-minute", "-5")],
            Turn::After(Duration::ZERO),
        ),
        (
            &[("x-ratelimit-limit-minute", "many")],
            Turn::After(Duration::ZERO),
        ),
    ];
    for (given, expected) in cases {
        let given: Vec<(&'static str, &'static str)> =
            given.iter().map(|(name, value)| (*name, *value)).collect();
        let mut budget = Budget::per_minute(60, now);
        budget.learn(&headers(&given), now);
        assert_eq!(budget.take(now), expected, "after {given:?}");
    }
}

#[test]
fn retries_are_a_tenth_of_the_requests() {
    let now = Instant::now();
    let mut budget = Budget::per_minute(1000, now);
    let at_first = (0..20).filter(|_| budget.take_retry()).count();
    assert_eq!(at_first, 10, "ten retries are there to begin with");
    for _ in 0..21 {
        budget.take(now);
    }
    let earned = (0..20).filter(|_| budget.take_retry()).count();
    assert_eq!(earned, 2, "twenty-one requests earn two");
}
