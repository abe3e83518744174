//! The participants of a conference, as data.

use ari_api::channels::ChannelHandle;

/// A participant of a conference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Participant {
    /// Id of the channel.
    pub channel_id: String,
    /// True if the others do not hear the participant.
    pub is_muted: bool,
    /// True if the participant is talking and not muted. Without talk detection it is always
    /// `false`. An event that is lost with the connection is corrected by the next one only.
    pub is_talking: bool,
}

/// A place in a conference, from the moment at which it is reserved.
pub(crate) struct Member {
    /// Differs from that of every other member, also of former ones.
    pub(crate) ticket: u64,
    pub(crate) channel: ChannelHandle,
    /// True if the channel was added to the bridge.
    pub(crate) has_entered: bool,
    /// True if the program has removed the participant, who may still be in the bridge.
    pub(crate) is_removed: bool,
    pub(crate) is_muted: bool,
    pub(crate) is_talking: bool,
}

impl Member {
    fn is_participant(&self) -> bool {
        self.has_entered && !self.is_removed
    }

    fn participant(&self) -> Participant {
        Participant {
            channel_id: self.channel.channel_id().to_owned(),
            is_muted: self.is_muted,
            is_talking: self.is_talking && !self.is_muted,
        }
    }
}

/// The members, in the order in which they came.
#[derive(Default)]
pub(crate) struct Members {
    pub(crate) is_locked: bool,
    pub(crate) list: Vec<Member>,
    last_ticket: u64,
}

impl Members {
    /// Reserves a place, and returns its ticket.
    pub(crate) fn add(&mut self, channel: ChannelHandle, is_muted: bool) -> u64 {
        self.last_ticket += 1;
        self.list.push(Member {
            ticket: self.last_ticket,
            channel,
            has_entered: false,
            is_removed: false,
            is_muted,
            is_talking: false,
        });
        self.last_ticket
    }

    pub(crate) fn get(&self, ticket: u64) -> Option<&Member> {
        self.list.iter().find(|member| member.ticket == ticket)
    }

    pub(crate) fn get_mut(&mut self, ticket: u64) -> Option<&mut Member> {
        self.list.iter_mut().find(|member| member.ticket == ticket)
    }

    /// Frees a place.
    pub(crate) fn take(&mut self, ticket: u64) -> Option<Member> {
        let at = self
            .list
            .iter()
            .position(|member| member.ticket == ticket)?;
        Some(self.list.remove(at))
    }

    /// Returns the ticket of the participant with this channel.
    pub(crate) fn ticket_of(&self, channel_id: &str) -> Option<u64> {
        let mut participants = self.list.iter().filter(|member| member.is_participant());
        let member = participants.find(|member| member.channel.channel_id() == channel_id)?;
        Some(member.ticket)
    }

    /// Returns `true` if the program has removed the participant.
    pub(crate) fn is_removed(&self, ticket: u64) -> bool {
        self.get(ticket).is_none_or(|member| member.is_removed)
    }

    /// Returns the number of channels in the bridge.
    pub(crate) fn entered(&self) -> usize {
        self.list.iter().filter(|member| member.has_entered).count()
    }

    /// Returns the ticket of the only channel in the bridge.
    pub(crate) fn alone(&self) -> Option<u64> {
        let mut entered = self.list.iter().filter(|member| member.has_entered);
        let first = entered.next()?;
        entered.next().is_none().then_some(first.ticket)
    }

    pub(crate) fn participants(&self) -> Vec<Participant> {
        let participants = self.list.iter().filter(|member| member.is_participant());
        participants.map(Member::participant).collect()
    }
}
