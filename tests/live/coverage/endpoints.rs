//! Endpoints: messages, referrals, and a phone that registers.

use std::net::UdpSocket;

use ari_test_support::LIMIT;

use super::witness::CoverageRecorder;
use crate::live::session::APP;

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let endpoint = client.endpoint("PJSIP", "loop");
    witness.prove(client.endpoints().list()).await;
    let list = client.endpoints().list_by_tech("PJSIP");
    witness.prove(list).await;
    witness.prove(endpoint.get()).await;

    let message = client.endpoints().send_message("pjsip:loop", "loop");
    let message = message.body("Hello, é").variables([("X-Ticket", "42")]);
    witness.prove(message).await;
    let message = endpoint.send_message_to_endpoint("loop").body("Again");
    witness.prove(message).await;
    witness.events(&["TextMessageReceived"], "Again").await;

    let target = format!("sip:echo@127.0.0.1:{}", witness.session.server.sip_port());
    let refer = client.endpoints().refer("pjsip:loop", "loop", &target);
    witness.prove_if_known(refer).await;
    let refer = endpoint.refer_to_endpoint("loop", &target);
    witness.prove_if_known(refer).await;

    register(witness).await;
}

/// A phone without a password registers.
async fn register(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let object = |kind: &str| client.config_dynamic("res_pjsip", kind, "guest");
    let aor = object("aor")
        .update_object()
        .fields([("max_contacts", "1")]);
    witness.prove(aor).await;
    let fields = [("aors", "guest"), ("context", "testari")];
    let endpoint = object("endpoint").update_object().fields(fields);
    witness.prove(endpoint).await;

    // The events of all endpoints do not include changes of their state.
    let app = client.application(APP);
    witness.prove(app.subscribe(["endpoint:PJSIP/guest"])).await;
    let phone = UdpSocket::bind("127.0.0.1:0").unwrap();
    let (port, sip) = (
        phone.local_addr().unwrap().port(),
        witness.session.server.sip_port(),
    );
    let request = format!(
        "REGISTER sip:127.0.0.1:{sip} SIP/2.0\r\n\
         Via: SIP/2.0/UDP 127.0.0.1:{port};branch=z9hG4bK1\r\n\
         From: <sip:guest@127.0.0.1>;tag=1\r\nTo: <sip:guest@127.0.0.1>\r\n\
         Call-ID: register\r\nCSeq: 1 REGISTER\r\nMax-Forwards: 70\r\n\
         Contact: <sip:guest@127.0.0.1:{port}>\r\nExpires: 60\r\nContent-Length: 0\r\n\r\n"
    );
    phone
        .send_to(request.as_bytes(), ("127.0.0.1", sip))
        .unwrap();
    phone.set_read_timeout(Some(LIMIT)).unwrap();
    let mut answer = [0; 2000];
    let length = phone.recv(&mut answer).unwrap();
    let answer = String::from_utf8_lossy(&answer[..length]);
    assert!(answer.starts_with("SIP/2.0 200"), "{answer}");
    let told = [
        "ContactStatusChange",
        "PeerStatusChange",
        "EndpointStateChange",
    ];
    witness.events(&told, "guest").await;
}
