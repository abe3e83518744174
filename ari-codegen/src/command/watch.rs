//! `ari-codegen watch`: what Asterisk has and api-docs lacks.

use std::path::Path;
use std::process::ExitCode;

use ari_codegen::api::Api;
use ari_codegen::diff::{self, Change};
use ari_codegen::history::History;
use ari_codegen::{Error, Release, Selection, Source, Version};
use clap::Args;
use serde::Serialize;

use super::credentials::Credentials;
use super::git::Repository;
use super::inspect::{EXIT_FINDINGS, counted, print_json};
use super::sources::{ApiDocs, find_release};

#[derive(Debug, Args)]
pub(super) struct WatchArguments {
    /// Asterisk's git repository, whose tags are read; or a folder of specs; or the address of a
    /// running Asterisk (http://HOST:8088/ari). Nothing is fetched into a repository: run
    /// `git fetch --tags` before.
    #[arg(value_name = "DIR|URL")]
    place: String,
    /// In a repository, only these point releases (22, 22.11 or 22.11.0). For a folder or server,
    /// the release to compare with, if its apiVersion does not tell.
    #[arg(long, value_name = "RELEASE")]
    release: Option<String>,
    /// Print JSON, a list of releases with their changes.
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    credentials: Credentials,
    #[command(flatten)]
    api_docs: ApiDocs,
}

/// The changes of one release that api-docs lacks.
#[derive(Debug, Serialize)]
struct News {
    /// The point release of a tag, or the release of a folder or server.
    release: String,
    /// The release that it was compared with.
    compared_with: String,
    /// `true` if api-docs does not know this point release.
    is_new: bool,
    changes: Vec<Change>,
}

/// Runs the command.
pub(super) fn run(arguments: &WatchArguments) -> Result<ExitCode, Error> {
    let repository = Repository::open(Path::new(&arguments.place));
    let tags = match &repository {
        Some(repository) => repository.point_releases()?,
        None => Vec::new(),
    };
    let mut news = match &repository {
        Some(repository) if !tags.is_empty() => of_tags(arguments, repository, &tags)?,
        // A checkout without tags, such as a shallow clone, is a folder.
        _ => vec![of_specs(arguments)?],
    };
    news.retain(|news| news.is_new || !news.changes.is_empty());
    if arguments.json {
        print_json(&news)?;
    } else {
        print(&news);
    }
    Ok(match news.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::from(EXIT_FINDINGS),
    })
}

fn print(news: &[News]) {
    if news.is_empty() {
        println!("nothing new");
    }
    for news in news {
        let News {
            release,
            compared_with,
            ..
        } = news;
        let breaking = news.changes.iter().filter(|change| change.breaks).count();
        let about = if news.is_new { " is new" } else { "" };
        println!(
            "Asterisk {release}{about}: {} since {compared_with}, {breaking} of them breaking",
            counted(news.changes.len(), "change")
        );
        for change in &news.changes {
            println!("  {change}");
        }
    }
}

/// Compares a folder or a server with its release: with the last point release, unless it has what
/// the branch is known to have beyond that.
fn of_specs(arguments: &WatchArguments) -> Result<News, Error> {
    let place = arguments.place.as_str();
    // Asterisk's tree has its specs in a folder.
    let tree = Path::new(place).join("rest-api");
    let source = match tree.is_dir() {
        true => Source::Folder(tree),
        false => arguments.credentials.source(place)?,
    };
    let given = arguments.release.as_ref();
    let given: Option<Selection> = given
        .map(|text| text.parse().map_err(Error::Usage))
        .transpose()?;
    let release = find_release(&source, given.map(|given| given.release))?;
    let known = given.unwrap_or(release.into());
    let (old, compared_with) = read_known(&arguments.api_docs, known)?;
    let branch = read_newest(&arguments.api_docs.source(release)?, release)?;
    let new = read_newest(&source, release)?;
    let mut changes = diff::diff(&old, &new);
    if known.point.is_none() && diff::diff(&branch, &new).is_empty() {
        changes.clear();
    }
    Ok(News {
        release: release.to_string(),
        compared_with,
        is_new: false,
        changes,
    })
}

/// Compares tags with the one before, and the first that is not known with the known one before it.
fn of_tags(
    arguments: &WatchArguments,
    repository: &Repository,
    tags: &[Version],
) -> Result<Vec<News>, Error> {
    let known = Known::read(&arguments.api_docs)?;
    let wanted = |tag: &&Version| match &arguments.release {
        Some(wanted) => {
            let tag = tag.to_string();
            tag == *wanted || tag.starts_with(&format!("{wanted}."))
        }
        None => true,
    };
    if let (Some(wanted), None) = (&arguments.release, tags.iter().find(wanted)) {
        return Err(Error::Usage(format!(
            "{}: no tag of Asterisk {wanted}: run `git fetch --tags` there, or name another \
             release",
            arguments.place
        )));
    }
    let mut news = Vec::new();
    let mut previous: Option<(Version, Api)> = None;
    for &tag in tags.iter().filter(wanted) {
        let Some((before, is_new)) = known.before(tag) else {
            continue;
        };
        // A known one is compared with its own facts, if it alone was asked for.
        let is_named = arguments.release.as_deref() == Some(&tag.to_string());
        if !is_new && !is_named {
            continue;
        }
        let release = Release::from_number(tag.major).unwrap_or(Release::LAST);
        let new = read_newest(&repository.specs(tag)?, release)?;
        let newer = |(version, _): &(Version, Api)| {
            version.major == tag.major && before.point.is_none_or(|known| *version > known)
        };
        let (compared_with, changes) = match previous.take_if(|previous| newer(previous)) {
            Some((version, old)) => (version.to_string(), diff::diff(&old, &new)),
            None => {
                let (old, name) = read_known(&arguments.api_docs, before)?;
                (name, diff::diff(&old, &new))
            }
        };
        news.push(News {
            release: tag.to_string(),
            compared_with,
            is_new,
            changes,
        });
        previous = Some((tag, new));
    }
    Ok(news)
}

/// Returns the surface of a point release, the last one unless the selection names another, and its
/// name: that of the release if no point release is known.
fn read_known(api_docs: &ApiDocs, selection: Selection) -> Result<(Api, String), Error> {
    let source = api_docs.source(selection.release)?;
    let history = source.history(selection.release)?;
    let last = history.as_ref().map(|history| history.last);
    let has_more = |history: &History| {
        let newest = history.changes.last();
        newest.is_some_and(|change| change.version.is_none())
    };
    let name = |point: Option<Version>| match point {
        Some(point) => point.to_string(),
        None => selection.to_string(),
    };
    let point = selection.point.or(last);
    match point {
        // The history knows better than the specs which point release introduced an operation. That
        // would be a difference to specs that say the same as these.
        Some(older) if point != last || history.as_ref().is_some_and(has_more) => {
            Ok((Api::read(&source.load_point(older)?)?, name(point)))
        }
        _ => Ok((read_newest(&source, selection.release)?, name(point))),
    }
}

/// Returns the surface of the newest facts of a source, which a branch can have before any point
/// release.
fn read_newest(source: &Source, release: Release) -> Result<Api, Error> {
    let (spec, _) = source.load(release, false)?;
    Api::read(&spec)
}

/// The releases in api-docs, oldest first, and their point releases.
struct Known(Vec<(Release, Option<History>)>);

impl Known {
    fn read(api_docs: &ApiDocs) -> Result<Known, Error> {
        let mut known = Vec::new();
        for release in Release::all() {
            let source = api_docs.source(release)?;
            // A folder of one's own need not have all.
            if !matches!(source.index(), Err(Error::Missing { .. })) {
                known.push((release, source.history(release)?));
            }
        }
        Ok(Known(known))
    }

    /// Returns the facts to compare a point release with, and `true` if it is not known itself.
    /// `None` if it is older than all that are known.
    fn before(&self, tag: Version) -> Option<(Selection, bool)> {
        let known = self.0.iter().rev();
        let (release, history) = known
            .into_iter()
            .find(|(release, _)| release.number() <= tag.major)?;
        let Some(history) = history.as_ref().filter(|_| release.number() == tag.major) else {
            return Some((release.into(), true));
        };
        let is_new = tag > history.last || !history.exists(tag);
        let point = match is_new {
            false => tag,
            true if tag > history.last => history.last,
            true => history
                .existing()
                .take_while(|known| *known < tag)
                .last()
                .unwrap_or(history.first),
        };
        let release = *release;
        let point = Some(point);
        Some((Selection { release, point }, is_new))
    }
}
