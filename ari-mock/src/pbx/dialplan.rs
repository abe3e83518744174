//! The dialplan: what the other end of a call does.

use std::collections::BTreeMap;
use std::time::Duration;

use super::Offer;

/// One step of an extension, named after the dialplan application that it stands for.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Step {
    /// Picks up. The next step follows after half a second, in which the real one waits for media.
    Answer,
    /// Waits.
    Wait(Duration),
    /// Rings.
    Ringing,
    /// Is busy, and hangs up.
    Busy,
    /// Sends back what it hears, keys included, until it is hung up.
    Echo,
    /// Sends a tone until it is hung up.
    Milliwatt,
    /// Presses keys.
    SendDtmf(String),
    /// Enters an application, with arguments.
    Stasis(String, Vec<String>),
    /// Offers the call to applications.
    StasisBroadcast(Offer),
    /// Hangs up.
    Hangup,
}

impl Step {
    /// The name of the dialplan application, and its arguments.
    pub(crate) fn application(&self) -> (&'static str, String) {
        match self {
            Step::Answer => ("Answer", String::new()),
            Step::Wait(time) => ("Wait", time.as_secs_f64().to_string()),
            Step::Ringing => ("Ringing", String::new()),
            Step::Busy => ("Busy", "1".to_owned()),
            Step::Echo => ("Echo", String::new()),
            Step::Milliwatt => ("Milliwatt", String::new()),
            Step::SendDtmf(keys) => ("SendDTMF", keys.clone()),
            Step::Stasis(app, args) => ("Stasis", application_data(app, args)),
            Step::StasisBroadcast(offer) => ("StasisBroadcast", offer.data()),
            Step::Hangup => ("Hangup", String::new()),
        }
    }
}

/// `hello,first,second`
pub(crate) fn application_data(app: &str, args: &[String]) -> String {
    let parts = std::iter::once(app).chain(args.iter().map(String::as_str));
    parts.collect::<Vec<_>>().join(",")
}

/// Extensions by context and name.
#[derive(Clone, Debug)]
pub(crate) struct Dialplan(BTreeMap<(String, String), Vec<Step>>);

impl Dialplan {
    /// The context `testari`: `1` answers and stays silent, `echo`, `tone`, `dtmf`, `brief`
    /// (answers and hangs up), `ring` (never answers), `busy`, and `stasis` (enters `hello`).
    pub(crate) fn testari() -> Self {
        let hour = || Step::Wait(Duration::from_secs(3600));
        let half = || Step::Wait(Duration::from_millis(500));
        let keys = Step::SendDtmf("12#".into());
        let stasis = Step::Stasis("hello".into(), vec!["first".into(), "second".into()]);
        let mut dialplan = Dialplan(BTreeMap::new());
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

    pub(crate) fn has(&self, context: &str, extension: &str) -> bool {
        self.step(context, extension, 1).is_some()
    }

    /// Priorities count from 1.
    pub(crate) fn step(&self, context: &str, extension: &str, priority: i64) -> Option<&Step> {
        let steps = self.0.get(&(context.to_owned(), extension.to_owned()))?;
        steps.get(usize::try_from(priority - 1).ok()?)
    }
}
