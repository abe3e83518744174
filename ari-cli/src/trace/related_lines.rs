//! The lines of a recording that a replay of one call needs.

use serde_json::Value;

use crate::trace::timeline::Timeline;

/// Returns the text of a recording without the other calls: the lines of the call, those of
/// connections, and requests that are about no channel, bridge or playback.
pub(crate) fn related_lines(text: &str, timeline: &Timeline) -> String {
    let mut kept_requests = Vec::new();
    let mut kept = String::new();
    for (index, line) in text.lines().enumerate() {
        let is_of_call = timeline.lines.contains(&(index + 1));
        let value: Value = serde_json::from_str(line).unwrap_or_default();
        let number = value["request"].as_u64();
        let keep = match value["kind"].as_str() {
            Some("traffic" | "connected" | "disconnected" | "note" | "lost") => true,
            Some("event") => is_of_call,
            Some("request") => {
                let path = value["path"].as_str().unwrap_or_default();
                let keep = is_of_call || is_about_no_call(path);
                if keep {
                    kept_requests.extend(number);
                }
                keep
            }
            Some("response" | "failure" | "abandoned" | "download") => {
                number.is_some_and(|number| kept_requests.contains(&number))
            }
            _ => false,
        };
        if keep {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

fn is_about_no_call(path: &str) -> bool {
    let mut segments = path.trim_matches('/').split('/');
    let resource = segments.next().unwrap_or_default();
    !matches!(
        resource,
        "channels" | "bridges" | "playbacks" | "recordings"
    )
}

#[cfg(test)]
mod tests {
    use super::is_about_no_call;

    #[test]
    fn requests_of_other_calls_are_left_out() {
        for (path, expected) in [
            ("/channels/1/answer", false),
            ("/playbacks/1", false),
            ("/applications/app/subscription", true),
            ("/asterisk/ping", true),
            ("/events", true),
        ] {
            assert_eq!(is_about_no_call(path), expected, "{path}");
        }
    }
}
