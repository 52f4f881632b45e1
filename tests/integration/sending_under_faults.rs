//! A few of the runs that `cargo xtask chaos send` plays by the thousand.

use paraph_tests::chaos::{Ending, run};

/// Enough for every fault and every ending to occur.
const RUNS: u64 = 60;

#[test]
fn whatever_goes_wrong_people_are_invited_once_and_nothing_is_lost() {
    let (mut sent, mut taken_back, mut faults, mut crashes) = (0, 0, 0, 0);
    for seed in 1..=RUNS {
        let report = run(seed).expect("a simulation");
        assert!(
            report.violations.is_empty(),
            "seed {seed}: {:?}\n{}",
            report.violations,
            report.trace.join("\n")
        );
        sent += u64::from(report.ending == Ending::Sent);
        taken_back += u64::from(report.ending == Ending::TakenBack);
        faults += report.faults;
        crashes += report.crashes;
    }
    assert!(
        sent > 0 && taken_back > 0 && faults > 0 && crashes > 0,
        "the runs must meet what they are for: {sent} sent, {taken_back} taken back, \
         {faults} faults, {crashes} crashes"
    );
}
