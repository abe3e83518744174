//! Addresses of servers: IPv6, and the `prefix` of http.conf.

use std::fs;
use std::net::TcpListener;

use ari_api::Client;

use super::recorder;
use super::session::on_every_release;

#[test]
fn prefix_and_ipv6_addresses_work() {
    if TcpListener::bind("[::1]:0").is_err() {
        eprintln!("not tried: this machine has no IPv6");
        return;
    }
    on_every_release(async |session| {
        let server = &session.server;
        let conf = server.dir().join("etc/http.conf");
        let text = fs::read_to_string(&conf).unwrap();
        let text = text.replace("bindaddr = 127.0.0.1", "bindaddr = ::1\nprefix = pbx/one");
        fs::write(&conf, text).unwrap();
        server.cli("module reload http");
        let url = format!("http://[::1]:{}/pbx/one/ari", server.http_port());
        let builder = Client::builder(&url).credentials(server.user(), server.password());
        let client = recorder::build(builder, server.release());
        let mut events = client.application("address").connect().await.unwrap();
        client
            .events()
            .user_event("hello", "address")
            .await
            .unwrap();
        if session.is_at_least(22) {
            let over = Client::over_session(events.session());
            over.events().user_event("again", "address").await.unwrap();
        } else {
            client
                .events()
                .user_event("again", "address")
                .await
                .unwrap();
        }
        for expected in ["Connected", "ChannelUserevent", "ChannelUserevent"] {
            assert_eq!(events.next().await.unwrap().unwrap().kind(), expected);
        }
    });
}
