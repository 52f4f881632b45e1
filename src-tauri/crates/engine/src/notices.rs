//! What is announced, once, and in which words.

use crate::Engine;
use crate::error::Error;
use crate::events::{Effect, Place};
use crate::settings::Settings;
use paraph_domain::capabilities::Environment;
use paraph_domain::draft::Language;
use paraph_domain::ids::ProcedureId;
use paraph_domain::procedure::{Event, Procedure};
use paraph_domain::sending::Sending;
use paraph_messages::{Key, plural, text};
use paraph_store::{EventId, StoredEvent};
use std::sync::atomic::Ordering;

/// A notification of the desktop's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    pub title: String,
    pub body: String,
    /// What a click opens.
    pub place: Place,
    /// The word on its button.
    pub action: String,
}

impl Engine {
    /// Announces events that were just recorded.
    pub(crate) async fn announce(&self, events: &[StoredEvent]) -> Result<(), Error> {
        if !self.inner.parts.announces {
            return Ok(());
        }
        let settings = self.settings().await?;
        for event in self.claim(events).await? {
            self.inner.news.store(true, Ordering::Relaxed);
            let Some(procedure) = self.store().procedures().get(&event.procedure).await? else {
                continue;
            };
            self.show(&settings, notice(&event.event, &procedure, &settings));
        }
        Ok(())
    }

    /// On launch, and after the first look at an account: one notice for everything that was
    /// recorded and not announced.
    pub(crate) async fn announce_what_happened_while_off(&self) -> Result<(), Error> {
        if !self.inner.parts.announces {
            return Ok(());
        }
        let waiting = self.store().events().unannounced().await?;
        match waiting.as_slice() {
            [] => Ok(()),
            [_] => self.announce(&waiting).await,
            _ => {
                let settings = self.settings().await?;
                let claimed = self.claim(&waiting).await?;
                self.inner
                    .news
                    .fetch_or(!claimed.is_empty(), Ordering::Relaxed);
                if !claimed.is_empty() {
                    self.show(&settings, summary(claimed.len(), settings.language));
                }
                Ok(())
            }
        }
    }

    /// Marks events as announced before they are: a crash in between loses a notification, which
    /// is in the list all the same, and never shows one twice.
    async fn claim(&self, events: &[StoredEvent]) -> Result<Vec<StoredEvent>, Error> {
        let ids: Vec<EventId> = events.iter().map(|event| event.id).collect();
        let claimed = self
            .store()
            .events()
            .mark_announced(&ids, self.now())
            .await?;
        Ok(events
            .iter()
            .filter(|event| claimed.contains(&event.id))
            .cloned()
            .collect())
    }

    pub(crate) fn tell_send_failed(&self, sending: &Sending) {
        let title = sending.snapshot.draft.title.clone();
        let id = sending.snapshot.id.clone();
        let engine = self.clone();
        // The words depend on a setting that is read from the store; nobody waits for them.
        tokio::spawn(async move {
            let Ok(settings) = engine.settings().await else {
                return;
            };
            let language = settings.language;
            let notice = Notice {
                title: text(language, Key::NoticeSendFailed, &[("document", &title)]),
                body: text(language, Key::NoticeSendFailedBody, &[]),
                place: Place::Sending { id },
                action: text(language, Key::NoticeOpen, &[]),
            };
            engine.show(&settings, notice);
        });
    }

    /// A reminder that the last run was sending when it ended: nobody knows whether it went out.
    pub(crate) async fn tell_reminder_unclear(&self, id: &ProcedureId) -> Result<(), Error> {
        let settings = self.settings().await?;
        let Some(procedure) = self.store().procedures().get(id).await? else {
            return Ok(());
        };
        let language = settings.language;
        let document = [("document", procedure.name.as_str())];
        let notice = Notice {
            title: text(language, Key::NoticeReminderUnclear, &document),
            body: text(language, Key::NoticeReminderUnclearBody, &[]),
            place: Place::Procedure { id: id.clone() },
            action: text(language, Key::NoticeOpen, &[]),
        };
        self.show(&settings, notice);
        Ok(())
    }

    /// Unless the clerk wants quiet, or nobody here could see it.
    fn show(&self, settings: &Settings, notice: Notice) {
        if self.inner.parts.announces && !settings.notifications_paused {
            let _ = self.inner.effects.send(Effect::Announce(notice));
        }
    }

    /// The last things that happened, newest first, in words.
    pub async fn recent_events(&self, limit: u32) -> Result<Vec<(ProcedureId, String)>, Error> {
        let settings = self.settings().await?;
        let mut lines = Vec::new();
        for event in self.store().events().recent(limit).await? {
            if let Some(procedure) = self.store().procedures().get(&event.procedure).await? {
                let line = notice(&event.event, &procedure, &settings).title;
                lines.push((event.procedure, line));
            }
        }
        Ok(lines)
    }
}

/// The words for one event. A refusal's reason is personal and stays out unless it is wanted.
fn notice(event: &Event, procedure: &Procedure, settings: &Settings) -> Notice {
    let language = settings.language;
    let document = procedure.name.as_str();
    let say = |key, person: &str, reason: &str| {
        text(
            language,
            key,
            &[
                ("person", person),
                ("document", document),
                ("reason", reason),
            ],
        )
    };
    let (title, body) = match event {
        Event::Signed { name, .. } => (say(Key::NoticeSigned, name, ""), String::new()),
        Event::Approved { name, .. } => (say(Key::NoticeApproved, name, ""), String::new()),
        Event::Declined {
            name,
            reason: Some(reason),
            ..
        } if settings.refusal_reason_in_notices && !reason.trim().is_empty() => (
            say(Key::NoticeDeclinedReason, name, reason.trim()),
            String::new(),
        ),
        Event::Declined { name, .. } => (say(Key::NoticeDeclined, name, ""), String::new()),
        Event::Completed => (
            say(Key::NoticeCompleted, "", ""),
            text(language, Key::NoticeCompletedBody, &[]),
        ),
        Event::Expired => (say(Key::NoticeExpired, "", ""), String::new()),
        Event::Canceled => (say(Key::NoticeCanceled, "", ""), String::new()),
    };
    let mark = match procedure.environment {
        Environment::Practice => Some(Key::NoticePracticeMark),
        Environment::Test => Some(Key::NoticeTestMark),
        Environment::Live => None,
    };
    let body = match mark {
        None => body,
        Some(mark) if body.is_empty() => text(language, mark, &[]),
        Some(mark) => format!("{body}\n{}", text(language, mark, &[])),
    };
    Notice {
        title,
        body,
        place: Place::Procedure {
            id: procedure.id.clone(),
        },
        action: text(language, Key::NoticeOpen, &[]),
    }
}

fn summary(count: usize, language: Language) -> Notice {
    let key = plural(
        language,
        count,
        Key::NoticeSummaryOne,
        Key::NoticeSummaryOther,
    );
    Notice {
        title: text(language, key, &[("count", &count.to_string())]),
        body: String::new(),
        place: Place::Requests,
        action: text(language, Key::NoticeOpen, &[]),
    }
}
