//! How long to wait before trying again.

use jiff::SignedDuration;

/// `first`, twice that, four times ... at most `longest`. `tries` counts from 1.
pub(crate) fn doubling(
    first: SignedDuration,
    longest: SignedDuration,
    tries: u32,
) -> SignedDuration {
    let factor = 2_i32.saturating_pow(tries.saturating_sub(1));
    first.checked_mul(factor).unwrap_or(longest).min(longest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_the_longest() {
        let seconds = SignedDuration::from_secs;
        for (tries, expected) in [
            (0, 2),
            (1, 2),
            (2, 4),
            (5, 32),
            (6, 60),
            (32, 60),
            (u32::MAX, 60),
        ] {
            assert_eq!(
                doubling(seconds(2), seconds(60), tries),
                seconds(expected),
                "after {tries} tries"
            );
        }
    }
}
