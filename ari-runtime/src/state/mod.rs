//! The state of a session that is compared with the server's, without I/O.

pub(crate) mod application_names;
pub(crate) mod diff;
pub(crate) mod inventory;
pub(crate) mod listed_object;
pub(crate) mod sources;
pub(crate) mod subscriptions;
