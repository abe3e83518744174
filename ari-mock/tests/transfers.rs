//! Transfers that phones request, by the server and by applications.

#![cfg(test)]

use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_mock::{Asterisk, FakeChannel};
use ari_test_support::within_limit;

/// A phone in an application, perhaps in a bridge with others.
struct Fixture {
    pbx: Asterisk,
    client: Client,
    app: EventStream<Event>,
    phone: FakeChannel,
}

/// Starts a server with a phone that is in a bridge with this number of other channels, or in none.
async fn start(release: u16, others: Option<usize>) -> Fixture {
    let pbx = Asterisk::builder().release(release).start().await.unwrap();
    let client = pbx.client().unwrap();
    let app = client.application("app").connect().await.unwrap();
    let mut fixture = Fixture {
        phone: pbx.channel(""),
        pbx,
        client,
        app,
    };
    fixture.phone = fixture.call("phone").await;
    if let Some(others) = others {
        fixture.bridge("b", "phone", others).await;
    }
    fixture
}

impl Fixture {
    /// Lets a phone call the application, which answers.
    async fn call(&mut self, id: &str) -> FakeChannel {
        let call = self.pbx.incoming_call("PJSIP/alice").id(id);
        let phone = call.into_application("app");
        self.client.channel(id).answer().await.unwrap();
        phone
    }

    /// Adds a channel to a new bridge, together with others.
    async fn bridge(&mut self, bridge: &str, channel: &str, others: usize) {
        let create = self.client.bridges().create().bridge_id(bridge);
        create.await.unwrap();
        let mut channels = vec![channel.to_owned()];
        for number in 0..others {
            let id = format!("{bridge}-{number}");
            self.call(&id).await;
            channels.push(id);
        }
        let add = self.client.bridge(bridge).add_channel(channels);
        add.await.unwrap();
    }

    async fn take_over(&self) {
        let handling = self.client.channel("phone");
        let handling = handling.set_channel_var("PJSIP_TRANSFER_HANDLING()");
        handling.value("ari-only").await.unwrap();
    }

    /// Returns the events about transfers and the applications' new channels, in short. A request
    /// has been processed when its response arrives, and events are sent before.
    async fn transfers(&mut self) -> Vec<String> {
        self.client.asterisk().ping().await.unwrap();
        let mut found = Vec::new();
        self.pbx.send_text(r#"{"type":"TheEnd"}"#);
        loop {
            let event = within_limit(self.app.next()).await.unwrap().unwrap();
            match &*event {
                Event::ChannelTransfer(transfer) => found.push(format!(
                    "requested {} {}",
                    transfer
                        .refer_to
                        .requested_destination
                        .destination
                        .as_deref()
                        .unwrap_or_default(),
                    transfer
                        .state
                        .as_ref()
                        .map_or("new", |state| state.as_str())
                )),
                Event::BridgeBlindTransfer(transfer) => {
                    let transferee = transfer.transferee.as_ref();
                    let transferee = transferee.map_or("", |channel| &channel.id);
                    found.push(format!("blind {} {transferee}", transfer.result));
                }
                Event::BridgeAttendedTransfer(transfer) => {
                    let kind = &transfer.destination_type;
                    found.push(format!("attended {} {kind}", transfer.result));
                }
                Event::StasisStart(start) => {
                    if let Some(replaced) = &start.replace_channel {
                        let name = start.channel.name.split('-').next();
                        let name = name.unwrap_or_default();
                        found.push(format!("{name} instead of {}", replaced.id));
                    }
                }
                Event::Unknown { .. } => return found,
                _ => {}
            }
        }
    }
}

#[tokio::test]
async fn server_transfers_blind() {
    let replaced = "Local/echo@testari instead of phone";
    let cases: &[(_, _, _, &[&str])] = &[
        (None, "echo", false, &["blind Invalid "]),
        (Some(0), "echo", false, &["blind Invalid "]),
        (Some(1), "echo", false, &[replaced, "blind Success b-0"]),
        (Some(2), "echo", false, &[replaced, "blind Success "]),
        (Some(1), "no-such", false, &[]),
        // A release in which applications cannot carry out transfers.
        (Some(1), "echo", true, &[replaced, "blind Success b-0"]),
    ];
    for (others, extension, is_taken_over, expected) in cases {
        let release = if *is_taken_over { 16 } else { 22 };
        let mut fixture = start(release, *others).await;
        if *is_taken_over {
            fixture.take_over().await;
        }
        fixture.phone.transfer(extension);
        let case = format!("{others:?} {extension} on {release}");
        assert_eq!(fixture.transfers().await, *expected, "{case}");
        let is_moved = expected.contains(&replaced);
        assert_eq!(
            fixture.phone.bridge().is_none(),
            is_moved || others.is_none()
        );
        assert_eq!(fixture.phone.application().as_deref(), Some("app"));
        fixture.pbx.assert_no_violations();
    }
}

#[tokio::test]
async fn applications_carry_out_transfers() {
    // (reports, the last one finishes the transfer, events)
    let cases: &[(&[&str], _)] = &[
        (&["channel_progress"], false),
        (&["channel_progress", "channel_answered"], true),
        (&["channel_declined"], true),
        (&["channel_unavailable"], true),
    ];
    for (reports, is_finished) in cases {
        let mut fixture = start(22, Some(1)).await;
        fixture.take_over().await;
        fixture.phone.transfer("300");
        let mut expected = vec!["requested 300 new".to_owned()];
        for report in *reports {
            let call = fixture.client.channel("phone");
            call.transfer_progress(*report).await.unwrap();
            let shown = report.replace("unavailable", "declined");
            expected.push(format!("requested 300 {shown}"));
        }
        // A second transfer has to wait for the first.
        fixture.phone.transfer("400");
        if *is_finished {
            expected.push("requested 400 new".to_owned());
        }
        assert_eq!(fixture.transfers().await, expected, "{reports:?}");
        assert_eq!(fixture.phone.bridge().as_deref(), Some("b"));
        fixture.pbx.assert_no_violations();
    }
}

#[tokio::test]
async fn attended_transfers_are_requested() {
    let mut fixture = start(22, None).await;
    let second = fixture.call("second").await;
    fixture.take_over().await;
    fixture.phone.attended_transfer(&second);
    assert_eq!(fixture.transfers().await, ["requested s new"]);
    // Nothing happens without a second call.
    second.hang_up();
    fixture.phone.attended_transfer(&second);
    fixture.phone.attended_transfer(&fixture.phone);
    assert_eq!(fixture.transfers().await, [""; 0]);
}

#[tokio::test]
async fn server_carries_out_attended_transfers() {
    let instead = |phone: &str| format!("Local/_attended@transfer instead of {phone}");
    let (first, second) = (instead("phone"), instead("second"));
    // (others in the bridges of the first and the second call, events, the first call is over)
    let cases: &[(_, _, &[&str], _)] = &[
        (None, None, &["attended Invalid fail"], false),
        (Some(0), None, &["attended Invalid fail"], false),
        (
            Some(0),
            Some(0),
            &[&second, &first, "attended Success link"],
            false,
        ),
        (
            Some(1),
            Some(2),
            &[&second, &first, "attended Success link"],
            false,
        ),
        (
            Some(1),
            None,
            &[&second, &first, "attended Success application"],
            false,
        ),
        (
            None,
            Some(1),
            &[&first, &second, "attended Success application"],
            true,
        ),
    ];
    for (others, others_of_second, expected, is_over) in cases {
        for release in [16, 22] {
            let mut fixture = start(release, *others).await;
            let second = fixture.call("second").await;
            if let Some(others) = others_of_second {
                fixture.bridge("e", "second", *others).await;
            }
            fixture.phone.attended_transfer(&second);
            let case = format!("{others:?} {others_of_second:?} on {release}");
            assert_eq!(fixture.transfers().await, *expected, "{case}");
            let is_transferred = expected.len() > 1;
            assert_eq!(second.exists(), !is_transferred, "{case}");
            assert_eq!(fixture.phone.exists(), !is_over, "{case}");
            if is_transferred {
                assert_eq!(fixture.phone.bridge(), None, "{case}");
            }
            fixture.pbx.assert_no_violations();
        }
    }
}

#[tokio::test]
async fn phones_are_redirected() {
    for is_answered in [false, true] {
        for release in [16, 22] {
            let fixture = start(release, None).await;
            let call = fixture.pbx.incoming_call("PJSIP/bob").id("bob");
            let bob = call.into_application("app");
            let channel = fixture.client.channel("bob");
            if is_answered {
                channel.answer().await.unwrap();
            }
            let target = "PJSIP/300@loop";
            channel.redirect(target).await.unwrap();
            let case = format!("{is_answered} on {release}");
            assert_eq!(bob.exists(), is_answered, "{case}");
            let found = bob.redirect_target();
            assert_eq!(found.as_deref(), is_answered.then_some(target), "{case}");
            fixture.pbx.assert_no_violations();
        }
    }
}
