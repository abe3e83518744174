//! Numbers that `ari-calls` says, compared with those that Asterisk says, and the check of the
//! sounds that are installed.

use std::fs;

use ari_calls::play::Played;
use ari_calls::speech::{
    Date, Gender, InstalledSounds, Language, Speech, SpeechError, TimeOfDay, Topic,
};
use ari_calls::{Media, Prompt};
use ari_test_support::within_limit;
use tokio::time::sleep;

use crate::asterisk::Asterisk;
use crate::live::call_steps::{call, on_every_release};

/// Numbers that Asterisk says by the same rules. It says *veintiuno mil* and *hunderteins tausend*,
/// and its Spanish 100 is a sound that no set has.
const NUMBERS: [i32; 22] = [
    0, 1, 16, 21, 31, 70, 71, 77, 80, 81, 91, 99, 101, 171, 200, 999, 1000, 1001, 2000, 1_000_000,
    1_000_001, 2_000_000,
];

/// Topics for which the English sounds of Debian are enough.
const TOPICS: [Topic; 6] = [
    Topic::Digits,
    Topic::Numbers,
    Topic::Counts(Gender::Masculine),
    Topic::Dates,
    Topic::Times,
    Topic::Durations,
];

/// Returns the names of the sounds.
fn names(prompt: &Prompt) -> Vec<String> {
    let uris = prompt.media().iter().map(Media::uri);
    uris.filter_map(|uri| uri.strip_prefix("sound:"))
        .map(str::to_owned)
        .collect()
}

/// Returns the sounds that Asterisk has played for numbers, from its log.
fn said(server: &Asterisk) -> Vec<String> {
    let log = fs::read(server.dir().join("log/full.log")).unwrap();
    let log = String::from_utf8_lossy(&log);
    let played = log.lines().filter_map(|line| {
        let (_, played) = line.split_once("Playing '")?;
        played.split(['.', '\'']).next()
    });
    played.map(str::to_owned).collect()
}

/// Installs a set of short sounds with these names.
fn install(server: &Asterisk, language: &str, names: &[String]) {
    let set = server.dir().join("data/sounds").join(language);
    for name in names {
        let file = set.join(name).with_extension("ulaw");
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, [0xff; 160]).unwrap();
    }
}

#[test]
fn numbers_are_those_of_asterisk() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut call, _phone) = call(client, app).await;
        for language in Language::ALL {
            // The English set is installed, and its sounds take longer.
            let code = match language {
                Language::English => "en_US",
                _ => language.code(),
            };
            let speech = Speech::new(language).language_code(code);
            install(server, code, &names(&speech.vocabulary([Topic::Numbers])));
            // Asterisk finds new sounds without a reload.
            speech.check(client, [Topic::Numbers]).await.unwrap();
            for number in NUMBERS {
                let expected = names(&speech.number(number));
                let before = said(server).len();
                let spoken = Media::number(number).in_language(code);
                let played = within_limit(call.play(spoken).into_future()).await;
                assert_eq!(played.unwrap(), Played::Finished, "{release}: {number}");
                within_limit(async {
                    while said(server).len() < before + expected.len() {
                        sleep(std::time::Duration::from_millis(10)).await;
                    }
                })
                .await;
                let said = &said(server)[before..];
                assert_eq!(said, expected, "{release}: {number} in {language:?}");
            }
        }
        call.hang_up().await.unwrap();
    });
}

#[test]
fn missing_sounds_are_found_before_they_are_played() {
    on_every_release(async |server, client, app| {
        let release = server.release();
        let (mut call, _phone) = call(client, app).await;
        // The sounds that are installed.
        let english = Speech::new(Language::English);
        english.check(client, TOPICS).await.unwrap();
        let date = Date::new(2026, 11, 29).unwrap();
        let time = TimeOfDay::new(9, 5).unwrap();
        let prompt = english.weekday(date).then(english.date(date));
        let prompt = prompt.then("sound:digits/at").then(english.time(time));
        let played = within_limit(call.play(prompt).into_future()).await;
        assert_eq!(played.unwrap(), Played::Finished, "{release}");

        // There are none in German.
        let german = Speech::new(Language::German);
        let error = match german.check(client, [Topic::Numbers]).await {
            Err(SpeechError::Missing(missing)) => missing,
            other => panic!("{release}: {other:?}"),
        };
        assert_eq!(error.sounds, names(&german.vocabulary([Topic::Numbers])));
        // A list with a missing sound goes on in English, and its end is like any other.
        let one = german.number_before(1, Gender::Feminine);
        let incomplete = Played::Incomplete {
            media_uri: "sound:digits/1F".to_owned(),
        };
        for (prompt, expected) in [(german.number(21), Played::Finished), (one, incomplete)] {
            let played = within_limit(call.play(prompt).into_future()).await;
            assert_eq!(played.unwrap(), expected, "{release}");
        }

        // All but one.
        let mut some = error.sounds;
        some.retain(|name| name != "digits/1-and");
        install(server, "de", &some);
        install(server, "shared", &["prompt".to_owned()]);
        let installed = InstalledSounds::fetch(client).await.unwrap();
        let vocabulary = german.vocabulary([Topic::Numbers]);
        let missing = installed.check(&vocabulary).unwrap_err();
        assert_eq!(missing.sounds, ["digits/1-and"], "{release}");
        install(server, "de", &missing.sounds);
        german.check(client, [Topic::Numbers]).await.unwrap();
        // A region and a folder for all languages, as the server resolves them.
        let austrian = german.clone().language_code("de_AT");
        let shared = Prompt::from("sound:shared/prompt").in_language("de_AT");
        let prompt = austrian.number(22).then(shared);
        installed.check(&prompt).unwrap();
        let played = within_limit(call.play(prompt).into_future()).await;
        assert_eq!(played.unwrap(), Played::Finished, "{release}");
        call.hang_up().await.unwrap();
    });
}
