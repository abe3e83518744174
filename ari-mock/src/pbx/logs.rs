//! Log channels: where the server writes what it has to say.

use std::collections::BTreeMap;

use crate::json::Object;

/// The levels, in the order in which the server tells them.
const LEVELS: &[&str] = &["DEBUG", "NOTICE", "WARNING", "ERROR", "VERBOSE", "DTMF"];
/// Where log files are.
const FOLDER: &str = "/var/log/asterisk";

struct Log {
    kind: &'static str,
    levels: String,
    /// Added at run time, so that it ends when it is rotated.
    added: bool,
}

/// Log channels by name: a file, or `console` or `syslog.…`.
pub(crate) struct Logs(BTreeMap<String, Log>);

impl Default for Logs {
    /// One file.
    fn default() -> Self {
        let log = Log {
            kind: "File",
            levels: levels("notice,warning,error,verbose"),
            added: false,
        };
        Logs(BTreeMap::from([("full.log".to_owned(), log)]))
    }
}

/// The levels that are known among those that are given; unknown ones are no levels.
fn levels(given: &str) -> String {
    let given: Vec<_> = given
        .split(',')
        .map(|level| level.trim().to_ascii_uppercase())
        .collect();
    let wanted = |level: &&&str| given.iter().any(|given| given == **level || given == "*");
    let known = LEVELS.iter().filter(wanted);
    known.map(|level| format!("{level} ")).collect()
}

impl Logs {
    pub(crate) fn objects(&self) -> impl Iterator<Item = Object> {
        self.0.iter().map(|(name, log)| {
            let channel = match log.kind {
                "File" if !name.starts_with('/') => format!("{FOLDER}/{name}"),
                _ => name.clone(),
            };
            Object::new()
                .with("channel", channel)
                .with("type", log.kind)
                .with("status", "Enabled")
                .with("configuration", &log.levels)
        })
    }

    /// Whether there was none of that name.
    pub(crate) fn add(&mut self, name: &str, given: &str) -> bool {
        if self.0.contains_key(name) {
            return false;
        }
        let log = Log {
            kind: match name {
                "console" => "Console",
                name if name.starts_with("syslog") => "Syslog",
                _ => "File",
            },
            levels: levels(given),
            added: true,
        };
        self.0.insert(name.to_owned(), log);
        true
    }

    /// Whether there was one.
    pub(crate) fn delete(&mut self, name: &str) -> bool {
        self.0.remove(name).is_some()
    }

    /// Begins a new file. What was added at run time ends by that. Whether there was one.
    pub(crate) fn rotate(&mut self, name: &str) -> bool {
        match self.0.get(name) {
            Some(log) if log.added => self.delete(name),
            found => found.is_some(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::levels;

    #[test]
    fn levels_are_told_in_their_own_order() {
        assert_eq!(levels("verbose, Notice,nope"), "NOTICE VERBOSE ");
        assert_eq!(levels("*"), "DEBUG NOTICE WARNING ERROR VERBOSE DTMF ");
    }
}
