//! Which words and lines of a page make a place.

use super::On::{self, Box, Rule, Text, Upright};
use super::{CLAUSE, check};
use crate::suggestions::SuggestionReason::{Box as Boxed, Leader, Room, Rule as Ruled};

#[test]
fn lines_beside_above_and_below_words_are_places() {
    check(
        "on the label's line",
        &[
            Text(72.0, 600.0, "Signature :"),
            Rule(130.0, 602.0, 180.0),
            Text(72.0, 640.0, "Date : ..............................."),
        ],
        &[
            ("signature", Ruled, (220.0, 580.0)),
            ("text", Leader, (150.0, 636.0)),
        ],
    );
    check(
        "labels under their rules, in two columns",
        &[
            Rule(72.0, 600.0, 180.0),
            Text(72.0, 612.0, "Signature"),
            Rule(320.0, 600.0, 180.0),
            Text(320.0, 612.0, "Date"),
            Rule(72.0, 650.0, 180.0),
            Text(72.0, 662.0, "Name"),
        ],
        &[
            ("signature", Ruled, (160.0, 580.0)),
            ("text", Ruled, (410.0, 595.0)),
            ("text", Ruled, (160.0, 645.0)),
        ],
    );
    check(
        "labels above their rules",
        &[
            Text(72.0, 560.0, "Signature du locataire"),
            Rule(72.0, 600.0, 180.0),
            Text(72.0, 612.0, "Date"),
            Rule(72.0, 636.0, 180.0),
        ],
        &[
            ("signature", Ruled, (160.0, 582.0)),
            ("text", Ruled, (160.0, 630.0)),
        ],
    );
    check(
        "who signs, under a rule",
        &[
            Text(72.0, 500.0, CLAUSE),
            Rule(72.0, 700.0, 200.0),
            Text(72.0, 714.0, "The provider"),
            Rule(323.0, 700.0, 200.0),
            Text(323.0, 714.0, "The client"),
        ],
        &[
            ("signature", Ruled, (170.0, 680.0)),
            ("signature", Ruled, (420.0, 680.0)),
        ],
    );
    check(
        "headings and parties leave the rule to the words under it",
        &[
            Text(72.0, 520.0, "SIGNATURES"),
            Text(72.0, 540.0, "LANDLORD"),
            Rule(72.0, 600.0, 180.0),
            Text(72.0, 612.0, "Signature"),
            Rule(72.0, 650.0, 180.0),
            Text(72.0, 662.0, "Date"),
        ],
        &[
            ("signature", Ruled, (160.0, 580.0)),
            ("text", Ruled, (160.0, 645.0)),
        ],
    );
    check(
        "a name under a rule",
        &[
            Text(72.0, 540.0, "AGREED AND ACCEPTED:"),
            Text(72.0, 560.0, "ACME CORPORATION"),
            Rule(72.0, 600.0, 180.0),
            Text(72.0, 612.0, "Name: John Smith"),
            Text(72.0, 625.0, "Title: CEO"),
            Rule(320.0, 600.0, 180.0),
            Text(320.0, 612.0, "Mary Jones"),
        ],
        &[
            ("signature", Ruled, (160.0, 580.0)),
            ("signature", Ruled, (410.0, 580.0)),
        ],
    );
    check(
        "an English block",
        &[
            Text(
                72.0,
                560.0,
                "IN WITNESS WHEREOF the parties have executed this agreement.",
            ),
            Text(72.0, 600.0, "ACME LTD"),
            Text(72.0, 630.0, "By: ______________________"),
            Text(72.0, 650.0, "Name: ______________________"),
            Text(72.0, 670.0, "Title: ______________________"),
            Text(72.0, 690.0, "Date: ______________________"),
        ],
        &[
            ("signature", Leader, (150.0, 615.0)),
            ("text", Leader, (160.0, 646.0)),
            ("text", Leader, (160.0, 666.0)),
            ("text", Leader, (160.0, 686.0)),
        ],
    );
}

#[test]
fn boxes_and_cells_are_places() {
    check(
        "a box below",
        &[
            Text(72.0, 600.0, "Signature et cachet"),
            Box(72.0, 610.0, 200.0, 70.0),
        ],
        &[("signature", Boxed, (172.0, 645.0))],
    );
    check(
        "a label in its box",
        &[
            Text(80.0, 614.0, "Signature"),
            Box(72.0, 600.0, 200.0, 90.0),
        ],
        &[("signature", Boxed, (172.0, 655.0))],
    );
    check(
        "cells beside their headings",
        &[
            Box(72.0, 600.0, 120.0, 40.0),
            Box(192.0, 600.0, 200.0, 40.0),
            Box(72.0, 640.0, 120.0, 20.0),
            Box(192.0, 640.0, 200.0, 20.0),
            Text(80.0, 624.0, "Signature"),
            Text(80.0, 654.0, "Date"),
        ],
        &[
            ("signature", Boxed, (290.0, 620.0)),
            ("text", Boxed, (290.0, 650.0)),
        ],
    );
    check(
        "a table with a column a party",
        &[
            Box(72.0, 600.0, 100.0, 30.0),
            Box(172.0, 600.0, 150.0, 30.0),
            Box(322.0, 600.0, 150.0, 30.0),
            Box(72.0, 630.0, 100.0, 30.0),
            Box(172.0, 630.0, 150.0, 30.0),
            Box(322.0, 630.0, 150.0, 30.0),
            Box(72.0, 660.0, 100.0, 60.0),
            Box(172.0, 660.0, 150.0, 60.0),
            Box(322.0, 660.0, 150.0, 60.0),
            Text(180.0, 618.0, "Le Bailleur"),
            Text(330.0, 618.0, "Le Locataire"),
            Text(80.0, 648.0, "Date"),
            Text(80.0, 690.0, "Signature"),
        ],
        &[
            ("text", Boxed, (240.0, 645.0)),
            ("text", Boxed, (390.0, 645.0)),
            ("signature", Boxed, (240.0, 690.0)),
            ("signature", Boxed, (390.0, 690.0)),
        ],
    );
    check(
        "a ruled table with a row a person",
        &[
            Rule(72.0, 600.0, 400.0),
            Rule(72.0, 620.0, 400.0),
            Rule(72.0, 660.0, 400.0),
            Rule(72.0, 700.0, 400.0),
            Upright(72.0, 600.0, 100.0),
            Upright(272.0, 600.0, 100.0),
            Upright(472.0, 600.0, 100.0),
            Text(80.0, 614.0, "Nom"),
            Text(280.0, 614.0, "Signature"),
            Text(80.0, 644.0, "Ada Martin"),
            Text(80.0, 684.0, "Bob Durand"),
        ],
        &[
            ("signature", Boxed, (372.0, 640.0)),
            ("signature", Boxed, (372.0, 680.0)),
        ],
    );
}

#[test]
fn rows_between_level_rules_are_places_below_their_headings() {
    let rules = [400.0, 440.0, 480.0].map(|y| Rule(72.0, y, 450.0));
    let headings = [(72.0, "Associé"), (250.0, "Date"), (360.0, "Signature")];
    let headings = headings.map(|(x, text)| Text(x, 394.0, text));
    let [first, second, third] = rules;
    let [who, date, signature] = headings;
    check(
        "two signers, without a frame",
        &[
            first,
            second,
            third,
            who,
            date,
            signature,
            Text(76.0, 424.0, "Ada Martin"),
            Text(76.0, 464.0, "Bob Durand"),
        ],
        &[
            ("text", Boxed, (300.0, 420.0)),
            ("signature", Boxed, (440.0, 420.0)),
            ("text", Boxed, (300.0, 460.0)),
            ("signature", Boxed, (440.0, 460.0)),
        ],
    );
}

#[test]
fn blank_room_is_a_place_where_words_are_sure() {
    check(
        "two parties side by side",
        &[
            Text(
                72.0,
                540.0,
                "Fait à Lyon, le 3 mars 2025, en deux exemplaires originaux.",
            ),
            Text(72.0, 580.0, "Le Bailleur"),
            Text(330.0, 580.0, "Le Locataire"),
            Text(
                72.0,
                592.0,
                "(signature précédée de la mention « Lu et approuvé »)",
            ),
        ],
        &[
            ("signature", Room, (140.0, 625.0)),
            ("signature", Room, (400.0, 620.0)),
        ],
    );
    check(
        "how to sign over two lines, with who signs",
        &[
            Text(72.0, 540.0, "Fait en deux exemplaires originaux."),
            Text(72.0, 580.0, "Pour le Prestataire"),
            Text(330.0, 580.0, "Pour le Client"),
            Text(72.0, 593.0, "M. Jean Petit, gérant"),
            Text(330.0, 593.0, "Mme Anne Roy"),
            Text(72.0, 606.0, "Date et signature précédées de la"),
            Text(72.0, 618.0, "mention « Bon pour accord »"),
        ],
        &[
            ("signature", Room, (160.0, 650.0)),
            ("signature", Room, (400.0, 630.0)),
        ],
    );
    check(
        "one person",
        &[
            Text(72.0, 600.0, CLAUSE),
            Text(72.0, 640.0, "Signature du salarié"),
        ],
        &[("signature", Room, (150.0, 675.0))],
    );
    check(
        "no room between label and text",
        &[
            Text(72.0, 640.0, "Signature du salarié"),
            Text(72.0, 664.0, CLAUSE),
            Text(72.0, 678.0, CLAUSE),
        ],
        &[],
    );
    check(
        "initials in a corner",
        &[Text(72.0, 500.0, CLAUSE), Text(530.0, 815.0, "Paraphes")],
        &[("initials", Room, (550.0, 792.0))],
    );
    check(
        "initials in the foot",
        &[Text(72.0, 500.0, CLAUSE), Text(400.0, 815.0, "Paraphes :")],
        &[("initials", Room, (490.0, 810.0))],
    );
}

#[test]
fn the_place_and_the_day_are_text_to_fill_in() {
    check(
        "both open",
        &[Text(
            72.0,
            600.0,
            "Fait à ........................., le ......................",
        )],
        &[
            ("text", Leader, (140.0, 596.0)),
            ("text", Leader, (225.0, 596.0)),
        ],
    );
    check(
        "the day open",
        &[Text(
            72.0,
            600.0,
            "Fait à Paris, le ___ / ___ / 20____ en deux exemplaires",
        )],
        &[("text", Leader, (180.0, 596.0))],
    );
    check(
        "gaps instead of dots",
        &[Text(72.0, 600.0, "Fait à"), Text(220.0, 600.0, ", le")],
        &[
            ("text", Room, (160.0, 596.0)),
            ("text", Room, (320.0, 596.0)),
        ],
    );
    check(
        "nothing open",
        &[Text(72.0, 600.0, "Fait à Paris, le 12 mars 2024")],
        &[],
    );
}

#[test]
fn formulas_are_written_by_the_signer() {
    check(
        "dots after the request",
        &[
            Text(
                72.0,
                600.0,
                "Mention manuscrite « Bon pour caution » : ........................",
            ),
            Text(72.0, 640.0, "Signature"),
        ],
        &[
            ("write Bon pour caution", Leader, (310.0, 596.0)),
            ("signature", Room, (150.0, 675.0)),
        ],
    );
    check(
        "how to sign is no formula's place",
        &[Text(
            72.0,
            600.0,
            "Signature précédée de la mention « Lu et approuvé »",
        )],
        &[("signature", Room, (150.0, 635.0))],
    );
}

#[test]
fn what_only_looks_like_a_place_is_none() {
    let cases: &[(&str, &[On])] = &[
        (
            "a sentence",
            &[
                Text(
                    72.0,
                    300.0,
                    "La signature du présent contrat vaut acceptation des conditions générales et",
                ),
                Text(
                    72.0,
                    313.0,
                    "Signature électronique au sens du règlement européen.",
                ),
            ],
        ),
        (
            "a heading",
            &[
                Text(72.0, 300.0, "9. Signature électronique"),
                Text(72.0, 340.0, CLAUSE),
            ],
        ),
        (
            "a table of contents",
            &[Text(
                72.0,
                300.0,
                "Signatures ............................................ 12",
            )],
        ),
        (
            "values that stand there",
            &[
                Text(72.0, 600.0, "Date : 12/03/2024"),
                Text(72.0, 620.0, "Nom : Ada Martin"),
                Text(72.0, 640.0, "Signature: Ada Martin"),
            ],
        ),
        (
            "a certificate",
            &[
                Text(72.0, 100.0, "Certificat de signature électronique"),
                Text(72.0, 140.0, "Signature"),
                Text(72.0, 220.0, "Adresse IP : 192.0.2.7"),
                Text(72.0, 240.0, "Date :"),
            ],
        ),
        (
            "parties before their contract",
            &[
                Text(72.0, 100.0, "ENTRE LES SOUSSIGNÉS"),
                Text(72.0, 140.0, "Le Bailleur"),
                Text(
                    72.0,
                    240.0,
                    "Le Locataire : ........................................",
                ),
            ],
        ),
        (
            "a table of items",
            &[
                Box(72.0, 300.0, 100.0, 20.0),
                Box(172.0, 300.0, 200.0, 20.0),
                Box(72.0, 320.0, 100.0, 20.0),
                Box(172.0, 320.0, 200.0, 20.0),
                Text(80.0, 314.0, "Date"),
                Text(180.0, 314.0, "Description"),
            ],
        ),
        ("nothing", &[]),
        (
            "only lines, as on a scan",
            &[Rule(72.0, 600.0, 200.0), Box(72.0, 700.0, 100.0, 50.0)],
        ),
    ];
    for (what, on) in cases {
        check(what, on, &[]);
    }
}
