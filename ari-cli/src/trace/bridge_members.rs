//! The channels in each bridge, which tell the uses of a bridge apart.

use std::collections::{BTreeMap, BTreeSet};

use crate::trace::generations::Generations;
use crate::trace::object::Object;

/// A change of the channels in a bridge.
pub(crate) enum MemberChange<'a> {
    Entered(&'a Object),
    Left(&'a Object),
    None,
}

/// The channels in each bridge.
#[derive(Debug, Default)]
pub(crate) struct BridgeMembers {
    current: BTreeMap<Object, BTreeSet<Object>>,
}

impl BridgeMembers {
    /// Notes a change with the channels in the bridge after it, if the message has them. Returns the
    /// use of the bridge and the channels that take part in it. A bridge is used anew if nobody
    /// remains of those who were last in it.
    pub(crate) fn apply(
        &mut self,
        generations: &mut Generations,
        bridge: Object,
        snapshot: Option<BTreeSet<Object>>,
        change: &MemberChange<'_>,
    ) -> (Object, BTreeSet<Object>) {
        let known = self.current.get(&bridge);
        let mut after = snapshot.or(known.cloned()).unwrap_or_default();
        let mut before = after.clone();
        match *change {
            MemberChange::Entered(channel) => {
                before.remove(channel);
                after.insert(channel.clone());
            }
            MemberChange::Left(channel) => {
                before.insert(channel.clone());
                after.remove(channel);
            }
            MemberChange::None => {}
        }
        let taking_part: BTreeSet<_> = before.union(&after).cloned().collect();
        let is_newest = generations.newest(bridge.kind(), bridge.id()) == bridge;
        let is_used_anew = is_newest
            && !taking_part.is_empty()
            && known.is_some_and(|known| known.is_disjoint(&before));
        let bridge = match is_used_anew {
            true => generations.renew(&bridge),
            false => bridge,
        };
        if !taking_part.is_empty() || self.current.contains_key(&bridge) {
            self.current.insert(bridge.clone(), after);
        }
        (bridge, taking_part)
    }
}
