//! Steps as text, in the notation of `extensions.conf`.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use super::{CallBroadcast, Step};

/// The error for a text that is not a [`Step`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepError(String);

impl fmt::Display for StepError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for StepError {}

/// The accepted steps, for error messages.
const NOTATION: &str = "Answer(), Wait(SECONDS), Ringing(), Busy(), Forward(EXTENSION), Echo(), \
     Milliwatt(), Talk(SECONDS), Tone(HERTZ,SECONDS), SendDTMF(KEYS), Stasis(APPLICATION,ARGUMENT…), \
     StasisBroadcast(SECONDS,APPLICATION|…,ARGUMENT:…), Hangup()";

impl FromStr for Step {
    type Err = StepError;

    /// Parses a step in the notation of `extensions.conf`, such as `Answer()`, `Wait(0.5)` or
    /// `Stasis(hello,first,second)`. Parentheses may be omitted if they are empty, and the case of
    /// the name does not matter. Times are in seconds.
    ///
    /// # Errors
    ///
    /// Returns an error with the accepted steps if the name or an argument is invalid.
    fn from_str(text: &str) -> Result<Self, StepError> {
        let text = text.trim();
        let (name, arguments) = match text.split_once('(') {
            None => (text, ""),
            Some((name, rest)) => {
                let arguments = rest.strip_suffix(')').ok_or_else(|| {
                    StepError(format!("{text:?} has no closing parenthesis at its end"))
                })?;
                (name.trim(), arguments)
            }
        };
        let problem = |what: &str| StepError(format!("{what} in {text:?}; steps: {NOTATION}"));
        let seconds = |given: &str| {
            parse_seconds(given).ok_or_else(|| problem(&format!("invalid time {given:?}")))
        };
        let required = |what: &str| match arguments.trim() {
            "" => Err(problem(&format!("missing {what}"))),
            given => Ok(given.to_owned()),
        };
        let step = match &*name.to_ascii_lowercase() {
            "answer" => Step::Answer,
            "wait" => return Ok(Step::Wait(seconds(&required("time")?)?)),
            "ringing" => Step::Ringing,
            "busy" => Step::Busy,
            "forward" => return Ok(Step::Forward(required("extension")?)),
            "echo" => Step::Echo,
            "milliwatt" => Step::Milliwatt,
            "talk" => return Ok(Step::Talk(seconds(&required("time")?)?)),
            "tone" => {
                let given = required("frequency and time")?;
                let (frequency, time) = given.split_once(',').unwrap_or((&given, ""));
                let frequency = frequency.trim().parse();
                let frequency = frequency.map_err(|_| problem("invalid frequency"))?;
                return Ok(Step::Tone(frequency, seconds(time)?));
            }
            "senddtmf" => return Ok(Step::SendDtmf(required("keys")?)),
            "stasis" => {
                let given = required("application")?;
                let mut parts = given.split(',').map(|part| part.trim().to_owned());
                let app = parts.next().unwrap_or_default();
                return Ok(Step::Stasis(app, parts.collect()));
            }
            "stasisbroadcast" => {
                let given = required("time")?;
                let mut parts = given.split(',').map(str::trim);
                let mut next = || parts.next().unwrap_or_default();
                let list = |text: &str, separator| -> Vec<String> {
                    let items = text.split(separator).filter(|item: &&str| !item.is_empty());
                    items.map(str::to_owned).collect()
                };
                let broadcast = CallBroadcast::new(seconds(next())?);
                let broadcast = broadcast.to_applications(list(next(), '|'));
                return Ok(Step::StasisBroadcast(broadcast.args(list(next(), ':'))));
            }
            "hangup" => Step::Hangup,
            _ => return Err(problem("unknown step")),
        };
        match arguments.trim() {
            "" => Ok(step),
            given => Err(problem(&format!("unexpected argument {given:?}"))),
        }
    }
}

/// Parses a number of seconds that is not negative, of at most ten years.
fn parse_seconds(text: &str) -> Option<Duration> {
    const TEN_YEARS: f64 = 10.0 * 366.0 * 86_400.0;
    let seconds: f64 = text.trim().parse().ok()?;
    (0.0..=TEN_YEARS)
        .contains(&seconds)
        .then(|| Duration::from_secs_f64(seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_parsed() {
        let seconds = Duration::from_secs_f64;
        for (text, expected) in [
            ("Answer()", Step::Answer),
            (" answer ", Step::Answer),
            ("Wait(0.5)", Step::Wait(seconds(0.5))),
            ("Forward(201)", Step::Forward("201".into())),
            ("Talk(3)", Step::Talk(seconds(3.0))),
            ("Tone(1400, 0.5)", Step::Tone(1400, seconds(0.5))),
            ("SendDTMF(12#)", Step::SendDtmf("12#".into())),
            ("Stasis(hello)", Step::Stasis("hello".into(), vec![])),
            (
                "Stasis(hello,a, b)",
                Step::Stasis("hello".into(), vec!["a".into(), "b".into()]),
            ),
            (
                "StasisBroadcast(2,one|two,a:b)",
                Step::StasisBroadcast(
                    CallBroadcast::new(seconds(2.0))
                        .to_applications(["one", "two"])
                        .args(["a", "b"]),
                ),
            ),
            ("HANGUP()", Step::Hangup),
        ] {
            assert_eq!(text.parse(), Ok(expected), "{text}");
        }
    }

    #[test]
    fn invalid_steps_are_refused() {
        for (text, part) in [
            ("", "unknown step"),
            ("Dial(PJSIP/bob)", "unknown step"),
            ("Wait", "missing time"),
            ("Wait(soon)", "invalid time \"soon\""),
            ("Wait(-1)", "invalid time"),
            ("Wait(inf)", "invalid time"),
            ("Wait(1e300)", "invalid time"),
            ("Answer(now)", "unexpected argument \"now\""),
            ("Tone(high,1)", "invalid frequency"),
            ("Tone(440)", "invalid time"),
            ("Stasis()", "missing application"),
            ("Answer(", "closing parenthesis"),
        ] {
            let error = text.parse::<Step>().expect_err(text).to_string();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
