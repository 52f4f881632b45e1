use super::*;
use paraph_domain::geometry::Rect;
use proptest::prelude::*;

/// A run whose letters are half as wide as high and that begins on its baseline at (x, y).
fn run(text: &str, (x, y): (f64, f64), size: f64, angle: f64) -> TextRun {
    let (sin, cos) = angle.to_radians().sin_cos();
    let letters = text.chars().count();
    let corner = (x + 0.8 * size * sin, y - 0.8 * size * cos);
    let mut run = TextRun {
        text: text.to_owned(),
        rect: Rect {
            x: 0.0,
            y: 0.0,
            w: 0.0,
            h: 0.0,
        },
        baseline: y,
        font_size: size,
        angle: angle.rem_euclid(360.0),
        corner,
        spans: (0..letters)
            .map(|letter| [0, 1].map(|end| ((letter + end) as f64 * size / 2.0) as f32))
            .collect(),
    };
    run.rect = run.rect_of(0..letters);
    run
}

/// As `run`, on a page that lies askew by some degrees about (300, 400).
fn askew(text: &str, (x, y): (f64, f64), size: f64, degrees: f64) -> TextRun {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (x, y) = (x - 300.0, y - 400.0);
    let at = (300.0 + x * cos - y * sin, 400.0 + x * sin + y * cos);
    run(text, at, size, degrees)
}

/// In whatever order they are told, the runs come out as they stand in the list.
fn reads(runs: &[TextRun]) {
    let expected: Vec<&str> = runs.iter().map(|run| run.text.as_str()).collect();
    let mut reversed = runs.to_vec();
    reversed.reverse();
    let mut turned_about = runs.to_vec();
    turned_about.rotate_left(runs.len() / 2);
    let mut by_their_ends = runs.to_vec();
    by_their_ends.sort_by_key(|run| run.text.chars().rev().collect::<String>());
    for told in [runs.to_vec(), reversed, turned_about, by_their_ends] {
        let read: Vec<String> = arrange(told).into_iter().map(|run| run.text).collect();
        assert_eq!(read, expected);
    }
}

const WORDS: &str = "some words that fill the line of a column well";

#[test]
fn lines_of_a_scan_that_lean_each_by_its_own_angle_are_read_from_the_top() {
    let leans = [0.3, 2.0, 1.1, 0.7, 1.9, 0.4, 1.6, 1.2, 2.0, 0.3, 1.0];
    let lines = leans.iter().enumerate().map(|(line, lean)| {
        let text = format!("{line} {}", if line % 3 == 2 { "short" } else { WORDS });
        run(&text, (72.0, 100.0 + 13.0 * line as f64), 10.0, *lean)
    });
    reads(&lines.collect::<Vec<_>>());
}

#[test]
fn a_line_in_pieces_is_read_as_one_however_the_page_lies() {
    for degrees in [-2.0, -0.3, 0.0, 0.7, 2.0] {
        let mut runs = Vec::new();
        for row in 0..7 {
            let y = 200.0 + 18.0 * f64::from(row);
            // Each piece has an angle of its own, as recognised words have.
            for (column, off) in [(0, 0.2), (1, -0.2), (2, 0.1)] {
                let x = 60.0 + 190.0 * f64::from(column);
                let mut piece = askew(&format!("{row}/{column}"), (x, y), 10.0, degrees);
                piece.angle = (piece.angle + off).rem_euclid(360.0);
                runs.push(piece);
            }
        }
        reads(&runs);
    }
}

#[test]
fn a_skewed_page_has_its_heading_its_columns_and_its_table_in_order() {
    for degrees in [-2.0, -0.8, 0.0, 0.3, 1.4, 2.0] {
        let place = |text: &str, at, size| askew(text, at, size, degrees);
        let mut runs = vec![place("A heading over both columns", (60.0, 80.0), 20.0)];
        for (column, x) in [("left", 60.0), ("right", 330.0)] {
            runs.push(place(&format!("Title {column}"), (x, 120.0), 13.0));
            for line in 0..9 {
                let y = 140.0 + 12.0 * f64::from(line);
                let text = format!("{column} {line} {WORDS}");
                runs.push(place(&text, (x, y), 9.0));
            }
        }
        for row in 0..4 {
            let y = 300.0 + 20.0 * f64::from(row);
            runs.push(place(&format!("label {row}"), (60.0, y), 10.0));
            runs.push(place(&format!("value {row}"), (250.0, y), 10.0));
            runs.push(place(&format!("sum {row}"), (500.0, y), 10.0));
        }
        reads(&runs);
    }
}

#[test]
fn columns_may_stand_close_and_have_lines_of_their_own_height() {
    let mut runs = Vec::new();
    for (column, x, pitch) in [("left", 36.0, 11.0), ("right", 296.0, 12.5)] {
        for line in 0..10 {
            // The gutter is 7 points wide where the lines are longest.
            let letters = if line % 4 == 3 { 20 } else { 50 };
            let text: String = format!("{column} {line} {WORDS} and on")
                .chars()
                .take(letters)
                .collect();
            runs.push(run(&text, (x, 60.0 + pitch * f64::from(line)), 10.0, 0.0));
        }
    }
    reads(&runs);
}

#[test]
fn a_note_that_runs_up_the_margin_comes_after_the_page_and_keeps_its_lines_in_order() {
    for lean in [0.0, 1.3] {
        let mut runs: Vec<_> = (0..6)
            .map(|line| {
                let text = format!("{line} {WORDS}");
                run(&text, (90.0, 100.0 + 14.0 * f64::from(line)), 10.0, lean)
            })
            .collect();
        // Its first line is larger; upwards, lines follow one another to the right.
        runs.push(run("Reference", (20.0, 400.0), 16.0, 270.0 + lean));
        runs.push(run("of the", (34.0, 500.0), 8.0, 269.5 + lean));
        runs.push(run("file", (34.0, 460.0), 8.0, 270.5 + lean));
        runs.push(run("and its date", (44.0, 500.0), 8.0, 270.0 + lean));
        reads(&runs);
    }
}

#[test]
fn turned_lines_of_several_sizes_follow_one_another() {
    for degrees in [90.0, 180.0, 270.0, 45.0] {
        let lines = [
            (30.0, 24.0),
            (58.0, 18.0),
            (71.0, 9.0),
            (84.0, 11.0),
            (94.0, 6.0),
            (108.0, 12.0),
        ];
        let runs = lines.iter().enumerate().map(|(line, (below, size))| {
            askew(&format!("line {line}"), (300.0, *below), *size, degrees)
        });
        reads(&runs.collect::<Vec<_>>());
    }
}

#[test]
fn a_raised_figure_stays_in_its_line_and_does_not_raise_it() {
    reads(&[
        run("as the law", (60.0, 100.0), 10.0, 0.0),
        run("12", (112.0, 96.5), 6.0, 0.0),
        run("says", (130.0, 100.0), 10.0, 0.0),
        run("and more", (60.0, 112.0), 10.0, 0.0),
    ]);
}

proptest! {
    #[test]
    fn lines_are_read_from_the_top_however_each_leans(
        lines in proptest::collection::vec((0.3..2.0_f64, 5_usize..46, 0.0..120.0_f64), 2..40),
        pitch in 11.0..20.0_f64,
        to_the_left in any::<bool>(),
    ) {
        let runs: Vec<_> = lines.iter().enumerate().map(|(line, (lean, letters, indent))| {
            let text: String = format!("{line} {WORDS}").chars().take(*letters).collect();
            let lean = if to_the_left { -lean } else { *lean };
            run(&text, (72.0 + indent, 60.0 + pitch * line as f64), 9.0, lean)
        }).collect();
        let mut told = runs.clone();
        told.reverse();
        prop_assert_eq!(arrange(told), runs);
    }

    #[test]
    fn nothing_is_lost(
        runs in proptest::collection::vec(
            ("[a-zא-ת]{1,12}", (-1e4..1e4_f64, -1e4..1e4_f64), 0.0..300.0_f64, 0.0..360.0_f64), 0..60,
        ),
    ) {
        let mut told: Vec<_> = runs.iter().map(|(text, at, size, angle)| run(text, *at, *size, *angle)).collect();
        let mut read = arrange(told.clone());
        let by_place = |a: &TextRun, b: &TextRun| a.corner.0.total_cmp(&b.corner.0).then(a.text.cmp(&b.text));
        told.sort_by(by_place);
        read.sort_by(by_place);
        prop_assert_eq!(read, told);
    }
}
