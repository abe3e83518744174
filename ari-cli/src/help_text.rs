//! Conversion of descriptions from Markdown and the wire format to help texts.

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

/// Parts of sentences about the wire format, which the command produces itself.
const WIRE_SENTENCES: &[&str] = &[
    "In a query",
    "In a JSON body",
    "On the wire",
    "must be percent-encoded",
    "the array",
];

/// Phrases about the wire format in other sentences.
const WIRE_PHRASES: &[&str] = &[
    " comma-separated in the query or an array in a JSON body",
    " that is percent-encoded",
    ", comma-separated",
    ", separated by commas",
];

/// Returns a parameter's description without its wire format.
pub(crate) fn for_command_line(description: &str) -> String {
    let lines = description.lines().map(|line| {
        let mut kept: Vec<String> = Vec::new();
        for sentence in line.split_inclusive(". ") {
            if !WIRE_SENTENCES.iter().any(|sign| sentence.contains(sign)) {
                kept.push(sentence.trim().to_owned());
            }
        }
        kept.join(" ")
    });
    let mut text = to_plain_text(&lines.collect::<Vec<_>>().join("\n"));
    for phrase in WIRE_PHRASES {
        text = text.replace(phrase, "");
    }
    // Punctuation before a removed phrase.
    text.replace(",;", ";").replace(",.", ".")
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
                let text = for_command_line(parameter.description);
                for word in ["%2", "In a query", "percent", "JSON body", "the array"] {
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

    #[test]
    fn other_sentences_are_kept() {
        assert_eq!(
            for_command_line(
                "Names, comma-separated in the query or an array in a JSON body; at most 127. In a query `+` is `%2B`. Not `a`."
            ),
            "Names; at most 127. Not a."
        );
        assert_eq!(
            for_command_line("It may hold any character that is percent-encoded, `/` included."),
            "It may hold any character, / included."
        );
    }
}
