//! The setup file of the fake: users, dialplan, endpoints, sounds and modules.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use ari_api::Timestamp;
use ari_api::config::PrivateFile;
use ari_mock::control::Scenario;
use ari_mock::{Builder, PersistentWebSocket, Step};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use crate::closest_name::closest_name;
use crate::connection_options::read_password;
use crate::error::CliError;

/// The default user and password.
pub(super) const DEFAULT_CREDENTIALS: (&str, &str) = ("aritest", "testme");

pub(super) const HELP: &str = r#"The file of --setup is TOML, or JSON if its name ends with .json. All keys are optional:
  http_prefix = "/pbx"                  # of all paths
  started_at = "2026-11-23T08:00:00Z"   # the date at which the clock starts
  missing_modules = ["chan_websocket"]
  offline_endpoints = ["PJSIP/bob"]

  [[users]]                             # instead of aritest and reader
  name = "boss"
  password_variable = "BOSS_PASSWORD"   # or password_file, or password
  read_only = false

  [extensions.testari]
  100 = ["Answer()", "Stasis(hello,first)", "Hangup()"]

  [endpoints]                           # what each does when it is called
  "PJSIP/alice" = ["Ringing()", "Wait(2)", "Answer()", "Echo()"]

  [sounds]                              # with lengths in seconds
  "my/greeting" = 2.5

  [sounds_in.de]
  "my/greeting" = 3

  [[websocket_clients]]                 # of websocket_client.conf
  name = "audio"
  url = "wss://localhost:9000/media"    # and user, password_variable or password_file
  tls_enabled = true                    # without it: ws, and no TLS
  ca_list_file = "ca.pem"               # relative to this file
  verify_server_cert = true             # or false: any certificate
  verify_server_hostname = true         # or false: a certificate for any host

  [per_call_applications]               # to each of whose calls the fake opens a WebSocket
  hello = "audio"                       # the application, and the client to connect to

  [[persistent_websockets]]             # which the fake opens when it starts
  client = "audio"
  applications = ["menu", "queue"]
  subscribe_all = false
  read_only = false"#;

/// The content of the file.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Setup {
    http_prefix: Option<String>,
    started_at: Option<Timestamp>,
    missing_modules: Vec<String>,
    offline_endpoints: Vec<String>,
    #[serde(deserialize_with = "users")]
    users: Vec<User>,
    extensions: BTreeMap<String, BTreeMap<String, Vec<StepText>>>,
    endpoints: BTreeMap<String, Vec<StepText>>,
    sounds: BTreeMap<String, Seconds>,
    sounds_in: BTreeMap<String, BTreeMap<String, Seconds>>,
    websocket_clients: Vec<WebSocketClient>,
    per_call_applications: BTreeMap<String, String>,
    persistent_websockets: Vec<PersistentSocket>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct User {
    name: String,
    #[serde(default, deserialize_with = "password")]
    password: Option<Zeroizing<String>>,
    password_file: Option<PathBuf>,
    password_variable: Option<String>,
    #[serde(default)]
    read_only: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WebSocketClient {
    name: String,
    url: String,
    #[serde(default)]
    user: String,
    #[serde(default, deserialize_with = "password")]
    password: Option<Zeroizing<String>>,
    password_file: Option<PathBuf>,
    password_variable: Option<String>,
    #[serde(default)]
    tls_enabled: bool,
    ca_list_file: Option<PathBuf>,
    verify_server_cert: Option<bool>,
    verify_server_hostname: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PersistentSocket {
    client: String,
    applications: Vec<String>,
    #[serde(default)]
    subscribe_all: bool,
    #[serde(default)]
    read_only: bool,
}

impl WebSocketClient {
    /// Returns the key with a problem, and the problem.
    fn check(&self) -> Result<(), (&'static str, String)> {
        let url = &self.url;
        let scheme = if self.tls_enabled { "wss://" } else { "ws://" };
        if !url.starts_with(scheme) {
            let hint = match self.tls_enabled {
                true => "tls_enabled is true",
                false if url.starts_with("wss://") => "tls_enabled is false: set it to true",
                false => "tls_enabled is false",
            };
            return Err((
                "url",
                format!("{url:?} does not begin with {scheme}, but {hint}"),
            ));
        }
        let verifies = self.verify_server_cert.unwrap_or(true);
        let settings = [
            ("ca_list_file", self.ca_list_file.is_some()),
            ("verify_server_cert", self.verify_server_cert.is_some()),
            (
                "verify_server_hostname",
                self.verify_server_hostname.is_some(),
            ),
        ];
        let useless = settings
            .iter()
            .find(|(_, is_set)| *is_set && !self.tls_enabled);
        if let Some((key, _)) = useless {
            return Err((*key, "has no effect without tls_enabled = true".to_owned()));
        }
        if self.tls_enabled && verifies && self.ca_list_file.is_none() {
            let reason = "is missing: give the PEM file of the authority, or set verify_server_cert to \
                          false";
            return Err(("ca_list_file", reason.to_owned()));
        }
        if cfg!(not(feature = "tls")) && self.tls_enabled {
            let reason = "this `ari` was built without the feature tls".to_owned();
            return Err(("tls_enabled", reason));
        }
        Ok(())
    }

    /// Returns the TLS of the client.
    #[cfg(feature = "tls")]
    fn tls(&self) -> Option<ari_mock::WebSocketTls> {
        use ari_mock::WebSocketTls;
        let verifies = self.verify_server_cert.unwrap_or(true);
        let tls = match &self.ca_list_file {
            Some(file) if verifies => WebSocketTls::with_ca_file(file),
            _ => WebSocketTls::without_verification(),
        };
        let tls = match self.verify_server_hostname {
            Some(false) => tls.without_hostname_verification(),
            _ => tls,
        };
        self.tls_enabled.then_some(tls)
    }
}

/// A step in the notation of `extensions.conf`.
struct StepText(Step);

impl<'de> Deserialize<'de> for StepText {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        let text = String::deserialize(value)?;
        text.parse().map(StepText).map_err(D::Error::custom)
    }
}

/// A length of time in seconds.
struct Seconds(Duration);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(value)?;
        let length = parse_length(seconds);
        length.map(Seconds).ok_or_else(|| {
            D::Error::custom(format!("{seconds} is not a length from 0 to 86400 seconds"))
        })
    }
}

/// Returns a length of time of at most a day.
pub(super) fn parse_length(seconds: f64) -> Option<Duration> {
    let is_valid = (0.0..=86_400.0).contains(&seconds);
    is_valid.then(|| Duration::from_secs_f64(seconds))
}

/// Reads a password, which no error may contain.
fn password<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Zeroizing<String>>, D::Error> {
    let text = Zeroizing::<String>::deserialize(value);
    let text = text.map_err(|_| D::Error::custom("a password must be a string in quotes"))?;
    Ok(Some(text))
}

impl Setup {
    /// Reads a file, with all passwords.
    pub(super) fn read(path: &Path) -> Result<Setup, CliError> {
        let missing =
            || CliError::usage(format!("the setup file {} does not exist", path.display()));
        let found = PrivateFile::read(path)?.ok_or_else(missing)?;
        let mut setup: Setup = parse(path, found.text())?;
        setup.check_names(path)?;
        let users = setup.users.iter_mut().map(|user| {
            let User {
                password,
                password_file,
                password_variable,
                ..
            } = user;
            (
                format!("user {:?}", user.name),
                password,
                password_file,
                password_variable,
            )
        });
        let clients = setup.websocket_clients.iter_mut().map(|client| {
            let WebSocketClient {
                password,
                password_file,
                password_variable,
                ..
            } = client;
            (
                format!("client {:?}", client.name),
                password,
                password_file,
                password_variable,
            )
        });
        for (owner, password, file, variable) in users.chain(clients) {
            let problem =
                |what: &str| CliError::usage(format!("{}: the {owner} {what}", path.display()));
            match (&password, &file, &variable) {
                (Some(_), None, None) => found.ensure_private(path)?,
                (None, Some(file), None) => {
                    // Relative to the setup file, wherever the command runs.
                    let folder = path.parent().unwrap_or(Path::new(""));
                    *password = Some(read_password(&folder.join(file))?);
                }
                (None, None, Some(name)) => {
                    let value = std::env::var(name).ok().filter(|value| !value.is_empty());
                    let value = value.ok_or_else(|| {
                        problem(&format!("has the password of the variable {name}: set it"))
                    })?;
                    *password = Some(Zeroizing::new(value));
                }
                (None, None, None) => {}
                _ => {
                    return Err(problem(
                        "has more than one of password, password_file and password_variable: \
                         keep one",
                    ));
                }
            }
        }
        if let Some(user) = setup.users.iter().find(|user| user.password.is_none()) {
            return Err(CliError::usage(format!(
                "{}: the user {:?} has no password: add password_variable, password_file or \
                 password",
                path.display(),
                user.name
            )));
        }
        setup.check_websockets(path)?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let clients = setup.websocket_clients.iter_mut();
        for file in clients.filter_map(|client| client.ca_list_file.as_mut()) {
            *file = folder.join(&*file);
            if let Err(error) = std::fs::metadata(&*file) {
                let (setup, file) = (path.display(), file.display());
                let text = format!("{setup}: cannot read the ca_list_file {file}: {error}");
                return Err(CliError::usage(text));
            }
        }
        Ok(setup)
    }

    /// Returns an error for a name that would have no effect, or that is given twice.
    fn check_names(&self, path: &Path) -> Result<(), CliError> {
        let problem = |key: String, reason: &str| {
            Err(CliError::usage(format!(
                "{}: {key}: {reason}",
                path.display()
            )))
        };
        let modules = Builder::module_names();
        for (number, name) in self.missing_modules.iter().enumerate() {
            let bare = name.trim_end_matches(".so");
            if !modules.iter().any(|known| known == bare) {
                let hint = match closest_name(bare, modules.iter().cloned()) {
                    Some(near) => format!("did you mean {near:?}?"),
                    None => "GET /ari/asterisk/modules lists them".to_owned(),
                };
                let reason = format!("the fake has no module {name:?}: {hint}");
                return problem(format!("missing_modules[{number}]"), &reason);
            }
        }
        let online = self
            .endpoints
            .keys()
            .map(|name| ("endpoints".to_owned(), name));
        let offline = self.offline_endpoints.iter().enumerate();
        let offline = offline.map(|(number, name)| (format!("offline_endpoints[{number}]"), name));
        let mut endpoints = BTreeSet::new();
        for (key, name) in online.chain(offline) {
            let parts = name.split_once('/').unwrap_or_default();
            if parts.0.is_empty() || parts.1.is_empty() {
                let reason = format!("{name:?} is not an endpoint, such as PJSIP/alice");
                return problem(key, &reason);
            }
            if !endpoints.insert(name) {
                return problem(
                    key,
                    &format!("the endpoint {name:?} is given twice: keep one"),
                );
            }
        }
        for (context, extensions) in &self.extensions {
            if extensions.is_empty() {
                let key = format!("extensions.{context}");
                return problem(key, "the context has no extensions: add one");
            }
            if let Some((name, _)) = extensions.iter().find(|(_, steps)| steps.is_empty()) {
                let key = format!("extensions.{context}.{name}");
                return problem(key, "the extension has no steps: add one");
            }
        }
        if let Some(prefix) = &self.http_prefix
            && prefix.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '%'))
        {
            let reason = format!("{prefix:?} is not a path, such as /pbx");
            return problem("http_prefix".to_owned(), &reason);
        }
        let users = self.users.iter().map(|user| &user.name);
        let clients = self.websocket_clients.iter().map(|client| &client.name);
        for (key, names) in [
            ("users", users.collect::<Vec<_>>()),
            ("websocket_clients", clients.collect()),
        ] {
            for (number, name) in names.iter().enumerate() {
                let key = format!("{key}[{number}].name");
                if names.iter().take(number).any(|before| before == name) {
                    return problem(key, &format!("{name:?} is given twice: keep one"));
                }
                if name.is_empty() {
                    return problem(key, "the name is empty");
                }
                if key.starts_with("users") && name.contains(':') {
                    return problem(
                        key,
                        &format!("{name:?} contains a colon, which ends a user name"),
                    );
                }
            }
        }
        let mut applications = BTreeSet::new();
        for (number, socket) in self.persistent_websockets.iter().enumerate() {
            for name in &socket.applications {
                let key = format!("persistent_websockets[{number}].applications");
                if name.is_empty() {
                    return problem(key, "the name of an application is empty");
                }
                if !applications.insert(name) {
                    return problem(key, &format!("{name:?} is given twice: keep one"));
                }
            }
        }
        Ok(())
    }

    /// Returns an error if an outbound WebSocket has a client that the file does not define or that the
    /// fake cannot connect to, or no applications.
    fn check_websockets(&self, path: &Path) -> Result<(), CliError> {
        for (number, client) in self.websocket_clients.iter().enumerate() {
            if let Err((key, reason)) = client.check() {
                return Err(CliError::usage(format!(
                    "{}: websocket_clients[{number}].{key}: {reason}",
                    path.display()
                )));
            }
        }
        for PersistentSocket {
            client,
            applications,
            ..
        } in &self.persistent_websockets
        {
            if applications.is_empty() {
                return Err(CliError::usage(format!(
                    "{}: the persistent WebSocket to {client:?} has no applications: add one",
                    path.display()
                )));
            }
        }
        let persistent = self.persistent_websockets.iter();
        let persistent = persistent.map(|socket| ("persistent_websockets", &socket.client));
        let per_call = self.per_call_applications.values();
        let per_call = per_call.map(|client| ("per_call_applications", client));
        for (key, client) in per_call.chain(persistent) {
            if !self.websocket_clients.iter().any(|it| it.name == *client) {
                return Err(CliError::usage(format!(
                    "{}: {key} names the client {client:?}, which is not in websocket_clients: \
                     add it there",
                    path.display()
                )));
            }
        }
        Ok(())
    }

    /// Returns the name of the first user that is not read-only.
    pub(super) fn user(&self) -> Option<&str> {
        let mut users = self.users.iter().filter(|user| !user.read_only);
        users.next().map(|user| user.name.as_str())
    }

    /// Returns whether the file has users.
    pub(super) fn has_users(&self) -> bool {
        !self.users.is_empty()
    }

    /// Applies the file. Its users take the place of the default ones.
    pub(super) fn apply(self, mut builder: Builder) -> Builder {
        if self.has_users() {
            builder = builder.without_users();
        }
        for user in self.users {
            let password = user.password.unwrap_or_default();
            builder = match user.read_only {
                false => builder.user(user.name, password.as_str()),
                true => builder.read_only_user(user.name, password.as_str()),
            };
        }
        if let Some(prefix) = &self.http_prefix {
            builder = builder.http_prefix(prefix);
        }
        if let Some(date) = self.started_at {
            builder = builder.started_at(SystemTime::from(date));
        }
        for module in &self.missing_modules {
            builder = builder.without_module(module);
        }
        for (context, extensions) in self.extensions {
            for (extension, steps) in extensions {
                let steps = steps.into_iter().map(|step| step.0);
                builder = builder.extension(&context, &extension, steps);
            }
        }
        for (name, steps) in self.endpoints {
            builder = builder.endpoint(&name, steps.into_iter().map(|step| step.0));
        }
        for name in &self.offline_endpoints {
            builder = builder.offline_endpoint(name);
        }
        for (name, length) in self.sounds {
            builder = builder.sound(&name, length.0);
        }
        for (language, sounds) in self.sounds_in {
            for (name, length) in sounds {
                builder = builder.sound_in(&language, &name, length.0);
            }
        }
        for client in self.websocket_clients {
            #[cfg(feature = "tls")]
            let tls = client.tls();
            let WebSocketClient {
                name, url, user, ..
            } = client;
            let password = client.password.unwrap_or_default();
            builder = builder.websocket_client_with_credentials(&name, &url, &user, &password);
            #[cfg(feature = "tls")]
            if let Some(tls) = tls {
                builder = builder.websocket_client_tls(&name, tls);
            }
        }
        for (application, client) in &self.per_call_applications {
            builder = builder.per_call_application(application, client);
        }
        for socket in self.persistent_websockets {
            let mut opened = PersistentWebSocket::new(&socket.client, socket.applications);
            if socket.subscribe_all {
                opened = opened.subscribe_all();
            }
            if socket.read_only {
                opened = opened.read_only();
            }
            builder = builder.persistent_websocket(opened);
        }
        builder
    }
}

/// Reads users, of which there is at least one: without a list, there are the default ones.
fn users<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<User>, D::Error> {
    let users = Vec::<User>::deserialize(deserializer)?;
    match users.is_empty() {
        true => Err(D::Error::custom(
            "the list of users is empty: add one, or leave it out for aritest and reader",
        )),
        false => Ok(users),
    }
}

/// Reads the file of a scenario.
pub(super) fn read_scenario(path: &Path) -> Result<Scenario, CliError> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        CliError::usage(format!(
            "cannot read the scenario {}: {error}",
            path.display()
        ))
    })?;
    Scenario::from_json(parse(path, &text)?)
        .map_err(|error| CliError::usage(format!("{}: {error}", path.display())))
}

/// Parses a file: JSON if its name ends with `.json`, and TOML otherwise. The error has the line.
pub(super) fn parse<T: DeserializeOwned>(path: &Path, text: &str) -> Result<T, CliError> {
    let is_json = path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    // The message of the TOML parser with its context would quote the line, and so passwords.
    let (line, problem) = if is_json {
        match serde_json::from_str(text) {
            Ok(value) => return Ok(value),
            Err(error) => (Some(error.line()), error.to_string()),
        }
    } else {
        match toml::from_str(text) {
            Ok(value) => return Ok(value),
            Err(error) => {
                let line = error.span().map(|span| {
                    let before = text.get(..span.start).unwrap_or_default();
                    before.matches('\n').count() + 1
                });
                (line, error.message().to_owned())
            }
        }
    };
    let line = line
        .map(|line| format!(", line {line}"))
        .unwrap_or_default();
    let problem = problem.trim();
    Err(CliError::usage(format!(
        "{}{line}: {problem}; `ari mock --help` shows an example",
        path.display()
    )))
}
