//! Reads request bodies and collects everything that is wrong with them, with property paths.

use serde::Serialize;
use serde_json::{Map, Value};
use std::cell::RefCell;

/// One thing that is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Violation {
    pub property_path: String,
    pub message: String,
}

impl Violation {
    pub(crate) fn new(path: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            property_path: path.into(),
            message: message.into(),
        }
    }
}

/// An object of a request body, at its path, and the violations found so far in the whole body.
pub(crate) struct Input<'a> {
    path: String,
    map: &'a Map<String, Value>,
    found: &'a RefCell<Vec<Violation>>,
}

impl<'a> Input<'a> {
    pub(crate) fn new(map: &'a Map<String, Value>, found: &'a RefCell<Vec<Violation>>) -> Self {
        Self {
            path: String::new(),
            map,
            found,
        }
    }

    /// Whether the key is there, be its value null.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.map.contains_key(key)
    }

    /// The value when it is there and not null.
    pub(crate) fn value(&self, key: &str) -> Option<&'a Value> {
        self.map.get(key).filter(|value| !value.is_null())
    }

    pub(crate) fn violation(&self, key: &str, message: impl Into<String>) {
        self.found
            .borrow_mut()
            .push(Violation::new(self.path_of(key), message));
    }

    pub(crate) fn string(&self, key: &str) -> Option<String> {
        match self.value(key)? {
            Value::String(text) => Some(text.clone()),
            _ => self.wrong_type(key, "string"),
        }
    }

    pub(crate) fn boolean(&self, key: &str) -> Option<bool> {
        match self.value(key)? {
            Value::Bool(value) => Some(*value),
            _ => self.wrong_type(key, "bool"),
        }
    }

    pub(crate) fn integer(&self, key: &str) -> Option<i64> {
        match self.value(key)?.as_i64() {
            Some(number) => Some(number),
            None => self.wrong_type(key, "int"),
        }
    }

    /// A map; PHP's empty list counts as an empty map.
    pub(crate) fn map(&self, key: &str) -> Option<Value> {
        match self.value(key)? {
            value @ Value::Object(_) => Some(value.clone()),
            Value::Array(items) if items.is_empty() => Some(Value::Object(Map::new())),
            _ => self.wrong_type(key, "array"),
        }
    }

    pub(crate) fn list(&self, key: &str) -> Option<&'a Vec<Value>> {
        match self.value(key)? {
            Value::Array(items) => Some(items),
            _ => self.wrong_type(key, "array"),
        }
    }

    /// The objects of a list, each at its own path (`members[0]`).
    pub(crate) fn objects(&self, key: &str) -> Vec<Input<'a>> {
        let mut objects = Vec::new();
        for (index, item) in self.list(key).into_iter().flatten().enumerate() {
            let path = format!("{key}[{index}]");
            match item {
                Value::Object(map) => objects.push(Input {
                    path: self.path_of(&path),
                    map,
                    found: self.found,
                }),
                _ => self.violation(&path, "This value should be of type array."),
            }
        }
        objects
    }

    fn wrong_type<T>(&self, key: &str, expected: &str) -> Option<T> {
        self.violation(key, format!("This value should be of type {expected}."));
        None
    }

    fn path_of(&self, key: &str) -> String {
        match (self.path.is_empty(), key.is_empty()) {
            (true, _) => key.to_owned(),
            (false, true) => self.path.clone(),
            (false, false) => format!("{}.{key}", self.path),
        }
    }
}
