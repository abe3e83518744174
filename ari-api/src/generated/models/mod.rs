// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! What Asterisk answers and reports.

mod asterisk;
mod endpoints;
mod channels;
mod bridges;
mod recordings;
mod sounds;
mod playbacks;
mod device_states;
mod mailboxes;
mod events;
mod applications;
pub use asterisk::*;
pub use endpoints::*;
pub use channels::*;
pub use bridges::*;
pub use recordings::*;
pub use sounds::*;
pub use playbacks::*;
pub use device_states::*;
pub use mailboxes::*;
pub use events::*;
pub use applications::*;
