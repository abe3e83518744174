// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `bridges`.

pub(super) mod bridge;
pub(super) mod bridge_type;
pub use self::bridge::Bridge;
pub use self::bridge_type::BridgeType;
