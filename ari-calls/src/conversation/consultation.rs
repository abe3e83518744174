//! Attended transfers: a third party is dialed while one side is on hold.

use std::collections::VecDeque;

use tokio::select;

use crate::bridge_watch::{BridgeWatch, Separation, channels_of};
use crate::call::Call;
use crate::conversation::event::Side;
use crate::conversation::party::Party;
use crate::conversation::transfer::AfterTransfer;
use crate::conversation::{Conversation, ConversationState};
use crate::dial::{Dial, Reached, TalkEnd, UnansweredLeg};
use crate::error::{CallEnd, CallError};
use crate::key::Key;
use crate::own_bridge::{OwnBridge, is_bridge_gone};
use crate::transfer_request::TransferRequest;

/// A party of a consultation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ConsultationParty {
    /// The side that asks the target.
    Transferor,
    /// The side that was put on hold.
    Transferee,
    /// The third party.
    Target,
}

use ConsultationParty::{Target, Transferee, Transferor};

const PARTIES: [ConsultationParty; 3] = [Transferor, Transferee, Target];

/// The outcome of [`Conversation::consult`].
#[derive(Debug)]
#[non_exhaustive]
pub enum Consulted {
    /// The target has answered, and talks to the transferor.
    #[non_exhaustive]
    Answered {
        /// All three parties.
        consultation: Consultation,
        /// The endpoint that has answered.
        endpoint: String,
    },
    /// The target has not answered. [`Conversation::connect`] resumes the side that is on hold.
    #[non_exhaustive]
    NotAnswered {
        /// The conversation as before, with the transferee on hold and the transferor in silence.
        conversation: Conversation,
        /// The endpoints, in the order in which they failed.
        legs: Vec<UnansweredLeg>,
    },
    /// A side has ended before the target has answered. The target does not ring any more.
    #[non_exhaustive]
    Ended {
        /// The conversation, with the other side.
        conversation: Conversation,
        /// The side, and its end.
        end: TalkEnd,
    },
}

/// An event of a consultation.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConsultationEvent {
    /// A party has pressed a key.
    Key {
        /// The party.
        party: ConsultationParty,
        /// The key.
        key: Key,
    },
    /// A party has ended. The others are as before.
    Ended {
        /// The party.
        party: ConsultationParty,
        /// Its end.
        end: CallEnd,
    },
    /// The phone of a party has requested a transfer. Only calls with
    /// [`Call::take_over_transfers`](crate::Call::take_over_transfers) leave it to the program.
    TransferRequested {
        /// The party whose phone has requested it.
        party: ConsultationParty,
        /// The transfer.
        request: TransferRequest,
    },
    /// The phone of a party has made a transfer, and Asterisk has performed that: the channel of the
    /// transfer's target is in the place of the phone, which is hung up. The consultation goes on,
    /// and [`Consultation::call`] returns the call of that channel.
    Replaced {
        /// The party whose phone has left.
        party: ConsultationParty,
    },
    /// Something else has taken a party out of the bridge: another program, an operator, or another
    /// step of this program. It has not hung up. [`Consultation::join_all`], or a change that ends
    /// the consultation, brings it back.
    Removed {
        /// The party.
        party: ConsultationParty,
    },
    /// Another program or an operator has destroyed the bridge, or has taken all out of it.
    /// [`Consultation::join_all`], or a change that ends the consultation, creates it again.
    BridgeDestroyed,
}

/// The state of a consultation after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[must_use = "a party may have hung up"]
pub enum ConsultationState {
    /// The change is made.
    Ongoing,
    /// A party has ended, before or during the change.
    Ended {
        /// The party.
        party: ConsultationParty,
        /// Its end.
        end: CallEnd,
    },
}

/// The result of [`Consultation::complete`].
#[derive(Debug)]
#[non_exhaustive]
pub struct Completed {
    /// The conversation of the transferee, as the caller, and the target, as the callee.
    pub conversation: Conversation,
    /// The transferor, if it was to be kept. It may have ended.
    pub transferor: Option<Call>,
}

/// Three calls of an attended transfer: the transferor talks to the target, and the transferee is
/// on hold. [`Consultation::swap`] and [`Consultation::join_all`] change that, and
/// [`Consultation::complete`] or [`Consultation::cancel`] end it.
///
/// It owns the calls and the bridge: dropping it hangs up all three. A party that ends hangs up no
/// other: the program decides. Phones expect that a transferor who hangs up completes the transfer.
#[derive(Debug)]
#[must_use = "dropping a consultation hangs up all calls"]
pub struct Consultation {
    transferor: Party,
    transferee: Party,
    target: Party,
    bridge: OwnBridge,
    /// The side of the transferee in the conversation before.
    side: Side,
    music_class: Option<String>,
    watch: BridgeWatch,
    /// Events that were not returned.
    events: VecDeque<ConsultationEvent>,
}

impl Conversation {
    /// Puts a side, the transferee, on hold, and dials an endpoint for the other side, the
    /// transferor, who hears the ringing tone or the music of [`Dial::ringback`] meanwhile, and is
    /// connected when the endpoint answers (attended transfer).
    ///
    /// ```no_run
    /// # use ari_calls::conversation::{Conversation, Side};
    /// # use ari_calls::transfer::{
    /// #     AfterTransfer, Consultation, ConsultationEvent, ConsultationParty, Consulted,
    /// # };
    /// # use ari_calls::{CallError, Key};
    /// # async fn example(conversation: Conversation) -> Result<(), CallError> {
    /// let consult = conversation.consult(Side::Caller, |callee| callee.dial("PJSIP/300"));
    /// let mut consultation = match consult.await? {
    ///     Consulted::Answered { consultation, .. } => consultation,
    ///     Consulted::NotAnswered { mut conversation, .. } => {
    ///         let _ = conversation.connect().await?;
    ///         conversation.wait_for_end().await?;
    ///         return Ok(());
    ///     }
    ///     _ => return Ok(()),
    /// };
    /// let mut conversation = loop {
    ///     match consultation.next().await? {
    ///         ConsultationEvent::Key { party: ConsultationParty::Transferor, key } => match key {
    ///             Key::Digit1 => _ = consultation.swap().await?,
    ///             Key::Digit2 => _ = consultation.join_all().await?,
    ///             Key::Star => break consultation.cancel().await?,
    ///             _ => {}
    ///         },
    ///         ConsultationEvent::Ended { party: ConsultationParty::Transferor, .. } => {
    ///             break consultation.complete(AfterTransfer::HangUp).await?.conversation;
    ///         }
    ///         ConsultationEvent::Ended { .. } => break consultation.cancel().await?,
    ///         _ => {}
    ///     }
    /// };
    /// conversation.wait_for_end().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Dropping the future hangs up all.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails or the connection to the server is lost
    /// for good, and [`CallError::InvalidSettings`] if the endpoint is invalid. All are hung up
    /// then. The end of a call is no error.
    pub async fn consult(
        mut self,
        transferee: Side,
        dial: impl FnOnce(&mut Call) -> Dial<'_> + Send,
    ) -> Result<Consulted, CallError> {
        if let ConversationState::Ended(end) = self.prepare(transferee).await? {
            let conversation = self;
            return Ok(Consulted::Ended { conversation, end });
        }
        let (transferor, held) = match transferee {
            Side::Caller => (&mut self.callee, &mut self.caller),
            Side::Callee => (&mut self.caller, &mut self.callee),
        };
        let reached = select! {
            reached = dial(&mut transferor.call).wait_for_answer() => Ok(reached),
            end = held.call.wait_for_end() => Err(end),
        };
        let end = match reached {
            Ok(Ok(Reached::Answered {
                callee, endpoint, ..
            })) => {
                let consultation = self.with_target(transferee, callee).await?;
                return Ok(Consulted::Answered {
                    consultation,
                    endpoint,
                });
            }
            Ok(Ok(Reached::NotAnswered { legs })) => {
                let conversation = self;
                return Ok(Consulted::NotAnswered { conversation, legs });
            }
            Ok(Err(CallError::Ended(end))) => transferee.other().talk_end(end),
            Ok(Err(error)) => return Err(error),
            Err(end) => transferee.talk_end(end?),
        };
        let conversation = self;
        Ok(Consulted::Ended { conversation, end })
    }

    /// Holds a side, and takes the other one out of the bridge.
    async fn prepare(&mut self, held: Side) -> Result<ConversationState, CallError> {
        let state = self.hold(held).await?;
        if state != ConversationState::Ongoing {
            return Ok(state);
        }
        let bridge = self.bridge().await?;
        let other = held.other();
        let party = self.party(other);
        party.stop_music().await;
        other.state(party.leave(Some(&bridge)).await)
    }

    /// Connects the transferor and the target.
    async fn with_target(mut self, side: Side, target: Call) -> Result<Consultation, CallError> {
        let target = Party::new(target);
        let bridge = match self.bridge.take() {
            Some(bridge) => bridge,
            None => OwnBridge::create_in_task(target.call.client()).await?,
        };
        let (transferor, transferee) = match side {
            Side::Caller => (self.callee, self.caller),
            Side::Callee => (self.caller, self.callee),
        };
        let mut consultation = Consultation {
            transferor,
            transferee,
            target,
            bridge,
            side,
            music_class: self.music_class,
            watch: BridgeWatch::default(),
            events: VecDeque::new(),
        };
        // If one of them has ended, the next event is its end.
        let _ = consultation.enter(&[Transferor, Target]).await?;
        Ok(consultation)
    }
}

impl Consultation {
    /// Returns the call of a party, to play to it or to send requests of your own.
    pub fn call(&mut self, party: ConsultationParty) -> &mut Call {
        &mut self.party(party).call
    }

    /// Returns `true` if a party is on hold.
    pub fn is_on_hold(&self, party: ConsultationParty) -> bool {
        match party {
            Transferor => self.transferor.is_on_hold(),
            Transferee => self.transferee.is_on_hold(),
            Target => self.target.is_on_hold(),
        }
    }

    /// Waits for the next key of any party, for a transfer that its phone requests, or for the first
    /// end. Keys that were pressed before are returned first. After an end it returns the end again. Cancel-safe.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if the connection to the server is lost for good.
    pub async fn next(&mut self) -> Result<ConsultationEvent, CallError> {
        loop {
            // It notes keys, too.
            let watched = self.watch_parties();
            if let Some(event) = self.events.pop_front() {
                return Ok(event);
            }
            for party in PARTIES {
                if let Some(key) = self.call(party).pop_key() {
                    return Ok(ConsultationEvent::Key { party, key });
                }
                if let Some(request) = self.call(party).pop_transfer() {
                    return Ok(ConsultationEvent::TransferRequested { party, request });
                }
            }
            let (party, received) = select! {
                separation = self.watch.separated() => {
                    self.note_separation(&separation, &watched);
                    continue;
                }
                received = self.transferor.call.receive() => (Transferor, received),
                received = self.transferee.call.receive() => (Transferee, received),
                received = self.target.call.receive() => (Target, received),
            };
            if let ConsultationState::Ended { .. } = party.state(received)?
                && let Some(ConsultationState::Ended { party, end }) = self.ended()
            {
                return Ok(ConsultationEvent::Ended { party, end });
            }
        }
    }

    /// Lets the transferor talk to the party that is on hold, and puts the other one on hold.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails. The parties stay in the consultation. The
    /// end of a party is no error, but [`ConsultationState::Ended`].
    pub async fn swap(&mut self) -> Result<ConsultationState, CallError> {
        let (active, held) = match self.target.is_on_hold() {
            true => (Target, Transferee),
            false => (Transferee, Target),
        };
        if let Some(ended) = self.ended() {
            return Ok(ended);
        }
        let bridge = self.bridge.handle().clone();
        let music_class = self.music_class.clone();
        let holding = self.party(held).hold(Some(&bridge), music_class.as_deref());
        match held.state(holding.await)? {
            ConsultationState::Ongoing => self.enter(&[active, Transferor]).await,
            ended => Ok(ended),
        }
    }

    /// Lets all three parties talk (three-way call).
    ///
    /// # Errors
    ///
    /// Returns the errors of [`Consultation::swap`].
    pub async fn join_all(&mut self) -> Result<ConsultationState, CallError> {
        self.enter(&PARTIES).await
    }

    /// Completes the transfer: the transferor leaves, and the transferee and the target talk. If
    /// one of them has ended, [`Conversation::next`] returns that.
    ///
    /// Dropping the future hangs up all.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails. All are hung up then.
    pub async fn complete(mut self, transferor: AfterTransfer) -> Result<Completed, CallError> {
        // The others do not hear that it leaves.
        let bridge = self.bridge.handle().clone();
        let left = self.transferor.leave(Some(&bridge)).await;
        if let Err(error) = left
            && error.call_end().is_none()
        {
            return Err(error);
        }
        self.transferor.stop_music().await;
        let left = self.transferor.leave_transfer(transferor).await;
        let mut conversation = Conversation::of_parties(self.transferee, self.target);
        conversation.bridge = Some(self.bridge);
        conversation.music_class = self.music_class;
        let _ = conversation.connect().await?;
        Ok(Completed {
            conversation,
            transferor: left.map(Party::into_call),
        })
    }

    /// Hangs up the target, and lets the transferor and the transferee talk again, as the caller
    /// and the callee that they were before. If one of them has ended, [`Conversation::next`]
    /// returns that.
    ///
    /// Dropping the future hangs up all.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails. All are hung up then.
    pub async fn cancel(self) -> Result<Conversation, CallError> {
        self.target.call.finish().await;
        let (caller, callee) = match self.side {
            Side::Caller => (self.transferee, self.transferor),
            Side::Callee => (self.transferor, self.transferee),
        };
        let mut conversation = Conversation::of_parties(caller, callee);
        conversation.bridge = Some(self.bridge);
        conversation.music_class = self.music_class;
        let _ = conversation.connect().await?;
        Ok(conversation)
    }

    /// Ends the consultation without hanging up, and returns the transferor, the transferee and the
    /// target. Each may have ended. Calls that the program has dialed are still hung up when they
    /// are dropped.
    ///
    /// Dropping the future hangs up all.
    pub async fn separate(mut self) -> (Call, Call, Call) {
        for party in PARTIES {
            self.party(party).stop_music().await;
        }
        self.bridge.destroy().await;
        let [transferor, transferee, target] =
            [self.transferor, self.transferee, self.target].map(Party::into_call);
        (transferor, transferee, target)
    }

    /// Hangs up all calls, and destroys the bridge.
    pub async fn hang_up(self) {
        self.bridge.destroy().await;
        let (transferor, transferee) = (self.transferor.call, self.transferee.call);
        let others = async { tokio::join!(transferor.finish(), transferee.finish()) };
        tokio::join!(others, self.target.call.finish());
    }

    /// Takes over what the events say about the places of the parties. Returns those that are
    /// watched.
    fn watch_parties(&mut self) -> Vec<ConsultationParty> {
        let parties = [
            (Transferor, &mut self.transferor),
            (Transferee, &mut self.transferee),
            (Target, &mut self.target),
        ];
        let inside = parties.into_iter().filter(|(_, it)| it.is_in_bridge());
        let (watched, mut calls): (Vec<_>, Vec<_>) =
            inside.map(|(party, it)| (party, &mut *it.call)).unzip();
        self.watch.update(self.bridge.handle(), &mut calls);
        watched
    }

    /// Notes that others have taken parties out of the bridge.
    fn note_separation(&mut self, separation: &Separation, watched: &[ConsultationParty]) {
        for (index, party) in watched.iter().enumerate() {
            if separation.is_of(index) {
                self.party(*party).removed(separation.is_elsewhere(index));
                if !separation.is_of_all() {
                    self.events
                        .push_back(ConsultationEvent::Removed { party: *party });
                }
            }
        }
        if separation.is_of_all() {
            self.events.push_back(ConsultationEvent::BridgeDestroyed);
        }
    }

    fn party(&mut self, party: ConsultationParty) -> &mut Party {
        match party {
            Transferor => &mut self.transferor,
            Transferee => &mut self.transferee,
            Target => &mut self.target,
        }
    }

    /// Returns the state after the first end that is known, or `None` before.
    fn ended(&mut self) -> Option<ConsultationState> {
        for party in PARTIES {
            if self.party(party).follow_replacement() {
                self.events.push_back(ConsultationEvent::Replaced { party });
            }
        }
        PARTIES.into_iter().find_map(|party| {
            let end = self.call(party).end()?.clone();
            Some(ConsultationState::Ended { party, end })
        })
    }

    /// Brings parties into the bridge, which is created again if others have destroyed it.
    async fn enter(
        &mut self,
        parties: &[ConsultationParty],
    ) -> Result<ConsultationState, CallError> {
        self.find_parties().await?;
        for party in parties {
            if let Some(ended) = self.ended() {
                return Ok(ended);
            }
            let bridge = self.bridge.handle().clone();
            let mut entered = self.party(*party).enter(&bridge).await;
            if let Err(CallError::Request(error)) = &entered
                && is_bridge_gone(error, &bridge)
            {
                self.renew_bridge().await?;
                let bridge = self.bridge.handle().clone();
                entered = self.party(*party).enter(&bridge).await;
            }
            if let ended @ ConsultationState::Ended { .. } = party.state(entered)? {
                return Ok(ended);
            }
        }
        Ok(ConsultationState::Ongoing)
    }

    /// Finds out which parties are still in the bridge.
    async fn find_parties(&mut self) -> Result<(), CallError> {
        self.watch.reset();
        let inside: Vec<_> = self.watch_parties();
        if inside.is_empty() {
            return Ok(());
        }
        let channels = channels_of(self.bridge.handle()).await?;
        for party in inside {
            if !channels.iter().any(|id| id == self.call(party).id()) {
                self.party(party).bridge_destroyed();
            }
        }
        Ok(())
    }

    async fn renew_bridge(&mut self) -> Result<(), CallError> {
        self.bridge = OwnBridge::create_in_task(self.target.call.client()).await?;
        for party in PARTIES {
            if self.party(party).is_in_bridge() {
                self.party(party).bridge_destroyed();
            }
        }
        Ok(())
    }
}

impl ConsultationParty {
    /// Returns the state of the consultation after a request for this party.
    fn state(self, result: Result<(), CallError>) -> Result<ConsultationState, CallError> {
        match result {
            Ok(()) => Ok(ConsultationState::Ongoing),
            Err(CallError::Ended(end)) => Ok(ConsultationState::Ended { party: self, end }),
            Err(error) => Err(error),
        }
    }
}
