// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `playbacks`.

pub(super) mod playback;
pub(super) mod playback_state;
pub use self::playback::Playback;
pub use self::playback_state::PlaybackState;
