//! The tray as a value: what it shows follows from the state, and a test can compare it.

use crate::Engine;
use crate::error::Error;
use crate::events::Tag;
use paraph_domain::ids::ProcedureId;
use paraph_messages::{Key, plural, text};
use serde::{Deserialize, Serialize};
use std::sync::atomic::Ordering;

/// Events shown in the menu.
const RECENT: u32 = 5;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tray {
    pub icon: TrayIcon,
    pub tooltip: String,
    pub menu: Vec<Entry>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TrayIcon {
    Idle,
    /// Requests wait for signatures.
    Waiting,
    /// An account cannot be reached.
    Offline,
    /// Something was announced, and the window has not been looked at since.
    News,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    Separator,
    /// Text that cannot be chosen.
    Heading(String),
    Item {
        text: String,
        choice: Choice,
    },
}

/// What a menu item does. Its serialised form is the item's id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "choice", rename_all = "snake_case")]
pub enum Choice {
    Open,
    NewDocument,
    Show { procedure: ProcedureId },
    PauseNotifications,
    ResumeNotifications,
    Quit,
}

impl Engine {
    pub async fn tray(&self) -> Result<Tray, Error> {
        let settings = self.settings().await?;
        let open = self.store().procedures().count_followed().await?;
        let offline = self
            .accounts()
            .await?
            .iter()
            .any(|account| account.fetched.last_error.is_some());
        let recent = self.recent_events(RECENT).await?;
        let news = self.inner.news.load(Ordering::Relaxed);
        Ok(tray(
            settings.language,
            State {
                open,
                offline,
                news,
                paused: settings.notifications_paused,
            },
            recent,
        ))
    }

    /// The window is being looked at: what was announced is no news any more.
    pub fn news_seen(&self) {
        if self.inner.news.swap(false, Ordering::Relaxed) {
            self.tell(vec![Tag::AppState]);
        }
    }
}

struct State {
    open: u32,
    offline: bool,
    news: bool,
    paused: bool,
}

fn tray(
    language: paraph_domain::draft::Language,
    state: State,
    recent: Vec<(ProcedureId, String)>,
) -> Tray {
    let say = |key| text(language, key, &[]);
    let item = |key, choice| Entry::Item {
        text: say(key),
        choice,
    };
    let State {
        open,
        offline,
        news,
        paused,
    } = state;
    let latest = recent.first().filter(|_| news);
    let (icon, tooltip) = if let Some((_, what)) = latest {
        (TrayIcon::News, what.clone())
    } else if offline {
        (TrayIcon::Offline, say(Key::TrayTooltipOffline))
    } else if open == 0 {
        (TrayIcon::Idle, say(Key::TrayTooltipIdle))
    } else {
        let key = plural(
            language,
            open as usize,
            Key::TrayTooltipWaitingOne,
            Key::TrayTooltipWaitingOther,
        );
        (
            TrayIcon::Waiting,
            text(language, key, &[("count", &open.to_string())]),
        )
    };
    let mut menu = vec![
        item(Key::TrayOpen, Choice::Open),
        item(Key::TrayNewDocument, Choice::NewDocument),
        Entry::Separator,
        Entry::Heading(say(Key::TrayRecent)),
    ];
    if recent.is_empty() {
        menu.push(Entry::Heading(say(Key::TrayNothingYet)));
    }
    menu.extend(recent.into_iter().map(|(procedure, text)| Entry::Item {
        text,
        choice: Choice::Show { procedure },
    }));
    menu.push(Entry::Separator);
    menu.push(if paused {
        item(Key::TrayResume, Choice::ResumeNotifications)
    } else {
        item(Key::TrayPause, Choice::PauseNotifications)
    });
    menu.push(item(Key::TrayQuit, Choice::Quit));
    Tray {
        icon,
        tooltip,
        menu,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use paraph_domain::draft::Language;

    #[test]
    fn the_menu_follows_from_the_state() {
        let recent = vec![(ProcedureId::new("p"), "Ada signed “Lease”".to_owned())];
        let state = State {
            open: 2,
            offline: false,
            news: false,
            paused: true,
        };
        let tray = tray(Language::English, state, recent);
        assert_eq!(tray.icon, TrayIcon::Waiting);
        assert!(
            tray.tooltip.contains('2'),
            "the tooltip says how many wait: {}",
            tray.tooltip
        );
        let choices: Vec<_> = tray
            .menu
            .iter()
            .filter_map(|entry| match entry {
                Entry::Item { choice, .. } => Some(choice.clone()),
                Entry::Separator | Entry::Heading(_) => None,
            })
            .collect();
        assert_eq!(
            choices,
            [
                Choice::Open,
                Choice::NewDocument,
                Choice::Show {
                    procedure: ProcedureId::new("p")
                },
                Choice::ResumeNotifications,
                Choice::Quit,
            ]
        );
    }

    #[test]
    fn what_matters_most_is_shown() {
        let happened = || vec![(ProcedureId::new("p"), "Ada signed “Lease”".to_owned())];
        for (open, offline, news, icon) in [
            (0, false, false, TrayIcon::Idle),
            (3, false, false, TrayIcon::Waiting),
            (3, true, false, TrayIcon::Offline),
            (3, true, true, TrayIcon::News),
        ] {
            let state = State {
                open,
                offline,
                news,
                paused: false,
            };
            let tray = tray(Language::French, state, happened());
            assert_eq!(
                tray.icon, icon,
                "{open} open, offline {offline}, news {news}"
            );
            assert_eq!(
                tray.tooltip.contains("Ada signed"),
                news,
                "news are told in the tooltip: {}",
                tray.tooltip
            );
        }
    }
}
