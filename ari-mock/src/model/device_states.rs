//! The states of devices.

use crate::sorted_map::SortedMap;

/// The names of the states. The first is that of a device that nobody knows.
pub(crate) const DEVICE_STATES: [&str; 9] = [
    "UNKNOWN",
    "NOT_INUSE",
    "INUSE",
    "BUSY",
    "INVALID",
    "UNAVAILABLE",
    "RINGING",
    "RINGINUSE",
    "ONHOLD",
];

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
