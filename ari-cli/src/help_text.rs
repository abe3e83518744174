//! Descriptions of the table, in Markdown and about the wire, as they read in a shell.

/// Markdown as it reads in a terminal.
pub(crate) fn to_plain_text(markdown: &str) -> String {
    markdown.replace('`', "")
}

/// The first sentence, without its stop.
pub(crate) fn first_sentence(text: &str) -> String {
    let text = to_plain_text(text);
    let line = text.lines().next().unwrap_or_default();
    let sentence = line.split_once(". ").map_or(line, |(first, _)| first);
    sentence.trim_end_matches('.').to_owned()
}

/// Beginnings of sentences about the wire format, which the command writes for its user.
const WIRE_SENTENCES: &[&str] = &[
    "In a query",
    "In a JSON body",
    "On the wire",
    "must be percent-encoded",
    "the array",
];

/// The same within sentences that say more.
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
    // What a phrase has left behind.
    text.replace(",;", ";").replace(",.", ".")
}

#[cfg(test)]
mod tests {
    use ari_api::OPERATIONS;
    use ari_api::schema::ParameterType;

    use super::*;

    /// Whoever follows the help is not led to write what is encoded once more.
    #[test]
    fn nothing_is_said_of_the_wire() {
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
    fn what_is_not_of_the_wire_stays() {
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
