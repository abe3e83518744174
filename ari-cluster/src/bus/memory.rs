//! A bus in memory, for the simulation: delays, losses, duplicates, partitions and standstills from a
//! seed, on tokio's paused clock.
//!
//! It behaves like core NATS. A connection's messages reach the server in order, the server passes
//! them on to the subscriptions that it knows at that time, and each subscriber gets those of one
//! connection in order. A request that nobody is subscribed to is refused at once.

use std::collections::{BTreeMap, BinaryHeap};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use ari_api::transport::BoxFuture;
use bytes::Bytes;
use futures_core::Stream;
use tokio::sync::{Notify, mpsc, oneshot};
use tokio::time::{Instant, sleep_until, timeout};

use super::{Bus, BusError, Message, Subscription};
use crate::hooks::tasks::Process;
use crate::wire::header::{Header, field};

/// Numbers from a seed (splitmix64).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Random(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// Returns a number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    /// Returns true with this probability, in thousandths.
    pub(crate) fn chance(&mut self, per_mille: u64) -> bool {
        self.below(1000) < per_mille
    }

    /// Returns a duration up to a maximum.
    pub(crate) fn duration(&mut self, longest: Duration) -> Duration {
        Duration::from_micros(self.below(longest.as_micros() as u64 + 1))
    }
}

/// The faults of the bus.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Faults {
    /// The longest delay between a connection and the server.
    pub(crate) delay: Duration,
    /// The share of the events that a subscriber loses, in thousandths.
    pub(crate) loss: u64,
    /// The share of the messages that arrive twice, in thousandths.
    pub(crate) duplication: u64,
    /// The share of the parts of messages that arrive behind later ones, in thousandths.
    pub(crate) reordering: u64,
    /// The largest size of a message.
    pub(crate) max_size: usize,
    /// True if `subscribe` returns before the server knows the subscription, as a flush would, and the
    /// server takes its time.
    pub(crate) subscribes_late: bool,
}

enum Step {
    /// The server processes an operation of a connection.
    Subscribe {
        id: u64,
    },
    Publish {
        from: usize,
        message: Message,
    },
    /// A message arrives at a subscriber.
    Arrive {
        subscription: u64,
        message: Message,
    },
    /// A refusal arrives at a requester.
    Refuse {
        inbox: String,
    },
}

struct Due {
    at: Instant,
    order: u64,
    step: Step,
}

impl PartialEq for Due {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}
impl Eq for Due {}
impl PartialOrd for Due {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Due {
    /// The earliest is the greatest.
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (other.at, other.order).cmp(&(self.at, self.order))
    }
}

struct Subscribed {
    node: usize,
    pattern: String,
    group: Option<&'static str>,
    /// False until the server knows it.
    is_known: bool,
    known: Option<oneshot::Sender<()>>,
    messages: mpsc::UnboundedSender<Message>,
}

struct Network {
    random: Random,
    faults: Faults,
    due: BinaryHeap<Due>,
    order: u64,
    subscriptions: BTreeMap<u64, Subscribed>,
    inboxes: BTreeMap<String, (usize, oneshot::Sender<Result<Message, BusError>>)>,
    /// The latest arrival on each way, by which messages keep their order.
    latest: BTreeMap<(usize, usize), Instant>,
    /// Connections that the server cannot reach.
    cut_off: Vec<bool>,
    /// True while the server stands still, and the number of messages that each connection has
    /// published since.
    is_frozen: bool,
    held: Vec<usize>,
}

/// The longest time in which the server learns of a subscription that nobody waits for.
const LATE: Duration = Duration::from_millis(300);

/// The number of messages that a connection holds while the server stands still.
const MAX_HELD: usize = 100;

/// The time for which a program waits until the server knows its subscription.
const SUBSCRIBE_LIMIT: Duration = Duration::from_secs(2);

/// The number of the server in [`Network::latest`].
const SERVER: usize = usize::MAX;

impl Network {
    /// Schedules a step on a way, behind the steps that are on it.
    fn schedule(&mut self, from: usize, to: usize, step: Step) {
        let longest = match step {
            Step::Subscribe { .. } if self.faults.subscribes_late => LATE,
            _ => self.faults.delay,
        };
        let delay = self.random.duration(longest);
        let earliest = Instant::now() + delay;
        let latest = self.latest.entry((from, to)).or_insert(earliest);
        *latest = (*latest).max(earliest);
        let at = *latest;
        self.order += 1;
        let order = self.order;
        self.due.push(Due { at, order, step });
    }

    /// Schedules a step that others overtake.
    fn schedule_late(&mut self, step: Step) {
        let at = Instant::now() + self.random.duration(LATE);
        self.order += 1;
        let order = self.order;
        self.due.push(Due { at, order, step });
    }

    fn process(&mut self, step: Step) {
        match step {
            Step::Subscribe { id } => {
                if let Some(subscribed) = self.subscriptions.get_mut(&id) {
                    subscribed.is_known = true;
                    if let Some(known) = subscribed.known.take() {
                        let _ = known.send(());
                    }
                }
            }
            Step::Publish { from, message } => self.pass_on(from, &message),
            Step::Arrive {
                subscription,
                message,
            } => {
                if let Some(subscribed) = self.subscriptions.get(&subscription)
                    && !self.cut_off[subscribed.node]
                {
                    let _ = subscribed.messages.send(message);
                }
            }
            Step::Refuse { inbox } => {
                if let Some((_, waiting)) = self.inboxes.remove(&inbox) {
                    let _ = waiting.send(Err(BusError::NoResponders(inbox)));
                }
            }
        }
    }

    fn pass_on(&mut self, from: usize, message: &Message) {
        if let Some((node, waiting)) = self.inboxes.remove(&message.subject) {
            if self.cut_off[node] {
                return;
            }
            // The arrival is delayed with the answer itself.
            let _ = waiting.send(Ok(message.clone()));
            return;
        }
        let matching: Vec<_> = self
            .subscriptions
            .iter()
            .filter(|(_, it)| it.is_known && !self.cut_off[it.node])
            .filter(|(_, it)| matches(&it.pattern, &message.subject))
            .map(|(id, it)| (*id, it.node, it.group))
            .collect();
        if matching.is_empty() {
            if let Some(inbox) = message.reply.clone() {
                self.schedule(SERVER, from, Step::Refuse { inbox });
            }
            return;
        }
        let mut groups: BTreeMap<&str, Vec<(u64, usize)>> = BTreeMap::new();
        let mut chosen = Vec::new();
        for (id, node, group) in matching {
            match group {
                Some(group) => groups.entry(group).or_default().push((id, node)),
                None => chosen.push((id, node)),
            }
        }
        for members in groups.into_values() {
            let index = self.random.below(members.len() as u64) as usize;
            chosen.push(members[index]);
        }
        for (subscription, node) in chosen {
            let arrive = || Step::Arrive {
                subscription,
                message: message.clone(),
            };
            if self.random.chance(self.faults.loss) {
                continue;
            }
            let is_part = Header::parse(&message.header)
                .is_some_and(|header| header.number(field::OFFSET).is_some());
            if is_part && self.random.chance(self.faults.reordering) {
                self.schedule_late(arrive());
                continue;
            }
            self.schedule(SERVER, node, arrive());
            if self.random.chance(self.faults.duplication) {
                self.schedule(SERVER, node, arrive());
            }
        }
    }
}

/// Returns true if a subject matches the pattern of a subscription.
fn matches(pattern: &str, subject: &str) -> bool {
    let mut subject = subject.split('.');
    for token in pattern.split('.') {
        match (token, subject.next()) {
            (">", Some(_)) => return true,
            ("*", Some(_)) => {}
            (token, Some(found)) if token == found => {}
            _ => return false,
        }
    }
    subject.next().is_none()
}

/// The bus and its server.
#[derive(Clone)]
pub(crate) struct MemoryBus {
    network: Arc<Mutex<Network>>,
    changed: Arc<Notify>,
}

impl MemoryBus {
    /// Creates a bus, whose server runs in a task of the current runtime.
    pub(crate) fn new(seed: u64, faults: Faults) -> Self {
        let bus = MemoryBus {
            network: Arc::new(Mutex::new(Network {
                random: Random::new(seed),
                faults,
                due: BinaryHeap::new(),
                order: 0,
                subscriptions: BTreeMap::new(),
                inboxes: BTreeMap::new(),
                latest: BTreeMap::new(),
                cut_off: Vec::new(),
                is_frozen: false,
                held: Vec::new(),
            })),
            changed: Arc::new(Notify::new()),
        };
        tokio::spawn(bus.clone().run());
        bus
    }

    fn lock(&self) -> MutexGuard<'_, Network> {
        self.network.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run(self) {
        loop {
            let changed = self.changed.notified();
            let next = {
                let mut network = self.lock();
                let is_due = |due: &Due| due.at <= Instant::now();
                while !network.is_frozen && network.due.peek().is_some_and(is_due) {
                    if let Some(due) = network.due.pop() {
                        network.process(due.step);
                    }
                }
                let next = network.due.peek().map(|due| due.at);
                next.filter(|_| !network.is_frozen)
            };
            match next {
                Some(at) => tokio::select! {
                    biased;
                    () = changed => {}
                    () = sleep_until(at) => {}
                },
                None => changed.await,
            }
        }
    }

    /// Returns a new connection.
    pub(crate) fn connect(&self) -> MemoryConnection {
        let mut network = self.lock();
        let node = network.cut_off.len();
        network.cut_off.push(false);
        network.held.push(0);
        MemoryConnection {
            bus: self.clone(),
            node,
            process: Process::default(),
        }
    }

    /// Cuts a connection off, or restores it.
    pub(crate) fn set_cut_off(&self, node: usize, cut_off: bool) {
        self.lock().cut_off[node] = cut_off;
    }

    /// Lets the server stand still: what programs send waits, and arrives when it goes on.
    pub(crate) fn set_frozen(&self, is_frozen: bool) {
        {
            let mut network = self.lock();
            network.is_frozen = is_frozen;
            network.held.fill(0);
        }
        self.changed.notify_one();
    }

    pub(crate) fn is_frozen(&self) -> bool {
        self.lock().is_frozen
    }

    /// Changes the faults.
    pub(crate) fn set_faults(&self, faults: Faults) {
        self.lock().faults = faults;
    }

    fn schedule(&self, from: usize, step: Step) {
        self.lock().schedule(from, SERVER, step);
        self.changed.notify_one();
    }
}

/// A connection.
pub(crate) struct MemoryConnection {
    bus: MemoryBus,
    pub(crate) node: usize,
    /// The program that it belongs to.
    pub(crate) process: Process,
}

impl MemoryConnection {
    fn send(&self, subject: &str, reply: Option<String>, header: String, body: Bytes) {
        if self.bus.lock().cut_off[self.node] {
            return;
        }
        let message = Message {
            subject: subject.to_owned(),
            reply,
            header,
            body,
        };
        let from = self.node;
        self.bus.schedule(from, Step::Publish { from, message });
    }
}

impl Bus for MemoryConnection {
    fn max_size(&self) -> usize {
        self.bus.lock().faults.max_size
    }

    fn publish(&self, subject: &str, header: String, body: Bytes) -> bool {
        assert!(!self.process.is_frozen(), "a frozen program publishes");
        let size = header.len() + body.len();
        assert!(
            size <= self.max_size(),
            "a message to {subject} has {size} bytes"
        );
        {
            let mut network = self.bus.lock();
            if network.is_frozen {
                let held = &mut network.held[self.node];
                *held += 1;
                if *held > MAX_HELD {
                    return false;
                }
            }
        }
        self.send(subject, None, header, body);
        true
    }

    fn subscribe(
        &self,
        subject: String,
        group: Option<&'static str>,
    ) -> BoxFuture<'_, Result<Subscription, BusError>> {
        assert!(!self.process.is_frozen(), "a frozen program subscribes");
        let (messages, receiver) = mpsc::unbounded_channel();
        let (known, is_known) = oneshot::channel();
        let id = {
            let mut network = self.bus.lock();
            network.order += 1;
            let id = network.order;
            network.subscriptions.insert(
                id,
                Subscribed {
                    node: self.node,
                    pattern: subject,
                    group,
                    is_known: false,
                    known: Some(known),
                    messages,
                },
            );
            id
        };
        self.bus.schedule(self.node, Step::Subscribe { id });
        let subscription = MemorySubscription {
            bus: self.bus.clone(),
            id,
            receiver,
            process: self.process.clone(),
        };
        Box::pin(async move {
            if !self.bus.lock().faults.subscribes_late {
                let known = timeout(SUBSCRIBE_LIMIT, is_known).await;
                if known.is_err() {
                    return Err(BusError::Disconnected("the server stands still".to_owned()));
                }
            }
            Ok(Box::pin(subscription) as Subscription)
        })
    }

    fn request(
        &self,
        subject: String,
        header: String,
        body: Bytes,
        limit: Duration,
    ) -> BoxFuture<'_, Result<Message, BusError>> {
        Box::pin(async move {
            // Tasks of the library that the program uses send only when it wakes up.
            self.process.running().await;
            let size = header.len() + body.len();
            assert!(
                size <= self.max_size(),
                "a request to {subject} has {size} bytes"
            );
            let (waiting, response) = oneshot::channel();
            let inbox = {
                let mut network = self.bus.lock();
                network.order += 1;
                let inbox = format!("_inbox.{}", network.order);
                network.inboxes.insert(inbox.clone(), (self.node, waiting));
                inbox
            };
            self.send(&subject, Some(inbox.clone()), header, body);
            let outcome = timeout(limit, response).await;
            self.bus.lock().inboxes.remove(&inbox);
            match outcome {
                Ok(Ok(response)) => response,
                _ => Err(BusError::TimedOut(limit)),
            }
        })
    }
}

struct MemorySubscription {
    bus: MemoryBus,
    id: u64,
    receiver: mpsc::UnboundedReceiver<Message>,
    process: Process,
}

impl Stream for MemorySubscription {
    type Item = Message;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Message>> {
        assert!(!self.process.is_frozen(), "a frozen program reads");
        self.receiver.poll_recv(context)
    }
}

impl Drop for MemorySubscription {
    fn drop(&mut self) {
        self.bus.lock().subscriptions.remove(&self.id);
    }
}
