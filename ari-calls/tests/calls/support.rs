//! A caller with a script, and the program that the call runs.

use std::future::Future;
use std::time::Duration;

use ari_api::stream::EventStream;
use ari_api::{Client, Event};
use ari_calls::Call;
use ari_mock::{Asterisk, FakeChannel};
use tokio::task::JoinHandle;

/// The length of the sounds `one` to `three`.
pub(crate) const SOUND: Duration = Duration::from_secs(2);

pub(crate) const fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Runs a test in a runtime of its own, whose clock the fake can freeze.
pub(crate) fn with_clock<T>(test: impl Future<Output = T>) -> T {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap().block_on(test)
}

/// A call that has arrived.
pub(crate) struct Arrived {
    pub(crate) pbx: Asterisk,
    pub(crate) alice: FakeChannel,
    pub(crate) call: Option<Call>,
    pub(crate) client: Client,
    app: EventStream<Event>,
}

impl Arrived {
    pub(crate) async fn new() -> Self {
        let pbx = Asterisk::builder()
            .frozen()
            .sound("one", SOUND)
            .sound("two", SOUND)
            .sound("three", SOUND);
        Self::at(pbx).await
    }

    pub(crate) async fn at(pbx: ari_mock::Builder) -> Self {
        let pbx = pbx.start().await.unwrap();
        let client = pbx.client().unwrap();
        let mut app = client.application("calls").connect().await.unwrap();
        let alice = pbx.incoming_call("PJSIP/alice").into_application("calls");
        let call = incoming(&client, &mut app).await;
        Arrived {
            pbx,
            alice,
            call: Some(call),
            client,
            app,
        }
    }

    /// Simulates one more call, whose channel has this id.
    pub(crate) async fn arrive(&mut self, id: &str) -> (FakeChannel, Call) {
        let caller = self.pbx.incoming_call(format!("PJSIP/{id}")).id(id);
        let caller = caller.into_application("calls");
        let call = incoming(&self.client, &mut self.app).await;
        (caller, call)
    }

    /// Returns the number of calls that have entered the application since.
    pub(crate) async fn started(&mut self) -> usize {
        self.pbx.idle().await;
        let mut count = 0;
        while let Some(event) = self.app.try_next() {
            count += usize::from(matches!(&*event.unwrap(), Event::StasisStart(_)));
        }
        count
    }

    /// Runs the program of the call.
    pub(crate) fn run<T: Send + 'static, F: Future<Output = T> + Send + 'static>(
        &mut self,
        program: impl FnOnce(Call) -> F + Send + 'static,
    ) -> JoinHandle<T> {
        let call = self.call.take().unwrap();
        tokio::spawn(program(call))
    }

    /// Does what the script says, each after a pause: `h` hangs up, anything else are keys.
    pub(crate) async fn play_script(&self, script: &[(u64, &str)]) {
        self.pbx.idle().await;
        for (pause, action) in script {
            self.pbx.elapse(ms(*pause)).await;
            match *action {
                "h" => self.alice.hang_up(),
                keys => self.alice.press(keys),
            }
        }
        self.pbx.elapse(Duration::from_secs(600)).await;
    }

    /// Returns the media of the requests to play, in order: `one two`, `one`, ….
    pub(crate) fn played(&self) -> Vec<String> {
        let requests = self.pbx.requests().into_iter();
        let plays = requests.filter(|request| request.operation.nickname == "playWithId");
        plays
            .map(|request| {
                let query = request.query.iter();
                let media = query.filter(|(name, _)| name == "media");
                let media: Vec<_> = media.map(|(_, value)| value.as_str()).collect();
                media.join(",").replace("sound:", "").replace(',', " ")
            })
            .collect()
    }
}

/// Returns the next call that enters the application.
pub(crate) async fn incoming(client: &Client, app: &mut EventStream<Event>) -> Call {
    loop {
        if let Event::StasisStart(start) = &*app.next().await.unwrap().unwrap() {
            return Call::incoming(client, start);
        }
    }
}

/// Checks a time in milliseconds. The frozen clock advances in steps of up to 300.
pub(crate) fn assert_due(time: Duration, expected: u64, name: &str) {
    let late = time.checked_sub(ms(expected));
    assert!(
        late.is_some_and(|late| late <= ms(300)),
        "{name}: {time:?}, not {expected} ms"
    );
}
