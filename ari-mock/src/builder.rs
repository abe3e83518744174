//! How a fake Asterisk is set up.

use std::collections::BTreeMap;
use std::io;
use std::time::Duration;

use ari_api::runtime::Version;

use crate::Asterisk;
use crate::docs;
use crate::frozen::Frozen;
use crate::pbx::{Clock, Dialplan, Phone, Settings, Step, User, World};
use crate::waiting::WAIT_LIMIT;

/// Sounds that are there from the start, with their lengths in milliseconds: a few of those that
/// come with Asterisk.
const SOUNDS: &[(&str, u64)] = &[
    ("beep", 440),
    ("beeperr", 360),
    ("demo-congrats", 30_280),
    ("goodbye", 940),
    ("hello", 800),
    ("hello-world", 1420),
    ("pbx-invalid", 4440),
    ("tt-monkeys", 16_180),
    ("vm-goodbye", 880),
    ("digits/0", 880),
    ("digits/1", 920),
    ("digits/2", 760),
    ("digits/3", 800),
    ("digits/4", 800),
    ("digits/5", 900),
    ("digits/6", 900),
    ("digits/7", 860),
    ("digits/8", 760),
    ("digits/9", 900),
];

/// Settings of a fake Asterisk.
#[derive(Clone, Debug)]
#[must_use = "nothing is started until `start` is awaited"]
pub struct Builder {
    settings: Settings,
    port: u16,
    paused: bool,
    frozen: bool,
}

impl Default for Builder {
    /// The newest release, the users `aritest` and `reader`, the context `testari`, the endpoints
    /// `PJSIP/loop` (whose extensions are those of `testari`) and `PJSIP/phone` (offline).
    fn default() -> Self {
        let user = |name: &str, password: &str, read_only| User {
            name: name.to_owned(),
            password: password.to_owned(),
            read_only,
        };
        let sounds = SOUNDS.iter();
        let newest = ari_api::operations::RELEASES
            .last()
            .copied()
            .unwrap_or_default();
        Builder {
            settings: Settings {
                version: version_of(newest),
                entity_id: "02:00:00:00:00:01".to_owned(),
                users: vec![
                    user("aritest", "testme", false),
                    user("reader", "readme", true),
                ],
                sounds: sounds
                    .map(|(name, length)| ((*name).to_owned(), Duration::from_millis(*length)))
                    .collect(),
                dialplan: Dialplan::testari(),
                endpoints: BTreeMap::from([
                    ("PJSIP/loop".to_owned(), Some(Phone::Dialplan)),
                    ("PJSIP/phone".to_owned(), None),
                ]),
                wait_limit: WAIT_LIMIT,
            },
            port: 0,
            paused: false,
            frozen: false,
        }
    }
}

/// The newest point release of a release that brought something to ARI.
fn version_of(release: u16) -> Version {
    let newest = docs::history(release).newest();
    newest.unwrap_or(Version::new(release, 0, 0))
}

impl Builder {
    /// A release, such as 22, at the newest point release that brought something to ARI.
    pub fn release(self, release: u16) -> Self {
        self.version(version_of(release))
    }

    /// A version: operations, parameters and messages are that version's.
    pub fn version(mut self, version: Version) -> Self {
        self.settings.version = version;
        self
    }

    /// A further user, who may do everything.
    pub fn user(self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.add_user(name.into(), password.into(), false)
    }

    /// A further user, who may only look.
    pub fn read_only_user(self, name: impl Into<String>, password: impl Into<String>) -> Self {
        self.add_user(name.into(), password.into(), true)
    }

    fn add_user(mut self, name: String, password: String, read_only: bool) -> Self {
        self.settings.users.push(User {
            name,
            password,
            read_only,
        });
        self
    }

    /// An extension of the dialplan.
    pub fn extension(
        mut self,
        context: &str,
        extension: &str,
        steps: impl IntoIterator<Item = Step>,
    ) -> Self {
        let steps = steps.into_iter().collect();
        self.settings.dialplan.add(context, extension, steps);
        self
    }

    /// An endpoint, such as `PJSIP/alice`, and what it does when it is called.
    pub fn endpoint(mut self, name: &str, steps: impl IntoIterator<Item = Step>) -> Self {
        let steps = steps.into_iter().collect();
        self.settings.dialplan.add(name, "s", steps);
        let phone = Some(Phone::Own);
        self.settings.endpoints.insert(name.to_owned(), phone);
        self
    }

    /// An endpoint that is offline: calling it fails.
    pub fn offline_endpoint(mut self, name: &str) -> Self {
        self.settings.endpoints.insert(name.to_owned(), None);
        self
    }

    /// A sound, such as `my/greeting`, and how long it takes.
    pub fn sound(mut self, name: &str, length: Duration) -> Self {
        self.settings.sounds.insert(name.to_owned(), length);
        self
    }

    /// A port instead of any that is free.
    pub fn port(mut self, port: u16) -> Self {
        self.port = port;
        self
    }

    /// Time stands still from the start; see [`Asterisk::advance`].
    pub fn paused(mut self) -> Self {
        self.paused = true;
        self
    }

    /// Time stands still for the fake and for the program that is tested, which have one clock:
    /// tokio's, of the runtime that the fake is started on. It goes on by
    /// [`Asterisk::elapse`] alone, so that a time limit of the program ends exactly when the test
    /// says so. The runtime has to have one thread, as that of `#[tokio::test]` has, and its clock
    /// has to run before; the clock stands until the fake is dropped, and behind that goes on by
    /// itself whenever all tasks wait, as [`tokio::time::pause`] says.
    pub fn frozen(mut self) -> Self {
        self.frozen = true;
        self
    }

    /// How long [`Asterisk::wait_for_request`] and [`Asterisk::wait_for_answer`] may wait, by the
    /// clock on the wall; 30 seconds unless told otherwise.
    pub fn wait_limit(mut self, limit: Duration) -> Self {
        self.settings.wait_limit = limit;
        self
    }

    /// Starts it.
    ///
    /// # Errors
    ///
    /// If it cannot listen, because the port is taken.
    ///
    /// # Panics
    ///
    /// If it is to be [`frozen`](Self::frozen) on a runtime of several threads, or on one whose
    /// clock stands already.
    pub async fn start(self) -> io::Result<Asterisk> {
        let frozen = self.frozen.then(Frozen::new);
        let world = World::new(self.settings, Clock::new(!self.paused));
        Asterisk::serve(world, self.port, frozen).await
    }
}
