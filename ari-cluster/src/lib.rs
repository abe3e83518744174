#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

mod bus;
pub mod gateway;
mod reader;
#[cfg(test)]
mod simulation;
mod transport;
mod wire;
mod worker;

pub use worker::session::ClusterSession;
