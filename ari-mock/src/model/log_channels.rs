//! Log channels: the destinations of the server's log messages.

use crate::json::Object;
use crate::sorted_map::SortedMap;

/// The log levels, in the order in which the server lists them.
const LEVELS: &[&str] = &["DEBUG", "NOTICE", "WARNING", "ERROR", "VERBOSE", "DTMF"];
/// The folder of log files.
const LOG_FOLDER: &str = "/var/log/asterisk";

struct LogChannel {
    kind: &'static str,
    levels: String,
    /// True for channels that were added at run time. Rotating such a channel removes it.
    is_added: bool,
}

/// Log channels by name: a file, `console` or `syslog.…`.
pub(crate) struct LogChannels(SortedMap<String, LogChannel>);

impl Default for LogChannels {
    /// Returns a single log file.
    fn default() -> Self {
        let log = LogChannel {
            kind: "File",
            levels: known_levels("notice,warning,error,verbose"),
            is_added: false,
        };
        LogChannels(SortedMap::from([("full.log".to_owned(), log)]))
    }
}

/// Returns the known levels among the given ones. Unknown levels are ignored.
fn known_levels(given: &str) -> String {
    let given: Vec<_> = given
        .split(',')
        .map(|level| level.trim().to_ascii_uppercase())
        .collect();
    let wanted = |level: &&&str| given.iter().any(|given| given == **level || given == "*");
    let known = LEVELS.iter().filter(wanted);
    known.map(|level| format!("{level} ")).collect()
}

impl LogChannels {
    pub(crate) fn objects(&self) -> impl Iterator<Item = Object> {
        self.0.iter().map(|(name, log)| {
            let channel = match log.kind {
                "File" if !name.starts_with('/') => format!("{LOG_FOLDER}/{name}"),
                _ => name.clone(),
            };
            Object::new()
                .with("channel", channel)
                .with("type", log.kind)
                .with("status", "Enabled")
                .with("configuration", &log.levels)
        })
    }

    /// Adds a channel. Returns `false` if the name is already taken.
    pub(crate) fn add(&mut self, name: &str, given: &str) -> bool {
        if self.0.contains_key(name) {
            return false;
        }
        let log = LogChannel {
            kind: match name {
                "console" => "Console",
                name if name.starts_with("syslog") => "Syslog",
                _ => "File",
            },
            levels: known_levels(given),
            is_added: true,
        };
        self.0.insert(name.to_owned(), log);
        true
    }

    /// Removes a channel. Returns `false` if it does not exist.
    pub(crate) fn delete(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some()
    }

    /// Begins a new file, or removes a channel that was added at run time. Returns `false` if the
    /// channel does not exist.
    pub(crate) fn rotate(&mut self, name: &str) -> bool {
        match self.0.get(name) {
            Some(log) if log.is_added => self.delete(name),
            found => found.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::known_levels;

    #[test]
    fn log_levels_keep_their_order() {
        assert_eq!(known_levels("verbose, Notice,nope"), "NOTICE VERBOSE ");
        assert_eq!(
            known_levels("*"),
            "DEBUG NOTICE WARNING ERROR VERBOSE DTMF "
        );
    }
}
