//! The build-time generator: api-docs → bindings in OUT_DIR, on every build of the root package.
//! `tests/drift.rs` compares them with the committed ones. And the examples of the documentation,
//! which `tests/live/documented.rs` runs.

#[path = "build/examples.rs"]
mod examples;

use std::error::Error;
use std::path::Path;

use ari_codegen::Generator;

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=api-docs");
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let bindings = Generator::folder("api-docs")?.strict(true).generate()?;
    bindings.write_to(&Path::new(&out).join("generated"))?;
    examples::write(&Path::new(&out).join("examples.rs"))?;
    Ok(())
}
