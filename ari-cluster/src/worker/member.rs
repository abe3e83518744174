//! A program in the cluster: its id, its events, and its calls on all servers.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ari_api::client::unique_id;
use ari_api::transport::BoxFuture;
use bytes::Bytes;
use futures_util::StreamExt as _;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep};

use super::call::CallKey;
use super::changes::{ChangeReceiver, Changes};
use super::place::{CallEvent, Claimed, Place};
use super::shared_list::SharedList;
use crate::bus::parts;
use crate::bus::{BusError, Message, SharedBus, Subscription, respond, subscribe_with_retries};
use crate::hooks::tasks::JoinSet;
use crate::reader::inbox::Missing;
use crate::reader::replay::{self, Counter, Replayed};
use crate::reader::source::TICK;
use crate::wire::card::Card;
use crate::wire::claim::Claim;
use crate::wire::header::{Header, HeaderWriter, field};
use crate::wire::subject;
use crate::wire::verb;

/// The time limit of a claim.
const CLAIM_LIMIT: Duration = Duration::from_secs(1);

/// An application on a server.
pub(crate) type PlaceKey = (String, String);

/// Work outside of the lock.
enum Job {
    Replay(PlaceKey, Missing),
    Claim(PlaceKey, String, Vec<Claim>),
    FollowBeats(PlaceKey),
    Done(CallKey),
    Run(BoxFuture<'static, ()>),
}

/// A program in the cluster.
pub(crate) struct Member {
    pub(crate) bus: SharedBus,
    pub(crate) id: String,
    places: Mutex<BTreeMap<PlaceKey, Place>>,
    /// Lists of the servers, by the path of their operation.
    lists: Mutex<BTreeMap<(PlaceKey, &'static str), Arc<SharedList>>>,
    jobs: mpsc::UnboundedSender<Job>,
    /// Counts the changes of the places.
    changes: Changes,
    is_draining: AtomicBool,
    /// The applications whose events arrive here.
    followed: Mutex<BTreeSet<String>>,
}

impl Member {
    /// Joins the cluster, for calls of an application if one is given. The tasks run until the returned
    /// set is dropped.
    pub(crate) async fn join(
        bus: SharedBus,
        application: Option<&str>,
    ) -> Result<(Arc<Member>, JoinSet<()>), BusError> {
        let id = unique_id();
        let events = match application {
            Some(application) => {
                let subject = subject::events_of_worker(application, &id);
                Some(bus.subscribe(subject, None).await?)
            }
            None => None,
        };
        let messages = bus.subscribe(subject::worker(&id), None).await?;
        let (jobs, waiting) = mpsc::unbounded_channel();
        let member = Arc::new(Member {
            bus,
            id,
            places: Mutex::default(),
            lists: Mutex::default(),
            jobs,
            changes: Changes::default(),
            is_draining: AtomicBool::new(false),
            followed: Mutex::new(application.map(str::to_owned).into_iter().collect()),
        });
        let mut tasks = JoinSet::new();
        if let Some(events) = events {
            tasks.spawn(member.clone().read_events(events));
        }
        tasks.spawn(member.clone().respond_to_gateways(messages));
        tasks.spawn(member.clone().run_jobs(waiting));
        tasks.spawn(member.clone().tick());
        Ok((member, tasks))
    }

    /// Subscribes to the events of this program's calls of an application, on all servers.
    pub(crate) async fn follow(self: &Arc<Self>, application: &str) -> Result<(), BusError> {
        let followed = || self.followed.lock().unwrap_or_else(PoisonError::into_inner);
        if followed().contains(application) {
            return Ok(());
        }
        let subject = subject::events_of_worker(application, &self.id);
        let events = self.bus.subscribe(subject, None).await?;
        // Unless it was done in the meantime.
        if followed().insert(application.to_owned()) {
            self.spawn(Box::pin(self.clone().read_events(events)));
        }
        Ok(())
    }

    fn lock(&self) -> MutexGuard<'_, BTreeMap<PlaceKey, Place>> {
        self.places.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes a place, which is created if it is new, and starts what has become necessary.
    pub(crate) fn update<T>(
        &self,
        key: &PlaceKey,
        change: impl FnOnce(&mut Place, Instant) -> T,
    ) -> T {
        let now = Instant::now();
        let mut places = self.lock();
        let place = places.entry(key.clone()).or_insert_with(|| {
            self.start(Job::FollowBeats(key.clone()));
            Place::new(now)
        });
        let result = change(place, now);
        #[cfg(all(feature = "testing", not(test)))]
        crate::hooks::delivered(&self.id, &key.0, std::mem::take(&mut place.delivered));
        #[cfg(any(test, feature = "testing"))]
        crate::hooks::believed(&self.id, &key.0, place.belief_changes());
        self.start_due(key, place, now);
        drop(places);
        self.changes.notify();
        result
    }

    fn start_due(&self, key: &PlaceKey, place: &mut Place, now: Instant) {
        if let Some(missing) = place.missing() {
            place.is_asking = true;
            self.start(Job::Replay(key.clone(), missing));
        }
        if let Some((epoch, claims)) = place.claims(now) {
            place.is_claiming = true;
            self.start(Job::Claim(key.clone(), epoch, claims));
        }
    }

    fn start(&self, job: Job) {
        // The receiver ends with the member.
        let _ = self.jobs.send(job);
    }

    /// Runs a task that ends with the member.
    pub(super) fn spawn(&self, task: BoxFuture<'static, ()>) {
        self.start(Job::Run(task));
    }

    /// Reads a place. `None` if it is unknown.
    pub(crate) fn read<T>(&self, key: &PlaceKey, look: impl FnOnce(&Place) -> T) -> Option<T> {
        self.lock().get(key).map(look)
    }

    /// Returns the list of an operation that the sessions of all calls at a place share.
    pub(super) fn list(&self, key: &PlaceKey, path: &'static str) -> Arc<SharedList> {
        let mut lists = self.lists.lock().unwrap_or_else(PoisonError::into_inner);
        lists.entry((key.clone(), path)).or_default().clone()
    }

    /// Returns a receiver of changes of the places.
    pub(crate) fn changes(&self) -> ChangeReceiver {
        self.changes.subscribe()
    }

    /// Returns the number of calls.
    pub(crate) fn call_count(&self) -> usize {
        self.lock().values().map(|place| place.calls.len()).sum()
    }

    pub(crate) fn is_draining(&self) -> bool {
        self.is_draining.load(Ordering::Relaxed)
    }

    pub(crate) fn set_draining(&self) {
        self.is_draining.store(true, Ordering::Relaxed);
        self.changes.notify();
    }

    async fn read_events(self: Arc<Self>, mut events: Subscription) {
        while let Some(message) = events.next().await {
            if self
                .on_event(&message.subject, &message.header, message.body)
                .is_none()
            {
                let subject = &message.subject;
                tracing::warn!(
                    subject,
                    "a message of another protocol or version is ignored"
                );
            }
        }
    }

    fn on_event(&self, subject: &str, header: &str, body: Bytes) -> Option<()> {
        let (server, application, _) = subject::parse_event(subject)?;
        let header = Header::parse(header)?;
        let epoch = header.text(field::EPOCH)?;
        let number = header.number(field::DESTINATION)?;
        let calls = header.list(field::CALLS);
        let is_first = header.number(field::FIRST) == Some(1);
        self.update(&(server, application), |place, _| {
            if is_first {
                place.on_first(&epoch, number);
            }
            if header.is_large_event() {
                place.on_large_event(&epoch, number);
                return;
            }
            let event = CallEvent {
                calls,
                body,
                #[cfg(any(test, feature = "testing"))]
                number,
            };
            place.on_event(&epoch, number, event);
        });
        Some(())
    }

    async fn respond_to_gateways(self: Arc<Self>, mut messages: Subscription) {
        while let Some(message) = messages.next().await {
            respond(
                &*self.bus,
                &message,
                HeaderWriter::new().finish(),
                Bytes::new(),
            );
        }
    }

    async fn tick(self: Arc<Self>) {
        let mut ticks = interval(TICK);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            ticks.tick().await;
            let keys: Vec<_> = self.lock().keys().cloned().collect();
            for key in keys {
                self.update(&key, |place, now| place.on_tick(now));
            }
        }
    }

    async fn run_jobs(self: Arc<Self>, mut waiting: mpsc::UnboundedReceiver<Job>) {
        let mut running = JoinSet::new();
        while let Some(job) = waiting.recv().await {
            while running.try_join_next().is_some() {}
            let member = self.clone();
            match job {
                Job::Replay(key, missing) => running.spawn(async move {
                    member.replay(&key, missing).await;
                }),
                Job::Claim(key, epoch, claims) => running.spawn(async move {
                    let response = member.claim(&key, &epoch, &claims).await;
                    member.update(&key, |place, now| {
                        place.is_claiming = false;
                        place.on_claimed(&claims, response.as_ref(), now);
                    });
                }),
                Job::Run(task) => running.spawn(task),
                Job::Done(key) => running.spawn(async move { member.done(&key).await }),
                Job::FollowBeats(key) => running.spawn(async move {
                    member.follow_beats(&key).await;
                }),
            };
        }
    }

    async fn replay(&self, key: &PlaceKey, missing: Missing) {
        let counter = Counter::Worker(self.id.clone());
        let place = (&*key.0, &*key.1);
        let replayed = replay::fetch(&*self.bus, place, &counter, missing).await;
        let Some(replayed) = replayed.filter(Replayed::helps) else {
            // Asking again at once would be no use.
            sleep(TICK).await;
            self.update(key, |place, _| place.is_asking = false);
            return;
        };
        for event in replayed.events {
            self.on_event(&event.subject, &event.header, event.body);
        }
        self.update(key, |place, _| {
            place.is_asking = false;
            place.on_replayed(&replayed.epoch, replayed.first_kept);
        });
    }

    async fn claim(&self, key: &PlaceKey, epoch: &str, claims: &[Claim]) -> Option<Claimed> {
        let header = HeaderWriter::new()
            .text(field::WORKER, &self.id)
            .text(field::EPOCH, epoch)
            .finish();
        let body = serde_json::to_vec(claims).ok()?;
        let subject = subject::control(verb::CLAIM, (&key.0, &key.1, epoch));
        let part_subject = subject::control(verb::PART, (&key.0, &key.1, epoch));
        let body = Bytes::from(body);
        let response = parts::request(
            &*self.bus,
            subject,
            &part_subject,
            header,
            body,
            CLAIM_LIMIT,
        )
        .await
        .ok()?;
        let header = Header::parse(&response.header)?;
        Some(Claimed {
            epoch: header.text(field::EPOCH)?.into_owned(),
            last: header.number(field::DESTINATION)?,
            verdict: serde_json::from_slice(&response.body).ok()?,
        })
    }

    async fn follow_beats(&self, key: &PlaceKey) {
        let subject = subject::beat_of(&key.0, &key.1);
        let Ok(mut beats) = subscribe_with_retries(&*self.bus, subject, None).await else {
            return;
        };
        while let Some(message) = beats.next().await {
            if let Ok(card) = serde_json::from_slice::<Card>(&message.body) {
                self.update(key, |place, now| place.on_beat(&card, &self.id, now));
            }
        }
    }

    /// Gives a call up: its events no longer arrive, and the gateway offers it if channels are left.
    pub(crate) fn give_up(&self, key: &CallKey) {
        self.forget(key);
        self.start(Job::Done(key.clone()));
    }

    /// Returns all calls.
    pub(crate) fn calls(&self) -> Vec<CallKey> {
        let places = self.lock();
        let calls = places.iter().flat_map(|(place, known)| {
            known.calls.iter().map(|(call, own)| CallKey {
                place: place.clone(),
                call: call.clone(),
                generation: own.generation.clone(),
            })
        });
        calls.collect()
    }

    /// Gives calls to other workers.
    pub(crate) async fn release(self: &Arc<Self>, calls: Vec<CallKey>) {
        let mut releasing = JoinSet::new();
        for key in calls {
            let member = self.clone();
            releasing.spawn(async move { member.tell(verb::RELEASE, &key, Bytes::new()).await });
        }
        while let Some(released) = releasing.join_next().await {
            if let Ok(Err(error)) = released {
                // The gateway notices that this worker is gone.
                tracing::info!(%error, "a call was not given to another worker");
            }
        }
    }

    /// Removes a call, without telling the gateway.
    pub(crate) fn forget(&self, key: &CallKey) {
        self.update(&key.place, |place, _| {
            let known = place.calls.get(&key.call);
            if known.is_some_and(|call| call.generation == key.generation) {
                place.calls.remove(&key.call);
            }
        });
    }

    /// Tells the gateway that the work on a call is done.
    pub(crate) async fn done(&self, key: &CallKey) {
        let telling = self.tell(verb::DONE, key, Bytes::new());
        if let Err(error) = telling.await {
            // The gateway finds out from the next claim.
            tracing::info!(call = key.call, %error, "the gateway does not know that a call is done");
        }
    }

    /// Sends a request about one of this worker's calls to its gateway: `done`, `keep`, `release`.
    /// Returns false if the gateway does not confirm it.
    pub(crate) async fn tell(
        &self,
        verb: &'static str,
        key: &CallKey,
        body: Bytes,
    ) -> Result<bool, BusError> {
        let CallKey {
            place: key,
            call,
            generation,
        } = key;
        let header = HeaderWriter::new()
            .text(field::WORKER, &self.id)
            .list(field::CALLS, &[call])
            .plain(field::GENERATION, generation.get())
            .finish();
        let epoch = self
            .read(key, |place| place.epoch().map(str::to_owned))
            .flatten();
        let Some(epoch) = epoch else {
            let reason = "the gateway does not read the application".to_owned();
            return Err(BusError::Disconnected(reason));
        };
        let subject = subject::control(verb, (&key.0, &key.1, &epoch));
        let part_subject = subject::control(verb::PART, (&key.0, &key.1, &epoch));
        let mut attempts = 0;
        let response: Message = loop {
            attempts += 1;
            let telling = parts::request(
                &*self.bus,
                subject.clone(),
                &part_subject,
                header.clone(),
                body.clone(),
                CLAIM_LIMIT,
            );
            match telling.await {
                Ok(response) => break response,
                Err(BusError::TimedOut(_)) if attempts < 3 => {}
                Err(error) => return Err(error),
            }
        };
        let header = Header::parse(&response.header);
        Ok(header.is_some_and(|header| header.number(field::STATUS).is_some()))
    }
}
