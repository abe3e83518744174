// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The model `BuildInfo`.

use crate::runtime;

/// Place, time and author of the compilation of the running Asterisk. For display only: packagers
/// fill these fields as they like.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BuildInfo {
    /// Operating system of the build host, such as `Linux`.
    pub os: String,
    /// Kernel release of the build host, which need not be that of the running host.
    pub kernel: String,
    /// Compile-time options that differ from the defaults, comma-separated; empty when there are
    /// none.
    pub options: String,
    /// Processor architecture, such as `x86_64` or `aarch64`.
    pub machine: String,
    /// Date and time of the build, as free text, not in the format of event timestamps.
    pub date: String,
    /// Account that ran the build.
    pub user: String,
}

runtime::model!(
    BuildInfo = named("BuildInfo"),
    os = required("os"),
    kernel = required("kernel"),
    options = required("options"),
    machine = required("machine"),
    date = required("date"),
    user = required("user"),
);

/// The model as data.
pub(crate) const INFO: runtime::ModelInfo = runtime::ModelInfo {
    name: "BuildInfo",
    fields: &[
        ("os", "string"),
        ("kernel", "string"),
        ("options", "string"),
        ("machine", "string"),
        ("date", "string"),
        ("user", "string"),
    ],
};
