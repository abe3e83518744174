//! The states of devices.

use std::collections::BTreeMap;

/// The states of devices.
#[derive(Default)]
pub(crate) struct DeviceStates {
    /// The devices that ARI controls, with names that begin with `Stasis:`.
    pub(crate) controlled: BTreeMap<String, String>,
    /// The states that a test has set.
    pub(crate) overrides: BTreeMap<String, String>,
    /// The last published states of phones.
    pub(crate) published: BTreeMap<String, String>,
}
