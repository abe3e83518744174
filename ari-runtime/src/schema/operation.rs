//! The types of the table of operations: the content of the specs as data.

use std::fmt;

use crate::schema::unit::DurationFormat;

/// One operation of ARI.
pub struct Operation {
    /// The resource, such as `channels`.
    pub resource: &'static str,
    /// The name in the specs, unique within the resource.
    pub nickname: &'static str,
    /// The description, in Markdown.
    pub description: &'static str,
    /// Facts of its form on the wire that Rust types and the command line hide, in Markdown. Empty if
    /// there are none.
    pub wire_format: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below `/ari`, with variables in braces.
    pub path: &'static str,
    /// The parameters in the order of the specs.
    pub parameters: &'static [Parameter],
    /// The content of a successful response.
    pub response: ResponseType,
    /// Status codes of failures with their meaning for this operation, in Markdown.
    pub errors: &'static [(u16, &'static str)],
    /// The WebSocket subprotocol, if the operation upgrades the connection to a WebSocket.
    pub websocket_protocol: Option<&'static str>,
    /// True if the operation waits until a playback on its channel has ended, which blocks all
    /// other requests on a WebSocket that carries it.
    pub blocks_channel_queue: bool,
    /// The operation that is sent instead if a certain parameter is given, because a real server
    /// does not behave as in the specs.
    pub rewrite: Option<&'static Rewrite>,
    /// Operations with the same method whose paths match this one's path, too. A server that lacks
    /// this operation takes a request for it as one of these: Asterisk 12 and 13 take `POST
    /// /channels/create` for originating a channel with the id `create`. A client does not send
    /// such a request to such a server, see
    /// [`Error::UnsupportedByRelease`](crate::error::types::Error::UnsupportedByRelease).
    pub overlaps: &'static [&'static Operation],
    /// Modules that the server must have loaded.
    pub requires_modules: &'static [&'static str],
    /// The versions that have it.
    pub availability: Availability,
}

impl Operation {
    /// Returns the parameter with that name on the wire.
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters
            .iter()
            .find(|parameter| parameter.name == name)
    }

    /// Returns the names of the path's variables, in their order.
    pub(crate) fn path_variables(&self) -> impl Iterator<Item = &'static str> + use<> {
        self.path.split('/').filter_map(Operation::variable_name)
    }

    /// Returns the name of the variable that a segment of a path is, if it is one.
    pub(crate) fn variable_name(segment: &str) -> Option<&str> {
        segment.strip_prefix('{')?.strip_suffix('}')
    }

    /// Returns the meaning of a status code for this operation, if known.
    pub fn error_reason(&self, status: u16) -> Option<&'static str> {
        self.errors
            .iter()
            .find(|(code, _)| *code == status)
            .map(|(_, reason)| *reason)
    }
}

/// Two operations are equal if all their fields are, except for overlaps, because two operations
/// can overlap each other.
impl PartialEq for Operation {
    fn eq(&self, other: &Self) -> bool {
        let what = |it: &Self| (it.resource, it.nickname, it.method, it.path, it.response);
        let how = |it: &Self| {
            (
                it.parameters,
                it.errors,
                it.websocket_protocol,
                it.blocks_channel_queue,
                it.rewrite,
            )
        };
        let details = |it: &Self| (it.description, it.requires_modules, it.availability);
        std::ptr::eq(self, other)
            || (what(self) == what(other)
                && how(self) == how(other)
                && details(self) == details(other))
    }
}

/// Writes the same as `Display`, because errors contain operations, and the whole table would not
/// help there.
impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Writes `channels.originate (POST /channels)`.
impl fmt::Display for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}.{} ({} {})",
            self.resource, self.nickname, self.method, self.path
        )
    }
}

/// A rule by which another operation is sent instead.
#[derive(Debug, PartialEq)]
pub struct Rewrite {
    /// The parameter whose presence triggers the rule.
    pub if_present: &'static str,
    /// The operation that is sent.
    pub target: &'static Operation,
    /// The parameter that is a path variable of that operation. If it is missing, a unique value is
    /// generated.
    pub id_param: &'static str,
}

/// HTTP methods that ARI uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
#[expect(missing_docs, reason = "the names say it")]
pub enum Method {
    Get,
    Post,
    Put,
    Patch,
    Delete,
}

impl Method {
    /// Returns the method as on the wire.
    pub const fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One parameter of an operation.
#[derive(Debug, PartialEq)]
pub struct Parameter {
    /// The name on the wire.
    pub name: &'static str,
    /// The description, in Markdown.
    pub description: &'static str,
    /// Facts of its form on the wire that Rust types and the command line hide, in Markdown. Empty if
    /// there are none.
    pub wire_format: &'static str,
    /// The part of the request that carries it.
    pub location: Location,
    /// The type of its value.
    pub kind: ParameterType,
    /// True if it is required.
    pub required: bool,
    /// The value that Asterisk assumes if it is missing.
    pub default: Option<&'static str>,
    /// True if a request without it carries the default, because a real server does not assume the
    /// default of the specs.
    pub sends_default: bool,
    /// The way in which its number represents a duration, if it does.
    pub duration: Option<DurationFormat>,
    /// The accepted values. If the list is empty, all values are accepted.
    pub values: &'static [AllowedValue],
    /// Values that are not accepted, because as a path variable they lead to another operation.
    pub reserved: &'static [&'static str],
    /// The smallest number.
    pub min: Option<i64>,
    /// The largest number.
    pub max: Option<i64>,
    /// The versions that have it.
    pub availability: Availability,
}

/// One value that a parameter accepts.
#[derive(Debug, PartialEq)]
pub struct AllowedValue {
    /// The value on the wire.
    pub value: &'static str,
    /// The meaning, in Markdown.
    pub description: &'static str,
    /// The versions that accept it.
    pub availability: Availability,
}

/// The part of a request that carries a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Location {
    /// A variable of the path.
    Path,
    /// In the query, or as a field of a JSON body.
    Query,
    /// In the JSON body.
    Body,
}

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ParameterType {
    /// One value.
    Scalar(Scalar),
    /// Several values: separated by commas in the query, an array in JSON.
    List(Scalar),
    /// Several values in one string, which the server splits at commas that no backslash escapes.
    Joined(Scalar),
    /// Several values in one string, which the server splits at every comma, dropping empty ones.
    Split(Scalar),
    /// An object in the body, under the parameter's name: names and strings, or names and
    /// `{"value", "report_events"}`.
    Variables,
    /// An object in the body, under the parameter's name: names and strings.
    TextMap,
    /// An object in the body, under the parameter's name: names and any JSON.
    JsonMap,
    /// A list in the body, under the parameter's name, of `{"attribute", "value"}`.
    Fields,
    /// The body itself: `{"allowed", "disallowed"}`.
    EventFilter,
    /// The body itself: any JSON.
    Json,
    /// The body itself: a model.
    Model(&'static str),
}

/// A single value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Scalar {
    /// A string.
    Text,
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits, signed.
    Int,
    /// A whole number of 64 bits, signed.
    Long,
    /// A floating-point number.
    Double,
}

/// The content of an operation's successful response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ResponseType {
    /// An empty body.
    Empty,
    /// Bytes.
    Binary,
    /// JSON of this type, as the specs name it: `Channel`, `List[Channel]`.
    Json(&'static str),
}

/// The description of a model, as data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ModelInfo {
    /// The name, as in [`ResponseType::Json`]. For an event it is its type.
    pub name: &'static str,
    /// The names of the fields on the wire, inherited ones first, each with its type as named in
    /// the specs: `string`, `CallerID`, `List[string]`.
    pub fields: &'static [(&'static str, &'static str)],
}

/// The versions of Asterisk that have something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Availability {
    /// The covered releases that have it, or of which some point releases do.
    pub releases: &'static [u16],
    /// The point releases that introduced it, for releases that did not have it from the beginning.
    pub since: &'static [Version],
    /// The point releases that removed it, for releases that had it, and the first covered release
    /// after the last one that has it.
    pub until: &'static [Version],
}

impl Availability {
    /// Returns true if a server of this version has it: its release is listed, and the point
    /// release is neither older than the one that introduced it nor as new as one that removed it.
    /// Releases that are newer than the bindings are assumed to have everything that the newest
    /// known one has, because ARI only grows.
    pub fn includes(&self, version: Version) -> bool {
        if !self.releases.contains(&version.major) {
            let newer = self
                .releases
                .last()
                .is_some_and(|last| *last < version.major);
            let dropped = self
                .until
                .last()
                .is_some_and(|until| self.releases.last().is_some_and(|last| *last < until.major));
            return newer && !dropped;
        }
        let turns = self.changes(version.major);
        let last = turns.iter().rev().find(|(at, _)| *at <= version);
        match (last, turns.first()) {
            (Some((_, comes)), _) => *comes,
            // It existed from the beginning unless the first change introduces it.
            (None, first) => first.is_none_or(|(_, comes)| !comes),
        }
    }

    /// Returns the point releases of a release that introduced it (true) or removed it (false),
    /// oldest first.
    fn changes(&self, release: u16) -> Vec<(Version, bool)> {
        let since = self.since.iter().map(|at| (*at, true));
        let until = self.until.iter().map(|at| (*at, false));
        let turns = since.chain(until);
        let mut turns: Vec<_> = turns.filter(|(at, _)| at.major == release).collect();
        turns.sort_unstable();
        turns
    }
}

/// Writes `Asterisk 20.16.0, 21, 22.6.0, 23, 24`: the first version of each release that has it.
/// `16.6.0 (before 16.7.0)` means that the release removed it again.
impl fmt::Display for Availability {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Asterisk ")?;
        let mut separator = "";
        for release in self.releases {
            let turns = self.changes(*release);
            if turns.first().is_none_or(|(_, comes)| !comes) {
                write!(f, "{separator}{release}")?;
                separator = ", ";
            }
            for (at, comes) in turns {
                match comes {
                    true => write!(f, "{separator}{at}")?,
                    false => write!(f, " (before {at})")?,
                }
                separator = ", ";
            }
        }
        Ok(())
    }
}

/// A point release of Asterisk, such as 20.16.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "the names say it")]
pub struct Version {
    pub major: u16,
    pub minor: u16,
    pub patch: u16,
}

impl Version {
    /// Creates the version `major.minor.patch`.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Self {
        Version {
            major,
            minor,
            patch,
        }
    }
}

impl Version {
    /// Returns the version in a server's `Server` header: `Asterisk/22.10.1~dfsg-1`,
    /// `Asterisk/certified-22.8-cert2`, `Asterisk/certified/18.9-cert4`. `None` if the header has
    /// another content: administrators can change it, and builds from a working tree have no
    /// number.
    pub fn from_server_header(header: &str) -> Option<Self> {
        let name = header.strip_prefix("Asterisk/")?;
        let certified = name.strip_prefix("certified");
        let name = certified
            .and_then(|rest| rest.strip_prefix(['-', '/']))
            .unwrap_or(name);
        let end = name
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(name.len());
        let mut numbers = name[..end].split('.').map(str::parse);
        let major = numbers.next()?.ok()?;
        let minor = numbers.next()?.ok()?;
        let patch = numbers.next().and_then(Result::ok).unwrap_or(0);
        Some(Version {
            major,
            minor,
            patch,
        })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.major, self.minor, self.patch)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn version_is_read_from_server_header() {
        for (header, expected) in [
            (
                "Asterisk/22.10.1+dfsg+~cs6.17.60671434-1",
                Some(Version::new(22, 10, 1)),
            ),
            (
                "Asterisk/16.28.0~dfsg-0+deb11u4",
                Some(Version::new(16, 28, 0)),
            ),
            (
                "Asterisk/certified/18.9-cert4",
                Some(Version::new(18, 9, 0)),
            ),
            (
                "Asterisk/certified-22.8-cert2",
                Some(Version::new(22, 8, 0)),
            ),
            (
                "Asterisk/certified-20.7-cert4",
                Some(Version::new(20, 7, 0)),
            ),
            ("Asterisk/certified22.8-cert2", None),
            ("Asterisk/GIT-master-1a2b3c", None),
            ("Asterisk/", None),
            ("Asterisk/22", None),
            ("Asterisk/99999.1.1", None),
            ("nginx/1.25.3", None),
        ] {
            assert_eq!(Version::from_server_header(header), expected, "{header}");
        }
    }

    #[test]
    fn availability_knows_point_releases() {
        let v = Version::new;
        let grown = Availability {
            releases: &[20, 21, 22, 23],
            since: const { &[Version::new(20, 16, 0), Version::new(22, 6, 0)] },
            until: &[],
        };
        let gone = Availability {
            releases: &[13, 14, 16],
            since: const { &[Version::new(16, 6, 0), Version::new(16, 9, 2)] },
            until: const {
                &[
                    Version::new(13, 32, 0),
                    Version::new(16, 7, 0),
                    Version::new(17, 0, 0),
                ]
            },
        };
        for (availability, version, expected) in [
            (&grown, v(20, 15, 3), false),
            (&grown, v(20, 16, 0), true),
            (&grown, v(21, 0, 0), true),
            (&grown, v(22, 5, 9), false),
            (&grown, v(22, 10, 1), true),
            (&grown, v(19, 8, 0), false),
            (&grown, v(25, 0, 0), true),
            (&gone, v(12, 8, 2), false),
            (&gone, v(13, 0, 0), true),
            (&gone, v(13, 31, 9), true),
            (&gone, v(13, 32, 0), false),
            (&gone, v(14, 7, 8), true),
            (&gone, v(15, 0, 0), false),
            (&gone, v(16, 5, 9), false),
            (&gone, v(16, 6, 2), true),
            (&gone, v(16, 7, 0), false),
            (&gone, v(16, 9, 1), false),
            (&gone, v(16, 9, 2), true),
            (&gone, v(17, 0, 0), false),
            (&gone, v(25, 0, 0), false),
        ] {
            let found = availability.includes(version);
            assert_eq!(found, expected, "{availability} {version}");
        }
        assert_eq!(grown.to_string(), "Asterisk 20.16.0, 21, 22.6.0, 23");
        assert_eq!(
            gone.to_string(),
            "Asterisk 13 (before 13.32.0), 14, 16.6.0 (before 16.7.0), 16.9.2"
        );
    }
}
