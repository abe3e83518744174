//! Which releases have an item, and since which point releases.

use std::collections::BTreeSet;

use crate::{Release, Version};

/// Where an item exists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    /// Covered releases that have it.
    pub releases: BTreeSet<Release>,
    /// The point releases that introduced it, where the specs say so.
    pub since: BTreeSet<Version>,
}

impl Availability {
    /// Only in `release`.
    pub fn only(release: Release, since: &[Version]) -> Self {
        Availability {
            releases: [release].into(),
            since: since.iter().copied().collect(),
        }
    }

    /// Adds another release's availability of the same item.
    pub fn extend(&mut self, other: &Availability) {
        self.releases.extend(&other.releases);
        self.since.extend(&other.since);
    }

    /// For readers: `Asterisk 20.16.0, 21.11.0, 22.6.0 and later`, `Asterisk 13, 16 and later`.
    ///
    /// `covered` are the releases in which the item could exist; where it exists in all of them
    /// from their beginning, there is nothing to tell.
    pub fn describe(&self, covered: &BTreeSet<Release>) -> Option<String> {
        let version = |release: &Release| {
            let late = |since: &&Version| (since.minor, since.patch) != (0, 0);
            self.since
                .iter()
                .find(|since| since.major == release.number())
                .filter(late)
        };
        if self.releases == *covered && self.releases.iter().all(|r| version(r).is_none()) {
            return None;
        }
        // The newest releases that need no word of their own are "and later".
        let plain =
            |release: &&Release| self.releases.contains(release) && version(release).is_none();
        let later = covered.iter().rev().take_while(plain).last();
        let mut parts: Vec<Part> = Vec::new();
        for release in &self.releases {
            let number = release.number();
            let is_later = later.is_some_and(|later| release >= later);
            match (version(release), parts.last_mut()) {
                (Some(version), _) => parts.push(Part::Version(*version)),
                (None, Some(Part::Version(last))) if is_later && last.major + 1 == number => break,
                (None, Some(Part::Run(_, end))) if !is_later && *end + 1 == number => *end = number,
                (None, _) => parts.push(Part::Run(number, number)),
            }
            if is_later {
                break;
            }
        }
        let parts: Vec<_> = parts.iter().map(Part::to_string).collect();
        let open = covered
            .last()
            .is_some_and(|newest| self.releases.contains(newest));
        let end = if open { " and later" } else { "" };
        Some(format!("Asterisk {}{end}", parts.join(", ")))
    }
}

/// What stands between the commas.
enum Part {
    Version(Version),
    Run(u16, u16),
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Part::Version(version) => version.fmt(f),
            Part::Run(start, end) if start == end => start.fmt(f),
            Part::Run(start, end) if start + 1 == *end => write!(f, "{start}, {end}"),
            Part::Run(start, end) => write!(f, "{start} to {end}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn availability(releases: &[u16], since: &[&str]) -> Availability {
        Availability {
            releases: releases.iter().filter_map(|&n| Release::known(n)).collect(),
            since: since.iter().map(|text| text.parse().unwrap()).collect(),
        }
    }

    #[test]
    fn availability_reads_as_a_person_would_say_it() {
        let all: Vec<u16> = (12..=24).collect();
        let covered = availability(&all, &[]).releases;
        let cases: &[(&[u16], &[&str], Option<&str>)] = &[
            (&all, &[], None),
            (&all, &["12.0.0"], None),
            (&all, &["12.2.0"], Some("Asterisk 12.2.0 and later")),
            (
                &[14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24],
                &["14.0.0"],
                Some("Asterisk 14 and later"),
            ),
            (
                &[20, 21, 22, 23, 24],
                &["20.16.0", "21.11.0", "22.6.0"],
                Some("Asterisk 20.16.0, 21.11.0, 22.6.0 and later"),
            ),
            (
                &[20, 22, 23, 24],
                &["20.20.0", "22.10.0", "23.4.0"],
                Some("Asterisk 20.20.0, 22.10.0, 23.4.0 and later"),
            ),
            (
                &[13, 16, 17, 18, 19, 20, 21, 22, 23, 24],
                &["13.25.0", "16.2.0"],
                Some("Asterisk 13.25.0, 16.2.0 and later"),
            ),
            (
                &[18, 20, 21, 22, 23, 24],
                &["18.20.0", "20.5.0"],
                Some("Asterisk 18.20.0, 20.5.0 and later"),
            ),
            (&[20, 22, 23, 24], &[], Some("Asterisk 20, 22 and later")),
            (&[12, 14, 15], &[], Some("Asterisk 12, 14, 15")),
        ];
        for (releases, since, expected) in cases {
            assert_eq!(
                availability(releases, since).describe(&covered).as_deref(),
                *expected
            );
        }
        for (releases, expected) in [
            (
                &[13_u16, 16, 17, 18, 19, 20, 21, 22, 23, 24][..],
                "Asterisk 13, 16 and later",
            ),
            (&[12, 13, 14, 20, 21], "Asterisk 12 to 14, 20, 21"),
        ] {
            assert_eq!(
                availability(releases, &[]).describe(&covered).as_deref(),
                Some(expected)
            );
        }
        let one = availability(&[22], &["20.16.0", "22.6.0"]);
        assert_eq!(
            one.describe(&one.releases).as_deref(),
            Some("Asterisk 22.6.0 and later")
        );
    }
}
