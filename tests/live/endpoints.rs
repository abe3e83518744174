//! Endpoints: messages, referrals, and a phone that registers.

use std::net::UdpSocket;

use ari_test_support::LIMIT;

use super::session::{APP, on_every_release, refusal};

#[test]
fn messages_to_unknown_destinations_are_refused() {
    on_every_release(async |session| {
        let endpoints = session.client.endpoints();
        // The last is an endpoint that has not registered.
        for to in ["pjsip:no-such", "nonsense:x", "x", "pjsip:phone"] {
            let sent = endpoints.send_message(to, "loop").body("hi").await;
            let expected = (404, "Endpoint not found".to_owned());
            assert_eq!(refusal(sent), expected, "{to}");
        }
        endpoints
            .send_message("pjsip:loop", "loop")
            .body("hi")
            .await
            .unwrap();
        for (tech, name, found) in [
            ("PJSIP", "loop", true),
            ("pjsip", "loop", true),
            ("PJSIP", "no-such", false),
            ("Nonsense", "x", false),
        ] {
            let endpoint = session.client.endpoint(tech, name);
            assert_eq!(endpoint.get().await.is_ok(), found);
            let sent = endpoint.send_message_to_endpoint("loop").await;
            if found {
                sent.unwrap();
            } else {
                assert_eq!(refusal(endpoint.get().await).0, 404);
                assert_eq!(refusal(sent).0, 404);
            }
        }
        assert_eq!(endpoints.list_by_tech("PJSIP").await.unwrap().len(), 2);
        assert_eq!(refusal(endpoints.list_by_tech("pjsip").await).0, 404);
    });
}

#[test]
fn messages_and_referrals_reach_phones() {
    on_every_release(async |session| {
        session.subscribe_to_everything().await;
        let client = session.client.clone();
        let endpoint = client.endpoint("PJSIP", "loop");
        client.endpoints().list().await.unwrap();
        let list = client.endpoints().list_by_tech("PJSIP");
        list.await.unwrap();
        endpoint.get().await.unwrap();

        let message = client.endpoints().send_message("pjsip:loop", "loop");
        let message = message.body("Hello, é").variables([("X-Ticket", "42")]);
        message.await.unwrap();
        let message = endpoint.send_message_to_endpoint("loop").body("Again");
        message.await.unwrap();
        session
            .wait_for_kinds(&["TextMessageReceived"], "Again")
            .await;

        let target = format!("sip:echo@127.0.0.1:{}", session.server.sip_port());
        let refer = client.endpoints().refer("pjsip:loop", "loop", &target);
        session.send_if_known(refer).await;
        let refer = endpoint.refer_to_endpoint("loop", &target);
        session.send_if_known(refer).await;
    });
}

/// A phone without a password registers.
#[test]
fn registered_phone_changes_its_endpoint() {
    on_every_release(async |session| {
        let client = session.client.clone();
        let object = |kind: &str| client.config_dynamic("res_pjsip", kind, "guest");
        let aor = object("aor")
            .update_object()
            .fields([("max_contacts", "1")]);
        aor.await.unwrap();
        let fields = [("aors", "guest"), ("context", "testari")];
        let endpoint = object("endpoint").update_object().fields(fields);
        endpoint.await.unwrap();

        // The events of all endpoints do not include changes of their state.
        let app = client.application(APP);
        app.subscribe(["endpoint:PJSIP/guest"]).await.unwrap();
        let phone = UdpSocket::bind("127.0.0.1:0").unwrap();
        let (port, sip) = (
            phone.local_addr().unwrap().port(),
            session.server.sip_port(),
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
        let events = [
            "ContactStatusChange",
            "PeerStatusChange",
            "EndpointStateChange",
        ];
        session.wait_for_kinds(&events, "guest").await;
    });
}
