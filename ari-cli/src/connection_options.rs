//! The server and the credentials, from options, environment and profiles.

use std::io::{ErrorKind, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};

use ari_api::client::ClientBuilder;
use ari_api::config::{ConfigError, ConfigLoader, ConnectionConfig, PrivateFile};
use zeroize::Zeroizing;

use crate::error::CliError;
use crate::event::CommandClient;
use crate::global_options::GlobalOptions;
use crate::signals::SIGINT;
use crate::terminal::print_error;
use crate::text::escape_control;

/// A server and the credentials for it.
pub(crate) struct ConnectionOptions {
    pub(crate) url: String,
    pub(crate) user: String,
    pub(crate) password: Zeroizing<String>,
    pub(crate) ca_file: Option<PathBuf>,
}

#[cfg(feature = "mock")]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl ConnectionOptions {
    /// Returns the settings. Options take precedence over the profile that they name, that over the
    /// environment, and that over the default profile. A password is only used with the server and
    /// the user that it was given for.
    pub(crate) fn find(global: &GlobalOptions) -> Result<Self, CliError> {
        Ok(find_config(global)?.into())
    }

    /// Returns the settings for a server that has a default user, who is taken if none is given.
    #[cfg(feature = "mock")]
    pub(crate) fn find_with_default(
        global: &GlobalOptions,
        (user, password): (&str, &str),
    ) -> Result<Self, CliError> {
        let profile = loader(global, false)?.server()?;
        let is_given = global.user.is_some()
            || global.password_file.is_some()
            || profile.user.is_some()
            || environment("ARI_USER").is_some();
        if is_given {
            return Self::find(global);
        }
        Ok(ConnectionOptions {
            url: profile.url,
            user: user.to_owned(),
            password: Zeroizing::new(password.to_owned()),
            ca_file: global.ca_file.clone().or(profile.ca_file),
        })
    }

    /// Returns the settings without a prompt or a message, and without reading the standard input.
    pub(crate) fn find_without_prompt(global: &GlobalOptions) -> Option<Self> {
        if global.password_file.as_deref() == Some(Path::new("-")) {
            return None;
        }
        load(global, |_, _, error| Err(error.into()))
            .ok()
            .map(Self::from)
    }
}

impl From<ConnectionConfig> for ConnectionOptions {
    fn from(config: ConnectionConfig) -> Self {
        ConnectionOptions {
            url: config.url().to_owned(),
            user: config.user().to_owned(),
            password: config.password().clone(),
            ca_file: config.ca_file().cloned(),
        }
    }
}

/// Returns the settings. Asks for the password if none is given.
pub(crate) fn find_config(global: &GlobalOptions) -> Result<ConnectionConfig, CliError> {
    let config = load(global, |user, url, error| {
        prompt_password(user, url, error.into())
    })?;
    // The lines of `ari exec` share settings of which the user has been warned.
    if global.session.is_none() && config.ca_file().is_some() && !config.uses_tls() {
        print_error(format!(
            "the CA file is ignored: {} is not encrypted; use a URL that begins with https",
            escape_control(config.url())
        ));
    }
    Ok(config)
}

fn load(
    global: &GlobalOptions,
    ask: impl FnOnce(&str, &str, ConfigError) -> Result<Zeroizing<String>, CliError>,
) -> Result<ConnectionConfig, CliError> {
    match &global.session {
        Some(session) => Ok(session.config.clone()),
        None => loader(global, true)?.load_or_ask(ask),
    }
}

/// Returns the loader of the settings, which reads the environment and the configuration file. With
/// `with_password`, a password on the standard input is read.
fn loader(global: &GlobalOptions, with_password: bool) -> Result<ConfigLoader, CliError> {
    if global.url.is_some() && global.profile.is_some() {
        return Err(CliError::usage(
            "--url and --profile cannot be combined: each names a server",
        ));
    }
    let mut loader = ConfigLoader::new();
    if let Some(url) = &global.url {
        loader = loader.url(url);
    }
    if let Some(user) = &global.user {
        loader = loader.user(user);
    }
    if let Some(name) = &global.profile {
        loader = loader.profile(name);
    }
    if let Some(file) = &global.config {
        loader = loader.config_file(file);
    }
    if let Some(file) = &global.ca_file {
        loader = loader.ca_file(file);
    }
    match &global.password_file {
        Some(file) if with_password && file == Path::new("-") => {
            Ok(loader.password(read_password(file)?.as_str()))
        }
        Some(file) => Ok(loader.password_file(file)),
        None => Ok(loader),
    }
}

/// Reads the password in the first line of a file, or of the standard input if the path is `-`.
pub(crate) fn read_password(file: &Path) -> Result<Zeroizing<String>, CliError> {
    if file != Path::new("-") {
        return Ok(PrivateFile::read_password(file)?);
    }
    let mut text = Zeroizing::new(String::new());
    std::io::stdin()
        .read_to_string(&mut text)
        .map_err(|error| CliError::usage(format!("cannot read the standard input: {error}")))?;
    let first = text.lines().next().unwrap_or_default();
    Ok(Zeroizing::new(first.to_owned()))
}

/// Returns the URL of the server, without prompting for a password.
pub(crate) fn address(global: &GlobalOptions) -> Result<String, CliError> {
    Ok(loader(global, false)?.server()?.url)
}

/// Returns the user and the password from the options or the environment, if both are given.
#[cfg(feature = "mock")]
pub(crate) fn credentials(
    global: &GlobalOptions,
) -> Result<Option<(String, Zeroizing<String>)>, CliError> {
    let Some(user) = global.user.clone().or_else(|| environment("ARI_USER")) else {
        return Ok(None);
    };
    let password = match &global.password_file {
        Some(file) => Some(read_password(file)?),
        None => environment("ARI_PASSWORD").map(Zeroizing::new),
    };
    match password {
        None if global.user.is_some() => Err(ConfigError::NoPassword {
            user,
            ignored: false,
        }
        .into()),
        password => Ok(password.map(|password| (user, password))),
    }
}

/// Returns an error if the environment has a user without a password, or a password without a user, so
/// that [`credentials`] ignores it.
#[cfg(feature = "mock")]
pub(crate) fn ensure_complete(global: &GlobalOptions) -> Result<(), CliError> {
    let user = global.user.is_some() || environment("ARI_USER").is_some();
    let password = global.password_file.is_some() || environment("ARI_PASSWORD").is_some();
    match (user, password) {
        (true, false) => Err(CliError::usage(
            "ARI_USER is set without a password, so that the default users would stay: set \
             ARI_PASSWORD or --password-file, too, or unset ARI_USER",
        )),
        (false, true) => Err(CliError::usage(
            "there is a password without a user, so that the default users would stay: set ARI_USER \
             or --user, too, or leave the password out",
        )),
        _ => Ok(()),
    }
}

/// Returns the URL of a path that is served beside `/ari`.
#[cfg(feature = "mock")]
pub(crate) fn beside_ari(url: &str, path: &str) -> String {
    let base = url.trim_end_matches('/');
    format!("{}{path}", base.strip_suffix("/ari").unwrap_or(base))
}

/// Asks for a password. Returns the error `missing` if there is no terminal to ask on.
pub(crate) fn prompt_password(
    user: &str,
    url: &str,
    missing: CliError,
) -> Result<Zeroizing<String>, CliError> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(missing);
    }
    // An invalid URL is an error before the user types a password.
    ClientBuilder::<CommandClient>::new(url).build()?;
    let (user, url) = (escape_control(user), escape_control(url));
    let password = rpassword::prompt_password(format!("Password of {user} at {url}: "));
    password
        .map(Zeroizing::new)
        .map_err(|error| match error.kind() {
            ErrorKind::Interrupted => CliError::interrupted(SIGINT),
            _ => CliError::usage(format!("cannot read the password: {error}")),
        })
}
