// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `deviceStates`.

pub(super) mod device_state;
pub(super) mod device_state_state;
pub use self::device_state::DeviceState;
pub use self::device_state_state::DeviceStateState;
