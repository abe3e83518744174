//! A program for each step of a call, for tests that interrupt it at its requests.

use std::pin::Pin;
use std::time::Duration;

use ari_calls::call_queue::CallQueue;
use ari_calls::conference::Conference;
use ari_calls::conversation::{Conversation, ConversationState, Side};
use ari_calls::dial::{Dialed, Reached, Ringback, Screening, ScreeningFuture};
use ari_calls::menu::Menu;
use ari_calls::parking::{Parking, ParkingLot};
use ari_calls::review::Review;
use ari_calls::speech::{Language, Speech};
use ari_calls::supervise::SupervisionMode;
use ari_calls::transfer::{AfterTransfer, Consulted, LetGo, Transferred};
use ari_calls::{Call, CallError, Keys};
use ari_mock::{Asterisk, Builder, Step};
use tokio::time::{sleep, timeout};

use crate::support::ms;

/// The length of sounds and waits. Short ones are faster on the frozen clock.
const UNIT: Duration = ms(300);

/// Returns the outcome. The caller is left in the application, and nothing else.
pub(crate) type Program = fn(Call) -> Pin<Box<dyn Future<Output = Outcome> + Send>>;

pub(crate) type Outcome = Result<&'static str, CallError>;

/// The outcome if a phone has hung up before it has answered.
const NOT_ANSWERED: &str = "not answered";

/// A server with the sounds and phones of the programs.
pub(crate) fn server() -> Builder {
    let phone = |stays: Duration| {
        [
            Step::Ringing,
            Step::Wait(UNIT),
            Step::Answer,
            Step::Wait(UNIT),
            Step::SendDtmf("1".to_owned()),
            Step::Wait(stays),
            Step::Hangup,
        ]
    };
    Asterisk::builder()
        .frozen()
        .sound("one", UNIT)
        .sound("two", UNIT)
        .sound_in("en", "digits/7", UNIT)
        .endpoint("PJSIP/brief", phone(8 * UNIT))
        .endpoint("PJSIP/phone", phone(3600 * UNIT))
        .endpoint("PJSIP/late", [Step::Ringing, Step::Wait(3600 * UNIT)])
        .endpoint("PJSIP/busy", [Step::Wait(UNIT), Step::Busy])
}

macro_rules! programs {
    ($($name:literal => $run:path,)+) => {
        /// The steps, each with its program and with the outcome if nothing interrupts it.
        pub(crate) const PROGRAMS: &[(&str, Program)] = &[
            $(($name, |call| Box::pin($run(call))),)+
        ];
    };
}

programs! {
    "play" => play,
    "collect" => collect,
    "choose" => choose,
    "record" => record,
    "review" => review,
    "play_queue" => play_queue,
    "speech" => speech,
    "detect" => detect,
    "dial" => dial,
    "dial_all" => dial_all,
    "dial_in_order" => dial_in_order,
    "dial with on_answer" => dial_with_on_answer,
    "dial with early media and on_answer" => dial_with_early_media,
    "conversation" => conversation,
    "transfer" => transfer,
    "consult and complete" => consult_and_complete,
    "consult and cancel" => consult_and_cancel,
    "park" => park,
    "conference" => conference,
    "queue" => queue,
    "queue and agent" => queue_and_agent,
    "supervise" => supervise,
    "take over transfers" => take_over_transfers,
    "continue in dialplan" => continue_in_dialplan,
    "move to" => move_to,
}

async fn play(mut call: Call) -> Outcome {
    call.answer().await?;
    call.play(["sound:one", "sound:two"]).await?;
    call.play("sound:one").barge_in(Keys::ALL).await?;
    Ok("played")
}

async fn collect(mut call: Call) -> Outcome {
    let collect = call.collect(2).prompt("sound:one").no_input("sound:two");
    let collected = collect.attempts(2).first_key_timeout(UNIT).await?;
    Ok(match collected.digits() {
        Some(_) => "digits",
        None => "no digits",
    })
}

async fn choose(mut call: Call) -> Outcome {
    let menu = Menu::new("sound:one").on("1", ()).attempts(2);
    call.choose(&menu.first_key_timeout(UNIT)).await?;
    Ok("chosen")
}

async fn record(mut call: Call) -> Outcome {
    let record = call.record("message", "wav").beep(true);
    let recorded = record.max_duration(2 * UNIT).await?;
    let name = recorded.stored.recording_name().to_owned();
    call.play(format!("recording:{name}").as_str()).await?;
    Ok("recorded")
}

async fn review(mut call: Call) -> Outcome {
    let review = Review::new("sound:one").keep("1").listen("2").again("3");
    let review = review.first_key_timeout(UNIT).attempts(1);
    let record = call.record("message", "wav").max_duration(UNIT);
    record.review(review).await?;
    call.play("sound:two").await?;
    Ok("reviewed")
}

async fn play_queue(mut call: Call) -> Outcome {
    let mut queue = call.play_queue();
    queue.push(["sound:one", "sound:two"])?;
    queue.push("sound:one")?;
    queue.finished().await?;
    Ok("played")
}

async fn speech(mut call: Call) -> Outcome {
    let speech = Speech::new(Language::English);
    call.play(speech.number(7).then("sound:one")).await?;
    Ok("said")
}

async fn detect(mut call: Call) -> Outcome {
    call.answer().await?;
    let detect = call.detect_answering_machine();
    detect.wait_for_greeting_end(2 * UNIT).await?;
    call.play("sound:one").await?;
    Ok("detected")
}

fn name(dialed: &Dialed) -> &'static str {
    match dialed {
        Dialed::Talked { .. } => "talked",
        _ => NOT_ANSWERED,
    }
}

async fn dial(mut call: Call) -> Outcome {
    let dialed = call.dial("PJSIP/brief").await?;
    call.play("sound:one").await?;
    Ok(name(&dialed))
}

async fn dial_all(mut call: Call) -> Outcome {
    let dial = call.dial_all(["PJSIP/brief", "PJSIP/late", "PJSIP/busy"]);
    Ok(name(&dial.ringback(Ringback::EarlyMedia).await?))
}

async fn dial_in_order(mut call: Call) -> Outcome {
    let dial = call.dial_in_order(["PJSIP/busy", "PJSIP/brief"]);
    let dial = dial.ringback(Ringback::Music("default".to_owned()));
    Ok(name(&dial.await?))
}

/// Accepts an endpoint. A key that is pressed while the connection is lost is missed.
fn accept(callee: &mut Call) -> ScreeningFuture<'_> {
    Box::pin(async move {
        callee.collect(1).prompt("sound:one").await?;
        Ok(Screening::Connect)
    })
}

async fn dial_with_on_answer(mut call: Call) -> Outcome {
    let dial = call.dial_all(["PJSIP/phone", "PJSIP/late"]);
    let dial = dial.on_answer(accept).max_duration(UNIT);
    Ok(name(&dial.await?))
}

/// The endpoint leaves the bridge for the screening, and comes back.
async fn dial_with_early_media(mut call: Call) -> Outcome {
    let dial = call.dial_in_order(["PJSIP/busy", "PJSIP/phone"]);
    let dial = dial.ringback(Ringback::EarlyMedia).on_answer(accept);
    let dialed = dial.max_duration(UNIT).await?;
    call.play("sound:one").await?;
    Ok(name(&dialed))
}

/// Talks to a phone.
async fn talk(mut call: Call) -> Result<Option<Conversation>, CallError> {
    match call.dial("PJSIP/phone").wait_for_answer().await? {
        Reached::Answered { callee, .. } => {
            let mut conversation = Conversation::new(call, callee);
            let _ = conversation.connect().await?;
            Ok(Some(conversation))
        }
        _ => Ok(None),
    }
}

/// Lets a conversation last for a second. Returns `outcome`, or that it has ended.
async fn talk_on(mut conversation: Conversation, outcome: &'static str) -> Outcome {
    let end = match timeout(UNIT, conversation.wait_for_end()).await {
        Ok(end) => Some(end?),
        Err(_) => conversation.end(),
    };
    drop(conversation.separate().await);
    Ok(match end {
        Some(_) => "ended",
        None => outcome,
    })
}

async fn conversation(call: Call) -> Outcome {
    let Some(mut conversation) = talk(call).await? else {
        return Ok(NOT_ANSWERED);
    };
    for side in [Side::Caller, Side::Callee] {
        for is_held in [true, false] {
            let state = match is_held {
                true => conversation.hold(side).await?,
                false => conversation.resume(side).await?,
            };
            if state != ConversationState::Ongoing {
                return talk_on(conversation, "").await;
            }
            sleep(UNIT).await;
        }
    }
    talk_on(conversation, "talked").await
}

async fn transfer(call: Call) -> Outcome {
    let Some(conversation) = talk(call).await? else {
        return Ok(NOT_ANSWERED);
    };
    let transfer = conversation.transfer(Side::Caller, AfterTransfer::HangUp, |caller| {
        caller.dial_in_order(["PJSIP/busy", "PJSIP/phone"])
    });
    match transfer.await? {
        Transferred::Connected { conversation, .. } => talk_on(conversation, "transferred").await,
        Transferred::Ended { .. } => Ok("ended"),
        _ => Ok(NOT_ANSWERED),
    }
}

async fn consult_and_complete(call: Call) -> Outcome {
    consult(call, true).await
}

async fn consult_and_cancel(call: Call) -> Outcome {
    consult(call, false).await
}

async fn consult(call: Call, completes: bool) -> Outcome {
    let Some(conversation) = talk(call).await? else {
        return Ok(NOT_ANSWERED);
    };
    let consult = conversation.consult(Side::Caller, |callee| callee.dial("PJSIP/phone"));
    let mut consultation = match consult.await? {
        Consulted::Answered { consultation, .. } => consultation,
        Consulted::Ended { conversation, .. } => {
            drop(conversation.separate().await);
            return Ok("ended");
        }
        _ => return Ok(NOT_ANSWERED),
    };
    if completes {
        let _ = consultation.swap().await?;
        sleep(UNIT).await;
        let _ = consultation.join_all().await?;
        let completed = consultation.complete(AfterTransfer::Keep).await?;
        drop(completed.transferor);
        talk_on(completed.conversation, "transferred").await
    } else {
        talk_on(consultation.cancel().await?, "cancelled").await
    }
}

async fn park(mut call: Call) -> Outcome {
    call.answer().await?;
    let lot = ParkingLot::new(1..=1);
    let Parking::Parked(parked) = lot.park(call).await? else {
        panic!("the slot is occupied");
    };
    sleep(UNIT).await;
    let Some(mut call) = lot.retrieve(parked.slot()).await else {
        return Ok("ended");
    };
    call.play("sound:one").await?;
    Ok("retrieved")
}

async fn conference(mut call: Call) -> Outcome {
    let conference = Conference::builder("room").join_prompt("sound:one");
    let conference = conference.leave_prompt("sound:two").build();
    let join = conference.join(&mut call).into_future();
    if let Ok(end) = timeout(2 * UNIT, join).await {
        end?;
        return Ok("left too early");
    }
    call.play("sound:one").await?;
    Ok("left")
}

async fn queue(mut call: Call) -> Outcome {
    let queue = CallQueue::builder().announce_every(UNIT);
    let queue = queue.position_prompt(|_| "sound:one".into()).build();
    queue.enter(&mut call).max_wait(3 * UNIT).await?;
    call.play("sound:one").await?;
    Ok("waited")
}

/// A phone that was dialed is the agent.
async fn queue_and_agent(mut call: Call) -> Outcome {
    let mut agent = match call.dial("PJSIP/phone").wait_for_answer().await? {
        Reached::Answered { callee, .. } => callee,
        _ => return Ok(NOT_ANSWERED),
    };
    let queue = CallQueue::builder().build();
    let taken = async {
        let next = queue.next().await;
        let talk = next.connect(&mut agent).end_keys(Keys::ALL).into_future();
        timeout(2 * UNIT, talk).await
    };
    let enter = queue.enter(&mut call).max_wait(20 * UNIT);
    let (entered, _) = tokio::join!(enter.into_future(), taken);
    entered?;
    call.play("sound:one").await?;
    Ok("talked")
}

async fn supervise(mut call: Call) -> Outcome {
    let agent = match call.dial("PJSIP/phone").wait_for_answer().await? {
        Reached::Answered { callee, .. } => callee,
        _ => return Ok(NOT_ANSWERED),
    };
    let mut supervision = call.supervise(agent.id()).await?;
    supervision.set_mode(SupervisionMode::Whisper).await?;
    let ended = timeout(UNIT, supervision.wait_for_end()).await;
    supervision.end().await;
    if let Ok(ended) = ended {
        ended?;
        return Ok("ended too early");
    }
    call.play("sound:one").await?;
    Ok("supervised")
}

async fn take_over_transfers(mut call: Call) -> Outcome {
    call.take_over_transfers().await?;
    match talk(call).await? {
        Some(conversation) => talk_on(conversation, "talked").await,
        None => Ok(NOT_ANSWERED),
    }
}

async fn continue_in_dialplan(mut call: Call) -> Outcome {
    let to_dialplan = call.continue_in_dialplan().context("testari");
    match to_dialplan.extension("1").await? {
        LetGo::Left => Ok("left"),
        _ => Ok("not left"),
    }
}

/// The application to move to is not there, so that the call goes on in this one, and then leaves it
/// for another one, which is.
async fn move_to(mut call: Call) -> Outcome {
    match call.move_to("nobody").await? {
        LetGo::NoApplication => {}
        LetGo::HungUp(_) => return Ok("ended"),
        _ => return Ok(NOT_ANSWERED),
    }
    call.play("sound:one").await?;
    let _other = call.client().application("other").connect().await?;
    match call.move_to("other").args(["first"]).await? {
        LetGo::Left => Ok("left"),
        _ => Ok("not left"),
    }
}
