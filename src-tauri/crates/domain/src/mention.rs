//! The lines that are written with a signature. What is known only later stands in them as a
//! placeholder.

/// Who signs, as they are called when the draft is sent.
pub const NAME: &str = "{{name}}";
/// The day of signing, which only the provider knows.
pub const DATE: &str = "{{date}}";

/// `line` as it is sent: `name` is the signer's, `date` what the provider replaces with the day.
pub fn filled(line: &str, name: &str, date: &str) -> String {
    // The name last: what somebody is called is no placeholder.
    line.replace(DATE, date).replace(NAME, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled_and_other_words_stay() {
        let cases = [
            ("", ""),
            ("Read and approved", "Read and approved"),
            ("{{name}}, {{date}}", "Ada Martin, {{date.fr}}"),
            ("{{date.en}} {{Name}} {{", "{{date.en}} {{Name}} {{"),
        ];
        for (line, expected) in cases {
            assert_eq!(
                filled(line, "Ada Martin", "{{date.fr}}"),
                expected,
                "{line}"
            );
        }
    }

    #[test]
    fn a_name_is_no_placeholder() {
        assert_eq!(filled("{{name}}", "{{date}}", "today"), "{{date}}");
    }
}
