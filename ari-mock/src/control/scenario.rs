//! Scenarios: actions that happen by themselves, at times of the server's clock.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Map, Value};

use super::values::{MAX_SECONDS, whole_number};
use super::{ACTIONS, Action, ControlError, Effect, find_action};
use crate::model::{Round, Settings};
use crate::pbx::PbxState;

/// The interval of checks whether the application of a scenario is connected.
const APPLICATION_INTERVAL: Duration = Duration::from_millis(50);
/// The shortest interval of rounds, in seconds.
const MIN_INTERVAL: f64 = 0.001;
const MAX_PROBLEMS: usize = 1000;

/// Actions that happen by themselves at times of the server's clock, for
/// [`Asterisk::play`](crate::Asterisk::play).
///
/// ```
/// use ari_mock::control::Scenario;
/// use serde_json::json;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let scenario = Scenario::from_json(json!({
///     "application": "hello",
///     "steps": [
///         {"action": "call", "endpoint": "PJSIP/alice", "application": "hello", "id": "alice"},
///         {"at": 1.5, "action": "press", "channel": "alice", "keys": "1"},
///         {"at": 3, "action": "hangup", "channel": "alice"},
///     ],
/// }))?;
/// # drop(scenario);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The application whose connection begins the scenario.
    application: Option<String>,
    steps: Vec<Step>,
    loops: Vec<Loop>,
}

#[derive(Clone, Debug)]
struct Step {
    at: Duration,
    /// The place in the file, such as `steps[3]`.
    place: String,
    action: &'static Action,
    fields: Map<String, Value>,
    /// True if nothing is reported when the channel has ended.
    if_exists: bool,
}

#[derive(Clone, Debug)]
struct Loop {
    number: usize,
    at: Duration,
    every: Duration,
    /// The number of rounds; `None` for no end.
    times: Option<u64>,
    at_once: Option<usize>,
    steps: Arc<[Step]>,
}

/// The error for an invalid scenario, with the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioError {
    place: String,
    message: String,
}

impl fmt::Display for ScenarioError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &*self.place {
            "" => f.write_str(&self.message),
            place => write!(f, "{place}: {}", self.message),
        }
    }
}

impl std::error::Error for ScenarioError {}

/// A function that aborts connections.
pub(crate) type ApplyEffect = Arc<dyn Fn(Effect) + Send + Sync>;

fn error(place: &str, message: impl Into<String>) -> ScenarioError {
    ScenarioError {
        place: place.to_owned(),
        message: message.into(),
    }
}

/// The members of an object that are taken one by one, so that unknown ones are left over.
struct Members {
    place: String,
    left: Map<String, Value>,
}

impl Members {
    fn new(place: &str, value: Value) -> Result<Self, ScenarioError> {
        match value {
            Value::Object(left) => Ok(Members {
                place: place.to_owned(),
                left,
            }),
            other => Err(error(place, format!("is {other}, but must be an object"))),
        }
    }

    fn path(&self, name: &str) -> String {
        match &*self.place {
            "" => name.to_owned(),
            place => format!("{place}.{name}"),
        }
    }

    fn take<T>(
        &mut self,
        name: &str,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Result<Option<T>, ScenarioError> {
        let Some(value) = self.left.remove(name) else {
            return Ok(None);
        };
        match read(&value) {
            Some(found) => Ok(Some(found)),
            None => Err(error(
                &self.path(name),
                format!("is {value}, but must be {expected}"),
            )),
        }
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, ScenarioError> {
        let read = |value: &Value| {
            value
                .as_str()
                .filter(|text| !text.is_empty())
                .map(str::to_owned)
        };
        self.take(name, "a string that is not empty", read)
    }

    fn seconds(&mut self, name: &str, min: f64) -> Result<Option<Duration>, ScenarioError> {
        let read = |value: &Value| {
            let seconds = value
                .as_f64()
                .filter(|seconds| (min..=f64::from(MAX_SECONDS)).contains(seconds));
            seconds.map(Duration::from_secs_f64)
        };
        let expected = format!("a number of seconds from {min} to {MAX_SECONDS}");
        self.take(name, &expected, read)
    }

    fn count(&mut self, name: &str) -> Result<Option<u64>, ScenarioError> {
        let read = |value: &Value| {
            let count = whole_number(value).and_then(|count| u64::try_from(count).ok());
            count.filter(|count| *count > 0)
        };
        self.take(name, "a whole number of at least 1", read)
    }

    fn list(&mut self, name: &str) -> Result<Vec<Value>, ScenarioError> {
        let list = self.take(name, "a list", |value| value.as_array().cloned())?;
        Ok(list.unwrap_or_default())
    }

    fn flag(&mut self, name: &str) -> Result<bool, ScenarioError> {
        Ok(self
            .take(name, "true or false", Value::as_bool)?
            .unwrap_or_default())
    }

    /// Rejects members that were not taken.
    fn finish(self, known: &str) -> Result<(), ScenarioError> {
        match self.left.keys().next() {
            Some(name) => Err(error(
                &self.path(name),
                format!("is unknown; known are: {known}"),
            )),
            None => Ok(()),
        }
    }
}

impl Scenario {
    /// Reads a scenario.
    ///
    /// # Errors
    ///
    /// Returns the first problem with its place, such as `steps[3].keys`, if an action, a field or a
    /// value is unknown, missing or invalid.
    pub fn from_json(value: Value) -> Result<Self, ScenarioError> {
        let mut members = Members::new("", value)?;
        let application = members.text("application")?;
        let steps = members.list("steps")?;
        let loops = members.list("loops")?;
        members.finish("application, steps, loops")?;
        if steps.is_empty() && loops.is_empty() {
            return Err(error("", "the scenario has no steps and no loops: add one"));
        }
        let loops = loops.into_iter().enumerate();
        Ok(Scenario {
            application,
            steps: read_steps("steps", steps)?,
            loops: loops
                .map(|(number, value)| read_loop(number, value))
                .collect::<Result<_, _>>()?,
        })
    }

    /// Checks the steps for a server: its extensions and its operations.
    pub(crate) fn check(&self, settings: &Settings) -> Result<(), ScenarioError> {
        let rounds = self.loops.iter().flat_map(|each| each.steps.iter());
        let mut steps = self.steps.iter().chain(rounds);
        steps.try_for_each(|step| step.check(Some(settings)))
    }
}

fn read_steps(place: &str, values: Vec<Value>) -> Result<Vec<Step>, ScenarioError> {
    let values = values.into_iter().enumerate();
    values
        .map(|(number, value)| read_step(format!("{place}[{number}]"), value))
        .collect()
}

fn read_step(place: String, value: Value) -> Result<Step, ScenarioError> {
    let mut members = Members::new(&place, value)?;
    let at = members.seconds("at", 0.0)?.unwrap_or_default();
    let if_exists = members.flag("if_exists")?;
    let path = members.path("action");
    let steps = ACTIONS.iter().filter(|action| action.is_step);
    let names = || {
        steps
            .clone()
            .map(|action| action.name)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let name = members.text("action")?;
    let name = name.ok_or_else(|| error(&path, format!("is missing; actions: {}", names())))?;
    let action = find_action(&name).filter(|action| action.is_step);
    let action = action.ok_or_else(|| {
        error(
            &path,
            format!("{name:?} is no action of a step; actions: {}", names()),
        )
    })?;
    let step = Step {
        at,
        place: place.clone(),
        action,
        fields: members.left,
        if_exists,
    };
    step.check(None)?;
    Ok(step)
}

impl Step {
    /// Checks the fields: for any server, or also for the settings of one.
    fn check(&self, settings: Option<&Settings>) -> Result<(), ScenarioError> {
        // The number of the round is replaced before the fields are checked.
        let checked = self.action.values(settings, numbered(&self.fields, 1));
        checked.map(drop).map_err(|problem| {
            let field = problem.field.map(|field| format!(".{field}"));
            let place = format!("{}{}", self.place, field.unwrap_or_default());
            error(&place, problem.message)
        })
    }
}

fn read_loop(number: usize, value: Value) -> Result<Loop, ScenarioError> {
    let place = format!("loops[{number}]");
    let mut members = Members::new(&place, value)?;
    let at = members.seconds("at", 0.0)?.unwrap_or_default();
    let every = members.seconds("every", MIN_INTERVAL)?;
    let every = every.ok_or_else(|| {
        error(
            &members.path("every"),
            "is missing: the seconds between the beginnings of two rounds",
        )
    })?;
    let times = members.count("times")?;
    let at_once = members.count("at_once")?;
    let steps = members.list("steps")?;
    let path = members.path("steps");
    members.finish("at, every, times, at_once, steps")?;
    if steps.is_empty() {
        return Err(error(
            &path,
            "is missing or empty: add the steps of a round",
        ));
    }
    Ok(Loop {
        number,
        at,
        every,
        times,
        at_once: at_once.map(|count| usize::try_from(count).unwrap_or(usize::MAX)),
        steps: read_steps(&path, steps)?.into(),
    })
}

/// Returns the fields with the number of the round instead of `{n}`.
fn numbered(fields: &Map<String, Value>, round: u64) -> Map<String, Value> {
    fn replace(value: &Value, round: &str) -> Value {
        match value {
            Value::String(text) => text.replace("{n}", round).into(),
            Value::Array(items) => items.iter().map(|item| replace(item, round)).collect(),
            other => other.clone(),
        }
    }
    let round = round.to_string();
    let fields = fields.iter();
    fields
        .map(|(name, value)| (name.clone(), replace(value, &round)))
        .collect()
}

/// Begins a scenario, now or once its application is connected.
pub(crate) fn start(pbx: &mut PbxState, scenario: Arc<Scenario>, apply: ApplyEffect) {
    let is_ready = match &scenario.application {
        Some(app) => pbx.apps.get(app).is_some_and(|app| app.is_registered()),
        None => true,
    };
    if !is_ready {
        pbx.run_script_after(APPLICATION_INTERVAL, move |pbx| start(pbx, scenario, apply));
        return;
    }
    for step in &scenario.steps {
        let (step, apply) = (step.clone(), apply.clone());
        pbx.run_script_after(step.at, move |pbx| {
            run(pbx, &step, None, &apply);
        });
    }
    for each in &scenario.loops {
        let (each, apply) = (each.clone(), apply.clone());
        pbx.run_script_after(each.at, move |pbx| begin_round(pbx, each, 1, apply));
    }
}

/// Begins a round of a loop, unless too many go on, and schedules the next attempt.
fn begin_round(pbx: &mut PbxState, each: Loop, mut number: u64, apply: ApplyEffect) {
    let channels = &pbx.channels;
    pbx.scenario.rounds.retain(|_, round| {
        round.steps_left > 0 || round.channels.iter().any(|id| channels.contains_key(id))
    });
    let active = pbx
        .scenario
        .rounds
        .keys()
        .filter(|(own, _)| *own == each.number);
    if each.at_once.is_none_or(|limit| active.count() < limit) {
        let key = (each.number, number);
        let round = Round {
            steps_left: each.steps.len(),
            channels: Vec::new(),
        };
        pbx.scenario.rounds.insert(key, round);
        for index in 0..each.steps.len() {
            let (steps, apply) = (each.steps.clone(), apply.clone());
            let at = each
                .steps
                .get(index)
                .map(|step| step.at)
                .unwrap_or_default();
            pbx.run_script_after(at, move |pbx| {
                if let Some(step) = steps.get(index) {
                    run(pbx, step, Some(key), &apply);
                }
            });
        }
        number += 1;
    }
    if each.times.is_none_or(|times| number <= times) {
        pbx.run_script_after(each.every, move |pbx| begin_round(pbx, each, number, apply));
    }
}

/// Runs a step, and records its problem.
fn run(pbx: &mut PbxState, step: &Step, round: Option<(usize, u64)>, apply: &ApplyEffect) {
    let number = round.map_or(0, |(_, number)| number);
    let fields = match round {
        Some(_) => numbered(&step.fields, number),
        None => step.fields.clone(),
    };
    let values = step.action.values(Some(&pbx.settings), fields);
    let result = values.and_then(|values| (step.action.run)(pbx, &values));
    let state = round.and_then(|key| pbx.scenario.rounds.get_mut(&key));
    match result {
        Ok(outcome) => {
            if let Some(state) = state {
                state.steps_left = state.steps_left.saturating_sub(1);
                state.channels.extend(outcome.channel);
            }
            apply(outcome.effect);
        }
        Err(problem) => {
            if let Some(state) = state {
                state.steps_left = state.steps_left.saturating_sub(1);
            }
            record(pbx, step, round.map(|_| number), &problem);
        }
    }
}

fn record(pbx: &mut PbxState, step: &Step, round: Option<u64>, problem: &ControlError) {
    let is_expected = step.if_exists && problem.status == 404;
    if is_expected || pbx.scenario.problems.len() >= MAX_PROBLEMS {
        return;
    }
    let round = round
        .map(|number| format!(" in round {number}"))
        .unwrap_or_default();
    let text = format!(
        "{} ({}){round}: {}",
        step.place, step.action.name, problem.message
    );
    pbx.scenario.problems.push(text);
}
