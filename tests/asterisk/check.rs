//! Checks of the servers themselves. If one of these fails, look here before looking at the client.

use std::env;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use super::{Asterisk, CREDENTIALS, LIMIT, Release, request};

/// `reader:readme` in base64.
const READER: &str = "cmVhZGVyOnJlYWRtZQ==";

/// `awkward:p%40s @:+"w&ö=?#/;~` in base64.
const AWKWARD: &str = "YXdrd2FyZDpwJTQwcyBAOisidybDtj0/Iy87fg==";

fn is_up(port: u16) -> bool {
    TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_ok()
}

/// Sends a request and returns the status of the response.
fn status(server: &Asterisk, method: &str, path: &str, credentials: &str) -> String {
    let answer = request(server.http_port(), method, path, credentials, LIMIT)
        .unwrap_or_else(|error| panic!("{method} {path}: {error}\n{}", server.log()));
    answer.chars().skip("HTTP/1.1 ".len()).take(3).collect()
}

/// Returns every log line that may report a problem, recognised by Asterisk's level names.
fn logged_problems(server: &Asterisk) -> Vec<String> {
    let log = server.log();
    let lines = log.lines();
    lines
        .filter(|line| line.contains(" WARNING[") || line.contains(" ERROR["))
        .map(str::to_owned)
        .collect()
}

#[test]
fn servers_of_all_releases_run_side_by_side() {
    let servers: Vec<Asterisk> = Release::ALL
        .into_iter()
        .chain(Release::ALL)
        .filter_map(Asterisk::start)
        .collect();
    for server in &servers {
        assert!(
            server.url().contains(&server.http_port().to_string()),
            "{}",
            server.url()
        );
        let version = server.cli("core show version");
        let wanted = format!("Asterisk {}.", server.release());
        assert!(version.starts_with(&wanted), "{version}");

        let transports = server.cli("pjsip show transports");
        let wanted = format!("127.0.0.1:{}", server.sip_port());
        assert!(transports.contains(&wanted), "{transports}");

        let etc = server.dir().join("etc/ari.conf");
        let ari = std::fs::read_to_string(etc).expect("the server has a configuration");
        assert!(ari.contains(server.user()) && ari.contains(server.password()));
    }
}

#[test]
fn users_have_their_permissions() {
    for server in Release::ALL.into_iter().filter_map(Asterisk::start) {
        for (user, wanted) in [
            (CREDENTIALS, "200"),
            (AWKWARD, "200"),
            (READER, "403"),
            ("Og==", "401"),
        ] {
            assert_eq!(
                status(&server, "POST", "/ari/bridges", user),
                wanted,
                "{user}"
            );
        }
        assert_eq!(status(&server, "GET", "/ari/bridges", READER), "200");
    }
}

#[test]
fn calls_work_without_log_complaints() {
    for server in Release::ALL.into_iter().filter_map(Asterisk::start) {
        for endpoint in ["Local/1@testari", "Local/echo@testari", "PJSIP/tone@loop"] {
            let path = format!("/ari/channels?endpoint={endpoint}&extension=1&context=testari");
            assert_eq!(
                status(&server, "POST", &path, CREDENTIALS),
                "200",
                "{endpoint}"
            );
        }
        // One at either end of each call.
        let wanted = "6 active channels";
        let mut channels = String::new();
        for _ in 0..50 {
            channels = server.cli("core show channels");
            if channels.contains(wanted) {
                break;
            }
            thread::sleep(Duration::from_millis(100));
        }
        assert!(channels.contains(wanted), "{channels}");
        assert_eq!(logged_problems(&server), Vec::<String>::new());
    }
}

#[test]
fn a_server_can_be_stopped_and_started_again() {
    let Some(mut server) = Asterisk::start(Release::V22) else {
        return;
    };
    let dir = server.dir().to_owned();
    server.stop();
    assert!(!is_up(server.http_port()));
    server.restart();
    let port = server.http_port();
    assert!(is_up(port));
    drop(server);
    assert!(!is_up(port) && !dir.exists());
}

/// Runs in two processes: the first starts the second, which starts a server and
/// is then killed.
#[test]
fn a_server_ends_with_its_test_process() {
    const SECOND: &str = "ASTERISK_CHECK_SECOND";
    if env::var_os(SECOND).is_some() {
        let server = Asterisk::start(Release::V22).expect("it is installed");
        println!("port={}", server.http_port());
        thread::sleep(Duration::from_secs(60));
        return;
    }
    if Asterisk::start(Release::V22).is_none() {
        return;
    }
    // The name of a test is its path without the crate.
    let (_, module) = module_path!().split_once("::").expect("a module");
    let test = format!("{module}::a_server_ends_with_its_test_process");
    let program = env::current_exe().expect("this program has a path");
    let mut second = Command::new(program)
        .args(["--exact", &test, "--nocapture"])
        .env(SECOND, "1")
        .stdout(Stdio::piped())
        .spawn()
        .expect("this program can be run again");
    let output = BufReader::new(second.stdout.take().expect("its output is piped"));
    let port = output
        .lines()
        .map_while(Result::ok)
        .find_map(|line| line.split_once("port=")?.1.parse().ok())
        .expect("it prints a port");
    assert!(is_up(port));

    second.kill().expect("it can be killed");
    second.wait().expect("it can be waited for");
    let gone = (0..50).any(|_| {
        thread::sleep(Duration::from_millis(20));
        !is_up(port)
    });
    assert!(gone, "the server is still there");
}
