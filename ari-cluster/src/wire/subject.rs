//! The subjects of messages. Their tokens are names of servers, applications and workers, with the
//! characters escaped that NATS does not allow.

use std::borrow::Cow;
use std::fmt::Write as _;

/// The prefix of all subjects, with the version of the protocol.
const PREFIX: &str = "ari.v1";

/// The destination of events of calls that no worker has.
pub(crate) const NOBODY: &str = "-";

/// The kind of right with which a request is sent. It is part of the subject, so that NATS can
/// permit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Right {
    /// The worker that has the call. The gateway checks it.
    Own,
    /// A dialer, which creates channels and asks nothing of others.
    New,
    /// A supervisor, over all calls.
    Any,
}

impl Right {
    pub(crate) const ALL: [Right; 3] = [Right::Own, Right::New, Right::Any];

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Right::Own => "own",
            Right::New => "new",
            Right::Any => "any",
        }
    }
}

/// Returns a name as a token of a subject. Letters, digits, `-` and `_` stay, every other byte
/// becomes `=` and two hexadecimal digits, and an empty name becomes `=`.
pub(crate) fn token(name: &str) -> Cow<'_, str> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if name.is_empty() {
        return Cow::Borrowed("=");
    }
    if name == NOBODY {
        return Cow::Borrowed("=2D");
    }
    if name.bytes().all(is_plain) {
        return Cow::Borrowed(name);
    }
    let mut escaped = String::with_capacity(name.len() + 8);
    for byte in name.bytes() {
        if is_plain(byte) {
            escaped.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "={byte:02X}");
        }
    }
    Cow::Owned(escaped)
}

/// Returns the name that a token stands for. `None` if it is not one that [`token`] returns.
pub(crate) fn name(token: &str) -> Option<String> {
    if token == "=" {
        return Some(String::new());
    }
    let mut bytes = Vec::with_capacity(token.len());
    let mut rest = token.bytes();
    while let Some(byte) = rest.next() {
        match byte {
            b'=' => {
                let digits = [rest.next()?, rest.next()?];
                let digits = std::str::from_utf8(&digits).ok()?;
                bytes.push(u8::from_str_radix(digits, 16).ok()?);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8(bytes).ok()
}

/// Returns the subject of an event.
pub(crate) fn event(server: &str, application: &str, destination: &str, kind: &str) -> String {
    let destination = match destination {
        NOBODY => Cow::Borrowed(NOBODY),
        worker => token(worker),
    };
    format!(
        "{PREFIX}.ev.{}.{}.{destination}.{}",
        token(server),
        token(application),
        token(kind)
    )
}

/// Returns the subject of all events of an application for a worker.
pub(crate) fn events_of_worker(application: &str, worker: &str) -> String {
    format!("{PREFIX}.ev.*.{}.{}.>", token(application), token(worker))
}

/// Returns the subject of the events of servers, applications and types. `None` stands for all.
pub(crate) fn events(
    server: Option<&str>,
    application: Option<&str>,
    kind: Option<&str>,
) -> String {
    let or_all = |name: Option<&str>| name.map_or("*".to_owned(), |name| token(name).into_owned());
    format!(
        "{PREFIX}.ev.{}.{}.*.{}",
        or_all(server),
        or_all(application),
        or_all(kind)
    )
}

/// Returns the server, the application and the type that an event's subject names.
pub(crate) fn parse_event(subject: &str) -> Option<(String, String, String)> {
    let rest = subject.strip_prefix(PREFIX)?.strip_prefix(".ev.")?;
    let tokens: Vec<_> = rest.split('.').collect();
    let [server, application, _, kind] = tokens[..] else {
        return None;
    };
    Some((name(server)?, name(application)?, name(kind)?))
}

/// Returns the subject of a request: right, resource and method are there for permissions. The epoch
/// makes it reach the gateway that reads the application, and no other.
pub(crate) fn request(
    (server, application, epoch): (&str, &str, &str),
    right: Right,
    resource: &str,
    method: &str,
) -> String {
    format!(
        "{PREFIX}.rq.{}.{}.{}.{}.{}.{method}",
        token(server),
        token(application),
        token(epoch),
        right.as_str(),
        token(resource),
    )
}

/// Returns the subject of all requests in an epoch. `*` stands for all epochs.
pub(crate) fn requests(server: &str, application: &str, epoch: &str) -> String {
    let epoch = match epoch {
        "*" => Cow::Borrowed("*"),
        epoch => token(epoch),
    };
    format!(
        "{PREFIX}.rq.{}.{}.{epoch}.>",
        token(server),
        token(application)
    )
}

/// Returns the right, the resource and the method that a request's subject names.
pub(crate) fn parse_request(subject: &str) -> Option<(Right, String, &str)> {
    let mut tokens = subject.rsplit('.');
    let (method, resource, right) = (tokens.next()?, tokens.next()?, tokens.next()?);
    let right = Right::ALL.into_iter().find(|it| it.as_str() == right)?;
    Some((right, name(resource)?, method))
}

/// Returns the subject on which one worker of an application is offered a call.
pub(crate) fn offer(application: &str) -> String {
    format!("{PREFIX}.offer.{}", token(application))
}

/// Returns the subject of messages to a worker.
pub(crate) fn worker(worker: &str) -> String {
    format!("{PREFIX}.w.{}", token(worker))
}

/// Returns the subject of a request to the gateway itself, in an epoch.
pub(crate) fn control(verb: &str, (server, application, epoch): (&str, &str, &str)) -> String {
    format!(
        "{PREFIX}.ctl.{}.{}.{}.{verb}",
        token(server),
        token(application),
        token(epoch)
    )
}

/// Returns the subject of all requests to the gateway itself, in an epoch.
pub(crate) fn controls(server: &str, application: &str, epoch: &str) -> String {
    control("*", (server, application, epoch))
}

/// Returns the subject of a command to all gateways of a server.
pub(crate) fn administration(verb: &str, server: &str) -> String {
    format!("{PREFIX}.adm.{}.{verb}", token(server))
}

/// Returns the subject of an event in the history of a call. `None` stands for all.
pub(crate) fn history(
    server: Option<&str>,
    application: Option<&str>,
    call: &str,
    kind: Option<&str>,
) -> String {
    let or_all = |name: Option<&str>| name.map_or("*".to_owned(), |name| token(name).into_owned());
    format!(
        "{PREFIX}.hist.{}.{}.{}.{}",
        or_all(server),
        or_all(application),
        token(call),
        or_all(kind)
    )
}

/// Returns the subject of all events in the history.
pub(crate) fn whole_history() -> String {
    format!("{PREFIX}.hist.>")
}

/// Returns the server and the application that the subject of an event in the history names.
pub(crate) fn parse_history(subject: &str) -> Option<(String, String)> {
    let rest = subject.strip_prefix(PREFIX)?.strip_prefix(".hist.")?;
    let (server, rest) = rest.split_once('.')?;
    Some((name(server)?, name(rest.split('.').next()?)?))
}

/// Returns the subject on which a server is asked for the epoch of an application. `None` stands for
/// any of its applications.
pub(crate) fn who(server: &str, application: Option<&str>) -> String {
    let application = application.map_or(Cow::Borrowed(NOBODY), token);
    format!("{PREFIX}.who.{}.{application}", token(server))
}

/// Returns the subject on which the gateway that has read so far is asked for its table.
pub(crate) fn handover(server: &str, application: &str) -> String {
    format!("{PREFIX}.handover.{}.{}", token(server), token(application))
}

/// Returns the subject on which lost events are asked for.
pub(crate) fn replay(server: &str, application: &str, epoch: &str) -> String {
    format!(
        "{PREFIX}.replay.{}.{}.{}",
        token(server),
        token(application),
        token(epoch)
    )
}

/// Returns the subject of the requests for lost events of all epochs.
pub(crate) fn replays(server: &str, application: &str) -> String {
    format!("{PREFIX}.replay.{}.{}.*", token(server), token(application))
}

/// Returns the subject of a gateway's heartbeats. `None` stands for all servers.
pub(crate) fn beat(server: Option<&str>) -> String {
    let server = server.map_or("*".to_owned(), |name| token(name).into_owned());
    format!("{PREFIX}.beat.{server}.*")
}

/// Returns the subject of the heartbeats of one application.
pub(crate) fn beat_of(server: &str, application: &str) -> String {
    format!("{PREFIX}.beat.{}.{}", token(server), token(application))
}

/// Returns the subject of requests to the directory.
pub(crate) fn directory() -> String {
    format!("{PREFIX}.dir.list")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_tokens_and_back() {
        for (text, expected) in [
            ("munich", "munich"),
            ("a_b-9", "a_b-9"),
            ("", "="),
            ("-", "=2D"),
            ("a.b", "a=2Eb"),
            ("*", "=2A"),
            (">", "=3E"),
            ("a b=", "a=20b=3D"),
            ("ü", "=C3=BC"),
        ] {
            assert_eq!(token(text), expected);
            assert_eq!(name(expected).as_deref(), Some(text));
        }
        for bad in ["=2", "=XX", "=FF"] {
            assert_eq!(name(bad), None);
        }
    }

    #[test]
    fn subjects_of_events_are_read() {
        let subject = event("a.b", "hello", "w", "StasisStart");
        assert_eq!(subject, "ari.v1.ev.a=2Eb.hello.w.StasisStart");
        let expected = (
            "a.b".to_owned(),
            "hello".to_owned(),
            "StasisStart".to_owned(),
        );
        assert_eq!(parse_event(&subject), Some(expected));
        assert_eq!(parse_event("ari.v1.ev.a.b"), None);
    }

    proptest::proptest! {
        #[test]
        fn any_name_survives(text in ".*") {
            proptest::prop_assert_eq!(name(&token(&text)), Some(text));
        }
    }
}
