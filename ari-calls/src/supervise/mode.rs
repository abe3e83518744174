//! The parties that hear a supervisor.

/// The parties that hear a supervisor.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SupervisionMode {
    /// Nobody. The supervisor hears both sides.
    #[default]
    Listen,
    /// The party of the supervised channel, such as the agent. Who talks to it hears nothing of it.
    Whisper,
    /// Both sides: the party of the supervised channel, and who talks to it.
    Barge,
}
