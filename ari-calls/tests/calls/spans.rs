//! The span of a call: the requests of its program are its children, also those of tasks that outlive
//! it, and it says how the call ended.

use ari_mock::Asterisk;
use ari_test_support::{SpanRecorder, wait_until, within_limit};
use tracing::Instrument as _;

use crate::support::{Arrived, with_clock};

#[test]
fn requests_of_a_call_belong_to_its_span() {
    let spans = SpanRecorder::default();
    let _guard = tracing::subscriber::set_default(spans.clone());
    with_clock(async {
        let mut arrived = Arrived::at(Asterisk::builder()).await;
        let program = arrived.run(|call| {
            let mut call = call.hang_up_on_drop();
            let span = call.span().clone();
            async move { call.answer().await.unwrap() }.instrument(span)
        });
        within_limit(program).await.unwrap();
        wait_until("the channel is hung up", || {
            let request = spans.last("ari.operation", "channels.hangup");
            request.is_some_and(|it| it.is_closed)
        })
        .await;
        for operation in ["channels.answer", "channels.hangup"] {
            let request = spans.last("ari.operation", operation).unwrap();
            let call = &spans.spans()[request.parent.expect(operation)];
            assert_eq!(call.name, "ari.call", "{operation}");
            assert_eq!(call.field("asterisk.channel.id"), arrived.alice.id());
            assert_eq!(call.field("asterisk.application"), "calls");
            assert!(call.is_closed);
        }

        let (caller, mut call) = arrived.arrive("bob").await;
        caller.hang_up_with(17);
        within_limit(call.wait_for_end()).await.unwrap();
        let span = spans.last("asterisk.channel.id", "bob").unwrap();
        assert_eq!(span.name, "ari.call");
        assert_eq!(span.field("ari.call.end"), "hung_up");
        assert_eq!(span.field("asterisk.hangup.cause"), "17");
        assert!(!span.is_closed);
    });
}
