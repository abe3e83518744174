//! What a scenario is.

use super::probe::Probe;

/// What is done at a server, fake or real.
pub(crate) type Run = for<'a> fn(&'a mut Probe) -> std::pin::Pin<Box<dyn Future<Output = ()> + 'a>>;

/// Something that applications do, and that fake and real servers have to answer alike.
#[derive(Clone, Copy)]
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) run: Run,
    /// Why a real server does it in one of several ways. What has no reason has to be the same at
    /// the second try, and gets a reason once it was seen to come out in two ways.
    pub(crate) racing: Option<&'static str>,
}

impl Scenario {
    pub(crate) const fn new(name: &'static str, run: Run) -> Self {
        Scenario {
            name,
            run,
            racing: None,
        }
    }

    /// It may be tried again and again, for this reason.
    pub(crate) const fn racing(self, why: &'static str) -> Self {
        Scenario {
            racing: Some(why),
            ..self
        }
    }
}

/// The steps of a scenario, for whatever server the probe is at.
macro_rules! scenario {
    ($probe:ident, $body:block) => {{
        async fn run($probe: &mut $crate::honest::probe::Probe) $body
        |probe| Box::pin(run(probe))
    }};
}

pub(crate) use scenario;
