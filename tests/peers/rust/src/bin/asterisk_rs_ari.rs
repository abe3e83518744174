//! The flow of the README of asterisk-rs-ari.

use std::env;
use std::error::Error;

use asterisk_rs_ari::AriClient;
use asterisk_rs_ari::config::AriConfigBuilder;
use asterisk_rs_ari::event::AriEvent;
use asterisk_rs_ari::resources::channel::{self, ChannelHandle, OriginateParams};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [url, user, password] = &arguments[..] else {
        return Err("a URL, a user and a password".into());
    };
    let address = url.trim_start_matches("http://");
    let (host, port) = address.split_once(':').ok_or("a port")?;
    let config = AriConfigBuilder::new("hello")
        .host(host)
        .port(port.parse()?)
        .username(user)
        .password(password)
        .build()?;
    let client = AriClient::connect(config).await?;
    let mut events = client.subscribe();
    let params = OriginateParams::new("Local/1@testari").app("hello");
    channel::originate(&client, &params).await?;
    let mut call = None;
    while let Some(message) = events.recv_lossy().await {
        match message.event {
            AriEvent::StasisStart { channel, .. } => {
                let handle = ChannelHandle::new(channel.id, client.clone());
                handle.answer().await?;
                handle.play("sound:hello-world").await?;
                call = Some(handle);
            }
            AriEvent::PlaybackFinished { playback } => {
                println!("{} {}", playback.media_uri, playback.state);
                if let Some(call) = &call {
                    call.hangup(None).await?;
                }
            }
            AriEvent::StasisEnd { .. } => {
                println!("ended");
                break;
            }
            _ => {}
        }
    }
    Ok(())
}
