//! The Asterisk that an example talks to: the one of `ARI_URL`, or else a fake one, so that every
//! example runs without any. A program of one's own has `Client::builder(url)` in its place.

use std::env;
use std::sync::Arc;
use std::time::Duration;

use ari_api::Client;
use ari_mock::{Asterisk, Offer, Step};

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// A client of the Asterisk at `ARI_URL`, as `ARI_USER` (`aritest`) with `ARI_PASSWORD`
/// (`testme`). Without `ARI_URL`, of a fake Asterisk, which is said; it is returned as well, and
/// serves as long as it is kept.
pub(crate) async fn open() -> Result<(Client, Option<Arc<Asterisk>>)> {
    let setting = |name: &str, default: &str| env::var(name).unwrap_or_else(|_| default.to_owned());
    if let Ok(url) = env::var("ARI_URL") {
        let user = setting("ARI_USER", "aritest");
        let password = setting("ARI_PASSWORD", "testme");
        let client = Client::builder(url).credentials(user, password).build()?;
        return Ok((client, None));
    }
    let pbx = fake("ARI_URL").await?;
    Ok((pbx.client()?, Some(Arc::new(pbx))))
}

/// A fake Asterisk, with the prompts of the examples, and an extension that offers calls to all.
///
/// That `unset` is not set is why.
pub(crate) async fn fake(unset: &str) -> Result<Asterisk> {
    let second = Duration::from_secs(1);
    let offer = Step::StasisBroadcast(Offer::new(5 * second));
    let pbx = Asterisk::builder()
        .extension("testari", "400", [offer, Step::Hangup])
        .sound("conf-onlyperson", second)
        .sound("vm-press", second)
        .sound("vm-pls-try-again", second)
        .sound("vm-unknown-caller", second)
        .start()
        .await?;
    println!(
        "{unset} is not set: this is a fake Asterisk, at {}",
        pbx.url()
    );
    Ok(pbx)
}
