//! A NATS server.

use std::env;
use std::io::{self, Write as _};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};

/// A running NATS server. Dropping it ends it.
pub struct NatsServer {
    process: Child,
    port: u16,
}

impl NatsServer {
    /// Starts a server on a free port. It may not listen yet when this returns. `None` if NATS is not
    /// installed, which is reported.
    ///
    /// # Panics
    ///
    /// Panics if NATS is not installed and `ARI_LIVE=required` is set.
    pub fn start() -> Option<NatsServer> {
        let listener = TcpListener::bind("127.0.0.1:0").ok()?;
        let port = listener.local_addr().ok()?.port();
        drop(listener);
        let start = |program: &str| {
            let mut command = Command::new(program);
            command.args(["-a", "127.0.0.1", "-p", &port.to_string()]);
            command.stdout(Stdio::null()).stderr(Stdio::null());
            command.spawn().ok()
        };
        let process = ["nats-server", "/usr/sbin/nats-server"]
            .into_iter()
            .find_map(start);
        if process.is_none() {
            let is_required = env::var_os("ARI_LIVE").is_some_and(|value| value == "required");
            assert!(
                !is_required,
                "no nats-server (Debian's package nats-server)"
            );
            // Unlike `eprintln!`, this shows even if the test passes.
            let text = "skipped: no nats-server (Debian's package nats-server)";
            let _ = writeln!(io::stderr(), "{text}");
        }
        Some(NatsServer {
            process: process?,
            port,
        })
    }

    /// Returns its address.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
