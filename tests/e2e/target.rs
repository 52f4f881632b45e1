//! Naming a place in a page the way a person does: by what it is and what it is called.

use super::webdriver::{Element, WebDriver, unless_gone};

/// Something in a page.
#[derive(Clone, Debug)]
pub enum Target {
    /// What a CSS selector finds.
    Css(String),
    /// What has this ARIA role and this accessible name.
    Role(&'static str, String),
}

/// What a CSS selector finds: for places that have neither a role nor a name of their own.
pub fn css(selector: impl Into<String>) -> Target {
    Target::Css(selector.into())
}

/// What has this ARIA role and this accessible name.
pub fn role(role: &'static str, name: impl Into<String>) -> Target {
    Target::Role(role, name.into())
}

/// A button.
pub fn button(name: impl Into<String>) -> Target {
    role("button", name)
}

/// A link.
pub fn link(name: impl Into<String>) -> Target {
    role("link", name)
}

/// A heading of any level.
pub fn heading(name: impl Into<String>) -> Target {
    role("heading", name)
}

/// A place to type in.
pub fn field(name: impl Into<String>) -> Target {
    role("textbox", name)
}

impl Target {
    /// The first visible element that is meant, if there is one now.
    pub(super) fn find(&self, page: &WebDriver) -> anyhow::Result<Option<Element>> {
        self.find_where(page, |_| Ok(true))
    }

    /// The first visible element that is meant and accepted. Behind a dialog there may be another
    /// one of the same name.
    pub(super) fn find_where(
        &self,
        page: &WebDriver,
        accept: impl Fn(&Element) -> anyhow::Result<bool>,
    ) -> anyhow::Result<Option<Element>> {
        let (selector, name) = match self {
            Target::Css(selector) => (selector.clone(), None),
            Target::Role(role, name) => (selector_of(role), Some(name.as_str())),
        };
        for element in page.find_all(&selector)? {
            // The name is the browser's own computation: what a screen reader says.
            let is_meant = match name {
                Some(name) => page.accessible_name(&element)?.as_deref() == Some(name),
                None => true,
            };
            let is_shown = is_meant && unless_gone(page.is_displayed(&element))? == Some(true);
            if is_shown && accept(&element)? {
                return Ok(Some(element));
            }
        }
        Ok(None)
    }
}

impl std::fmt::Display for Target {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Target::Css(selector) => write!(out, "`{selector}`"),
            Target::Role(role, name) => write!(out, "the {role} '{name}'"),
        }
    }
}

/// The elements that have `role`, by HTML's own rules or because they say so.
fn selector_of(role: &str) -> String {
    let native = match role {
        "button" => "button, summary, input[type=button], input[type=submit]",
        "link" => "a[href]",
        "heading" => "h1, h2, h3, h4, h5, h6",
        "textbox" => {
            "textarea, input:not([type]), input[type=text], input[type=email], input[type=tel], \
             input[type=url], input[type=password]"
        }
        "searchbox" => "input[type=search]",
        "checkbox" => "input[type=checkbox]",
        "radio" => "input[type=radio]",
        "combobox" => "select",
        "spinbutton" => "input[type=number]",
        "listitem" => "li",
        "dialog" => "dialog",
        "img" => "img",
        "row" => "tr",
        _ => "",
    };
    let declared = format!("[role={role}]");
    if native.is_empty() {
        declared
    } else {
        format!("{native}, {declared}")
    }
}
