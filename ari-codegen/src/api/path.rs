//! Paths with variables, such as `/channels/{channelId}/play/{playbackId}`.

use std::collections::BTreeSet;
use std::fmt;

/// A path below `/ari`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Path(pub Vec<Segment>);

/// One segment of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Fixed text.
    Literal(String),
    /// A variable, by name.
    Variable(String),
}

impl Path {
    /// Parses a path such as `/channels/{channelId}`.
    ///
    /// # Errors
    /// In words: a path that does not begin with `/`, or a segment that is neither a variable nor
    /// plain letters, digits and `-_.`, or is `.` or `..`.
    pub fn parse(text: &str) -> Result<Path, String> {
        let Some(rest) = text.strip_prefix('/') else {
            return Err(format!("the path {text:?} does not begin with /"));
        };
        let segments = rest.split('/').map(|segment| {
            let variable = segment.strip_prefix('{').and_then(|s| s.strip_suffix('}'));
            match variable {
                Some(name) if !name.is_empty() && !name.contains(['{', '}']) => {
                    Ok(Segment::Variable(name.to_owned()))
                }
                None if is_literal(segment) => Ok(Segment::Literal(segment.to_owned())),
                None if matches!(segment, "." | "..") => Err(format!(
                    "the path {text:?} has the segment {segment:?}, which does not lead to a \
                     resource"
                )),
                _ => Err(format!(
                    "the segment {segment:?} of the path {text:?} is neither {{a variable}} nor \
                     plain letters, digits and -_."
                )),
            }
        });
        segments.collect::<Result<_, _>>().map(Path)
    }

    /// Returns the names of the variables, in order.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|segment| match segment {
            Segment::Variable(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }

    /// Texts that cannot stand for a variable of this path, because the server takes them for the
    /// fixed segment of another one: it decides segment by segment, prefers what is fixed, and
    /// never goes back. Sorted.
    pub fn reserved<'a>(
        &self,
        variable: &str,
        others: impl IntoIterator<Item = &'a Path>,
    ) -> BTreeSet<&'a str> {
        let is_it = |segment: &Segment| *segment == Segment::Variable(variable.to_owned());
        let Some(at) = self.0.iter().position(is_it) else {
            return BTreeSet::new();
        };
        let others = others.into_iter().filter(|other| {
            let both = self.0[..at].iter().zip(&other.0);
            other.0.len() > at
                && both
                    .into_iter()
                    .all(|(own, theirs)| own.shares_route(theirs))
        });
        let literals = others.filter_map(|other| match &other.0[at] {
            Segment::Literal(text) => Some(text.as_str()),
            Segment::Variable(_) => None,
        });
        literals.collect()
    }

    /// Returns `true` if a server that lacks an operation with this path resolves it to one with
    /// the `other` path: each segment is the same there, or a variable.
    pub fn is_matched_by(&self, other: &Path) -> bool {
        let mut both = self.0.iter().zip(&other.0);
        let is_matched = |(own, theirs): (&Segment, &Segment)| match theirs {
            Segment::Variable(_) => true,
            Segment::Literal(_) => own == theirs,
        };
        self.0.len() == other.0.len() && both.all(is_matched)
    }
}

impl Segment {
    /// Returns `true` if the server routes both the same way.
    fn shares_route(&self, other: &Segment) -> bool {
        match (self, other) {
            (Segment::Variable(_), Segment::Variable(_)) => true,
            _ => self == other,
        }
    }
}

fn is_literal(segment: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    // `.` and `..` are rejected because they would be removed on the way to the server.
    !matches!(segment, "" | "." | "..") && segment.chars().all(plain)
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|segment| match segment {
            Segment::Literal(text) => write!(f, "/{text}"),
            Segment::Variable(name) => write!(f, "/{{{name}}}"),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fixed_segments_are_preferred_to_variables() {
        let paths = [
            "/channels",
            "/channels/create",
            "/channels/{channelId}",
            "/channels/{id}/play",
            "/channels/{id}/play/{playbackId}",
            "/channels/{id}/play/all",
            "/channels/externalMedia/{x}",
            "/bridges/any",
        ]
        .map(|path| Path::parse(path).unwrap());
        for (path, variable, expected) in [
            (
                "/channels/{channelId}",
                "channelId",
                &["create", "externalMedia"][..],
            ),
            (
                "/channels/{channelId}/ring",
                "channelId",
                &["create", "externalMedia"],
            ),
            (
                "/channels/{channelId}/play/{playbackId}",
                "playbackId",
                &["all"],
            ),
            ("/channels/{channelId}/record/{name}", "name", &[]),
            ("/channels/create", "channelId", &[]),
            ("/bridges/{bridgeId}", "bridgeId", &["any"]),
            ("/{resource}", "resource", &["bridges", "channels"]),
        ] {
            let path = Path::parse(path).unwrap();
            let reserved: Vec<_> = path.reserved(variable, &paths).into_iter().collect();
            assert_eq!(reserved, expected, "{path} {variable}");
        }
    }

    #[test]
    fn paths_with_variables_match_fixed_segments() {
        for (path, other, expected) in [
            ("/channels/create", "/channels/{channelId}", true),
            ("/channels/{channelId}", "/channels/create", false),
            ("/channels/{id}", "/channels/{channelId}", true),
            ("/channels/create", "/channels/externalMedia", false),
            ("/channels/create", "/{resource}/{id}", true),
            ("/channels/{id}/all", "/channels/{id}/{name}", true),
            ("/channels/{id}/all", "/channels/any/{name}", false),
            ("/channels/create", "/channels/{channelId}/play", false),
            ("/channels", "/channels/{channelId}", false),
        ] {
            let [own, theirs] = [path, other].map(|path| Path::parse(path).unwrap());
            assert_eq!(own.is_matched_by(&theirs), expected, "{path} {other}");
        }
    }
}
