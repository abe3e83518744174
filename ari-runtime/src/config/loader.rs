//! The choice of the server and its credentials from settings, environment and profiles.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

use zeroize::Zeroizing;

use crate::client::api_client::ApiClient;
use crate::client::builder::ClientBuilder;
use crate::config::error::ConfigError;
use crate::config::file::{ConfigFile, Profile, default_path};
use crate::config::password_file::PrivateFile;
use crate::error::types::Error;

/// The URL of ARI on this machine.
const LOCAL: &str = "http://localhost:8088/ari";

/// A server and the credentials for it.
#[derive(Clone)]
pub struct ConnectionConfig {
    url: String,
    user: String,
    password: Zeroizing<String>,
    ca_file: Option<PathBuf>,
}

impl fmt::Debug for ConnectionConfig {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConnectionConfig")
            .field("url", &self.url)
            .field("user", &self.user)
            .field("ca_file", &self.ca_file)
            .finish_non_exhaustive()
    }
}

impl ConnectionConfig {
    /// Returns the URL of ARI.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Returns the user in `ari.conf`.
    pub fn user(&self) -> &str {
        &self.user
    }

    /// Returns the password.
    pub fn password(&self) -> &Zeroizing<String> {
        &self.password
    }

    /// Returns the PEM file of the certificate authority to trust, if one is given.
    pub fn ca_file(&self) -> Option<&PathBuf> {
        self.ca_file.as_ref()
    }

    /// Returns true if the URL begins with `https`.
    pub fn uses_tls(&self) -> bool {
        place(&self.url).0.eq_ignore_ascii_case("https")
    }

    /// Creates a builder for a client with these settings. The certificate authority is only used
    /// with a URL that begins with `https`.
    pub fn client_builder<C: ApiClient>(&self) -> ClientBuilder<C> {
        let builder = ClientBuilder::new(&self.url).credentials(&self.user, self.password.as_str());
        match &self.ca_file {
            Some(file) if self.uses_tls() => builder.add_root_certificate(file),
            _ => builder,
        }
    }
}

impl<C: ApiClient> ClientBuilder<C> {
    /// Creates a builder for a client of the server that the environment or the configuration file
    /// names: see the [module](crate::config).
    ///
    /// # Errors
    /// Returns [`Error::InvalidConfig`] if they name no server, user or password, contradict each
    /// other, or cannot be read. The text names the variable, or the file and the line.
    pub fn from_env() -> Result<Self, Error> {
        Ok(ConfigLoader::new().load()?.client_builder())
    }
}

/// A function that returns the value of an environment variable.
type Environment = Arc<dyn Fn(&str) -> Option<String> + Send + Sync>;

/// A loader of the settings of a connection. Without settings of its own, it reads the environment
/// and the default configuration file.
#[derive(Clone)]
#[must_use = "nothing is read until `load` is called"]
pub struct ConfigLoader {
    url: Option<String>,
    user: Option<String>,
    password: Option<Zeroizing<String>>,
    password_file: Option<PathBuf>,
    profile: Option<String>,
    config_file: Option<PathBuf>,
    ca_file: Option<PathBuf>,
    environment: Environment,
}

impl fmt::Debug for ConfigLoader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ConfigLoader")
            .field("user", &self.user)
            .field("password_file", &self.password_file)
            .field("profile", &self.profile)
            .field("config_file", &self.config_file)
            .field("ca_file", &self.ca_file)
            .finish_non_exhaustive()
    }
}

impl Default for ConfigLoader {
    fn default() -> Self {
        Self::new()
    }
}

impl ConfigLoader {
    /// Creates a loader for the environment of the process.
    pub fn new() -> Self {
        ConfigLoader {
            url: None,
            user: None,
            password: None,
            password_file: None,
            profile: None,
            config_file: None,
            ca_file: None,
            environment: Arc::new(|name| std::env::var(name).ok()),
        }
    }

    /// Sets the URL of ARI, which takes precedence over `ARI_URL` and the profiles. It cannot be
    /// combined with [`ConfigLoader::profile`].
    pub fn url(mut self, url: impl Into<String>) -> Self {
        self.url = Some(url.into());
        self
    }

    /// Sets the user, who takes precedence over that of the profile and `ARI_USER`.
    pub fn user(mut self, user: impl Into<String>) -> Self {
        self.user = Some(user.into());
        self
    }

    /// Sets the password, which takes precedence over all others.
    pub fn password(mut self, password: impl Into<String>) -> Self {
        self.password = Some(Zeroizing::new(password.into()));
        self
    }

    /// Sets the file whose first line is the password. It takes precedence over the password of the
    /// profile and `ARI_PASSWORD`.
    pub fn password_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.password_file = Some(file.into());
        self
    }

    /// Sets the profile, which takes precedence over the environment.
    pub fn profile(mut self, name: impl Into<String>) -> Self {
        self.profile = Some(name.into());
        self
    }

    /// Sets the configuration file. Defaults to [`default_path`]. The file must exist if a profile is
    /// read from it.
    pub fn config_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.config_file = Some(file.into());
        self
    }

    /// Sets the PEM file of a certificate authority to trust, instead of that of the profile.
    pub fn ca_file(mut self, file: impl Into<PathBuf>) -> Self {
        self.ca_file = Some(file.into());
        self
    }

    /// Sets the function that returns environment variables, for tests and for variables of other
    /// names. Defaults to those of the process.
    pub fn environment(
        mut self,
        variable: impl Fn(&str) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        self.environment = Arc::new(variable);
        self
    }

    /// Finds the server and the credentials.
    ///
    /// # Errors
    /// Returns an error if no user or password is given, if a URL and a profile are given together,
    /// if a URL contains credentials, if a profile or a file does not exist, or if a file cannot be
    /// read, is invalid, or contains a password that other users can read.
    pub fn load(&self) -> Result<ConnectionConfig, ConfigError> {
        self.load_or_ask(|_, _, error| Err(error))
    }

    /// Finds the server and the credentials. If the user has no password, the function gets the user,
    /// the URL and [`ConfigError::NoPassword`], and returns the password, such as that of a prompt.
    ///
    /// # Errors
    /// Returns the errors of [`ConfigLoader::load`] and of the function.
    pub fn load_or_ask<E: From<ConfigError>>(
        &self,
        ask: impl FnOnce(&str, &str, ConfigError) -> Result<Zeroizing<String>, E>,
    ) -> Result<ConnectionConfig, E> {
        let profile = self.server()?;
        let user = self.user.clone().or_else(|| profile.user.clone());
        let user = user.or_else(|| self.variable("ARI_USER"));
        let user = user.ok_or(ConfigError::NoUser)?;
        // The password of a profile without a user is for any user.
        let is_own = profile.user.as_ref().is_none_or(|own| *own == user);
        let password = if let Some(password) = &self.password {
            password.clone()
        } else if let Some(file) = &self.password_file {
            PrivateFile::read_password(file)?
        } else if let Some(password) = profile.password.filter(|_| is_own) {
            password
        } else if let Some(file) = profile.password_file.filter(|_| is_own) {
            PrivateFile::read_password(&file)?
        } else if let Some(password) = self.password_variable(&profile.url, &user) {
            password
        } else {
            let error = ConfigError::NoPassword {
                user: user.clone(),
                ignored: self.variable("ARI_PASSWORD").is_some(),
            };
            ask(&user, &profile.url, error)?
        };
        Ok(ConnectionConfig {
            url: profile.url,
            user,
            password,
            ca_file: self.ca_file.clone().or(profile.ca_file),
        })
    }

    /// Finds the server: the URL or the profile that is set, that of the environment, the default
    /// profile, or `http://localhost:8088/ari`.
    ///
    /// # Errors
    /// Returns the errors of [`ConfigLoader::load`] that are not about the user and the password.
    pub fn server(&self) -> Result<Profile, ConfigError> {
        match (&self.url, &self.profile) {
            (Some(_), Some(_)) => Err(ConfigError::TwoServers {
                url: "a URL",
                profile: "a profile",
            }),
            (Some(url), None) => at(url.clone(), "the URL"),
            (None, Some(name)) => self.find_profile(Some(name)),
            (None, None) => match (self.variable("ARI_URL"), self.variable("ARI_PROFILE")) {
                (Some(_), Some(_)) => Err(ConfigError::TwoServers {
                    url: "ARI_URL",
                    profile: "ARI_PROFILE",
                }),
                (Some(url), None) => at(url, "ARI_URL"),
                (None, name) => self.find_profile(name.as_deref()),
            },
        }
    }

    /// Returns the value of an environment variable, unless it is empty.
    fn variable(&self, name: &str) -> Option<String> {
        (self.environment)(name).filter(|value| !value.is_empty())
    }

    /// Returns `ARI_PASSWORD`, unless `ARI_URL` or `ARI_USER` is set to another server or user.
    fn password_variable(&self, url: &str, user: &str) -> Option<Zeroizing<String>> {
        let url_of_password = self.variable("ARI_URL");
        let user_of_password = self.variable("ARI_USER");
        let fits = url_of_password.is_none_or(|other| place(&other) == place(url))
            && user_of_password.is_none_or(|other| other == user);
        self.variable("ARI_PASSWORD")
            .filter(|_| fits)
            .map(Zeroizing::new)
    }

    /// Returns a profile of the file: that of the name, or the default one. Without a file it is that
    /// of this machine.
    fn find_profile(&self, name: Option<&str>) -> Result<Profile, ConfigError> {
        let file = self.config_file.clone().or_else(default_path);
        let found = match &file {
            Some(file) => ConfigFile::read(file)?,
            None => None,
        };
        let file = file.unwrap_or_default();
        let Some(mut found) = found else {
            return match name {
                None if self.config_file.is_none() => at(LOCAL.to_owned(), "the default"),
                name => Err(ConfigError::NoFile {
                    file,
                    profile: name.map(str::to_owned),
                }),
            };
        };
        let Some(name) = name.map(str::to_owned).or(found.default) else {
            return at(LOCAL.to_owned(), "the default");
        };
        let Some(profile) = found.profiles.remove(&name) else {
            return Err(ConfigError::UnknownProfile {
                file,
                name,
                known: found.profiles.into_keys().collect(),
            });
        };
        ensure_no_credentials(&profile.url, || {
            format!("{}: the url of the profile {name:?}", file.display())
        })?;
        Ok(profile)
    }
}

/// Returns a profile that is only a URL.
fn at(url: String, origin: &str) -> Result<Profile, ConfigError> {
    ensure_no_credentials(&url, || origin.to_owned())?;
    Ok(Profile {
        url,
        ..Profile::default()
    })
}

/// Rejects a URL that contains credentials, without repeating it.
fn ensure_no_credentials(url: &str, origin: impl FnOnce() -> String) -> Result<(), ConfigError> {
    match place(url).1.contains('@') {
        true => Err(ConfigError::CredentialsInUrl { origin: origin() }),
        false => Ok(()),
    }
}

/// Returns the scheme and the authority of a URL.
fn place(url: &str) -> (&str, &str) {
    let (scheme, behind) = url.split_once("://").unwrap_or(("", url));
    let authority = behind.split(['/', '?', '#']).next().unwrap_or_default();
    (scheme, authority)
}
