//! The definition of a scenario.

use super::probe::Probe;

/// The steps of a scenario, for a fake or real server.
pub(crate) type ScenarioSteps =
    for<'a> fn(&'a mut Probe) -> std::pin::Pin<Box<dyn Future<Output = ()> + 'a>>;

/// A sequence of requests for which the fake and real servers must behave alike.
#[derive(Clone, Copy)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) run: ScenarioSteps,
    /// The reason why a real server has several possible results. A scenario without a reason must
    /// give the same result in the second attempt. It gets a reason once several results have been
    /// observed.
    pub(crate) varying_because: Option<&'static str>,
}

impl Scenario {
    pub(crate) const fn new(name: &'static str, run: ScenarioSteps) -> Self {
        Scenario {
            name,
            run,
            varying_because: None,
        }
    }

    /// Allows more attempts, for this reason.
    pub(crate) const fn varying(self, why: &'static str) -> Self {
        Scenario {
            varying_because: Some(why),
            ..self
        }
    }
}

/// Defines the steps of a scenario, for the server that the probe is connected to.
macro_rules! scenario {
    ($probe:ident, $body:block) => {{
        async fn run($probe: &mut $crate::conformance::probe::Probe) $body
        |probe| Box::pin(run(probe))
    }};
}

pub(crate) use scenario;
