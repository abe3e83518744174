//! Configuration objects of endpoints.

use std::collections::BTreeMap;

/// An object, as the values that differ from the defaults.
#[derive(Clone, Debug, Default)]
pub(crate) struct ConfigObject {
    pub(crate) values: BTreeMap<String, String>,
    /// True if the object is defined by a file, so that no request can change it.
    pub(crate) is_read_only: bool,
}

/// Objects by type and name.
pub(crate) type ConfigObjects = BTreeMap<(String, String), ConfigObject>;
