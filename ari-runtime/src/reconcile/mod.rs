//! Reconciliation of the known state with the server after gaps and refusals.

pub(crate) mod client_subscriptions;
pub(crate) mod control;
pub(crate) mod create;
pub(crate) mod orphaned_streams;
pub(crate) mod reconciler;
pub(crate) mod subscription_changes;
pub(crate) mod work_queue;
