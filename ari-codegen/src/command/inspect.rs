//! `ari-codegen diff` and `ari-codegen check`: looking without writing. `watch` reports as they do.

use std::process::ExitCode;
use std::str::FromStr;

use ari_codegen::api::Api;
use ari_codegen::check::{self, Finding, Severity};
use ari_codegen::{Error, Generator, Release, Selection, diff};
use clap::Args;

use super::credentials::Credentials;
use super::sources::{ApiDocs, Origin, add, find_release};

#[derive(Debug, Args)]
pub(crate) struct DiffArguments {
    /// The older side: a release (its newest point release), a point release (13.1), a folder of
    /// specs, or the address of a running Asterisk (http://HOST:8088/ari).
    #[arg(value_name = "OLD")]
    from: Side,
    /// The newer side, in the same ways.
    #[arg(value_name = "NEW")]
    to: Side,
    /// The release of a folder or server, if its apiVersion does not tell.
    #[arg(long, value_name = "NUMBER")]
    release: Option<Release>,
    /// Print JSON, a list of changes.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    api_docs: ApiDocs,
}

/// One side of a comparison.
#[derive(Clone, Debug)]
enum Side {
    Release(Selection),
    /// A folder or an address.
    Place(String),
}

impl FromStr for Side {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.starts_with(|c: char| c.is_ascii_digit())
            && text
                .bytes()
                .all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            return text.parse().map(Side::Release);
        }
        if !text.contains("://") && !std::path::Path::new(text).is_dir() {
            return Err(format!(
                "{text:?} is neither the number of a release ({} to {}) nor a folder nor an address",
                Release::FIRST,
                Release::LAST
            ));
        }
        Ok(Side::Place(text.to_owned()))
    }
}

impl Side {
    /// Its surface, and what messages call it.
    fn read(&self, arguments: &DiffArguments) -> Result<(Api, String), Error> {
        let (generator, name) = match self {
            Side::Release(release) => {
                let generator = arguments
                    .api_docs
                    .generator()?
                    .retain_releases([release])?
                    .retain_newest_points()?;
                (generator, format!("Asterisk {release}"))
            }
            Side::Place(place) => {
                let source = arguments.credentials.source(place)?;
                let release = find_release(&source, arguments.release)?;
                let generator = add(Generator::new(), source, arguments.release)?;
                (generator, format!("{place} (Asterisk {release})"))
            }
        };
        let (api, _, _) = generator.read()?;
        Ok((api, name))
    }
}

#[derive(Debug, Args)]
pub(crate) struct CheckArguments {
    #[command(flatten)]
    origin: Origin,
    /// The release that the specs are of.
    #[arg(long, value_name = "NUMBER")]
    release: Option<Release>,
    /// Print JSON, a list of findings.
    #[arg(long)]
    json: bool,
    /// Print the notes, too, that the specs of any Asterisk of that release give.
    #[arg(long, short)]
    verbose: bool,
    #[command(flatten)]
    api_docs: ApiDocs,
}

/// Returns a number of things, such as `1 error` and `2 errors`.
pub(super) fn counted(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Exit code of `check` with errors, of `diff` with breaking changes, and of `watch` with news.
pub(super) const EXIT_FINDINGS: u8 = 3;

pub(crate) fn diff(arguments: &DiffArguments) -> Result<ExitCode, Error> {
    let (old, from) = arguments.from.read(arguments)?;
    let (new, to) = arguments.to.read(arguments)?;
    let changes = diff::diff(&old, &new);
    let breaking = changes.iter().filter(|change| change.breaks).count();
    if arguments.json {
        print_json(&changes)?;
    } else {
        for change in &changes {
            println!("{change}");
        }
        let verb = if breaking == 1 { "breaks" } else { "break" };
        eprintln!(
            "from {from} to {to}: {}, {breaking} of them {verb} callers",
            counted(changes.len(), "change")
        );
    }
    Ok(if breaking > 0 {
        ExitCode::from(EXIT_FINDINGS)
    } else {
        ExitCode::SUCCESS
    })
}

pub(crate) fn check(arguments: &CheckArguments) -> Result<ExitCode, Error> {
    let mut guessed = String::new();
    let (release, source) = match arguments.origin.source()? {
        Some(source) => {
            let release = find_release(&source, arguments.release)?;
            if arguments.release.is_none() {
                let (api_version, _) = source.index()?;
                guessed = format!(
                    " (guessed from their apiVersion {api_version}; if it is another, name it with \
                     --release)"
                );
            }
            (release, source)
        }
        None => {
            let release = arguments.release.ok_or_else(|| {
                Error::Usage("give --from for specs of yours, or --release for known ones".into())
            })?;
            (release, arguments.api_docs.source(release)?)
        }
    };
    let findings = check::check(release, &source);
    let hidden = |finding: &&Finding| finding.stock && !arguments.verbose;
    if arguments.json {
        print_json(&findings)?;
    } else {
        for finding in findings.iter().filter(|finding| !hidden(finding)) {
            println!("{finding}");
        }
    }
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    let not_shown = match findings.iter().filter(hidden).count() {
        0 => String::new(),
        _ if arguments.json => String::new(),
        hidden => format!(
            "; {hidden} notes that any Asterisk {release} gives are not shown without --verbose"
        ),
    };
    eprintln!(
        "Asterisk {release}{guessed}: {}, {}, {}{not_shown}",
        counted(count(Severity::Error), "error"),
        counted(count(Severity::Warning), "warning"),
        counted(count(Severity::Note), "note")
    );
    Ok(if count(Severity::Error) > 0 {
        ExitCode::from(EXIT_FINDINGS)
    } else {
        ExitCode::SUCCESS
    })
}

/// Prints a result for programs.
pub(super) fn print_json(value: &impl serde::Serialize) -> Result<(), Error> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Error::Usage(format!("the result cannot be written as JSON: {error}")))?;
    println!("{text}");
    Ok(())
}
