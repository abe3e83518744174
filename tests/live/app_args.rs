//! Arguments of applications arrive unchanged.

use ari_api::Error;
use ari_api::client::unique_id;

use super::session::{APP, Session, on_every_release};

/// Every character that the server's own parser treats specially.
const LISTS: &[&[&str]] = &[
    &[],
    &["world"],
    &["a,b", "c"],
    &["(", ")", "((", "x)y", "(p", "z"],
    &["[", "]", "[[", "[p", "z"],
    &["{", "}", "{a,b}", "z"],
    &["\"", "\"quoted\"", "x\"y", "z"],
    &["\\", "\\\\", "back\\", "\\,", "\\\"", "z"],
    &["it's", "a|b", "a;b", "a=b", "~", "z"],
    &["", "", "x", ""],
    &[" ", " lead", "trail ", "\t", "a\r\nb"],
    &["${EXTEN}", "$[1+1]", "${CHANNEL(name)}", "$", "$$", "$(x"],
    &["%2C", "%", "+", "é & ü", "?#", "日本語"],
];

/// The ways in which a channel enters the application.
#[derive(Clone, Copy, Debug)]
enum Way {
    Originate,
    OriginateWithId,
    Create,
    Snoop,
    SnoopWithId,
    Move,
}

async fn enter(
    session: &mut Session,
    way: Way,
    target: &str,
    args: Vec<String>,
) -> Result<String, Error> {
    const ENDPOINT: &str = "Local/1@testari";
    let channels = session.client.channels();
    let channel = |id: &str| session.client.channel(id);
    let id = unique_id();
    let channel = match way {
        Way::Originate => channels.originate(ENDPOINT).app(APP).app_args(args).await?,
        Way::OriginateWithId => {
            let request = channel(&id).originate_with_id(ENDPOINT);
            request.app(APP).app_args(args).await?
        }
        Way::Create => channels.create(ENDPOINT, APP).app_args(args).await?,
        Way::Snoop => {
            let request = channel(target).snoop_channel(APP).app_args(args);
            request.spy("both").await?
        }
        Way::SnoopWithId => {
            let request = channel(target).snoop_channel_with_id(id, APP);
            request.app_args(args).spy("both").await?
        }
        Way::Move => {
            channel(target).r#move(APP).app_args(args).await?;
            return Ok(target.to_owned());
        }
    };
    Ok(channel.id)
}

/// Commas, quotes, brackets, backslashes, spaces, empty arguments, and text that looks like a
/// variable, in every operation that takes arguments. Arguments that `move` cannot carry are not
/// sent.
#[test]
fn application_arguments_arrive_exactly_as_given() {
    on_every_release(async |session| {
        let target = session.call("1").await.channel_id().to_owned();
        for way in [
            Way::Originate,
            Way::OriginateWithId,
            Way::Create,
            Way::Snoop,
            Way::SnoopWithId,
            Way::Move,
        ] {
            for list in LISTS {
                let given: Vec<String> = list.iter().map(|&arg| arg.to_owned()).collect();
                let carried = match way {
                    Way::Move => given
                        .iter()
                        .all(|arg| !arg.is_empty() && !arg.contains(',')),
                    _ => true,
                };
                let entered = enter(session, way, &target, given.clone()).await;
                if !carried {
                    assert!(
                        matches!(entered, Err(Error::InvalidArgument { .. })),
                        "{way:?} {given:?}"
                    );
                    continue;
                }
                let channel = entered.unwrap();
                let (_, arrived) = session.wait_for_stasis_start(&channel).await;
                assert_eq!(arrived, given, "{way:?}, {}", session.server.release());
                if channel != target {
                    session.client.channel(channel).hangup().await.unwrap();
                }
            }
        }
    });
}

/// Asterisk keeps 128 arguments, and takes one empty argument for none: more arguments, or a single
/// empty one, are not sent.
#[test]
fn arguments_that_would_be_lost_are_not_sent() {
    on_every_release(async |session| {
        let many = |count: usize| vec!["x".to_owned(); count];
        let target = session.call("1").await.channel_id().to_owned();
        for way in [Way::Originate, Way::Create, Way::Snoop] {
            let channel = enter(session, way, &target, many(128)).await.unwrap();
            assert_eq!(
                session.wait_for_stasis_start(&channel).await.1,
                many(128),
                "{way:?}"
            );
            for lost in [many(129), vec![String::new()]] {
                let refused = enter(session, way, &target, lost).await;
                assert!(matches!(refused, Err(Error::InvalidArgument { .. })));
            }
        }
        let channel = enter(session, Way::Move, &target, many(200)).await.unwrap();
        assert_eq!(session.wait_for_stasis_start(&channel).await.1, many(200));
    });
}
