#![cfg_attr(docsrs, feature(doc_cfg))]
#![doc = include_str!("../README.md")]

pub mod api;
mod bindings;
pub mod check;
mod crate_files;
mod descriptions;
pub mod diff;
mod emit;
mod error;
pub mod export;
pub mod fixups;
mod generator;
pub mod history;
pub mod import;
mod markdown;
mod naming;
mod output;
mod parallel;
mod release;
pub mod rust_names;
mod source;
pub mod spec;
mod spec_file;
mod timeline;

pub use bindings::{Bindings, ReleaseSummary};
pub use crate_files::{CrateOptions, RuntimeSource};
pub use descriptions::{Coverage, Descriptions};
pub use error::{Error, Place, Result};
pub use generator::Generator;
pub use output::WriteSummary;
pub use release::{Release, Selection, Version};
pub use source::Source;
pub use spec_file::{INDEX, MAX_FILE_SIZE};
