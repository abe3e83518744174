//! Conversion of descriptions from Markdown to help texts.

/// Removes Markdown.
pub(crate) fn to_plain_text(markdown: &str) -> String {
    markdown.replace('`', "")
}

/// Returns the first sentence, without its full stop.
pub(crate) fn first_sentence(text: &str) -> String {
    let text = to_plain_text(text);
    let line = text.lines().next().unwrap_or_default();
    let sentence = line.split_once(". ").map_or(line, |(first, _)| first);
    sentence.trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use ari_api::OPERATIONS;
    use ari_api::schema::ParameterType;

    use super::*;

    /// The help does not tell users to encode values, which the command does.
    #[test]
    fn help_does_not_describe_the_wire_format() {
        for operation in OPERATIONS {
            for parameter in operation.parameters {
                let text = to_plain_text(parameter.description);
                for word in [
                    "%2",
                    "In a query",
                    "percent",
                    "JSON body",
                    "the array",
                    "{\"",
                ] {
                    assert!(
                        !text.contains(word),
                        "{operation} {}: {text}",
                        parameter.name
                    );
                }
                let is_list = matches!(
                    parameter.kind,
                    ParameterType::List(_) | ParameterType::Joined(_) | ParameterType::Split(_)
                );
                let lower = text.to_lowercase();
                let separated = lower.contains("comma-separated") || lower.contains("by commas");
                assert!(
                    !(is_list && separated),
                    "{operation} {}: {text}",
                    parameter.name
                );
                assert!(!text.trim().is_empty(), "{operation} {}", parameter.name);
                assert!(!text.contains("  "), "{text}");
            }
        }
    }
}
