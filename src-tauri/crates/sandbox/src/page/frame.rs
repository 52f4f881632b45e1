//! What stands around every page: the practice banner, the language switch, the footer.

use crate::page::Words;
use maud::{DOCTYPE, Markup, html};
use paraph_messages::{Key, Language};

/// `here` is the page's own address without `lang`, for the language switch; none where a switch
/// would lose something.
pub(super) fn frame(words: Words, title: &str, here: Option<&str>, main: Markup) -> Markup {
    let code = code(words.0);
    html! {
        (DOCTYPE)
        html lang=(code) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) " – " (words.say(Key::SignPracticeBanner)) }
                link rel="icon" type="image/svg+xml" href="/practice/icon.svg";
                link rel="stylesheet" href="/practice/page.css";
                script src="/practice/sign.js" defer {}
            }
            body {
                a.skip href="#main" { (words.say(Key::SignSkip)) }
                aside.banner aria-label=(words.say(Key::SignPracticeBanner)) {
                    // Both languages, whatever the page's: the mark must be read by everybody.
                    strong { "NO LEGAL VALUE" span.dot aria-hidden="true" { " · " } span lang="fr" { "SANS VALEUR JURIDIQUE" } }
                    span.banner-more { (words.say(Key::SignPracticeExplained)) }
                }
                header.top {
                    span.brand { (brand_mark()) "Paraph" }
                    @if let Some(here) = here {
                        nav.languages aria-label=(words.say(Key::SignLanguage)) {
                            (switch(words.0, Language::English, "English", here))
                            (switch(words.0, Language::French, "Français", here))
                        }
                    }
                }
                (main)
                footer { (words.say(Key::SignFooter)) }
            }
        }
    }
}

fn switch(current: Language, target: Language, name: &str, here: &str) -> Markup {
    let code = code(target);
    let current = (current == target).then_some("true");
    let joint = if here.contains('?') { '&' } else { '?' };
    html! {
        a lang=(code) hreflang=(code) aria-current=[current] href={ (here) (joint) "lang=" (code) } { (name) }
    }
}

pub(super) fn code(language: Language) -> &'static str {
    crate::signing::act::language_code(language)
}

fn brand_mark() -> Markup {
    html! {
        svg.brand-mark viewBox="0 0 24 24" aria-hidden="true" {
            path d="M3 17c4-1 5-10 8-10s1 8 3 8 2-4 4-4 1 3 3 3" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}
        }
    }
}

/// A page with one thing to say.
pub(super) fn notice(
    words: Words,
    mood: Mood,
    heading: &str,
    here: Option<&str>,
    more: Markup,
) -> Markup {
    frame(
        words,
        heading,
        here,
        html! {
            main.notice #main tabindex="-1" {
                div.card {
                    div class=(mood.class()) aria-hidden="true" { (mood.picture()) }
                    h1 { (heading) }
                    (more)
                }
            }
        },
    )
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mood {
    Good,
    Waiting,
    Ended,
}

impl Mood {
    fn class(self) -> &'static str {
        match self {
            Self::Good => "mood good",
            Self::Waiting => "mood waiting",
            Self::Ended => "mood ended",
        }
    }

    fn picture(self) -> Markup {
        let path = match self {
            Self::Good => "M5 12.5l4.5 4.5L19 7.5",
            Self::Waiting => "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7.5V12l3 2",
            Self::Ended => "M7 7l10 10M17 7L7 17",
        };
        html! {
            svg viewBox="0 0 24 24" {
                path d=(path) fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {}
            }
        }
    }
}
