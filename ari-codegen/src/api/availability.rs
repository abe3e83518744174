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

    /// For readers: `Asterisk 20.16.0, 21.11.0, 22.6.0 and later`, `Asterisk 13, 16 to 24`.
    ///
    /// `covered` are the releases in which the item could exist; where it exists in all of them
    /// and no version says more, there is nothing to tell.
    pub fn describe(&self, covered: &BTreeSet<Release>) -> Option<String> {
        let newest = covered.last();
        let first = self.releases.first();
        // Versions of the very first release tell something only if they are not its beginning.
        let telling = |since: &&Version| {
            (since.minor, since.patch) != (0, 0) || Some(since.major) != first.map(|r| r.number())
        };
        let since: Vec<_> = self.since.iter().filter(telling).collect();
        if self.releases == *covered && since.is_empty() {
            return None;
        }
        let mut text = String::from("Asterisk ");
        // A release is told by its version where one is known, else by its number; the newest
        // known version covers all later releases.
        let last_since = since.last().map_or(0, |version| version.major);
        let early = |release: &&Release| {
            release.number() < last_since && since.iter().all(|v| v.major != release.number())
        };
        let gaps: Vec<_> = self.releases.iter().filter(early).copied().collect();
        let late: Vec<_> = self
            .releases
            .iter()
            .filter(|release| release.number() > last_since)
            .copied()
            .collect();
        let known: Vec<_> = since
            .iter()
            .filter(|v| covered.iter().any(|r| r.number() == v.major))
            .collect();
        if known.is_empty() {
            text.push_str(&runs(self.releases.iter().copied(), covered));
            return Some(text);
        }
        let mut parts: Vec<String> = known.iter().map(|version| version.to_string()).collect();
        parts.extend(gaps.iter().map(|release| release.to_string()));
        parts.sort_by_key(|part| part.split('.').next().and_then(|n| n.parse::<u16>().ok()));
        text.push_str(&parts.join(", "));
        let expected: Vec<_> = covered
            .iter()
            .filter(|release| release.number() > last_since)
            .copied()
            .collect();
        if late == expected && !(late.is_empty() && newest.is_some_and(|n| n.number() > last_since))
        {
            text.push_str(" and later");
        } else if !late.is_empty() {
            text.push_str(", ");
            text.push_str(&runs(late.iter().copied(), covered));
        }
        let missing: Vec<_> = covered
            .iter()
            .filter(|release| !self.releases.contains(release))
            .filter(|release| first.is_some_and(|first| *release > first))
            .copied()
            .collect();
        if !missing.is_empty() {
            text.push_str(&format!(", not {}", runs(missing.into_iter(), covered)));
        }
        Some(text)
    }
}

/// `12`, `13, 16 to 24`: neighbours in `covered` are joined.
fn runs(releases: impl Iterator<Item = Release>, covered: &BTreeSet<Release>) -> String {
    let order: Vec<_> = covered.iter().copied().collect();
    let position = |release: Release| order.iter().position(|&other| other == release);
    let mut runs: Vec<(Release, Release)> = Vec::new();
    for release in releases {
        match runs.last_mut() {
            Some((_, end)) if position(release) == position(*end).map(|at| at + 1) => {
                *end = release
            }
            _ => runs.push((release, release)),
        }
    }
    let text: Vec<_> = runs
        .into_iter()
        .map(|(start, end)| match end.number() - start.number() {
            0 => start.to_string(),
            1 => format!("{start}, {end}"),
            _ => format!("{start} to {end}"),
        })
        .collect();
    text.join(", ")
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
                Some("Asterisk 14.0.0 and later"),
            ),
            (
                &[20, 21, 22, 23, 24],
                &["20.16.0", "21.11.0", "22.6.0"],
                Some("Asterisk 20.16.0, 21.11.0, 22.6.0 and later"),
            ),
            (
                &[20, 22, 23, 24],
                &["20.20.0", "22.10.0", "23.4.0"],
                Some("Asterisk 20.20.0, 22.10.0, 23.4.0 and later, not 21"),
            ),
            (
                &[13, 16, 17, 18, 19, 20, 21, 22, 23, 24],
                &["13.25.0", "16.2.0"],
                Some("Asterisk 13.25.0, 16.2.0 and later, not 14, 15"),
            ),
            (
                &[18, 20, 21, 22, 23, 24],
                &["18.20.0", "20.5.0"],
                Some("Asterisk 18.20.0, 20.5.0 and later, not 19"),
            ),
            (&[20, 22, 23, 24], &[], Some("Asterisk 20, 22 to 24")),
            (&[12, 14, 15], &[], Some("Asterisk 12, 14, 15")),
        ];
        for (releases, since, expected) in cases {
            assert_eq!(
                availability(releases, since).describe(&covered).as_deref(),
                *expected
            );
        }
        let one = availability(&[22], &["20.16.0", "22.6.0"]);
        assert_eq!(
            one.describe(&one.releases).as_deref(),
            Some("Asterisk 22.6.0 and later")
        );
    }
}
