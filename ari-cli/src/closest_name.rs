//! Suggestions for misspelt names.

use std::ffi::OsStr;

use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::error::{ContextKind, ContextValue};
use clap::{Arg, Command};

/// Returns the known name that is most similar to this one.
pub(crate) fn closest_name(name: &str, known: impl Iterator<Item = String>) -> Option<String> {
    let known = known.map(clap::builder::PossibleValue::new);
    let arg = Arg::new("type");
    let parsed = PossibleValuesParser::new(known).parse_ref(
        &Command::new("ari"),
        Some(&arg),
        OsStr::new(name),
    );
    let error = parsed.err()?;
    match error.get(ContextKind::SuggestedValue)? {
        ContextValue::String(near) => Some(near.clone()),
        _ => None,
    }
}
