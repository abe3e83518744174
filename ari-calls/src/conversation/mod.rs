//! Conversations of two calls, which the program controls while they last.
//!
//! [`Dial::wait_for_answer`](crate::dial::Dial::wait_for_answer) returns the calls of one:
//!
//! ```no_run
//! # use ari_calls::conversation::Conversation;
//! # use ari_calls::dial::Reached;
//! # use ari_calls::{Call, CallError};
//! # async fn example(mut caller: Call) -> Result<(), CallError> {
//! let dialed = caller.dial("PJSIP/200").wait_for_answer().await?;
//! if let Reached::Answered { callee, .. } = dialed {
//!     let mut conversation = Conversation::new(caller, callee);
//!     let _ = conversation.connect().await?;
//!     println!("{:?}", conversation.wait_for_end().await?);
//!     conversation.hang_up().await;
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`transfer`](crate::transfer) has the outcomes of transfers.

pub(crate) mod consultation;
mod event;
pub(crate) mod party;
pub(crate) mod transfer;

pub use event::{ConversationEvent, ConversationState, Side};

use std::collections::VecDeque;

use ari_api::bridges::BridgeHandle;
use tokio::select;

use crate::bridge_watch::{BridgeWatch, Separation, channels_of};
use crate::call::Call;
use crate::conversation::party::Party;
use crate::dial::TalkEnd;
use crate::error::CallError;
use crate::own_bridge::{OwnBridge, is_bridge_gone};

/// Two calls that talk in a bridge, controlled by the program.
///
/// It owns both calls and the bridge. Dropping it hangs both up and destroys the bridge;
/// [`Conversation::separate`] returns the calls instead. A call that ends does not hang up the
/// other one: the program decides about it.
///
/// Methods that change the conversation can be dropped in the middle: the change is made or not,
/// and the next call of a method works from either state. A connection to the server that is lost
/// and comes back is no end.
///
/// Waiting has no limit by itself: use `tokio::time::timeout` around [`Conversation::next`].
#[derive(Debug)]
#[must_use = "dropping a conversation hangs up both calls"]
pub struct Conversation {
    caller: Party,
    callee: Party,
    bridge: Option<OwnBridge>,
    music_class: Option<String>,
    /// The sides whose channel was replaced, and that were not reported.
    replaced: VecDeque<Side>,
    watch: BridgeWatch,
    /// The end of a conversation that others have separated.
    separated: Option<TalkEnd>,
}

impl Conversation {
    /// Creates a conversation of two calls of one server, which are not connected yet.
    ///
    /// If another call of the channel of one of them is in a step that connects it, methods return
    /// [`CallError::InUse`], and dropping the conversation leaves that channel alone.
    pub fn new(caller: Call, callee: Call) -> Self {
        Conversation::of_parties(Party::new(caller), Party::new(callee))
    }

    fn of_parties(caller: Party, callee: Party) -> Self {
        Conversation {
            caller,
            callee,
            bridge: None,
            music_class: None,
            replaced: VecDeque::new(),
            watch: BridgeWatch::default(),
            separated: None,
        }
    }

    /// Sets the class of music that a held side hears, such as `default`. Default: the one of its
    /// channel.
    pub fn music_class(mut self, class: impl Into<String>) -> Self {
        self.music_class = Some(class.into());
        self
    }

    /// Returns the call of a side, to play to it or to send requests of your own. Only that side
    /// hears what it plays. Keys that a step of the call reads are not returned by
    /// [`Conversation::next`].
    pub fn call(&mut self, side: Side) -> &mut Call {
        &mut self.party(side).call
    }

    /// Returns `true` if a side is on hold.
    pub fn is_on_hold(&self, side: Side) -> bool {
        match side {
            Side::Caller => self.caller.is_on_hold(),
            Side::Callee => self.callee.is_on_hold(),
        }
    }

    /// Returns the end of the conversation, or `None` if no event has reported one yet.
    pub fn end(&mut self) -> Option<TalkEnd> {
        for side in [Side::Caller, Side::Callee] {
            if self.party(side).follow_replacement() {
                self.replaced.push_back(side);
            }
            if let Some(end) = self.call(side).end() {
                return Some(side.talk_end(end.clone()));
            }
        }
        self.separated.clone()
    }

    /// Connects both sides: answers them if needed, and brings them into a bridge. A side that is
    /// on hold is resumed. Sides that others have taken out of the bridge are brought back, and a
    /// bridge that they have destroyed is created again.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails. Both calls stay in the conversation. The
    /// end of a call is no error, but [`ConversationState::Ended`].
    pub async fn connect(&mut self) -> Result<ConversationState, CallError> {
        self.separated = None;
        self.find_sides().await?;
        for side in [Side::Caller, Side::Callee] {
            if let Some(ended) = self.ended() {
                return Ok(ended);
            }
            let answered = self.party(side).answer().await;
            if let ended @ ConversationState::Ended(_) = side.state(answered)? {
                return Ok(ended);
            }
        }
        for side in [Side::Caller, Side::Callee] {
            if let ended @ ConversationState::Ended(_) = self.resume(side).await? {
                return Ok(ended);
            }
        }
        Ok(ConversationState::Ongoing)
    }

    /// Puts a side on hold: it leaves the bridge and hears music. The other side hears silence.
    /// Holding a held side changes nothing. Both sides can be on hold.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails. The end of a call is no error, but
    /// [`ConversationState::Ended`].
    pub async fn hold(&mut self, side: Side) -> Result<ConversationState, CallError> {
        if let Some(ended) = self.ended() {
            return Ok(ended);
        }
        let party = match side {
            Side::Caller => &mut self.caller,
            Side::Callee => &mut self.callee,
        };
        let bridge = self.bridge.as_ref().map(OwnBridge::handle);
        side.state(party.hold(bridge, self.music_class.as_deref()).await)
    }

    /// Resumes a side that is on hold: its music ends, and it is in the bridge again.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails. The end of a call is no error, but
    /// [`ConversationState::Ended`].
    pub async fn resume(&mut self, side: Side) -> Result<ConversationState, CallError> {
        if let Some(ended) = self.ended() {
            return Ok(ended);
        }
        let bridge = self.bridge().await?;
        match self.party(side).enter(&bridge).await {
            // Others have destroyed it. If nobody was in it, nobody notices.
            Err(CallError::Request(error)) if is_bridge_gone(&error, &bridge) => {
                let other = self.party(side.other()).is_in_bridge();
                self.lose_bridge();
                if other {
                    self.separated = Some(TalkEnd::BridgeDestroyed);
                    return Ok(ConversationState::Ended(TalkEnd::BridgeDestroyed));
                }
                let bridge = self.bridge().await?;
                side.state(self.party(side).enter(&bridge).await)
            }
            entered => side.state(entered),
        }
    }

    /// Waits for the next key of either side, for a transfer that its phone requests, or for the
    /// end. Keys that were pressed before are returned first. After the end it returns the end
    /// again. Cancel-safe.
    ///
    /// It is an end, too, if others destroy the bridge or take a side out of it
    /// ([`TalkEnd::BridgeDestroyed`], [`TalkEnd::CallerRemoved`], [`TalkEnd::CalleeRemoved`]).
    /// [`Conversation::connect`] connects both again. A side that others have brought into another
    /// bridge belongs to them: it is not hung up with the conversation.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if the connection to the server is lost for good.
    pub async fn next(&mut self) -> Result<ConversationEvent, CallError> {
        loop {
            // It notes keys, too.
            let places = self.watch_sides();
            if let Some(side) = self.replaced.pop_front() {
                return Ok(ConversationEvent::Replaced { side });
            }
            for side in [Side::Caller, Side::Callee] {
                if let Some(key) = self.call(side).pop_key() {
                    return Ok(ConversationEvent::Key { side, key });
                }
                if let Some(request) = self.call(side).pop_transfer() {
                    return Ok(ConversationEvent::TransferRequested { side, request });
                }
            }
            if self.separated.is_some()
                && let Some(end) = self.end()
            {
                return Ok(ConversationEvent::Ended(end));
            }
            let received = select! {
                received = self.caller.call.receive() => Side::Caller.state(received),
                received = self.callee.call.receive() => Side::Callee.state(received),
                separation = self.watch.separated() => {
                    self.note_separation(&separation, places);
                    continue;
                }
            };
            if let ConversationState::Ended(_) = received?
                && let Some(end) = self.end()
            {
                return Ok(ConversationEvent::Ended(end));
            }
        }
    }

    /// Waits until one of the calls ends. Keys that are pressed before are forgotten. Cancel-safe.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if the connection to the server is lost for good.
    pub async fn wait_for_end(&mut self) -> Result<TalkEnd, CallError> {
        loop {
            if let ConversationEvent::Ended(end) = self.next().await? {
                return Ok(end);
            }
        }
    }

    /// Ends the conversation without hanging up, and returns the caller and the callee: both are in
    /// the application, and hear nothing. [`Call::end`] tells if one of them has ended. A callee
    /// that the program has dialed is still hung up when it is dropped. Each can take its own way,
    /// such as [`Call::continue_in_dialplan`].
    ///
    /// Dropping the future hangs up both.
    pub async fn separate(mut self) -> (Call, Call) {
        self.disconnect().await;
        (self.caller.into_call(), self.callee.into_call())
    }

    /// Takes over what the events say about the places of both sides. Returns the indices of the
    /// sides that are watched.
    fn watch_sides(&mut self) -> [Option<usize>; 2] {
        let Some(bridge) = &self.bridge else {
            self.watch.reset();
            return [None, None];
        };
        let mut calls = Vec::new();
        let mut places = [None, None];
        for (place, party) in places.iter_mut().zip([&mut self.caller, &mut self.callee]) {
            if party.is_in_bridge() {
                *place = Some(calls.len());
                calls.push(&mut *party.call);
            }
        }
        self.watch.update(bridge.handle(), &mut calls);
        places
    }

    /// Notes that others have separated both sides.
    fn note_separation(&mut self, separation: &Separation, [caller, callee]: [Option<usize>; 2]) {
        for (index, party) in [(caller, &mut self.caller), (callee, &mut self.callee)] {
            if let Some(index) = index
                && separation.is_of(index)
            {
                party.removed(separation.is_elsewhere(index));
            }
        }
        self.separated = TalkEnd::from_separation(separation, caller, callee);
        if self.separated == Some(TalkEnd::BridgeDestroyed) {
            self.lose_bridge();
        }
    }

    /// Finds out which sides are still in the bridge.
    async fn find_sides(&mut self) -> Result<(), CallError> {
        self.watch.reset();
        let Some(bridge) = &self.bridge else {
            return Ok(());
        };
        let parties = [&mut self.caller, &mut self.callee];
        if !parties.iter().any(|it| it.is_in_bridge()) {
            return Ok(());
        }
        let channels = channels_of(bridge.handle()).await?;
        for party in parties {
            if !channels.iter().any(|id| id == party.call.id()) && !party.is_on_hold() {
                party.bridge_destroyed();
            }
        }
        Ok(())
    }

    /// Forgets the bridge, and that sides are in it.
    fn lose_bridge(&mut self) {
        for party in [&mut self.caller, &mut self.callee] {
            if party.is_in_bridge() {
                party.bridge_destroyed();
            }
        }
        self.bridge = None;
    }

    /// Stops music, and destroys the bridge.
    async fn disconnect(&mut self) {
        for party in [&mut self.caller, &mut self.callee] {
            party.stop_music().await;
            party.bridge_destroyed();
        }
        if let Some(bridge) = self.bridge.take() {
            bridge.destroy().await;
        }
    }

    /// Hangs up both calls, and destroys the bridge.
    pub async fn hang_up(self) {
        let (caller, callee) = (self.caller.call, self.callee.call);
        if let Some(bridge) = self.bridge {
            bridge.destroy().await;
        }
        tokio::join!(caller.finish(), callee.finish());
    }

    fn party(&mut self, side: Side) -> &mut Party {
        match side {
            Side::Caller => &mut self.caller,
            Side::Callee => &mut self.callee,
        }
    }

    /// Returns the state after the end, or `None` before.
    fn ended(&mut self) -> Option<ConversationState> {
        self.end().map(ConversationState::Ended)
    }

    /// Returns the bridge, and creates it if there is none.
    async fn bridge(&mut self) -> Result<BridgeHandle, CallError> {
        if let Some(bridge) = &self.bridge {
            return Ok(bridge.handle().clone());
        }
        let bridge = OwnBridge::create_in_task(self.caller.call.client()).await?;
        Ok(self.bridge.insert(bridge).handle().clone())
    }
}
