//! Options that choose among events, and how they are printed.

use ari_api::Event;
use clap::Args;

use crate::seen::Seen;

/// Which events are printed, and how.
#[derive(Args, Clone, Debug, Default)]
pub(crate) struct Filter {
    /// Show only events of this type, such as StasisStart; may be given again.
    #[arg(long = "type", value_name = "TYPE", value_parser = Event::KINDS.to_vec(), ignore_case = true, hide_possible_values = true)]
    types: Vec<String>,
    /// Print the messages as they arrive, and nothing else.
    #[arg(long, conflicts_with = "fields")]
    pub(crate) raw: bool,
}

impl Filter {
    pub(crate) fn wants(&self, seen: &Seen) -> bool {
        matches!(seen, Seen::Connection(_))
            || self.types.is_empty()
            || self
                .types
                .iter()
                .any(|kind| kind.eq_ignore_ascii_case(seen.kind()))
    }
}
