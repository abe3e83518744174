//! Menus.

use ari_calls::menu::{Chosen, Menu};

use crate::support::{Arrived, with_clock};

fn menu() -> Menu<&'static str> {
    let more = Menu::new("sound:two")
        .on("1", "more one")
        .on("#", "pound")
        .back("*");
    Menu::new("sound:one")
        .on("1", "one")
        .on("_2XX", "extension")
        .menu("9", more)
        .back("0")
        .no_match("sound:three")
        .attempts(2)
}

#[test]
fn keys_lead_to_choices_and_menus() {
    let choice = |value, digits: &str| Ok((value, digits.to_owned()));
    type Script = &'static [(u64, &'static str)];
    type Choice = Result<(&'static str, String), &'static str>;
    let cases: [(Script, Choice, &[&str]); 8] = [
        (&[(500, "1")], choice("one", "1"), &["one"]),
        (&[(500, "204")], choice("extension", "204"), &["one"]),
        (
            &[(500, "9"), (2500, "1")],
            choice("more one", "1"),
            &["one", "two"],
        ),
        (
            &[(500, "9"), (500, "#")],
            choice("pound", "#"),
            &["one", "two"],
        ),
        (
            &[(500, "9"), (500, "*"), (500, "1")],
            choice("one", "1"),
            &["one", "two", "one"],
        ),
        (
            &[(500, "0"), (500, "1")],
            choice("one", "1"),
            &["one", "one"],
        ),
        (&[(500, "5"), (500, "6")], Err("6"), &["one", "three one"]),
        (&[], Err(""), &["one", "one"]),
    ];
    for (script, expected, played) in cases {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move { call.choose(&menu()).await });
            arrived.play_script(script).await;
            let chosen = match program.await.unwrap().unwrap() {
                Chosen::Choice { value, digits, .. } => Ok((value, digits)),
                Chosen::NoMatch { digits, .. } => Err(digits),
                Chosen::NoInput => Err(String::new()),
                other => panic!("{other:?}"),
            };
            assert_eq!(chosen, expected.map_err(str::to_owned), "{script:?}");
            assert_eq!(arrived.played(), played, "{script:?}");
        });
    }
}

/// Keys keep coming, and each leads to a menu.
#[test]
fn moves_between_menus_have_a_limit() {
    type Setup = fn(Menu<&'static str>) -> Menu<&'static str>;
    // (settings, keys, outcome, number of menus that were asked)
    let cases: [(Setup, &str, Chosen<&str>, usize); 4] = [
        (|it| it, &"9*".repeat(16), Chosen::MaxMoves, 21),
        (|it| it, &"0".repeat(40), Chosen::MaxMoves, 21),
        (|it| it.max_moves(1), "9*", Chosen::MaxMoves, 2),
        (|it| it.max_moves(0), "9", Chosen::MaxMoves, 1),
    ];
    for (setup, keys, expected, menus) in cases {
        let keys = keys.to_owned();
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program =
                arrived.run(move |mut call| async move { call.choose(&setup(menu())).await });
            // Each key ends a prompt, as it is pressed while the menu plays.
            let script: Vec<_> = keys.chars().map(|key| (500, key.to_string())).collect();
            let script: Vec<_> = script.iter().map(|(at, key)| (*at, key.as_str())).collect();
            arrived.play_script(&script).await;
            assert_eq!(program.await.unwrap().unwrap(), expected, "{keys}");
            assert_eq!(arrived.played().len(), menus, "{keys}");
        });
    }
}

#[test]
fn menus_that_cannot_be_used_are_refused() {
    let empty: Menu<()> = Menu::new("sound:two");
    let cases = [
        (empty.clone(), "a menu has no entry"),
        (
            Menu::new("sound:one").menu("1", empty),
            "a menu has no entry",
        ),
        (
            Menu::new("sound:one").on("1 2", ()),
            "` ` in `1 2` is no key",
        ),
    ];
    for (menu, problem) in cases {
        with_clock(async move {
            let mut arrived = Arrived::new().await;
            let program = arrived.run(move |mut call| async move { call.choose(&menu).await });
            arrived.play_script(&[]).await;
            let error = program.await.unwrap().unwrap_err().to_string();
            assert!(error.starts_with(problem), "{error}");
            assert_eq!(arrived.played(), [""; 0]);
        });
    }
}
