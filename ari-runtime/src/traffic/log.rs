//! The file that traffic is written to, by a thread of its own.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs::OpenOptions;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, SystemTime};

use tokio::time::Instant;

use crate::traffic::item::{FORMAT_VERSION, Item, MAX_LINE_LENGTH};
use crate::traffic::redact::Redactor;
use crate::values::timestamp::Timestamp;

/// The maximum number of bytes that wait to be written.
const MAX_QUEUED: usize = 64 << 20;

/// A file, or any other writer, that receives the lines of [`Recorder`](crate::traffic::Recorder)s.
///
/// A thread writes the lines. It flushes the writer whenever no further line waits. Clones write to
/// the same file. Dropping the last one, including those in recorders and their WebSockets, waits
/// until everything is written.
///
/// If writing fails, nothing more is written. The error is logged once and returned by
/// [`TrafficLog::error`]. Requests and events are not affected.
#[derive(Clone)]
pub struct TrafficLog {
    inner: Arc<Inner>,
}

struct Inner {
    start: Instant,
    next_number: AtomicU64,
    queue: Option<Sender<Message>>,
    shared: Arc<Shared>,
    thread: Option<JoinHandle<()>>,
    /// The times at which WebSockets were lost, by their applications.
    losses: Mutex<HashMap<String, Instant>>,
}

/// The state that the thread shares with the log.
#[derive(Default)]
struct Shared {
    queued: AtomicUsize,
    lost: AtomicU64,
    error: Mutex<Option<String>>,
}

enum Message {
    Item {
        at: Duration,
        time: SystemTime,
        item: Item,
    },
    /// Names of secrets, in addition to those of the rules.
    SecretNames(Vec<String>),
    Flush(Sender<()>),
}

impl TrafficLog {
    /// Creates a log that writes to `writer`, and starts its thread. The writer needs no buffer.
    ///
    /// # Errors
    /// Returns an error if the thread cannot be started.
    pub fn new(writer: impl Write + Send + 'static) -> io::Result<Self> {
        Self::with_error_handler(writer, |_| {})
    }

    /// Creates a log that calls a function when writing fails, once and on the thread that writes.
    ///
    /// # Errors
    /// Returns an error if the thread cannot be started.
    pub fn with_error_handler(
        writer: impl Write + Send + 'static,
        on_error: impl FnOnce(&io::Error) + Send + 'static,
    ) -> io::Result<Self> {
        Self::start(Box::new(writer), Box::new(on_error))
    }

    /// Creates a file. On Unix only its owner has access to it.
    ///
    /// # Errors
    /// Returns an error if the file exists or cannot be created.
    pub fn create(path: impl AsRef<Path>) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        Self::new(options.open(path)?)
    }

    fn start(writer: Box<dyn Write + Send>, on_error: ErrorHandler) -> io::Result<Self> {
        let (queue, messages) = mpsc::channel();
        let shared = Arc::new(Shared::default());
        let mut thread = Writer {
            out: BufWriter::new(writer),
            on_error: Some(on_error),
            shared: Arc::clone(&shared),
            secret_requests: HashSet::new(),
            redactor: Redactor::default(),
        };
        let thread = std::thread::Builder::new()
            .name("ari-traffic".to_owned())
            .spawn(move || thread.run(&messages))?;
        let log = TrafficLog {
            inner: Arc::new(Inner {
                start: Instant::now(),
                next_number: AtomicU64::new(1),
                queue: Some(queue),
                shared,
                thread: Some(thread),
                losses: Mutex::default(),
            }),
        };
        let program = std::env::current_exe().ok();
        let program = program.as_ref().and_then(|path| path.file_stem());
        log.write(Item::Start {
            version: FORMAT_VERSION,
            program: program.unwrap_or_default().to_string_lossy().into_owned(),
        });
        Ok(log)
    }

    /// Writes a remark, which says for example which test or call begins.
    pub fn note(&self, text: impl Into<String>) {
        self.write(Item::Note { text: text.into() });
    }

    /// Adds names whose values are secrets, in addition to those that the
    /// [module](crate::traffic#secrets) describes: of parameters, keys and channel variables. Their
    /// case is ignored. Applies to everything that is recorded from now on.
    pub fn redact_names(&self, names: impl IntoIterator<Item = impl Into<String>>) {
        let names = names.into_iter().map(Into::into).collect();
        self.send(Message::SecretNames(names));
    }

    /// Waits until everything so far is written. Blocks the thread.
    pub fn flush(&self) {
        let (done, wait) = mpsc::channel();
        if let Some(queue) = &self.inner.queue
            && queue.send(Message::Flush(done)).is_ok()
        {
            // Fails only if the thread has ended.
            let _ = wait.recv();
        }
    }

    /// Returns the error because of which nothing is written any more.
    pub fn error(&self) -> Option<String> {
        lock(&self.inner.shared.error).clone()
    }

    /// Returns a number for a request or a WebSocket.
    pub(super) fn next_number(&self) -> u64 {
        self.inner.next_number.fetch_add(1, Ordering::Relaxed)
    }

    /// Passes an item to the thread.
    pub(super) fn write(&self, item: Item) {
        let inner = &self.inner;
        let size = item.size();
        if inner.shared.queued.load(Ordering::Relaxed) > MAX_QUEUED {
            inner.shared.lost.fetch_add(1, Ordering::Relaxed);
            return;
        }
        inner.shared.queued.fetch_add(size, Ordering::Relaxed);
        let message = Message::Item {
            at: inner.start.elapsed(),
            time: SystemTime::now(),
            item,
        };
        self.send(message);
    }

    fn send(&self, message: Message) {
        if let Some(queue) = &self.inner.queue {
            // Fails only if the thread has ended.
            let _ = queue.send(message);
        }
    }

    /// Notes the loss of a WebSocket.
    pub(super) fn note_loss(&self, key: String) {
        lock(&self.inner.losses).insert(key, Instant::now());
    }

    /// Returns the time since the loss of the last WebSocket of the same applications.
    pub(super) fn take_gap(&self, key: &str) -> Option<Duration> {
        Some(lock(&self.inner.losses).remove(key)?.elapsed())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.queue = None;
        if let Some(thread) = self.thread.take() {
            // It does not panic.
            let _ = thread.join();
        }
    }
}

impl fmt::Debug for TrafficLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TrafficLog")
            .field("error", &self.error())
            .finish_non_exhaustive()
    }
}

type ErrorHandler = Box<dyn FnOnce(&io::Error) + Send>;

/// The state of the thread.
struct Writer {
    out: BufWriter<Box<dyn Write + Send>>,
    /// `None` after an error.
    on_error: Option<ErrorHandler>,
    shared: Arc<Shared>,
    /// Requests whose response contains a secret under `value`.
    secret_requests: HashSet<u64>,
    redactor: Redactor,
}

impl Writer {
    fn run(&mut self, messages: &Receiver<Message>) {
        loop {
            let message = match messages.try_recv() {
                Ok(message) => message,
                Err(TryRecvError::Disconnected) => break,
                Err(TryRecvError::Empty) => {
                    self.flush();
                    match messages.recv() {
                        Ok(message) => message,
                        Err(_) => break,
                    }
                }
            };
            match message {
                Message::Item { at, time, item } => {
                    self.shared.queued.fetch_sub(item.size(), Ordering::Relaxed);
                    let lines = self.shared.lost.swap(0, Ordering::Relaxed);
                    if lines > 0 {
                        self.write(at, time, &Item::Lost { lines });
                    }
                    self.write(at, time, &item);
                }
                Message::SecretNames(names) => self.redactor.add_names(names),
                Message::Flush(done) => {
                    self.flush();
                    // Fails only if nobody waits any more.
                    let _ = done.send(());
                }
            }
        }
        self.flush();
    }

    fn write(&mut self, at: Duration, time: SystemTime, item: &Item) {
        if self.on_error.is_none() {
            return;
        }
        let value_is_secret = match item {
            Item::Request { request, query, .. } if self.redactor.query_has_secret_name(query) => {
                self.secret_requests.insert(*request);
                false
            }
            Item::Response { request, .. }
            | Item::Failure { request, .. }
            | Item::Abandoned { request, .. } => self.secret_requests.remove(request),
            _ => false,
        };
        let time = Timestamp::from(time).to_string();
        let mut line = item.to_line(at, &time, &self.redactor, value_is_secret);
        if line.len() > MAX_LINE_LENGTH {
            // No reader would accept it.
            line = Item::Lost { lines: 1 }.to_line(at, &time, &self.redactor, false);
        }
        let result = self.out.write_all(line.as_bytes());
        self.check(result);
    }

    fn flush(&mut self) {
        if self.on_error.is_some() {
            let result = self.out.flush();
            self.check(result);
        }
    }

    fn check(&mut self, result: io::Result<()>) {
        let Err(error) = result else { return };
        let Some(on_error) = self.on_error.take() else {
            return;
        };
        tracing::warn!("recording of traffic has ended: {error}");
        *lock(&self.shared.error) = Some(error.to_string());
        on_error(&error);
    }
}
