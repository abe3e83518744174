//! Authentication and permissions.

mod ours {
    use crate::live::session::{APP, client, on_every_release, refusal};

    #[test]
    fn wrong_credentials_are_refused_on_requests_and_on_the_websocket() {
        on_every_release(async |session| {
            let server = &session.server;
            for (user, password) in [(server.user(), "wrong"), ("nobody", server.password())] {
                let client = client(server, user, password);
                let expected = (401, "Authentication required".to_owned());
                assert_eq!(refusal(client.asterisk().ping().await), expected);
                assert_eq!(refusal(client.application(APP).connect().await), expected);
            }
            let client = client(server, "reader", "readme");
            client.asterisk().ping().await.unwrap();
            assert_eq!(
                refusal(client.bridges().create().await),
                (403, "Write access denied".to_owned())
            );
            // Read permission is enough for the events.
            client.application("reader").connect().await.unwrap();
        });
    }
}

/// The subjects of Asterisk's own test suite, in our own words.
mod upstream {
    use std::fs::OpenOptions;
    use std::io::Write as _;

    use ari_test_support::CREDENTIALS;

    use crate::asterisk::Release;
    use crate::live::session::{client, connect_raw, on_every_release, on_release, refusal};

    /// `aritest:wrong` in base64.
    const WRONG: &str = "Authorization: Basic YXJpdGVzdDp3cm9uZw==\r\n";

    /// `aritest:testme` with another scheme than Basic.
    const OTHER_SCHEME: &str = "Authorization: Bearer YXJpdGVzdDp0ZXN0bWU=\r\n";

    /// Our client sends the header, browsers must use the parameter: both for requests and for the
    /// upgrade to a WebSocket. The parameter does not override a wrong header.
    #[test]
    fn authentication_by_every_mechanism() {
        on_every_release(async |session| {
            let server = &session.server;
            for (headers, query, accepted) in [
                (CREDENTIALS, "", true),
                ("", "api_key=aritest:testme", true),
                ("", "api_key=aritest%3Atestme", true),
                (CREDENTIALS, "api_key=aritest:wrong", true),
                (WRONG, "api_key=aritest:testme", false),
                (WRONG, "", false),
                (OTHER_SCHEME, "", false),
                ("", "", false),
                ("", "api_key=aritest:wrong", false),
                ("", "api_key=nobody:testme", false),
                ("", "api_key=aritest", false),
                ("", "api_key=", false),
            ] {
                let case = format!("{}: {headers:?} {query:?}", server.release());
                let mut raw = connect_raw(server).await;
                let call = format!("GET /ari/asterisk/variable?variable=EPOCH&{query}");
                let answer = raw.exchange(&call, headers, b"").await;
                assert_eq!(answer.status, if accepted { 200 } else { 401 }, "{case}");
                if !accepted {
                    assert_eq!(answer.json()["message"], "Authentication required");
                    // The connection is kept.
                    let again = raw
                        .exchange("GET /ari/asterisk/ping", CREDENTIALS, b"")
                        .await;
                    assert_eq!(again.status, 200, "{case}");
                }
                let mut raw = connect_raw(server).await;
                let response = raw
                    .upgrade(&format!("/ari/events?app=raw&{query}"), headers)
                    .await;
                assert_eq!(response.status, if accepted { 101 } else { 401 }, "{case}");
            }
        });
    }

    /// Each user has its own list, in its section or by name. 16 has no such option.
    #[test]
    fn per_user_acl() {
        on_release(Release::V22, async |session| {
            let append = |name: &str, text: &str| {
                let path = session.server.dir().join("etc").join(name);
                let mut file = OpenOptions::new().append(true).open(path).unwrap();
                file.write_all(text.as_bytes()).unwrap();
            };
            append(
                "acl.conf",
                "\n[near]\npermit = 127.0.0.0/8\ndeny = 0.0.0.0/0\npermit = 127.0.0.1\n\
             [far]\ndeny = 0.0.0.0/0\npermit = 192.0.2.0/24\n",
            );
            let users = [
                ("here", "deny = 0.0.0.0/0\npermit = 127.0.0.1", true),
                ("elsewhere", "deny = 0.0.0.0/0\npermit = 192.0.2.1", false),
                ("banned", "deny = 127.0.0.0/8", false),
                ("named", "acl = near", true),
                ("outside", "acl = far", false),
            ];
            for (user, list, _) in users {
                let section = format!("\n[{user}]\ntype = user\npassword = secret\n{list}\n");
                append("ari.conf", &section);
            }
            session.server.cli("module reload acl");
            session.server.cli("module reload res_ari.so");
            for (user, _, allowed) in users {
                let client = client(&session.server, user, "secret");
                let ping = client.asterisk().ping().await;
                let connected = client.application(user).connect().await;
                if allowed {
                    ping.unwrap();
                    connected.unwrap();
                } else {
                    let expected = (403, "Access denied by ACL".to_owned());
                    assert_eq!(refusal(ping), expected, "{user}");
                    assert_eq!(refusal(connected), expected, "{user}");
                    // The password is checked first: without it, the error does not reveal the list.
                    let stranger = crate::live::session::client(&session.server, user, "wrong");
                    assert_eq!(refusal(stranger.asterisk().ping().await).0, 401);
                }
            }
            // The others are unaffected.
            session.client.asterisk().ping().await.unwrap();
        });
    }
}
