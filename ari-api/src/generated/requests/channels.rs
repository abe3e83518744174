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

use crate::{Client, Error, Event, models, operations, runtime};

/// Channels are the legs of calls: phones, trunks, external media and the halves of Local channels.
/// This resource lists, creates, controls and hangs them up.
///
/// Most operations need the channel to be in a Stasis application. Commands go through a queue of
/// the channel and run one after another, so those that wait for their result (`answer`,
/// `setChannelVar`) take as long as a playback that is ahead of them.
///
/// Returned by [`Client::channels`].
#[derive(Clone, Debug)]
pub struct Channels {
    client: Client,
}

impl Channels {
    #[inline]
    pub(crate) fn new(client: Client) -> Self {
        Self { client }
    }

    /// Lists all channels of the server.
    ///
    /// `GET /channels`: see [`List`].
    #[inline]
    pub fn list(&self) -> List<Client> {
        List::on(self.client.clone())
    }

    /// Calls an endpoint and connects the answered call to an application or the dialplan.
    ///
    /// `POST /channels`: see [`Originate`].
    #[inline]
    pub fn originate(&self, endpoint: impl Into<String>) -> Originate<Client> {
        Originate::on(self.client.clone(), endpoint)
    }

    /// Creates a channel without dialing it yet.
    ///
    /// `POST /channels/create`: see [`Create`].
    #[inline]
    pub fn create(
        &self,
        endpoint: impl Into<String>,
        app: impl Into<String>,
    ) -> Create<Client> {
        Create::on(self.client.clone(), endpoint, app)
    }

    /// Returns one channel.
    ///
    /// `GET /channels/{channelId}`: see [`Get`].
    #[inline]
    pub fn get(&self, channel_id: impl Into<String>) -> Get<Client> {
        Get::on(self.client.clone(), channel_id)
    }

    /// Calls an endpoint under a chosen channel id.
    ///
    /// `POST /channels/{channelId}`: see [`OriginateWithId`].
    #[inline]
    pub fn originate_with_id(
        &self,
        channel_id: impl Into<String>,
        endpoint: impl Into<String>,
    ) -> OriginateWithId<Client> {
        OriginateWithId::on(self.client.clone(), channel_id, endpoint)
    }

    /// Hangs up a channel.
    ///
    /// `DELETE /channels/{channelId}`: see [`Hangup`].
    #[inline]
    pub fn hangup(&self, channel_id: impl Into<String>) -> Hangup<Client> {
        Hangup::on(self.client.clone(), channel_id)
    }

    /// Sends the channel out of the application, on to the dialplan.
    ///
    /// `POST /channels/{channelId}/continue`: see [`ContinueInDialplan`].
    #[inline]
    pub fn continue_in_dialplan(
        &self,
        channel_id: impl Into<String>,
    ) -> ContinueInDialplan<Client> {
        ContinueInDialplan::on(self.client.clone(), channel_id)
    }

    /// Hands the channel to another Stasis application without leaving Stasis.
    ///
    /// `POST /channels/{channelId}/move`: see [`Move`].
    #[inline]
    pub fn r#move(
        &self,
        channel_id: impl Into<String>,
        app: impl Into<String>,
    ) -> Move<Client> {
        Move::on(self.client.clone(), channel_id, app)
    }

    /// Tells the channel's device to call somewhere else.
    ///
    /// `POST /channels/{channelId}/redirect`: see [`Redirect`].
    #[inline]
    pub fn redirect(
        &self,
        channel_id: impl Into<String>,
        endpoint: impl Into<String>,
    ) -> Redirect<Client> {
        Redirect::on(self.client.clone(), channel_id, endpoint)
    }

    /// Answers an incoming channel.
    ///
    /// `POST /channels/{channelId}/answer`: see [`Answer`].
    #[inline]
    pub fn answer(&self, channel_id: impl Into<String>) -> Answer<Client> {
        Answer::on(self.client.clone(), channel_id)
    }

    /// Indicates ringing to the caller.
    ///
    /// `POST /channels/{channelId}/ring`: see [`Ring`].
    #[inline]
    pub fn ring(&self, channel_id: impl Into<String>) -> Ring<Client> {
        Ring::on(self.client.clone(), channel_id)
    }

    /// Stops a ringing tone that Asterisk plays itself.
    ///
    /// `DELETE /channels/{channelId}/ring`: see [`RingStop`].
    #[inline]
    pub fn ring_stop(&self, channel_id: impl Into<String>) -> RingStop<Client> {
        RingStop::on(self.client.clone(), channel_id)
    }

    /// Indicates call progress to the caller.
    ///
    /// `POST /channels/{channelId}/progress`: see [`Progress`].
    #[inline]
    pub fn progress(&self, channel_id: impl Into<String>) -> Progress<Client> {
        Progress::on(self.client.clone(), channel_id)
    }

    /// Sends DTMF digits to the channel's device.
    ///
    /// `POST /channels/{channelId}/dtmf`: see [`SendDtmf`].
    #[inline]
    pub fn send_dtmf(
        &self,
        channel_id: impl Into<String>,
        dtmf: impl Into<String>,
    ) -> SendDtmf<Client> {
        SendDtmf::on(self.client.clone(), channel_id, dtmf)
    }

    /// Mutes a channel's audio.
    ///
    /// `POST /channels/{channelId}/mute`: see [`Mute`].
    #[inline]
    pub fn mute(&self, channel_id: impl Into<String>) -> Mute<Client> {
        Mute::on(self.client.clone(), channel_id)
    }

    /// Lets the audio of a muted channel pass again.
    ///
    /// `DELETE /channels/{channelId}/mute`: see [`Unmute`].
    #[inline]
    pub fn unmute(&self, channel_id: impl Into<String>) -> Unmute<Client> {
        Unmute::on(self.client.clone(), channel_id)
    }

    /// Puts a channel on hold.
    ///
    /// `POST /channels/{channelId}/hold`: see [`Hold`].
    #[inline]
    pub fn hold(&self, channel_id: impl Into<String>) -> Hold<Client> {
        Hold::on(self.client.clone(), channel_id)
    }

    /// Takes a channel off hold.
    ///
    /// `DELETE /channels/{channelId}/hold`: see [`Unhold`].
    #[inline]
    pub fn unhold(&self, channel_id: impl Into<String>) -> Unhold<Client> {
        Unhold::on(self.client.clone(), channel_id)
    }

    /// Plays music on hold to a channel.
    ///
    /// `POST /channels/{channelId}/moh`: see [`StartMoh`].
    #[inline]
    pub fn start_moh(&self, channel_id: impl Into<String>) -> StartMoh<Client> {
        StartMoh::on(self.client.clone(), channel_id)
    }

    /// Stops music on hold on a channel.
    ///
    /// `DELETE /channels/{channelId}/moh`: see [`StopMoh`].
    #[inline]
    pub fn stop_moh(&self, channel_id: impl Into<String>) -> StopMoh<Client> {
        StopMoh::on(self.client.clone(), channel_id)
    }

    /// Sends silence to a channel, so that media keeps flowing.
    ///
    /// `POST /channels/{channelId}/silence`: see [`StartSilence`].
    #[inline]
    pub fn start_silence(&self, channel_id: impl Into<String>) -> StartSilence<Client> {
        StartSilence::on(self.client.clone(), channel_id)
    }

    /// Stops sending silence to a channel.
    ///
    /// `DELETE /channels/{channelId}/silence`: see [`StopSilence`].
    #[inline]
    pub fn stop_silence(&self, channel_id: impl Into<String>) -> StopSilence<Client> {
        StopSilence::on(self.client.clone(), channel_id)
    }

    /// Plays media to a channel.
    ///
    /// `POST /channels/{channelId}/play`: see [`Play`].
    #[inline]
    pub fn play<M2>(
        &self,
        channel_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M2>,
    ) -> Play<Client> {
        Play::on(self.client.clone(), channel_id, media)
    }

    /// Plays media to a channel under a chosen playback id.
    ///
    /// `POST /channels/{channelId}/play/{playbackId}`: see [`PlayWithId`].
    #[inline]
    pub fn play_with_id<M3>(
        &self,
        channel_id: impl Into<String>,
        playback_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M3>,
    ) -> PlayWithId<Client> {
        PlayWithId::on(self.client.clone(), channel_id, playback_id, media)
    }

    /// Records what a channel's device says.
    ///
    /// `POST /channels/{channelId}/record`: see [`Record`].
    #[inline]
    pub fn record(
        &self,
        channel_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Record<Client> {
        Record::on(self.client.clone(), channel_id, name, format)
    }

    /// Returns the value of a channel variable or dialplan function.
    ///
    /// `GET /channels/{channelId}/variable`: see [`GetChannelVar`].
    #[inline]
    pub fn get_channel_var(
        &self,
        channel_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> GetChannelVar<Client> {
        GetChannelVar::on(self.client.clone(), channel_id, variable)
    }

    /// Sets or removes a channel variable, or writes a dialplan function.
    ///
    /// `POST /channels/{channelId}/variable`: see [`SetChannelVar`].
    #[inline]
    pub fn set_channel_var(
        &self,
        channel_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> SetChannelVar<Client> {
        SetChannelVar::on(self.client.clone(), channel_id, variable)
    }

    /// Returns the values of several channel variables or functions.
    ///
    /// `GET /channels/{channelId}/variables`: see [`GetChannelVars`].
    #[inline]
    pub fn get_channel_vars<M2>(
        &self,
        channel_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> GetChannelVars<Client> {
        GetChannelVars::on(self.client.clone(), channel_id, variables)
    }

    /// Sets several channel variables or functions in one request.
    ///
    /// `POST /channels/{channelId}/variables`: see [`SetChannelVars`].
    #[inline]
    pub fn set_channel_vars(
        &self,
        channel_id: impl Into<String>,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> SetChannelVars<Client> {
        SetChannelVars::on(self.client.clone(), channel_id, variables)
    }

    /// Listens in on a channel, or whispers to it, through a new channel.
    ///
    /// `POST /channels/{channelId}/snoop`: see [`SnoopChannel`].
    #[inline]
    pub fn snoop_channel(
        &self,
        channel_id: impl Into<String>,
        app: impl Into<String>,
    ) -> SnoopChannel<Client> {
        SnoopChannel::on(self.client.clone(), channel_id, app)
    }

    /// Listens in on a channel through a new channel with a chosen id.
    ///
    /// `POST /channels/{channelId}/snoop/{snoopId}`: see [`SnoopChannelWithId`].
    #[inline]
    pub fn snoop_channel_with_id(
        &self,
        channel_id: impl Into<String>,
        snoop_id: impl Into<String>,
        app: impl Into<String>,
    ) -> SnoopChannelWithId<Client> {
        SnoopChannelWithId::on(self.client.clone(), channel_id, snoop_id, app)
    }

    /// Dials a channel made with `create`.
    ///
    /// `POST /channels/{channelId}/dial`: see [`Dial`].
    #[inline]
    pub fn dial(&self, channel_id: impl Into<String>) -> Dial<Client> {
        Dial::on(self.client.clone(), channel_id)
    }

    /// Returns packet, jitter, loss and round-trip figures of a channel's RTP stream.
    ///
    /// `GET /channels/{channelId}/rtp_statistics`: see [`RtpStatistics`].
    #[inline]
    pub fn rtp_statistics(
        &self,
        channel_id: impl Into<String>,
    ) -> RtpStatistics<Client> {
        RtpStatistics::on(self.client.clone(), channel_id)
    }

    /// Creates a channel whose audio goes to and comes from an external program.
    ///
    /// `POST /channels/externalMedia`: see [`ExternalMedia`].
    #[inline]
    pub fn external_media(
        &self,
        app: impl Into<String>,
        format: impl Into<String>,
    ) -> ExternalMedia<Client> {
        ExternalMedia::on(self.client.clone(), app, format)
    }

    /// Reports the progress of a transfer to the device that requested it.
    ///
    /// `POST /channels/{channelId}/transfer_progress`: see [`TransferProgress`].
    #[inline]
    pub fn transfer_progress(
        &self,
        channel_id: impl Into<String>,
        states: impl Into<String>,
    ) -> TransferProgress<Client> {
        TransferProgress::on(self.client.clone(), channel_id, states)
    }
}

/// A channel, identified by its `channelId`. A handle does nothing until one of its operations is
/// awaited.
///
/// Returned by [`Client::channel`].
#[derive(Clone, Debug)]
pub struct ChannelHandle {
    pub(crate) client: Client,
    channel_id: String,
}

impl ChannelHandle {
    pub(crate) fn new(client: Client, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }

    /// Returns the client that sends the operations of this handle.
    #[inline]
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Returns the `channelId` of this handle.
    #[inline]
    pub fn channel_id(&self) -> &str {
        &self.channel_id
    }

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
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
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

    /// Returns a stream of the events of this channel from now on. The stream ends after the event
    /// that reports the end of the object.
    ///
    /// It contains the events that the applications of this client receive. If the server reports
    /// that this channel does not exist, or that none of them is subscribed to it, the stream ends
    /// with [`Error::ObjectGone`](runtime::Error::ObjectGone). The number of open streams does not
    /// affect the cost of an event.
    pub fn events(&self) -> runtime::ObjectStream<Event> {
        self.client
            .connection()
            .watch(runtime::ObjectRef::new("channel", &self.channel_id))
    }
}

impl models::Channel {
    /// Returns the handle of this channel, for its operations and events, as [`Client::channel`]
    /// does for its `id`.
    #[inline]
    pub fn handle(&self, client: &Client) -> ChannelHandle {
        ChannelHandle::new(client.clone(), &self.id)
    }
}

/// Lists all channels of the server.
///
/// Channels outside any Stasis application are included; internal channels that Asterisk hides from
/// applications are not.
///
/// `GET /channels`
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct List<C = ()> {
    pub(crate) client: C,
}

impl List {
    /// Creates the request without a client. Any client can send it.
    #[inline]
    pub fn new() -> Self {
        Self::on(())
    }
}

impl<C> List<C> {
    pub(super) fn on(client: C) -> Self {
        Self { client }
    }
}

impl Default for List {
    #[inline]
    fn default() -> Self {
        Self::new()
    }
}

impl<C> runtime::ToRequest for List<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::LIST;
    fn encode(&self, _: &mut runtime::RequestEncoder) {}
}

impl<C> runtime::TypedRequest for List<C> {
    type Output = Vec<models::Channel>;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for List<Client> {
    type Output = Result<Vec<models::Channel>, Error>;
    type IntoFuture = runtime::ResponseFuture<Vec<models::Channel>>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Calls an endpoint and connects the answered call to an application or the dialplan.
///
/// The response describes the channel while it is still being dialed: success says only that
/// dialing began. With `app`, the application is subscribed to the channel (both halves of a Local
/// channel) from the start, and receives `StasisStart` once the call is answered; a call that fails
/// ends with `ChannelDestroyed` and its cause. With `extension`, the answered channel runs the
/// dialplan there.
///
/// An `app` that is not registered is not refused: the request succeeds and the channel ends after
/// it was answered. To control the leg before it is answered, use `create` and `dial`.
///
/// `POST /channels`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The endpoint is missing or malformed, neither `app` nor `extension` is given,
///   `originator` and `formats` are combined, the originator or a format is unknown, an id is
///   longer than 149 characters, or a variable is not a string.
/// - 404: The `label` does not exist in that extension of the dialplan.
/// - 409: A channel with the chosen id exists already. Once a kept-alive connection has carried
///   this answer, it also carries it for later channels that cannot be made for another reason, an
///   unknown technology for one, where others answer 500.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Originate<C = ()> {
    pub(crate) client: C,
    endpoint: String,
    extension: Option<String>,
    context: Option<String>,
    priority: Option<i64>,
    label: Option<String>,
    app: Option<String>,
    app_args: Option<Vec<String>>,
    caller_id: Option<String>,
    timeout: Option<Option<std::time::Duration>>,
    variables: Option<Vec<(String, runtime::VariableValue)>>,
    channel_id: Option<String>,
    other_channel_id: Option<String>,
    originator: Option<String>,
    formats: Option<Vec<String>>,
}

impl Originate {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `endpoint`: Endpoint to call, as `technology/resource`: `PJSIP/alice`,
    ///   `PJSIP/+4930123@trunk`, `Local/100@default`. In a query a `+` must be sent as `%2B`, or it
    ///   arrives as a space.
    #[inline]
    pub fn new(endpoint: impl Into<String>) -> Self {
        Self::on((), endpoint)
    }
}

impl<C> Originate<C> {
    pub(super) fn on(client: C, endpoint: impl Into<String>) -> Self {
        Self {
            client,
            endpoint: endpoint.into(),
            extension: None,
            context: None,
            priority: None,
            label: None,
            app: None,
            app_args: None,
            caller_id: None,
            timeout: None,
            variables: None,
            channel_id: None,
            other_channel_id: None,
            originator: None,
            formats: None,
        }
    }

    /// Dialplan extension at which the channel continues after it is answered. Give this or `app`;
    /// with both, `app` wins.
    pub fn extension(mut self, extension: impl Into<String>) -> Self {
        self.extension = Some(extension.into());
        self
    }

    /// Dialplan context of `extension`; `default` when omitted.
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// Dialplan priority within `extension`, counted from 1; 1 when omitted. `label` takes
    /// precedence.
    pub fn priority(mut self, priority: i64) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Name of a labelled priority in the dialplan; overrides `priority`. A number is taken as the
    /// priority itself.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Stasis application that is subscribed to the channel and receives it when it is answered.
    /// Takes precedence over `extension`.
    pub fn app(mut self, app: impl Into<String>) -> Self {
        self.app = Some(app.into());
        self
    }

    /// Arguments for `app`, comma-separated; they arrive as `args` of `StasisStart`.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }

    /// Caller to present, as a number or as `Name <number>`. It is set as the caller and as the
    /// connected line of the new channel.
    pub fn caller_id(mut self, caller_id: impl Into<String>) -> Self {
        self.caller_id = Some(caller_id.into());
        self
    }

    /// Ringing time. On expiry the channel is hung up.
    ///
    /// Default: 30 s. Sent in whole seconds, rounded up. `None` sets no limit. If it is more than
    /// 2147483 s, or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }

    /// Channel variables and functions to set before dialing, by name:
    /// `{"variables":{"CALLERID(name)":"Alice"}}`. Each value is a string; releases with variable
    /// reporting also take `{"value":"…","report_events":true}`, which adds the variable to
    /// `channelvars` in events. A number or null gives 400.
    ///
    /// Available in Asterisk 12.1.0 and later.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> Self {
        self.variables = Some(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }

    /// Id to give the new channel, at most 149 characters and unique on the server. Choosing it
    /// lets an application register interest first: `ChannelCreated` can arrive before the
    /// response.
    ///
    /// Available in Asterisk 12.2.0 and later.
    pub fn channel_id(mut self, channel_id: impl Into<String>) -> Self {
        self.channel_id = Some(channel_id.into());
        self
    }

    /// Id for the second half (`;2`) of a Local channel; when only the first id is chosen, the
    /// second becomes that id followed by `;2`. Without meaning for other technologies.
    ///
    /// Available in Asterisk 12.2.0 and later.
    pub fn other_channel_id(mut self, other_channel_id: impl Into<String>) -> Self {
        self.other_channel_id = Some(other_channel_id.into());
        self
    }

    /// Id of an existing channel on whose behalf the new one is made; its formats are offered.
    /// Cannot be combined with `formats`.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub fn originator(mut self, originator: impl Into<String>) -> Self {
        self.originator = Some(originator.into());
        self
    }

    /// Names of the codecs to offer, such as `ulaw` and `slin16`; `core show codecs` on the
    /// Asterisk console lists them. Cannot be combined with `originator`.
    ///
    /// Available in Asterisk 13.10.0 and later.
    pub fn formats<M1>(mut self, formats: impl runtime::OneOrMany<String, M1>) -> Self {
        self.formats = Some(runtime::OneOrMany::into_list(formats));
        self
    }
}

impl<C> runtime::ToRequest for Originate<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::ORIGINATE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("endpoint", &self.endpoint);
        encoder.query_param("extension", &self.extension);
        encoder.query_param("context", &self.context);
        encoder.query_param("priority", &self.priority);
        encoder.query_param("label", &self.label);
        encoder.query_param("app", &self.app);
        encoder.escaped_list("appArgs", self.app_args.as_ref());
        encoder.query_param("callerId", &self.caller_id);
        encoder.duration("timeout", self.timeout);
        encoder.object("variables", self.variables.as_ref());
        encoder.query_param("channelId", &self.channel_id);
        encoder.query_param("otherChannelId", &self.other_channel_id);
        encoder.query_param("originator", &self.originator);
        encoder.comma_list("formats", self.formats.as_ref());
    }
}

impl<C> runtime::TypedRequest for Originate<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Originate<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl Originate<Client> {
    #[inline]
    async fn send_watched(
        mut self,
    ) -> Result<(models::Channel, runtime::ObjectStream<Event>), Error> {
        let id = self.channel_id.get_or_insert_with(runtime::unique_id).clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("channel", &id),
            application: self.app.as_deref(),
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the channel with a stream of its events. Chooses the channel's
    /// id if none was set. The stream is open before the request is sent, so no event can be
    /// missed. Events arrive if this client has connected the application. Otherwise an application
    /// that it has connected is subscribed to the channel after the response.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events. After
    /// [`Error::OutcomeUnknown`] the channel may exist. Set the id yourself with `channel_id` to be
    /// able to find it.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::channels::ChannelHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.channel(events.id()), events))
    }
}

/// Creates a channel without dialing it yet.
///
/// The channel enters `app` at once in state `Down`, where it can be given variables or be put into
/// a bridge for early media; `dial` then places the call. It is hung up when it leaves the
/// application.
///
/// `POST /channels/create`
///
/// Available in Asterisk 14 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The endpoint is missing or malformed, `originator` and `formats` are combined, a format
///   is unknown, or a variable is not a string.
/// - 409: A channel with the chosen id exists already. Once a kept-alive connection has carried
///   this answer, it also carries it for later channels that cannot be made for another reason, an
///   unknown technology for one, where others answer 500.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Create<C = ()> {
    pub(crate) client: C,
    endpoint: String,
    app: String,
    app_args: Option<Vec<String>>,
    channel_id: Option<String>,
    other_channel_id: Option<String>,
    originator: Option<String>,
    formats: Option<Vec<String>>,
    variables: Option<Vec<(String, runtime::VariableValue)>>,
}

impl Create {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `endpoint`: Endpoint to call, as `technology/resource`: `PJSIP/alice`,
    ///   `PJSIP/+4930123@trunk`, `Local/100@default`. In a query a `+` must be sent as `%2B`, or it
    ///   arrives as a space.
    /// - `app`: Name of the Stasis application, exactly as it registered itself when it connected
    ///   to `/events`.
    #[inline]
    pub fn new(endpoint: impl Into<String>, app: impl Into<String>) -> Self {
        Self::on((), endpoint, app)
    }
}

impl<C> Create<C> {
    pub(super) fn on(
        client: C,
        endpoint: impl Into<String>,
        app: impl Into<String>,
    ) -> Self {
        Self {
            client,
            endpoint: endpoint.into(),
            app: app.into(),
            app_args: None,
            channel_id: None,
            other_channel_id: None,
            originator: None,
            formats: None,
            variables: None,
        }
    }

    /// Arguments for `app`, comma-separated; they arrive as `args` of `StasisStart`.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }

    /// Id to give the new channel, at most 149 characters and unique on the server. Choosing it
    /// lets an application register interest first: `ChannelCreated` can arrive before the
    /// response.
    pub fn channel_id(mut self, channel_id: impl Into<String>) -> Self {
        self.channel_id = Some(channel_id.into());
        self
    }

    /// Id for the second half (`;2`) of a Local channel; when only the first id is chosen, the
    /// second becomes that id followed by `;2`. Without meaning for other technologies.
    pub fn other_channel_id(mut self, other_channel_id: impl Into<String>) -> Self {
        self.other_channel_id = Some(other_channel_id.into());
        self
    }

    /// Id of an existing channel on whose behalf the new one is made; its formats are offered.
    /// Cannot be combined with `formats`.
    pub fn originator(mut self, originator: impl Into<String>) -> Self {
        self.originator = Some(originator.into());
        self
    }

    /// Names of the codecs to offer, such as `ulaw` and `slin16`; `core show codecs` on the
    /// Asterisk console lists them. Cannot be combined with `originator`.
    pub fn formats<M1>(mut self, formats: impl runtime::OneOrMany<String, M1>) -> Self {
        self.formats = Some(runtime::OneOrMany::into_list(formats));
        self
    }

    /// Channel variables and functions to set before dialing, by name:
    /// `{"variables":{"CALLERID(name)":"Alice"}}`. Each value is a string; releases with variable
    /// reporting also take `{"value":"…","report_events":true}`, which adds the variable to
    /// `channelvars` in events. A number or null gives 400.
    ///
    /// Available in Asterisk 16.11.0, 17.5.0 and later.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> Self {
        self.variables = Some(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }
}

impl<C> runtime::ToRequest for Create<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::CREATE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("endpoint", &self.endpoint);
        encoder.query_param("app", &self.app);
        encoder.escaped_list("appArgs", self.app_args.as_ref());
        encoder.query_param("channelId", &self.channel_id);
        encoder.query_param("otherChannelId", &self.other_channel_id);
        encoder.query_param("originator", &self.originator);
        encoder.comma_list("formats", self.formats.as_ref());
        encoder.object("variables", self.variables.as_ref());
    }
}

impl<C> runtime::TypedRequest for Create<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Create<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl Create<Client> {
    #[inline]
    async fn send_watched(
        mut self,
    ) -> Result<(models::Channel, runtime::ObjectStream<Event>), Error> {
        let id = self.channel_id.get_or_insert_with(runtime::unique_id).clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("channel", &id),
            application: Some(&self.app),
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the channel with a stream of its events. Chooses the channel's
    /// id if none was set. The stream is open before the request is sent, so no event can be
    /// missed. Events arrive if this client has connected the application. Otherwise an application
    /// that it has connected is subscribed to the channel after the response.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events. After
    /// [`Error::OutcomeUnknown`] the channel may exist. Set the id yourself with `channel_id` to be
    /// able to find it.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::channels::ChannelHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.channel(events.id()), events))
    }
}

/// Returns one channel.
///
/// The channel need not be in a Stasis application.
///
/// `GET /channels/{channelId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Get<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl Get {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Get<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Get<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::GET;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for Get<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Get<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Calls an endpoint under a chosen channel id.
///
/// Otherwise the same as `originate`. The response describes the channel while it is still being
/// dialed: success says only that dialing began. With `app`, the application is subscribed to the
/// channel (both halves of a Local channel) from the start, and receives `StasisStart` once the
/// call is answered; a call that fails ends with `ChannelDestroyed` and its cause. With
/// `extension`, the answered channel runs the dialplan there.
///
/// An `app` that is not registered is not refused: the request succeeds and the channel ends after
/// it was answered. To control the leg before it is answered, use `create` and `dial`.
///
/// `POST /channels/{channelId}`
///
/// Available in Asterisk 12.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The endpoint is missing or malformed, neither `app` nor `extension` is given,
///   `originator` and `formats` are combined, the originator or a format is unknown, an id is
///   longer than 149 characters, or a variable is not a string.
/// - 404: The `label` does not exist in that extension of the dialplan.
/// - 409: A channel with the chosen id exists already. Once a kept-alive connection has carried
///   this answer, it also carries it for later channels that cannot be made for another reason, an
///   unknown technology for one, where others answer 500.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct OriginateWithId<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    endpoint: String,
    extension: Option<String>,
    context: Option<String>,
    priority: Option<i64>,
    label: Option<String>,
    app: Option<String>,
    app_args: Option<Vec<String>>,
    caller_id: Option<String>,
    timeout: Option<Option<std::time::Duration>>,
    variables: Option<Vec<(String, runtime::VariableValue)>>,
    other_channel_id: Option<String>,
    originator: Option<String>,
    formats: Option<Vec<String>>,
}

impl OriginateWithId {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id to give the new channel, at most 149 characters and unique on the server.
    ///   Choosing it lets an application register interest first: `ChannelCreated` can arrive
    ///   before the response.
    /// - `endpoint`: Endpoint to call, as `technology/resource`: `PJSIP/alice`,
    ///   `PJSIP/+4930123@trunk`, `Local/100@default`. In a query a `+` must be sent as `%2B`, or it
    ///   arrives as a space.
    #[inline]
    pub fn new(channel_id: impl Into<String>, endpoint: impl Into<String>) -> Self {
        Self::on((), channel_id, endpoint)
    }
}

impl<C> OriginateWithId<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        endpoint: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            endpoint: endpoint.into(),
            extension: None,
            context: None,
            priority: None,
            label: None,
            app: None,
            app_args: None,
            caller_id: None,
            timeout: None,
            variables: None,
            other_channel_id: None,
            originator: None,
            formats: None,
        }
    }

    /// Dialplan extension at which the channel continues after it is answered. Give this or `app`;
    /// with both, `app` wins.
    pub fn extension(mut self, extension: impl Into<String>) -> Self {
        self.extension = Some(extension.into());
        self
    }

    /// Dialplan context of `extension`; `default` when omitted.
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// Dialplan priority within `extension`, counted from 1; 1 when omitted. `label` takes
    /// precedence.
    pub fn priority(mut self, priority: i64) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Name of a labelled priority in the dialplan; overrides `priority`. A number is taken as the
    /// priority itself.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Stasis application that is subscribed to the channel and receives it when it is answered.
    /// Takes precedence over `extension`.
    pub fn app(mut self, app: impl Into<String>) -> Self {
        self.app = Some(app.into());
        self
    }

    /// Arguments for `app`, comma-separated; they arrive as `args` of `StasisStart`.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }

    /// Caller to present, as a number or as `Name <number>`. It is set as the caller and as the
    /// connected line of the new channel.
    pub fn caller_id(mut self, caller_id: impl Into<String>) -> Self {
        self.caller_id = Some(caller_id.into());
        self
    }

    /// Ringing time. On expiry the channel is hung up.
    ///
    /// Default: 30 s. Sent in whole seconds, rounded up. `None` sets no limit. If it is more than
    /// 2147483 s, or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }

    /// Channel variables and functions to set before dialing, by name:
    /// `{"variables":{"CALLERID(name)":"Alice"}}`. Each value is a string; releases with variable
    /// reporting also take `{"value":"…","report_events":true}`, which adds the variable to
    /// `channelvars` in events. A number or null gives 400.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> Self {
        self.variables = Some(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }

    /// Id for the second half (`;2`) of a Local channel; when only the first id is chosen, the
    /// second becomes that id followed by `;2`. Without meaning for other technologies.
    pub fn other_channel_id(mut self, other_channel_id: impl Into<String>) -> Self {
        self.other_channel_id = Some(other_channel_id.into());
        self
    }

    /// Id of an existing channel on whose behalf the new one is made; its formats are offered.
    /// Cannot be combined with `formats`.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub fn originator(mut self, originator: impl Into<String>) -> Self {
        self.originator = Some(originator.into());
        self
    }

    /// Names of the codecs to offer, such as `ulaw` and `slin16`; `core show codecs` on the
    /// Asterisk console lists them. Cannot be combined with `originator`.
    ///
    /// Available in Asterisk 13.10.0 and later.
    pub fn formats<M1>(mut self, formats: impl runtime::OneOrMany<String, M1>) -> Self {
        self.formats = Some(runtime::OneOrMany::into_list(formats));
        self
    }
}

impl<C> runtime::ToRequest for OriginateWithId<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::ORIGINATE_WITH_ID;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("endpoint", &self.endpoint);
        encoder.query_param("extension", &self.extension);
        encoder.query_param("context", &self.context);
        encoder.query_param("priority", &self.priority);
        encoder.query_param("label", &self.label);
        encoder.query_param("app", &self.app);
        encoder.escaped_list("appArgs", self.app_args.as_ref());
        encoder.query_param("callerId", &self.caller_id);
        encoder.duration("timeout", self.timeout);
        encoder.object("variables", self.variables.as_ref());
        encoder.query_param("otherChannelId", &self.other_channel_id);
        encoder.query_param("originator", &self.originator);
        encoder.comma_list("formats", self.formats.as_ref());
    }
}

impl<C> runtime::TypedRequest for OriginateWithId<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for OriginateWithId<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl OriginateWithId<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::Channel, runtime::ObjectStream<Event>), Error> {
        let id = self.channel_id.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("channel", &id),
            application: self.app.as_deref(),
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the channel with a stream of its events. The stream is open
    /// before the request is sent, so no event can be missed. Events arrive if this client has
    /// connected the application. Otherwise an application that it has connected is subscribed to
    /// the channel after the response.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::channels::ChannelHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.channel(events.id()), events))
    }
}

/// Hangs up a channel.
///
/// Works for any channel, in Stasis or not, and interrupts a running playback. The channel ends
/// shortly after the response, or even before it: `StasisEnd` can arrive first. Before an answer,
/// the cause determines what the caller's side receives, such as a SIP final status.
///
/// `DELETE /channels/{channelId}`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The reason is unknown, `reason_code` is not a number, or both were given, to which
///   Asterisk 16 does not object.
/// - 404: No channel has this id; it may have hung up meanwhile.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Hangup<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    reason_code: Option<String>,
    reason: Option<HangupReason>,
}

impl Hangup {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Hangup<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            reason_code: None,
            reason: None,
        }
    }

    /// Cause of the hangup, as the decimal number of a Q.931 cause, such as `17` (busy) or `21`
    /// (rejected). Any number is accepted; the channel driver translates it into its protocol.
    /// Cannot be combined with `reason`.
    ///
    /// Available in Asterisk 17 and later.
    pub fn reason_code(mut self, reason_code: impl Into<String>) -> Self {
        self.reason_code = Some(reason_code.into());
        self
    }

    /// Cause of the hangup, by name. Cannot be combined with `reason_code`; without either the
    /// cause is `normal`.
    pub fn reason(mut self, reason: impl Into<HangupReason>) -> Self {
        self.reason = Some(reason.into());
        self
    }
}

impl<C> runtime::ToRequest for Hangup<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::HANGUP;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("reason_code", &self.reason_code);
        encoder.query_param("reason", &self.reason);
    }
}

impl<C> runtime::TypedRequest for Hangup<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Hangup<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sends the channel out of the application, on to the dialplan.
///
/// The channel leaves its bridge and `StasisEnd` follows. With no location given, execution goes on
/// with the priority after the one that called `Stasis`. A location that does not exist is not
/// refused: the channel is then handled as the dialplan handles any invalid extension. The answer
/// comes at once; the command is queued and takes effect after a playback or recording that is
/// already running.
///
/// `POST /channels/{channelId}/continue`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The `label` is 0, which is no priority.
/// - 404: No channel has this id, or the `label` does not exist in that extension.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ContinueInDialplan<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    context: Option<String>,
    extension: Option<String>,
    priority: Option<i32>,
    label: Option<String>,
}

impl ContinueInDialplan {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> ContinueInDialplan<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            context: None,
            extension: None,
            priority: None,
            label: None,
        }
    }

    /// Context to go to; the channel's current one when omitted.
    pub fn context(mut self, context: impl Into<String>) -> Self {
        self.context = Some(context.into());
        self
    }

    /// Extension to go to. When omitted: `s` if a context is given, otherwise the current
    /// extension.
    pub fn extension(mut self, extension: impl Into<String>) -> Self {
        self.extension = Some(extension.into());
        self
    }

    /// Priority to go to, counted from 1. When omitted: 1 if a context or an extension is given,
    /// otherwise the next priority.
    pub fn priority(mut self, priority: i32) -> Self {
        self.priority = Some(priority);
        self
    }

    /// Name of a labelled priority in the dialplan; overrides `priority`. A number is taken as the
    /// priority itself.
    ///
    /// Available in Asterisk 13.2.0 and later.
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }
}

impl<C> runtime::ToRequest for ContinueInDialplan<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::CONTINUE_IN_DIALPLAN;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("context", &self.context);
        encoder.query_param("extension", &self.extension);
        encoder.query_param("priority", &self.priority);
        encoder.query_param("label", &self.label);
    }
}

impl<C> runtime::TypedRequest for ContinueInDialplan<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for ContinueInDialplan<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Hands the channel to another Stasis application without leaving Stasis.
///
/// The old application receives `StasisEnd`, the new one `StasisStart`. If the new application is
/// not registered, the request still succeeds; `ApplicationMoveFailed` reports the failure, and the
/// channel stays in its application. The answer comes at once; the command is queued and takes
/// effect after a playback or recording that is already running.
///
/// `POST /channels/{channelId}/move`
///
/// Available in Asterisk 13.26.0, 16.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Move<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    app: String,
    app_args: Option<Vec<String>>,
}

impl Move {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `app`: Name of the application that takes the channel over.
    #[inline]
    pub fn new(channel_id: impl Into<String>, app: impl Into<String>) -> Self {
        Self::on((), channel_id, app)
    }
}

impl<C> Move<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        app: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            app: app.into(),
            app_args: None,
        }
    }

    /// Arguments for the new application, comma-separated; they arrive as `args` of its
    /// `StasisStart`. Unlike elsewhere nothing can be escaped: an argument cannot hold a comma, and
    /// an empty one is dropped.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }
}

impl<C> runtime::ToRequest for Move<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::MOVE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("app", &self.app);
        encoder.comma_list("appArgs", self.app_args.as_ref());
    }
}

impl<C> runtime::TypedRequest for Move<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Move<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Tells the channel's device to call somewhere else.
///
/// This is a transfer by the device, not within Asterisk: on SIP an answered call gets a REFER, an
/// unanswered one a 302. The channel usually leaves the application afterwards. A technology or a
/// peer that cannot transfer is only noted in Asterisk's log.
///
/// `POST /channels/{channelId}/redirect`
///
/// Available in Asterisk 13.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `endpoint` is empty.
/// - 404: No channel has this id, or the endpoint was not found.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
/// - 422: `endpoint` is not of the form `technology/resource`, or its technology is not that of the
///   channel.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Redirect<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    endpoint: String,
}

impl Redirect {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `endpoint`: Destination as `technology/resource`, of the same technology as the channel:
    ///   `PJSIP/…` for a PJSIP channel.
    #[inline]
    pub fn new(channel_id: impl Into<String>, endpoint: impl Into<String>) -> Self {
        Self::on((), channel_id, endpoint)
    }
}

impl<C> Redirect<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        endpoint: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            endpoint: endpoint.into(),
        }
    }
}

impl<C> runtime::ToRequest for Redirect<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::REDIRECT;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("endpoint", &self.endpoint);
    }
}

impl<C> runtime::TypedRequest for Redirect<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Redirect<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Answers an incoming channel.
///
/// On SIP the caller receives 200 OK; a channel that is already `Up` stays as it is. The request
/// waits for the channel's queue: behind a playback of 12 seconds it takes 12 seconds. Do not use a
/// short timeout.
///
/// It waits for the channel's command queue, behind a playback for instance. A client over a
/// WebSocket sends it by HTTP if it knows an address, because the server sends no other response on
/// the socket until then.
///
/// `POST /channels/{channelId}/answer`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Answer<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl Answer {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Answer<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Answer<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::ANSWER;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for Answer<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Answer<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Indicates ringing to the caller.
///
/// On SIP an unanswered caller receives 180 Ringing; on an answered channel Asterisk plays the
/// ringing tone. The answer comes at once; the command is queued and takes effect after a playback
/// or recording that is already running.
///
/// `POST /channels/{channelId}/ring`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Ring<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl Ring {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Ring<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Ring<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::RING;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for Ring<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Ring<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Stops a ringing tone that Asterisk plays itself.
///
/// A tone made by the caller's own device, after a SIP 180, goes on. The answer comes at once; the
/// command is queued and takes effect after a playback or recording that is already running.
///
/// `DELETE /channels/{channelId}/ring`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RingStop<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl RingStop {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> RingStop<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for RingStop<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::RING_STOP;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for RingStop<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for RingStop<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Indicates call progress to the caller.
///
/// On SIP an unanswered caller receives 183 Session Progress, after which it hears early media. The
/// answer comes at once; the command is queued and takes effect after a playback or recording that
/// is already running.
///
/// `POST /channels/{channelId}/progress`
///
/// Available in Asterisk 20.16.0, 21.11.0, 22.6.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Progress<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl Progress {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Progress<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Progress<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::PROGRESS;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for Progress<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Progress<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sends DTMF digits to the channel's device.
///
/// The far end of this channel receives the digits. The answer comes at once; the command is queued
/// and takes effect after a playback or recording that is already running. Later commands wait
/// until all digits are sent.
///
/// All times are milliseconds and must be JSON integers if sent in the body: a string or a decimal
/// silently becomes the default.
///
/// `POST /channels/{channelId}/dtmf`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `dtmf` is missing or empty.
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SendDtmf<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    dtmf: String,
    before: Option<std::time::Duration>,
    between: Option<std::time::Duration>,
    duration: Option<std::time::Duration>,
    after: Option<std::time::Duration>,
}

impl SendDtmf {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `dtmf`: Digits to send: `0` to `9`, `*`, `#`, `A` to `D`; `w` pauses for half a second. In
    ///   a query, encode `#` as `%23`.
    #[inline]
    pub fn new(channel_id: impl Into<String>, dtmf: impl Into<String>) -> Self {
        Self::on((), channel_id, dtmf)
    }
}

impl<C> SendDtmf<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        dtmf: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            dtmf: dtmf.into(),
            before: None,
            between: None,
            duration: None,
            after: None,
        }
    }

    /// Wait before the first digit.
    ///
    /// Default: 0 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms, the
    /// request fails with [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is
    /// sent.
    pub fn before(mut self, before: std::time::Duration) -> Self {
        self.before = Some(before);
        self
    }

    /// Pause between two digits.
    ///
    /// Default: 100 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms,
    /// or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn between(mut self, between: std::time::Duration) -> Self {
        self.between = Some(between);
        self
    }

    /// Length of each digit.
    ///
    /// Default: 100 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms,
    /// or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn duration(mut self, duration: std::time::Duration) -> Self {
        self.duration = Some(duration);
        self
    }

    /// Wait after the last digit.
    ///
    /// Default: 0 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms, the
    /// request fails with [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is
    /// sent.
    pub fn after(mut self, after: std::time::Duration) -> Self {
        self.after = Some(after);
        self
    }
}

impl<C> runtime::ToRequest for SendDtmf<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::SEND_DTMF;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("dtmf", &self.dtmf);
        encoder.duration("before", self.before.map(Some));
        encoder.duration("between", self.between.map(Some));
        encoder.duration("duration", self.duration.map(Some));
        encoder.duration("after", self.after.map(Some));
    }
}

impl<C> runtime::TypedRequest for SendDtmf<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SendDtmf<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Mutes a channel's audio.
///
/// Only voice is affected; digits still pass. The answer comes at once; the command is queued and
/// takes effect after a playback or recording that is already running.
///
/// `POST /channels/{channelId}/mute`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The direction is none of `both`, `in` and `out`.
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Mute<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    direction: Option<MuteDirection>,
}

impl Mute {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Mute<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            direction: None,
        }
    }

    /// Direction of the audio to suppress.
    ///
    /// Default: `both`.
    pub fn direction(mut self, direction: impl Into<MuteDirection>) -> Self {
        self.direction = Some(direction.into());
        self
    }
}

impl<C> runtime::ToRequest for Mute<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::MUTE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("direction", &self.direction);
    }
}

impl<C> runtime::TypedRequest for Mute<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Mute<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Lets the audio of a muted channel pass again.
///
/// The answer comes at once; the command is queued and takes effect after a playback or recording
/// that is already running.
///
/// `DELETE /channels/{channelId}/mute`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: The direction is none of `both`, `in` and `out`.
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Unmute<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    direction: Option<MuteDirection>,
}

impl Unmute {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Unmute<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            direction: None,
        }
    }

    /// Direction of the audio to unmute.
    ///
    /// Default: `both`.
    pub fn direction(mut self, direction: impl Into<MuteDirection>) -> Self {
        self.direction = Some(direction.into());
        self
    }
}

impl<C> runtime::ToRequest for Unmute<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::UNMUTE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("direction", &self.direction);
    }
}

impl<C> runtime::TypedRequest for Unmute<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Unmute<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Puts a channel on hold.
///
/// Usually its device hears music on hold; a PJSIP endpoint with `moh_passthrough` is sent a hold
/// re-INVITE instead. The answer comes at once; the command is queued and takes effect after a
/// playback or recording that is already running.
///
/// `POST /channels/{channelId}/hold`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Hold<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl Hold {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Hold<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Hold<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::HOLD;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for Hold<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Hold<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Takes a channel off hold.
///
/// The answer comes at once; the command is queued and takes effect after a playback or recording
/// that is already running.
///
/// `DELETE /channels/{channelId}/hold`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Unhold<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl Unhold {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Unhold<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for Unhold<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::UNHOLD;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for Unhold<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Unhold<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Plays music on hold to a channel.
///
/// A playback or another media operation ends the music, which does not resume by itself. A caller
/// that is not answered yet hears it as early media. The answer comes at once; the command is
/// queued and takes effect after a playback or recording that is already running.
///
/// `POST /channels/{channelId}/moh`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct StartMoh<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    moh_class: Option<String>,
}

impl StartMoh {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> StartMoh<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            moh_class: None,
        }
    }

    /// Music-on-hold class from `musiconhold.conf`. The channel's or the server's default class
    /// when omitted.
    pub fn moh_class(mut self, moh_class: impl Into<String>) -> Self {
        self.moh_class = Some(moh_class.into());
        self
    }
}

impl<C> runtime::ToRequest for StartMoh<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::START_MOH;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("mohClass", &self.moh_class);
    }
}

impl<C> runtime::TypedRequest for StartMoh<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for StartMoh<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Stops music on hold on a channel.
///
/// The answer comes at once; the command is queued and takes effect after a playback or recording
/// that is already running.
///
/// `DELETE /channels/{channelId}/moh`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct StopMoh<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl StopMoh {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> StopMoh<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for StopMoh<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::STOP_MOH;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for StopMoh<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for StopMoh<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sends silence to a channel, so that media keeps flowing.
///
/// Useful against peers that drop calls without RTP. A playback or another media operation ends the
/// silence, which does not resume by itself. A caller that is not answered yet receives it as early
/// media. The answer comes at once; the command is queued and takes effect after a playback or
/// recording that is already running.
///
/// `POST /channels/{channelId}/silence`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct StartSilence<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl StartSilence {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> StartSilence<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for StartSilence<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::START_SILENCE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for StartSilence<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for StartSilence<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Stops sending silence to a channel.
///
/// The answer comes at once; the command is queued and takes effect after a playback or recording
/// that is already running.
///
/// `DELETE /channels/{channelId}/silence`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct StopSilence<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl StopSilence {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> StopSilence<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for StopSilence<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::STOP_SILENCE;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for StopSilence<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for StopSilence<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Plays media to a channel.
///
/// The response is 201 and comes as soon as the playback is queued. Playbacks on one channel run
/// one after another; `PlaybackStarted` and `PlaybackFinished` report each. Media that does not
/// exist is not refused: look at the `state` of the playback in `PlaybackFinished`. Pause, rewind
/// or stop it through the playbacks resource.
///
/// A caller that is not answered yet hears it as early media. While it runs, `answer`, setting
/// variables and entering or leaving a bridge wait; a malformed `tone:` URI never finishes and
/// blocks them until it is stopped.
///
/// `POST /channels/{channelId}/play`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `offsetms` or `skipms` is negative.
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Play<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    media: Vec<String>,
    lang: Option<String>,
    offset: Option<std::time::Duration>,
    skip: Option<std::time::Duration>,
    playback_id: Option<String>,
}

impl Play {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `media`: Media URIs, played one after another: `sound:hello-world`, `recording:name`,
    ///   `number:42`, `digits:0123`, `characters:abc`, `tone:ring`. A `tone:` goes on until it is
    ///   stopped, and later playbacks on the channel wait behind it; one that is neither the name
    ///   of a tone nor frequencies ends in the state `failed`. Asterisk 12 and 13 take a single
    ///   URI.
    #[inline]
    pub fn new<M2>(
        channel_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), channel_id, media)
    }
}

impl<C> Play<C> {
    pub(super) fn on<M2>(
        client: C,
        channel_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            media: runtime::OneOrMany::into_list(media),
            lang: None,
            offset: None,
            skip: None,
            playback_id: None,
        }
    }

    /// Language of the prompts, such as `en` or `en_GB`. The channel's own language when omitted.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Time to skip at the start of the first media URI; the others play from their beginning.
    ///
    /// Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms, the request fails
    /// with [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn offset(mut self, offset: std::time::Duration) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Time by which the `forward` and `reverse` operations of this playback jump.
    ///
    /// Default: 3000 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms,
    /// or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn skip(mut self, skip: std::time::Duration) -> Self {
        self.skip = Some(skip);
        self
    }

    /// Id of the playback. Choosing it beforehand allows an application to watch for its events
    /// before the request is sent.
    ///
    /// Available in Asterisk 12.2.0 and later.
    pub fn playback_id(mut self, playback_id: impl Into<String>) -> Self {
        self.playback_id = Some(playback_id.into());
        self
    }
}

impl<C> runtime::ToRequest for Play<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::PLAY;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("media", &self.media);
        encoder.query_param("lang", &self.lang);
        encoder.duration("offsetms", self.offset.map(Some));
        encoder.duration("skipms", self.skip.map(Some));
        encoder.query_param("playbackId", &self.playback_id);
    }
}

impl<C> runtime::TypedRequest for Play<C> {
    type Output = models::Playback;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Play<Client> {
    type Output = Result<models::Playback, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Playback>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl Play<Client> {
    #[inline]
    async fn send_watched(
        mut self,
    ) -> Result<(models::Playback, runtime::ObjectStream<Event>), Error> {
        let id = self.playback_id.get_or_insert_with(runtime::unique_id).clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("playback", &id),
            application: None,
            parent: Some(runtime::ObjectRef::new("channel", &self.channel_id)),
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the playback with a stream of its events. Chooses the
    /// playback's id if none was set. The stream is open before the request is sent, so no event
    /// can be missed. Events arrive if an application of this client controls the channel or is
    /// subscribed to it. Otherwise the stream ends with [`Error::ObjectGone`].
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events. After
    /// [`Error::OutcomeUnknown`] the playback may exist. Set the id yourself with `playback_id` to
    /// be able to find it.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<
        (crate::playbacks::PlaybackHandle, runtime::ObjectStream<Event>),
        Error,
    > {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.playback(events.id()), events))
    }

    /// Sends the request and waits until the playback has ended. If an event has reported the end,
    /// its `state` is the final one. No event can be missed. Dropping the future releases its
    /// streams and does not end the playback.
    ///
    /// Some ends have no event: the WebSocket was lost at that moment, or Asterisk has skipped the
    /// media (`silence:1`, `number:notanumber`). Therefore the client polls the server for the
    /// playback. If it no longer exists but the channel does, this is a success, too:
    /// [`Finished::report`](runtime::Finished::report) says that no event reported the end, and the
    /// `state` is the last known one.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and
    /// - [`Error::ObjectGone`] with the channel (see [`Error::gone_object`]) if that ends first,
    ///   and the playback with it. Its reason is
    ///   [`Unsubscribed`](runtime::GoneReason::Unsubscribed) if no application of this client
    ///   receives events of the channel;
    /// - [`Error::Disconnected`] if the session ends first;
    /// - [`Error::Lagged`] if the end was lost in a buffer that was too small;
    /// - [`Error::InvalidConfig`], before anything is sent, if the event filters that this client
    ///   has set exclude the end.
    #[inline]
    pub async fn wait_until_finished(
        self,
    ) -> Result<runtime::Finished<models::Playback>, Error> {
        let parent = runtime::ObjectRef::new("channel", &self.channel_id);
        let parent = self.client.connection().try_watch_until_end("playback", parent)?;
        let (object, events) = self.send_watched().await?;
        runtime::wait_for_terminal_event(
                events,
                parent,
                object,
                |event| event.playbacks().pop().cloned(),
            )
            .await
    }
}

/// Plays media to a channel under a chosen playback id.
///
/// Otherwise the same as `play`. The response is 201 and comes as soon as the playback is queued.
/// Playbacks on one channel run one after another; `PlaybackStarted` and `PlaybackFinished` report
/// each. Media that does not exist is not refused: look at the `state` of the playback in
/// `PlaybackFinished`. Pause, rewind or stop it through the playbacks resource.
///
/// A caller that is not answered yet hears it as early media. While it runs, `answer`, setting
/// variables and entering or leaving a bridge wait; a malformed `tone:` URI never finishes and
/// blocks them until it is stopped.
///
/// `POST /channels/{channelId}/play/{playbackId}`
///
/// Available in Asterisk 12.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `offsetms` or `skipms` is negative.
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel is `Down`, `Rsrved` or `Ringing`: an outgoing leg that has not been answered.
///   Wait until it is `Up`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct PlayWithId<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    playback_id: String,
    media: Vec<String>,
    lang: Option<String>,
    offset: Option<std::time::Duration>,
    skip: Option<std::time::Duration>,
}

impl PlayWithId {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `playback_id`: Id to give the playback; choosing it allows watching for its events before
    ///   the request is sent. It must not hold a line break: Asterisk repeats it in a header of its
    ///   answer.
    /// - `media`: Media URIs, played one after another: `sound:hello-world`, `recording:name`,
    ///   `number:42`, `digits:0123`, `characters:abc`, `tone:ring`. A `tone:` goes on until it is
    ///   stopped, and later playbacks on the channel wait behind it; one that is neither the name
    ///   of a tone nor frequencies ends in the state `failed`. Asterisk 12 and 13 take a single
    ///   URI.
    #[inline]
    pub fn new<M3>(
        channel_id: impl Into<String>,
        playback_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M3>,
    ) -> Self {
        Self::on((), channel_id, playback_id, media)
    }
}

impl<C> PlayWithId<C> {
    pub(super) fn on<M3>(
        client: C,
        channel_id: impl Into<String>,
        playback_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M3>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            playback_id: playback_id.into(),
            media: runtime::OneOrMany::into_list(media),
            lang: None,
            offset: None,
            skip: None,
        }
    }

    /// Language of the prompts, such as `en` or `en_GB`. The channel's own language when omitted.
    pub fn lang(mut self, lang: impl Into<String>) -> Self {
        self.lang = Some(lang.into());
        self
    }

    /// Time to skip at the start of the first media URI; the others play from their beginning.
    ///
    /// Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms, the request fails
    /// with [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn offset(mut self, offset: std::time::Duration) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Time by which the `forward` and `reverse` operations of this playback jump.
    ///
    /// Default: 3000 ms. Sent in whole milliseconds, rounded up. If it is more than 2147483647 ms,
    /// or zero, which Asterisk takes for its default, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn skip(mut self, skip: std::time::Duration) -> Self {
        self.skip = Some(skip);
        self
    }
}

impl<C> runtime::ToRequest for PlayWithId<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::PLAY_WITH_ID;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.path_param("playbackId", &self.playback_id);
        encoder.query_param("media", &self.media);
        encoder.query_param("lang", &self.lang);
        encoder.duration("offsetms", self.offset.map(Some));
        encoder.duration("skipms", self.skip.map(Some));
    }
}

impl<C> runtime::TypedRequest for PlayWithId<C> {
    type Output = models::Playback;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for PlayWithId<Client> {
    type Output = Result<models::Playback, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Playback>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl PlayWithId<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::Playback, runtime::ObjectStream<Event>), Error> {
        let id = self.playback_id.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("playback", &id),
            application: None,
            parent: Some(runtime::ObjectRef::new("channel", &self.channel_id)),
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the playback with a stream of its events. The stream is open
    /// before the request is sent, so no event can be missed. Events arrive if an application of
    /// this client controls the channel or is subscribed to it. Otherwise the stream ends with
    /// [`Error::ObjectGone`].
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<
        (crate::playbacks::PlaybackHandle, runtime::ObjectStream<Event>),
        Error,
    > {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.playback(events.id()), events))
    }

    /// Sends the request and waits until the playback has ended. If an event has reported the end,
    /// its `state` is the final one. No event can be missed. Dropping the future releases its
    /// streams and does not end the playback.
    ///
    /// Some ends have no event: the WebSocket was lost at that moment, or Asterisk has skipped the
    /// media (`silence:1`, `number:notanumber`). Therefore the client polls the server for the
    /// playback. If it no longer exists but the channel does, this is a success, too:
    /// [`Finished::report`](runtime::Finished::report) says that no event reported the end, and the
    /// `state` is the last known one.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and
    /// - [`Error::ObjectGone`] with the channel (see [`Error::gone_object`]) if that ends first,
    ///   and the playback with it. Its reason is
    ///   [`Unsubscribed`](runtime::GoneReason::Unsubscribed) if no application of this client
    ///   receives events of the channel;
    /// - [`Error::Disconnected`] if the session ends first;
    /// - [`Error::Lagged`] if the end was lost in a buffer that was too small;
    /// - [`Error::InvalidConfig`], before anything is sent, if the event filters that this client
    ///   has set exclude the end.
    #[inline]
    pub async fn wait_until_finished(
        self,
    ) -> Result<runtime::Finished<models::Playback>, Error> {
        let parent = runtime::ObjectRef::new("channel", &self.channel_id);
        let parent = self.client.connection().try_watch_until_end("playback", parent)?;
        let (object, events) = self.send_watched().await?;
        runtime::wait_for_terminal_event(
                events,
                parent,
                object,
                |event| event.playbacks().pop().cloned(),
            )
            .await
    }
}

/// Records what a channel's device says.
///
/// Only audio coming from the channel is recorded; to capture a conversation, record the bridge or
/// use a snooping channel. An unanswered channel is answered first. The response is 201;
/// `RecordingStarted`, `RecordingFinished` and `RecordingFailed` report the rest.
///
/// While it records, the channel is busy: it cannot enter a bridge, and commands such as `answer`
/// wait. A channel in a bridge cannot be recorded this way: the answer is 409, or `RecordingFailed`
/// follows.
///
/// `POST /channels/{channelId}/record`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: A duration is negative, or `terminateOn` or `ifExists` is unknown. A name that leads
///   outside the recording directory is answered with 500.
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel is not in a Stasis application or is in a bridge, or a recording of this name
///   is in progress, or is stored and `ifExists` is `fail`.
/// - 422: Asterisk has no file format of this name; load its format module.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Record<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    name: String,
    format: String,
    max_duration: Option<Option<std::time::Duration>>,
    max_silence: Option<Option<std::time::Duration>>,
    if_exists: Option<RecordIfExists>,
    beep: Option<bool>,
    terminate_on: Option<RecordTerminateOn>,
}

impl Record {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `name`: Name of the recording, without extension, relative to Asterisk's recording
    ///   directory; missing subdirectories named in it are created. Later requests address the
    ///   recording by this name.
    /// - `format`: File format, which is also the extension: `wav`, `wav16`, `ulaw`, `gsm`, as the
    ///   installed format modules allow.
    #[inline]
    pub fn new(
        channel_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self::on((), channel_id, name, format)
    }
}

impl<C> Record<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            name: name.into(),
            format: format.into(),
            max_duration: None,
            max_silence: None,
            if_exists: None,
            beep: None,
            terminate_on: None,
        }
    }

    /// Time after which the recording ends.
    ///
    /// Default: no limit. Sent in whole seconds, rounded up. `None` sets no limit. If it is more
    /// than 2147483647 s, or zero, which Asterisk takes for no limit, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn max_duration(
        mut self,
        max_duration: impl Into<Option<std::time::Duration>>,
    ) -> Self {
        self.max_duration = Some(max_duration.into());
        self
    }

    /// Time of continuous silence after which the recording ends. Without it, `talking_duration`
    /// and `silence_duration` are not measured.
    ///
    /// Default: no limit. Sent in whole seconds, rounded up. `None` sets no limit. If it is more
    /// than 2147483 s, or zero, which Asterisk takes for no limit, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn max_silence(
        mut self,
        max_silence: impl Into<Option<std::time::Duration>>,
    ) -> Self {
        self.max_silence = Some(max_silence.into());
        self
    }

    /// Action when a stored recording of this name exists. A recording in progress under the name
    /// is always a conflict.
    ///
    /// Default: `fail`.
    pub fn if_exists(mut self, if_exists: impl Into<RecordIfExists>) -> Self {
        self.if_exists = Some(if_exists.into());
        self
    }

    /// Plays a beep before the recording begins.
    ///
    /// Default: `false`.
    pub fn beep(mut self, beep: bool) -> Self {
        self.beep = Some(beep);
        self
    }

    /// Digit that ends the recording.
    ///
    /// Default: `none`.
    pub fn terminate_on(mut self, terminate_on: impl Into<RecordTerminateOn>) -> Self {
        self.terminate_on = Some(terminate_on.into());
        self
    }
}

impl<C> runtime::ToRequest for Record<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::RECORD;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("name", &self.name);
        encoder.query_param("format", &self.format);
        encoder.duration("maxDurationSeconds", self.max_duration);
        encoder.duration("maxSilenceSeconds", self.max_silence);
        encoder.query_param("ifExists", &self.if_exists);
        encoder.query_param("beep", &self.beep);
        encoder.query_param("terminateOn", &self.terminate_on);
    }
}

impl<C> runtime::TypedRequest for Record<C> {
    type Output = models::LiveRecording;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Record<Client> {
    type Output = Result<models::LiveRecording, Error>;
    type IntoFuture = runtime::ResponseFuture<models::LiveRecording>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl Record<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::LiveRecording, runtime::ObjectStream<Event>), Error> {
        let id = self.name.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("live_recording", &id),
            application: None,
            parent: Some(runtime::ObjectRef::new("channel", &self.channel_id)),
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the live recording with a stream of its events. The stream is
    /// open before the request is sent, so no event can be missed. Events arrive if an application
    /// of this client controls the channel or is subscribed to it. Otherwise the stream ends with
    /// [`Error::ObjectGone`].
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<
        (crate::recordings::LiveRecordingHandle, runtime::ObjectStream<Event>),
        Error,
    > {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.live_recording(events.id()), events))
    }

    /// Sends the request and waits until the live recording has ended. If an event has reported the
    /// end, its `state` is the final one. No event can be missed. Dropping the future releases its
    /// streams and does not end the live recording.
    ///
    /// Some ends have no event: the WebSocket was lost at that moment, or Asterisk has skipped the
    /// media (`silence:1`, `number:notanumber`). Therefore the client polls the server for the live
    /// recording. If it no longer exists but the channel does, this is a success, too:
    /// [`Finished::report`](runtime::Finished::report) says that no event reported the end, and the
    /// `state` is the last known one.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and
    /// - [`Error::ObjectGone`] with the channel (see [`Error::gone_object`]) if that ends first,
    ///   and the live recording with it. Its reason is
    ///   [`Unsubscribed`](runtime::GoneReason::Unsubscribed) if no application of this client
    ///   receives events of the channel;
    /// - [`Error::Disconnected`] if the session ends first;
    /// - [`Error::Lagged`] if the end was lost in a buffer that was too small;
    /// - [`Error::InvalidConfig`], before anything is sent, if the event filters that this client
    ///   has set exclude the end.
    #[inline]
    pub async fn wait_until_finished(
        self,
    ) -> Result<runtime::Finished<models::LiveRecording>, Error> {
        let parent = runtime::ObjectRef::new("channel", &self.channel_id);
        let parent = self
            .client
            .connection()
            .try_watch_until_end("live_recording", parent)?;
        let (object, events) = self.send_watched().await?;
        runtime::wait_for_terminal_event(
                events,
                parent,
                object,
                |event| event.live_recordings().pop().cloned(),
            )
            .await
    }
}

/// Returns the value of a channel variable or dialplan function.
///
/// Works for channels outside Stasis too. A function that cannot be read gives 500.
///
/// `GET /channels/{channelId}/variable`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variable` is missing or empty.
/// - 404: No channel has this id, or it has no variable of this name.
/// - 409: Declared for channels outside Stasis, although reading works there too.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetChannelVar<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    variable: String,
}

impl GetChannelVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `variable`: Name of the variable, such as `DIALSTATUS`, or a function with its arguments,
    ///   such as `CHANNEL(language)`. A name ending in `)` is taken as a function.
    #[inline]
    pub fn new(channel_id: impl Into<String>, variable: impl Into<String>) -> Self {
        Self::on((), channel_id, variable)
    }
}

impl<C> GetChannelVar<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            variable: variable.into(),
        }
    }
}

impl<C> runtime::ToRequest for GetChannelVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::GET_CHANNEL_VAR;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("variable", &self.variable);
    }
}

impl<C> runtime::TypedRequest for GetChannelVar<C> {
    type Output = models::Variable;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetChannelVar<Client> {
    type Output = Result<models::Variable, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Variable>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sets or removes a channel variable, or writes a dialplan function.
///
/// The request can wait for the channel's queue, behind a running playback. Asterisk 16 does not
/// wait, but answers before the variable is set: read back at once, it may still be missing.
/// Success does not prove an effect: writing a function that does not exist is answered 204 as
/// well.
///
/// It waits for the channel's command queue, behind a playback for instance. A client over a
/// WebSocket sends it by HTTP if it knows an address, because the server sends no other response on
/// the socket until then.
///
/// `POST /channels/{channelId}/variable`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variable` is missing or empty, or Asterisk refused to write the function.
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetChannelVar<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    variable: String,
    value: Option<String>,
    report_events: Option<bool>,
}

impl SetChannelVar {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `variable`: Name of the variable, or a function with its arguments, such as
    ///   `CALLERID(name)`. A leading `_` lets channels it creates inherit the variable once, `__`
    ///   for ever.
    #[inline]
    pub fn new(channel_id: impl Into<String>, variable: impl Into<String>) -> Self {
        Self::on((), channel_id, variable)
    }
}

impl<C> SetChannelVar<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        variable: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            variable: variable.into(),
            value: None,
            report_events: None,
        }
    }

    /// The new value; omitted, the variable is removed. In a JSON body it must be a string: a
    /// number silently sets an empty value.
    pub fn value(mut self, value: impl Into<String>) -> Self {
        self.value = Some(value.into());
        self
    }

    /// Adds the variable to `channelvars` of this channel in events.
    ///
    /// Default: `false`. Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
    pub fn report_events(mut self, report_events: bool) -> Self {
        self.report_events = Some(report_events);
        self
    }
}

impl<C> runtime::ToRequest for SetChannelVar<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::SET_CHANNEL_VAR;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("variable", &self.variable);
        encoder.query_param("value", &self.value);
        encoder.query_param("report_events", &self.report_events);
    }
}

impl<C> runtime::TypedRequest for SetChannelVar<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetChannelVar<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Returns the values of several channel variables or functions.
///
/// If one of them is missing, the whole request fails with 404.
///
/// `GET /channels/{channelId}/variables`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variables` is missing or empty.
/// - 404: No channel has this id, or one of the variables does not exist.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct GetChannelVars<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    variables: Vec<String>,
}

impl GetChannelVars {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `variables`: Names of variables, or functions with their arguments. In a query one
    ///   comma-separated list; commas inside parentheses do not separate.
    #[inline]
    pub fn new<M2>(
        channel_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self::on((), channel_id, variables)
    }
}

impl<C> GetChannelVars<C> {
    pub(super) fn on<M2>(
        client: C,
        channel_id: impl Into<String>,
        variables: impl runtime::OneOrMany<String, M2>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            variables: runtime::OneOrMany::into_list(variables),
        }
    }
}

impl<C> runtime::ToRequest for GetChannelVars<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::GET_CHANNEL_VARS;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("variables", &self.variables);
    }
}

impl<C> runtime::TypedRequest for GetChannelVars<C> {
    type Output = models::Variables;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for GetChannelVars<Client> {
    type Output = Result<models::Variables, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Variables>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Sets several channel variables or functions in one request.
///
/// The request can wait for the channel's queue, behind a running playback.
///
/// It waits for the channel's command queue, behind a playback for instance. A client over a
/// WebSocket sends it by HTTP if it knows an address, because the server sends no other response on
/// the socket until then.
///
/// `POST /channels/{channelId}/variables`
///
/// Available in Asterisk 20.20.0, 22.10.0, 23.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `variables` is missing, or a value is neither a string nor such an object.
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SetChannelVars<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    variables: Vec<(String, runtime::VariableValue)>,
}

impl SetChannelVars {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `variables`: The variables by name, inside the key `variables`:
    ///   `{"variables":{"lang":"de","step":{"value":"3","report_events":true}}}`. Each value is a
    ///   string, or an object whose `report_events` adds the variable to `channelvars` in events. A
    ///   number or null gives 400.
    #[inline]
    pub fn new(
        channel_id: impl Into<String>,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> Self {
        Self::on((), channel_id, variables)
    }
}

impl<C> SetChannelVars<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            variables: variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        }
    }
}

impl<C> runtime::ToRequest for SetChannelVars<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::SET_CHANNEL_VARS;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.object("variables", &self.variables);
    }
}

impl<C> runtime::TypedRequest for SetChannelVars<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SetChannelVars<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Listens in on a channel, or whispers to it, through a new channel.
///
/// The new channel, named `Snoop/…`, enters `app` and can be bridged, recorded or played to like
/// any other; it works in signed linear at the channel's sample rate. The channel snooped on need
/// not be in Stasis and notices nothing but the whispering. The snooping ends when either channel
/// hangs up.
///
/// `POST /channels/{channelId}/snoop`
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `spy` and `whisper` are both `none`, a direction is unknown, or `app` is empty.
/// - 404: No channel has this id; it may have hung up meanwhile.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SnoopChannel<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    spy: Option<SnoopChannelSpy>,
    whisper: Option<SnoopChannelWhisper>,
    app: String,
    app_args: Option<Vec<String>>,
    snoop_id: Option<String>,
}

impl SnoopChannel {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `app`: Stasis application that receives the snooping channel.
    #[inline]
    pub fn new(channel_id: impl Into<String>, app: impl Into<String>) -> Self {
        Self::on((), channel_id, app)
    }
}

impl<C> SnoopChannel<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        app: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            spy: None,
            whisper: None,
            app: app.into(),
            app_args: None,
            snoop_id: None,
        }
    }

    /// Audio of the channel that the snooping channel hears. Either this or `whisper` must differ
    /// from `none`.
    ///
    /// Default: `none`.
    pub fn spy(mut self, spy: impl Into<SnoopChannelSpy>) -> Self {
        self.spy = Some(spy.into());
        self
    }

    /// Direction into which audio written to the snooping channel is mixed. Either this or `spy`
    /// must differ from `none`.
    ///
    /// Default: `none`.
    pub fn whisper(mut self, whisper: impl Into<SnoopChannelWhisper>) -> Self {
        self.whisper = Some(whisper.into());
        self
    }

    /// Arguments handed to the Stasis application; they arrive in order in the `args` of
    /// `StasisStart`.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }

    /// Id to give the snooping channel; chosen by Asterisk when omitted.
    ///
    /// Available in Asterisk 12.2.0 and later.
    pub fn snoop_id(mut self, snoop_id: impl Into<String>) -> Self {
        self.snoop_id = Some(snoop_id.into());
        self
    }
}

impl<C> runtime::ToRequest for SnoopChannel<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::SNOOP_CHANNEL;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("spy", &self.spy);
        encoder.query_param("whisper", &self.whisper);
        encoder.query_param("app", &self.app);
        encoder.escaped_list("appArgs", self.app_args.as_ref());
        encoder.query_param("snoopId", &self.snoop_id);
    }
}

impl<C> runtime::TypedRequest for SnoopChannel<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SnoopChannel<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl SnoopChannel<Client> {
    #[inline]
    async fn send_watched(
        mut self,
    ) -> Result<(models::Channel, runtime::ObjectStream<Event>), Error> {
        let id = self.snoop_id.get_or_insert_with(runtime::unique_id).clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("channel", &id),
            application: Some(&self.app),
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the channel with a stream of its events. Chooses the channel's
    /// id if none was set. The stream is open before the request is sent, so no event can be
    /// missed. Events arrive if this client has connected the application. Otherwise an application
    /// that it has connected is subscribed to the channel after the response.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events. After
    /// [`Error::OutcomeUnknown`] the channel may exist. Set the id yourself with `snoop_id` to be
    /// able to find it.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::channels::ChannelHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.channel(events.id()), events))
    }
}

/// Listens in on a channel through a new channel with a chosen id.
///
/// Otherwise the same as `snoopChannel`. The new channel, named `Snoop/…`, enters `app` and can be
/// bridged, recorded or played to like any other; it works in signed linear at the channel's sample
/// rate. The channel snooped on need not be in Stasis and notices nothing but the whispering. The
/// snooping ends when either channel hangs up.
///
/// `POST /channels/{channelId}/snoop/{snoopId}`
///
/// Available in Asterisk 12.2.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `spy` and `whisper` are both `none`, a direction is unknown, or `app` is empty.
/// - 404: No channel has this id; it may have hung up meanwhile.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct SnoopChannelWithId<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    snoop_id: String,
    spy: Option<SnoopChannelSpy>,
    whisper: Option<SnoopChannelWhisper>,
    app: String,
    app_args: Option<Vec<String>>,
}

impl SnoopChannelWithId {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    /// - `snoop_id`: Id to give the snooping channel.
    /// - `app`: Stasis application that receives the snooping channel.
    #[inline]
    pub fn new(
        channel_id: impl Into<String>,
        snoop_id: impl Into<String>,
        app: impl Into<String>,
    ) -> Self {
        Self::on((), channel_id, snoop_id, app)
    }
}

impl<C> SnoopChannelWithId<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        snoop_id: impl Into<String>,
        app: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            snoop_id: snoop_id.into(),
            spy: None,
            whisper: None,
            app: app.into(),
            app_args: None,
        }
    }

    /// Audio of the channel that the snooping channel hears. Either this or `whisper` must differ
    /// from `none`.
    ///
    /// Default: `none`.
    pub fn spy(mut self, spy: impl Into<SnoopChannelSpy>) -> Self {
        self.spy = Some(spy.into());
        self
    }

    /// Direction into which audio written to the snooping channel is mixed. Either this or `spy`
    /// must differ from `none`.
    ///
    /// Default: `none`.
    pub fn whisper(mut self, whisper: impl Into<SnoopChannelWhisper>) -> Self {
        self.whisper = Some(whisper.into());
        self
    }

    /// Arguments handed to the Stasis application; they arrive in order in the `args` of
    /// `StasisStart`.
    pub fn app_args<M1>(
        mut self,
        app_args: impl runtime::OneOrMany<String, M1>,
    ) -> Self {
        self.app_args = Some(runtime::OneOrMany::into_list(app_args));
        self
    }
}

impl<C> runtime::ToRequest for SnoopChannelWithId<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::SNOOP_CHANNEL_WITH_ID;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.path_param("snoopId", &self.snoop_id);
        encoder.query_param("spy", &self.spy);
        encoder.query_param("whisper", &self.whisper);
        encoder.query_param("app", &self.app);
        encoder.escaped_list("appArgs", self.app_args.as_ref());
    }
}

impl<C> runtime::TypedRequest for SnoopChannelWithId<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for SnoopChannelWithId<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl SnoopChannelWithId<Client> {
    #[inline]
    async fn send_watched(
        self,
    ) -> Result<(models::Channel, runtime::ObjectStream<Event>), Error> {
        let id = self.snoop_id.clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("channel", &id),
            application: Some(&self.app),
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the channel with a stream of its events. The stream is open
    /// before the request is sent, so no event can be missed. Events arrive if this client has
    /// connected the application. Otherwise an application that it has connected is subscribed to
    /// the channel after the response.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::channels::ChannelHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.channel(events.id()), events))
    }
}

/// Dials a channel made with `create`.
///
/// Returns as soon as dialing is arranged. Progress comes as `Dial` and `ChannelStateChange`
/// events; an answered channel becomes `Up`, one that fails ends with `ChannelDestroyed`. Early
/// media flows if the channel is in a bridge.
///
/// `POST /channels/{channelId}/dial`
///
/// Available in Asterisk 14 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel is not in a Stasis application, was not made with `create`, or was dialed
///   already (it must be `Down` or `Rsrved`).
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct Dial<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    caller: Option<String>,
    timeout: Option<Option<std::time::Duration>>,
}

impl Dial {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> Dial<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            caller: None,
            timeout: None,
        }
    }

    /// Id of the channel on whose behalf to dial. Its caller id, language, account code,
    /// music-on-hold class and inheritable variables are taken over; an unknown id is ignored.
    pub fn caller(mut self, caller: impl Into<String>) -> Self {
        self.caller = Some(caller.into());
        self
    }

    /// Time to wait for an answer before the channel is hung up.
    ///
    /// Default: no limit. Sent in whole seconds, rounded up. `None` sets no limit. If it is more
    /// than 2147483 s, or zero, which Asterisk takes for no limit, the request fails with
    /// [`Error::InvalidArgument`](runtime::Error::InvalidArgument) before it is sent.
    pub fn timeout(mut self, timeout: impl Into<Option<std::time::Duration>>) -> Self {
        self.timeout = Some(timeout.into());
        self
    }
}

impl<C> runtime::ToRequest for Dial<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::DIAL;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("caller", &self.caller);
        encoder.duration("timeout", self.timeout);
    }
}

impl<C> runtime::TypedRequest for Dial<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for Dial<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Returns packet, jitter, loss and round-trip figures of a channel's RTP stream.
///
/// The figures are those of the moment and end with the channel: fetch them before it hangs up. The
/// channel need not be in a Stasis application.
///
/// `GET /channels/{channelId}/rtp_statistics`
///
/// Available in Asterisk 13.27.0, 16.4.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 403: The channel's technology, `Local` for example, does not use RTP.
/// - 404: No channel has this id, or it has no RTP stream or statistics yet.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct RtpStatistics<C = ()> {
    pub(crate) client: C,
    channel_id: String,
}

impl RtpStatistics {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel, as in `Channel.id`. It may hold any character that is
    ///   percent-encoded, `/` included; a channel with the id `create` or `externalMedia` cannot be
    ///   addressed.
    #[inline]
    pub fn new(channel_id: impl Into<String>) -> Self {
        Self::on((), channel_id)
    }
}

impl<C> RtpStatistics<C> {
    pub(super) fn on(client: C, channel_id: impl Into<String>) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
        }
    }
}

impl<C> runtime::ToRequest for RtpStatistics<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::RTP_STATISTICS;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
    }
}

impl<C> runtime::TypedRequest for RtpStatistics<C> {
    type Output = models::RtpStat;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for RtpStatistics<Client> {
    type Output = Result<models::RtpStat, Error>;
    type IntoFuture = runtime::ResponseFuture<models::RtpStat>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Creates a channel whose audio goes to and comes from an external program.
///
/// `transport` and `encapsulation` together select the kind: `udp` with `rtp` sends plain RTP,
/// `tcp` with `audiosocket` speaks AudioSocket, `websocket` with `none` carries raw media in
/// WebSocket frames. The channel enters `app` when it is answered, which Asterisk does by itself:
/// at once for RTP, on connection for the others. Put it into a bridge with the call to exchange
/// audio, and hang it up when done.
///
/// For RTP, `channelvars` of the response hold `UNICASTRTP_LOCAL_ADDRESS` and
/// `UNICASTRTP_LOCAL_PORT`, where Asterisk expects the program's packets. For a WebSocket of type
/// `server` they hold `MEDIA_WEBSOCKET_CONNECTION_ID`: connect to `/media/` followed by that id,
/// below the HTTP server's prefix, with the subprotocol `media`.
///
/// `POST /channels/externalMedia`
///
/// Available in Asterisk 16.6.0, 17.1.0 and later.
///
/// Asterisk 16.6.0 (before 16.7.0) responds with a `ExternalMedia`, of which this returns the
/// `channel`.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `app`, `format`, `external_host` or the AudioSocket `data` is missing, `external_host` is
///   no `host:port` or no known WebSocket client, the format is unknown, the combination is
///   refused, or a variable is not a string.
/// - 404: Asterisk has no such resource; the ARI channels module may not be loaded.
/// - 409: A channel with the chosen id exists already.
/// - 501: This release does not support the combination of `encapsulation` and `transport`.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct ExternalMedia<C = ()> {
    pub(crate) client: C,
    channel_id: Option<String>,
    app: String,
    variables: Option<Vec<(String, runtime::VariableValue)>>,
    external_host: Option<String>,
    encapsulation: Option<ExternalMediaEncapsulation>,
    transport: Option<ExternalMediaTransport>,
    connection_type: Option<ExternalMediaConnectionType>,
    format: String,
    direction: Option<ExternalMediaDirection>,
    data: Option<String>,
    transport_data: Option<String>,
}

impl ExternalMedia {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `app`: Stasis application that receives the channel.
    /// - `format`: Codec of the audio, such as `ulaw`, `slin16` or `opus`. Over RTP the linear
    ///   formats are sent in network byte order.
    #[inline]
    pub fn new(app: impl Into<String>, format: impl Into<String>) -> Self {
        Self::on((), app, format)
    }
}

impl<C> ExternalMedia<C> {
    pub(super) fn on(
        client: C,
        app: impl Into<String>,
        format: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: None,
            app: app.into(),
            variables: None,
            external_host: None,
            encapsulation: None,
            transport: None,
            connection_type: None,
            format: format.into(),
            direction: None,
            data: None,
            transport_data: None,
        }
    }

    /// Id to give the new channel, at most 149 characters and unique on the server. Choosing it
    /// lets an application register interest first: `ChannelCreated` can arrive before the
    /// response.
    pub fn channel_id(mut self, channel_id: impl Into<String>) -> Self {
        self.channel_id = Some(channel_id.into());
        self
    }

    /// Channel variables and functions to set before dialing, by name:
    /// `{"variables":{"CALLERID(name)":"Alice"}}`. Each value is a string; releases with variable
    /// reporting also take `{"value":"…","report_events":true}`, which adds the variable to
    /// `channelvars` in events. A number or null gives 400.
    pub fn variables(
        mut self,
        variables: impl IntoIterator<
            Item = (impl Into<String>, impl Into<runtime::VariableValue>),
        >,
    ) -> Self {
        self.variables = Some(
            variables
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        );
        self
    }

    /// Destination of the media: `host:port` for RTP and AudioSocket, an id from
    /// `websocket_client.conf` (with `connection_type=per_call_config`) for a WebSocket that
    /// Asterisk dials. Empty or `INCOMING` when the program connects to Asterisk.
    ///
    /// Required by Asterisk 16.6.0, 17.1.0, 18, 19, 20 (before 20.16.0), 21 (before 21.11.0), 22
    /// (before 22.6.0).
    pub fn external_host(mut self, external_host: impl Into<String>) -> Self {
        self.external_host = Some(external_host.into());
        self
    }

    /// Encapsulation of the audio.
    ///
    /// Default: `rtp`.
    pub fn encapsulation(
        mut self,
        encapsulation: impl Into<ExternalMediaEncapsulation>,
    ) -> Self {
        self.encapsulation = Some(encapsulation.into());
        self
    }

    /// Transport protocol of the audio.
    ///
    /// Default: `udp`.
    pub fn transport(mut self, transport: impl Into<ExternalMediaTransport>) -> Self {
        self.transport = Some(transport.into());
        self
    }

    /// Side that connects. `server` exists only with the `websocket` transport.
    ///
    /// Default: `client`.
    pub fn connection_type(
        mut self,
        connection_type: impl Into<ExternalMediaConnectionType>,
    ) -> Self {
        self.connection_type = Some(connection_type.into());
        self
    }

    /// Direction in which media flows. The WebSocket channel of newer releases also knows `in` and
    /// `out`.
    ///
    /// Default: `both`.
    pub fn direction(mut self, direction: impl Into<ExternalMediaDirection>) -> Self {
        self.direction = Some(direction.into());
        self
    }

    /// For AudioSocket the UUID that identifies the call to the server, which cannot be left out.
    /// Newer releases also pass it to `app` as arguments.
    ///
    /// Available in Asterisk 18 and later.
    pub fn data(mut self, data: impl Into<String>) -> Self {
        self.data = Some(data.into());
        self
    }

    /// Options for the WebSocket channel, appended to its dial string: `c(codec)`, `n` (no
    /// automatic answer), `f(json|plain-text)` (control message format), `p` (pass media through),
    /// `v(a=b,…)` (URI parameters), `d(in|out|both)` (media direction).
    ///
    /// Available in Asterisk 20.18.0, 22.8.0, 23.2.0 and later.
    pub fn transport_data(mut self, transport_data: impl Into<String>) -> Self {
        self.transport_data = Some(transport_data.into());
        self
    }
}

impl<C> runtime::ToRequest for ExternalMedia<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::EXTERNAL_MEDIA;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.query_param("channelId", &self.channel_id);
        encoder.query_param("app", &self.app);
        encoder.object("variables", self.variables.as_ref());
        encoder.query_param("external_host", &self.external_host);
        encoder.query_param("encapsulation", &self.encapsulation);
        encoder.query_param("transport", &self.transport);
        encoder.query_param("connection_type", &self.connection_type);
        encoder.query_param("format", &self.format);
        encoder.query_param("direction", &self.direction);
        encoder.query_param("data", &self.data);
        encoder.query_param("transport_data", &self.transport_data);
    }
}

impl<C> runtime::TypedRequest for ExternalMedia<C> {
    type Output = models::Channel;
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_json_or_field(
            <Self as runtime::ToRequest>::OPERATION,
            response,
            "channel",
        )
    }
}

impl IntoFuture for ExternalMedia<Client> {
    type Output = Result<models::Channel, Error>;
    type IntoFuture = runtime::ResponseFuture<models::Channel>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

impl ExternalMedia<Client> {
    #[inline]
    async fn send_watched(
        mut self,
    ) -> Result<(models::Channel, runtime::ObjectStream<Event>), Error> {
        let id = self.channel_id.get_or_insert_with(runtime::unique_id).clone();
        let connection = self.client.connection();
        let new = runtime::CreateContext {
            object: runtime::ObjectRef::new("channel", &id),
            application: Some(&self.app),
            parent: None,
        };
        connection.create_and_watch(new, connection.send_owned(&self)).await
    }

    /// Sends the request and returns the channel with a stream of its events. Chooses the channel's
    /// id if none was set. The stream is open before the request is sent, so no event can be
    /// missed. Events arrive if this client has connected the application. Otherwise an application
    /// that it has connected is subscribed to the channel after the response.
    ///
    /// # Errors
    ///
    /// Returns the errors of the request, and [`Error::Disconnected`], before anything is sent, if
    /// this client has connected no application that could receive events. After
    /// [`Error::OutcomeUnknown`] the channel may exist. Set the id yourself with `channel_id` to be
    /// able to find it.
    #[inline]
    pub async fn send_with_events(
        self,
    ) -> Result<(crate::channels::ChannelHandle, runtime::ObjectStream<Event>), Error> {
        let client = self.client.clone();
        let (_, events) = self.send_watched().await?;
        Ok((client.channel(events.id()), events))
    }
}

/// Reports the progress of a transfer to the device that requested it.
///
/// For transfers that the application carries out itself, after a `ChannelTransfer` event: this
/// needs `PJSIP_TRANSFER_HANDLING()=ari-only` on the channel. The device that sent the SIP REFER
/// receives a NOTIFY with the matching status. Every state but `channel_progress` ends the transfer
/// for the device.
///
/// `POST /channels/{channelId}/transfer_progress`
///
/// Available in Asterisk 20.13.0, 21.8.0, 22.3.0 and later.
///
/// # Errors
///
/// Asterisk refuses the request with
/// - 400: `states` is empty or unknown.
/// - 404: No channel has this id; it may have hung up meanwhile.
/// - 409: The channel exists, but is not in a Stasis application, so it cannot be controlled. It
///   may not have arrived yet, or may have left for the dialplan.
/// - 412: The channel's state does not allow it.
#[derive(Clone, Debug, PartialEq)]
#[must_use = "a request does nothing until it is awaited or sent"]
pub struct TransferProgress<C = ()> {
    pub(crate) client: C,
    channel_id: String,
    states: String,
}

impl TransferProgress {
    /// Creates the request without a client. Any client can send it.
    ///
    /// - `channel_id`: Id of the channel on which the transfer was requested.
    /// - `states`: One of `channel_progress` (still under way), `channel_answered` (done),
    ///   `channel_unavailable` (the target could not be reached) and `channel_declined` (refused).
    #[inline]
    pub fn new(channel_id: impl Into<String>, states: impl Into<String>) -> Self {
        Self::on((), channel_id, states)
    }
}

impl<C> TransferProgress<C> {
    pub(super) fn on(
        client: C,
        channel_id: impl Into<String>,
        states: impl Into<String>,
    ) -> Self {
        Self {
            client,
            channel_id: channel_id.into(),
            states: states.into(),
        }
    }
}

impl<C> runtime::ToRequest for TransferProgress<C> {
    const OPERATION: &'static runtime::Operation = &operations::channels::TRANSFER_PROGRESS;
    fn encode(&self, encoder: &mut runtime::RequestEncoder) {
        encoder.path_param("channelId", &self.channel_id);
        encoder.query_param("states", &self.states);
    }
}

impl<C> runtime::TypedRequest for TransferProgress<C> {
    type Output = ();
    fn decode(response: runtime::Response) -> Result<Self::Output, Error> {
        runtime::decode_empty(<Self as runtime::ToRequest>::OPERATION, response)
    }
}

impl IntoFuture for TransferProgress<Client> {
    type Output = Result<(), Error>;
    type IntoFuture = runtime::ResponseFuture<()>;
    #[inline]
    fn into_future(self) -> Self::IntoFuture {
        self.client.connection().send_owned(&self)
    }
}

/// Values of `reason`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum HangupReason {
    /// Normal clearing (16).
    Normal,
    /// User busy (17).
    Busy,
    /// No circuit available (34).
    Congestion,
    /// The user was alerted and did not answer (19).
    ///
    /// Available in Asterisk 13.3.0 and later.
    NoAnswer,
    /// No user responded (18).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Timeout,
    /// The call was rejected (21).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Rejected,
    /// The number is not allocated (1).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Unallocated,
    /// Normal, unspecified (31).
    ///
    /// Available in Asterisk 16.2.0 and later.
    NormalUnspecified,
    /// The number is incomplete or has a wrong format (28).
    ///
    /// Available in Asterisk 16.2.0 and later.
    NumberIncomplete,
    /// The bearer capability is not available (58).
    ///
    /// Available in Asterisk 16.2.0 and later.
    CodecMismatch,
    /// Interworking, unspecified (127).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Interworking,
    /// Network out of order (38).
    ///
    /// Available in Asterisk 16.2.0 and later.
    Failure,
    /// Another device took the call (26); SIP phones that receive this cause do not list it as
    /// missed.
    ///
    /// Available in Asterisk 15 and later.
    AnsweredElsewhere,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    HangupReason,
    Normal = "normal",
    Busy = "busy",
    Congestion = "congestion",
    NoAnswer = "no_answer",
    Timeout = "timeout",
    Rejected = "rejected",
    Unallocated = "unallocated",
    NormalUnspecified = "normal_unspecified",
    NumberIncomplete = "number_incomplete",
    CodecMismatch = "codec_mismatch",
    Interworking = "interworking",
    Failure = "failure",
    AnsweredElsewhere = "answered_elsewhere",
);

/// Values of `direction`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MuteDirection {
    /// Both directions.
    Both,
    /// Audio that comes from the channel's device: Asterisk and the other parties no longer hear
    /// it.
    In,
    /// Audio that goes to the channel's device: it no longer hears anything.
    Out,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    MuteDirection,
    Both = "both",
    In = "in",
    Out = "out",
);

/// Values of `ifExists`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordIfExists {
    /// Refuse the request; the existing recording stays as it is.
    Fail,
    /// Replace the existing recording.
    Overwrite,
    /// Add to the end of the existing recording.
    Append,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    RecordIfExists,
    Fail = "fail",
    Overwrite = "overwrite",
    Append = "append",
);

/// Values of `terminateOn`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RecordTerminateOn {
    /// No digit ends the recording.
    None,
    /// Any digit ends the recording.
    Any,
    /// The star key ends the recording.
    Star,
    /// The pound key ends the recording.
    Pound,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    RecordTerminateOn,
    None = "none",
    Any = "any",
    Star = "*",
    Pound = "#",
);

/// Values of `spy`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SnoopChannelSpy {
    /// Hears nothing.
    None,
    /// Hears both directions, mixed.
    Both,
    /// Hears what is sent to the channel's device.
    Out,
    /// Hears what the channel's device says.
    In,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    SnoopChannelSpy,
    None = "none",
    Both = "both",
    Out = "out",
    In = "in",
);

/// Values of `whisper`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SnoopChannelWhisper {
    /// Whispers to nobody.
    None,
    /// Heard by the channel's device and by those it talks to.
    Both,
    /// Heard by the channel's device only.
    Out,
    /// Mixed into what the device says, so heard by those it talks to.
    In,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    SnoopChannelWhisper,
    None = "none",
    Both = "both",
    Out = "out",
    In = "in",
);

/// Values of `encapsulation`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalMediaEncapsulation {
    /// RTP packets, with `udp`.
    Rtp,
    /// AudioSocket frames, with `tcp`.
    ///
    /// Available in Asterisk 18 and later.
    Audiosocket,
    /// Raw media, with `websocket`.
    ///
    /// Available in Asterisk 20.16.0, 21.11.0, 22.6.0 and later.
    None,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ExternalMediaEncapsulation,
    Rtp = "rtp",
    Audiosocket = "audiosocket",
    None = "none",
);

/// Values of `transport`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalMediaTransport {
    /// UDP packets.
    Udp,
    /// A TCP connection that Asterisk opens.
    ///
    /// Available in Asterisk 18 and later.
    Tcp,
    /// A WebSocket.
    ///
    /// Available in Asterisk 20.16.0, 21.11.0, 22.6.0 and later.
    Websocket,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ExternalMediaTransport,
    Udp = "udp",
    Tcp = "tcp",
    Websocket = "websocket",
);

/// Values of `connection_type`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalMediaConnectionType {
    /// Asterisk connects to the program.
    Client,
    /// The program connects to Asterisk.
    ///
    /// Available in Asterisk 20.16.0, 21.11.0, 22.6.0 and later.
    Server,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ExternalMediaConnectionType,
    Client = "client",
    Server = "server",
);

/// Values of `direction`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ExternalMediaDirection {
    /// Media flows both ways.
    Both,
    /// A value that these bindings do not know.
    Other(String),
}

runtime::open_enum!(
    ExternalMediaDirection,
    Both = "both",
);
