//! Numbers, dates and times in the languages: what is said, and that the sound sets have it.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use ari_calls::play::Played;
use ari_calls::speech::{
    Currency, Date, Gender, InstalledSounds, Language, MissingSounds, Noun, Speech, SpeechError,
    TimeOfDay, Topic,
};
use ari_calls::{Media, Prompt};
use ari_mock::Asterisk;

use crate::support::{Arrived, SOUND, with_clock};

const ENGLISH: Language = Language::English;
const FRENCH: Language = Language::French;
const GERMAN: Language = Language::German;
const SPANISH: Language = Language::Spanish;

/// Returns the sounds in a line, without `digits/`.
fn text(prompt: &Prompt) -> String {
    let media = prompt.media().iter().map(Media::uri);
    let sounds = media.map(|uri| uri.strip_prefix("sound:").expect("a sound"));
    let words: Vec<_> = sounds
        .map(|name| name.trim_start_matches("digits/"))
        .collect();
    words.join(" ")
}

#[test]
fn numbers_follow_the_rules_of_the_language() {
    // (number, English, French, German, Spanish)
    type Row = (i32, &'static str, &'static str, &'static str, &'static str);
    let rows: [Row; 35] = [
        (0, "0", "0", "0", "0"),
        (1, "1", "1", "1", "1"),
        (16, "16", "16", "16", "16"),
        (20, "20", "20", "20", "20"),
        (21, "20 1", "20 et 1", "1-and 20", "21"),
        (22, "20 2", "20 2", "2-and 20", "22"),
        (30, "30", "30", "30", "30"),
        (31, "30 1", "30 et 1", "1-and 30", "30 and 1"),
        (69, "60 9", "60 9", "9-and 60", "60 and 9"),
        (70, "70", "60 10", "70", "70"),
        (71, "70 1", "60 et 11", "1-and 70", "70 and 1"),
        (77, "70 7", "60 17", "7-and 70", "70 and 7"),
        (80, "80", "80", "80", "80"),
        (81, "80 1", "80 1", "1-and 80", "80 and 1"),
        (90, "90", "80 10", "90", "90"),
        (91, "90 1", "80 11", "1-and 90", "90 and 1"),
        (99, "90 9", "80 19", "9-and 90", "90 and 9"),
        (100, "1 hundred", "hundred", "hundred", "hundred"),
        (101, "1 hundred 1", "hundred 1", "1N hundred 1", "100-and 1"),
        (
            171,
            "1 hundred 70 1",
            "hundred 60 et 11",
            "1N hundred 1-and 70",
            "100-and 70 and 1",
        ),
        (200, "2 hundred", "2 hundred", "2 hundred", "200"),
        (500, "5 hundred", "5 hundred", "5 hundred", "500"),
        (
            999,
            "9 hundred 90 9",
            "9 hundred 80 19",
            "9 hundred 9-and 90",
            "900 90 and 9",
        ),
        (1000, "1 thousand", "thousand", "thousand", "thousand"),
        (
            1001,
            "1 thousand 1",
            "thousand 1",
            "1N thousand 1",
            "thousand 1",
        ),
        (
            1100,
            "1 thousand 1 hundred",
            "thousand hundred",
            "1N thousand 1N hundred",
            "thousand hundred",
        ),
        (2000, "2 thousand", "2 thousand", "2 thousand", "2 thousand"),
        (
            21_000,
            "20 1 thousand",
            "20 et 1 thousand",
            "1-and 20 thousand",
            "20-and 1M thousand",
        ),
        (
            101_000,
            "1 hundred 1 thousand",
            "hundred 1 thousand",
            "1N hundred 1N thousand",
            "100-and 1M thousand",
        ),
        (
            1_000_000,
            "1 million",
            "1 million",
            "1F million",
            "1M million",
        ),
        (
            1_000_001,
            "1 million 1",
            "1 million 1",
            "1F million 1",
            "1M million 1",
        ),
        (
            2_000_000,
            "2 million",
            "2 million",
            "2 millions",
            "2 millions",
        ),
        (
            31_000_100,
            "30 1 million 1 hundred",
            "30 et 1 million hundred",
            "1-and 30 millions 1N hundred",
            "30 and 1M millions hundred",
        ),
        (
            1_001_000_000,
            "1 billion 1 million",
            "thousand 1 million",
            "1F milliard 1F million",
            "thousand 1M millions",
        ),
        (-5, "minus 5", "minus 5", "minus 5", "minus 5"),
    ];
    for (number, english, french, german, spanish) in rows {
        for (language, expected) in [
            (ENGLISH, english),
            (FRENCH, french),
            (GERMAN, german),
            (SPANISH, spanish),
        ] {
            let spoken = text(&Speech::new(language).number(number));
            assert_eq!(spoken, expected, "{number} in {language:?}");
        }
    }
}

#[test]
fn numbers_agree_with_the_gender_of_the_noun() {
    // (language, number, masculine, feminine, neuter)
    let rows = [
        (ENGLISH, 1, ["1", "1", "1"]),
        (FRENCH, 1, ["1", "1F", "1"]),
        (FRENCH, 21, ["20 et 1", "20 et 1F", "20 et 1"]),
        (FRENCH, 71, ["60 et 11", "60 et 11", "60 et 11"]),
        (FRENCH, 81, ["80 1", "80 1F", "80 1"]),
        (
            FRENCH,
            21_000,
            ["20 et 1 thousand", "20 et 1 thousand", "20 et 1 thousand"],
        ),
        (GERMAN, 1, ["1N", "1F", "1N"]),
        (GERMAN, 21, ["1-and 20", "1-and 20", "1-and 20"]),
        (
            GERMAN,
            101,
            ["1N hundred 1N", "1N hundred 1F", "1N hundred 1N"],
        ),
        (SPANISH, 1, ["1M", "1F", "1M"]),
        (SPANISH, 21, ["20-and 1M", "20-and 1F", "20-and 1M"]),
        (SPANISH, 22, ["22", "22", "22"]),
        (SPANISH, 31, ["30 and 1M", "30 and 1F", "30 and 1M"]),
        (SPANISH, 1001, ["thousand 1M", "thousand 1F", "thousand 1M"]),
    ];
    let genders = [Gender::Masculine, Gender::Feminine, Gender::Neuter];
    for (language, number, expected) in rows {
        for (gender, expected) in genders.into_iter().zip(expected) {
            let spoken = text(&Speech::new(language).number_before(number, gender));
            assert_eq!(spoken, expected, "{number} in {language:?}, {gender:?}");
        }
    }
}

#[test]
fn dates_follow_the_rules_of_the_language() {
    // (date, English, French, German, Spanish)
    type Row = (
        (u16, u8, u8),
        &'static str,
        &'static str,
        &'static str,
        &'static str,
    );
    let rows: [Row; 8] = [
        (
            (2026, 11, 29),
            "day-0 mon-10 20 h-9 2 thousand 20 6",
            "day-0 20 9 mon-10 2 thousand 20 6",
            "day-0 9-and h-20 mon-10 2 thousand 6-and 20",
            "day-0 29 es-de mon-10 es-de 2 thousand 26",
        ),
        (
            (2001, 1, 1),
            "day-1 mon-0 h-1 2 thousand 1",
            "day-1 h-1 mon-0 2 thousand 1",
            "day-1 h-1 mon-0 2 thousand 1",
            "day-1 1 es-de mon-0 es-de 2 thousand 1",
        ),
        (
            (1999, 3, 21),
            "day-0 mon-2 20 h-1 19 90 9",
            "day-0 20 et 1 mon-2 thousand 9 hundred 80 19",
            "day-0 1-and h-20 mon-2 19 hundred 9-and 90",
            "day-0 21 es-de mon-2 es-de thousand 900 90 and 9",
        ),
        (
            (2000, 2, 29),
            "day-2 mon-1 20 h-9 2 thousand",
            "day-2 20 9 mon-1 2 thousand",
            "day-2 9-and h-20 mon-1 2 thousand",
            "day-2 29 es-de mon-1 es-de 2 thousand",
        ),
        (
            (1905, 5, 31),
            "day-3 mon-4 30 h-1 19 oh 5",
            "day-3 30 et 1 mon-4 thousand 9 hundred 5",
            "day-3 1-and h-30 mon-4 19 hundred 5",
            "day-3 30 and 1 es-de mon-4 es-de thousand 900 5",
        ),
        (
            (1900, 12, 20),
            "day-4 mon-11 h-20 19 hundred",
            "day-4 20 mon-11 thousand 9 hundred",
            "day-4 h-20 mon-11 19 hundred",
            "day-4 20 es-de mon-11 es-de thousand 900",
        ),
        (
            (1066, 10, 30),
            "day-2 mon-9 h-30 1 thousand 60 6",
            "day-2 30 mon-9 thousand 60 6",
            "day-2 h-30 mon-9 1N thousand 6-and 60",
            "day-2 30 es-de mon-9 es-de thousand 60 and 6",
        ),
        (
            (2110, 7, 13),
            "day-0 mon-6 h-13 2 thousand 1 hundred 10",
            "day-0 13 mon-6 2 thousand hundred 10",
            "day-0 h-13 mon-6 2 thousand 1N hundred 10",
            "day-0 13 es-de mon-6 es-de 2 thousand 100-and 10",
        ),
    ];
    for ((year, month, day), english, french, german, spanish) in rows {
        let date = Date::new(year, month, day).unwrap();
        for (language, expected) in [
            (ENGLISH, english),
            (FRENCH, french),
            (GERMAN, german),
            (SPANISH, spanish),
        ] {
            let speech = Speech::new(language);
            let spoken = text(&speech.weekday(date).then(speech.date(date)));
            assert_eq!(spoken, expected, "{date:?} in {language:?}");
        }
    }
}

#[test]
fn times_follow_the_rules_of_the_language() {
    // (hour, minute, English, French, German, Spanish)
    type Row = (
        u8,
        u8,
        &'static str,
        &'static str,
        &'static str,
        &'static str,
    );
    let rows: [Row; 8] = [
        (0, 0, "12 oclock a-m", "0 oclock", "0 oclock", "12 a-m"),
        (
            0,
            5,
            "12 oh 5 a-m",
            "0 oclock 5",
            "0 oclock 5",
            "12 and 5 a-m",
        ),
        (1, 0, "1 oclock a-m", "1 oclock", "1N oclock", "1F a-m"),
        (
            11,
            59,
            "11 50 9 a-m",
            "11 oclock 50 9",
            "11 oclock 9-and 50",
            "11 and 50 and 9 a-m",
        ),
        (
            12,
            0,
            "12 oclock p-m",
            "12 oclock",
            "12 oclock",
            "12 afternoon",
        ),
        (
            14,
            30,
            "2 30 p-m",
            "14 oclock 30",
            "14 oclock 30",
            "2 and 30 afternoon",
        ),
        (
            18,
            15,
            "6 15 p-m",
            "18 oclock 15",
            "18 oclock 15",
            "6 and 15 afternoon",
        ),
        (
            21,
            1,
            "9 oh 1 p-m",
            "20 et 1 oclock 1",
            "1-and 20 oclock 1",
            "9 and 1 p-m",
        ),
    ];
    for (hour, minute, english, french, german, spanish) in rows {
        let time = TimeOfDay::new(hour, minute).unwrap();
        for (language, expected) in [
            (ENGLISH, english),
            (FRENCH, french),
            (GERMAN, german),
            (SPANISH, spanish),
        ] {
            let spoken = text(&Speech::new(language).time(time));
            assert_eq!(spoken, expected, "{time:?} in {language:?}");
        }
    }
}

#[test]
fn durations_are_hours_minutes_and_seconds() {
    // (milliseconds, English, French, German, Spanish)
    type Row = (u64, &'static str, &'static str, &'static str, &'static str);
    let rows: [Row; 6] = [
        (999, "0 seconds", "0 second", "0 seconds", "0 seconds"),
        (1000, "1 second", "1 second", "1F second", "1M seconds"),
        (
            61_000,
            "1 minute 1 second",
            "1 minute 1 second",
            "1F minute 1F second",
            "1M queue-minute 1M seconds",
        ),
        (
            3_600_000,
            "60 minutes",
            "60 minutes",
            "60 minutes",
            "60 minutes",
        ),
        (
            7_199_000,
            "1 hundred 19 minutes 50 9 seconds",
            "hundred 19 minutes 50 9 seconds",
            "1N hundred 19 minutes 9-and 50 seconds",
            "100-and 19 minutes 50 and 9 seconds",
        ),
        (
            75_660_000,
            "20 1 hours 1 minute",
            "20 et 1 hours 1 minute",
            "1-and 20 hours 1F minute",
            "20-and 1F hours 1M queue-minute",
        ),
    ];
    for (milliseconds, english, french, german, spanish) in rows {
        let duration = Duration::from_millis(milliseconds);
        for (language, expected) in [
            (ENGLISH, english),
            (FRENCH, french),
            (GERMAN, german),
            (SPANISH, spanish),
        ] {
            let spoken = text(&Speech::new(language).duration(duration));
            assert_eq!(spoken, expected, "{duration:?} in {language:?}");
        }
    }
    // Nothing overflows.
    Speech::new(GERMAN).duration(Duration::MAX);
}

#[test]
fn digits_are_spoken_one_by_one() {
    for (digits, expected) in [
        ("4711", "4 7 1 1"),
        ("+49 (30) 1*#", "4 9 3 0 1 star pound"),
        ("none", ""),
    ] {
        assert_eq!(text(&Speech::new(GERMAN).digits(digits)), expected);
    }
}

#[test]
fn money_and_things_are_counted() {
    let noun = |name: &str, gender| Noun::new(name, format!("{name}s"), gender);
    let euro = Currency::new(
        noun("euro", Gender::Masculine),
        noun("cent", Gender::Masculine),
    );
    let crown = Currency::new(
        noun("crown", Gender::Feminine),
        noun("cent", Gender::Masculine),
    );
    for (language, major, minor, currency, expected) in [
        (ENGLISH, 0, 0, &euro, "0 euros"),
        (FRENCH, 0, 0, &euro, "0 euro"),
        (GERMAN, 1, 0, &euro, "1N euro"),
        (GERMAN, 1, 1, &crown, "1F crown and 1N cent"),
        (SPANISH, 21, 1, &crown, "20-and 1F crowns and 1M cent"),
        (FRENCH, 2, 50, &crown, "2 crowns et 50 cents"),
        (ENGLISH, 1, 25, &euro, "1 euro vm-and 20 5 cents"),
        (ENGLISH, 0, 5, &euro, "5 cents"),
    ] {
        let spoken = text(&Speech::new(language).money(major, minor, currency));
        assert_eq!(spoken, expected, "{major}.{minor} in {language:?}");
    }
}

/// Returns the number that sounds mean, in any of the languages.
fn value(spoken: &str) -> u64 {
    let (mut total, mut thousands, mut group) = (0, 0, 0);
    for word in spoken.split_whitespace() {
        match word {
            "and" | "et" => {}
            "hundred" => group = u64::max(group, 1) * 100,
            "thousand" => {
                assert_eq!(thousands, 0, "{spoken}");
                thousands = u64::max(group, 1) * 1000;
                group = 0;
            }
            "million" | "millions" | "milliard" | "milliards" | "billion" => {
                let scale = match word {
                    "million" | "millions" => 1_000_000,
                    _ => 1_000_000_000,
                };
                total += (thousands + group) * scale;
                (thousands, group) = (0, 0);
            }
            word => {
                let digits = word
                    .trim_end_matches("-and")
                    .trim_end_matches(['F', 'M', 'N']);
                group += digits.parse::<u64>().expect(word);
            }
        }
    }
    total + thousands + group
}

/// All small numbers, and numbers over the whole range that have nothing in common.
fn numbers() -> impl Iterator<Item = u32> {
    let round = [
        1,
        10,
        100,
        1000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
    ];
    let around = round
        .into_iter()
        .flat_map(|it| (1..10).map(move |n| n * it));
    let around = around.flat_map(|number| [number - 1, number, number + 1]);
    let wide = (1..20_000).map(|n: u32| n.wrapping_mul(2_654_435_761) % 1_000_000_000);
    (0..20_000).chain(around).chain(wide)
}

/// Sounds have one meaning, so that different numbers differ, and each is in the vocabulary.
#[test]
fn numbers_can_be_understood() {
    let forms = [None, Some(Gender::Masculine), Some(Gender::Feminine)];
    for language in Language::ALL {
        let speech = Speech::new(language);
        for form in forms {
            let topic = form.map_or(Topic::Numbers, Topic::Counts);
            let speak = |number: u32| match form {
                None => speech.number(i32::try_from(number).unwrap()),
                Some(gender) => speech.number_before(number, gender),
            };
            let vocabulary = speech.vocabulary([topic]);
            let vocabulary: BTreeSet<&str> = vocabulary.media().iter().map(Media::uri).collect();
            let mut spoken_before = HashMap::new();
            for number in numbers() {
                let prompt = speak(number);
                for media in prompt.media() {
                    let uri = media.uri();
                    assert!(vocabulary.contains(uri), "{uri}, {number} in {language:?}");
                }
                let spoken = text(&prompt);
                assert_eq!(
                    value(&spoken),
                    u64::from(number),
                    "{spoken} in {language:?}"
                );
                let before = spoken_before.insert(spoken, number);
                assert!(before.is_none_or(|it| it == number), "{before:?} {number}");
            }
        }
    }
}

/// The names of `digits/` in the sound sets of Asterisk 1.6.1, which Debian packages, apart from
/// those of all sets. The German ones are those that Asterisk itself says.
const ALL_SETS: &str = "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 30 40 50 60 70 80 90 \
    a-m p-m at day-0 day-1 day-2 day-3 day-4 day-5 day-6 h-1 h-2 h-3 h-4 h-5 h-6 h-7 h-8 h-9 h-10 \
    h-11 h-12 h-13 h-14 h-15 h-16 h-17 h-18 h-19 h-20 h-30 hundred thousand million minus mon-0 \
    mon-1 mon-2 mon-3 mon-4 mon-5 mon-6 mon-7 mon-8 mon-9 mon-10 mon-11 oclock pound star";
const FURTHER: [(Language, &str, &str); 4] = [
    (
        ENGLISH,
        "billion oh",
        "vm-and hours minute minutes second seconds",
    ),
    (FRENCH, "et", "vm-and hours minute minutes second seconds"),
    (
        GERMAN,
        "1F 1N 1-and 2-and 3-and 4-and 5-and 6-and 7-and 8-and 9-and millions milliard milliards and",
        "hours minute minutes second seconds",
    ),
    (
        SPANISH,
        "1F 1M 20-and 21 22 23 24 25 26 27 28 29 100-and 200 300 400 500 600 700 800 900 and \
         afternoon es-de millions oh",
        "vm-and hours minutes seconds queue-minute",
    ),
];

/// Returns the names of the sounds in the set of a language.
fn sound_set(language: Language) -> impl Iterator<Item = String> {
    let further = FURTHER.into_iter().find(|(it, _, _)| *it == language);
    let (_, digits, others) = further.unwrap();
    let digits = ALL_SETS.split_whitespace().chain(digits.split_whitespace());
    let digits = digits.map(|name| format!("digits/{name}"));
    digits.chain(others.split_whitespace().map(str::to_owned))
}

fn pbx_with_sound_sets() -> ari_mock::Builder {
    let mut pbx = Asterisk::builder().frozen();
    for language in Language::ALL {
        for name in sound_set(language) {
            pbx = match language {
                ENGLISH => pbx.sound(&name, SOUND),
                _ => pbx.sound_in(language.code(), &name, SOUND),
            };
        }
    }
    pbx
}

const TOPICS: [Topic; 8] = [
    Topic::Digits,
    Topic::Numbers,
    Topic::Counts(Gender::Masculine),
    Topic::Counts(Gender::Neuter),
    Topic::Dates,
    Topic::Times,
    Topic::Durations,
    Topic::Counts(Gender::Feminine),
];

#[test]
fn sound_sets_have_the_vocabulary() {
    with_clock(async {
        let pbx = pbx_with_sound_sets().start().await.unwrap();
        let client = pbx.client().unwrap();
        for language in Language::ALL {
            let speech = Speech::new(language);
            let (feminine, others) = TOPICS.split_last().unwrap();
            speech.check(&client, others.iter().copied()).await.unwrap();
            let checked = speech.check(&client, [*feminine]).await;
            let missing = match checked {
                Ok(()) => Vec::new(),
                Err(SpeechError::Missing(missing)) => missing.sounds,
                Err(error) => panic!("{error}"),
            };
            let expected: &[&str] = match language {
                FRENCH => &["digits/1F"],
                _ => &[],
            };
            assert_eq!(missing, expected, "{language:?}");
        }
    });
}

#[test]
fn missing_sounds_are_named() {
    with_clock(async {
        let pbx = pbx_with_sound_sets().start().await.unwrap();
        let client = pbx.client().unwrap();
        let installed = InstalledSounds::fetch(&client).await.unwrap();
        let missing = |prompt: Prompt| -> MissingSounds { installed.check(&prompt).unwrap_err() };

        let prompt = Speech::new(FRENCH).number_before(1, Gender::Feminine);
        let error = missing(prompt).to_string();
        assert_eq!(
            error,
            "the server lacks sounds in `fr`: digits/1F; they belong in the folder `sounds/fr` of \
             Asterisk's data directory (Debian has them in asterisk-core-sounds-fr, and Asterisk's \
             `make menuselect` under Core Sound Packages; `digits/1F` (une) is in neither, record \
             it)"
        );
        let polish: Prompt = (0..12)
            .map(|n| Media::sound(format!("words/{n}")))
            .collect();
        let error = missing(polish.in_language("pl")).to_string();
        assert_eq!(
            error,
            "the server lacks sounds in `pl`: words/0, words/1, words/2, words/3, words/4, words/5, \
             words/6, words/7, words/8, words/9 and 2 more; they belong in the folder `sounds/pl` \
             of Asterisk's data directory"
        );

        // A region falls back, and so do languages of each medium.
        let austrian = Speech::new(GERMAN).language_code("de_AT");
        installed.check(&austrian.number(21)).unwrap();
        let mixed = Speech::new(GERMAN)
            .number(21)
            .then(Speech::new(ENGLISH).number(21));
        installed.check(&mixed).unwrap();
        let own = Prompt::from([
            "sound:words/none",
            "tone:ring",
            "sound:/tmp/x",
            "sound:http://x/",
        ]);
        installed.check(&own).unwrap();
        let own = missing(own.in_language("de"));
        assert_eq!(own.sounds, ["words/none"]);
        // The folder of another language, as Asterisk resolves it.
        let spanish = Prompt::from("sound:es/digits/1M").in_language("de");
        installed.check(&spanish).unwrap();
    });
}

#[test]
fn a_server_without_sounds_lacks_all() {
    with_clock(async {
        let pbx = Asterisk::builder().frozen().start().await.unwrap();
        pbx.fail("sounds.list", 404, "No sounds found that matched the query");
        let client = pbx.client().unwrap();
        let checked = Speech::new(ENGLISH).check(&client, [Topic::Digits]).await;
        match checked {
            Err(SpeechError::Missing(missing)) => assert_eq!(missing.sounds.len(), 12),
            other => panic!("{other:?}"),
        }
    });
}

/// Each language is a request, and the language of the step is that of the rest.
#[test]
fn media_are_played_in_their_own_language() {
    with_clock(async {
        let mut arrived = Arrived::at(pbx_with_sound_sets()).await;
        let program = arrived.run(|mut call| async move {
            let prompt = Prompt::from("sound:digits/1N")
                .then(Speech::new(GERMAN).number(21))
                .then(Speech::new(SPANISH).number(21))
                .then("sound:digits/et");
            call.play(prompt).language("fr").await.unwrap()
        });
        arrived.play_script(&[]).await;
        let played = program.await.unwrap();
        let incomplete = |uri: &str| Played::Incomplete {
            media_uri: uri.to_owned(),
        };
        assert_eq!(played, incomplete("sound:digits/1N"));
        let requests = arrived.pbx.requests().into_iter();
        let plays = requests.filter(|it| it.operation.nickname == "playWithId");
        let languages: Vec<_> = plays
            .map(|request| {
                let mut query = request.query.iter();
                query.find(|(name, _)| name == "lang").unwrap().1.clone()
            })
            .collect();
        assert_eq!(languages, ["fr", "de", "es", "fr"]);
        assert_eq!(
            arrived.played(),
            [
                "digits/1N",
                "digits/1-and digits/20",
                "digits/21",
                "digits/et"
            ]
        );
    });
}
