//! Asterisk's releases (`22`) and point releases (`22.10.0`), as specs and availability name them.

use std::fmt;
use std::str::FromStr;

/// A major release of Asterisk, such as 22. ARI began with 12.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Release(u16);

impl Release {
    /// The first release that has ARI.
    pub const FIRST: Release = Release(12);
    /// The newest release whose specs are bundled.
    pub const LAST: Release = Release(24);

    /// Every release whose specs are bundled, oldest first.
    pub fn all() -> impl DoubleEndedIterator<Item = Release> {
        (Self::FIRST.0..=Self::LAST.0).map(Release)
    }

    /// The number: 22 for Asterisk 22.
    pub fn number(self) -> u16 {
        self.0
    }

    /// Returns the release of that number, if its specs are known.
    pub fn from_number(number: u16) -> Option<Release> {
        let release = Release(number);
        (Self::FIRST..=Self::LAST)
            .contains(&release)
            .then_some(release)
    }

    /// Returns the release of a point release.
    ///
    /// # Errors
    /// Returns a message if it is not known.
    pub fn from_version(version: Version) -> Result<Release, String> {
        Release::from_number(version.major).ok_or_else(|| {
            format!(
                "no Asterisk {} is known: give a number from {} to {}",
                version.major,
                Release::FIRST,
                Release::LAST
            )
        })
    }

    /// Returns the release that serves specs of this `apiVersion`.
    ///
    /// Since Asterisk 14 the API's major version is the release less 12; 12 and 13 share version 1
    /// (12 ended with 1.5.0, 13 began with 1.6.0).
    pub fn from_api_version(api_version: &str) -> Option<Release> {
        let mut parts = api_version.split('.').map(|part| part.parse::<u16>().ok());
        let major = parts.next()??;
        let minor = parts.next()??;
        match (major, minor) {
            (1, ..=5) => Release::from_number(12),
            (1, _) => Release::from_number(13),
            _ => Release::from_number(major.checked_add(12)?),
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for Release {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.parse().ok().and_then(Release::from_number).ok_or_else(|| {
            format!(
                "no Asterisk release of the name {text:?} is known: give a number from {} to {}",
                Release::FIRST,
                Release::LAST
            )
        })
    }
}

/// A point release of Asterisk, such as 20.16.0. Specs name the one that introduced an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Major release.
    pub major: u16,
    /// Minor release.
    pub minor: u16,
    /// Patch.
    pub patch: u16,
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

impl FromStr for Version {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let parts: Option<Vec<u16>> = text.split('.').map(|part| part.parse().ok()).collect();
        match parts.as_deref() {
            Some(&[major, minor, patch]) => Ok(Version {
                major,
                minor,
                patch,
            }),
            _ => Err(format!("{text:?} is not a version such as 20.16.0")),
        }
    }
}

/// A selection of point releases of a release: all of them (`13`), or one (`13.1`, `13.1.0`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selection {
    /// The release.
    pub release: Release,
    /// The point release, if it is one.
    pub point: Option<Version>,
}

impl From<Release> for Selection {
    fn from(release: Release) -> Self {
        Selection {
            release,
            point: None,
        }
    }
}

impl From<&Release> for Selection {
    fn from(release: &Release) -> Self {
        Selection::from(*release)
    }
}

impl From<&Selection> for Selection {
    fn from(selection: &Selection) -> Self {
        *selection
    }
}

impl TryFrom<Version> for Selection {
    type Error = String;

    fn try_from(version: Version) -> Result<Self, Self::Error> {
        Ok(Selection {
            release: Release::from_version(version)?,
            point: Some(version),
        })
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.point {
            Some(version) => version.fmt(f),
            None => self.release.fmt(f),
        }
    }
}

impl FromStr for Selection {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some((major, minor)) = text.split_once('.') else {
            return text.parse::<Release>().map(Selection::from);
        };
        let release: Release = major.parse()?;
        let point = match minor.contains('.') {
            true => text.parse(),
            false => format!("{text}.0").parse(),
        };
        point
            .map(|version| Selection {
                release,
                point: Some(version),
            })
            .map_err(|_| {
                format!(
                    "{text:?} is no point release of Asterisk: give it as {release}.1 or \
                     {release}.1.0"
                )
            })
    }
}
