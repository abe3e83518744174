//! A fake Asterisk that opens a WebSocket to the application for a call, as a real one does with
//! `connection_type = per_call_config`. It uses the fake's own WebSocket: messages from there are
//! forwarded to the application, and requests of the application are forwarded back.

use std::error::Error;
use std::net::SocketAddr;

use ari_mock::{Asterisk, FakeChannel};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::time::{Duration, Instant, interval, sleep};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::{WebSocketStream, client_async};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The application of a single call, as a real Asterisk names it.
const APP: &str = "greeter:PJSIP/alice-00000000";

/// Makes one call from Alice, with a WebSocket of its own to `/calls` of the application.
pub(crate) async fn call(pbx: &Asterisk, application: SocketAddr) -> Result<()> {
    let mut links = open_both(pbx, application).await?;
    let alice = pbx
        .incoming_call("PJSIP/alice")
        .caller("Alice <100>")
        .into_application(APP);
    // A lost one is reopened at once, as often as necessary.
    while forward(&mut links, &alice).await.is_err() && alice.exists() {
        drop(links);
        links = open_both(pbx, application).await?;
    }
    Ok(())
}

/// The connections to the fake Asterisk and to the application.
type SocketPair = (WebSocketStream<TcpStream>, WebSocketStream<TcpStream>);

async fn open_both(pbx: &Asterisk, application: SocketAddr) -> Result<SocketPair> {
    let fake = pbx.url().replace("http://", "").replace("/ari", "");
    let events = format!("/ari/events?app={APP}");
    let asterisk = open(&fake, &events, "aritest:testme").await?;
    let mut application = open(&application.to_string(), "/calls", "asterisk:secret").await?;
    let registered = serde_json::json!({
        "type": "ApplicationRegistered",
        "application": APP,
    });
    let registered = Message::text(registered.to_string());
    application.send(registered).await?;
    Ok((asterisk, application))
}

/// Forwards events and requests until some seconds after the end of the call, like a real server:
/// requests that were sent still get their responses.
async fn forward((asterisk, application): &mut SocketPair, call: &FakeChannel) -> Result<()> {
    let end = sleep(Duration::MAX);
    tokio::pin!(end);
    // A call that ends while the WebSocket is being reopened leaves no event to wait for.
    let mut checks = interval(Duration::from_millis(100));
    let mut has_ended = false;
    loop {
        tokio::select! {
            told = asterisk.next() => {
                let told = told.ok_or("the fake Asterisk's WebSocket is lost")??;
                application.send(told).await?;
            }
            asked = application.next() => {
                asterisk.send(asked.ok_or("the application's WebSocket is lost")??).await?;
            }
            _ = checks.tick(), if !has_ended => {
                has_ended = !call.exists();
                if has_ended {
                    end.as_mut().reset(Instant::now() + Duration::from_secs(3));
                }
            }
            () = &mut end => return Ok(application.close(None).await?),
        }
    }
}

async fn open(place: &str, path: &str, credentials: &str) -> Result<WebSocketStream<TcpStream>> {
    let mut request = format!("ws://{place}{path}").into_client_request()?;
    let headers = request.headers_mut();
    let credentials = STANDARD.encode(credentials);
    headers.insert("Authorization", format!("Basic {credentials}").parse()?);
    headers.insert("Sec-WebSocket-Protocol", "ari".parse()?);
    let stream = TcpStream::connect(place).await?;
    Ok(client_async(request, stream).await?.0)
}
