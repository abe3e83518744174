//! A NATS server.

use std::io::{self, Write as _};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

/// A running NATS server. Dropping it ends it.
pub struct NatsServer {
    process: Child,
    port: u16,
    /// The folder of JetStream's data.
    data: Option<PathBuf>,
    /// A configuration file that is removed with it.
    config: Option<PathBuf>,
}

impl NatsServer {
    /// Starts a server on a free port. It may not listen yet when this returns. `None` if NATS is not
    /// installed, which is reported.
    ///
    /// # Panics
    ///
    /// Panics if NATS is not installed and `ARI_LIVE=required` is set.
    pub fn start() -> Option<NatsServer> {
        NatsServer::start_with(&[], &[])
    }

    /// Starts a server with a configuration file, and with variables that the file refers to.
    ///
    /// # Panics
    ///
    /// Panics as [`NatsServer::start`] does.
    pub fn start_with_config(file: &Path, variables: &[(&str, &str)]) -> Option<NatsServer> {
        let file = file.to_str()?;
        NatsServer::start_with(&["-c", file], variables)
    }

    /// Starts a server that takes messages of a maximum size in bytes.
    ///
    /// # Panics
    ///
    /// Panics as [`NatsServer::start`] does, and if its configuration cannot be written.
    pub fn start_with_max_payload(size: usize) -> Option<NatsServer> {
        let name = format!("ari-nats-{}-{size}.conf", std::process::id());
        let file = env::temp_dir().join(name);
        fs::write(&file, format!("max_payload: {size}\n")).unwrap();
        let mut server = NatsServer::start_with_config(&file, &[])?;
        server.config = Some(file);
        Some(server)
    }

    /// Starts a server on a port that is free.
    ///
    /// # Panics
    ///
    /// Panics as [`NatsServer::start`] does.
    pub fn start_on(port: u16) -> Option<NatsServer> {
        NatsServer::start_at(port, &[], &[])
    }

    /// Starts a server with JetStream, whose data are removed with it.
    ///
    /// # Panics
    ///
    /// Panics as [`NatsServer::start`] does.
    pub fn start_with_jetstream() -> Option<NatsServer> {
        let port = TcpListener::bind("127.0.0.1:0").ok()?.local_addr().ok()?;
        let name = format!("ari-nats-{}-{}", std::process::id(), port.port());
        let data = env::temp_dir().join(name);
        let mut server = NatsServer::start_with(&["-js", "-sd", data.to_str()?], &[])?;
        server.data = Some(data);
        Some(server)
    }

    fn start_with(arguments: &[&str], variables: &[(&str, &str)]) -> Option<NatsServer> {
        let listener = TcpListener::bind("127.0.0.1:0").ok()?;
        let port = listener.local_addr().ok()?.port();
        drop(listener);
        NatsServer::start_at(port, arguments, variables)
    }

    fn start_at(port: u16, arguments: &[&str], variables: &[(&str, &str)]) -> Option<NatsServer> {
        let start = |program: &str| {
            let mut command = Command::new(program);
            command.args(["-a", "127.0.0.1", "-p", &port.to_string()]);
            command.args(arguments).envs(variables.iter().copied());
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
            data: None,
            config: None,
        })
    }

    /// Returns its port.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Returns its address.
    pub fn url(&self) -> String {
        format!("nats://127.0.0.1:{}", self.port)
    }

    /// Returns the id of its process.
    pub fn process_id(&self) -> u32 {
        self.process.id()
    }
}

impl Drop for NatsServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if let Some(config) = &self.config {
            let _ = fs::remove_file(config);
        }
        if let Some(data) = &self.data {
            let _ = fs::remove_dir_all(data);
        }
    }
}
