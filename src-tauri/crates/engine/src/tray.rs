//! The tray as a value: what it shows follows from the state, and a test can compare it.

use crate::Engine;
use crate::error::Error;
use paraph_domain::ids::ProcedureId;
use paraph_messages::{Key, plural, text};
use serde::{Deserialize, Serialize};

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
        Ok(tray(
            settings.language,
            open,
            offline,
            settings.notifications_paused,
            recent,
        ))
    }
}

fn tray(
    language: paraph_domain::draft::Language,
    open: u32,
    offline: bool,
    paused: bool,
    recent: Vec<(ProcedureId, String)>,
) -> Tray {
    let say = |key| text(language, key, &[]);
    let item = |key, choice| Entry::Item {
        text: say(key),
        choice,
    };
    let (icon, tooltip) = if offline {
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
        let tray = tray(Language::English, 2, false, true, recent);
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
    fn a_provider_out_of_reach_is_shown_before_anything_else() {
        let tray = tray(Language::French, 3, true, false, Vec::new());
        assert_eq!(tray.icon, TrayIcon::Offline);
    }
}
