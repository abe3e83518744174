//! Phones that call a server. A real server calls itself, and its own end of the call is the phone.

use std::sync::Arc;

use ari_test_support::AUTHORIZATION;
use serde_json::Value;

use super::probe::Probe;

/// The socket of the application that has the phones of a real server. Its events are not compared.
pub(crate) const PHONES: &str = "phones";

/// The origin of phones that call.
#[derive(Clone)]
pub(crate) enum PhoneSource {
    Fake(Arc<ari_mock::Asterisk>),
    Real { sip_port: u16 },
}

impl Probe {
    /// Lets a phone call the application `hello`, which answers. Its channel has the id `name` in
    /// requests and in the transcript.
    pub(crate) async fn call_from_phone(&mut self, name: &str) {
        self.ring_from_phone(name).await;
        self.request("POST", &format!("/ari/channels/{name}/answer"))
            .await;
        if let PhoneSource::Real { .. } = self.phones {
            self.wait_for("StasisStart", &format!("{name}-phone")).await;
        }
    }

    /// Lets a phone call the application `hello`, which does not answer yet.
    pub(crate) async fn ring_from_phone(&mut self, name: &str) {
        match self.phones.clone() {
            PhoneSource::Fake(fake) => {
                let call = fake.incoming_call("PJSIP/loop").caller("Anonymous <loop>");
                let _ = call.to_extension("testari", "unanswered");
            }
            PhoneSource::Real { .. } => {
                if !self.is_connected(PHONES) {
                    self.connect(PHONES, "app=phones").await;
                }
                let target = format!("/ari/channels/{name}-phone?endpoint=PJSIP/unanswered@loop");
                self.control_phone("POST", &format!("{target}&app=phones"))
                    .await;
            }
        }
        self.wait_for_call(name).await;
    }

    /// Lets a phone transfer the other party to an extension.
    pub(crate) async fn transfer(&mut self, name: &str, extension: &str) {
        match self.phones.clone() {
            PhoneSource::Fake(fake) => fake.channel(self.id_of(name)).transfer(extension),
            PhoneSource::Real { sip_port } => {
                let target = format!("PJSIP/sip:{extension}@127.0.0.1:{sip_port}");
                self.redirect_phone(name, &target).await;
            }
        }
    }

    /// Lets a phone connect the other parties of two calls.
    pub(crate) async fn attended_transfer(&mut self, name: &str, second: &str) {
        match self.phones.clone() {
            PhoneSource::Fake(fake) => {
                let second = fake.channel(self.id_of(second));
                fake.channel(self.id_of(name)).attended_transfer(&second);
            }
            PhoneSource::Real { sip_port } => {
                let mut dialog = Vec::new();
                for part in ["call-id", "local_tag", "remote_tag"] {
                    let target = format!("/ari/channels/{}/variable", self.id_of(second));
                    let target = format!("{target}?variable=CHANNEL(pjsip,{part})");
                    let value = self.control_phone("GET", &target).await;
                    dialog.push(value["value"].as_str().unwrap_or_default().to_owned());
                }
                let target = format!(
                    "PJSIP/%3Csip:unanswered@127.0.0.1:{sip_port}%3FReplaces%3D{}\
                     %253Bto-tag%253D{}%253Bfrom-tag%253D{}%3E",
                    dialog[0], dialog[1], dialog[2]
                );
                self.redirect_phone(name, &target).await;
            }
        }
    }

    /// Lets a phone hang up.
    pub(crate) async fn hang_up_phone(&mut self, name: &str) {
        match self.phones.clone() {
            PhoneSource::Fake(fake) => fake.channel(self.id_of(name)).hang_up(),
            PhoneSource::Real { .. } => {
                let target = format!("/ari/channels/{name}-phone");
                self.control_phone("DELETE", &target).await;
            }
        }
    }

    async fn redirect_phone(&self, name: &str, endpoint: &str) {
        let target = format!("/ari/channels/{name}-phone/redirect?endpoint={endpoint}");
        self.control_phone("POST", &target).await;
    }

    /// Sends a request that is not part of the transcript.
    async fn control_phone(&self, method: &str, target: &str) -> Value {
        let (_, value) = self.exchange(method, target, None, AUTHORIZATION).await;
        value
    }
}
