//! Checks of Asterisk's configuration files on this machine.

use std::fs;
use std::path::{Path, PathBuf};

use super::report::{CheckResult, Report};
use crate::connection_options::ConnectionOptions;
use crate::error::CliError;

/// The folder into which packages install the configuration.
const DEFAULT_FOLDER: &str = "/etc/asterisk";

/// The options of a user. Asterisk ignores a section with any other option.
const USER_OPTIONS: &[&str] = &[
    "type",
    "read_only",
    "password",
    "password_format",
    "permit",
    "deny",
    "acl",
];

/// The readable configuration files of a server.
pub(super) struct Files {
    folder: PathBuf,
    ari: Option<Vec<Section>>,
    main: Vec<Section>,
    modules: Vec<Section>,
}

/// Modules that ARI or its events need.
const REQUIRED_MODULES: &[&str] = &[
    "res_http_websocket",
    "res_stasis",
    "res_ari",
    "res_ari_model",
    "res_ari_asterisk",
    "res_ari_events",
];

struct Section {
    name: String,
    options: Vec<(String, String)>,
    /// `true` if it inherits options from a template, which are unknown here.
    inherits: bool,
}

impl Section {
    /// Returns the last value of an option, which Asterisk uses.
    fn get(&self, name: &str) -> Option<&str> {
        let mut options = self.options.iter().rev();
        options
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

impl Files {
    /// Reads the files of the given folder, or of the default folder if the URL is of this machine.
    pub(super) fn find(given: Option<&Path>, url: &str) -> Option<Self> {
        let folder = match given {
            Some(folder) => folder,
            None if super::connectivity::is_local(url) => Path::new(DEFAULT_FOLDER),
            None => return None,
        };
        let read = |name: &str| {
            fs::read_to_string(folder.join(name))
                .ok()
                .map(|text| parse(&text))
        };
        let ari = read("ari.conf");
        if ari.is_none() && given.is_none() {
            return None;
        }
        Some(Files {
            folder: folder.to_owned(),
            ari,
            main: read("asterisk.conf").unwrap_or_default(),
            modules: read("modules.conf").unwrap_or_default(),
        })
    }

    /// Returns a folder from asterisk.conf, or the default one.
    fn directory(&self, name: &str, usual: &str) -> PathBuf {
        let section = self
            .main
            .iter()
            .find(|section| section.name == "directories");
        PathBuf::from(
            section
                .and_then(|section| section.get(name))
                .unwrap_or(usual),
        )
    }

    /// Returns `true` if the file of a module is installed, or `None` if that is unknown.
    pub(super) fn has_module(&self, name: &str) -> Option<bool> {
        let folder = self.directory("astmoddir", "/usr/lib/asterisk/modules");
        folder
            .is_dir()
            .then(|| folder.join(format!("{name}.so")).is_file())
    }

    /// Returns the modules that ARI needs and that modules.conf disables.
    fn disabled_modules(&self) -> impl Iterator<Item = &'static str> {
        let options = self.modules.iter().flat_map(|section| &section.options);
        let noload = options.filter(|(name, _)| name == "noload");
        let names: Vec<_> = noload
            .map(|(_, value)| value.trim_end_matches(".so"))
            .collect();
        let needed = REQUIRED_MODULES.iter().copied();
        needed.filter(move |name| names.contains(name))
    }

    /// Checks the user's section of ari.conf, modules.conf, and the folder for recordings.
    pub(super) fn check(
        &self,
        settings: &ConnectionOptions,
        report: &mut Report,
    ) -> Result<(), CliError> {
        let file = self.folder.join("ari.conf");
        let file = file.display();
        let Some(ari) = &self.ari else {
            let found = format!("{file} cannot be read");
            let advice = "Run this as root or as Asterisk's user, or give another folder by --etc.";
            return report.add(CheckResult::Warning, "files", found, advice);
        };
        let mut problems = Vec::new();
        let general = ari.iter().find(|section| section.name == "general");
        if general
            .and_then(|general| general.get("enabled"))
            .is_some_and(is_no)
        {
            problems.push((
                "ARI is disabled".to_owned(),
                "set `enabled = yes` in [general]".to_owned(),
            ));
        }
        match ari.iter().find(|section| section.name == settings.user) {
            None => problems.push((
                format!("missing section [{}]", settings.user),
                "add it, with `type = user` and `password = …`".to_owned(),
            )),
            Some(section) => problems.extend(user_problems(section)),
        }
        let spool = self
            .directory("astspooldir", "/var/spool/asterisk")
            .join("recording");
        if problems.is_empty() {
            report.add(
                CheckResult::Good,
                "files",
                format!("{file}: [{}]", settings.user),
                "",
            )?;
        }
        for (found, advice) in problems {
            let advice =
                format!("{file}: {advice}; then `module reload res_ari.so` on the console.");
            report.add(
                CheckResult::Bad,
                "files",
                format!("{file}: {found}"),
                &advice,
            )?;
        }
        for name in self.disabled_modules() {
            let file = self.folder.join("modules.conf");
            let found = format!(
                "{}: `noload = {name}.so` disables a module that ARI needs",
                file.display()
            );
            let advice = "Remove this line, and restart Asterisk.";
            report.add(CheckResult::Bad, "files", found, advice)?;
        }
        match fs::metadata(&spool) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let found = format!("{} does not exist: recordings fail", spool.display());
                let advice = "Create the folder, owned by the user that Asterisk runs as.";
                report.add(CheckResult::Bad, "recordings", found, advice)
            }
            _ => Ok(()),
        }
    }
}

/// Returns the problems of a user's section, each with the change that fixes it.
fn user_problems(section: &Section) -> Vec<(String, String)> {
    let mut problems = Vec::new();
    let name = &section.name;
    let get = |option| section.get(option);
    if section.inherits {
        return problems;
    }
    if !get("type").is_some_and(|kind| kind.eq_ignore_ascii_case("user")) {
        problems.push((
            format!("[{name}] is not a user"),
            "set `type = user`".to_owned(),
        ));
    }
    for (option, _) in &section.options {
        if !USER_OPTIONS.contains(&option.as_str()) {
            problems.push((
                format!(
                    "[{name}] has the unknown option `{option}`, so Asterisk may ignore the user"
                ),
                format!("remove `{option}`"),
            ));
        }
    }
    let hashed = get("password").is_some_and(|password| password.starts_with('$'));
    match (get("password_format").unwrap_or("plain"), hashed) {
        (_, _) if get("password").is_none_or(str::is_empty) => {
            problems.push((
                format!("[{name}] has no password"),
                "set `password`".to_owned(),
            ));
        }
        (format, false) if format.eq_ignore_ascii_case("crypt") => problems.push((
            format!("[{name}] has `password_format = crypt`, but its password is not a hash"),
            "set the password to the output of `ari mkpasswd PASSWORD` on the console, or set \
             `password_format = plain`"
                .to_owned(),
        )),
        (format, true) if format.eq_ignore_ascii_case("plain") => problems.push((
            format!(
                "[{name}] has a password that looks like a hash, and `password_format` is plain"
            ),
            "set `password_format = crypt`, if it is one".to_owned(),
        )),
        (format, _)
            if !["plain", "crypt"]
                .iter()
                .any(|known| format.eq_ignore_ascii_case(known)) =>
        {
            problems.push((
                format!("[{name}] has the unknown `password_format = {format}`"),
                "set it to plain or crypt".to_owned(),
            ));
        }
        _ => {}
    }
    problems
}

fn is_no(value: &str) -> bool {
    ["no", "false", "n", "f", "0", "off"]
        .iter()
        .any(|no| value.eq_ignore_ascii_case(no))
}

/// Parses the sections of a file.
fn parse(text: &str) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in text.lines() {
        let line = uncommented(line);
        let line = line.trim();
        if let Some((name, behind)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) {
            sections.push(Section {
                name: name.to_owned(),
                options: Vec::new(),
                inherits: behind.contains('(') && !behind.contains("(!)"),
            });
        } else if let (Some(section), Some((name, value))) =
            (sections.last_mut(), line.split_once('='))
        {
            let value = value.strip_prefix('>').unwrap_or(value);
            let name = name.trim().to_ascii_lowercase();
            section.options.push((name, value.trim().to_owned()));
        }
    }
    sections
}

/// Removes the comment of a line, which begins with a semicolon without a backslash before it.
fn uncommented(line: &str) -> String {
    let mut kept = String::new();
    for c in line.chars() {
        match c {
            ';' if kept.ends_with('\\') => {
                kept.pop();
                kept.push(';');
            }
            ';' => break,
            c => kept.push(c),
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::{parse, user_problems};

    #[test]
    fn sections_of_users_are_checked() {
        for (text, expected) in [
            ("type = user\npassword = a\\;b ; c", None),
            ("type=user\npassword=x\nread_only=yes\nacl => a", None),
            ("password = x", Some("is not a user")),
            ("type = user", Some("has no password")),
            (
                "type = user\npassword = x\npasword = y",
                Some("unknown option `pasword`"),
            ),
            (
                "type = user\npassword = x\npassword_format = crypt",
                Some("is not a hash"),
            ),
            (
                "type = user\npassword = $6$a$b\npassword_format = crypt",
                None,
            ),
            ("type = user\npassword = $6$a$b", Some("looks like a hash")),
            (
                "type = user\npassword = x\npassword_format = md5",
                Some("unknown `password_format"),
            ),
        ] {
            let sections = parse(&format!("[general]\nenabled = yes\n[user] ; who\n{text}\n"));
            let found: Vec<_> = user_problems(&sections[1])
                .into_iter()
                .map(|(found, _)| found)
                .collect();
            match expected {
                None => assert_eq!(found, Vec::<String>::new(), "{text}"),
                Some(part) => assert!(found.len() == 1 && found[0].contains(part), "{found:?}"),
            }
        }
    }
}
