//! Bridges with variables.

use super::session::{on_release, refusal};
use crate::asterisk::Release;

/// `POST /bridges` would respond 400 and leak a bridge, so another operation is sent.
#[test]
fn bridge_with_variables_is_created_without_leak() {
    on_release(Release::V22, async |session| {
        let client = session.client.clone();
        let variables = [("a", "1"), ("type", "holding"), ("é,(", "\"x\"\n")];
        for (id, kind) in [(Some("chosen/id"), "holding"), (None, "mixing,dtmf_events")] {
            let mut request = client.bridges().create().kind(kind).name("with variables");
            if let Some(id) = id {
                request = request.bridge_id(id);
            }
            let bridge = request.variables(variables).await.unwrap();
            assert!(id.is_none_or(|id| bridge.id == id), "{}", bridge.id);
            assert_eq!(bridge.name, "with variables");
            assert!(kind.starts_with(bridge.bridge_type.as_str()));

            let bridge = client.bridge(bridge.id);
            for (name, value) in variables {
                assert_eq!(bridge.get_bridge_var(name).await.unwrap().value, value);
            }
            let names = variables.map(|(name, _)| name);
            let got = bridge.get_bridge_vars(names).await.unwrap().variables;
            assert_eq!(got.len(), names.len());
            bridge.set_bridge_vars([("b", "2")]).await.unwrap();
            assert_eq!(bridge.get_bridge_var("b").await.unwrap().value, "2");
            // Unlike those of channels, these are not functions.
            let (status, _) = refusal(bridge.get_bridge_var("STRFTIME(0,UTC,%Y)").await);
            assert_eq!(status, 404);
        }
        let bridges = client.bridges().list().await.unwrap();
        assert_eq!(bridges.len(), 2, "{bridges:?}");
    });
}
