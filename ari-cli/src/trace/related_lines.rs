//! The lines of a recording that a replay of one call needs.

use serde_json::Value;

use crate::trace::timeline::Timeline;

/// Returns the text of a recording without the other calls: the lines of the call, those of
/// connections, requests that are about no channel, bridge or playback, and lists of channels or bridges.
///
/// The creation of a bridge before the call follows where the call begins to use it, because a program
/// may create the bridge at its start or for the first call that needs it.
pub(crate) fn related_lines(text: &str, timeline: &Timeline) -> String {
    let mut kept_requests = Vec::new();
    let mut kept = String::new();
    let all: Vec<&str> = text.lines().collect();
    for (index, line) in all.iter().enumerate() {
        let is_of_call = timeline.lines.contains(&(index + 1));
        let value: Value = serde_json::from_str(line).unwrap_or_default();
        let number = value["request"].as_u64();
        let keep = match value["kind"].as_str() {
            Some("traffic" | "connected" | "disconnected" | "note" | "lost") => true,
            Some("event") => is_of_call,
            Some("request") => {
                let path = value["path"].as_str().unwrap_or_default();
                let is_list = value["method"] == "GET" && matches!(path, "/channels" | "/bridges");
                let keep = is_of_call || is_list || is_about_no_call(path);
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
        let origins = timeline.origins.created.iter();
        for origin in origins.filter(|origin| origin.before == index + 1) {
            for number in &origin.lines {
                let line = all.get(number - 1).copied().unwrap_or_default();
                kept.push_str(&at_time_of(line, &value));
                kept.push('\n');
            }
        }
        if keep {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Returns a line with the time of another one.
fn at_time_of(line: &str, other: &Value) -> String {
    let mut line: Value = serde_json::from_str(line).unwrap_or_default();
    for key in ["at", "time"] {
        line[key] = other[key].clone();
    }
    line.to_string()
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
