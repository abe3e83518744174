//! A server in memory that sends prepared events as fast as they are read, and accepts each request:
//! only the cluster is measured.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use ari_api::Error;
use ari_api::transport::{BoxFuture, ReadOnlySocket, Request, Response, Transport, WebSocket};
use futures_util::stream;
use tokio::sync::mpsc;

/// The application.
pub(crate) const APPLICATION: &str = "bench";

/// Sends the texts of events to the gateway.
pub(crate) type Sender = mpsc::UnboundedSender<String>;

type Script = Arc<dyn Fn(Sender) + Send + Sync>;

/// The time in which a gateway processes the list of the calls.
const LISTING_TIME: Duration = Duration::from_millis(200);

/// The server. The script is run when the gateway has listed the calls, of which there are none yet.
pub(crate) struct MemoryServer {
    script: Script,
    socket: Arc<Mutex<Option<Sender>>>,
}

impl MemoryServer {
    pub(crate) fn new(script: impl Fn(Sender) + Send + Sync + 'static) -> Self {
        MemoryServer {
            script: Arc::new(script),
            socket: Arc::default(),
        }
    }
}

impl fmt::Debug for MemoryServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MemoryServer")
    }
}

impl Transport for MemoryServer {
    fn send<'a>(&'a self, request: &'a Request) -> BoxFuture<'a, Result<Response, Error>> {
        Box::pin(async move {
            let operation = request.operation();
            if operation.nickname == "userEvent" {
                // The gateway causes one to see that its socket gets events.
                let text = format!(
                    r#"{{"type":"ChannelUserevent","eventname":"ari-gateway-probe","userevent":{{}},"application":"{APPLICATION}"}}"#
                );
                let socket = self.socket.lock().expect("no panic");
                if let Some(socket) = &*socket {
                    let _ = socket.send(text);
                }
            }
            if (operation.resource, operation.nickname) == ("bridges", "list") {
                let socket = self.socket.lock().expect("no panic").clone();
                let script = self.script.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(LISTING_TIME).await;
                    if let Some(socket) = socket {
                        script(socket);
                    }
                });
            }
            Ok(match operation.nickname {
                "list" => Response::new(200, "[]"),
                _ => Response::new(204, ""),
            })
        })
    }

    fn connect<'a>(&'a self, _: &'a Request) -> BoxFuture<'a, Result<Box<dyn WebSocket>, Error>> {
        let (sender, receiver) = mpsc::unbounded_channel();
        *self.socket.lock().expect("no panic") = Some(sender);
        let texts = stream::unfold(receiver, |mut receiver| async {
            let text = receiver.recv().await?;
            Some((Ok(text), receiver))
        });
        Box::pin(async move { Ok(Box::new(ReadOnlySocket::new(texts)) as Box<dyn WebSocket>) })
    }
}

/// Returns an event about a channel, of some 800 bytes if `value` has 300.
pub(crate) fn event(kind: &str, channel: &str, value: &str) -> String {
    let time = "2026-11-23T01:08:51.332+0000";
    let dialplan = r#"{"context":"from-internal","exten":"100","priority":3,"app_name":"Stasis","app_data":"bench"}"#;
    format!(
        r#"{{"type":"{kind}","timestamp":"{time}","args":[],"variable":"CHANNEL(language)","value":"{value}","cause":16,"cause_txt":"Normal Clearing","channel":{{"id":"{channel}","name":"PJSIP/alice-0000001a","state":"Ring","protocol_id":"","caller":{{"name":"Ann Example","number":"2025550101"}},"connected":{{"name":"","number":"100"}},"accountcode":"","dialplan":{dialplan},"creationtime":"{time}","language":"en"}},"asterisk_id":"00:16:3e:5d:2a:10","application":"{APPLICATION}"}}"#
    )
}
