//! Options that choose among events, and how they are printed.

use ari_api::Event;
use clap::Args;
use clap::builder::{PossibleValue, TypedValueParser};

use crate::failure::complain;
use crate::seen::Seen;

/// Which events are printed, and how.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Show only events of this type, such as StasisStart; may be given again.
    #[arg(long = "type", value_name = "TYPE", value_parser = EventType, hide_possible_values = true)]
    types: Vec<String>,
    /// Print the messages as they arrive, and nothing else.
    #[arg(long, conflicts_with = "fields")]
    pub(crate) raw: bool,
}

impl Filter {
    /// Warns of types that no release is known to have; a newer Asterisk may have further ones.
    pub(crate) fn warn_of_unknown_types(&self) {
        for kind in &self.types {
            if !Event::KINDS.contains(&kind.as_str()) {
                complain(format!(
                    "no event is called {kind:?} in the releases that this command knows; it \
                     waits for it all the same"
                ));
            }
        }
    }

    pub(crate) fn wants(&self, seen: &Seen) -> bool {
        matches!(seen, Seen::Connection(_))
            || self.types.is_empty()
            || self.types.iter().any(|kind| kind == seen.kind())
    }
}

/// The type of an event, in letters of either case.
#[derive(Clone)]
struct EventType;

impl TypedValueParser for EventType {
    type Value = String;

    fn parse_ref(
        &self,
        _: &clap::Command,
        _: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, clap::Error> {
        let given = value.to_string_lossy().into_owned();
        let mut known = Event::KINDS.iter();
        let known = known.find(|kind| kind.eq_ignore_ascii_case(&given));
        Ok(known.map_or(given, |kind| (*kind).to_owned()))
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(Event::KINDS.iter().map(PossibleValue::new)))
    }
}
