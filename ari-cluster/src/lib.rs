#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

mod bus;
mod cluster;
mod drain;
mod error;
pub mod gateway;
mod history;
mod hooks;
mod login;
mod pick;
mod reader;
#[cfg(test)]
mod simulation;
#[cfg(any(test, feature = "testing"))]
#[cfg_attr(docsrs, doc(cfg(feature = "testing")))]
#[doc(hidden)]
pub mod testing;
mod transport;
mod watch;
mod wire;
mod worker;

pub use cluster::{Cluster, ClusterBuilder};
pub use error::ClusterError;
pub use history::PastEvent;
pub use pick::{Pick, ServerCard};
pub use watch::{Watch, WatchStream, WatchedEvent};
pub use worker::session::ClusterSession;
pub use worker::{Worker, WorkerBuilder};
