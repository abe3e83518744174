//! Lists arrive complete, in the query as well as in JSON.

use ari_api::client::ToRequest;
use ari_api::{asterisk, bridges};

use super::session::on_every_release;

#[test]
fn lists_arrive_complete_in_query_and_json() {
    on_every_release(async |session| {
        let client = session.client.clone();
        // Asterisk splits at a comma in the query, but not in a JSON string.
        let info = asterisk::GetInfo::new().only(["build", "status"]);
        assert_eq!(info.to_request().unwrap().body(), None);
        let info = client.send(info).await.unwrap();
        assert!(info.build.is_some() && info.status.is_some());
        assert!(info.system.is_none() && info.config.is_none());

        // Ids with a comma force JSON.
        for (first, second) in [("one", "two"), ("a,b", "(c")] {
            for id in [first, second] {
                let request = client.channel(id).originate_with_id("Local/1@testari");
                request.app(super::session::APP).await.unwrap();
                session.wait_for_stasis_start(id).await;
            }
            let bridge = client.bridges().create().await.unwrap().id;
            let add = bridges::AddChannel::new(&bridge, [first, second]);
            assert_eq!(
                add.to_request().unwrap().body().is_some(),
                first.contains(',')
            );
            client.send(add).await.unwrap();
            for _ in 0..2 {
                session.wait_for_kind("ChannelEnteredBridge").await;
            }
            let mut inside = client.bridge(&bridge).get().await.unwrap().channels;
            inside.sort_unstable();
            let mut expected = [first, second];
            expected.sort_unstable();
            assert_eq!(inside, expected);
            let remove = client.bridge(&bridge).remove_channel([first, second]);
            remove.await.unwrap();
            client.bridge(&bridge).destroy().await.unwrap();
        }
    });
}
