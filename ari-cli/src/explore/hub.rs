//! The lines of `/api/events`, and a bounded queue of them for each browser.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use hyper::body::Bytes;
use serde_json::{Value, json};
use tokio::time::{Instant, Interval, Sleep, interval_at, sleep};

/// The maximum number of browsers that listen.
const MAX_STREAMS: usize = 16;
/// The maximum number of lines that wait for a browser, and of their bytes.
const MAX_QUEUED_LINES: usize = 10_000;
const MAX_QUEUED_BYTES: usize = 8 << 20;
/// The maximum number of bytes that are written at once.
const MAX_PIECE: usize = 64 << 10;
/// The time between two pieces, in which lines gather if there are many.
const PIECE_DELAY: Duration = Duration::from_millis(25);
/// The interval of the lines that show that the connection is open.
const ALIVE_INTERVAL: Duration = Duration::from_secs(15);

/// Distributes lines to the browsers.
pub(super) struct Hub(Mutex<Streams>);

struct Streams {
    queues: Vec<Weak<Mutex<Queue>>>,
    /// The newest state of the connection that receives everything.
    connection: Value,
}

/// The lines that wait for one browser.
#[derive(Default)]
struct Queue {
    lines: VecDeque<Arc<str>>,
    bytes: usize,
    /// The number of lines that did not fit. Further ones do not fit before the browser knows.
    dropped: u64,
    waker: Option<Waker>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    pub(super) fn new() -> Self {
        Hub(Mutex::new(Streams {
            queues: Vec::new(),
            connection: connection_line("", "connecting", ""),
        }))
    }

    /// Sends an object to all browsers.
    pub(super) fn publish(&self, line: &Value) {
        self.send(&lock(&self.0), format!("{line}\n"));
    }

    /// Sends an event of an application to all browsers. `event` is JSON in one line.
    pub(super) fn publish_event(&self, application: &str, event: &str) {
        let name = Value::from(application);
        let line = format!("{{\"kind\":\"event\",\"application\":{name},\"event\":{event}}}\n");
        self.send(&lock(&self.0), line);
    }

    /// Sends the state of the connection that receives everything. Browsers that come later get the
    /// newest one first.
    pub(super) fn publish_connection(&self, application: &str, state: &str, text: &str) {
        let mut streams = lock(&self.0);
        streams.connection = connection_line(application, state, text);
        self.send(&streams, format!("{}\n", streams.connection));
    }

    fn send(&self, streams: &Streams, line: String) {
        let line: Arc<str> = line.into();
        for queue in streams.queues.iter().filter_map(Weak::upgrade) {
            lock(&queue).push(&line);
        }
    }

    /// Returns the lines from now on. `None` if there are too many browsers.
    pub(super) fn subscribe(&self) -> Option<EventLines> {
        let mut streams = lock(&self.0);
        streams.queues.retain(|queue| queue.strong_count() > 0);
        if streams.queues.len() >= MAX_STREAMS {
            return None;
        }
        let mut queue = Queue::default();
        queue.push(&format!("{}\n", streams.connection).into());
        let queue = Arc::new(Mutex::new(queue));
        streams.queues.push(Arc::downgrade(&queue));
        Some(EventLines {
            queue,
            pause: Box::pin(sleep(Duration::ZERO)),
            alive: Box::new(interval_at(Instant::now() + ALIVE_INTERVAL, ALIVE_INTERVAL)),
        })
    }
}

/// Returns the line for a change of an application's connection.
pub(super) fn connection_line(application: &str, state: &str, text: &str) -> Value {
    json!({"kind": "connection", "application": application, "state": state, "text": text})
}

impl Queue {
    fn push(&mut self, line: &Arc<str>) {
        let is_full =
            self.lines.len() >= MAX_QUEUED_LINES || self.bytes + line.len() > MAX_QUEUED_BYTES;
        // Lines between dropped ones would appear before the line that counts these.
        if is_full || self.dropped > 0 {
            self.dropped += 1;
        } else {
            self.bytes += line.len();
            self.lines.push_back(Arc::clone(line));
        }
        if let Some(waker) = self.waker.take() {
            waker.wake();
        }
    }

    /// Returns true if there is nothing to write, not even a number of dropped lines.
    fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.dropped == 0
    }

    /// Takes the next lines, together not much longer than a piece.
    fn take(&mut self) -> String {
        let mut piece = String::new();
        while piece.len() < MAX_PIECE {
            let Some(line) = self.lines.pop_front() else {
                break;
            };
            self.bytes -= line.len();
            piece.push_str(&line);
        }
        if self.lines.is_empty() && self.dropped > 0 {
            let count = std::mem::take(&mut self.dropped);
            piece.push_str(&format!("{}\n", json!({"kind": "dropped", "count": count})));
        }
        piece
    }
}

/// The endless body of `/api/events`.
pub(super) struct EventLines {
    queue: Arc<Mutex<Queue>>,
    pause: Pin<Box<Sleep>>,
    alive: Box<Interval>,
}

impl EventLines {
    /// Returns the next lines.
    pub(super) fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Bytes> {
        let mut queue = lock(&self.queue);
        if queue.is_empty() {
            queue.waker = Some(context.waker().clone());
            drop(queue);
            return match self.alive.poll_tick(context) {
                Poll::Ready(_) => Poll::Ready(Bytes::from_static(b"{\"kind\":\"alive\"}\n")),
                Poll::Pending => Poll::Pending,
            };
        }
        if self.pause.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        let piece = queue.take();
        drop(queue);
        self.pause.as_mut().reset(Instant::now() + PIECE_DELAY);
        Poll::Ready(piece.into())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{MAX_QUEUED_BYTES, MAX_QUEUED_LINES, Queue};

    #[test]
    fn dropped_lines_are_counted_in_their_place() {
        // Neither fits into one piece.
        let short = "a".repeat(100);
        let long = "x".repeat(MAX_QUEUED_BYTES / 4);
        let too_long = "x".repeat(MAX_QUEUED_BYTES + 1);
        for (line, count, fits) in [
            (short.as_str(), MAX_QUEUED_LINES + 5, MAX_QUEUED_LINES),
            (long.as_str(), 6, 4),
            (too_long.as_str(), 1, 0),
        ] {
            let mut queue = Queue::default();
            for _ in 0..count {
                queue.push(&line.into());
            }
            let mut taken = match fits {
                0 => String::new(),
                _ => queue.take(),
            };
            // There is room again, but the gap comes first.
            queue.push(&"late\n".into());
            while !queue.is_empty() {
                taken.push_str(&queue.take());
            }
            let dropped = json!({"kind": "dropped", "count": count - fits + 1});
            assert!(taken.ends_with(&format!("{dropped}\n")));
            assert_eq!(taken.matches(line).count(), fits);
            assert!(!taken.contains("late"));
            assert_eq!(queue.bytes, 0);
            queue.push(&"next\n".into());
            assert_eq!(queue.take(), "next\n");
        }
    }
}
