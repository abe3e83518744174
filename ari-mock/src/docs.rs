//! The facts of Asterisk's resource specs: the files that `/ari/api-docs` serves, and the models of
//! the objects of each release.

use std::borrow::Cow;

use ari_api::schema::Version;
use hyper::StatusCode;
use include_dir::{Dir, include_dir};
use serde_json::Value;

use crate::spec_history::{self, History};

/// The folders of the releases.
static DOCS: &[(u16, Dir<'static>)] = &[
    (12, include_dir!("$CARGO_MANIFEST_DIR/api-docs/12")),
    (13, include_dir!("$CARGO_MANIFEST_DIR/api-docs/13")),
    (14, include_dir!("$CARGO_MANIFEST_DIR/api-docs/14")),
    (15, include_dir!("$CARGO_MANIFEST_DIR/api-docs/15")),
    (16, include_dir!("$CARGO_MANIFEST_DIR/api-docs/16")),
    (17, include_dir!("$CARGO_MANIFEST_DIR/api-docs/17")),
    (18, include_dir!("$CARGO_MANIFEST_DIR/api-docs/18")),
    (19, include_dir!("$CARGO_MANIFEST_DIR/api-docs/19")),
    (20, include_dir!("$CARGO_MANIFEST_DIR/api-docs/20")),
    (21, include_dir!("$CARGO_MANIFEST_DIR/api-docs/21")),
    (22, include_dir!("$CARGO_MANIFEST_DIR/api-docs/22")),
    (23, include_dir!("$CARGO_MANIFEST_DIR/api-docs/23")),
    (24, include_dir!("$CARGO_MANIFEST_DIR/api-docs/24")),
];

/// The base URL that the specs contain.
const BASE_URL: &str = "http://localhost:8088/ari";

/// The name of the index of all specs, without `.json`.
const INDEX_NAME: &str = "resources";

/// The name of the file with the changes of point releases, without `.json`.
const CHANGES_NAME: &str = "changes";

/// Returns the releases whose specs are known, oldest first.
pub(crate) fn releases() -> &'static [u16] {
    ari_api::operations::RELEASES
}

/// Returns the release whose specs apply to a version. For versions after the newest known release
/// it is that release.
pub(crate) fn release_for(version: Version) -> u16 {
    let known = releases().iter().copied();
    let first = releases().first().copied().unwrap_or_default();
    known.fold(first, |found, release| match release <= version.major {
        true => release,
        false => found,
    })
}

/// Returns the changes between the point releases of a release.
pub(crate) fn history(release: u16) -> History {
    let text = read_file(release, &format!("{CHANGES_NAME}.json"));
    text.map(|text| History::parse(&text)).unwrap_or_default()
}

fn folder(release: u16) -> Option<&'static Dir<'static>> {
    let mut folders = DOCS.iter();
    Some(&folders.find(|(number, _)| *number == release)?.1)
}

/// Reads a file of a release, such as `channels.json`.
fn read_file(release: u16, name: &str) -> Option<Cow<'static, str>> {
    let file = folder(release)?.get_file(name)?;
    Some(String::from_utf8_lossy(file.contents()))
}

/// Returns a spec, such as `channels.json`, as a server of this version serves it to clients that
/// reached it at `host`.
pub(crate) fn served_spec(version: Version, name: &str, host: Option<&str>) -> Option<String> {
    let resource = name.strip_suffix(".json")?;
    if resource == CHANGES_NAME {
        return None;
    }
    let release = release_for(version);
    let text = read_file(release, name)?;
    let history = history(release);
    let text = match history.after(version).next() {
        Some(_) if version.major == release => spec_at(version, &history, resource, &text)?,
        _ => text.into_owned(),
    };
    let text = with_texts(&text)?;
    Some(match host {
        Some(host) => text.replace(BASE_URL, &format!("http://{host}/ari")),
        None => text,
    })
}

/// Returns a spec with the texts that Swagger 1.1 requires, and without which some clients refuse it:
/// descriptions of resources, and reasons of status codes. The facts have none.
fn with_texts(text: &str) -> Option<String> {
    let mut spec: Value = serde_json::from_str(text).ok()?;
    for api in spec["apis"].as_array_mut().into_iter().flatten() {
        let path = api["path"].as_str().unwrap_or_default();
        let resource = path.rsplit('/').next().unwrap_or_default();
        let description = resource.trim_end_matches(".{format}").to_owned();
        add_text(api, "description", &description);
        for operation in children(api, "operations") {
            for response in children(operation, "errorResponses") {
                let code = response["code"].as_u64().unwrap_or_default();
                let status = u16::try_from(code).ok().map(StatusCode::from_u16);
                let reason = status.and_then(|status| status.ok()?.canonical_reason());
                add_text(response, "reason", reason.unwrap_or("Error"));
            }
        }
    }
    serde_json::to_string_pretty(&spec).ok()
}

/// Returns the elements of an array of an object, if it has it.
fn children<'a>(object: &'a mut Value, name: &str) -> impl Iterator<Item = &'a mut Value> {
    let array = object.get_mut(name).and_then(Value::as_array_mut);
    array.into_iter().flatten()
}

fn add_text(object: &mut Value, name: &str, text: &str) {
    if let Some(object) = object.as_object_mut() {
        object.entry(name).or_insert_with(|| text.into());
    }
}

/// Returns the text of a spec as it is in a version, or `None` if that version does not have it.
fn spec_at(version: Version, history: &History, resource: &str, text: &str) -> Option<String> {
    let mut spec: Value = serde_json::from_str(text).ok()?;
    for change in history.after(version) {
        match change.before.get(resource) {
            Some(Value::Object(before)) => spec_history::revert(&mut spec, before),
            Some(_) => return None,
            None => {}
        }
        if resource == INDEX_NAME {
            let is_removed = |api: &Value| {
                change.before.iter().any(|(name, before)| {
                    before.is_null() && api["path"] == format!("/api-docs/{name}.{{format}}")
                })
            };
            if let Some(apis) = spec["apis"].as_array_mut() {
                apis.retain(|api| !is_removed(api));
            }
        }
    }
    serde_json::to_string_pretty(&spec).ok()
}

/// Returns all specs of a release with the names of their resources.
pub(crate) fn specs(release: u16) -> impl Iterator<Item = (String, &'static str)> {
    let folder = folder(release);
    let files = folder.into_iter().flat_map(Dir::files);
    files.filter_map(|file| {
        let name = file.path().file_stem()?.to_str()?;
        let is_spec = name != CHANGES_NAME && name != INDEX_NAME;
        Some((name.to_owned(), file.contents_utf8()?)).filter(|_| is_spec)
    })
}
