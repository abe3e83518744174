//! SIPp as a phone: the process, and its end.

use std::io::{self, Write as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::Duration;

use ari_test_support::within_limit;
use tokio::time::sleep;

use crate::asterisk::Asterisk;

/// Returns `true` if SIPp is installed. Otherwise reports that the test is skipped.
pub(super) fn is_installed() -> bool {
    let version = Command::new("sipp")
        .arg("-v")
        .stdout(Stdio::null())
        .status();
    if version.is_err() {
        let text = "skipped: no sipp (Debian has it in the package sip-tester)";
        // Unlike `eprintln!`, this shows even if the test passes.
        let _ = writeln!(io::stderr(), "{text}");
    }
    version.is_ok()
}

/// A running SIPp. Dropping it ends it.
pub(super) struct Sipp(Child);

impl Sipp {
    /// Starts a scenario for one call of the extension `live`, in a folder, with its SIP and media
    /// ports and further arguments.
    pub(super) fn start(
        server: &Asterisk,
        folder: &Path,
        scenario: &Path,
        [sip, media]: [u16; 2],
        arguments: &[&str],
    ) -> Self {
        let mut sipp = Command::new("sipp");
        sipp.arg("-sf").arg(scenario);
        sipp.args(["-i", "127.0.0.1", "-p", &sip.to_string()]);
        sipp.args(["-mp", &media.to_string()]);
        sipp.args(["-s", "live", "-m", "1", "-nostdin"]);
        sipp.args(arguments);
        sipp.arg(format!("127.0.0.1:{}", server.sip_port()));
        sipp.current_dir(folder);
        sipp.stdin(Stdio::null()).stdout(Stdio::null());
        Sipp(sipp.spawn().unwrap())
    }

    /// Waits until it has ended.
    pub(super) async fn end(mut self) -> ExitStatus {
        within_limit(async {
            loop {
                match self.0.try_wait().unwrap() {
                    Some(status) => return status,
                    None => sleep(Duration::from_millis(20)).await,
                }
            }
        })
        .await
    }
}

impl Drop for Sipp {
    fn drop(&mut self) {
        // It has ended unless the test has failed.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
