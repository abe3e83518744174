//! The reader of the standard output: a command that prints for a long time ends when it goes.

use crate::error::{CliError, ErrorKind};

/// Waits until nobody reads the standard output any more, as after `| head -1`. Waits for ever for
/// an output that no reader can leave, such as a file.
#[cfg(unix)]
pub(crate) async fn wait_closed() -> CliError {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;

    let (sender, gone) = tokio::sync::oneshot::channel();
    // Polling blocks, so a thread does, which ends with the program.
    std::thread::spawn(move || {
        let out = std::io::stdout();
        loop {
            // Asked for nothing, it reports errors alone: a pipe without a reader is one, or hangs
            // up on some systems.
            let mut polled = [PollFd::new(&out, PollFlags::empty())];
            match poll(&mut polled, None) {
                Err(Errno::INTR) => {}
                Ok(1..)
                    if polled[0]
                        .revents()
                        .intersects(PollFlags::ERR | PollFlags::HUP) =>
                {
                    let _ = sender.send(());
                    return;
                }
                _ => return,
            }
        }
    });
    match gone.await {
        Ok(()) => CliError::new(ErrorKind::OutputClosed, ""),
        Err(_) => std::future::pending().await,
    }
}

/// Waits for ever: the next line that is printed shows that the reader is gone.
#[cfg(not(unix))]
pub(crate) async fn wait_closed() -> CliError {
    std::future::pending().await
}
