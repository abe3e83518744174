//! Reconciliation of the known state with the server after gaps and refusals.

pub(crate) mod client_subscriptions;
pub(crate) mod control;
pub(crate) mod create;
mod desired_subscriptions;
mod existing_objects;
pub(crate) mod orphaned_streams;
pub(crate) mod reconciler;
mod registration;
pub(crate) mod resync;
pub(crate) mod subscription_changes;
pub(crate) mod work_queue;
