//! Waiting for requests of the program under test, with a time limit.

use super::Asterisk;
use crate::rest::{ReceivedRequest, Request};
use crate::server::real_sleep;

impl Asterisk {
    /// Waits until an operation, such as `channels.answer`, has been requested `times` times in
    /// total, and returns the last of these requests. It has arrived then, but may not have a
    /// response yet.
    ///
    /// # Panics
    ///
    /// Panics if that takes longer than [`Builder::wait_timeout`](crate::Builder::wait_timeout). The
    /// message lists all requests that did arrive.
    pub async fn wait_for_request(&self, operation: &str, times: usize) -> Request {
        self.wait_until(operation, times, "arrive", |_| true).await
    }

    /// Waits until `times` requests for an operation have a response, and returns the last of them.
    /// The operation has been executed then, and the response with the status [`Request::status`]
    /// is on its way to the program.
    ///
    /// # Panics
    ///
    /// Panics under the same condition as [`wait_for_request`](Self::wait_for_request).
    pub async fn wait_for_response(&self, operation: &str, times: usize) -> Request {
        let is_answered = |request: &Request| request.status.is_some();
        self.wait_until(operation, times, "get an answer", is_answered)
            .await
    }

    async fn wait_until(
        &self,
        operation: &str,
        times: usize,
        verb: &str,
        counts: impl Fn(&Request) -> bool,
    ) -> Request {
        let of_it = |received: &ReceivedRequest| {
            let is_it = received.is_for(operation);
            let request = is_it.then(|| received.to_request()).flatten();
            request.filter(&counts)
        };
        let limit = self.server.read(|pbx| pbx.settings.wait_timeout);
        let alarm = real_sleep(limit);
        tokio::pin!(alarm);
        loop {
            let changed = self.server.changed.notified();
            tokio::pin!(changed);
            // No notification is missed from here on.
            changed.as_mut().enable();
            let found = self.server.read(|pbx| {
                let requests = pbx.requests.iter().filter_map(of_it);
                requests.take(times).collect::<Vec<_>>()
            });
            if let (true, Some(last)) = (found.len() >= times, found.into_iter().next_back()) {
                return last;
            }
            let is_late = tokio::select! {
                () = changed => false,
                () = &mut alarm => true,
            };
            assert!(
                !is_late,
                "{operation} did not {verb} {times} times within {limit:?}; what arrived:\n{}",
                self.format_requests()
            );
        }
    }

    /// Returns one line for each request that arrived.
    fn format_requests(&self) -> String {
        let requests = self.requests();
        let lines = requests.iter().map(|request| {
            let Request {
                operation, path, ..
            } = request;
            let response = match request.status {
                Some(status) => status.to_string(),
                None => "not answered".to_owned(),
            };
            let (resource, name) = (operation.resource, operation.nickname);
            format!(
                "{resource}.{name} ({} {path}): {response}",
                operation.method
            )
        });
        let lines: Vec<_> = lines.collect();
        match lines.is_empty() {
            true => "nothing".to_owned(),
            false => lines.join("\n"),
        }
    }
}
