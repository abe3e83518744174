//! Identifiers from planned names.

use proc_macro2::{Ident, Span};
use quote::format_ident;

/// Returns an identifier, raw if the name begins with `r#`.
pub(super) fn ident(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => format_ident!("{name}"),
    }
}
