//! Sets of tasks. Those of a program can be frozen in the simulation, as if its process was stopped.

#[cfg(not(test))]
pub(crate) use tokio::task::JoinSet;

#[cfg(test)]
pub(crate) use simulated::{JoinSet, Process};

#[cfg(test)]
mod simulated {
    use std::cell::RefCell;
    use std::future::poll_fn;
    use std::ops::{Deref, DerefMut};
    use std::pin::pin;
    use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
    use std::task::{Context, Poll, Waker};

    use tokio::task::AbortHandle;

    thread_local! {
        /// The process whose task is being polled.
        static CURRENT: RefCell<Option<Process>> = const { RefCell::new(None) };
    }

    /// A process that can be frozen: its tasks are not polled until it wakes up.
    #[derive(Clone, Default)]
    pub(crate) struct Process(Arc<Mutex<State>>);

    #[derive(Default)]
    struct State {
        is_frozen: bool,
        /// The tasks that have something to do.
        waiting: Vec<Waker>,
    }

    impl Process {
        fn lock(&self) -> MutexGuard<'_, State> {
            self.0.lock().unwrap_or_else(PoisonError::into_inner)
        }

        pub(crate) fn freeze(&self) {
            self.lock().is_frozen = true;
        }

        pub(crate) fn wake_up(&self) {
            let mut state = self.lock();
            state.is_frozen = false;
            for task in state.waiting.drain(..) {
                task.wake();
            }
        }

        pub(crate) fn is_frozen(&self) -> bool {
            self.lock().is_frozen
        }

        /// Returns ready while the process is not frozen.
        fn poll_running(&self, context: &Context<'_>) -> Poll<()> {
            let mut state = self.lock();
            if !state.is_frozen {
                return Poll::Ready(());
            }
            if !state.waiting.iter().any(|it| it.will_wake(context.waker())) {
                state.waiting.push(context.waker().clone());
            }
            Poll::Pending
        }

        /// Waits until the process is not frozen.
        pub(crate) async fn running(&self) {
            poll_fn(|context| self.poll_running(context)).await;
        }

        /// Runs a future as a part of the process, to which all tasks belong that it spawns.
        pub(crate) async fn run<F: Future>(self, future: F) -> F::Output {
            let mut future = pin!(future);
            poll_fn(|context| {
                std::task::ready!(self.poll_running(context));
                let before = CURRENT.replace(Some(self.clone()));
                let polled = future.as_mut().poll(context);
                CURRENT.set(before);
                polled
            })
            .await
        }
    }

    /// A set of tasks, each of which belongs to the process of the task that has spawned it.
    pub(crate) struct JoinSet<T>(tokio::task::JoinSet<T>);

    impl<T: Send + 'static> JoinSet<T> {
        pub(crate) fn new() -> Self {
            JoinSet(tokio::task::JoinSet::new())
        }

        pub(crate) fn spawn(
            &mut self,
            task: impl Future<Output = T> + Send + 'static,
        ) -> AbortHandle {
            match CURRENT.with_borrow(Clone::clone) {
                Some(process) => self.0.spawn(process.run(task)),
                None => self.0.spawn(task),
            }
        }
    }

    impl<T> Deref for JoinSet<T> {
        type Target = tokio::task::JoinSet<T>;

        fn deref(&self) -> &Self::Target {
            &self.0
        }
    }

    impl<T> DerefMut for JoinSet<T> {
        fn deref_mut(&mut self) -> &mut Self::Target {
            &mut self.0
        }
    }
}
