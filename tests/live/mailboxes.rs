//! Mailboxes of other voicemail systems, whose module the packages lack.

use ari_api::client::TypedRequest;

use super::recorder::{self, name};
use super::session::{Session, on_every_release, refusal};
use crate::observations::Observation;

const MODULE: &str = "res_ari_mailboxes.so";

#[test]
fn mailboxes_need_their_module() {
    on_every_release(async |session| {
        let client = session.client.clone();
        let mailbox = client.mailbox("100@default");
        send_if_built(session, mailbox.update(1, 2)).await;
        send_if_built(session, mailbox.get()).await;
        send_if_built(session, client.mailboxes().list()).await;
        send_if_built(session, mailbox.delete()).await;
    });
}

/// Sends a request, which must succeed if the module is loaded. Otherwise the server can neither
/// find nor load it.
async fn send_if_built<R: TypedRequest>(session: &Session, request: R) {
    let module = session.client.module(MODULE);
    let sent = session.client.send(request).await;
    if module.get_module().await.is_ok() {
        drop(sent.unwrap());
        return;
    }
    let exists = session.server.modules().join(MODULE).exists();
    assert!(!exists, "{MODULE} is installed, but not loaded");
    let expected = (409, "Module load declined".to_owned());
    assert_eq!(refusal(module.load_module().await), expected);
    assert_eq!(refusal(sent), (404, "Resource not found".to_owned()));
    let release = session.server.release();
    recorder::record(release, Observation::NotBuilt, &name(R::OPERATION));
}
