// Written by ari-codegen from Asterisk's resource specs: do not edit.

//! The operations of `BridgeHandle`.

use super::{
    AddChannel, BridgeHandle, ClearVideoSource, CreateWithId, Destroy, Get, GetBridgeVar,
    GetBridgeVars, Play, PlayWithId, Record, RemoveChannel, SetBridgeVar, SetBridgeVars,
    SetVideoSource, StartMoh, StopMoh,
};
use crate::{Client, runtime};

impl BridgeHandle {
    /// Creates a bridge with the id in the path.
    ///
    /// `POST /bridges/{bridgeId}`: see [`CreateWithId`].
    #[inline]
    pub fn create_with_id(&self) -> CreateWithId<Client> {
        CreateWithId::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Gets the present state of a bridge.
    ///
    /// `GET /bridges/{bridgeId}`: see [`Get`].
    #[inline]
    pub fn get(&self) -> Get<Client> {
        Get::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Destroys a bridge and lets its channels go.
    ///
    /// `DELETE /bridges/{bridgeId}`: see [`Destroy`].
    #[inline]
    pub fn destroy(&self) -> Destroy<Client> {
        Destroy::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Gets the value of one bridge variable.
    ///
    /// `GET /bridges/{bridgeId}/variable`: see [`GetBridgeVar`].
    #[inline]
    pub fn get_bridge_var(&self, variable: impl Into<String>) -> GetBridgeVar<Client> {
        GetBridgeVar::on(self.client.clone(), self.bridge_id.clone(), variable)
    }

    /// Sets one bridge variable.
    ///
    /// `POST /bridges/{bridgeId}/variable`: see [`SetBridgeVar`].
    #[inline]
    pub fn set_bridge_var(&self, variable: impl Into<String>) -> SetBridgeVar<Client> {
        SetBridgeVar::on(self.client.clone(), self.bridge_id.clone(), variable)
    }

    /// Gets the values of several bridge variables at once.
    ///
    /// `GET /bridges/{bridgeId}/variables`: see [`GetBridgeVars`].
    #[inline]
    pub fn get_bridge_vars<M1>(
        &self,
        variables: impl runtime::OneOrMany<String, M1>,
    ) -> GetBridgeVars<Client> {
        GetBridgeVars::on(self.client.clone(), self.bridge_id.clone(), variables)
    }

    /// Sets several bridge variables at once.
    ///
    /// `POST /bridges/{bridgeId}/variables`: see [`SetBridgeVars`].
    #[inline]
    pub fn set_bridge_vars(
        &self,
        variables: impl IntoIterator<Item = (impl Into<String>, impl Into<runtime::VariableValue>)>,
    ) -> SetBridgeVars<Client> {
        SetBridgeVars::on(self.client.clone(), self.bridge_id.clone(), variables)
    }

    /// Puts one or more channels into a bridge.
    ///
    /// `POST /bridges/{bridgeId}/addChannel`: see [`AddChannel`].
    #[inline]
    pub fn add_channel<M1>(
        &self,
        channel: impl runtime::OneOrMany<String, M1>,
    ) -> AddChannel<Client> {
        AddChannel::on(self.client.clone(), self.bridge_id.clone(), channel)
    }

    /// Takes one or more channels out of a bridge.
    ///
    /// `POST /bridges/{bridgeId}/removeChannel`: see [`RemoveChannel`].
    #[inline]
    pub fn remove_channel<M1>(
        &self,
        channel: impl runtime::OneOrMany<String, M1>,
    ) -> RemoveChannel<Client> {
        RemoveChannel::on(self.client.clone(), self.bridge_id.clone(), channel)
    }

    /// Makes one channel the video source of a mixing bridge.
    ///
    /// `POST /bridges/{bridgeId}/videoSource/{channelId}`: see [`SetVideoSource`].
    #[inline]
    pub fn set_video_source(
        &self,
        channel_id: impl Into<String>,
    ) -> SetVideoSource<Client> {
        SetVideoSource::on(self.client.clone(), self.bridge_id.clone(), channel_id)
    }

    /// Clears the chosen video source of a mixing bridge.
    ///
    /// `DELETE /bridges/{bridgeId}/videoSource`: see [`ClearVideoSource`].
    #[inline]
    pub fn clear_video_source(&self) -> ClearVideoSource<Client> {
        ClearVideoSource::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Plays music on hold to a bridge, or changes the class that is playing.
    ///
    /// `POST /bridges/{bridgeId}/moh`: see [`StartMoh`].
    #[inline]
    pub fn start_moh(&self) -> StartMoh<Client> {
        StartMoh::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Stops the music on hold that `startMoh` began.
    ///
    /// `DELETE /bridges/{bridgeId}/moh`: see [`StopMoh`].
    #[inline]
    pub fn stop_moh(&self) -> StopMoh<Client> {
        StopMoh::on(self.client.clone(), self.bridge_id.clone())
    }

    /// Plays media to everyone in a bridge.
    ///
    /// `POST /bridges/{bridgeId}/play`: see [`Play`].
    #[inline]
    pub fn play<M1>(&self, media: impl runtime::OneOrMany<String, M1>) -> Play<Client> {
        Play::on(self.client.clone(), self.bridge_id.clone(), media)
    }

    /// Plays media to everyone in a bridge, as the playback with the id in the path.
    ///
    /// `POST /bridges/{bridgeId}/play/{playbackId}`: see [`PlayWithId`].
    #[inline]
    pub fn play_with_id<M2>(
        &self,
        playback_id: impl Into<String>,
        media: impl runtime::OneOrMany<String, M2>,
    ) -> PlayWithId<Client> {
        PlayWithId::on(self.client.clone(), self.bridge_id.clone(), playback_id, media)
    }

    /// Records the mixed audio of a bridge into a file.
    ///
    /// `POST /bridges/{bridgeId}/record`: see [`Record`].
    #[inline]
    pub fn record(
        &self,
        name: impl Into<String>,
        format: impl Into<String>,
    ) -> Record<Client> {
        Record::on(self.client.clone(), self.bridge_id.clone(), name, format)
    }
}
