//! Candidates for completion from the configuration and the server.

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use ari_api::OPERATIONS;
use ari_api::client::{ClientBuilder, decode_json};
use ari_api::config::{self, ConfigFile};
use ari_api::schema::{Location, Method, Operation, Parameter, ResponseType};
use ari_api::transport::Request;
use clap::{Args as _, Command, FromArgMatches as _};
use serde_json::Value;

use crate::connection_options::ConnectionOptions;
use crate::event::CommandClient;
use crate::fields;
use crate::global_options::GlobalOptions;
use crate::json_value::{at, text};
use crate::text::{escape_control, is_control};

/// The timeout for completion after Tab is pressed.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(1);

/// A value and its description.
pub(crate) struct Candidate {
    pub(crate) value: String,
    pub(crate) help: String,
}

impl Candidate {
    pub(crate) fn new(value: impl Into<String>) -> Self {
        Candidate {
            value: value.into(),
            help: String::new(),
        }
    }

    /// Returns `true` if the value can be typed on a command line. Ids can contain any character.
    pub(crate) fn is_typeable(&self) -> bool {
        !self.value.is_empty() && !self.value.starts_with('-') && !self.value.contains(is_control)
    }
}

/// The source of an argument's values.
#[derive(Clone, Copy)]
pub(crate) struct Source {
    list: &'static Operation,
    field: Field,
}

#[derive(Clone, Copy)]
enum Field {
    One(&'static str),
    /// `PJSIP/alice`
    Endpoint,
}

/// Returns the source of the values of a parameter.
pub(crate) fn for_parameter(operation: &Operation, parameter: &Parameter) -> Option<Source> {
    if parameter.location != Location::Path {
        return for_name(parameter.name);
    }
    let variable = format!("/{{{}}}", parameter.name);
    // The id of an object that the operation creates does not exist yet.
    if operation.method == Method::Post && operation.path.ends_with(&variable) {
        return None;
    }
    let (before, _) = operation.path.split_once(&variable)?;
    let mut segments: Vec<_> = before.split('/').collect();
    while segments.last().is_some_and(|last| last.starts_with('{')) {
        segments.pop();
    }
    let (list, kind) = find_list_operation(&segments.join("/"))?;
    let name = parameter.name.to_ascii_lowercase();
    let known = fields::all(&[kind]);
    let rules: [&dyn Fn(&str) -> bool; 3] = [
        &|field| name.ends_with(field),
        &|field| field.starts_with(&name),
        &|field| name.contains(field),
    ];
    let field = rules
        .iter()
        .find_map(|fits| known.iter().find(|field| fits(field)))?;
    Some(Source {
        list,
        field: Field::One(String::leak(field.clone())),
    })
}

/// Returns the source of an argument that names an object of another resource.
pub(crate) fn for_name(name: &str) -> Option<Source> {
    let (path, field) = match name {
        "channel" | "originator" => ("/channels", Field::One("id")),
        "bridge" => ("/bridges", Field::One("id")),
        "app" | "application" => ("/applications", Field::One("name")),
        // `target` and the calls of `ari dial` can be other things, too.
        "endpoint" | "first" | "second" | "target" => ("/endpoints", Field::Endpoint),
        _ => return None,
    };
    let (list, _) = find_list_operation(path)?;
    Some(Source { list, field })
}

/// Returns the operation that lists the objects below a path, and the type of the list.
fn find_list_operation(path: &str) -> Option<(&'static Operation, &'static str)> {
    let mut operations = OPERATIONS.iter();
    operations.find_map(|operation| match operation.response {
        ResponseType::Json(kind)
            if operation.path == path
                && operation.method == Method::Get
                && kind.starts_with("List[") =>
        {
            Some((*operation, kind))
        }
        _ => None,
    })
}

/// Returns the values that the server lists, if it responds before the timeout.
pub(crate) fn from_server(source: Source) -> Vec<Candidate> {
    let rows = run_with_timeout(move || list(source.list)).unwrap_or_default();
    let mut found: Vec<Candidate> = Vec::new();
    for row in &rows {
        let value = match source.field {
            Field::One(field) => text(at(row, field)),
            Field::Endpoint => format!("{}/{}", text(&row["technology"]), text(&row["resource"])),
        };
        if found.iter().all(|known| known.value != value) {
            let help = ["name", "state", "bridge_type", "text", "description"];
            let help = help.map(|field| text(&row[field])).into_iter();
            let help: Vec<_> = help
                .filter(|text| !text.is_empty() && *text != value)
                .collect();
            found.push(Candidate {
                value,
                help: help.join(" "),
            });
        }
    }
    found
}

/// Returns the names of the profiles.
pub(crate) fn profiles() -> Vec<Candidate> {
    let names = run_with_timeout(|| {
        let global = global()?;
        let path = global.config.or_else(config::default_path)?;
        let profiles = ConfigFile::read(&path).ok()??.profiles.into_iter();
        let known = profiles.map(|(name, profile)| Candidate {
            value: name,
            help: escape_control(&profile.url),
        });
        Some(known.collect())
    });
    names.unwrap_or_default()
}

/// Fetches a list from the server of the command line, without a prompt.
fn list(operation: &'static Operation) -> Option<Vec<Value>> {
    let settings = ConnectionOptions::find_without_prompt(&global()?)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .ok()?;
    let mut builder = ClientBuilder::<CommandClient>::new(&settings.url)
        .credentials(&settings.user, settings.password.as_str())
        .connect_timeout(LOOKUP_TIMEOUT)
        .timeout(LOOKUP_TIMEOUT);
    if let Some(file) = &settings.ca_file {
        builder = builder.add_root_certificate(file);
    }
    let found = runtime.block_on(async {
        let connection = builder.build()?.0;
        let request = Request::from_arguments(operation, Vec::<(&str, Value)>::new())?;
        decode_json(operation, connection.execute(&request).await?)
    });
    // Name resolution can continue in threads of its own.
    runtime.shutdown_background();
    found.ok()
}

/// Runs work that can block, such as reading a pipe without a writer, with a timeout.
fn run_with_timeout<T: Send + 'static>(
    work: impl FnOnce() -> Option<T> + Send + 'static,
) -> Option<T> {
    let (sender, done) = mpsc::channel();
    thread::spawn(move || sender.send(work()));
    done.recv_timeout(LOOKUP_TIMEOUT).ok().flatten()
}

/// Returns the global options in the command line that is being typed.
fn global() -> Option<GlobalOptions> {
    let command = GlobalOptions::augment_args(Command::new("ari"));
    let mut given = vec!["ari".to_owned()];
    let words = std::env::args_os().skip_while(|word| *word != "--").skip(2);
    let mut words = words.filter_map(|word| word.into_string().ok());
    while let Some(word) = words.next() {
        let Some(option) = word.strip_prefix("--") else {
            continue;
        };
        let name = option.split('=').next().unwrap_or_default();
        let takes = |arg: &clap::Arg| {
            arg.get_long() == Some(name) && arg.get_action().takes_values() && name != "fields"
        };
        if command.get_arguments().any(takes) {
            let value = match option.contains('=') {
                true => None,
                // The last word may be incomplete.
                false => words.next().filter(|value| !value.is_empty()),
            };
            if option.contains('=') || value.is_some() {
                given.push(word);
                given.extend(value);
            }
        }
    }
    let matches = command.try_get_matches_from(given).ok()?;
    GlobalOptions::from_arg_matches(&matches).ok()
}
