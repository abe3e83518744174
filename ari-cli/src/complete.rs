//! Shell completion. At each Tab the shell runs this process with an environment variable set. The
//! candidates come from the command tree, the configuration and the server.
//!
//! It prints nothing but candidates, never prompts, and gives up after a second.

use std::ffi::OsString;
use std::io;
use std::path::Path;

use clap::{Arg, Args as _, Command, ValueHint};
use clap_complete::CompleteEnv;
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate, complete};
use clap_complete::env::{Elvish, EnvCompleter, Fish, Powershell, Shells, Zsh};

use ari_api::Event;
use ari_api::operations::RELEASES;
use ari_api::schema::ResponseType;

use crate::candidates::{self, Candidate};
use crate::global_options::GlobalOptions;
use crate::{command_tree, fields, names};

/// The environment variable that requests candidates. Its value is the name of the shell.
const COMPLETE_VARIABLE: &str = "ARI_COMPLETE";

/// Prints candidates if a shell requests them.
pub(crate) fn respond(tree: impl Fn() -> Command) -> bool {
    let directory = std::env::current_dir().ok();
    let completion = CompleteEnv::with_factory(|| with_candidates(tree()))
        .var(COMPLETE_VARIABLE)
        .shells(SHELLS);
    // Errors must not appear in the prompt.
    let answered = completion.try_complete(std::env::args_os(), directory.as_deref());
    answered.unwrap_or(true)
}

const SHELLS: Shells<'static> = Shells(&[&Bash, &Elvish, &Fish, &Powershell, &Zsh]);

/// Returns the script that a shell sources.
pub(crate) fn script(shell: &str) -> io::Result<Vec<u8>> {
    let mut script = Vec::new();
    if let Some(known) = SHELLS.completer(shell) {
        known.write_registration(COMPLETE_VARIABLE, "ari", "ari", "ari", &mut script)?;
    }
    if shell == "zsh" {
        // zsh runs an autoloaded file at the first Tab, which must return candidates, too.
        script.extend_from_slice(
            b"\nif [ \"$funcstack[1]\" = \"_ari\" ]; then _clap_dynamic_completer_ari \"$@\"; fi\n",
        );
    }
    Ok(script)
}

/// Adds the sources of candidates to the arguments of all commands.
fn with_candidates(tree: Command) -> Command {
    let tree = tree.mut_args(|arg| match arg.get_id().as_str() {
        "profile" => arg.add(completer(|_| candidates::profiles())),
        "release" => arg.add(completer(|_| {
            let releases = RELEASES.iter().rev();
            releases
                .map(|release| Candidate::new(release.to_string()))
                .collect()
        })),
        _ => arg,
    });
    tree.mut_subcommands(|command| {
        let name = command.get_name().to_owned();
        let resources = names::resources();
        let resource = resources
            .into_iter()
            .find(|known| names::kebab(known) == name);
        let command = own(command);
        match resource {
            Some(resource) => command.mut_subcommands(|command| operation(command, resource)),
            None => command,
        }
    })
}

/// Adds the sources of candidates to a command that is not an operation.
fn own(command: Command) -> Command {
    let kinds = match command.get_name() {
        "events" | "watch" | "call" => fields::events(&[]),
        "play" => vec!["Playback"],
        "record" => vec!["LiveRecording"],
        _ => Vec::new(),
    };
    let command = with_fields(command, kinds);
    command.mut_args(|arg| match arg.get_id().as_str() {
        "types" => arg.add(completer(|_| {
            Event::KINDS
                .iter()
                .map(|kind| Candidate::new(*kind))
                .collect()
        })),
        id => {
            let source = candidates::for_name(id);
            with_server_candidates(arg, source)
        }
    })
}

fn operation(command: Command, resource: &'static str) -> Command {
    let Some(operation) = names::operation(resource, command.get_name()) else {
        return command;
    };
    let kinds = match operation.response {
        ResponseType::Json(kind) => vec![kind],
        _ => Vec::new(),
    };
    let mut command = with_fields(command, kinds);
    for parameter in operation.parameters {
        let source = candidates::for_parameter(operation, parameter);
        command = command.mut_arg(command_tree::id(parameter), |arg| {
            with_server_candidates(arg, source)
        });
    }
    command
}

/// Adds the source of candidates to an argument, if it has one.
fn with_server_candidates(arg: Arg, source: Option<candidates::Source>) -> Arg {
    match source {
        Some(source) => arg.add(completer(move |_| candidates::from_server(source))),
        None if arg.get_id() == "etc" => arg.value_hint(ValueHint::DirPath),
        None => arg,
    }
}

/// Adds the fields of the command's output as candidates of `--fields`.
fn with_fields(command: Command, kinds: Vec<&'static str>) -> Command {
    let global = GlobalOptions::augment_args(Command::new("ari"));
    let fields = global.get_arguments().find(|arg| arg.get_id() == "fields");
    match fields.filter(|_| !kinds.is_empty()) {
        Some(fields) => command.arg(fields.clone().add(completer(move |_| {
            fields::all(&kinds)
                .into_iter()
                .map(Candidate::new)
                .collect()
        }))),
        None => command,
    }
}

/// Returns a completer that offers the values that begin with the typed text.
fn completer(known: impl Fn(&str) -> Vec<Candidate> + Send + Sync + 'static) -> ArgValueCompleter {
    ArgValueCompleter::new(move |typed: &std::ffi::OsStr| {
        let Some(typed) = typed.to_str() else {
            return Vec::new();
        };
        let known = known(typed).into_iter();
        let fitting = known.filter(|known| known.value.starts_with(typed) && known.is_typeable());
        let candidates = fitting.map(|known| {
            let help = (!known.help.is_empty()).then(|| known.help.into());
            CompletionCandidate::new(known.value).help(help)
        });
        candidates.collect()
    })
}

/// The adapter for bash. It joins words with `=`, `:` or `@`, which bash splits, and quotes the
/// candidates.
struct Bash;

const BASH: &str = r#"_ari() {
    local IFS=$' \t\n' word rest="${COMP_LINE:0:COMP_POINT}" glued="" words=() i stripped
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word="${COMP_WORDS[i]}"
        stripped="${rest#"${rest%%[![:space:]]*}"}"
        if ((i > 0)) && [[ "$stripped" == "$rest" && -n "$rest" ]]; then
            words[${#words[@]}-1]+="$word"
        else
            words+=("$word")
        fi
        rest="${stripped#"$word"}"
    done
    glued="${words[${#words[@]}-1]}"
    IFS=$'\n' read -r -d '' -a COMPREPLY < <(
        VAR=bash _ARI_BEFORE="${glued%"$2"}" command COMPLETER -- "${words[@]}" 2> /dev/null
    )
    if [[ ${#COMPREPLY[@]} -eq 1 && "${COMPREPLY[0]}" == */ ]]; then
        compopt -o nospace 2> /dev/null
    fi
    return 0
}
complete -o bashdefault -o nosort -F _ari BIN 2> /dev/null || complete -o bashdefault -F _ari BIN
"#;

impl EnvCompleter for Bash {
    fn name(&self) -> &'static str {
        "bash"
    }

    fn is(&self, name: &str) -> bool {
        name == "bash"
    }

    fn write_registration(
        &self,
        var: &str,
        _name: &str,
        bin: &str,
        completer: &str,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        let script = BASH
            .replace("VAR", var)
            .replace("COMPLETER", completer)
            .replace("BIN", bin);
        out.write_all(script.as_bytes())
    }

    fn write_complete(
        &self,
        command: &mut Command,
        words: Vec<OsString>,
        directory: Option<&Path>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        // The beginning of the last word, which bash does not replace.
        let before = std::env::var("_ARI_BEFORE").unwrap_or_default();
        let last = words.len().saturating_sub(1);
        for candidate in complete(command, words, last, directory)? {
            let value = candidate.get_value().to_string_lossy();
            if let Some(rest) = value.strip_prefix(&before) {
                writeln!(out, "{}", quoted(rest))?;
            }
        }
        Ok(())
    }
}

/// Quotes a text as one word for bash.
fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in text.chars() {
        if c.is_ascii() && !c.is_ascii_alphanumeric() && !"_-./,+@%:=".contains(c) {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted
}
