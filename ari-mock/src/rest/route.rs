//! Routing: the operation for a method and path, read as Asterisk reads them.

use ari_api::schema::{Method, Operation, Version};
use percent_encoding::percent_decode_str;

use crate::invalid_bytes;
use crate::sorted_map::SortedMap;

/// A path segment and the segments that may follow it.
#[derive(Default)]
pub(crate) struct RouteNode {
    literal: SortedMap<&'static str, RouteNode>,
    variable: Option<Box<(&'static str, RouteNode)>>,
    operations: Vec<&'static Operation>,
}

/// The result of routing a request.
pub(crate) enum Route {
    Found(&'static Operation, SortedMap<&'static str, String>),
    /// The path exists, but not with this method.
    WrongMethod {
        allow: String,
    },
    /// An OPTIONS request for an existing path.
    Options {
        allow: String,
    },
    NotFound,
}

impl RouteNode {
    /// Returns the routes of a version.
    pub(crate) fn for_version(version: Version) -> Self {
        let mut root = RouteNode::default();
        for operation in ari_api::OPERATIONS {
            if !operation.availability.includes(version) {
                continue;
            }
            let pieces = operation.path.trim_start_matches('/').split('/');
            let leaf = pieces.fold(&mut root, |node, piece| {
                match piece
                    .strip_prefix('{')
                    .and_then(|name| name.strip_suffix('}'))
                {
                    Some(name) => {
                        &mut node
                            .variable
                            .get_or_insert_with(|| Box::new((name, RouteNode::default())))
                            .1
                    }
                    None => node.literal.get_or_insert_with(piece, RouteNode::default),
                }
            });
            leaf.operations.push(operation);
        }
        root
    }

    /// Finds the operation for a path below `/ari`. The path is split first and decoded afterwards,
    /// a literal segment takes precedence over a variable, and an empty segment ends the path.
    pub(crate) fn find(&self, method: &str, path: &str) -> Route {
        let mut node = self;
        let mut variables = Vec::new();
        for piece in path.split('/') {
            if piece.is_empty() {
                break;
            }
            let decoded = decode_component(piece);
            node = match (node.literal.get(decoded.as_str()), &node.variable) {
                (Some(next), _) => next,
                (None, Some(variable)) => {
                    variables.push(decoded);
                    &variable.1
                }
                (None, None) => return Route::NotFound,
            };
        }
        let mut allow = "OPTIONS".to_owned();
        // Asterisk does not list the operation that opens a WebSocket.
        let answered = node.operations.iter();
        let answered = answered.filter(|operation| operation.websocket_protocol.is_none());
        for known in [Method::Get, Method::Post, Method::Put, Method::Delete] {
            if answered.clone().any(|operation| operation.method == known) {
                allow.push(',');
                allow.push_str(known.as_str());
            }
        }
        if method == "OPTIONS" {
            return Route::Options { allow };
        }
        let operation = node.operations.iter();
        match operation
            .copied()
            .find(|operation| operation.method.as_str() == method)
        {
            Some(operation) => {
                let pieces = operation.path.split('/');
                let names = pieces.filter_map(|piece| piece.strip_prefix('{')?.strip_suffix('}'));
                Route::Found(operation, names.zip(variables).collect())
            }
            None => Route::WrongMethod { allow },
        }
    }
}

/// Decodes percent-encoding, and `+` as a space, in paths and queries.
pub(crate) fn decode_component(text: &str) -> String {
    let spaced = text.replace('+', " ");
    invalid_bytes::decode(&percent_decode_str(&spaced).collect::<Vec<u8>>())
}

#[cfg(test)]
mod tests {
    use super::{Route, RouteNode};
    use ari_api::schema::Version;

    #[test]
    fn paths_are_read_as_asterisk_does() {
        let root = RouteNode::for_version(Version::new(22, 10, 1));
        let name = |method: &str, path: &str| match root.find(method, path) {
            Route::Found(operation, variables) => {
                let values: Vec<_> = variables.values().map(String::as_str).collect();
                format!("{} {}", operation.nickname, values.join("|"))
            }
            Route::WrongMethod { allow } => format!("405 {allow}"),
            Route::Options { allow } => format!("204 {allow}"),
            Route::NotFound => "404".to_owned(),
        };
        for (method, path, expected) in [
            ("GET", "channels/a%2Fb", "get a/b"),
            ("GET", "channels//variable", "list "),
            ("GET", "channels/create", "405 OPTIONS,POST"),
            ("OPTIONS", "channels", "204 OPTIONS,GET,POST"),
            ("GET", "Channels", "404"),
            ("GET", "channels/a/b/c", "404"),
            ("GET", "asterisk", "405 OPTIONS"),
            ("POST", "events", "405 OPTIONS"),
            ("GET", "", "405 OPTIONS"),
            ("GET", "endpoints/PJSIP/a+b", "get a b|PJSIP"),
        ] {
            assert_eq!(name(method, path), expected, "{method} {path}");
        }
    }
}
