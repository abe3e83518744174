//! Configuration objects of endpoints.

use crate::sorted_map::SortedMap;

/// An object, as the values that differ from the defaults.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConfigObject {
    pub(crate) values: SortedMap<String, String>,
    /// True if the object is defined by a file, so that no request can change it.
    pub(crate) is_read_only: bool,
}

/// Objects by type and name.
pub(crate) type ConfigObjects = SortedMap<(String, String), ConfigObject>;
