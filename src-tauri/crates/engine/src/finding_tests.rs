#![allow(clippy::expect_used, clippy::indexing_slicing, reason = "tests")]

use super::*;

/// Lines of 10-pt text, 12 points apart, in which each letter is 5 points wide.
fn lines(texts: &[&str]) -> Vec<TextRun> {
    let line = |(index, text): (usize, &&str)| {
        let top = 12.0 * index as f64;
        let letters = text.chars().count();
        TextRun {
            text: (*text).to_owned(),
            rect: Rect {
                x: 0.0,
                y: top,
                w: 5.0 * letters as f64,
                h: 10.0,
            },
            baseline: top + 8.0,
            font_size: 10.0,
            angle: 0.0,
            corner: (0.0, top),
            spans: (0..letters)
                .map(|letter| [5.0 * letter as f32, 5.0 * (letter + 1) as f32])
                .collect(),
        }
    };
    texts.iter().enumerate().map(line).collect()
}

/// For each place its rectangles as (first letter, line, letters).
fn found(texts: &[&str], typed: &str) -> Vec<Vec<(usize, usize, usize)>> {
    let wanted = Wanted::new(typed).expect("something to look for");
    let places = wanted.places(&lines(texts), 100);
    let letters = |rect: &Rect| {
        assert!(
            (rect.h - 10.0).abs() < 1e-3,
            "as high as the line: {rect:?}"
        );
        let of = |value: f64, unit: f64| (value / unit).round() as usize;
        (of(rect.x, 5.0), of(rect.y, 12.0), of(rect.w, 5.0))
    };
    places
        .iter()
        .map(|rects| rects.iter().map(letters).collect())
        .collect()
}

#[test]
fn case_accents_and_typography_do_not_matter() {
    let cases = [
        ("La Résiliation", "resiliation", (3, 11)),
        ("la resiliation", "RÉSILIATION", (3, 11)),
        ("re\u{301}siliation", "résiliation", (0, 12)),
        ("l’accord", "l'accord", (0, 8)),
        ("mise en œuvre", "oeuvre", (8, 5)),
        ("mise en oeuvre", "œuvre", (8, 6)),
        ("Straße", "STRASSE", (0, 6)),
        ("of\u{fb01}ce", "office", (0, 5)),
        ("5\u{a0}000\u{202f}€", "5 000 €", (0, 7)),
        ("2024–2026", "2024-2026", (0, 9)),
        ("İstanbul", "istanbul", (0, 8)),
        ("co\u{ad}operate", "cooperate", (0, 10)),
    ];
    for (text, typed, (first, letters)) in cases {
        assert_eq!(
            found(&[text], typed),
            [[(first, 0, letters)]],
            "{typed:?} in {text:?}"
        );
    }
}

#[test]
fn spaces_and_ends_of_lines_are_one_space() {
    let texts = ["shall give  the", "provider notice"];
    assert_eq!(
        found(&texts, " give the   provider "),
        [[(6, 0, 9), (0, 1, 8)]]
    );
    assert!(
        found(&["the", "rapist"], "therapist").is_empty(),
        "two words are not one"
    );
    assert!(found(&["give the"], "givethe").is_empty());
}

#[test]
fn a_word_broken_at_the_end_of_a_line_is_found_with_and_without_its_hyphen() {
    let texts = ["en cas de résilia-", "tion du rendez-", "vous"];
    assert_eq!(found(&texts, "resiliation"), [[(10, 0, 8), (0, 1, 4)]]);
    for typed in ["rendez-vous", "rendezvous"] {
        assert_eq!(found(&texts, typed), [[(8, 1, 7), (0, 2, 4)]], "{typed}");
    }
    let soft = ["résilia\u{ad}", "tion"];
    assert_eq!(found(&soft, "resiliation").len(), 1);
    assert!(
        found(&["from 3 -", "tion"], "3tion").is_empty(),
        "a dash after a space breaks no word"
    );
}

#[test]
fn pieces_of_one_line_are_no_broken_word_however_the_line_lies() {
    // As on a scan: both lean, each a little differently, and the second is far to the right.
    for (first, second) in [(0.0, 0.0), (1.2, 1.0), (91.0, 90.6), (358.9, 359.2)] {
        let mut runs = lines(&["a rendez-", "vous"]);
        let (sin, cos) = f64::to_radians((first + second) / 2.0).sin_cos();
        for (run, angle, along) in [(0, first, 0.0), (1, second, 200.0)] {
            runs[run].angle = angle;
            runs[run].corner = (300.0 + along * cos, 300.0 + along * sin);
            runs[run].baseline = runs[run].corner.1 + 8.0 * f64::to_radians(angle).cos();
        }
        let found = |typed| {
            let wanted = Wanted::new(typed).expect("something");
            wanted.places(&runs, 10).len()
        };
        assert_eq!(found("rendez- vous"), 1, "{first} and {second} degrees");
        assert_eq!(found("rendezvous"), 0, "{first} and {second} degrees");
    }
}

#[test]
fn a_word_broken_on_a_line_that_is_turned_is_found() {
    for angle in [90.0, 270.0, 1.4] {
        let mut runs = lines(&["cas de resilia-", "tion"]);
        let (sin, cos) = f64::to_radians(angle).sin_cos();
        for (line, run) in runs.iter_mut().enumerate() {
            let below = 12.0 * line as f64;
            run.angle = angle;
            run.corner = (300.0 - below * sin, 300.0 + below * cos);
            run.baseline = run.corner.1 + 8.0 * cos;
        }
        let wanted = Wanted::new("resiliation").expect("something");
        assert_eq!(wanted.places(&runs, 10).len(), 1, "{angle} degrees");
    }
}

#[test]
fn every_place_is_told_once_and_no_more_than_asked() {
    assert_eq!(
        found(&["anananas", "an"], "an"),
        [[(0, 0, 2)], [(2, 0, 2)], [(4, 0, 2)], [(0, 1, 2)]]
    );
    let wanted = Wanted::new("a").expect("something");
    assert_eq!(wanted.places(&lines(&["aaaaaaaa"]), 3).len(), 3);
}

#[test]
fn spaces_alone_and_marks_alone_are_nothing_to_look_for() {
    for typed in ["", "  ", "\u{301}", "\u{a0}\u{200b}"] {
        assert!(Wanted::new(typed).is_none(), "{typed:?}");
    }
}

#[test]
fn a_place_in_text_that_is_turned_is_turned_with_it() {
    let mut run = lines(&["abcd"]);
    run[0].angle = 90.0;
    run[0].corner = (100.0, 50.0);
    let wanted = Wanted::new("bc").expect("something");
    let place = wanted.places(&run, 1)[0][0];
    let expected = Rect {
        x: 90.0,
        y: 55.0,
        w: 10.0,
        h: 10.0,
    };
    assert!(place.largest_difference(&expected) < 1e-6, "{place:?}");
}
