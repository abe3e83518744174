//! Coverage: every operation and every event is proven on every release, or the reason why it
//! cannot be is recorded.
//!
//! One session per release calls all operations and provokes all events. The result is compared
//! with `api-docs/TRUTH.md`.

mod applications;
mod asterisk;
mod bridges;
mod calls;
mod channels;
mod column;
mod endpoints;
mod mailboxes;
mod recordings;
mod sip_calls;
mod sockets;
mod table;
mod transfers;
mod whole;
mod witness;

use std::cell::RefCell;

use column::Column;
use witness::CoverageRecorder;

use super::session::on_every_release;

#[test]
fn every_operation_and_every_event_is_proven_or_explained() {
    let columns = RefCell::new(Vec::new());
    on_every_release(async |session| {
        let mut witness = CoverageRecorder::new(session).await;
        asterisk::prove(&mut witness).await;
        mailboxes::prove(&mut witness).await;
        endpoints::prove(&mut witness).await;
        applications::prove(&mut witness).await;
        channels::prove(&mut witness).await;
        recordings::prove(&mut witness).await;
        bridges::prove(&mut witness).await;
        calls::prove(&mut witness).await;
        transfers::prove(&mut witness).await;
        sockets::prove(&mut witness).await;
        let verdicts = witness.finish().await;
        columns
            .borrow_mut()
            .push(Column::new(&session.server, verdicts));
    });
    table::compare(columns.into_inner());
}
