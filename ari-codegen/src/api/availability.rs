//! Availability of items, exact to the point release.

use std::collections::{BTreeMap, BTreeSet};

use crate::{Release, Version};

/// The releases that have an item.
///
/// A release in `releases` has it throughout, unless its point releases stand in `since` or
/// `until`: each of the former introduces the item, and each of the latter removes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Availability {
    /// Covered releases that have it, if only some of their point releases.
    pub releases: BTreeSet<Release>,
    /// The point releases that introduced it, each within its release.
    pub since: BTreeSet<Version>,
    /// The first point releases that no longer have it, each within its release.
    pub until: BTreeSet<Version>,
}

/// Point releases from one, or from the beginning of the release, to one that is not among them, or
/// to the end of the release.
type VersionRange = (Option<Version>, Option<Version>);

impl Availability {
    /// Returns the availability in `release` only, since the latest of the versions that
    /// belong to it.
    pub fn from_release(release: Release, since: &[Version]) -> Self {
        let own = since
            .iter()
            .filter(|version| version.major == release.number());
        Availability::for_range(release, own.max().copied(), None)
    }

    /// Returns the availability in one release, from `since` to the point release before `until`.
    pub fn for_range(release: Release, since: Option<Version>, until: Option<Version>) -> Self {
        Availability {
            releases: [release].into(),
            // A release begins with its first point release.
            since: since
                .filter(|since| (since.minor, since.patch) != (0, 0))
                .into_iter()
                .collect(),
            until: until.into_iter().collect(),
        }
    }

    /// Returns the availability in all point releases of these releases.
    pub fn throughout(releases: impl IntoIterator<Item = Release>) -> Self {
        Availability {
            releases: releases.into_iter().collect(),
            ..Availability::default()
        }
    }

    /// Returns the part from these versions on, each within its release. Releases of which none is
    /// given remain whole.
    pub fn starting_at(&self, since: &[Version]) -> Self {
        let mut part = Availability::default();
        for release in &self.releases {
            let own = since
                .iter()
                .find(|version| version.major == release.number());
            for (start, end) in self.spans(*release) {
                // `None` is less than any version.
                let start = start.max(own.copied());
                if end.is_none_or(|end| start < Some(end)) {
                    part.extend(&Availability::for_range(*release, start, end));
                }
            }
        }
        part
    }

    /// Returns `true` if no release has it.
    pub fn is_empty(&self) -> bool {
        self.releases.is_empty()
    }

    /// Returns `true` if a point release has it.
    pub fn includes(&self, version: Version) -> bool {
        let release = Release::from_number(version.major);
        let spans = release.map(|release| self.spans(release));
        spans.into_iter().flatten().any(|(since, until)| {
            since.is_none_or(|since| since <= version) && until.is_none_or(|until| version < until)
        })
    }

    /// Adds another availability of the same item.
    pub fn extend(&mut self, other: &Availability) {
        for release in &other.releases {
            if self.releases.insert(*release) {
                let own = |version: &&Version| version.major == release.number();
                self.since.extend(other.since.iter().filter(own));
                self.until.extend(other.until.iter().filter(own));
                continue;
            }
            if self.covers_release(*release) {
                continue;
            }
            let mut spans = self.spans(*release);
            spans.extend(other.spans(*release));
            spans.sort();
            let mut joined: Vec<VersionRange> = Vec::new();
            for (since, until) in spans {
                match joined.last_mut() {
                    Some((_, end)) if end.is_none_or(|end| since.is_none_or(|s| s <= end)) => {
                        *end = end.zip(until).map(|(a, b)| a.max(b));
                    }
                    _ => joined.push((since, until)),
                }
            }
            let other = |version: &Version| version.major != release.number();
            self.since.retain(other);
            self.until.retain(other);
            self.since
                .extend(joined.iter().filter_map(|(since, _)| *since));
            self.until
                .extend(joined.iter().filter_map(|(_, until)| *until));
        }
    }

    /// Returns `true` if every point release that has `other` also has this.
    pub fn is_superset(&self, other: &Availability) -> bool {
        if !self.releases.is_superset(&other.releases) {
            return false;
        }
        let mut releases = other.releases.iter();
        if releases.all(|release| self.covers_release(*release)) {
            return true;
        }
        let mut both = self.clone();
        both.extend(other);
        both == *self
    }

    /// Returns `true` if all point releases of a release that has it do.
    fn covers_release(&self, release: Release) -> bool {
        let mut versions = self.since.iter().chain(&self.until);
        versions.all(|version| version.major != release.number())
    }

    /// Returns the point releases of a release that have it.
    fn spans(&self, release: Release) -> Vec<VersionRange> {
        if !self.releases.contains(&release) {
            return Vec::new();
        }
        let own = |version: &&Version| version.major == release.number();
        let since = self.since.iter().filter(own).map(|at| (*at, true));
        let until = self.until.iter().filter(own).map(|at| (*at, false));
        let turns: BTreeMap<Version, bool> = until.chain(since).collect();
        let mut spans = Vec::new();
        let begins = turns.values().next().is_none_or(|comes| !comes);
        let mut open: Option<Option<Version>> = begins.then_some(None);
        for (at, comes) in turns {
            match (open, comes) {
                (None, true) => open = Some(Some(at)),
                (Some(since), false) => {
                    spans.push((since, Some(at)));
                    open = None;
                }
                _ => {}
            }
        }
        spans.extend(open.map(|since| (since, None)));
        spans
    }

    /// Returns a text such as `Asterisk 20.16.0, 21.11.0, 22.6.0 and later` or
    /// `Asterisk 13, 16 and later`.
    ///
    /// `covered` are the releases that could have the item. Returns `None` if all of them have it.
    pub fn describe(&self, covered: &Availability) -> Option<String> {
        if self.is_superset(covered) {
            return None;
        }
        // The newest releases that are complete become "and later".
        let whole = |release: &&Release| self.spans(**release) == [(None, None)];
        let later = covered.releases.iter().rev().take_while(whole).last();
        let mut parts: Vec<Part> = Vec::new();
        for release in &self.releases {
            let number = release.number();
            if !whole(&release) {
                let spans = self.spans(*release).into_iter();
                parts.extend(spans.map(|(since, until)| Part::Span(number, since, until)));
                continue;
            }
            let is_later = later.is_some_and(|later| release >= later);
            match parts.last_mut() {
                Some(Part::Span(last, _, None)) if is_later && *last + 1 == number => break,
                Some(Part::Run(_, end)) if !is_later && *end + 1 == number => *end = number,
                _ => parts.push(Part::Run(number, number)),
            }
            if is_later {
                break;
            }
        }
        let parts: Vec<_> = parts.iter().map(Part::to_string).collect();
        let open = covered.releases.last().is_some_and(|newest| {
            let spans = self.spans(*newest);
            spans.last().is_some_and(|(_, until)| until.is_none())
        });
        let end = if open { " and later" } else { "" };
        Some(format!("Asterisk {}{end}", parts.join(", ")))
    }

    /// Returns a complete name for constants, such as `13_V16_6_0_17_TO_19`.
    pub(crate) fn name(&self) -> String {
        let mut parts: Vec<Part> = Vec::new();
        for release in &self.releases {
            let number = release.number();
            for span in self.spans(*release) {
                match (span, parts.last_mut()) {
                    ((None, None), Some(Part::Run(_, end))) if *end + 1 == number => *end = number,
                    ((None, None), _) => parts.push(Part::Run(number, number)),
                    ((since, until), _) => parts.push(Part::Span(number, since, until)),
                }
            }
        }
        let version = |version: &Version| format!("V{version}").replace('.', "_");
        let names = parts.iter().map(|part| match part {
            Part::Run(start, end) if start == end => start.to_string(),
            Part::Run(start, end) if start + 1 == *end => format!("{start}_{end}"),
            Part::Run(start, end) => format!("{start}_TO_{end}"),
            Part::Span(number, since, until) => {
                let since = since.as_ref().map_or_else(|| number.to_string(), version);
                match until {
                    Some(until) => format!("{since}_UNTIL_{}", version(until)),
                    None => since,
                }
            }
        });
        names.collect::<Vec<_>>().join("_")
    }
}

/// One element of the comma-separated list.
enum Part {
    Span(u16, Option<Version>, Option<Version>),
    Run(u16, u16),
}

impl std::fmt::Display for Part {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Part::Span(number, since, until) => {
                match since {
                    Some(since) => since.fmt(f)?,
                    None => number.fmt(f)?,
                }
                match until {
                    Some(until) => write!(f, " (before {until})"),
                    None => Ok(()),
                }
            }
            Part::Run(start, end) if start == end => start.fmt(f),
            Part::Run(start, end) if start + 1 == *end => write!(f, "{start}, {end}"),
            Part::Run(start, end) => write!(f, "{start} to {end}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> Version {
        text.parse().unwrap()
    }

    fn availability(releases: &[u16], since: &[&str]) -> Availability {
        let mut found = Availability::default();
        for release in releases.iter().filter_map(|&n| Release::from_number(n)) {
            let since: Vec<Version> = since.iter().map(|text| version(text)).collect();
            found.extend(&Availability::from_release(release, &since));
        }
        found
    }

    /// An item that disappears within a release and returns is described by point release. Adjacent
    /// stretches are joined.
    #[test]
    fn availability_has_gaps_within_a_release() {
        let [release, next] = [16, 17].map(|n| Release::from_number(n).unwrap());
        let span = |since: &str, until: &str| {
            let [since, until] =
                [since, until].map(|text| (!text.is_empty()).then(|| version(text)));
            Availability::for_range(release, since, until)
        };
        let covered = Availability::throughout([release, next]);
        for (spans, known, unknown, text, name) in [
            (
                &[("16.6.0", "16.7.0")][..],
                &["16.6.0", "16.6.2"][..],
                &["16.0.0", "16.5.9", "16.7.0", "17.0.0", "18.0.0"][..],
                "Asterisk 16.6.0 (before 16.7.0)",
                "V16_6_0_UNTIL_V16_7_0",
            ),
            (
                &[("16.9.0", ""), ("", "16.2.0")],
                &["16.0.0", "16.1.9", "16.9.0", "16.30.1"],
                &["16.2.0", "16.8.0"],
                "Asterisk 16 (before 16.2.0), 16.9.0",
                "16_UNTIL_V16_2_0_V16_9_0",
            ),
            (
                &[("16.2.0", "16.3.0"), ("16.4.0", ""), ("16.3.0", "16.4.0")],
                &["16.2.0", "16.3.0", "16.5.0"],
                &["16.1.0"],
                "Asterisk 16.2.0",
                "V16_2_0",
            ),
            (
                &[("", "16.3.0"), ("16.3.0", "")],
                &["16.0.0", "16.3.0"],
                &["17.0.0"],
                "Asterisk 16",
                "16",
            ),
        ] {
            let mut availability = Availability::default();
            for (since, until) in spans {
                availability.extend(&span(since, until));
            }
            for at in known {
                assert!(availability.includes(version(at)), "{spans:?} has {at}");
            }
            for at in unknown {
                assert!(!availability.includes(version(at)), "{spans:?} has no {at}");
            }
            assert_eq!(availability.describe(&covered).as_deref(), Some(text));
            assert_eq!(availability.name(), name);
            let mut more = availability.clone();
            more.extend(&Availability::from_release(next, &[]));
            assert!(more.is_superset(&availability) && !availability.is_superset(&more));
            assert_eq!(more.describe(&more), None);
        }
    }

    #[test]
    fn starting_at_cuts_off_earlier_versions() {
        let whole = availability(&[20, 21, 22, 24], &["20.2.0", "22.9.5"]);
        let part = whole.starting_at(&[version("20.19.0"), version("22.9.0"), version("23.3.0")]);
        let expected = availability(&[20, 21, 22, 24], &["20.19.0", "22.9.5"]);
        assert_eq!(part, expected);
        let release = Release::from_number(20).unwrap();
        let ended = Availability::for_range(release, None, Some(version("20.19.0")));
        assert!(ended.starting_at(&[version("20.19.0")]).is_empty());
        let early = ended.starting_at(&[version("20.18.0")]);
        assert!(early.includes(version("20.18.3")) && !early.includes(version("20.19.0")));
    }

    #[test]
    fn availability_is_described_in_words() {
        let all: Vec<u16> = (12..=24).collect();
        let covered = availability(&all, &[]);
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
            one.describe(&availability(&[22], &[])).as_deref(),
            Some("Asterisk 22.6.0 and later")
        );
    }
}
