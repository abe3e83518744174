//! Mailboxes of other voicemail systems.

use super::witness::CoverageRecorder;

const MODULE: &str = "res_ari_mailboxes.so";

pub(super) async fn prove(witness: &mut CoverageRecorder<'_>) {
    let client = witness.client.clone();
    let mailbox = client.mailbox("100@default");
    witness.prove_if_built(MODULE, mailbox.update(1, 2)).await;
    witness.prove_if_built(MODULE, mailbox.get()).await;
    let list = client.mailboxes().list();
    witness.prove_if_built(MODULE, list).await;
    witness.prove_if_built(MODULE, mailbox.delete()).await;
}
