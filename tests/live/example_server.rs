//! The subset of `ari_mock` that examples use, implemented by a real server: phones that can be
//! called, callers, and inspection of the results.

use std::io;
use std::path::PathBuf;
use std::process;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;
use std::{env, fs};

use ari_api::client::OneOrMany;
use ari_api::{Client, Error};
pub(crate) use ari_mock::Step;
use ari_test_support::block_until;
use serde_json::Value;

use crate::asterisk::Asterisk as Real;

/// Environment variables of the address of ARI, the server's release, and its folder.
pub(crate) const URL: &str = "ARI_TEST_EXAMPLE_URL";
const RELEASE: &str = "ARI_TEST_EXAMPLE_RELEASE";
const FOLDER: &str = "ARI_TEST_EXAMPLE_FOLDER";

/// The exit code of an example that needs a feature which the real server lacks.
pub(crate) const SKIPPED: i32 = 77;

/// The application of callers who have been answered.
const CALLERS: &str = "callers";
/// Returns the settings of the server for a child process.
pub(crate) fn settings(server: &Real) -> [(&'static str, String); 3] {
    [
        (URL, server.url()),
        (RELEASE, server.release().to_string()),
        (FOLDER, server.dir().display().to_string()),
    ]
}

/// Adds the endpoint `PJSIP/100` of the texts: it answers, and presses a key.
pub(crate) fn install_loop(server: &Real) {
    let steps = [
        Step::Answer,
        Step::Wait(Duration::from_secs(1)),
        Step::SendDtmf("#".into()),
    ];
    let (endpoint, extension) = endpoint("100", &steps, server.sip_port());
    append(&server.dir().join("etc"), &endpoint, &extension);
    reload(&server.url());
}

/// Removes everything that an example has left behind.
pub(crate) fn clear(server: &Real) {
    let applications = request(&server.url(), "GET", "applications").1;
    for application in applications.as_array().into_iter().flatten() {
        unsubscribe(&server.url(), application);
    }
    for kind in ["channels", "bridges", "recordings/stored"] {
        let all = request(&server.url(), "GET", kind).1;
        for one in all.as_array().into_iter().flatten() {
            let id = one["id"].as_str().or(one["name"].as_str()).unwrap();
            request(&server.url(), "DELETE", &format!("{kind}/{id}"));
        }
    }
}

/// Cancels the subscriptions of an application. Otherwise they would outlive its program, and the
/// next one of that name would receive the events of a phone's calls twice.
fn unsubscribe(url: &str, application: &Value) {
    let name = application["name"].as_str().unwrap();
    for (members, scheme) in [
        ("endpoint_ids", "endpoint"),
        ("device_names", "deviceState"),
    ] {
        for source in application[members].as_array().into_iter().flatten() {
            let source = format!("{scheme}:{}", source.as_str().unwrap());
            let target = format!("applications/{name}/subscription?eventSource={source}");
            request(url, "DELETE", &target);
        }
    }
}

/// Ends the process, because a real server cannot run the example.
fn skip(why: &str) -> ! {
    println!("skipped: {why}");
    process::exit(SKIPPED)
}

fn setting(name: &str) -> String {
    env::var(name).unwrap()
}

/// Returns the address of ARI.
pub(crate) fn url() -> &'static str {
    static ADDRESS: OnceLock<String> = OnceLock::new();
    ADDRESS.get_or_init(|| setting(URL))
}

/// Returns a client with all permissions.
pub(crate) fn client() -> Result<Client, Error> {
    Client::builder(url())
        .credentials("aritest", "testme")
        .build()
}

/// Skips the example on older releases, which lack these requests.
pub(crate) fn needs_requests_over_websocket() {
    if env::var(RELEASE).is_ok_and(|release| release == "16") {
        skip("the release takes no requests over WebSockets");
    }
}

/// Creates a call of this id, answered and in an application.
pub(crate) fn channel(id: &str) {
    answer_callers();
    let query = format!("endpoint=Local/tone@testari&app={CALLERS}&channelId={id}");
    let (status, answer) = request(url(), "POST", &format!("channels?{query}"));
    assert_eq!(status, 200, "{answer}");
    block_until("the channel answers", || {
        request(url(), "POST", &format!("channels/{id}/answer")).0 == 204
    });
}

/// Creates a recording of this name.
pub(crate) fn stored_recording(name: &str) {
    let id = format!("{CALLERS}-{name}");
    channel(&id);
    let record = format!("channels/{id}/record?name={name}&format=wav&ifExists=overwrite");
    let (status, answer) = request(url(), "POST", &record);
    assert_eq!(status, 201, "{answer}");
    block_until("the recording can be stopped", || {
        request(url(), "POST", &format!("recordings/live/{name}/stop")).0 == 204
    });
    block_until("the recording is stored", || {
        request(url(), "GET", &format!("recordings/stored/{name}")).0 == 200
    });
    request(url(), "DELETE", &format!("channels/{id}"));
}

/// Sends a request; returns the status, and the JSON of the response.
fn request(url: &str, method: &str, path: &str) -> (u16, Value) {
    let mut command = process::Command::new("curl");
    let path = format!("{url}/{}", path.replace(';', "%3B").replace('#', "%23"));
    command.args([
        "-s",
        "-u",
        "aritest:testme",
        "-w",
        "\n%{http_code}",
        "-X",
        method,
        &path,
    ]);
    let output = command.output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let (body, status) = text.rsplit_once('\n').unwrap();
    (
        status.parse().unwrap(),
        serde_json::from_str(body).unwrap_or_default(),
    )
}

/// Returns the sections of an endpoint that calls back into this very server, and its extension.
fn endpoint(name: &str, steps: &[Step], sip_port: u16) -> (String, String) {
    let endpoint = format!(
        "\n[{name}]\ntype = endpoint\ncontext = testari\ndisallow = all\nallow = ulaw\n\
         aors = {name}\nfrom_user = loop\ndirect_media = no\nmedia_address = 127.0.0.1\n\
         bind_rtp_to_media_address = yes\n\n[{name}]\ntype = aor\n\
         contact = sip:example-{name}@127.0.0.1:{sip_port}\nqualify_frequency = 0\n"
    );
    let wait = Step::Wait(Duration::from_secs(3600));
    let mut extension = String::from("\n[testari](+)\n");
    for (index, step) in steps.iter().chain([&wait]).enumerate() {
        let step = match step {
            Step::Answer => "Answer()".to_owned(),
            Step::Ringing => "Ringing()".to_owned(),
            Step::Echo => "Echo()".to_owned(),
            Step::Busy => "Busy(1)".to_owned(),
            Step::Hangup => "Hangup()".to_owned(),
            Step::Wait(time) => format!("Wait({})", time.as_secs_f64()),
            Step::SendDtmf(keys) => format!("SendDTMF({keys})"),
            other => skip(&format!("{other:?} of a phone")),
        };
        extension += &format!("exten => example-{name},{},{step}\n", index + 1);
    }
    (endpoint, extension)
}

fn append(folder: &std::path::Path, endpoint: &str, extension: &str) {
    for (file, text) in [("pjsip.conf", endpoint), ("extensions.conf", extension)] {
        let path = folder.join(file);
        let old = fs::read_to_string(&path).unwrap();
        // A new definition replaces an earlier one.
        let name = text.trim_start().lines().next().unwrap();
        let old = match file {
            "pjsip.conf" => old.split(&format!("\n{name}\n")).next().unwrap().to_owned(),
            _ => old.split("\n[testari](+)").next().unwrap().to_owned(),
        };
        fs::write(path, old + text).unwrap();
    }
}

fn reload(url: &str) {
    for module in ["res_pjsip.so", "pbx_config.so"] {
        let (status, _) = request(url, "PUT", &format!("asterisk/modules/{module}"));
        assert_eq!(status, 204, "{module}");
    }
}

/// The server, with the interface of `ari_mock::Asterisk`.
pub(crate) struct Asterisk;

/// Corresponds to `ari_mock::Builder`.
#[derive(Default)]
pub(crate) struct Builder {
    endpoints: Vec<(String, Vec<Step>)>,
    release: Option<u16>,
}

impl Builder {
    pub(crate) fn endpoint(mut self, name: &str, steps: impl IntoIterator<Item = Step>) -> Self {
        let name = name.strip_prefix("PJSIP/").unwrap();
        let steps = steps.into_iter().collect();
        self.endpoints.push((name.to_owned(), steps));
        self
    }

    pub(crate) fn release(mut self, release: u16) -> Self {
        self.release = Some(release);
        self
    }

    pub(crate) fn frozen(self) -> Self {
        skip("a real server's clock does not stand still")
    }

    pub(crate) async fn start(self) -> io::Result<Asterisk> {
        let real: u16 = setting(RELEASE).parse().unwrap();
        if self.release.is_some_and(|release| release != real) {
            skip("it is for another release");
        }
        let folder = PathBuf::from(setting(FOLDER)).join("etc");
        let text = fs::read_to_string(folder.join("pjsip.conf"))?;
        let bound = text
            .lines()
            .find_map(|line| line.strip_prefix("bind = 127.0.0.1:"));
        let sip_port = bound.unwrap().parse().unwrap();
        for (name, steps) in &self.endpoints {
            let (endpoint, extension) = endpoint(name, steps, sip_port);
            append(&folder, &endpoint, &extension);
        }
        if !self.endpoints.is_empty() {
            reload(url());
        }
        Ok(Asterisk)
    }
}

impl Asterisk {
    pub(crate) fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) async fn start() -> io::Result<Asterisk> {
        Builder::default().start().await
    }

    pub(crate) fn client(&self) -> Result<Client, Error> {
        client()
    }

    pub(crate) fn incoming_call(&self, _endpoint: &str) -> IncomingCall {
        IncomingCall::default()
    }

    /// Returns the channels that are not the far end of another one, once no more channels end.
    pub(crate) fn channel_ids(&self) -> Vec<String> {
        let ids = || {
            let all = request(url(), "GET", "channels").1;
            let all = all.as_array().cloned().unwrap_or_default().into_iter();
            let own = all.filter(|channel| {
                let name = channel["name"].as_str().unwrap();
                let id = channel["id"].as_str().unwrap();
                !name.starts_with("PJSIP/loop") && !id.starts_with(CALLERS)
            });
            own.map(|channel| channel["id"].as_str().unwrap().to_owned())
                .collect::<Vec<_>>()
        };
        let mut known = ids();
        loop {
            thread::sleep(Duration::from_millis(300));
            let now = ids();
            if now == known {
                return now;
            }
            known = now;
        }
    }

    pub(crate) fn url(&self) -> &'static str {
        url()
    }

    pub(crate) fn fail(&self, _operation: &str, _status: u16, _message: &str) {
        skip("a real server does not fail when it is told to")
    }

    pub(crate) fn requests(&self) -> Vec<()> {
        skip("a real server does not tell what it was asked")
    }

    /// A real server ignores them silently.
    pub(crate) fn assert_no_violations(&self) {}

    pub(crate) async fn elapse(&self, _time: Duration) {}
}

/// Corresponds to `ari_mock::IncomingCall`.
#[derive(Default)]
pub(crate) struct IncomingCall {
    id: Option<String>,
    caller: Option<String>,
    app_args: Vec<String>,
}

impl IncomingCall {
    pub(crate) fn id(mut self, id: &str) -> Self {
        self.id = Some(id.to_owned());
        self
    }

    pub(crate) fn caller(mut self, caller: &str) -> Self {
        self.caller = Some(caller.to_owned());
        self
    }

    pub(crate) fn app_args<M>(mut self, args: impl OneOrMany<String, M>) -> Self {
        self.app_args = args.into_list();
        self
    }

    /// One half of a Local channel enters the application, the other belongs to the caller.
    pub(crate) fn into_application(self, app: &str) -> FakeChannel {
        static NUMBER: AtomicU32 = AtomicU32::new(0);
        answer_callers();
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let call = FakeChannel {
            caller: format!("{CALLERS}-{}-{number}", process::id()),
            id: self
                .id
                .unwrap_or_else(|| format!("call-{}-{number}", process::id())),
        };
        let folder = PathBuf::from(setting(FOLDER)).join("etc");
        let path = folder.join("extensions.conf");
        let data = [vec![app.to_owned()], self.app_args].concat().join(",");
        let text = fs::read_to_string(&path).unwrap();
        let extension = format!("\n[{}]\nexten => 1,1,Stasis({data})\n", call.id);
        let (begin, end) = text.split_at(text.find("\n[testari](+)").unwrap_or(text.len()));
        fs::write(&path, format!("{begin}{extension}{end}")).unwrap();
        let (status, _) = request(url(), "PUT", "asterisk/modules/pbx_config.so");
        assert_eq!(status, 204);
        let caller = self.caller.unwrap_or_default();
        let caller = caller
            .replace(' ', "%20")
            .replace('<', "%3C")
            .replace('>', "%3E");
        let query = format!(
            "endpoint=Local/1@{id}&app={CALLERS}&channelId={own}&otherChannelId={id}\
             &callerId={caller}",
            id = call.id,
            own = call.caller
        );
        let (status, answer) = request(url(), "POST", &format!("channels?{query}"));
        assert_eq!(status, 200, "{answer}");
        // The channel exists before it is in the application; with the fake one both happen at
        // once. Stopping silence that was never started has no effect, and is refused with 409
        // until then.
        let target = format!("channels/{}/silence", call.id);
        block_until("the call is in the application", || {
            request(url(), "DELETE", &target).0 != 409
        });
        call
    }
}

/// Keeps the callers' application connected, so that callers stay after they are answered.
fn answer_callers() {
    static CONNECTED: OnceLock<()> = OnceLock::new();
    CONNECTED.get_or_init(|| {
        thread::spawn(|| {
            let mut runtime = tokio::runtime::Builder::new_current_thread();
            let runtime = runtime.enable_all().build().unwrap();
            runtime.block_on(async {
                let client = client().unwrap();
                let mut app = client.application(CALLERS).connect().await.unwrap();
                while app.next().await.is_some() {}
            });
        });
        block_until("the application is connected", || {
            request(url(), "GET", &format!("applications/{CALLERS}")).0 == 200
        });
    });
}

/// Corresponds to `ari_mock::FakeChannel`.
pub(crate) struct FakeChannel {
    id: String,
    /// The other half.
    caller: String,
}

impl FakeChannel {
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    pub(crate) fn state(&self) -> Option<String> {
        let (_, channel) = request(url(), "GET", &format!("channels/{}", self.id));
        channel["state"].as_str().map(str::to_owned)
    }

    /// An unanswered call is answered first, because no key passes before that.
    pub(crate) fn press(&self, keys: &str) {
        block_until("the channel exists", || self.state().is_some());
        request(url(), "POST", &format!("channels/{}/answer", self.id));
        let target = format!("channels/{}/dtmf?dtmf={keys}", self.caller);
        block_until("the request is accepted", || {
            request(url(), "POST", &target).0 == 204
        });
    }

    pub(crate) fn hang_up(&self) {
        request(url(), "DELETE", &format!("channels/{}", self.caller));
    }
}
