// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Device states feed hints, busy-lamp fields and queues. Every device can be read here; an
//! application owns those whose name begins with `Stasis:` and may set them freely. Watch for
//! changes by subscribing an application to `deviceState:` and the device name; they arrive as
//! `DeviceStateChanged`.
//!
//! Asterisk needs the module `res_stasis_device_state` for it.

mod resource;
mod device_state_handle;
mod list;
mod get;
mod update;
mod delete;
mod update_device_state;
mod device_state_operations;
pub use self::resource::DeviceStates;
pub use self::device_state_handle::DeviceStateHandle;
pub use self::list::List;
pub use self::get::Get;
pub use self::update::Update;
pub use self::delete::Delete;
pub use self::update_device_state::UpdateDeviceState;
