// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `ChannelHandle`.

use super::{
    Answer, ChannelHandle, ContinueInDialplan, Dial, Get, GetChannelVar, GetChannelVars,
    Hangup, Hold, Move, Mute, OriginateWithId, Play, PlayWithId, Progress, Record,
    Redirect, Ring, RingStop, RtpStatistics, SendDtmf, SetChannelVar, SetChannelVars,
    SnoopChannel, SnoopChannelWithId, StartMoh, StartSilence, StopMoh, StopSilence,
    TransferProgress, Unhold, Unmute,
};
use crate::{Client, runtime};

impl ChannelHandle {
    /// Returns one channel.
    ///
    /// `GET /channels/{channelId}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.channel_id.clone())
    }

    /// Calls an endpoint under a chosen channel id.
    ///
    /// `POST /channels/{channelId}`: see [`OriginateWithId`].
    #[inline]
    pub fn originate_with_id(
        &self,
        endpoint: impl Into<String>,
    ) -> OriginateWithId<Client> {
        OriginateWithId::on(self.client.clone(), self.channel_id.clone(), endpoint)
    }

    /// Hangs up a channel.
    ///
    /// `DELETE /channels/{channelId}`: see [`Hangup`].
    #[inline]
    pub fn hangup(&self) -> Hangup<Client> {
        Hangup::on(self.client.clone(), self.channel_id.clone())
    }

    /// Sends the channel out of the application, on to the dialplan.
    ///
    /// `POST /channels/{channelId}/continue`: see [`ContinueInDialplan`].
    #[inline]
    pub fn continue_in_dialplan(&self) -> ContinueInDialplan<Client> {
        ContinueInDialplan::on(self.client.clone(), self.channel_id.clone())
    }

    /// Hands the channel to another Stasis application without leaving Stasis.
    ///
    /// `POST /channels/{channelId}/move`: see [`Move`].
    #[inline]
    pub fn r#move(&self, app: impl Into<String>) -> Move<Client> {
        Move::on(self.client.clone(), self.channel_id.clone(), app)
    }

    /// Tells the channel's device to call somewhere else.
    ///
    /// `POST /channels/{channelId}/redirect`: see [`Redirect`].
    #[inline]
    pub fn redirect(&self, endpoint: impl Into<String>) -> Redirect<Client> {
        Redirect::on(self.client.clone(), self.channel_id.clone(), endpoint)
    }

    /// Answers an incoming channel.
    ///
    /// `POST /channels/{channelId}/answer`: see [`Answer`].
    #[inline]
    pub fn answer(&self) -> Answer<Client> {
        Answer::on(self.client.clone(), self.channel_id.clone())
    }

    /// Indicates ringing to the caller.
    ///
    /// `POST /channels/{channelId}/ring`: see [`Ring`].
    #[inline]
    pub fn ring(&self) -> Ring<Client> {
        Ring::on(self.client.clone(), self.channel_id.clone())
    }

    /// Stops a ringing tone that Asterisk plays itself.
    ///
    /// `DELETE /channels/{channelId}/ring`: see [`RingStop`].
    #[inline]
    pub fn ring_stop(&self) -> RingStop<Client> {
        RingStop::on(self.client.clone(), self.channel_id.clone())
    }

    /// Indicates call progress to the caller.
    ///
    /// `POST /channels/{channelId}/progress`: see [`Progress`].
    #[inline]
    pub fn progress(&self) -> Progress<Client> {
        Progress::on(self.client.clone(), self.channel_id.clone())
    }

    /// Sends DTMF digits to the channel's device.
    ///
    /// `POST /channels/{channelId}/dtmf`: see [`SendDtmf`].
    #[inline]
    pub fn send_dtmf(&self, dtmf: impl Into<String>) -> SendDtmf<Client> {
        SendDtmf::on(self.client.clone(), self.channel_id.clone(), dtmf)
    }

    /// Mutes a channel's audio.
    ///
    /// `POST /channels/{channelId}/mute`: see [`Mute`].
    #[inline]
    pub fn mute(&self) -> Mute<Client> {
        Mute::on(self.client.clone(), self.channel_id.clone())
    }

    /// Lets the audio of a muted channel pass again.
    ///
    /// `DELETE /channels/{channelId}/mute`: see [`Unmute`].
    #[inline]
    pub fn unmute(&self) -> Unmute<Client> {
        Unmute::on(self.client.clone(), self.channel_id.clone())
    }

    /// Puts a channel on hold.
    ///
    /// `POST /channels/{channelId}/hold`: see [`Hold`].
    #[inline]
    pub fn hold(&self) -> Hold<Client> {
        Hold::on(self.client.clone(), self.channel_id.clone())
    }

    /// Takes a channel off hold.
    ///
    /// `DELETE /channels/{channelId}/hold`: see [`Unhold`].
    #[inline]
    pub fn unhold(&self) -> Unhold<Client> {
        Unhold::on(self.client.clone(), self.channel_id.clone())
    }

    /// Plays music on hold to a channel.
    ///
    /// `POST /channels/{channelId}/moh`: see [`StartMoh`].
    #[inline]
    pub fn start_moh(&self) -> StartMoh<Client> {
        StartMoh::on(self.client.clone(), self.channel_id.clone())
    }

    /// Stops music on hold on a channel.
    ///
    /// `DELETE /channels/{channelId}/moh`: see [`StopMoh`].
    #[inline]
    pub fn stop_moh(&self) -> StopMoh<Client> {
        StopMoh::on(self.client.clone(), self.channel_id.clone())
    }

    /// Sends silence to a channel, so that media keeps flowing.
    ///
    /// `POST /channels/{channelId}/silence`: see [`StartSilence`].
    #[inline]
    pub fn start_silence(&self) -> StartSilence<Client> {
        StartSilence::on(self.client.clone(), self.channel_id.clone())
    }

    /// Stops sending silence to a channel.
    ///
    /// `DELETE /channels/{channelId}/silence`: see [`StopSilence`].
    #[inline]
    pub fn stop_silence(&self) -> StopSilence<Client> {
        StopSilence::on(self.client.clone(), self.channel_id.clone())
    }

    /// Plays media to a channel.
    ///
    /// `POST /channels/{channelId}/play`: see [`Play`].
    #[inline]
    pub fn play<M1>(&self, media: impl runtime::OneOrMany<String, M1>) -> Play<Client> {
        Play::on(self.client.clone(), self.channel_id.clone(), media)
    }

    /// Plays media to a channel under a chosen playback id.
    ///
    /// `POST /channels/{channelId}/play/{playbackId}`: see [`PlayWithId`].
    #[inline]
    pub fn play_with_id<M2>(
        &self,
        playback_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M2>,
    ) -> PlayWithId<Client> {
        PlayWithId::on(self.client.clone(), self.channel_id.clone(), playback_id, media)
    }

    /// Records what a channel's device says.
    ///
    /// `POST /channels/{channelId}/record`: see [`Record`].
    #[inline]
    pub fn record(
        &self,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Record<Client> {
        Record::on(self.client.clone(), self.channel_id.clone(), name, format)
    }

    /// Returns the value of a channel variable or dialplan function.
    ///
    /// `GET /channels/{channelId}/variable`: see [`GetChannelVar`].
    #[inline]
    pub fn get_channel_var(&self, variable: impl Into<String>) -> GetChannelVar<Client> {
        GetChannelVar::on(self.client.clone(), self.channel_id.clone(), variable)
    }

    /// Sets or removes a channel variable, or writes a dialplan function.
    ///
    /// `POST /channels/{channelId}/variable`: see [`SetChannelVar`].
    #[inline]
    pub fn set_channel_var(&self, variable: impl Into<String>) -> SetChannelVar<Client> {
        SetChannelVar::on(self.client.clone(), self.channel_id.clone(), variable)
    }

    /// Returns the values of several channel variables or functions.
    ///
    /// `GET /channels/{channelId}/variables`: see [`GetChannelVars`].
    #[inline]
    pub fn get_channel_vars<M1>(
        &self,
        variables: impl runtime::OneOrMany<String, M1>,
    ) -> GetChannelVars<Client> {
        GetChannelVars::on(self.client.clone(), self.channel_id.clone(), variables)
    }

    /// Sets several channel variables or functions in one request.
    ///
    /// `POST /channels/{channelId}/variables`: see [`SetChannelVars`].
    #[inline]
    pub fn set_channel_vars(
        &self,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<runtime::VariableValue>)>,
    ) -> SetChannelVars<Client> {
        SetChannelVars::on(self.client.clone(), self.channel_id.clone(), variables)
    }

    /// Listens in on a channel, or whispers to it, through a new channel.
    ///
    /// `POST /channels/{channelId}/snoop`: see [`SnoopChannel`].
    #[inline]
    pub fn snoop_channel(&self, app: impl Into<String>) -> SnoopChannel<Client> {
        SnoopChannel::on(self.client.clone(), self.channel_id.clone(), app)
    }

    /// Listens in on a channel through a new channel with a chosen id.
    ///
    /// `POST /channels/{channelId}/snoop/{snoopId}`: see [`SnoopChannelWithId`].
    #[inline]
    pub fn snoop_channel_with_id(
        &self,
        snoop_id: impl Into<String>,
        app: impl Into<String>,
    ) -> SnoopChannelWithId<Client> {
        SnoopChannelWithId::on(
            self.client.clone(),
            self.channel_id.clone(),
            snoop_id,
            app,
        )
    }

    /// Dials a channel made with `create`.
    ///
    /// `POST /channels/{channelId}/dial`: see [`Dial`].
    #[inline]
    pub fn dial(&self) -> Dial<Client> {
        Dial::on(self.client.clone(), self.channel_id.clone())
    }

    /// Returns packet, jitter, loss and round-trip figures of a channel's RTP stream.
    ///
    /// `GET /channels/{channelId}/rtp_statistics`: see [`RtpStatistics`].
    #[inline]
    pub fn rtp_statistics(&self) -> RtpStatistics<Client> {
        RtpStatistics::on(self.client.clone(), self.channel_id.clone())
    }

    /// Reports the progress of a transfer to the device that requested it.
    ///
    /// `POST /channels/{channelId}/transfer_progress`: see [`TransferProgress`].
    #[inline]
    pub fn transfer_progress(
        &self,
        states: impl Into<String>,
    ) -> TransferProgress<Client> {
        TransferProgress::on(self.client.clone(), self.channel_id.clone(), states)
    }
}
