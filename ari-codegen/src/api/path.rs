//! Paths with variables, such as `/channels/{channelId}/play/{playbackId}`.

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
    /// Reads a path; the error says what is wrong with it.
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
                _ => Err(format!(
                    "the segment {segment:?} of the path {text:?} is neither {{a variable}} nor \
                     plain letters, digits and -_."
                )),
            }
        });
        segments.collect::<Result<_, _>>().map(Path)
    }

    /// Names of the variables, in order.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|segment| match segment {
            Segment::Variable(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }
}

fn is_literal(segment: &str) -> bool {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    !segment.is_empty() && segment.chars().all(plain)
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|segment| match segment {
            Segment::Literal(text) => write!(f, "/{text}"),
            Segment::Variable(name) => write!(f, "/{{{name}}}"),
        })
    }
}
