//! Asterisk's resource specs, as far as they are facts: what `/ari/api-docs` serves, and what the
//! objects of each release look like.

use std::borrow::Cow;

use ari_api::runtime::Version;
use include_dir::{Dir, include_dir};

static DOCS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/api-docs");

/// The address that the specs are written for.
const ADDRESS: &str = "http://localhost:8088/ari";

/// The releases whose specs are known, oldest first.
pub(crate) fn releases() -> &'static [u16] {
    ari_api::operations::RELEASES
}

/// The release whose specs a version has: the newest one that is known, for those that came after.
pub(crate) fn release_of(version: Version) -> u16 {
    let known = releases().iter().copied();
    let first = releases().first().copied().unwrap_or_default();
    known.fold(first, |found, release| match release <= version.major {
        true => release,
        false => found,
    })
}

/// A spec of a release, such as `channels.json`.
pub(crate) fn file(release: u16, name: &str) -> Option<Cow<'static, str>> {
    let file = DOCS.get_file(format!("{release}/{name}"))?;
    Some(String::from_utf8_lossy(file.contents()))
}

/// The same, as a server serves it that was reached at this host.
pub(crate) fn served(version: Version, name: &str, host: Option<&str>) -> Option<String> {
    let text = file(release_of(version), name)?;
    Some(match host {
        Some(host) => text.replace(ADDRESS, &format!("http://{host}/ari")),
        None => text.into_owned(),
    })
}

/// All specs of a release.
pub(crate) fn files(release: u16) -> impl Iterator<Item = &'static str> {
    let folder = DOCS.get_dir(release.to_string());
    let files = folder.into_iter().flat_map(Dir::files);
    files.filter_map(|file| file.contents_utf8())
}
