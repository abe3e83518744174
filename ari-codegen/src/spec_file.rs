//! Names and sizes of the files of specs.

/// The index that names all the other files.
pub const INDEX: &str = "resources";

/// Specs are around 100 kB; a file of more bytes than this is something else.
pub const MAX_FILE_SIZE: u64 = 10 << 20;
