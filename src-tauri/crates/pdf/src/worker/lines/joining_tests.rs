#![allow(clippy::indexing_slicing, reason = "tests")]

use super::*;
use proptest::prelude::*;

fn rule(kind: ShapeKind, from: f64, length: f64, across: f64, thickness: f64) -> Shape {
    let (along, across) = ((from, length), (across, thickness));
    let ((x, w), (y, h)) = if kind == ShapeKind::HorizontalRule {
        (along, across)
    } else {
        (across, along)
    };
    Shape {
        kind,
        rect: Rect { x, y, w, h },
        thickness,
    }
}

fn kinds() -> impl Strategy<Value = ShapeKind> {
    prop_oneof![
        Just(ShapeKind::HorizontalRule),
        Just(ShapeKind::VerticalRule)
    ]
}

/// Less than what touches, whichever two are compared.
const JITTER: std::ops::Range<f64> = 0.0..0.49;

proptest! {
    #[test]
    fn pieces_of_one_rule_are_one_wherever_it_lies(
        kind in kinds(),
        across in 0.0..800.0_f64,
        pieces in proptest::collection::vec((5.0..80.0_f64, JITTER, -2.0..0.4_f64, any::<u64>()), 1..12),
    ) {
        let mut at = 40.0;
        let mut told = Vec::new();
        let mut end: f64 = at;
        for (length, off, gap, order) in pieces {
            told.push((order, rule(kind, at, length, across + off, 0.5)));
            end = end.max(at + length);
            at += length + gap;
        }
        let first = told[0].1.rect;
        told.sort_by_key(|(order, _)| *order);
        let joined = joined(told.into_iter().map(|(_, shape)| shape).collect());
        prop_assume!(first.w.max(first.h) >= 6.0 || joined.len() == 1);
        prop_assert_eq!(joined.len(), 1, "{:?}", joined);
        let track = Track::of(&joined[0]);
        prop_assert!((track.from - 40.0).abs() < 1e-9 && (track.to - end).abs() < 1e-9);
    }

    #[test]
    fn what_is_joined_does_not_depend_on_where_the_page_begins(
        // Whole tenths, so that nothing is as far apart as what just touches.
        shapes in proptest::collection::vec((kinds(), 0..60_i32, 1..20_i32, 0..30_i32), 1..40),
        right in 0.0..3.0_f64,
        down in 0.0..3.0_f64,
    ) {
        let moved = |by: (f64, f64)| {
            let shapes = shapes.iter().map(|(kind, from, length, across)| {
                let tenths = |value: i32, unit: f64| f64::from(value) * unit;
                let mut shape =
                    rule(*kind, tenths(*from, 3.3), tenths(*length, 3.3), tenths(*across, 0.3), 0.4);
                shape.rect.x += by.0;
                shape.rect.y += by.1;
                shape
            });
            joined(shapes.collect())
        };
        let mut back = moved((right, down));
        for shape in &mut back {
            shape.rect.x -= right;
            shape.rect.y -= down;
        }
        let here = moved((0.0, 0.0));
        prop_assert_eq!(here.len(), back.len());
        for shape in &here {
            let is_there = back.iter().any(|other| {
                other.kind == shape.kind && other.rect.largest_difference(&shape.rect) < 1e-6
            });
            prop_assert!(is_there, "{:?} in {:?}", shape, back);
        }
    }

    #[test]
    fn rules_that_do_not_touch_stay_apart(
        kind in kinds(),
        across in 0.0..10.0_f64,
        gap in 0.51..5.0_f64,
        beside in any::<bool>(),
    ) {
        let first = rule(kind, 10.0, 50.0, across, 0.5);
        let second = if beside {
            rule(kind, 60.0, 50.0, across + gap, 0.5)
        } else {
            rule(kind, 60.0 + gap, 50.0, across, 0.5)
        };
        prop_assert_eq!(joined(vec![second, first]).len(), 2);
    }

    #[test]
    fn a_box_that_is_filled_and_stroked_is_one_box(
        x in 0.0..100.0_f64, y in 0.0..100.0_f64, off in proptest::array::uniform4(-0.2..0.2_f64),
    ) {
        let shape = |x: f64, y: f64, right: f64, bottom: f64| Shape {
            kind: ShapeKind::Box,
            rect: Rect { x, y, w: right - x, h: bottom - y },
            thickness: 0.0,
        };
        let [a, b, c, d] = off;
        let filled = shape(x, y, x + 30.0, y + 20.0);
        let stroked = shape(x + a, y + b, x + 30.0 + c, y + 20.0 + d);
        let beside = shape(x + 30.0, y, x + 60.0, y + 20.0);
        prop_assert_eq!(joined(vec![filled, beside, stroked]).len(), 2);
    }
}

#[test]
fn a_staircase_is_no_rule() {
    let steps = (0..20).map(|step| {
        let step = f64::from(step);
        rule(
            ShapeKind::HorizontalRule,
            10.0 * step,
            10.0,
            0.4 * step,
            0.5,
        )
    });
    assert!(joined(steps.collect()).len() > 5);
}
