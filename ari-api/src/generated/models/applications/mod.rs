// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `applications`.

pub(super) mod application;
pub use self::application::Application;
