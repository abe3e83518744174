//! The decision on each request: whether it may be executed, has been executed, or is refused.

use std::borrow::Cow;

use ari_api::client::TraceContext;
use bytes::Bytes;
use tokio::time::Instant;

use super::answered::{Known, Reply};
use super::call::Call;
use super::journal::Record;
use super::state::{Action, State};
use crate::bus::Message;
use crate::hooks::{self, Mutant};
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::named_objects::{ObjectName, PLAYBACK, RECORDING, named_objects, path_segments};
use crate::wire::refusal;
use crate::wire::subject::{self, Right};

/// A request that is to be executed.
#[derive(Debug)]
pub(crate) struct Admitted {
    pub(crate) id: String,
    pub(crate) operation: String,
    pub(crate) method: String,
    pub(crate) target: String,
    pub(crate) body: Option<Bytes>,
    /// The call that it is executed for.
    pub(crate) call: Option<String>,
    /// The objects that it creates.
    pub(crate) binds: Vec<String>,
    /// The playbacks and recordings among them that were not known before.
    pub(crate) media: Vec<String>,
    pub(crate) trace_context: Option<TraceContext>,
}

/// The decision on a request.
#[derive(Debug)]
pub(crate) enum Admission {
    /// Execute it.
    Execute(Admitted),
    /// It has this response already.
    Repeat(Reply),
    /// It is being executed.
    Pending,
    /// Another gateway responds to it.
    Ignore,
    /// It is refused.
    Refuse(Reply),
}

impl State {
    /// Decides on a request.
    pub(crate) fn admit(&mut self, message: &Message, now: Instant) -> Admission {
        if self.is_replaced || self.is_handed_over {
            return Admission::Ignore;
        }
        let Some(request) = Parsed::new(message) else {
            return Admission::Refuse(refuse(refusal::MALFORMED, None));
        };
        // A request that has arrived before has its response, whoever has the call now.
        match self.answered.repeat(&request.id, message.reply.as_deref()) {
            Some(Known::Pending) => return Admission::Pending,
            Some(Known::Done(reply)) => return Admission::Repeat(reply),
            None => {}
        }
        let right = request.right;
        match self.check(&request) {
            Err(reason) => {
                let counted = &mut self.tally.counted;
                counted.requests_refused += 1;
                let is_fenced = matches!(reason, refusal::NOT_OWNER | refusal::STALE_EPOCH);
                counted.requests_fenced += u64::from(is_fenced);
                self.journal.write(|| Record::Refused {
                    id: request.id.clone(),
                    reason: reason.to_owned(),
                });
                let reply = refuse(reason, self.epoch());
                if request.method != "GET" {
                    self.answered.record(request.id, reply.clone(), now);
                }
                return Admission::Refuse(reply);
            }
            Ok(()) => self.answered.begin(&request.id, message.reply.as_deref()),
        }
        let call = match (right, &request.call, &request.worker) {
            (Right::Own, Some((call, _)), _) => Some(call.clone()),
            // What a dialer creates is a call of its own.
            (Right::New | Right::Any, Some((call, _)), Some(worker)) => {
                self.create_call(call, worker, now);
                Some(call.clone())
            }
            _ => None,
        };
        if let Some(call) = &call {
            self.bind(call, &request.binds);
        }
        let media = self.bind_new_media(&request.target, &request.binds);
        self.tally.counted.requests_executed += 1;
        self.journal.write(|| Record::Executed {
            id: request.id.clone(),
            operation: request.operation.clone(),
            call: request.call.clone().filter(|_| right == Right::Own),
        });
        Admission::Execute(Admitted {
            id: request.id,
            operation: request.operation,
            method: request.method.to_owned(),
            target: request.target,
            body: (!message.body.is_empty()).then(|| message.body.clone()),
            call,
            binds: request.binds,
            media,
            trace_context: trace_context(&message.header),
        })
    }

    /// Decides on a request of which parts are missing. It is never executed.
    pub(crate) fn refuse_incomplete(&mut self, message: &Message, now: Instant) -> Admission {
        if self.is_replaced || self.is_handed_over {
            return Admission::Ignore;
        }
        let reply = refuse(refusal::NO_PART, None);
        let id = Header::parse(&message.header).and_then(|header| header.text(field::ID));
        let Some(id) = id else {
            return Admission::Refuse(reply);
        };
        match self.answered.repeat(&id, message.reply.as_deref()) {
            Some(Known::Pending) => return Admission::Pending,
            Some(Known::Done(reply)) => return Admission::Repeat(reply),
            None => {}
        }
        self.tally.counted.requests_refused += 1;
        self.journal.write(|| Record::Refused {
            id: id.clone().into_owned(),
            reason: refusal::NO_PART.to_owned(),
        });
        // Missing parts may still come, and copies of this message.
        self.answered.record(id.into_owned(), reply.clone(), now);
        Admission::Refuse(reply)
    }

    fn check(&self, request: &Parsed<'_>) -> Result<(), &'static str> {
        let is_read = request.method == "GET";
        match (&self.reading, &request.epoch) {
            (None, _) if !is_read => return Err(refusal::NO_READER),
            (Some(reading), Some(epoch)) if reading.epoch != **epoch => {
                return Err(refusal::STALE_EPOCH);
            }
            _ => {}
        }
        let segments = path_segments(&request.target);
        if segments.iter().any(|it| matches!(&**it, "" | "." | "..")) {
            return Err(refusal::NOT_PERMITTED);
        }
        // NATS has permitted what the subject names.
        if segments.first().map(|it| &**it) != Some(&*request.resource) {
            return Err(refusal::NOT_PERMITTED);
        }
        match request.right {
            Right::Any => Ok(()),
            Right::New if self.is_draining => Err(refusal::DRAINING),
            Right::New => {
                let creates = request.method == "POST"
                    && segments.len() <= 2
                    && matches!(&*segments[0], "channels" | "bridges");
                let is_new = request
                    .binds
                    .iter()
                    .filter_map(|object| object.split_once(':'))
                    .all(|(_, id)| !self.objects.contains_key(id));
                match creates && is_new {
                    true => Ok(()),
                    false => Err(refusal::NOT_PERMITTED),
                }
            }
            Right::Own => {
                let (Some((call, generation)), Some(worker)) = (&request.call, &request.worker)
                else {
                    return Err(refusal::MALFORMED);
                };
                if hooks::is_on(Mutant::NoFence) {
                    return Ok(());
                }
                if !self.has(worker, call, *generation) {
                    return Err(refusal::NOT_OWNER);
                }
                match is_read || self.has_objects(worker, request) {
                    true => Ok(()),
                    false => Err(refusal::NOT_OWNER),
                }
            }
        }
    }

    /// Returns true if all objects that a request names are the worker's, or new, and it binds nothing
    /// else.
    fn has_objects(&self, worker: &str, request: &Parsed<'_>) -> bool {
        let named = named_objects(request.method, &request.target, request.body);
        let is_own = |call: &String| self.calls.get(call).and_then(Call::worker) == Some(worker);
        let are_own = named.iter().all(|(name, id)| match name {
            // Asterisk decides if the name is free, which it is as soon as the other recording ends.
            ObjectName::New(RECORDING) => true,
            // Of one that has just ended, Asterisk says so.
            ObjectName::Existing(kind @ (PLAYBACK | RECORDING))
            | ObjectName::New(kind @ PLAYBACK) => self.may_control(worker, kind, id),
            ObjectName::Existing(_) => self.objects.get(id).is_some_and(is_own),
            ObjectName::New(_) => self.objects.get(id).is_none_or(is_own),
        });
        let is_new = |object: &String| {
            let mut new = named.iter().filter_map(|(name, id)| match name {
                ObjectName::New(kind) => Some((*kind, &**id)),
                ObjectName::Existing(_) => None,
            });
            new.any(|new| object.split_once(':') == Some(new))
        };
        are_own && request.binds.iter().all(is_new)
    }

    /// Makes a worker the owner of a call that it is about to create.
    fn create_call(&mut self, id: &str, worker: &str, now: Instant) {
        if self.calls.contains_key(id) {
            return;
        }
        let mut call = Call::new(1, now);
        call.assign(worker, now);
        self.calls.insert(id.to_owned(), call);
        self.journal.write(|| Record::Assigned {
            call: id.to_owned(),
            generation: 1,
            worker: worker.to_owned(),
        });
    }

    /// Records the response to a request that was not sent to Asterisk. Returns the subject that the
    /// response is to be sent to.
    pub(crate) fn finish_unsent(
        &mut self,
        request: &Admitted,
        reply: &Reply,
        now: Instant,
    ) -> (Option<String>, Vec<Action>) {
        self.journal.write(|| Record::NotSent {
            id: request.id.clone(),
        });
        let subject = self.respond_once(request, reply, now);
        (subject, self.undo(request, now))
    }

    /// Records the response for further copies of a request, and returns the subject that it is to be
    /// sent to. Copies of a `GET` are executed.
    fn respond_once(&mut self, request: &Admitted, reply: &Reply, now: Instant) -> Option<String> {
        match request.method == "GET" {
            true => self.answered.forget(&request.id),
            false => self.answered.finish(&request.id, reply.clone(), now),
        }
    }

    /// Records the response to a request that was sent to Asterisk, with its status if one came. Returns
    /// the subject that the response is to be sent to.
    pub(crate) fn finish(
        &mut self,
        request: &Admitted,
        status: Option<u16>,
        reply: &Reply,
        now: Instant,
    ) -> (Option<String>, Vec<Action>) {
        let subject = self.respond_once(request, reply, now);
        // With 409 the object exists already, and without a response it may exist.
        let was_created = status.is_none_or(|status| (200..300).contains(&status) || status == 409);
        let actions = match was_created {
            true => Vec::new(),
            false => {
                let mut actions = self.undo(request, now);
                if let Some(call) = &request.call {
                    self.end_new_call(call, now, &mut actions);
                }
                actions
            }
        };
        (subject, actions)
    }
}

/// Returns the trace context of a request. One that is not valid is ignored, as W3C Trace Context
/// demands it.
pub(super) fn trace_context(header: &str) -> Option<TraceContext> {
    let header = Header::parse(header)?;
    header.text(field::TRACE_CONTEXT)?.parse().ok()
}

/// The fields of a request.
struct Parsed<'a> {
    id: String,
    operation: String,
    right: Right,
    method: &'a str,
    resource: String,
    target: String,
    body: &'a [u8],
    epoch: Option<Cow<'a, str>>,
    call: Option<(String, u64)>,
    worker: Option<String>,
    binds: Vec<String>,
}

impl<'a> Parsed<'a> {
    fn new(message: &'a Message) -> Option<Self> {
        let header = Header::parse(&message.header)?;
        let (right, resource, method) = subject::parse_request(&message.subject)?;
        let call = header.list(field::CALLS).into_iter().next();
        Some(Parsed {
            id: header.text(field::ID)?.into_owned(),
            operation: header.text(field::OPERATION)?.into_owned(),
            right,
            method,
            resource,
            target: header
                .text(field::TARGET)
                .filter(|it| it.starts_with('/'))?
                .into_owned(),
            body: &message.body,
            epoch: header.text(field::EPOCH),
            call: call.map(|call| (call, header.number(field::GENERATION).unwrap_or(0))),
            worker: header.text(field::WORKER).map(Cow::into_owned),
            binds: header.list(field::BINDS),
        })
    }
}

/// Returns a refusal, with the current epoch.
pub(crate) fn refuse(reason: &str, epoch: Option<&str>) -> Reply {
    let mut header = HeaderWriter::new().plain(field::ERROR, reason);
    if let Some(epoch) = epoch {
        header = header.text(field::EPOCH, epoch);
    }
    Reply {
        header: header.finish(),
        body: Bytes::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::gateway::journal::Journal;
    use crate::gateway::reading::RingLimits;

    const EPOCH: &str = "1-e";

    /// Returns the state of two calls: `first` with the channel `1`, the bridge `b` and the playback `p`,
    /// `second` with the channel `2`, the playback `q` and the recording `r`.
    fn state(now: Instant) -> State {
        let age = Duration::from_secs(60);
        let ring = RingLimits { age, bytes: 1000 };
        let mut state = State::new("s".into(), "app".into(), ring, Journal::default());
        state.begin_reading(EPOCH.into(), 1, now);
        for (call, objects) in [("first", "channel:1 bridge:b"), ("second", "channel:2")] {
            state.create_call(call, &format!("worker-of-{call}"), now);
            let objects: Vec<_> = objects.split(' ').map(str::to_owned).collect();
            state.bind(call, &objects);
        }
        for (media, target) in [
            ("playback:p", "b"),
            ("playback:q", "2"),
            ("recording:r", "2"),
        ] {
            state.bind_media(media, target);
        }
        state
    }

    /// Returns a request of the worker of the call `first`.
    fn request(method: &str, target: &str, body: &str, binds: &[&str]) -> Message {
        let resource = target.split(['/', '?']).nth(1).unwrap_or_default();
        let header = HeaderWriter::new()
            .text(field::ID, target)
            .text(field::OPERATION, "x.y")
            .text(field::TARGET, target)
            .text(field::EPOCH, EPOCH)
            .list(field::CALLS, &["first"])
            .plain(field::GENERATION, 1)
            .text(field::WORKER, "worker-of-first");
        Message {
            subject: subject::request(("s", "app", EPOCH), Right::Own, resource, method),
            reply: None,
            header: header.list(field::BINDS, binds).finish(),
            body: Bytes::from(body.to_owned()),
        }
    }

    #[tokio::test]
    async fn worker_acts_on_its_own_objects() {
        let now = Instant::now();
        for (method, target, body, binds, is_permitted) in [
            ("POST", "/channels/1/answer", "", "", true),
            ("POST", "/channels/2/answer", "", "", false),
            ("POST", "/channels/unknown/answer", "", "", false),
            ("GET", "/channels/2", "", "", true),
            ("POST", "/bridges/b/addChannel?channel=1", "", "", true),
            ("POST", "/bridges/b/addChannel?channel=1,2", "", "", false),
            (
                "POST",
                "/bridges/b/addChannel",
                r#"{"channel":"2"}"#,
                "",
                false,
            ),
            ("POST", "/bridges/b/videoSource/2", "", "", false),
            ("POST", "/channels/1/dial?caller=2", "", "", false),
            (
                "POST",
                "/channels?endpoint=x&channelId=3&originator=1",
                "",
                "channel:3",
                true,
            ),
            (
                "POST",
                "/channels?endpoint=x&channelId=3&originator=2",
                "",
                "channel:3",
                false,
            ),
            // An id that another call has, and one that the request does not create.
            (
                "POST",
                "/channels?endpoint=x&channelId=2",
                "",
                "channel:2",
                false,
            ),
            (
                "POST",
                "/channels?endpoint=x&channelId=3",
                "",
                "channel:4",
                false,
            ),
            ("DELETE", "/channels/4", "", "channel:4", false),
            ("DELETE", "/playbacks/p", "", "", true),
            ("DELETE", "/playbacks/q", "", "", false),
            (
                "POST",
                "/playbacks/q/control?operation=pause",
                "",
                "",
                false,
            ),
            ("GET", "/playbacks/q", "", "", true),
            ("POST", "/recordings/live/r/stop", "", "", false),
            ("DELETE", "/recordings/live/r/mute", "", "", false),
            // Asterisk knows if it exists.
            ("DELETE", "/playbacks/ended", "", "", true),
            ("POST", "/recordings/live/ended/stop", "", "", true),
            // The channel `2` is not the recording `2`.
            ("POST", "/recordings/live/2/stop", "", "", true),
            (
                "POST",
                "/channels/1/play?media=x&playbackId=n",
                "",
                "playback:n",
                true,
            ),
            (
                "POST",
                "/channels/1/play/q?media=x",
                "",
                "playback:q",
                false,
            ),
            (
                "POST",
                "/channels/1/play?media=x&playbackId=n",
                "",
                "playback:m",
                false,
            ),
            (
                "POST",
                "/channels/2/play?media=x&playbackId=n",
                "",
                "playback:n",
                false,
            ),
            // Asterisk knows if the name is free.
            (
                "POST",
                "/channels/1/record?format=wav&name=r",
                "",
                "recording:r",
                true,
            ),
        ] {
            let mut state = state(now);
            let binds: &[&str] = if binds.is_empty() { &[] } else { &[binds] };
            let message = request(method, target, body, binds);
            let admission = state.admit(&message, now);
            let is_executed = matches!(admission, Admission::Execute(_));
            assert_eq!(
                is_executed, is_permitted,
                "{method} {target}: {admission:?}"
            );
        }
    }

    fn refused() -> Reply {
        refuse(refusal::NOT_SENT, None)
    }

    fn admit(state: &mut State, target: &str, binds: &[&str], now: Instant) -> Admitted {
        match state.admit(&request("POST", target, "", binds), now) {
            Admission::Execute(admitted) => admitted,
            refused => panic!("{target}: {refused:?}"),
        }
    }

    /// Returns the call of each playback and recording, as the table and the calls have them.
    fn media(state: &State) -> Vec<(String, String)> {
        let calls = state.calls.iter();
        let mut of_calls: Vec<_> = calls
            .flat_map(|(id, call)| call.media.iter().map(|media| (media.clone(), id.clone())))
            .collect();
        of_calls.sort();
        let mut known: Vec<_> = state.media.clone().into_iter().collect();
        known.sort();
        assert_eq!(known, of_calls);
        known
    }

    fn has(state: &State, object: &str, call: &str) -> bool {
        media(state).contains(&(object.to_owned(), call.to_owned()))
    }

    #[tokio::test]
    async fn playbacks_and_recordings_belong_to_the_call_until_they_end() {
        let now = Instant::now();
        let mut state = state(now);
        let recording = |kind: &str, name: &str, target: &str| {
            format!(r#"{{"type":"{kind}","recording":{{"name":"{name}"{target}}}}}"#)
        };
        let playback = |kind: &str, id: &str, target: &str| {
            format!(r#"{{"type":"{kind}","playback":{{"id":"{id}","target_uri":"{target}"}}}}"#)
        };
        let target = r#","target_uri":"channel:1""#;

        // From the request on.
        let play = "/bridges/b/play?media=x&playbackId=n";
        admit(&mut state, play, &["playback:n"], now);
        assert!(has(&state, "playback:n", "first"));
        // One that is not created.
        let admitted = admit(
            &mut state,
            "/channels/1/play/o?media=x",
            &["playback:o"],
            now,
        );
        assert!(has(&state, "playback:o", "first"));
        state.finish(&admitted, Some(404), &refused(), now);
        assert!(!has(&state, "playback:o", "first"));
        // A name that another call uses stays that call's.
        let record = "/channels/1/record?format=wav&name=r";
        let admitted = admit(&mut state, record, &["recording:r"], now);
        state.finish(&admitted, Some(400), &refused(), now);
        assert!(has(&state, "recording:r", "second"));

        // Events go to the owner of the channel or bridge, and teach what began without a request of a
        // worker.
        let read = |state: &mut State, text: &str| {
            let actions = state.on_event(text, now);
            let published = actions.into_iter().map(|action| match action {
                Action::Publish(event) => event.subject.split('.').nth(5).map(str::to_owned),
                action => panic!("{action:?}"),
            });
            published.flatten().collect::<Vec<_>>()
        };
        let started = playback("PlaybackStarted", "n", "bridge:b");
        assert_eq!(read(&mut state, &started), ["worker-of-first"]);
        let started = playback("PlaybackStarted", "other", "channel:2");
        assert_eq!(read(&mut state, &started), ["worker-of-second"]);
        assert!(has(&state, "playback:other", "second"));
        let finished = playback("PlaybackFinished", "other", "channel:2");
        assert_eq!(read(&mut state, &finished), ["worker-of-second"]);
        assert!(!has(&state, "playback:other", "second"));

        // A new recording with the same name.
        let started = recording("RecordingStarted", "r", target);
        assert_eq!(read(&mut state, &started), ["worker-of-first"]);
        assert!(has(&state, "recording:r", "first"));
        // Some releases do not name the channel.
        let failed = recording("RecordingFailed", "r", "");
        assert_eq!(read(&mut state, &failed), ["worker-of-first"]);
        assert!(!has(&state, "recording:r", "first"));
        assert_eq!(read(&mut state, &failed), ["-"]);

        // The end of the call, and of the epoch.
        let left = [
            ("playback:n", "first"),
            ("playback:p", "first"),
            ("playback:q", "second"),
        ];
        assert_eq!(
            media(&state),
            left.map(|(media, call)| (media.into(), call.into()))
        );
        read(&mut state, r#"{"type":"StasisEnd","channel":{"id":"2"}}"#);
        state.done("worker-of-second", "second", 1, now);
        assert_eq!(media(&state).len(), 2);
        state.end_reading(now);
        state.begin_reading("2-e".into(), 2, now);
        assert_eq!(media(&state), []);
    }

    #[tokio::test]
    async fn all_copies_of_a_request_have_one_outcome() {
        let now = Instant::now();
        // A request that was refused, and would be permitted by now.
        let mut refusing = state(now);
        let hangup = request("DELETE", "/channels/2", "", &[]);
        let Admission::Refuse(refusal) = refusing.admit(&hangup, now) else {
            panic!("executed");
        };
        refusing.bind("first", &["channel:2".to_owned()]);
        let copy = refusing.admit(&hangup, now);
        assert!(
            matches!(&copy, Admission::Repeat(reply) if *reply == refusal),
            "{copy:?}"
        );

        // The ends of a request that was to be executed.
        let play = "/channels/1/play?media=x";
        let ends: [fn(&mut State, &Admitted, Instant); 4] = [
            |state, play, now| drop(state.finish(play, Some(201), &refused(), now)),
            |state, play, now| drop(state.finish(play, Some(404), &refused(), now)),
            |state, play, now| drop(state.finish(play, None, &refused(), now)),
            |state, play, now| drop(state.finish_unsent(play, &refused(), now)),
        ];
        for (number, end) in ends.into_iter().enumerate() {
            let mut state = state(now);
            let admitted = admit(&mut state, play, &[], now);
            end(&mut state, &admitted, now);
            let copy = state.admit(&request("POST", play, "", &[]), now);
            assert!(matches!(copy, Admission::Repeat(_)), "{number}: {copy:?}");
        }
    }

    #[tokio::test]
    async fn a_call_has_a_limited_number_of_playbacks() {
        let mut state = state(Instant::now());
        for number in 0..1000 {
            state.bind_media(&format!("playback:{number}"), "1");
        }
        assert_eq!(media(&state).len(), 256 + 2);
        assert!(has(&state, "playback:999", "first"));
        assert!(!has(&state, "playback:p", "first"));
    }
}
