//! A client of the W3C WebDriver protocol, as far as the stories need it.

use super::program::Program;
use super::session::Session;
use super::wait::wait_until;
use anyhow::{Context, bail};
use base64::Engine;
use base64::prelude::BASE64_STANDARD as BASE64;
use serde_json::{Value, json};
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;
use ureq::Agent;

/// The protocol's fixed name for the entry that refers to an element (W3C WebDriver, 12.1).
const ELEMENT_KEY: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A call to the driver may include the start of a whole application.
const LONGEST_CALL: Duration = Duration::from_secs(120);

/// A running driver with one session. Dropping it ends both, and the application with them.
pub struct WebDriver {
    agent: Agent,
    session: String,
    _program: Program,
}

/// An element of the page, as the driver knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element(String);

/// A rectangle of the page in CSS pixels, origin at the top left of what the window shows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rectangle {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

impl WebDriver {
    /// Starts the driver `program` and opens a session with `capabilities`.
    pub fn start(
        session: &Session,
        program: &str,
        environment: &[(String, String)],
        capabilities: &Value,
    ) -> anyhow::Result<WebDriver> {
        let port = free_port()?;
        let mut command: Command = session.command(program);
        command.arg(format!("--port={port}"));
        command.envs(environment.iter().map(|(name, value)| (name, value)));
        let program = session.spawn(program, &mut command)?;

        let agent: Agent = Agent::config_builder()
            .timeout_global(Some(LONGEST_CALL))
            .http_status_as_error(false)
            .proxy(None)
            .build()
            .into();
        let address = format!("http://127.0.0.1:{port}");
        wait_until("the driver", || {
            Ok(agent.get(format!("{address}/status")).call().ok())
        })?;
        let request = json!({ "capabilities": { "alwaysMatch": capabilities } });
        let answer = agent.post(format!("{address}/session")).send_json(&request);
        let opened = value_of(answer).context("opening a driver's session")?;
        let Some(id) = opened.get("sessionId").and_then(Value::as_str) else {
            bail!("the driver opened a session without an id");
        };
        Ok(WebDriver {
            agent,
            session: format!("{address}/session/{id}"),
            _program: program,
        })
    }

    /// Opens `address` in the window.
    pub fn open(&self, address: &str) -> anyhow::Result<()> {
        self.post("url", &json!({ "url": address })).map(drop)
    }

    /// Runs the body of a function in the page and gives what it returns.
    pub fn execute(&self, body: &str, arguments: &[Value]) -> anyhow::Result<Value> {
        self.post(
            "execute/sync",
            &json!({ "script": body, "args": arguments }),
        )
    }

    /// Waits until the page has been drawn: what it was told to show before is on the screen.
    pub fn wait_for_frame(&self) -> anyhow::Result<()> {
        let body = "const done = arguments[0];
             requestAnimationFrame(() => requestAnimationFrame(() => done(true)));";
        self.execute_async(body).map(drop)
    }

    /// What the script calls back with; its first argument is the function to call.
    pub fn execute_async(&self, body: &str) -> anyhow::Result<Value> {
        self.post("execute/async", &json!({ "script": body, "args": [] }))
    }

    /// All elements that match a CSS selector, in document order; none when the page replaced one
    /// while it was asked.
    pub fn find_all(&self, selector: &str) -> anyhow::Result<Vec<Element>> {
        let found = self.post(
            "elements",
            &json!({ "using": "css selector", "value": selector }),
        );
        let found = unless_gone(found)?.unwrap_or_default();
        let found = found.as_array().cloned().unwrap_or_default();
        found.iter().map(element).collect()
    }

    /// Clicks in the middle of the element, as a person would. False while it cannot be clicked:
    /// it moves, something lies over it, or the page has just replaced it.
    pub fn click(&self, element: &Element) -> anyhow::Result<bool> {
        // Not every driver looks whether something lies over the element.
        let is_on_top = self.execute(
            "const element = arguments[0];
             element.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior: 'instant' });
             const { x, y, width, height } = element.getBoundingClientRect();
             return element.contains(document.elementFromPoint(x + width / 2, y + height / 2));",
            &[WebDriver::argument(element)],
        );
        if unless_gone(is_on_top)? != Some(Value::Bool(true)) {
            return Ok(false);
        }
        match self.post(&format!("element/{}/click", element.0), &json!({})) {
            Ok(_) => Ok(true),
            Err(error) if is_one_of(&error, &PASSING) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Empties an input.
    pub fn clear(&self, element: &Element) -> anyhow::Result<()> {
        self.post(&format!("element/{}/clear", element.0), &json!({}))
            .map(drop)
    }

    /// Types into the element.
    pub fn send_keys(&self, element: &Element, text: &str) -> anyhow::Result<()> {
        let path = format!("element/{}/value", element.0);
        self.post(&path, &json!({ "text": text })).map(drop)
    }

    /// The element's text as it is shown. (WebKit's own answer is empty where `overflow` hides a
    /// part of an element, and so is its answer whether such an element is displayed.)
    pub fn text(&self, element: &Element) -> anyhow::Result<String> {
        let text = self.execute(
            "return arguments[0].innerText",
            &[WebDriver::argument(element)],
        )?;
        Ok(text.as_str().unwrap_or_default().trim().to_owned())
    }

    /// The value of an attribute, if the element has it.
    pub fn attribute(&self, element: &Element, name: &str) -> anyhow::Result<Option<String>> {
        let value = self.get(&format!("element/{}/attribute/{name}", element.0))?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// A property as the page's scripts see it, such as an input's `value`.
    pub fn property(&self, element: &Element, name: &str) -> anyhow::Result<Value> {
        self.get(&format!("element/{}/property/{name}", element.0))
    }

    /// The name that a screen reader says; none for what it cannot reach, such as what lies
    /// behind a dialog.
    pub fn accessible_name(&self, element: &Element) -> anyhow::Result<Option<String>> {
        match self.get(&format!("element/{}/computedlabel", element.0)) {
            Ok(name) => Ok(name.as_str().map(str::to_owned)),
            // WebKit's answer for an element without a counterpart in the accessibility tree.
            Err(error) if format!("{error:#}").contains("unknown error") => Ok(None),
            Err(error) => unless_gone(Err(error)),
        }
    }

    /// Whether the element can be seen.
    pub fn is_displayed(&self, element: &Element) -> anyhow::Result<bool> {
        let shown = self.execute(
            "const { width, height } = arguments[0].getBoundingClientRect();
             return width > 0 && height > 0
                 && arguments[0].checkVisibility({ visibilityProperty: true })",
            &[WebDriver::argument(element)],
        )?;
        Ok(shown.as_bool().unwrap_or(false))
    }

    /// Where the element is in the window.
    pub fn rectangle(&self, element: &Element) -> anyhow::Result<Rectangle> {
        let found = self.execute(
            "const r = arguments[0].getBoundingClientRect(); return [r.x, r.y, r.width, r.height]",
            &[WebDriver::argument(element)],
        )?;
        let numbers: Vec<f64> = serde_json::from_value(found).context("reading a rectangle")?;
        let [x, y, width, height] = numbers[..] else {
            bail!("a rectangle of {} numbers", numbers.len());
        };
        Ok(Rectangle {
            x,
            y,
            width,
            height,
        })
    }

    /// The element as an argument of [`WebDriver::execute`].
    pub fn argument(element: &Element) -> Value {
        json!({ ELEMENT_KEY: element.0 })
    }

    /// The page's document as text, for the log of a story that failed.
    pub fn source(&self) -> anyhow::Result<String> {
        let source = self.get("source")?;
        Ok(source.as_str().unwrap_or_default().to_owned())
    }

    /// A picture of what the window shows of the page, as PNG.
    pub fn picture(&self) -> anyhow::Result<Vec<u8>> {
        let picture = self.get("screenshot")?;
        let picture = picture.as_str().context("the driver took no picture")?;
        BASE64
            .decode(picture)
            .context("reading the driver's picture")
    }

    fn get(&self, path: &str) -> anyhow::Result<Value> {
        value_of(self.agent.get(format!("{}/{path}", self.session)).call())
            .with_context(|| format!("asking the driver for {path}"))
    }

    fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let answer = self
            .agent
            .post(format!("{}/{path}", self.session))
            .send_json(body);
        value_of(answer).with_context(|| format!("telling the driver {path}"))
    }
}

impl Drop for WebDriver {
    fn drop(&mut self) {
        // Best effort: the application may have ended by itself.
        let _ = self.agent.delete(&self.session).call();
    }
}

/// The `value` of an answer, or the driver's error.
fn value_of(
    answer: Result<ureq::http::Response<ureq::Body>, ureq::Error>,
) -> anyhow::Result<Value> {
    let mut answer = answer?;
    let succeeded = answer.status().is_success();
    let mut body: Value = answer
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_json()?;
    let value = body.get_mut("value").map(Value::take).unwrap_or_default();
    if succeeded {
        return Ok(value);
    }
    let part = |name| value.get(name).and_then(Value::as_str).unwrap_or_default();
    bail!("{}: {}", part("error"), part("message"))
}

/// What is known of an element, or nothing when the page has replaced the element meanwhile.
pub fn unless_gone<T>(answer: anyhow::Result<T>) -> anyhow::Result<Option<T>> {
    match answer {
        Err(error) if is_one_of(&error, &[GONE]) => Ok(None),
        answer => answer.map(Some),
    }
}

/// Errors of the protocol (W3C WebDriver, 6.6).
const GONE: &str = "stale element reference";
const PASSING: [&str; 3] = [
    GONE,
    "element not interactable",
    "element click intercepted",
];

fn is_one_of(error: &anyhow::Error, errors: &[&str]) -> bool {
    let error = format!("{error:#}");
    errors.iter().any(|one| error.contains(one))
}

fn element(value: &Value) -> anyhow::Result<Element> {
    let id = value.get(ELEMENT_KEY).and_then(Value::as_str);
    Ok(Element(
        id.context("the driver named no element")?.to_owned(),
    ))
}

fn free_port() -> anyhow::Result<u16> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("looking for a free port")?;
    Ok(listener.local_addr()?.port())
}
