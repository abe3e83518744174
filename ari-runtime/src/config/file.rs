//! The configuration file: profiles of servers.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use zeroize::Zeroizing;

use crate::config::error::ConfigError;
use crate::config::password_file::PrivateFile;

/// The content of the configuration file.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ConfigFile {
    /// The profile that is used if neither a URL nor a profile is given.
    pub default: Option<String>,
    /// The profiles by name.
    pub profiles: BTreeMap<String, Profile>,
}

/// A server, with the credentials for it.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct Profile {
    /// The URL of ARI.
    pub url: String,
    /// The user in `ari.conf`.
    pub user: Option<String>,
    /// The password of that user, or of any user if `user` is `None`.
    pub password: Option<Zeroizing<String>>,
    /// The file whose first line is the password. It is used if `password` is `None`.
    pub password_file: Option<PathBuf>,
    /// The PEM file of a certificate authority to trust in addition to the platform's.
    pub ca_file: Option<PathBuf>,
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let url = match self.url.contains(['@', '?']) {
            true => "(may hold a password)",
            false => &self.url,
        };
        f.debug_struct("Profile")
            .field("url", &url)
            .field("user", &self.user)
            .field("password_file", &self.password_file)
            .field("ca_file", &self.ca_file)
            .finish_non_exhaustive()
    }
}

/// Returns the default path of the configuration file. Returns `None` if the user has no home folder.
pub fn default_path() -> Option<PathBuf> {
    let folder = etcetera::choose_base_strategy().ok()?.config_dir();
    Some(folder.join("ari").join("config.toml"))
}

impl ConfigFile {
    /// Reads a configuration file. Returns `None` if it does not exist.
    ///
    /// # Errors
    /// Returns [`ConfigError::InvalidFile`] with the line if the text is not TOML, if a key is
    /// unknown, or if a value has the wrong type. Returns [`ConfigError::Exposed`] if the file
    /// contains a password and other users have access to it, and [`ConfigError::Unreadable`] if it
    /// cannot be read as text.
    pub fn read(path: &Path) -> Result<Option<Self>, ConfigError> {
        let Some(found) = PrivateFile::read(path)? else {
            return Ok(None);
        };
        let parsed = parse(found.text()).map_err(|problem| ConfigError::InvalidFile {
            file: path.to_owned(),
            line: problem.place.map(|place| line(found.text(), &place)),
            message: problem.message,
        })?;
        let mut profiles = parsed.profiles.values();
        if profiles.any(|profile| profile.password.is_some()) {
            found.ensure_private(path)?;
        }
        Ok(Some(parsed))
    }
}

/// A problem of the text, which the message does not quote: it can contain a password.
struct Problem {
    place: Option<Range<usize>>,
    message: String,
}

/// Returns the number of the line at a place, beginning with 1.
fn line(text: &str, place: &Range<usize>) -> usize {
    let before = text.get(..place.start).unwrap_or_default();
    before.matches('\n').count() + 1
}

/// Parses the text. Values are read one by one rather than through serde, whose messages quote them.
fn parse(text: &str) -> Result<ConfigFile, Problem> {
    let table = DeTable::parse(text).map_err(|error| Problem {
        place: error.span(),
        message: error.message().to_owned(),
    })?;
    let mut file = ConfigFile::default();
    for (key, value) in table.into_inner() {
        match &**key.get_ref() {
            "default" => file.default = Some(read_text("default", &value)?),
            "profiles" => {
                for (name, value) in as_table("profiles", &value)? {
                    let profile = parse_profile(name.get_ref(), value)?;
                    file.profiles.insert(name.get_ref().to_string(), profile);
                }
            }
            other => return Err(unknown(other, &key, "default, profiles")),
        }
    }
    Ok(file)
}

fn parse_profile(name: &str, value: &Spanned<DeValue<'_>>) -> Result<Profile, Problem> {
    let mut profile = Profile::default();
    let mut has_url = false;
    for (key, value) in as_table("a profile", value)? {
        let name = &**key.get_ref();
        match name {
            "url" => {
                profile.url = read_text(name, value)?;
                has_url = true;
            }
            "user" => profile.user = Some(read_text(name, value)?),
            "password" => profile.password = Some(Zeroizing::new(read_text("a password", value)?)),
            "password_file" => profile.password_file = Some(read_path(name, value)?),
            "ca_file" => profile.ca_file = Some(read_path(name, value)?),
            other => {
                return Err(unknown(
                    other,
                    key,
                    "url, user, password, password_file, ca_file",
                ));
            }
        }
    }
    match has_url {
        true => Ok(profile),
        false => Err(Problem {
            place: Some(value.span()),
            message: format!("the profile {name:?} has no url"),
        }),
    }
}

fn as_table<'a, 'i>(
    name: &str,
    value: &'a Spanned<DeValue<'i>>,
) -> Result<&'a DeTable<'i>, Problem> {
    value.get_ref().as_table().ok_or_else(|| Problem {
        place: Some(value.span()),
        message: format!("{name} must be a table"),
    })
}

fn read_text(name: &str, value: &Spanned<DeValue<'_>>) -> Result<String, Problem> {
    let text = value.get_ref().as_str().map(str::to_owned);
    text.ok_or_else(|| Problem {
        place: Some(value.span()),
        message: format!("{name} must be a string in quotes"),
    })
}

/// Reads a path. A leading `~` is the home folder, as in a shell.
fn read_path(name: &str, value: &Spanned<DeValue<'_>>) -> Result<PathBuf, Problem> {
    let path = PathBuf::from(read_text(name, value)?);
    Ok(match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path,
    })
}

fn unknown<T>(name: &str, key: &Spanned<T>, known: &str) -> Problem {
    Problem {
        place: Some(key.span()),
        message: format!("unknown key {name:?}; valid keys: {known}"),
    }
}
