#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

pub mod api;
pub mod check;
mod descriptions;
pub mod diff;
mod emit;
mod error;
pub mod fixups;
mod generator;
pub mod history;
pub mod import;
mod markdown;
mod naming;
mod output;
mod parallel;
mod release;
mod source;
pub mod spec;
mod timeline;

pub use descriptions::{Coverage, Descriptions};
pub use emit::crate_files::{CrateOptions, RuntimeSource};
pub use error::{Error, Place, Result};
pub use generator::{Bindings, Generator, ReleaseSummary};
pub use output::WriteSummary;
pub use release::{Release, Selection, Version};
pub use source::{INDEX, MAX_FILE_SIZE, Source};
