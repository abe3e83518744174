//! Call broadcasts: applications are notified of a call, and the first one to claim it gets it.

use std::time::Duration;

use super::World;
use crate::json::Object;

/// The settings of a [`Step::StasisBroadcast`](crate::Step::StasisBroadcast).
#[derive(Clone, Debug, PartialEq)]
#[must_use]
pub struct Offer {
    time: Duration,
    apps: Vec<String>,
    args: Vec<String>,
    tells: bool,
}

impl Offer {
    /// Broadcasts the call to all applications for `time`, without reporting the claim.
    pub fn new(time: Duration) -> Self {
        Offer {
            time,
            apps: Vec::new(),
            args: Vec::new(),
            tells: false,
        }
    }

    /// Broadcasts the call only to these applications. A real server matches their names with a
    /// regular expression.
    pub fn to(mut self, apps: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.apps = apps.into_iter().map(Into::into).collect();
        self
    }

    /// Sets the arguments that the application gets.
    pub fn args(mut self, args: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.args = args.into_iter().map(Into::into).collect();
        self
    }

    /// Reports the claim with `CallClaimed` to all applications that received the broadcast.
    pub fn tell_of_claims(mut self) -> Self {
        self.tells = true;
        self
    }

    /// Returns the arguments of the dialplan application.
    pub(super) fn data(&self) -> String {
        let filter = match &*self.apps {
            [] => String::new(),
            apps => format!("^({})$", apps.join("|")),
        };
        let tells = if self.tells { "yes" } else { "" };
        let data = format!(
            "{},{filter},{},{tells}",
            self.time.as_millis(),
            self.args.join(":")
        );
        data.trim_end_matches(',').to_owned()
    }

    fn reaches(&self, app: &str) -> bool {
        self.apps.is_empty() || self.apps.iter().any(|name| name == app)
    }
}

/// The state of a broadcast.
#[derive(Clone, Debug)]
pub(crate) enum Offered {
    Open(Offer),
    Claimed,
}

/// The reason why a channel cannot be claimed.
pub(crate) enum NotClaimed {
    TooLate,
    NotOnOffer,
}

impl World {
    /// Returns whether the release has call broadcasts.
    fn offers_calls(&self) -> bool {
        let mut operations = ari_api::OPERATIONS.iter();
        let claim = operations.find(|known| known.nickname == "claimChannel");
        claim.is_some_and(|claim| claim.availability.includes(self.settings.version))
    }

    pub(super) fn offer(&mut self, id: &str, offer: &Offer) {
        if !self.offers_calls() {
            // The dialplan ends because the dialplan application does not exist.
            self.hangs_itself_up(id);
            return;
        }
        self.varset(id, "STASISSTATUS", "");
        let Some(channel) = self.channels.get_mut(id) else {
            return;
        };
        channel.offered = Some(Offered::Open(offer.clone()));
        let turn = channel.turn;
        let rest = Object::new()
            .with("channel", channel.object())
            .with("caller", &channel.caller.number)
            .with("called", &channel.position.extension);
        self.tell_reached(offer, "CallBroadcast", &rest);
        self.after_for(id, offer.time, move |world, id| {
            if let Some(channel) = world.channels.get_mut(id)
                && channel.turn == turn
                && matches!(channel.offered, Some(Offered::Open(_)))
            {
                channel.offered = None;
                world.varset(id, "STASISSTATUS", "TIMEOUT");
                world.next_step(id, Duration::ZERO);
            }
        });
    }

    fn tell_reached(&mut self, offer: &Offer, kind: &'static str, rest: &Object) {
        let reached = |name: &&String| self.is_registered(name) && offer.reaches(name);
        let names: Vec<_> = self.apps.keys().filter(reached).cloned().collect();
        for name in names {
            self.tell(&name, kind, rest.clone());
        }
    }

    /// Claims a channel for an application. A claim for an unregistered application is accepted,
    /// too. The channel then continues in the dialplan, because it cannot enter the application.
    pub(crate) fn claim(&mut self, id: &str, app: &str) -> Result<(), NotClaimed> {
        let channel = self.channels.get_mut(id).ok_or(NotClaimed::NotOnOffer)?;
        let offer = match channel.offered.take() {
            Some(Offered::Open(offer)) => offer,
            Some(Offered::Claimed) => {
                channel.offered = Some(Offered::Claimed);
                return Err(NotClaimed::TooLate);
            }
            None => return Err(NotClaimed::NotOnOffer),
        };
        let rest = Object::new()
            .with("channel", channel.object())
            .with("winner_app", app);
        if offer.tells {
            self.tell_reached(&offer, "CallClaimed", &rest);
        }
        if !self.is_registered(app) {
            self.set_variable(id, "STASISSTATUS", Some("FAILED"), false);
            self.next_step(id, Duration::ZERO);
            return Ok(());
        }
        if let Some(channel) = self.channels.get_mut(id) {
            channel.offered = Some(Offered::Claimed);
        }
        self.start(id, app, &offer.args);
        Ok(())
    }
}
