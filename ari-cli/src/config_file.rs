//! The configuration file: profiles of servers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use crate::error::CliError;
use crate::password_file;

/// The help text about the file.
pub(crate) const HELP: &str = r#"Profiles are in the file that --config names (~/.config/ari/config.toml, on Windows
%APPDATA%\ari\config.toml). If it contains a password, only its owner may have access to it:
  default = "office"

  [profiles.office]
  url = "https://pbx.example.com:8089/ari"
  user = "aritest"
  password = "…"          # or password_file = "~/path"
  ca_file = "/path/ca.pem"  # to trust a certificate authority of your own"#;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConfigFile {
    /// The profile to use if neither a URL nor a profile is given.
    pub(crate) default: Option<String>,
    #[serde(default)]
    pub(crate) profiles: BTreeMap<String, Profile>,
}

#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Profile {
    pub(crate) url: String,
    pub(crate) user: Option<String>,
    #[serde(default, deserialize_with = "password")]
    pub(crate) password: Option<Zeroizing<String>>,
    pub(crate) password_file: Option<PathBuf>,
    pub(crate) ca_file: Option<PathBuf>,
}

/// Reads a password, which no error may contain.
fn password<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Zeroizing<String>>, D::Error> {
    let text = Zeroizing::<String>::deserialize(value);
    let text = text.map_err(|_| D::Error::custom("a password must be a string in quotes"))?;
    Ok(Some(text))
}

/// Returns the default path of the file, which `--config` overrides.
pub(crate) fn default_path() -> Option<PathBuf> {
    let folder = etcetera::choose_base_strategy().ok()?.config_dir();
    Some(folder.join("ari").join("config.toml"))
}

/// Reads the file. Returns `None` if it does not exist.
pub(crate) fn read(path: &Path) -> Result<Option<ConfigFile>, CliError> {
    let Some(found) = password_file::read(path)? else {
        return Ok(None);
    };
    let text = &found.text;
    // The parser's full message quotes the line, which can contain a password.
    let mut configuration: ConfigFile = toml::from_str(text).map_err(|error| {
        let line = error.span().map(|span| {
            let before = text.get(..span.start).unwrap_or_default();
            before.matches('\n').count() + 1
        });
        let place = line
            .map(|line| format!(", line {line}"))
            .unwrap_or_default();
        CliError::usage(format!(
            "{}{place}: {}; `ari --help` shows an example",
            path.display(),
            error.message()
        ))
    })?;
    let profiles = configuration.profiles.values_mut();
    for profile in profiles {
        if profile.password.is_some() {
            found.ensure_private(path)?;
        }
        for file in [&mut profile.password_file, &mut profile.ca_file] {
            *file = file.take().map(expand_home);
        }
    }
    Ok(Some(configuration))
}

/// Replaces a leading `~` by the home folder, as a shell does.
fn expand_home(path: PathBuf) -> PathBuf {
    match (path.strip_prefix("~"), etcetera::home_dir()) {
        (Ok(rest), Ok(home)) => home.join(rest),
        _ => path,
    }
}
