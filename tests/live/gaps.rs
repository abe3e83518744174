//! Gaps in the connection at moments over all steps of calls. A gap is no hangup, and nothing is left
//! behind.

use std::pin::Pin;
use std::time::Duration;

use ari_api::channels::ChannelHandle;
use ari_api::client::ReconnectPolicy;
use ari_api::stream::{ConnectionEvent, EventStream};
use ari_api::{Client, Event};
use ari_calls::call_queue::CallQueue;
use ari_calls::conference::Conference;
use ari_calls::conversation::{Conversation, Side};
use ari_calls::dial::{Reached, Ringback, Screening};
use ari_calls::menu::Menu;
use ari_calls::parking::{Parking, ParkingLot};
use ari_calls::review::Review;
use ari_calls::transfer::{AfterTransfer, Consulted};
use ari_calls::{Call, CallError};
use ari_test_support::within_limit;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::call_steps::{on_every_release, wait_until_legs_are_removed};
use super::proxy::{Cut, Proxy};
use super::reconnect::next_connection_event;
use crate::asterisk::Asterisk;

pub(super) type Step =
    for<'a> fn(&'a mut Call) -> Pin<Box<dyn Future<Output = Result<(), CallError>> + Send + 'a>>;

const HALF_SECOND: Duration = Duration::from_millis(500);

/// The steps that leave the call to the program.
pub(super) const STEPS: [(&str, Step); 11] = [
    ("play", |call| {
        Box::pin(async { call.play(["sound:beep", "digits:1"]).await.map(drop) })
    }),
    ("collect", |call| {
        let collect = call.collect(2).prompt("digits:1");
        let collect = collect.first_key_timeout(HALF_SECOND);
        Box::pin(async { collect.await.map(drop) })
    }),
    ("choose", |call| {
        let menu = Menu::new("digits:1").on("1", ());
        let menu = menu.first_key_timeout(HALF_SECOND);
        Box::pin(async move { call.choose(&menu).await.map(drop) })
    }),
    ("record", |call| {
        let record = call.record(ari_api::client::unique_id(), "wav");
        let record = record.max_duration(Duration::from_secs(1));
        Box::pin(async { record.await.map(drop) })
    }),
    ("review", |call| {
        let review = Review::new("digits:1").keep("1").attempts(1);
        let review = review.first_key_timeout(HALF_SECOND);
        let record = call.record(ari_api::client::unique_id(), "wav");
        let record = record.max_duration(Duration::from_secs(1)).review(review);
        Box::pin(async { record.await.map(drop) })
    }),
    ("play_queue", |call| {
        Box::pin(async {
            let mut queue = call.play_queue();
            queue.push(["sound:beep", "digits:1"])?;
            queue.finished().await.map(drop)
        })
    }),
    ("detect", |call| {
        let detect = call.detect_answering_machine();
        let detect = detect.max_duration(Duration::from_secs(1));
        Box::pin(async { detect.await.map(drop) })
    }),
    ("dial", |call| {
        let dial = call.dial_in_order(["PJSIP/busy@loop", "PJSIP/brief@loop"]);
        Box::pin(async { dial.await.map(drop) })
    }),
    ("dial_all", |call| {
        let dial = call.dial_all(["PJSIP/ring@loop", "PJSIP/echo@loop"]);
        let dial = dial.ringback(Ringback::EarlyMedia).on_answer(|callee| {
            Box::pin(async {
                callee.play("digits:1").await?;
                Ok(Screening::Connect)
            })
        });
        let dial = dial.max_duration(HALF_SECOND);
        let dial = dial.timeout(Duration::from_secs(5));
        Box::pin(async { dial.await.map(drop) })
    }),
    ("conference", |call| {
        Box::pin(async {
            let conference = Conference::builder("room").build();
            let join = conference.join(call).into_future();
            timeout(2 * HALF_SECOND, join)
                .await
                .map_or(Ok(()), |end| end.map(drop))
        })
    }),
    ("queue", |call| {
        Box::pin(async {
            let queue = CallQueue::builder().announce_every(HALF_SECOND);
            let queue = queue.position_prompt(|_| "digits:1".into()).build();
            let enter = queue.enter(call).max_wait(2 * HALF_SECOND);
            enter.await.map(drop)
        })
    }),
];

/// Runs all steps. If requests can be lost with the connection, that ends a step, and the program
/// goes on.
async fn serve(mut call: Call, loses_requests: bool) -> Result<(), String> {
    let check = |step: &str, result: Result<(), CallError>| match result {
        Err(CallError::Request(_)) if loses_requests => Ok(()),
        Err(error) => Err(format!("{step}: {error}")),
        Ok(()) => Ok(()),
    };
    for (name, step) in STEPS {
        check(name, step(&mut call).await)?;
        // The caller is still there.
        assert_eq!(call.end(), None, "{name}");
    }
    check("supervise", supervise(&mut call).await)?;
    check("conversation", converse(call).await)
}

async fn supervise(call: &mut Call) -> Result<(), CallError> {
    let Reached::Answered { callee, .. } = call.dial("PJSIP/echo@loop").wait_for_answer().await?
    else {
        return Ok(());
    };
    let mut supervision = call.supervise(callee.id()).await?;
    let _ = timeout(HALF_SECOND, supervision.wait_for_end()).await;
    supervision.end().await;
    Ok(())
}

async fn converse(mut call: Call) -> Result<(), CallError> {
    let Reached::Answered { callee, .. } = call.dial("PJSIP/echo@loop").wait_for_answer().await?
    else {
        return Ok(());
    };
    let mut conversation = Conversation::new(call, callee);
    let _ = conversation.connect().await?;
    let _ = conversation.hold(Side::Caller).await?;
    sleep(HALF_SECOND).await;
    let _ = conversation.resume(Side::Caller).await?;
    let consult = conversation.consult(Side::Caller, |callee| callee.dial("PJSIP/echo@loop"));
    let Consulted::Answered {
        mut consultation, ..
    } = consult.await?
    else {
        return Ok(());
    };
    let _ = consultation.swap().await?;
    sleep(HALF_SECOND).await;
    let _ = consultation.join_all().await?;
    let completed = consultation.complete(AfterTransfer::HangUp).await?;
    let (caller, _) = completed.conversation.separate().await;
    let lot = ParkingLot::new(1..=1);
    let Parking::Parked(parked) = lot.park(caller).await? else {
        panic!("the slot is occupied");
    };
    sleep(HALF_SECOND).await;
    // The caller has not hung up.
    let mut call = lot
        .retrieve(parked.slot())
        .await
        .expect("the caller is there");
    call.play("digits:1").await?;
    Ok(())
}

/// Programs behind a proxy, whose connections are cut in turn.
struct Line {
    proxy: Proxy,
    client: Client,
    calls: EventStream<Event>,
    application: &'static str,
    cuts: [Cut; 2],
    programs: JoinSet<Result<(), String>>,
}

impl Line {
    async fn new(server: &Asterisk, application: &'static str, cuts: [Cut; 2]) -> Self {
        let proxy = Proxy::start(server);
        let quick = ReconnectPolicy::new()
            .initial_delay(Duration::from_millis(20))
            .max_delay(Duration::from_millis(100));
        let client = Client::builder(proxy.url())
            .credentials(server.user(), server.password())
            .reconnect(quick)
            .build()
            .unwrap();
        let calls = client.application(application).connect().await.unwrap();
        Line {
            proxy,
            client,
            calls,
            application,
            cuts,
            programs: JoinSet::new(),
        }
    }

    /// Starts a program after a pause. Returns the phone of its caller, which `client` has.
    async fn start(
        &mut self,
        client: &Client,
        app: &mut EventStream<Event>,
        pause: Duration,
    ) -> ChannelHandle {
        let request = client.channels().originate("Local/live@testari");
        let request = request.app(self.application).formats("slin16");
        request.await.unwrap();
        let phone = next_start(app, client).await.channel().clone();
        phone.answer().await.unwrap();
        let call = next_start(&mut self.calls, &self.client).await;
        let loses_requests = self.cuts.contains(&Cut::All);
        self.programs.spawn(async move {
            sleep(pause).await;
            serve(call, loses_requests).await
        });
        phone
    }

    /// Cuts the connections again and again, until all programs have ended.
    async fn disturb(mut self) {
        for gap in 0.. {
            let pause = sleep(Duration::from_millis(700 + gap % 7 * 100));
            tokio::pin!(pause);
            loop {
                tokio::select! {
                    () = &mut pause => break,
                    ended = self.programs.join_next() => match ended {
                        Some(outcome) => assert_eq!(outcome.unwrap(), Ok(()), "{:?}", self.cuts),
                        None => return,
                    },
                }
            }
            self.proxy.cut(self.cuts[gap as usize % 2]);
            sleep(Duration::from_millis(200)).await;
            self.proxy.mend();
            // The WebSocket is open again, and everything is known again.
            next_connection_event(&mut self.calls, |event| {
                matches!(event, ConnectionEvent::Resynced(_)).then_some(())
            })
            .await;
        }
    }
}

#[test]
fn gaps_end_no_step() {
    on_every_release(async |server, client, app| {
        let sockets = [Cut::Sockets, Cut::SocketsOnBothSides];
        let all = [Cut::All, Cut::AllOnBothSides];
        let mut sockets = Line::new(server, "sockets", sockets).await;
        let mut all = Line::new(server, "all", all).await;
        let mut phones = Vec::new();
        for number in 0..4 {
            let pause = Duration::from_millis(600 * number);
            phones.push(sockets.start(client, app, pause).await);
            phones.push(all.start(client, app, pause).await);
        }
        tokio::join!(sockets.disturb(), all.disturb());
        for phone in phones {
            // A conversation may have hung it up.
            let _ = phone.hangup().await;
        }
        wait_until_legs_are_removed(client, 0).await;
    });
}

/// Returns the next call that enters an application.
async fn next_start(app: &mut EventStream<Event>, client: &Client) -> Call {
    loop {
        let event = within_limit(app.next()).await.unwrap().unwrap();
        if let Event::StasisStart(start) = &*event {
            return Call::incoming(client, start);
        }
    }
}
