//! RTP (RFC 3550) as Asterisk implements it: packets of 20 ms, their payload types and their order.

mod packet;
mod payload_type;
mod reorder;
mod sender;

pub use packet::{Packet, PacketError, encode};
pub use payload_type::format_of;
pub use reorder::{Arrival, Reorder, ReorderStats};
pub use sender::{Sender, UnacceptedFormat};
