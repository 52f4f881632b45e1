//! JSON as PHP's `json_encode` writes it (seen in live replies): slashes escaped, everything
//! beyond ASCII as `\uXXXX`, and an empty map as `[]`.

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::{CharEscape, Formatter, Serializer};
use std::io;

pub(crate) fn to_php_json(body: &impl Serialize) -> Vec<u8> {
    let mut out = Vec::new();
    let written = body.serialize(&mut Serializer::with_formatter(&mut out, Php));
    if let Err(error) = written {
        tracing::error!(%error, "a body could not be written as JSON");
        return b"null".to_vec();
    }
    out
}

struct Php;

impl Formatter for Php {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        for letter in fragment.chars() {
            match letter {
                '/' => writer.write_all(b"\\/")?,
                ' '..='~' => write!(writer, "{letter}")?,
                _ => {
                    for unit in letter.encode_utf16(&mut [0; 2]) {
                        write!(writer, "\\u{unit:04x}")?;
                    }
                }
            }
        }
        Ok(())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        let text: &[u8] = match escape {
            CharEscape::Quote => b"\\\"",
            CharEscape::ReverseSolidus => b"\\\\",
            CharEscape::Solidus => b"\\/",
            CharEscape::Backspace => b"\\b",
            CharEscape::FormFeed => b"\\f",
            CharEscape::LineFeed => b"\\n",
            CharEscape::CarriageReturn => b"\\r",
            CharEscape::Tab => b"\\t",
            CharEscape::AsciiControl(byte) => return write!(writer, "\\u{byte:04x}"),
        };
        writer.write_all(text)
    }
}

/// Maps that are empty become `[]`, at every depth, as PHP cannot tell them from empty lists.
pub(super) fn php_value(value: &Value) -> Value {
    match value {
        Value::Object(map) if map.is_empty() => Value::Array(Vec::new()),
        Value::Object(map) => Value::Object(
            map.iter()
                .map(|(key, value)| (key.clone(), php_value(value)))
                .collect(),
        ),
        Value::Array(items) => Value::Array(items.iter().map(php_value).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_is_escaped_as_php_does() {
        let cases = [
            (json!("/members/1"), r#""\/members\/1""#),
            (json!("é😀"), r#""\u00e9\ud83d\ude00""#),
            (json!("a\"b\\c\n\u{1}\u{7f}"), r#""a\"b\\c\n\u0001\u007f""#),
        ];
        for (value, expected) in cases {
            let written = String::from_utf8(to_php_json(&value)).unwrap();
            assert_eq!(written, expected, "{value}");
            let back: Value = serde_json::from_str(&written).unwrap();
            assert_eq!(
                back, value,
                "what is written must read back as the same text"
            );
        }
    }

    #[test]
    fn an_empty_map_is_an_empty_list() {
        let value = php_value(&json!({ "a": {}, "b": [{}], "c": { "d": 1 } }));
        assert_eq!(value, json!({ "a": [], "b": [[]], "c": { "d": 1 } }));
    }
}
