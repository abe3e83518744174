//! Calls that arrive from endpoints.

use super::{NewChannel, PbxState};
use crate::model::{Channel, ChannelKind, Party, Position, stasis_data};

/// A call that arrives.
pub(crate) struct ArrivingCall {
    /// The endpoint that it comes from, such as `PJSIP/alice`.
    pub(crate) endpoint: String,
    /// The id of its channel, instead of a generated one.
    pub(crate) id: Option<String>,
    pub(crate) caller: Party,
}

/// The destination of a call that arrives.
pub(crate) enum Destination {
    /// An application, with arguments.
    Application(String, Vec<String>),
    Extension(Position),
}

impl PbxState {
    /// Lets a call arrive, ringing. Returns the id of its channel, which may have ended already.
    pub(crate) fn receive_call(&mut self, call: ArrivingCall, destination: Destination) -> String {
        let id = call.id.unwrap_or_else(|| self.new_channel_id());
        let name = format!("{}-{:08x}", call.endpoint, self.next_name_number());
        let position = Position {
            context: "testari".to_owned(),
            extension: "s".to_owned(),
            priority: 1,
        };
        let kind = ChannelKind::Sip {
            at: None,
            echo: false,
        };
        let mut channel = Channel::new(id.clone(), name, kind, position);
        channel.protocol_id = ari_api::client::unique_id();
        channel.state = "Ring";
        channel.caller = call.caller;
        self.add_channel(channel, &NewChannel::default());
        self.update_device_of(&id);
        match destination {
            Destination::Application(app, args) => {
                let data = stasis_data(&app, &args);
                self.set_dialplan_application(&id, "Stasis", &data);
                if let Some(channel) = self.channels.get_mut(&id) {
                    channel.is_in_dialplan = true;
                }
                if !self.enter_application(&id, &app, &args, &data) {
                    self.hangup_from_dialplan(&id);
                }
            }
            Destination::Extension(position) => self.run_dialplan(&id, position),
        }
        id
    }
}
