//! What the session's notification daemon was asked to show, overheard on the bus.

use anyhow::Context;
use serde::Serialize;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use zbus::blocking::{Connection, MessageIterator, connection, fdo::MonitoringProxy};
use zbus::message::Type;
use zbus::names::InterfaceName;
use zbus::zvariant::OwnedValue;

const INTERFACE: &str = "org.freedesktop.Notifications";

/// One call of the daemon's `Notify` (Desktop Notifications Specification 1.2).
#[derive(Clone, Debug, Serialize)]
pub struct Notification {
    /// The program that asked.
    pub application: String,
    /// The headline.
    pub summary: String,
    /// What stands below it.
    pub body: String,
    /// Pairs of an action's key and its words, flattened.
    pub actions: Vec<String>,
    /// The notification that this one replaces, 0 for none.
    pub replaces: u32,
}

/// The arguments of `Notify`, in the order of the specification.
type Arguments = (
    String,
    u32,
    String,
    String,
    String,
    Vec<String>,
    std::collections::HashMap<String, OwnedValue>,
    i32,
);

/// Listens until the bus goes away.
pub struct Recorder {
    recorded: Arc<Mutex<Vec<Notification>>>,
}

impl Recorder {
    /// Starts to listen; every notification is also written to `file`, one JSON object a line.
    pub fn start(bus: &str, file: PathBuf) -> anyhow::Result<Recorder> {
        let connection = connection::Builder::address(bus)?
            .build()
            .context("connecting to the session's bus")?;
        let rule = zbus::MatchRule::builder()
            .msg_type(Type::MethodCall)
            .interface(InterfaceName::from_static_str(INTERFACE)?)?
            .member("Notify")?
            .build();
        MonitoringProxy::new(&connection)?
            .become_monitor(&[rule], 0)
            .context("listening for notifications")?;
        let recorded = Arc::new(Mutex::new(Vec::new()));
        let mut lines =
            File::create(&file).with_context(|| format!("making {}", file.display()))?;
        let shared = Arc::clone(&recorded);
        thread::spawn(move || record(&connection, &shared, &mut lines));
        Ok(Recorder { recorded })
    }

    /// All of them so far, oldest first.
    pub fn recorded(&self) -> Vec<Notification> {
        let recorded = self.recorded.lock();
        recorded.unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn record(connection: &Connection, recorded: &Mutex<Vec<Notification>>, lines: &mut File) {
    for message in MessageIterator::from(connection).flatten() {
        let Ok(arguments) = message.body().deserialize::<Arguments>() else {
            continue;
        };
        let (application, replaces, _icon, summary, body, actions, _hints, _timeout) = arguments;
        let notification = Notification {
            application,
            summary,
            body,
            actions,
            replaces,
        };
        if let Ok(line) = serde_json::to_string(&notification) {
            // The file is for the reader of the results; the story asks the list.
            let _ = writeln!(lines, "{line}");
        }
        recorded
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(notification);
    }
}
