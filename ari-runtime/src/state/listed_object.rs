//! Objects as the server lists them, as far as sessions need them.

/// The parts of a channel, bridge, playback or recording that sessions need, from a list or a
/// single response.
#[derive(Clone, Debug, Default)]
pub(crate) struct ListedObject {
    pub(crate) id: String,
    /// The name of a channel begins with the name of its endpoint.
    pub(crate) name: String,
    /// The channel or bridge that a playback or a recording belongs to.
    pub(crate) target_uri: Option<String>,
    state: String,
    dialplan: Dialplan,
}

crate::__model!(
    ListedObject = named("ListedObject"),
    id = defaulted("id"),
    name = defaulted("name"),
    target_uri = optional("target_uri"),
    state = defaulted("state"),
    dialplan = defaulted("dialplan"),
);

#[derive(Clone, Debug, Default)]
struct Dialplan {
    app_name: Option<String>,
    app_data: Option<String>,
}

crate::__model!(
    Dialplan = named("Dialplan"),
    app_name = optional("app_name"),
    app_data = optional("app_data"),
);

impl ListedObject {
    /// Returns the application that a channel has passed to `Stasis()` in the dialplan, if it is
    /// still in `Stasis()`. `None` if the server does not report it or the channel executes
    /// something else.
    pub(crate) fn stasis_application(&self) -> Option<&str> {
        let name = self.dialplan.app_name.as_deref()?;
        let data = self.dialplan.app_data.as_deref().unwrap_or_default();
        (name == "Stasis").then(|| data.split(',').next().unwrap_or_default())
    }

    /// Returns true if a channel was offered to all applications. It is then in the application
    /// that has claimed it, if any.
    pub(crate) fn is_broadcast(&self) -> bool {
        self.dialplan.app_name.as_deref() == Some("StasisBroadcast")
    }

    /// Returns true if the server reports the dialplan application that a channel executes. Not all
    /// releases do.
    pub(crate) fn reports_dialplan(&self) -> bool {
        self.dialplan.app_name.is_some()
    }

    /// Returns true if a channel has been answered.
    pub(crate) fn is_up(&self) -> bool {
        self.state == "Up"
    }
}
