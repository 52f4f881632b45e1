//! The pieces of a page that ask for something, and what speaks for or against a signature there.

use super::area::{bottom, middle, right, shared_x, shared_y};
use super::fold::fold;
use super::layout::{Layout, Piece};
use super::wanted::{Asked, Wanted, asked, is_remark};

/// Lines closer than this many font sizes belong together.
const CLOSE: f64 = 0.9;
/// Longer pieces are lines of prose.
const PROSE: usize = 50;

/// A piece that asks for something.
#[derive(Debug)]
pub struct Label<'a> {
    pub piece: &'a Piece,
    pub asked: Asked,
    /// Whether it is a heading or a part of a sentence, so that only a blank on its line counts.
    pub is_in_prose: bool,
}

impl Label<'_> {
    /// "X", "By" and "Le" ask for something in signature blocks only.
    pub fn is_bare(&self) -> bool {
        const LONGEST: usize = 4;
        let letters = self.piece.text.chars().filter(|it| it.is_alphabetic());
        !self.asked.is_firm && letters.count() < LONGEST
    }

    /// Whether a rule between it and a label below it may be its own. Of those above, headings and
    /// who signs leave it to the words under the rule.
    pub fn takes_rules(&self, below: &Label<'_>) -> bool {
        let is_heading = !self.asked.is_firm && !self.asked.has_colon && !self.is_field();
        let is_party = self.asked.wanted == Wanted::Party;
        !is_heading && (!is_party || below.asked.wanted == Wanted::Party)
    }

    /// A part of a signature block beside the signature.
    fn is_field(&self) -> bool {
        matches!(
            self.asked.wanted,
            Wanted::Date | Wanted::Name | Wanted::Title | Wanted::Place
        )
    }
}

pub fn labels(layout: &Layout) -> Vec<Label<'_>> {
    let mut labels = Vec::new();
    for piece in &layout.pieces {
        if let Some(asked) = asked(&piece.text) {
            labels.push(Label {
                piece,
                asked,
                is_in_prose: is_in_prose(layout, piece),
            });
        }
    }
    labels
}

/// Whether the page is about signing that has happened: a certificate, a trail of proof.
pub fn is_certificate(layout: &Layout) -> bool {
    const SIGNS: [&str; 22] = [
        "certificat de signature",
        "certificate of completion",
        "signing certificate",
        "signature certificate",
        "audit trail",
        "piste d'audit",
        "dossier de preuve",
        "adresse ip",
        "ip address",
        "sha-256",
        "sha256",
        "empreinte",
        "horodatage",
        "timestamp",
        "signe electroniquement",
        "electronically signed",
        "digitally signed",
        "signature numerique",
        "envelope id",
        "identifiant de transaction",
        "transaction id",
        "certificat de realisation",
    ];
    // Clauses on electronic signatures speak of them in long lines.
    let text: Vec<String> = layout
        .pieces
        .iter()
        .filter(|piece| piece.text.chars().count() < PROSE)
        .map(|piece| fold(&piece.text))
        .collect();
    let has = |sign: &&&str| text.iter().any(|piece| piece.contains(**sign));
    SIGNS.iter().filter(has).count() >= 2
}

/// The lower edges of the words that begin a page's signatures, such as "Fait à" and "In witness
/// whereof", and of labels that ask for signatures.
pub fn cues(layout: &Layout, labels: &[Label<'_>]) -> Vec<f64> {
    const CUES: [&str; 20] = [
        "fait a ",
        "fait en ",
        "fait le ",
        "exemplaires",
        "exemplaire original",
        "lu et approuve",
        "bon pour ",
        "in witness whereof",
        "signed by",
        "signe a ",
        "done at",
        "executed ",
        "signatures",
        "signatories",
        "precedee",
        "read and approved",
        "agreed and accepted",
        "accepted and agreed",
        "agreed by",
        "accepted by",
    ];
    let says_so = |piece: &&Piece| {
        let text = fold(&piece.text);
        let text = format!("{text} ");
        CUES.iter().any(|cue| text.contains(cue))
    };
    let of_text = layout
        .pieces
        .iter()
        .filter(says_so)
        .map(|piece| bottom(&piece.rect));
    let of_labels = labels
        .iter()
        .filter(|label| {
            matches!(label.asked.wanted, Wanted::Signature | Wanted::Formula(_))
                && !label.is_in_prose
                && !label.is_bare()
        })
        .map(|label| bottom(&label.piece.rect));
    of_text.chain(of_labels).collect()
}

fn is_in_prose(layout: &Layout, piece: &Piece) -> bool {
    let near = CLOSE * piece.size;
    let others = || {
        layout
            .pieces
            .iter()
            .filter(|other| !std::ptr::eq(*other, piece))
    };
    let is_prose = |other: &&Piece| other.text.chars().count() >= PROSE;
    let goes_on = others().filter(is_prose).any(|before| {
        let gap = piece.rect.y - bottom(&before.rect);
        let is_above = gap > -0.3 * piece.size && gap <= near;
        let is_column = (before.rect.x - piece.rect.x).abs() <= 4.0;
        let is_open = !before.text.ends_with(['.', ':', ';', '!', '?', ')']);
        let goes_on = piece.text.chars().next().is_some_and(char::is_lowercase);
        is_above && is_column && is_open && (goes_on || is_full(layout, before))
    });
    let begins = others().filter(is_prose).any(|next| {
        let gap = next.rect.y - bottom(&piece.rect);
        let is_column = (next.rect.x - piece.rect.x).abs() <= 30.0;
        gap > -0.3 * piece.size && gap <= near && is_column && !is_remark(&next.text)
    });
    let on_line: usize = others()
        .filter(|other| shared_y(&other.rect, &piece.rect) > 0.5 * piece.rect.h)
        .filter(|other| {
            let gap = -shared_x(&other.rect, &piece.rect);
            gap < 2.0 * piece.size
        })
        .map(|other| other.text.chars().count())
        .sum();
    goes_on || begins || on_line >= 40
}

/// Whether a line reaches to where the page's text ends, so that a sentence may go on below it.
fn is_full(layout: &Layout, piece: &Piece) -> bool {
    let end = layout
        .pieces
        .iter()
        .map(|piece| right(&piece.rect))
        .fold(0.0, f64::max);
    right(&piece.rect) > end - 0.08 * layout.size.w
}

/// What stands close below a label and belongs to it: how to sign, and who.
pub struct Below<'a> {
    /// Where the room below begins.
    pub foot: f64,
    pub pieces: Vec<&'a Piece>,
    /// Whether a label of its own stands there.
    pub asks: Option<Wanted>,
}

pub fn below<'a>(layout: &'a Layout, label: &Label<'_>) -> Below<'a> {
    const MOST_LINES: usize = 4;
    const LONGEST_NAME: usize = 44;
    let mut below = Below {
        foot: bottom(&label.piece.rect),
        pieces: Vec::new(),
        asks: None,
    };
    let (from, centre) = (label.piece.rect.x, middle(&label.piece.rect).0);
    while below.pieces.len() < MOST_LINES {
        let next = layout.pieces.iter().find(|piece| {
            let gap = piece.rect.y - below.foot;
            let is_column = (piece.rect.x - from).abs() <= 14.0
                || (middle(&piece.rect).0 - centre).abs() <= 14.0;
            is_column
                && gap > -0.4 * piece.size
                && gap <= CLOSE * label.piece.size
                && bottom(&piece.rect) > below.foot + 1.0
        });
        let Some(next) = next else { break };
        let is_remark = is_remark(&next.text);
        match asked(&next.text).map(|asked| asked.wanted) {
            None | Some(Wanted::Party) => {}
            Some(Wanted::Formula(_)) if is_remark => {}
            Some(wanted) => {
                below.asks = Some(wanted);
                break;
            }
        }
        if !is_remark && next.text.chars().count() > LONGEST_NAME {
            break;
        }
        below.foot = bottom(&next.rect);
        below.pieces.push(next);
    }
    below
}
