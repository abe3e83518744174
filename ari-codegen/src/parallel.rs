//! Independent work on all processors, with results in the order of the work.

use std::collections::BTreeMap;
use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use crate::error::Result;

/// Does `work` for `items` on up to `threads` threads, and passes the results to `consume` in the
/// order of the items, each as soon as the results before it are available.
///
/// The results do not depend on the number of threads, because `work` sees one item only.
///
/// # Errors
/// Returns the first error of `consume`, which is not called again.
pub(crate) fn try_for_each<T: Sync, R: Send>(
    threads: NonZero<usize>,
    items: &[T],
    work: impl Fn(&T) -> R + Sync,
    mut consume: impl FnMut(R) -> Result<()> + Send,
) -> Result<()> {
    let threads = threads.get().min(items.len());
    if threads < 2 {
        return items.iter().map(work).try_for_each(consume);
    }
    let next = AtomicUsize::new(0);
    let mut outcome = Ok(());
    // The results that wait for earlier ones, the number of consumed results, the consumer and its
    // outcome.
    let done = Mutex::new((BTreeMap::new(), 0, &mut consume, &mut outcome));
    // Takes the next free item until there is none.
    let run = || {
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            let Some(item) = items.get(index) else {
                return;
            };
            let result = work(item);
            let mut done = done.lock().unwrap_or_else(PoisonError::into_inner);
            let (waiting, consumed, consume, outcome) = &mut *done;
            waiting.insert(index, result);
            while let (Ok(()), Some(result)) = (&outcome, waiting.remove(consumed)) {
                **outcome = consume(result);
                *consumed += 1;
            }
            if outcome.is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(run)).collect();
        run();
        for other in others {
            if let Err(panic) = other.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    outcome
}

/// Returns the number of threads that the machine runs at a time.
pub(crate) fn available() -> NonZero<usize> {
    thread::available_parallelism().unwrap_or(NonZero::<usize>::MIN)
}
