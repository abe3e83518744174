//! The flow of the README of asterisk-ari.

use std::env;

use asterisk_ari::apis::channels::params::{App, DeleteRequest, OriginateRequest, PlayRequest};
use asterisk_ari::{AriClient, Config, Result};
use tokio::sync::mpsc;

#[tokio::main]
async fn main() -> Result<()> {
    let arguments: Vec<_> = env::args().skip(1).collect();
    let [url, user, password] = &arguments[..] else {
        panic!("a URL, a user and a password");
    };
    let mut client = AriClient::with_config(Config::new(url, user, password));
    let (ended, mut ends) = mpsc::unbounded_channel();
    client.on_stasis_start(|client, event| async move {
        let channel = &event.data.channel.id;
        client.channels().answer(channel).await?;
        let request = PlayRequest::new(channel, "sound:hello-world");
        client.channels().play(request).await?;
        Ok(())
    });
    client.on_playback_finished(|client, event| async move {
        let playback = &event.data.playback;
        let media = playback.media_uri.as_deref().unwrap_or_default();
        println!("{media} {}", format!("{:?}", playback.state).to_lowercase());
        let target = playback.target_uri.as_deref().unwrap_or_default();
        let channel = target.trim_start_matches("channel:");
        client.channels().delete(DeleteRequest::new(channel)).await
    });
    client.on_stasis_end(move |_, _| {
        let _ = ended.send(());
        async { Ok(()) }
    });
    client.start("hello").await?;
    let request = OriginateRequest::new("Local/1@testari").with_app(App::new("hello"));
    client.channels().originate(request).await?;
    ends.recv().await;
    println!("ended");
    Ok(())
}
