//! WebSocket channels, before their program is connected.

use super::PbxState;
use super::call::NewChannel;
use super::state::NetworkRequest;
use crate::model::audio::AudioFormat;
use crate::model::carrier::{MediaCarrier, WebSocketMedia, WebSocketOptions};
use crate::model::{Channel, ChannelKind, ChannelRef, Position};

/// The name of connections that programs make.
const INCOMING: &str = "INCOMING";

/// The parameters of a WebSocket channel: `INCOMING` or the name of a client, and options.
#[derive(Clone, Debug)]
pub(crate) struct NewWebSocketChannel {
    pub(crate) connection: String,
    pub(crate) options: WebSocketOptions,
}

impl PbxState {
    /// Parses the resource of a WebSocket channel: `INCOMING/c(slin16)f(json)`. `None` if the
    /// server cannot create the channel.
    pub(crate) fn parse_websocket_channel(&self, resource: &str) -> Option<NewWebSocketChannel> {
        let (connection, options) = resource.split_once('/').unwrap_or((resource, ""));
        let options = WebSocketOptions::parse(options)?;
        let is_known = match connection {
            INCOMING => options.parameters.is_none(),
            name => self.settings.websocket_clients.contains_key(name),
        };
        let is_loaded = self.modules.find_loaded("chan_websocket").is_some();
        (is_known && is_loaded).then(|| NewWebSocketChannel {
            connection: connection.to_owned(),
            options,
        })
    }

    /// Crashes the server if the release crashes on an existing id or an unknown format of control
    /// messages of a new WebSocket channel. Returns whether it has crashed.
    pub(crate) fn crashes_on_websocket_channel(
        &mut self,
        id: Option<&str>,
        options: &WebSocketOptions,
    ) -> bool {
        if !self.media_support.websocket_crashes {
            return false;
        }
        if let Some(id) = id.filter(|id| self.channels.contains_key(*id)) {
            self.crash(format!(
                "creating a WebSocket channel with the id of an existing one, {id:?}, crashes a \
                 real server"
            ));
            return true;
        }
        if self.media_support.json && !options.has_valid_messages() {
            self.crash("f() with anything but json and plain-text crashes a real server");
            return true;
        }
        false
    }

    /// Adds a WebSocket channel, and returns the variables that it has.
    pub(crate) fn add_websocket_channel(
        &mut self,
        id: &str,
        new: NewWebSocketChannel,
        format: &'static AudioFormat,
        call: &NewChannel,
    ) -> Vec<(&'static str, String)> {
        let NewWebSocketChannel {
            connection,
            options,
        } = new;
        let format = options.format.unwrap_or(format);
        let is_incoming = connection == INCOMING;
        let connection_id = match is_incoming {
            true => ari_api::client::unique_id(),
            false => connection.clone(),
        };
        let mut media = WebSocketMedia::new(connection_id.clone(), format, self.media_support);
        media.is_json = options.is_json() && self.media_support.json;
        media.is_passthrough |= options.passthrough;
        media.waits_for_answer = options.waits_for_answer;
        media.direction = options.direction;
        if let Some(client) = self.settings.websocket_clients.get(&connection) {
            let separator = if client.url.contains('?') { '&' } else { '?' };
            media.address = Some(match &options.parameters {
                Some(parameters) => format!("{}{separator}{parameters}", client.url),
                None => client.url.clone(),
            });
        }
        let pointer = 0x7f00_0000_0000 + self.next_number() * 16;
        let name = format!("WebSocket/{connection}/0x{pointer:012x}");
        let kind = ChannelKind::ExternalMedia { waits: true };
        let mut channel = Channel::new(id.to_owned(), name, kind, Position::start());
        channel.carrier = Some(MediaCarrier::WebSocket(Box::new(media)));
        self.add_channel(channel, call);
        let variables = vec![
            ("MEDIA_WEBSOCKET_CONNECTION_ID", connection_id),
            (
                "MEDIA_WEBSOCKET_OPTIMAL_FRAME_SIZE",
                format.frame_size.to_string(),
            ),
        ];
        for (name, value) in &variables {
            self.set_variable(id, name, Some(value), false);
        }
        if !is_incoming {
            self.connect_websocket(id, 1);
        }
        variables
    }

    /// Connects to the program of an outgoing channel.
    pub(super) fn connect_websocket(&mut self, id: &str, attempt: u32) {
        let Some(channel) = self.channels.get(id) else {
            return;
        };
        let Some(MediaCarrier::WebSocket(media)) = &channel.carrier else {
            return;
        };
        let client = self.settings.websocket_clients.get(&media.connection_id);
        let (Some(client), Some(address)) = (client, media.address.clone()) else {
            return;
        };
        let mut client = client.clone();
        // With the parameters of the channel.
        client.url = address;
        self.request_network(NetworkRequest::ConnectWebSocket {
            client,
            channel: ChannelRef {
                id: id.to_owned(),
                serial: channel.serial,
            },
            attempt,
        });
    }
}
