// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Models of the resource `channels`.

pub(super) mod dialed;
pub(super) mod dialplan_cep;
pub(super) mod caller_id;
pub(super) mod rtp_stat;
pub(super) mod channel;
pub(super) mod external_media;
pub(super) mod channel_state;
pub use self::dialed::Dialed;
pub use self::dialplan_cep::DialplanCep;
pub use self::caller_id::CallerId;
pub use self::rtp_stat::RtpStat;
pub use self::channel::Channel;
pub use self::external_media::ExternalMedia;
pub use self::channel_state::ChannelState;
