//! The command line: the tree of commands and their dispatch.

use std::ffi::OsString;
use std::io::Write as _;
use std::process::ExitCode;

use clap::{ArgMatches, Args as _, Command};

use crate::error::{CliError, EXIT_CODES, ErrorKind};
#[cfg(feature = "explore")]
use crate::explore;
#[cfg(feature = "gateway")]
use crate::gateway;
use crate::global_options::GlobalOptions;
#[cfg(feature = "gateway")]
use crate::history;
#[cfg(feature = "mock")]
use crate::mock;
use crate::release::Release;
use crate::signals::Signals;
use crate::terminal::print_error;
#[cfg(feature = "top")]
use crate::top;
use crate::{
    argument_error, call, command_tree, complete, completions, config_file, dial, doctor,
    error_message, events, exec, listen, names, operation, play, profile, record, recording,
    request, snoop, talk, trace, transfer, wait, watch,
};

/// Returns the commands that are not operations, in the order of the help.
fn own_commands() -> Vec<Command> {
    let of = |name, augment: fn(Command) -> Command| augment(Command::new(name));
    Vec::from([
        of("call", call::CallArguments::augment_args),
        of("dial", dial::DialArguments::augment_args),
        of("snoop", snoop::SnoopArguments::augment_args),
        of("transfer", transfer::TransferArguments::augment_args),
        of("watch", watch::Watch::augment_args),
        of("trace", trace::Trace::augment_args),
        of("wait", wait::Wait::augment_args),
        of("exec", exec::Exec::augment_args),
        of("play", play::Play::augment_args),
        of("record", record::Record::augment_args),
        of("listen", listen::Listen::augment_args),
        of("talk", talk::Talk::augment_args),
        #[cfg(feature = "top")]
        of("top", top::Top::augment_args),
        #[cfg(feature = "explore")]
        of("explore", explore::Explore::augment_args),
        of("request", request::AnyRequest::augment_args),
        of("doctor", doctor::Doctor::augment_args),
        of("profile", profile::ProfileArguments::augment_args),
        #[cfg(feature = "gateway")]
        of("gateway", gateway::GatewayArguments::augment_args),
        #[cfg(feature = "gateway")]
        of("history", history::HistoryArguments::augment_args),
        #[cfg(feature = "mock")]
        mock::command(),
        of("completion", completions::Completion::augment_args),
        of("man", completions::Man::augment_args),
    ])
}

/// Returns the tree of all commands. Commands and options that a release lacks are hidden.
pub(crate) fn tree(release: Option<Release>) -> Command {
    // First, because it sets a description of its own.
    let command = GlobalOptions::augment_args(Command::new("ari"))
        .version(env!("CARGO_PKG_VERSION"))
        .about("Operates Asterisk over its REST Interface (ARI)")
        .long_about(
            "Operates Asterisk over its REST Interface (ARI): every operation of Asterisk 12 to \
             24 as `ari RESOURCE OPERATION`, live events, calls, playbacks, recordings, live audio, \
             a check of the setup, a live view of the whole server, and a page in the browser.",
        )
        .after_help("`ari --help` describes profiles, environment variables and exit codes.")
        .after_long_help(format!(
            "Environment: ARI_URL, ARI_USER, ARI_PASSWORD (sent only to that server and as that \
             user), or ARI_PROFILE instead of ARI_URL; NO_COLOR disables colours.\n\n{}\n\n{EXIT_CODES}",
            config_file::HELP
        ))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommands(own_commands());
    names::resources()
        .into_iter()
        .fold(command, |command, name| {
            command.subcommand(match name {
                "events" => watching(release),
                name => command_tree::resource(name, release),
            })
        })
}

/// Returns `ari events`, which prints events and has the operations of its resource as subcommands.
fn watching(release: Option<Release>) -> Command {
    let command = events::Events::augment_args(Command::new("events"))
        .args_conflicts_with_subcommands(true)
        .subcommand_negates_reqs(true)
        .after_help("If an application has the name of one of the commands: ari events -- NAME");
    command_tree::with_operations(command, "events", release)
}

/// Hides the global options in the help of all commands but `ari` itself.
fn listed_once(tree: Command) -> Command {
    const MORE: &str = "Options for connection and output: `ari --help`";
    let global = GlobalOptions::augment_args(Command::new("ari"));
    let hidden: Vec<_> = global
        .get_arguments()
        .map(|arg| arg.clone().hide(true))
        .collect();
    fn below(command: Command, hidden: &[clap::Arg]) -> Command {
        let after = |text: Option<&clap::builder::StyledStr>| match text {
            Some(text) => format!("{text}\n\n{MORE}"),
            None => MORE.to_owned(),
        };
        let short = after(command.get_after_help());
        let long = after(command.get_after_long_help().or(command.get_after_help()));
        command
            .args(hidden)
            .after_help(short)
            .after_long_help(long)
            .mut_subcommands(|command| below(command, hidden))
    }
    tree.mut_subcommands(|command| below(command, &hidden))
}

/// Returns the value of `--release`, on which the tree depends, before the arguments are parsed.
fn release(arguments: &[OsString]) -> Option<Release> {
    let mut arguments = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = arguments.next() {
        let value = match argument.strip_prefix("--release") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('='),
            None if argument == "--" => None?,
            None => continue,
        };
        return value.and_then(|value| value.parse().ok());
    }
    None
}

/// Runs the command that the arguments name.
pub(crate) fn run() -> ExitCode {
    if complete::respond(|| tree(None)) {
        return ExitCode::SUCCESS;
    }
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let tree = tree(release(&arguments));
    let short = listed_once(tree.clone());
    let matches = match short.clone().try_get_matches_from(&arguments) {
        Ok(matches) => matches,
        Err(error) => return no_command(&error, &tree, &arguments),
    };
    let error = match dispatch(short, &matches) {
        Ok(()) => return ExitCode::SUCCESS,
        Err(error) => error,
    };
    // Global options belong to the innermost command, too.
    let words = match parse_matches::<GlobalOptions>(innermost(&matches)) {
        Ok(global) => error_message::describe(&error, &global),
        Err(other) => other.text,
    };
    end(error.kind, &words)
}

/// Prints the help, or the error for invalid arguments.
fn no_command(error: &clap::Error, tree: &Command, arguments: &[OsString]) -> ExitCode {
    if let Some(words) = argument_error::message(error, tree, arguments) {
        return end(ErrorKind::Usage, &words);
    }
    let printed = error
        .print()
        .and_then(|()| std::io::stdout().flush())
        .map_err(CliError::from);
    match printed {
        Ok(()) => ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2)),
        Err(error) => end(error.kind, &error.text),
    }
}

fn end(kind: ErrorKind, words: &str) -> ExitCode {
    if !words.is_empty() {
        print_error(words);
    }
    ExitCode::from(kind.code())
}

/// Returns the matches of the innermost subcommand.
fn innermost(matches: &ArgMatches) -> &ArgMatches {
    match matches.subcommand() {
        Some((_, inner)) => innermost(inner),
        None => matches,
    }
}

fn dispatch(short: Command, matches: &ArgMatches) -> Result<(), CliError> {
    let Some((name, found)) = matches.subcommand() else {
        return Err(CliError::usage("missing command; see `ari --help`"));
    };
    match name {
        "completion" => return completions::completion(&parse_matches(found)?),
        "man" => return completions::man(&parse_matches(found)?, short),
        _ => {}
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| CliError::other(format!("cannot start the async runtime: {error}")))?;
    runtime.block_on(remote(name, found))
}

/// Returns the reason why a command has no traffic with an Asterisk that could be recorded.
fn unrecordable(command: &str, subcommand: Option<&str>) -> Option<&'static str> {
    match (command, subcommand) {
        ("mock", _) => Some(
            "record the commands that send requests to it, or give it --journal FILE for a list of \
             events and requests",
        ),
        ("profile", _) => Some("it sends nothing"),
        ("gateway", Some(_)) | ("history", _) => {
            Some("it reads from NATS; give --record to the gateway, which talks to Asterisk")
        }
        _ => None,
    }
}

/// Runs a command that sends requests to a server.
async fn remote(name: &str, found: &ArgMatches) -> Result<(), CliError> {
    let mut signals = Signals::new()?;
    let signals = &mut signals;
    let mut global: GlobalOptions = parse_matches(innermost(found))?;
    if let Some(path) = &global.record_traffic {
        if let Some(reason) = unrecordable(name, found.subcommand_name()) {
            return Err(CliError::usage(format!(
                "--record does not apply to {name}: {reason}"
            )));
        }
        let traffic = recording::create(path)?;
        traffic.redact_names(&global.redact);
        global.traffic = Some(traffic);
    }
    run_command(name, found, &global, signals).await
}

/// Runs a command of a file of `ari exec`.
fn run_line<'a>(
    words: Vec<String>,
    global: &'a GlobalOptions,
    signals: &'a mut Signals,
) -> exec::BoxCommand<'a> {
    Box::pin(async move {
        let arguments: Vec<OsString> = std::iter::once("ari".to_owned())
            .chain(words)
            .map(Into::into)
            .collect();
        let tree = tree(release(&arguments).or(global.release));
        let matches = listed_once(tree.clone()).try_get_matches_from(&arguments);
        let matches = matches.map_err(|error| {
            let text = argument_error::message(&error, &tree, &arguments);
            CliError::usage(text.unwrap_or_else(|| "help is not available in a file".to_owned()))
        })?;
        let Some((name, found)) = matches.subcommand() else {
            return Err(CliError::usage("missing command; see `ari --help`"));
        };
        let is_mock = name == "mock" && found.subcommand_name().is_none();
        if is_mock || NOT_IN_FILES.contains(&name) {
            return Err(CliError::usage(format!(
                "`ari {name}` cannot run in a file"
            )));
        }
        let line = parse_matches(innermost(found))?;
        run_command(name, found, &global.for_line(line)?, signals).await
    })
}

/// The commands that files of `ari exec` cannot contain: they need a terminal or a browser, run until
/// Ctrl-C, or write scripts.
const NOT_IN_FILES: [&str; 6] = ["completion", "exec", "explore", "gateway", "man", "top"];

/// Runs the command of a name.
async fn run_command(
    name: &str,
    found: &ArgMatches,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let operation = found
        .subcommand()
        .map(|(name, inner)| (name.to_owned(), inner));
    match (name, operation) {
        ("call", _) => call::run(parse_matches(found)?, global, signals).await,
        ("dial", _) => dial::run(parse_matches(found)?, global, signals).await,
        ("snoop", _) => snoop::run(parse_matches(found)?, global, signals).await,
        ("transfer", _) => transfer::run(parse_matches(found)?, global, signals).await,
        ("play", _) => play::run(parse_matches(found)?, global, signals).await,
        ("record", _) => record::run(parse_matches(found)?, global, signals).await,
        ("listen", _) => listen::run(parse_matches(found)?, global, signals).await,
        ("talk", _) => talk::run(parse_matches(found)?, global, signals).await,
        ("doctor", _) => doctor::run(parse_matches(found)?, global, signals).await,
        #[cfg(feature = "gateway")]
        ("gateway", _) => gateway::run(parse_matches(found)?, global, signals).await,
        #[cfg(feature = "gateway")]
        ("history", _) => history::run(parse_matches(found)?, global, signals).await,
        #[cfg(feature = "mock")]
        ("mock", None) => mock::run(parse_matches(found)?, global, signals).await,
        #[cfg(feature = "mock")]
        ("mock", Some((action, inner))) => mock::control(&action, inner, global, signals).await,
        ("request", _) => request::run(parse_matches(found)?, global, signals).await,
        ("wait", _) => wait::run(parse_matches(found)?, global, signals).await,
        ("exec", _) => exec::run(&parse_matches(found)?, global, signals, run_line).await,
        ("profile", _) => profile::run(&parse_matches(found)?, global),
        ("watch", _) => watch::run(parse_matches(found)?, global, signals).await,
        ("trace", _) => trace::run(parse_matches(found)?, global, signals).await,
        #[cfg(feature = "top")]
        ("top", _) => top::run(parse_matches(found)?, global, signals).await,
        #[cfg(feature = "explore")]
        ("explore", _) => explore::run(parse_matches(found)?, global, signals).await,
        ("events", None) => events::run(parse_matches(found)?, global, signals).await,
        (resource, Some((operation, inner))) => {
            let mut resources = names::resources().into_iter();
            let resource = resources.find(|known| names::kebab(known) == resource);
            match resource.and_then(|resource| names::operation(resource, &operation)) {
                Some(known) => operation::run(known, inner, global, signals).await,
                None => Err(CliError::usage(format!("unknown operation {operation:?}"))),
            }
        }
        (other, None) => Err(CliError::usage(format!("unknown command {other:?}"))),
    }
}

fn parse_matches<T: clap::FromArgMatches>(matches: &ArgMatches) -> Result<T, CliError> {
    T::from_arg_matches(matches)
        .map_err(|error| CliError::new(ErrorKind::Usage, error.to_string().trim().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_tree_is_valid() {
        for release in ari_api::operations::RELEASES
            .iter()
            .copied()
            .map(|release| Some(Release::Major(release)))
            .chain([None])
        {
            tree(release).debug_assert();
        }
    }

    #[test]
    fn release_is_parsed_before_other_arguments() {
        for (text, expected) in [
            ("ari --release 16 channels --help", Some(Release::Major(16))),
            ("ari channels --release=22", Some(Release::Major(22))),
            (
                "ari channels --release=13.1",
                Some(Release::Point(ari_api::schema::Version::new(13, 1, 0))),
            ),
            ("ari events -- --release 16", None),
            ("ari --release", None),
            ("ari channels list", None),
        ] {
            let arguments: Vec<OsString> = text.split(' ').map(Into::into).collect();
            assert_eq!(release(&arguments), expected, "{text}");
        }
    }
}
