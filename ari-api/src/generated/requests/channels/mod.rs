// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! Channels are the legs of calls: phones, trunks, external media and the halves of Local channels.
//! This resource lists, creates, controls and hangs them up.
//!
//! Most operations need the channel to be in a Stasis application. Commands go through a queue of
//! the channel and run one after another, so those that wait for their result (`answer`,
//! `setChannelVar`) take as long as a playback that is ahead of them.
//!
//! Asterisk needs the modules `res_stasis_answer`, `res_stasis_playback`, `res_stasis_recording`
//! and `res_stasis_snoop` for it.

mod resource;
mod channel_handle;
mod list;
mod originate;
mod create;
mod get;
mod originate_with_id;
mod hangup;
mod continue_in_dialplan;
mod r#move;
mod redirect;
mod answer;
mod ring;
mod ring_stop;
mod progress;
mod send_dtmf;
mod mute;
mod unmute;
mod hold;
mod unhold;
mod start_moh;
mod stop_moh;
mod start_silence;
mod stop_silence;
mod play;
mod play_with_id;
mod record;
mod get_channel_var;
mod set_channel_var;
mod get_channel_vars;
mod set_channel_vars;
mod snoop_channel;
mod snoop_channel_with_id;
mod dial;
mod rtp_statistics;
mod external_media;
mod transfer_progress;
mod hangup_reason;
mod mute_direction;
mod record_if_exists;
mod record_terminate_on;
mod snoop_channel_spy;
mod snoop_channel_whisper;
mod external_media_encapsulation;
mod external_media_transport;
mod external_media_connection_type;
mod external_media_direction;
mod channel_operations;
pub use self::resource::Channels;
pub use self::channel_handle::ChannelHandle;
pub use self::list::List;
pub use self::originate::Originate;
pub use self::create::Create;
pub use self::get::Get;
pub use self::originate_with_id::OriginateWithId;
pub use self::hangup::Hangup;
pub use self::continue_in_dialplan::ContinueInDialplan;
pub use self::r#move::Move;
pub use self::redirect::Redirect;
pub use self::answer::Answer;
pub use self::ring::Ring;
pub use self::ring_stop::RingStop;
pub use self::progress::Progress;
pub use self::send_dtmf::SendDtmf;
pub use self::mute::Mute;
pub use self::unmute::Unmute;
pub use self::hold::Hold;
pub use self::unhold::Unhold;
pub use self::start_moh::StartMoh;
pub use self::stop_moh::StopMoh;
pub use self::start_silence::StartSilence;
pub use self::stop_silence::StopSilence;
pub use self::play::Play;
pub use self::play_with_id::PlayWithId;
pub use self::record::Record;
pub use self::get_channel_var::GetChannelVar;
pub use self::set_channel_var::SetChannelVar;
pub use self::get_channel_vars::GetChannelVars;
pub use self::set_channel_vars::SetChannelVars;
pub use self::snoop_channel::SnoopChannel;
pub use self::snoop_channel_with_id::SnoopChannelWithId;
pub use self::dial::Dial;
pub use self::rtp_statistics::RtpStatistics;
pub use self::external_media::ExternalMedia;
pub use self::transfer_progress::TransferProgress;
pub use self::hangup_reason::HangupReason;
pub use self::mute_direction::MuteDirection;
pub use self::record_if_exists::RecordIfExists;
pub use self::record_terminate_on::RecordTerminateOn;
pub use self::snoop_channel_spy::SnoopChannelSpy;
pub use self::snoop_channel_whisper::SnoopChannelWhisper;
pub use self::external_media_encapsulation::ExternalMediaEncapsulation;
pub use self::external_media_transport::ExternalMediaTransport;
pub use self::external_media_connection_type::ExternalMediaConnectionType;
pub use self::external_media_direction::ExternalMediaDirection;
