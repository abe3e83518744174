//! The facts of Asterisk's resource specs: the files that `/ari/api-docs` serves, and the models of
//! the objects of each release.

use std::borrow::Cow;

use ari_api::runtime::Version;
use include_dir::{Dir, include_dir};
use serde_json::Value;

use crate::history::{self, History};

static DOCS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/api-docs");

/// The base URL that the specs contain.
const ADDRESS: &str = "http://localhost:8088/ari";

/// The name of the index of all specs, without `.json`.
const INDEX: &str = "resources";

/// The name of the file with the changes of point releases, without `.json`.
const CHANGES: &str = "changes";

/// Returns the releases whose specs are known, oldest first.
pub(crate) fn releases() -> &'static [u16] {
    ari_api::operations::RELEASES
}

/// Returns the release whose specs apply to a version. For versions after the newest known release
/// it is that release.
pub(crate) fn release_of(version: Version) -> u16 {
    let known = releases().iter().copied();
    let first = releases().first().copied().unwrap_or_default();
    known.fold(first, |found, release| match release <= version.major {
        true => release,
        false => found,
    })
}

/// Returns the changes between the point releases of a release.
pub(crate) fn history(release: u16) -> History {
    let text = file(release, &format!("{CHANGES}.json"));
    text.map(|text| History::read(&text)).unwrap_or_default()
}

/// Reads a file of a release, such as `channels.json`.
fn file(release: u16, name: &str) -> Option<Cow<'static, str>> {
    let file = DOCS.get_file(format!("{release}/{name}"))?;
    Some(String::from_utf8_lossy(file.contents()))
}

/// Returns a spec, such as `channels.json`, as a server of this version serves it to clients that
/// reached it at `host`.
pub(crate) fn served(version: Version, name: &str, host: Option<&str>) -> Option<String> {
    let resource = name.strip_suffix(".json")?;
    if resource == CHANGES {
        return None;
    }
    let release = release_of(version);
    let text = file(release, name)?;
    let history = history(release);
    let text = match history.after(version).next() {
        Some(_) if version.major == release => as_of(version, &history, resource, &text)?,
        _ => text.into_owned(),
    };
    Some(match host {
        Some(host) => text.replace(ADDRESS, &format!("http://{host}/ari")),
        None => text,
    })
}

/// Returns the text of a spec as it is in a version, or `None` if that version does not have it.
fn as_of(version: Version, history: &History, resource: &str, text: &str) -> Option<String> {
    let mut spec: Value = serde_json::from_str(text).ok()?;
    for change in history.after(version) {
        match change.before.get(resource) {
            Some(Value::Object(before)) => history::rewind(&mut spec, before),
            Some(_) => return None,
            None => {}
        }
        if resource == INDEX {
            let gone = |api: &Value| {
                change.before.iter().any(|(name, before)| {
                    before.is_null() && api["path"] == format!("/api-docs/{name}.{{format}}")
                })
            };
            if let Some(apis) = spec["apis"].as_array_mut() {
                apis.retain(|api| !gone(api));
            }
        }
    }
    serde_json::to_string_pretty(&spec).ok()
}

/// Returns all specs of a release with the names of their resources.
pub(crate) fn files(release: u16) -> impl Iterator<Item = (String, &'static str)> {
    let folder = DOCS.get_dir(release.to_string());
    let files = folder.into_iter().flat_map(Dir::files);
    files.filter_map(|file| {
        let name = file.path().file_stem()?.to_str()?;
        let is_spec = name != CHANGES && name != INDEX;
        Some((name.to_owned(), file.contents_utf8()?)).filter(|_| is_spec)
    })
}
