//! Event streams: of applications, of one type of event, of one object, and of a fleet.

pub use crate::client::api_client::RawEvent;
pub use crate::event::connection_event::{ConnectionEvent, ResyncReport};
pub use crate::event::envelope::visit_ids;
pub use crate::event::event_type::{EventPayload, EventType, find_event_type};
pub use crate::event::object::{ObjectKind, ObjectRef, OwnedObject};
pub use crate::fleet::stream::{FleetEvent, FleetStream};
pub use crate::routing::stream::{EventStream, ObjectStream, TypedStream};
pub use crate::session::counters::SessionStats;
pub use crate::session::handle::Session;
pub use crate::session::outcome::{EndReport, Finished, wait_for_terminal_event};
