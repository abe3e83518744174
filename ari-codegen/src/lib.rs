//! Asterisk's own resource specs in, typed Rust bindings for ARI out.
//!
//! Asterisk describes its REST Interface (ARI) in machine-readable specs that differ by release.
//! This crate reads them, mends their known bugs, merges any number of releases into one surface
//! with the availability of every item, and emits Rust source on top of the runtime of
//! [`ari-api`](https://docs.rs/ari-api).
//!
//! The data flows one way: [`source`](Source) → [`spec`] → [`fixups`] → [`api`] → tokens → files.
//!
//! # From a build script
//!
//! Bindings for exactly one Asterisk, its specs in the folder `specs/22`:
//!
//! ```no_run
//! # fn main() -> Result<(), ari_codegen::Error> {
//! use ari_codegen::{Generator, Source};
//!
//! let specs = Source::Folder("specs/22".into());
//! Generator::new().release("22", specs)?.generate()?.write_to_out_dir("ari.rs")
//! # }
//! ```
//!
//! and in the crate's `lib.rs` or `main.rs`, with `ari-api` as a dependency:
//!
//! ```text
//! pub use ari_api::runtime;
//! include!(concat!(env!("OUT_DIR"), "/ari.rs"));
//! ```
//!
//! [`Generator::bundled`] has the releases 12 to 24 without any folder.

pub mod api;
pub mod check;
mod descriptions;
pub mod diff;
mod emit;
mod error;
pub mod fixups;
mod generator;
pub mod import;
mod naming;
mod output;
mod prose;
mod release;
mod source;
pub mod spec;

pub use descriptions::{Coverage, Descriptions};
pub use emit::crate_files::{CrateOptions, RuntimeSource};
pub use error::{Error, Place, Result};
pub use generator::{Bindings, Covered, Generator};
pub use output::Written;
pub use release::{Release, Version};
pub use source::{INDEX, Source};
