//! The call of a channel that holds it: several calls of one channel cannot be connected at once.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use ari_api::Client;

use crate::error::CallError;

/// Identity of a call among those of the same channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CallIdentity(u64);

impl CallIdentity {
    pub(crate) fn new() -> Self {
        static LAST: AtomicU64 = AtomicU64::new(0);
        CallIdentity(LAST.fetch_add(1, Ordering::Relaxed))
    }
}

/// A call that holds a channel, and the number of its steps that do.
#[derive(Debug)]
struct Holder {
    call: CallIdentity,
    steps: usize,
}

/// The channels of a client that steps hold.
#[derive(Debug, Default)]
struct Holders(Mutex<HashMap<String, Holder>>);

impl Holders {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Holder>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A channel that no other call can take. It is free when this is dropped.
#[derive(Debug)]
pub(crate) struct ChannelClaim {
    holders: Arc<Holders>,
    channel: String,
}

impl ChannelClaim {
    /// Holds a channel for a call, which may hold it already.
    ///
    /// # Errors
    ///
    /// Returns [`CallError::InUse`] if another call holds it.
    pub(crate) fn new(
        client: &Client,
        channel: &str,
        call: CallIdentity,
    ) -> Result<Self, CallError> {
        let holders = client.connection().extension::<Holders>();
        let mut held = holders.lock();
        let holder = held.entry(channel.to_owned());
        let holder = holder.or_insert(Holder { call, steps: 0 });
        if holder.call != call {
            return Err(CallError::InUse {
                channel_id: channel.to_owned(),
            });
        }
        holder.steps += 1;
        drop(held);
        Ok(ChannelClaim {
            holders,
            channel: channel.to_owned(),
        })
    }
}

impl Drop for ChannelClaim {
    fn drop(&mut self) {
        let mut held = self.holders.lock();
        if let Some(holder) = held.get_mut(&self.channel) {
            holder.steps -= 1;
            if holder.steps == 0 {
                held.remove(&self.channel);
            }
        }
    }
}
