//! The dialplan, which defines the behaviour of the far end of a call.

use std::time::Duration;

use super::CallBroadcast;
use crate::sorted_map::SortedMap;

/// One step of an extension, named after the dialplan application that it represents.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Step {
    /// Answers. The next step follows after half a second, during which the real application waits
    /// for media.
    Answer,
    /// Waits.
    Wait(Duration),
    /// Rings.
    Ringing,
    /// Signals busy and hangs up.
    Busy,
    /// Forwards a call that was not answered to this extension of the context `testari` (302), as a
    /// phone with call forwarding does. Asterisk calls it if the call was originated. A channel that
    /// was created and then dialed ends. Has no effect in an extension.
    Forward(String),
    /// Sends back all audio and DTMF until the call is hung up.
    Echo,
    /// Sends a tone until the call is hung up.
    Milliwatt,
    /// Talks: plays a sound of this duration, which talk detection recognizes. Silence is sent in
    /// all other steps. The sound is not rendered: sessions receive silence.
    Talk(Duration),
    /// Sends a tone of this frequency in hertz for this duration, such as the beep of a machine. Talk
    /// detection recognizes it, and sessions receive it.
    Tone(u32, Duration),
    /// Sends DTMF.
    SendDtmf(String),
    /// Enters an application, with arguments.
    Stasis(String, Vec<String>),
    /// Broadcasts the call to applications, which can claim it.
    StasisBroadcast(CallBroadcast),
    /// Hangs up.
    Hangup,
}

impl Step {
    /// Returns the name of the dialplan application and its arguments.
    pub(crate) fn dialplan_application(&self) -> (&'static str, String) {
        match self {
            Step::Answer => ("Answer", String::new()),
            Step::Wait(time) => ("Wait", time.as_secs_f64().to_string()),
            Step::Ringing => ("Ringing", String::new()),
            Step::Busy => ("Busy", "1".to_owned()),
            Step::Forward(extension) => ("Transfer", extension.clone()),
            Step::Echo => ("Echo", String::new()),
            Step::Milliwatt => ("Milliwatt", String::new()),
            Step::Talk(_) => ("Playback", String::new()),
            Step::Tone(frequency, time) => {
                ("PlayTones", format!("{frequency}/{}", time.as_millis()))
            }
            Step::SendDtmf(keys) => ("SendDTMF", keys.clone()),
            Step::Stasis(app, args) => ("Stasis", stasis_data(app, args)),
            Step::StasisBroadcast(offer) => ("StasisBroadcast", offer.dialplan_data()),
            Step::Hangup => ("Hangup", String::new()),
        }
    }
}

/// Returns the data of the dialplan application `Stasis`, such as `hello,first,second`.
pub(crate) fn stasis_data(app: &str, args: &[String]) -> String {
    let parts = std::iter::once(app).chain(args.iter().map(String::as_str));
    parts.collect::<Vec<_>>().join(",")
}

/// Extensions by context and name.
#[derive(Clone, Debug)]
pub(crate) struct Dialplan(SortedMap<(String, String), Vec<Step>>);

impl Dialplan {
    /// Returns the context `testari`: `1` answers and stays silent, `echo`, `tone`, `dtmf`, `brief`
    /// (answers and hangs up), `ring` (never answers), `busy`, and `stasis` (enters `hello`).
    pub(crate) fn testari() -> Self {
        let hour = || Step::Wait(Duration::from_secs(3600));
        let half = || Step::Wait(Duration::from_millis(500));
        let keys = Step::SendDtmf("12#".into());
        let stasis = Step::Stasis("hello".into(), vec!["first".into(), "second".into()]);
        let mut dialplan = Dialplan(SortedMap::new());
        for (extension, steps) in [
            ("1", vec![Step::Answer, hour(), Step::Hangup]),
            ("echo", vec![Step::Answer, Step::Echo, Step::Hangup]),
            ("tone", vec![Step::Answer, Step::Milliwatt]),
            (
                "dtmf",
                vec![Step::Answer, half(), keys, hour(), Step::Hangup],
            ),
            ("brief", vec![Step::Answer, half(), Step::Hangup]),
            ("ring", vec![Step::Ringing, hour(), Step::Hangup]),
            ("busy", vec![Step::Busy]),
            ("stasis", vec![Step::Answer, stasis, Step::Hangup]),
        ] {
            dialplan.add("testari", extension, steps);
        }
        dialplan
    }

    pub(crate) fn add(&mut self, context: &str, extension: &str, steps: Vec<Step>) {
        let key = (context.to_owned(), extension.to_owned());
        self.0.insert(key, steps);
    }

    pub(crate) fn contains(&self, context: &str, extension: &str) -> bool {
        self.step(context, extension, 1).is_some()
    }

    /// Returns the names of the extensions of a context.
    #[cfg(feature = "control")]
    pub(crate) fn extensions(&self, context: &str) -> Vec<&str> {
        let keys = self.0.keys().filter(|(own, _)| own == context);
        keys.map(|(_, extension)| &**extension).collect()
    }

    /// Returns the names of the contexts, without those of endpoints.
    #[cfg(feature = "control")]
    pub(crate) fn contexts(&self) -> Vec<&str> {
        let names = self.0.keys().map(|(context, _)| &**context);
        let mut names: Vec<_> = names.filter(|name| !name.contains('/')).collect();
        names.dedup();
        names
    }

    /// Returns a step. Priorities start at 1.
    pub(crate) fn step(&self, context: &str, extension: &str, priority: i64) -> Option<&Step> {
        let steps = self.0.get(&(context.to_owned(), extension.to_owned()))?;
        steps.get(usize::try_from(priority - 1).ok()?)
    }
}
