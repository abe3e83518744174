//! Reconciliation with the server after gaps and refusals: what is asked, and what follows from it.

pub(crate) mod control;
pub(crate) mod create;
pub(crate) mod reconciler;
pub(crate) mod work_queue;
