//! Execution of the scenarios against the fake and real servers.

use std::env;
use std::sync::Arc;

use ari_api::schema::Version;
use ari_mock::{CallBroadcast, Step};

use super::compare::compare_transcripts;
use super::observed::Transcript;
use super::phones::PhoneSource;
use super::probe::Probe;
use super::scenario::Scenario;
use super::{
    administration, applications, bridges, call_broadcasts, calls, channel_states, channels,
    check_order, connected_lines, details, dialling, endpoints, errors, hangups, media, params,
    queue, recording_queue, recordings, snooping, sockets, subscriptions, transfers,
    unusual_requests, variables,
};
use crate::asterisk::{Asterisk, Release};

/// All scenarios. Each has an application `hello`.
pub(crate) const SCENARIOS: &[&[Scenario]] = &[
    calls::SCENARIOS,
    channels::SCENARIOS,
    bridges::SCENARIOS,
    media::SCENARIOS,
    unusual_requests::SCENARIOS,
    recordings::SCENARIOS,
    variables::SCENARIOS,
    applications::SCENARIOS,
    errors::SCENARIOS,
    administration::SCENARIOS,
    endpoints::SCENARIOS,
    hangups::SCENARIOS,
    call_broadcasts::SCENARIOS,
    details::SCENARIOS,
    snooping::SCENARIOS,
    check_order::SCENARIOS,
    params::SCENARIOS,
    queue::SCENARIOS,
    recording_queue::SCENARIOS,
    sockets::SCENARIOS,
    channel_states::SCENARIOS,
    subscriptions::SCENARIOS,
    dialling::SCENARIOS,
    connected_lines::SCENARIOS,
    transfers::SCENARIOS,
];

/// The maximum number of attempts for a scenario. On a busy machine, the threads of a real server
/// overtake each other. Unless the scenario has several possible results, the fake must behave the
/// same in every attempt.
const MAX_ATTEMPTS: usize = 4;

#[test]
fn the_fake_does_what_asterisk_22_does() {
    assert_same_behavior(Release::V22);
}

#[test]
fn the_fake_does_what_asterisk_16_does() {
    assert_same_behavior(Release::V16);
}

fn assert_same_behavior(release: Release) {
    let Some(real) = Asterisk::start(release) else {
        return;
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .unwrap();
    let version = server_version(&real);
    // Parts of the names of the scenarios to run, such as `keys|bridge`.
    let only = env::var("CONFORMANCE").unwrap_or_default();
    let wanted = |scenario: &&Scenario| only.split('|').any(|part| scenario.name.contains(part));
    let mut differences = Vec::new();
    for scenario in SCENARIOS.iter().copied().flatten().filter(wanted) {
        let mut first = None;
        for attempt in 1..=MAX_ATTEMPTS {
            let (fake, mut found) = runtime.block_on(run_both(scenario, version, &real));
            if let (Some(first), None) = (&first, scenario.varying_because) {
                let changed = compare_transcripts(&fake, first);
                found.extend(
                    changed
                        .iter()
                        .map(|what| format!("the fake, in another attempt: {what}")),
                );
            }
            first = Some(fake);
            if found.is_empty() {
                break;
            }
            let name = format!("{release}, {}", scenario.name);
            let found = found.iter().map(|one| format!("{name}: {one}"));
            let found: Vec<_> = found.collect();
            if attempt < MAX_ATTEMPTS {
                println!("attempt {attempt}, tried again:\n{}", found.join("\n"));
            } else {
                differences.extend(found);
            }
        }
    }
    assert!(
        differences.is_empty(),
        "Asterisk {release}: {} differences:\n{}",
        differences.len(),
        differences.join("\n")
    );
}

/// Returns the version of the real server, which the fake then uses, too.
fn server_version(real: &Asterisk) -> Version {
    let info: serde_json::Value =
        serde_json::from_str(&real.get("/ari/asterisk/info?only=system")).unwrap();
    let text = info["system"]["version"].as_str().unwrap().to_owned();
    let digits = text.split(|c: char| !c.is_ascii_digit());
    let mut numbers = digits.map(|number| number.parse().unwrap());
    let mut next = || numbers.next().unwrap();
    let (major, minor, patch) = (next(), next(), next());
    Version::new(major, minor, patch)
}

/// Runs a scenario against both servers at the same time and compares them.
async fn run_both(
    scenario: &Scenario,
    version: Version,
    real: &Asterisk,
) -> (Transcript, Vec<String>) {
    let release = real.release();
    let offer = |millis: u64| CallBroadcast::new(std::time::Duration::from_millis(millis));
    let sales = offer(20_000)
        .to_applications(["sales"])
        .args(["one", "two"]);
    let [all, sales, unwanted] = [offer(20_000).report_claims(), sales, offer(500)]
        .map(|offer| [Step::StasisBroadcast(offer), Step::Hangup]);
    let live = Step::Stasis("live".to_owned(), vec!["far".to_owned()]);
    let enter = Step::Stasis("hello".into(), vec!["far".into()]);
    let fake = ari_mock::Asterisk::builder()
        .version(version)
        .extension("testari", "offer", all)
        .extension("testari", "sales", sales)
        .extension("testari", "unwanted", unwanted)
        .extension("testari", "live", [live, Step::Hangup])
        .extension("testari", "away", [Step::Forward("1".into())])
        .extension("testari", "unanswered", [enter, Step::Hangup])
        .start()
        .await
        .unwrap();
    let url = fake.url();
    let port = url.rsplit(':').next().unwrap().trim_end_matches("/ari");
    let port = port.parse().unwrap();
    let phones = PhoneSource::Fake(Arc::new(fake));
    let sip_port = real.sip_port();
    let real_phones = PhoneSource::Real { sip_port };
    let (fake, real) = tokio::join!(
        run_scenario(scenario, Probe::new(port, release, phones)),
        run_scenario(scenario, Probe::new(real.http_port(), release, real_phones))
    );
    let found = compare_transcripts(&fake, &real);
    if env::var_os("CONFORMANCE_SHOW").is_some() {
        println!("{}, fake:\n{fake}\nreal:\n{real}", scenario.name);
    }
    (fake, found)
}

async fn run_scenario(scenario: &Scenario, mut probe: Probe) -> Transcript {
    probe.wait_until_removed("hello").await;
    probe.connect("hello", "app=hello").await;
    (scenario.run)(&mut probe).await;
    probe.finish().await
}
