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
mod naming;
mod output;
mod parallel;
mod prose;
mod release;
mod source;
pub mod spec;
mod timeline;

pub use descriptions::{Coverage, Descriptions};
pub use emit::crate_files::{CrateOptions, RuntimeSource};
pub use error::{Error, Place, Result};
pub use generator::{Bindings, Covered, Generator};
pub use output::Written;
pub use release::{Release, Selection, Version};
pub use source::{INDEX, LARGEST_FILE, Source};
