//! A supervisor who listens to an agent, whispers, and barges in.

use ari_calls::Call as SupervisorCall;
use ari_calls::supervise::SupervisionMode;

use super::*;

const RATE: SampleRate = SampleRate::Hz16000;

/// The tones of agent, customer and supervisor.
const TONES: [f64; 3] = [440.0, 1000.0, 700.0];

/// Sends the tone of each party, and returns the levels of the three tones that each hears.
async fn levels(parties: &mut [Media; 3]) -> [[f64; 3]; 3] {
    for (party, frequency) in parties.iter().zip(TONES) {
        let tone = tone(frequency, RATE, Duration::from_secs(4));
        party.sender().start_utterance();
        party.sender().try_send(&tone).unwrap();
    }
    let [agent, customer, supervisor] = parties;
    let mut heard = None;
    // The first second is that of the mode before.
    for seconds in [1, 2] {
        let time = Duration::from_secs(seconds);
        heard = Some(tokio::join!(
            receive(agent, time),
            receive(customer, time),
            receive(supervisor, time)
        ));
    }
    let heard = heard.unwrap();
    for party in [agent, customer, supervisor] {
        within_limit(party.sender().clear()).await;
    }
    // Tones begin at different moments, and a busy machine leaves gaps.
    let loudest = |samples: &[i16], frequency| {
        let parts = samples.chunks_exact(RATE.hz() as usize / 5);
        let levels = parts.map(|part| amplitude(part, frequency, RATE) / AMPLITUDE);
        levels.fold(0.0, f64::max)
    };
    [&heard.0, &heard.1, &heard.2].map(|samples| TONES.map(|tone| loudest(samples, tone)))
}

#[test]
fn supervisors_are_heard_as_their_mode_says() {
    on_each_carrier(async |client, service, calls, (release, carrier)| {
        // The carrier that both releases have.
        if carrier != Carrier::Rtp {
            return;
        }
        let agent = calls.create().await;
        let customer = calls.create().await;
        let supervisor = calls.create().await;
        let talk = client.bridges().create().kind("mixing").await.unwrap();
        let talk = client.bridge(talk.id);
        talk.add_channel([&agent.near, &customer.near])
            .await
            .unwrap();
        let open = async |far: &str| service.open(far).rate(RATE).carrier(carrier).await.unwrap();
        let mut parties = [
            open(&agent.far).await,
            open(&customer.far).await,
            open(&supervisor.far).await,
        ];
        let channel = client.channel(&supervisor.near);
        let mut call = SupervisorCall::new(channel.clone(), channel.events());
        let mut supervision = call.supervise(&agent.near).await.unwrap();
        for mode in [
            SupervisionMode::Listen,
            SupervisionMode::Whisper,
            SupervisionMode::Barge,
            SupervisionMode::Listen,
        ] {
            supervision.set_mode(mode).await.unwrap();
            let heard = levels(&mut parties).await;
            println!("{release}, {carrier}, {mode:?}: {heard:.2?}");
            let name = format!("{release}, {carrier}, {mode:?}: {heard:?}");
            let [by_agent, by_customer, by_supervisor] = heard;
            let is_heard = |level: f64| match level {
                level if level > 0.5 => true,
                level if level < 0.1 => false,
                level => panic!("{name}: {level}"),
            };
            let whispers = mode != SupervisionMode::Listen;
            let barges = mode == SupervisionMode::Barge;
            assert_eq!(by_agent.map(is_heard), [false, true, whispers], "{name}");
            assert_eq!(by_customer.map(is_heard), [true, false, barges], "{name}");
            assert_eq!(by_supervisor.map(is_heard), [true, true, false], "{name}");
        }
        supervision.end().await;
        for media in parties {
            media.close().await;
        }
        talk.destroy().await.unwrap();
        for call in [agent, customer, supervisor] {
            client.channel(&call.near).hangup().await.unwrap();
        }
        wait_until_removed(client, 0).await;
    });
}
