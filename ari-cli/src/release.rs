//! Releases for `--release`: a major release with all of its point releases, or a point release.

use std::fmt;
use std::str::FromStr;

use ari_api::operations::RELEASES;
use ari_api::schema::{Availability, Version};

/// A release such as `16` or `16.6`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Release {
    Major(u16),
    Point(Version),
}

impl Release {
    /// Returns `true` if the release has an item. For a major release, one of its point releases is
    /// enough.
    pub(crate) fn includes(self, availability: &Availability) -> bool {
        match self {
            Release::Major(release) => availability.releases.contains(&release),
            Release::Point(version) => availability.includes(version),
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Release::Major(release) => release.fmt(f),
            Release::Point(version) => version.fmt(f),
        }
    }
}

impl FromStr for Release {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let numbers = text.split('.').map(str::parse::<u16>);
        let numbers: Vec<u16> = numbers.collect::<Result<_, _>>().unwrap_or_default();
        match numbers.first() {
            Some(major) if !RELEASES.contains(major) => {}
            _ => match *numbers {
                [major] => return Ok(Release::Major(major)),
                [major, minor] => return Ok(Release::Point(Version::new(major, minor, 0))),
                [major, minor, patch] => {
                    return Ok(Release::Point(Version::new(major, minor, patch)));
                }
                _ => {}
            },
        }
        let known: Vec<_> = RELEASES.iter().map(ToString::to_string).collect();
        Err(format!(
            "expected {}, or a point release such as 13.1",
            known.join(", ")
        ))
    }
}
