//! Log output of the client and of the libraries below it: it never contains a password.

#![allow(clippy::expect_used, reason = "a test may end at the first problem")]

use std::fmt::{self, Write as _};
use std::sync::{Mutex, PoisonError};

use ari_api::Client;
use base64::Engine as _;
use tracing::field::{Field, Visit};
use tracing::span;

const PASSWORD: &str = "hunter2-Yx";

/// Everything that was logged through either facade.
static LOGGED: Mutex<String> = Mutex::new(String::new());

fn append(text: fmt::Arguments<'_>) {
    let mut logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
    writeln!(logged, "{text}").expect("a string takes everything");
}

struct Logger;

impl log::Log for Logger {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        append(format_args!("{} {}", record.target(), record.args()));
    }

    fn flush(&self) {}
}

struct Subscriber;

impl tracing::Subscriber for Subscriber {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &span::Attributes<'_>) -> span::Id {
        span.record(&mut Fields);
        span::Id::from_u64(1)
    }

    fn record(&self, _: &span::Id, values: &span::Record<'_>) {
        values.record(&mut Fields);
    }

    fn record_follows_from(&self, _: &span::Id, _: &span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        append(format_args!("{}", event.metadata().target()));
        event.record(&mut Fields);
    }

    fn enter(&self, _: &span::Id) {}

    fn exit(&self, _: &span::Id) {}
}

struct Fields;

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        append(format_args!("  {field} {value:?}"));
    }
}

/// The password may be in the wrong place.
#[test]
fn rejected_urls_are_not_logged() {
    let at = |url: &str| Client::builder(url);
    let in_address = at(&format!("http://user:{PASSWORD}@pbx/ari"));
    let in_query = at(&format!("http://pbx/ari?api_key=user:{PASSWORD}"));
    let in_name = at("http://pbx/ari").credentials(format!("user:{PASSWORD}"), "");
    for builder in [in_address, in_query, in_name] {
        let shown = format!("{builder:?}");
        let error = builder.build().expect_err("a mistake");
        for text in [shown, format!("{error} {error:?}")] {
            assert!(!text.contains(PASSWORD), "{text}");
        }
    }
}

#[tokio::test]
async fn logs_contain_no_password() {
    log::set_logger(&Logger).expect("the only logger");
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::set_global_default(Subscriber).expect("the only subscriber");

    let pbx = ari_mock::Asterisk::builder();
    let mut pbx = pbx
        .user("secretive", PASSWORD)
        .start()
        .await
        .expect("a server");
    let client = |password: &str| {
        let builder = Client::builder(pbx.url()).credentials("secretive", password);
        builder.build().expect("a client")
    };
    let right = client(PASSWORD);
    let app = right.application("hello").connect().await;
    let app = app.expect("an application");
    right.asterisk().ping().await.expect("a response");
    let over = Client::over_session(app.session());
    over.asterisk().ping().await.expect("a response");
    // Refused as well.
    let wrong = PASSWORD.to_uppercase();
    let refused = client(&wrong);
    refused.asterisk().ping().await.expect_err("a refusal");
    let connecting = refused.application("hello").connect();
    connecting.await.expect_err("a refusal");
    pbx.stop();

    let logged = LOGGED.lock().unwrap_or_else(PoisonError::into_inner);
    for crate_name in ["ari_runtime", "tungstenite"] {
        assert!(logged.contains(crate_name), "{crate_name} logs: {logged}");
    }
    for password in [PASSWORD, &wrong] {
        let pair = format!("secretive:{password}");
        let encoded = base64::engine::general_purpose::STANDARD.encode(pair);
        for secret in [password, &encoded] {
            assert!(!logged.contains(secret), "{secret} in: {logged}");
        }
    }
}
