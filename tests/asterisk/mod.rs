//! Real Asterisk servers for integration tests.
//!
//! [`Asterisk::start`] starts a separate server for a test: in its own folder, on its own ports,
//! reachable from this machine only. Any number may run at once. A server ends when the value is
//! dropped, and when the test process ends in whatever way.
//!
//! `tests/asterisk/install` installs the servers in `target/asterisk`, and the files in
//! `tests/asterisk/conf` configure them. Without an installed server `start` says so and returns
//! `None`, so that tests can skip it, unless the environment variable `ARI_LIVE` is `required`.

mod check;

use std::fmt;
use std::fs;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream, UdpSocket};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use ari_test_support::LIMIT;

/// The number of servers that were started, to distinguish them.
static STARTED: AtomicU32 = AtomicU32::new(0);

/// The port to try next.
static NEXT_PORT: AtomicU32 = AtomicU32::new(0);

/// Set once a missing release has been reported.
static REPORTED_MISSING: [Once; Release::ALL.len()] = [const { Once::new() }; Release::ALL.len()];

/// `aritest:testme`, in base64 for Basic authentication.
const CREDENTIALS: &str = "YXJpdGVzdDp0ZXN0bWU=";

/// A release of Asterisk that tests can run against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Release {
    /// Asterisk 16, a release that is no longer maintained but much in use.
    V16,
    /// Asterisk 22, a long-term release.
    V22,
}

impl Release {
    /// All releases.
    pub(crate) const ALL: [Release; 2] = [Release::V16, Release::V22];

    /// The number, as in "Asterisk 22".
    pub(crate) fn number(self) -> u32 {
        match self {
            Release::V16 => 16,
            Release::V22 => 22,
        }
    }
}

impl fmt::Display for Release {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.number().fmt(f)
    }
}

/// A running server.
pub(crate) struct Asterisk {
    release: Release,
    /// The program that `tests/asterisk/install` installed.
    program: PathBuf,
    /// The folder of everything that the server reads and writes.
    dir: PathBuf,
    http_port: u16,
    sip_port: u16,
    /// The entity id of the server, which is unique.
    entity_id: String,
    process: Option<Process>,
}

impl Asterisk {
    /// Starts a server and waits until it is ready for requests.
    ///
    /// Returns `None` if the release is not installed.
    ///
    /// # Panics
    ///
    /// Panics if the server does not start, showing the end of its log, and if it is not installed
    /// although the environment variable `ARI_LIVE` is `required`.
    pub(crate) fn start(release: Release) -> Option<Asterisk> {
        let home = install_dir();
        let installed = home.join(release.to_string());
        if !installed.join("ready").exists() {
            report_missing(release, &installed);
            return None;
        }
        let runs = home.join("run");
        remove_stale_dirs(&runs);

        let n = STARTED.fetch_add(1, Ordering::Relaxed);
        let pid = process::id();
        let [p0, p1, p2, p3] = pid.to_be_bytes();
        let mut server = Asterisk {
            release,
            program: installed.join("asterisk"),
            dir: runs.join(format!("{release}-{pid}-{n}")),
            http_port: free_port(),
            sip_port: free_port(),
            // In the form of a network card's address; 02 marks it as locally administered.
            entity_id: format!("02:{p0:02x}:{p1:02x}:{p2:02x}:{p3:02x}:{:02x}", n & 0xff),
            process: None,
        };
        server
            .prepare(&installed)
            .unwrap_or_else(|error| panic!("cannot set up {}: {error}", server.dir.display()));
        server.restart();
        Some(server)
    }

    /// Returns the release of the server.
    pub(crate) fn release(&self) -> Release {
        self.release
    }

    /// Returns the address of ARI, without a trailing slash.
    pub(crate) fn url(&self) -> String {
        format!("http://127.0.0.1:{}/ari", self.http_port)
    }

    /// Returns the TCP port of the HTTP server.
    pub(crate) fn http_port(&self) -> u16 {
        self.http_port
    }

    /// Returns the UDP port for SIP.
    pub(crate) fn sip_port(&self) -> u16 {
        self.sip_port
    }

    /// Returns the user with all permissions. `ari.conf` has further ones.
    pub(crate) fn user(&self) -> &'static str {
        "aritest"
    }

    /// Returns the password of [`user`](Self::user).
    pub(crate) fn password(&self) -> &'static str {
        "testme"
    }

    /// Returns the server's own folder: `etc` with its configuration, `spool` with its recordings,
    /// and so on. It is removed with the server unless a test fails.
    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    /// Returns the folder of the server's modules.
    pub(crate) fn modules(&self) -> PathBuf {
        self.program.with_file_name("modules")
    }

    /// Returns the response of the server's HTTP server to a GET of this path.
    pub(crate) fn get(&self, path: &str) -> String {
        let answer = request(self.http_port, "GET", path, CREDENTIALS, LIMIT)
            .unwrap_or_else(|error| panic!("{path}: {error}"));
        let (_, body) = answer.split_once("\r\n\r\n").unwrap_or_default();
        body.to_owned()
    }

    /// Returns everything that the server has logged so far.
    pub(crate) fn log(&self) -> String {
        ["console.log", "full.log"]
            .iter()
            .filter_map(|name| fs::read(self.dir.join("log").join(name)).ok())
            .map(|text| String::from_utf8_lossy(&text).into_owned())
            .collect()
    }

    /// Executes a command on the server's console, such as `core show channels`, and returns its
    /// output.
    pub(crate) fn cli(&self, command: &str) -> String {
        let output = Command::new(&self.program)
            .arg("-C")
            .arg(self.main_conf())
            .args(["-r", "-x", command])
            // The folder of the console's socket.
            .current_dir(&self.dir)
            .output()
            .expect("the installed program can be run");
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "{command:?} failed: {text}");
        text
    }

    /// Kills the server, as a power cut would. Data that it stored within the last second may be
    /// lost.
    pub(crate) fn stop(&mut self) {
        self.process = None;
    }

    /// Starts the server again, on the same ports and in the same folder.
    pub(crate) fn restart(&mut self) {
        self.stop();
        let console = fs::File::options()
            .create(true)
            .append(true)
            .open(self.dir.join("log/console.log"))
            .expect("the log can be written");
        let errors = console.try_clone().expect("the log can be opened twice");

        let mut command = Command::new("setpriv");
        command
            .args(["--pdeathsig", "KILL", "--"])
            .arg(&self.program)
            .arg("-C")
            .arg(self.main_conf())
            // In the foreground, and without colours.
            .args(["-f", "-n"])
            .current_dir(&self.dir)
            .stdin(Stdio::null())
            .stdout(console)
            .stderr(errors);
        self.process = Some(Process::start(command));
        self.wait_until_ready();
    }

    /// Creates the server's folder and fills in the configuration files.
    fn prepare(&self, installed: &Path) -> io::Result<()> {
        for name in [
            "etc",
            "log",
            "db",
            "cache",
            "data/keys",
            "data/sounds",
            // Asterisk does not create this one, and responds 500 without it.
            "spool/recording",
            "spool/monitor",
            "spool/tmp",
        ] {
            fs::create_dir_all(self.dir.join(name))?;
        }
        let data = installed.join("root/usr/share/asterisk");
        for name in ["documentation", "rest-api", "static-http"] {
            symlink(data.join(name), self.dir.join("data").join(name))?;
        }
        symlink(
            data.join("sounds/en_US_f_Allison"),
            self.dir.join("data/sounds/en"),
        )?;

        let templates = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/asterisk/conf");
        for template in fs::read_dir(templates)? {
            let template = template?;
            let text = fs::read_to_string(template.path())?
                .replace("@RUN@", &self.dir.to_string_lossy())
                .replace("@MODULES@", &installed.join("modules").to_string_lossy())
                .replace("@ENTITY_ID@", &self.entity_id)
                .replace("@HTTP_PORT@", &self.http_port.to_string())
                .replace("@SIP_PORT@", &self.sip_port.to_string());
            fs::write(self.dir.join("etc").join(template.file_name()), text)?;
        }
        Ok(())
    }

    fn main_conf(&self) -> PathBuf {
        self.dir.join("etc/asterisk.conf")
    }

    fn wait_until_ready(&self) {
        let begin = Instant::now();
        while !self.is_ready() {
            let ended = self.process.as_ref().is_none_or(Process::has_ended);
            if ended || begin.elapsed() > LIMIT {
                let log = self.log();
                let lines: Vec<&str> = log.lines().collect();
                panic!(
                    "Asterisk {} {}; the end of its log:\n{}",
                    self.release,
                    if ended {
                        "ended at once"
                    } else {
                        "does not answer"
                    },
                    lines[lines.len().saturating_sub(40)..].join("\n")
                );
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Returns whether ARI responds, which it does when all modules are loaded, and whether it is
    /// this server that responds.
    fn is_ready(&self) -> bool {
        // A server that is still starting may not respond to an early request.
        let timeout = LIMIT / 10;
        let info = "/ari/asterisk/info";
        request(self.http_port, "GET", info, CREDENTIALS, timeout).is_ok_and(|answer| {
            answer.starts_with("HTTP/1.1 200 ") && answer.contains(&self.entity_id)
        })
    }
}

impl Drop for Asterisk {
    fn drop(&mut self) {
        self.stop();
        if thread::panicking() {
            eprintln!("what Asterisk left behind: {}", self.dir.display());
        } else {
            // A later start would remove a leftover folder.
            let _ = fs::remove_dir_all(&self.dir);
        }
    }
}

/// The process of a server, and the thread that watches it.
///
/// The kernel kills the process when the thread that started it ends. This ensures that no server
/// outlives the test process, even a killed one. The thread of a test may end before a server that
/// several tests share, hence each server has a thread of its own.
struct Process {
    stop: mpsc::Sender<()>,
    keeper: Option<JoinHandle<()>>,
}

impl Process {
    fn start(mut command: Command) -> Process {
        let (stop, stopped) = mpsc::channel();
        let keeper = thread::spawn(move || {
            let mut child = command.spawn().expect("setpriv (of util-linux) can be run");
            while let Ok(None) = child.try_wait() {
                let wait = stopped.recv_timeout(Duration::from_millis(50));
                if wait != Err(RecvTimeoutError::Timeout) {
                    // Either may fail only if the process has ended by itself.
                    let _ = child.kill();
                    let _ = child.wait();
                }
            }
        });
        Process {
            stop,
            keeper: Some(keeper),
        }
    }

    fn has_ended(&self) -> bool {
        self.keeper.as_ref().is_none_or(JoinHandle::is_finished)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // The thread has ended if the process has ended by itself.
        let _ = self.stop.send(());
        if let Some(keeper) = self.keeper.take() {
            let _ = keeper.join();
        }
    }
}

/// Returns the folder in which `tests/asterisk/install` installs the servers.
fn install_dir() -> PathBuf {
    let target = std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into());
    // Replaces the whole path if the folder is absolute.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join(target)
        .join("asterisk")
}

/// Reports once for all tests that a release is not installed.
fn report_missing(release: Release, place: &Path) {
    let place = place
        .strip_prefix(env!("CARGO_MANIFEST_DIR"))
        .unwrap_or(place)
        .display();
    let text = format!(
        "no Asterisk {release} in {place} (install with: tests/asterisk/install {release})"
    );
    let required = std::env::var_os("ARI_LIVE").is_some_and(|value| value == "required");
    assert!(!required, "{text}");
    REPORTED_MISSING[release as usize].call_once(|| {
        // Unlike `eprintln!`, this shows even if the test passes.
        let _ = writeln!(io::stderr(), "skipped: {text}");
    });
}

/// Removes the folders that failed tests left behind, except for those of test processes that are
/// still running.
fn remove_stale_dirs(runs: &Path) {
    for entry in fs::read_dir(runs).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let pid = name.split('-').nth(1).unwrap_or_default();
        if !Path::new("/proc").join(pid).exists() {
            // Another test may be doing the same.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

/// Returns a port that is unused, both by TCP and by UDP.
///
/// It is not one that the system would pick (those begin at 32768), because such a port may be
/// given to any outgoing connection before the server binds it. Each process begins to search at a
/// different port.
fn free_port() -> u16 {
    loop {
        let n = NEXT_PORT.fetch_add(1, Ordering::Relaxed) + process::id() * 64;
        let port = u16::try_from(10_000 + n % 10_000).expect("below 20000");
        let address = (Ipv4Addr::LOCALHOST, port);
        if TcpListener::bind(address).is_ok() && UdpSocket::bind(address).is_ok() {
            return port;
        }
    }
}

/// Sends a request without a body and returns the whole response.
fn request(
    port: u16,
    method: &str,
    path: &str,
    credentials: &str,
    timeout: Duration,
) -> io::Result<String> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let mut stream = TcpStream::connect_timeout(&address, timeout)?;
    stream.set_read_timeout(Some(timeout))?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\
         Authorization: Basic {credentials}\r\nContent-Length: 0\r\n\r\n"
    )?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer)
}
