//! The server and the credentials, from options, environment and profiles.

use std::io::{ErrorKind, IsTerminal as _};
use std::path::{Path, PathBuf};

use ari_api::client::ClientBuilder;
use zeroize::Zeroizing;

use crate::config_file::{self, ConfigFile, Profile};
use crate::error::CliError;
use crate::event::CommandClient;
use crate::global_options::GlobalOptions;
use crate::password_file;
use crate::signals::SIGINT;
use crate::terminal::print_error;
use crate::text::escape_control;

const LOCAL: &str = "http://localhost:8088/ari";

/// A server and the credentials for it.
pub(crate) struct ConnectionOptions {
    pub(crate) url: String,
    pub(crate) user: String,
    pub(crate) password: Zeroizing<String>,
    pub(crate) ca_file: Option<PathBuf>,
}

fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

impl ConnectionOptions {
    /// Returns the settings. Options take precedence over the profile that they name, that over the
    /// environment, and that over the default profile. A password is only used with the server and
    /// the user that it was given for.
    pub(crate) fn find(global: &GlobalOptions) -> Result<Self, CliError> {
        let settings = Self::from_options(global, prompt_password)?;
        if settings.ca_file.is_some() && !place(&settings.url).0.eq_ignore_ascii_case("https") {
            print_error(format!(
                "the CA file is ignored: {} is not encrypted; use a URL that begins with https",
                escape_control(&settings.url)
            ));
        }
        Ok(settings)
    }

    /// Returns the settings for a server that has a default user, who is taken if none is given.
    #[cfg(feature = "mock")]
    pub(crate) fn find_with_default(
        global: &GlobalOptions,
        (user, password): (&str, &str),
    ) -> Result<Self, CliError> {
        let profile = server(global)?;
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
        Self::from_options(global, |user, _| Err(no_password(user))).ok()
    }

    fn from_options(
        global: &GlobalOptions,
        ask: impl FnOnce(&str, &str) -> Result<Zeroizing<String>, CliError>,
    ) -> Result<Self, CliError> {
        let profile = server(global)?;
        let user = global.user.clone().or_else(|| profile.user.clone());
        let user = user.or_else(|| environment("ARI_USER")).ok_or_else(|| {
            CliError::usage(
                "no user: set --user or ARI_USER to a user in ari.conf, or add a profile",
            )
        })?;
        // The password of a profile without a user is for any user.
        let own = profile.user.as_ref().is_none_or(|own| *own == user);
        let password = if let Some(file) = &global.password_file {
            password_file::password(file)?
        } else if let Some(password) = profile.password.filter(|_| own) {
            password
        } else if let Some(file) = profile.password_file.filter(|_| own) {
            password_file::password(&file)?
        } else if let Some(password) = password_from_environment(&profile.url, &user) {
            password
        } else {
            ask(&user, &profile.url)?
        };
        let ca_file = global.ca_file.clone().or(profile.ca_file);
        Ok(ConnectionOptions {
            url: profile.url,
            user,
            password,
            ca_file,
        })
    }
}

/// Returns the URL of the server, without prompting for a password.
pub(crate) fn address(global: &GlobalOptions) -> Result<String, CliError> {
    Ok(server(global)?.url)
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
        Some(file) => Some(password_file::password(file)?),
        None => environment("ARI_PASSWORD").map(Zeroizing::new),
    };
    match password {
        None if global.user.is_some() => Err(no_password(&user)),
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

/// Returns the server of the options, of a profile, or of the environment.
fn server(global: &GlobalOptions) -> Result<Profile, CliError> {
    let at = |url: String| {
        check(&url)?;
        Ok(Profile {
            url,
            ..Profile::default()
        })
    };
    match (&global.url, &global.profile) {
        (Some(_), Some(_)) => Err(CliError::usage(
            "--url and --profile cannot be combined: each names a server",
        )),
        (Some(url), None) => at(url.clone()),
        (None, Some(name)) => profile(global, Some(name)),
        (None, None) => match (environment("ARI_URL"), environment("ARI_PROFILE")) {
            (Some(_), Some(_)) => Err(CliError::usage(
                "ARI_URL and ARI_PROFILE cannot be combined: unset one of them, or give --url or \
                 --profile",
            )),
            (Some(url), None) => at(url),
            (None, name) => profile(global, name.as_deref()),
        },
    }
}

/// Returns the URL of a path that is served beside `/ari`.
#[cfg(feature = "mock")]
pub(crate) fn beside_ari(url: &str, path: &str) -> String {
    let base = url.trim_end_matches('/');
    format!("{}{path}", base.strip_suffix("/ari").unwrap_or(base))
}

/// Returns the scheme and the authority of a URL.
fn place(url: &str) -> (&str, &str) {
    let (scheme, behind) = url.split_once("://").unwrap_or(("", url));
    let authority = behind.split(['/', '?', '#']).next().unwrap_or_default();
    (scheme, authority)
}

/// Rejects a URL that contains credentials, without repeating it.
fn check(url: &str) -> Result<(), CliError> {
    match place(url).1.contains('@') {
        true => Err(CliError::usage(
            "the URL contains credentials, which would appear in logs and process lists: give the \
             user by --user or ARI_USER, and the password by ARI_PASSWORD or --password-file",
        )),
        false => Ok(()),
    }
}

/// Returns ARI_PASSWORD, unless ARI_URL or ARI_USER is set to another server or user.
fn password_from_environment(url: &str, user: &str) -> Option<Zeroizing<String>> {
    let fits = environment("ARI_URL").is_none_or(|beside| place(&beside) == place(url))
        && environment("ARI_USER").is_none_or(|beside| beside == user);
    environment("ARI_PASSWORD")
        .filter(|_| fits)
        .map(Zeroizing::new)
}

fn profile(global: &GlobalOptions, name: Option<&str>) -> Result<Profile, CliError> {
    let file = global.config.clone().or_else(config_file::default_path);
    let shown = file.as_ref().map(|file| file.display().to_string());
    let shown = shown.unwrap_or_default();
    let found = match &file {
        Some(file) => config_file::read(file)?,
        None => None,
    };
    let Some(ConfigFile {
        default,
        mut profiles,
    }) = found
    else {
        return match name {
            Some(name) => Err(CliError::usage(format!(
                "profile {name:?} not found: the configuration file {shown} does not exist; \
                 `ari --help` shows an example"
            ))),
            None if global.config.is_some() => Err(CliError::usage(format!(
                "the configuration file {shown} does not exist"
            ))),
            None => Ok(local()),
        };
    };
    let Some(name) = name.map(str::to_owned).or(default) else {
        return Ok(local());
    };
    let found = profiles.remove(&name).ok_or_else(|| {
        let names: Vec<_> = profiles.into_keys().collect();
        CliError::usage(format!(
            "profile {name:?} not found in {shown}, which has: {}",
            names.join(", ")
        ))
    })?;
    check(&found.url)?;
    Ok(found)
}

/// Returns a profile for the server of this machine.
fn local() -> Profile {
    Profile {
        url: LOCAL.to_owned(),
        ..Profile::default()
    }
}

fn prompt_password(user: &str, url: &str) -> Result<Zeroizing<String>, CliError> {
    if !std::io::stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Err(no_password(user));
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

fn no_password(user: &str) -> CliError {
    let why = match environment("ARI_PASSWORD") {
        Some(_) => " (ARI_PASSWORD is only used with ARI_URL and ARI_USER)",
        None => "",
    };
    CliError::usage(format!(
        "no password for the user {user:?}{why}: set ARI_PASSWORD or --password-file, or add a \
         profile"
    ))
}
