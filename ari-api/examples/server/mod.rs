//! The Asterisk of an example: the one at `ARI_URL`, or else a fake one, so that every example runs
//! without an Asterisk. Your own program uses `Client::builder(url)` instead.

use std::env;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_mock::{Asterisk, CallBroadcast, Step};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Returns a client of the Asterisk at `ARI_URL`, as `ARI_USER` (`aritest`) with `ARI_PASSWORD`
/// (`testme`). Without `ARI_URL` it starts a fake Asterisk and says so. The fake is returned as
/// well, and runs until it is dropped.
pub(crate) async fn open() -> Result<(Client, Option<Arc<Asterisk>>)> {
    let setting = |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    if let Ok(url) = env::var("ARI_URL") {
        let user = setting("ARI_USER", "aritest");
        let password = setting("ARI_PASSWORD", "testme");
        let client = Client::builder(url).credentials(user, password).build()?;
        return Ok((client, None));
    }
    let pbx = fake().await?;
    Ok((pbx.client()?, Some(Arc::new(pbx))))
}

/// Starts a fake Asterisk, with the prompts of the examples, and an extension that offers calls to
/// all applications.
async fn fake() -> Result<Asterisk> {
    let second = Duration::from_secs(1);
    let offer = Step::StasisBroadcast(CallBroadcast::new(5 * second));
    let pbx = Asterisk::builder()
        .extension("testari", "400", [offer, Step::Hangup])
        .sound("conf-onlyperson", second)
        .sound("vm-press", second)
        .sound("vm-pls-try-again", second)
        .sound("vm-unknown-caller", second)
        .start()
        .await?;
    println!(
        "ARI_URL is not set: this is a fake Asterisk, at {}",
        pbx.url()
    );
    Ok(pbx)
}
