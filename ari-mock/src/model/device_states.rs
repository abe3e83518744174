//! The states of devices.

use crate::sorted_map::SortedMap;

/// The states of devices.
#[derive(Default)]
pub(crate) struct DeviceStates {
    /// The devices that ARI controls, with names that begin with `Stasis:`.
    pub(crate) controlled: SortedMap<String, String>,
    /// The states that a test has set.
    pub(crate) overrides: SortedMap<String, String>,
    /// The last published states of phones.
    pub(crate) published: SortedMap<String, String>,
}
