// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Requests, a module a resource.

pub mod asterisk;
pub mod endpoints;
pub mod channels;
pub mod bridges;
pub mod recordings;
pub mod sounds;
pub mod playbacks;
pub mod device_states;
pub mod mailboxes;
pub mod events;
pub mod applications;
