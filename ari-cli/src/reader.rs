//! Detection of a closed standard output, at which a command that prints events ends.

use crate::error::{CliError, ErrorKind};

/// Waits until the reader of the standard output closes it, as after `| head -1`. Never returns if
/// the output has no reader, such as a file.
#[cfg(unix)]
pub(crate) async fn wait_closed() -> CliError {
    use rustix::event::{PollFd, PollFlags, poll};
    use rustix::io::Errno;

    let (sender, closed) = tokio::sync::oneshot::channel();
    // Polling blocks, so it runs in a thread, which ends with the process.
    std::thread::spawn(move || {
        let out = std::io::stdout();
        loop {
            // Without requested events, only errors are reported, such as a pipe without a reader,
            // which is a hangup on some systems.
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
    match closed.await {
        Ok(()) => CliError::new(ErrorKind::OutputClosed, ""),
        Err(_) => std::future::pending().await,
    }
}

/// Never returns. The next line that is printed reveals a closed output.
#[cfg(not(unix))]
pub(crate) async fn wait_closed() -> CliError {
    std::future::pending().await
}
