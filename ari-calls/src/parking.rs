//! Parking: calls wait with music in a slot, until somebody retrieves them.
//!
//! See [`ParkingLot::park`] for an example.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use tokio::select;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

use crate::bridge_watch::BridgeWatch;
use crate::call::Call;
use crate::conversation::party::Party;
use crate::deadline;
use crate::error::{CallEnd, CallError};
use crate::own_bridge::OwnBridge;

/// Default limit of a parked call.
const DEFAULT_LIMIT: Duration = Duration::from_secs(300);

/// The program that retrieves a call waits for it here.
type Retriever = oneshot::Sender<Party>;

/// The occupied slots.
type Slots = Mutex<BTreeMap<u32, oneshot::Sender<Retriever>>>;

/// Numbered slots in which calls wait with music (call parking). Clones share the slots.
///
/// Dropping the last clone hangs up all parked calls.
#[derive(Clone, Debug)]
pub struct ParkingLot {
    slots: Arc<Slots>,
    numbers: RangeInclusive<u32>,
    limit: Duration,
    music_class: Option<String>,
}

/// The outcome of [`ParkingLot::park`].
#[derive(Debug)]
#[non_exhaustive]
#[expect(clippy::large_enum_variant, reason = "it is made once in a call")]
pub enum Parking {
    /// The call is parked.
    Parked(Parked),
    /// All slots are occupied. The call is as before.
    Full(Call),
}

/// A call that is parked. Dropping this leaves it parked, and hangs it up at the limit.
#[derive(Debug)]
#[must_use = "a call whose limit is over is hung up if nobody waits for it"]
pub struct Parked {
    slot: u32,
    end: oneshot::Receiver<End>,
}

/// The end of parking.
#[derive(Debug)]
#[non_exhaustive]
pub enum ParkEnd {
    /// The call was retrieved.
    Retrieved,
    /// The parked call has ended.
    Ended(CallEnd),
    /// Nobody has retrieved the call within the limit. It is in the application, and hears nothing.
    TimedOut(Call),
    /// Something else has taken the call out of its slot: another program, an operator, or another
    /// step of this program. It is in the application, and may be in another bridge.
    Removed(Call),
    /// The parking lot was dropped, or the connection to the server is lost for good. The call is
    /// hung up, if it can be reached.
    Closed,
}

#[derive(Debug)]
enum End {
    Retrieved,
    Ended(CallEnd),
    TimedOut(Party),
    Removed(Party),
}

impl ParkingLot {
    /// Creates an empty parking lot with the slots of these numbers, such as `701..=720`.
    pub fn new(slots: RangeInclusive<u32>) -> Self {
        ParkingLot {
            slots: Arc::default(),
            numbers: slots,
            limit: DEFAULT_LIMIT,
            music_class: None,
        }
    }

    /// Sets the longest duration in a slot. Default: 5 minutes.
    pub fn limit(mut self, limit: Duration) -> Self {
        self.limit = limit;
        self
    }

    /// Sets the class of music, such as `default`. It stays the class of the channel. Default: the
    /// one of the channel.
    pub fn music_class(mut self, class: impl Into<String>) -> Self {
        self.music_class = Some(class.into());
        self
    }

    /// Returns the numbers of the occupied slots, in ascending order.
    pub fn occupied(&self) -> Vec<u32> {
        lock(&self.slots).keys().copied().collect()
    }

    /// Parks a call in the free slot with the lowest number: answers it if needed, and brings it
    /// into a holding bridge of its own, in which it hears music. The keys that it presses are
    /// kept.
    ///
    /// ```no_run
    /// # use ari_calls::conversation::Conversation;
    /// # use ari_calls::parking::{ParkEnd, Parking, ParkingLot};
    /// # use ari_calls::{Call, CallError};
    /// # async fn example(call: Call, mut colleague: Call) -> Result<(), CallError> {
    /// let lot = ParkingLot::new(701..=720);
    /// if let Parking::Parked(parked) = lot.park(call).await? {
    ///     println!("dial {} to take the call", parked.slot());
    ///     tokio::spawn(async move {
    ///         if let ParkEnd::TimedOut(mut call) = parked.wait().await {
    ///             let _ = call.play("sound:vm-nobodyavail").await;
    ///             let _ = call.hang_up().await;
    ///         }
    ///     });
    /// }
    ///
    /// // In the program of the colleague:
    /// if let Some(call) = lot.retrieve(701).await {
    ///     let mut conversation = Conversation::new(call, colleague);
    ///     let _ = conversation.connect().await?;
    ///     conversation.wait_for_end().await?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// Dropping the future hangs up.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::Request`] if a request fails. The call is hung up then. The end of the
    /// call is no error, but [`ParkEnd::Ended`].
    pub async fn park(&self, call: Call) -> Result<Parking, CallError> {
        let (request, retrieved) = oneshot::channel();
        let Some(number) = self.reserve(request) else {
            return Ok(Parking::Full(call));
        };
        // Frees the slot if this fails or is dropped.
        let slot = Slot {
            number,
            slots: Arc::downgrade(&self.slots),
            retrieved,
        };
        let (end, ended) = oneshot::channel();
        let parked = Parked {
            slot: number,
            end: ended,
        };
        let mut party = Party::new(call);
        match self.enter(&mut party).await {
            Ok(bridge) => {
                let deadline = deadline::after(self.limit);
                tokio::spawn(hold(party, bridge, slot, deadline, end));
            }
            Err(CallError::Ended(ending)) => _ = end.send(End::Ended(ending)),
            Err(error) => return Err(error),
        }
        Ok(Parking::Parked(parked))
    }

    /// Takes a call out of its slot. It is in the application, and hears nothing. Returns `None` if
    /// the slot is empty, or the call ends at this moment.
    ///
    /// Dropping the future leaves the call parked, or hangs it up.
    pub async fn retrieve(&self, slot: u32) -> Option<Call> {
        let request = lock(&self.slots).remove(&slot)?;
        let (retriever, call) = oneshot::channel();
        request.send(retriever).ok()?;
        call.await.ok().map(Party::into_call)
    }

    fn reserve(&self, request: oneshot::Sender<Retriever>) -> Option<u32> {
        let mut slots = lock(&self.slots);
        let mut numbers = self.numbers.clone();
        let free = numbers.find(|number| !slots.contains_key(number))?;
        slots.insert(free, request);
        Some(free)
    }

    async fn enter(&self, party: &mut Party) -> Result<OwnBridge, CallError> {
        party.call.check_end()?;
        party.answer().await?;
        if let Some(class) = &self.music_class {
            let channel = party.call.channel();
            let set = channel.set_channel_var("CHANNEL(musicclass)").value(class);
            let set = set.await;
            party.call.check(set).await?;
        }
        let bridge = OwnBridge::create_holding(party.call.client()).await?;
        party.enter(bridge.handle()).await?;
        Ok(bridge)
    }
}

impl Parked {
    /// Returns the number of the slot.
    pub fn slot(&self) -> u32 {
        self.slot
    }

    /// Waits until the call is retrieved, ends, is taken out by others, or has reached the limit.
    ///
    /// Dropping the future leaves the call parked, and hangs it up at the limit.
    pub async fn wait(self) -> ParkEnd {
        match self.end.await {
            Ok(End::Retrieved) => ParkEnd::Retrieved,
            Ok(End::Ended(end)) => ParkEnd::Ended(end),
            Ok(End::TimedOut(party)) => ParkEnd::TimedOut(party.into_call()),
            Ok(End::Removed(party)) => ParkEnd::Removed(party.into_call()),
            Err(_) => ParkEnd::Closed,
        }
    }
}

/// An occupied slot, which is free when this is dropped.
struct Slot {
    number: u32,
    slots: Weak<Slots>,
    retrieved: oneshot::Receiver<Retriever>,
}

impl Drop for Slot {
    fn drop(&mut self) {
        self.retrieved.close();
        let Some(slots) = self.slots.upgrade() else {
            return;
        };
        let mut slots = lock(&slots);
        // After it was retrieved, another call may be parked there.
        if slots
            .get(&self.number)
            .is_some_and(oneshot::Sender::is_closed)
        {
            slots.remove(&self.number);
        }
    }
}

/// The reason why a call does not wait any longer.
enum Waited {
    Retrieved(Retriever),
    TimedOut,
    Removed,
    Ended(CallEnd),
    /// Nobody can retrieve it, or the connection to the server is lost for good.
    Closed,
}

/// Keeps a parked call until somebody retrieves it. What is not sent to anybody is hung up.
async fn hold(
    mut party: Party,
    bridge: OwnBridge,
    mut slot: Slot,
    deadline: Instant,
    end: oneshot::Sender<End>,
) {
    let mut watch = BridgeWatch::default();
    let waited = loop {
        watch.update(bridge.handle(), &mut [&mut *party.call]);
        select! {
            received = party.call.receive() => match received {
                Ok(()) => {}
                Err(CallError::Ended(ended)) => break Waited::Ended(ended),
                Err(_) => break Waited::Closed,
            },
            separation = watch.separated() => {
                party.removed(separation.is_elsewhere(0));
                break Waited::Removed;
            }
            // An error means that the parking lot was dropped.
            retriever = &mut slot.retrieved => match retriever {
                Ok(retriever) => break Waited::Retrieved(retriever),
                Err(_) => break Waited::Closed,
            },
            () = sleep_until(deadline) => break Waited::TimedOut,
        }
    };
    drop(slot);
    bridge.destroy().await;
    party.bridge_destroyed();
    let _ = match waited {
        Waited::Ended(ended) => end.send(End::Ended(ended)),
        Waited::Closed => Ok(()),
        Waited::TimedOut => end.send(End::TimedOut(party)),
        Waited::Removed => end.send(End::Removed(party)),
        Waited::Retrieved(retriever) => match retriever.send(party) {
            Ok(()) => end.send(End::Retrieved),
            // It does not wait any more.
            Err(_) => Ok(()),
        },
    };
}

fn lock(slots: &Slots) -> MutexGuard<'_, BTreeMap<u32, oneshot::Sender<Retriever>>> {
    slots.lock().unwrap_or_else(PoisonError::into_inner)
}
