//! The table of all actions.

use super::call_actions as calls;
use super::schema::unconditional;
use super::server_actions as server;
use super::{Action, Field, FieldKind};

const CHANNEL: Field = Field::required("channel", FieldKind::Text, "The id of the channel.");
const ENDPOINT: Field = Field::required(
    "endpoint",
    FieldKind::Text,
    "The endpoint, such as `PJSIP/alice`.",
);
const CLOCK: &[Field] = &[
    Field::required(
        "seconds",
        FieldKind::Time,
        "The time since the start of the server.",
    ),
    Field::required("paused", FieldKind::Boolean, "Whether the clock is paused."),
];

/// All actions of the control API.
pub const ACTIONS: &[Action] = &[
    Action {
        name: "call",
        description: "Lets a call arrive from an endpoint, in an application or at an extension. If \
            the application is not connected, the call ends at once, as in the dialplan of a real \
            server.",
        fields: &[
            Field::required(
                "endpoint",
                FieldKind::Text,
                "The endpoint that calls, such as `PJSIP/alice`.",
            ),
            Field::optional(
                "application",
                FieldKind::Text,
                "The application that the call enters.",
            ),
            Field::optional(
                "args",
                FieldKind::Texts,
                "The arguments of the application.",
            ),
            Field::optional(
                "extension",
                FieldKind::Text,
                "The extension, instead of an application.",
            ),
            Field::optional(
                "context",
                FieldKind::Text,
                "The context of the extension; defaults to `testari`.",
            ),
            Field::optional(
                "caller",
                FieldKind::Text,
                "The caller id, such as `Alice <100>` or `100`; defaults to none.",
            ),
            Field::optional(
                "id",
                FieldKind::Text,
                "The id of the channel; defaults to a new one.",
            ),
        ],
        result: &[Field::required(
            "channel",
            FieldKind::Text,
            "The id of the channel.",
        )],
        is_step: true,
        check: calls::check_call,
        run: calls::call,
    },
    Action {
        name: "press",
        description: "The far end presses keys, each for 100 ms with a pause of 100 ms.",
        fields: &[
            CHANNEL,
            Field::required("keys", FieldKind::Keys, "The keys, such as `12#`."),
        ],
        result: &[],
        is_step: true,
        check: unconditional,
        run: calls::press,
    },
    Action {
        name: "talk",
        description: "The far end talks, which talk detection (`TALK_DETECT`) reports.",
        fields: &[
            CHANNEL,
            Field::required("seconds", FieldKind::Seconds, "The duration, from now on."),
        ],
        result: &[],
        is_step: true,
        check: unconditional,
        run: calls::talk,
    },
    Action {
        name: "tone",
        description: "The far end sends the tone that `TONE_DETECT` listens for.",
        fields: &[CHANNEL],
        result: &[],
        is_step: true,
        check: unconditional,
        run: calls::tone,
    },
    Action {
        name: "ring",
        description: "A phone that the application calls begins to ring.",
        fields: &[CHANNEL],
        result: &[],
        is_step: true,
        check: unconditional,
        run: calls::ring,
    },
    Action {
        name: "answer",
        description: "A phone that the application calls answers.",
        fields: &[CHANNEL],
        result: &[],
        is_step: true,
        check: unconditional,
        run: calls::answer,
    },
    Action {
        name: "hold",
        description: "The far end puts the server on hold.",
        fields: &[CHANNEL],
        result: &[],
        is_step: true,
        check: unconditional,
        run: calls::hold,
    },
    Action {
        name: "unhold",
        description: "The far end takes the server off hold.",
        fields: &[CHANNEL],
        result: &[],
        is_step: true,
        check: unconditional,
        run: calls::unhold,
    },
    Action {
        name: "hangup",
        description: "The far end hangs up, or rejects the call.",
        fields: &[
            CHANNEL,
            Field::optional(
                "cause",
                FieldKind::Integer(0, 127),
                "The hangup cause: 17 is busy, 21 is rejected; defaults to 16.",
            ),
        ],
        result: &[],
        is_step: true,
        check: unconditional,
        run: calls::hangup,
    },
    Action {
        name: "transfer",
        description: "The phone transfers the other party: to an extension (blind transfer), or to \
            the party of its other call (attended transfer). The extension must exist in the \
            context of `TRANSFER_CONTEXT` or in `testari`, unless an application carries out \
            transfers.",
        fields: &[
            CHANNEL,
            Field::optional(
                "extension",
                FieldKind::Text,
                "The extension to transfer to.",
            ),
            Field::optional(
                "other",
                FieldKind::Text,
                "The channel of the phone's other call.",
            ),
        ],
        result: &[],
        is_step: true,
        check: calls::check_transfer,
        run: calls::transfer,
    },
    Action {
        name: "pause",
        description: "Stops the clock. Everything that would happen later waits.",
        fields: &[],
        result: CLOCK,
        is_step: false,
        check: unconditional,
        run: server::pause,
    },
    Action {
        name: "resume",
        description: "Lets the clock run again.",
        fields: &[],
        result: CLOCK,
        is_step: false,
        check: unconditional,
        run: server::resume,
    },
    Action {
        name: "advance",
        description: "Moves the clock forward, by at most a week at once. Everything that falls due \
            in between happens at once, in order, and each event has its own time stamp.",
        fields: &[Field::required(
            "seconds",
            FieldKind::Seconds,
            "The time to move by.",
        )],
        result: CLOCK,
        is_step: false,
        check: unconditional,
        run: server::advance,
    },
    Action {
        name: "fault",
        description: "Makes the next requests for an operation fail, or delays them.",
        fields: &[
            Field::optional(
                "operation",
                FieldKind::Text,
                "The operation, such as `channels.answer`; `events.eventWebsocket` is the opening of \
                 a WebSocket. Defaults to `*`, which is any operation.",
            ),
            Field::optional(
                "status",
                FieldKind::Integer(400, 599),
                "The status of the response. The operation is not executed.",
            ),
            Field::optional("message", FieldKind::Text, "The message of that response."),
            Field::optional(
                "delay",
                FieldKind::Seconds,
                "The delay of the requests in seconds. Later ones on the same WebSocket are delayed, too.",
            ),
            Field::optional(
                "times",
                FieldKind::Integer(1, 1_000_000),
                "The number of requests; defaults to 1.",
            ),
        ],
        result: &[],
        is_step: true,
        check: server::check_fault,
        run: server::fault,
    },
    Action {
        name: "response-delay",
        description: "Delays all responses from now on.",
        fields: &[Field::required(
            "seconds",
            FieldKind::Seconds,
            "The delay in seconds; 0 ends it.",
        )],
        result: &[],
        is_step: true,
        check: unconditional,
        run: server::response_delay,
    },
    Action {
        name: "disconnect",
        description: "Aborts the WebSocket of an application, or all connections, without a closing \
            handshake. Calls continue, and an application with calls or subscriptions is kept, as by a \
            real server.",
        fields: &[Field::optional(
            "application",
            FieldKind::Text,
            "The application; defaults to all connections.",
        )],
        result: &[],
        is_step: true,
        check: unconditional,
        run: server::disconnect,
    },
    Action {
        name: "send",
        description: "Sends any text to all WebSockets, such as an invalid event.",
        fields: &[Field::required("text", FieldKind::Text, "The text.")],
        result: &[],
        is_step: true,
        check: unconditional,
        run: server::send,
    },
    Action {
        name: "restart",
        description: "Restarts the server as after a crash. All connections, calls, bridges and \
            applications are lost; recordings, requests and violations are kept.",
        fields: &[],
        result: &[],
        is_step: true,
        check: unconditional,
        run: server::restart,
    },
    Action {
        name: "reset",
        description: "Prepares for the next test: everything is as at the start. All calls hang up. \
            Bridges, recordings, variables, mailboxes, states of devices, changes of endpoints, \
            modules and log channels, faults, a running scenario, requests and violations are \
            removed. Applications stay connected. An application that has subscribed to endpoints, \
            device states or all objects, or has set an event filter, is disconnected instead: it \
            connects and subscribes again, as after a restart. Requests that a fault still delays fail with 503. \
            The clock goes on or stays paused.",
        fields: &[],
        result: &[],
        is_step: false,
        check: unconditional,
        run: server::reset,
    },
    Action {
        name: "register",
        description: "Registers an endpoint, so that it is online. An unknown one is added.",
        fields: &[ENDPOINT],
        result: &[],
        is_step: true,
        check: unconditional,
        run: server::register,
    },
    Action {
        name: "unregister",
        description: "Unregisters an endpoint that exists, so that it is offline and calls to it fail.",
        fields: &[ENDPOINT],
        result: &[],
        is_step: true,
        check: unconditional,
        run: server::unregister,
    },
    Action {
        name: "device-state",
        description: "Sets the state of a device. From now on its calls do not change it.",
        fields: &[
            Field::required(
                "device",
                FieldKind::Text,
                "The device, such as `PJSIP/alice`.",
            ),
            Field::required("state", FieldKind::Text, "The state, such as `BUSY`."),
        ],
        result: &[],
        is_step: true,
        check: unconditional,
        run: server::device_state,
    },
    Action {
        name: "mailbox",
        description: "Sets the numbers of messages in a mailbox.",
        fields: &[
            Field::required(
                "mailbox",
                FieldKind::Text,
                "The mailbox, such as `100@default`.",
            ),
            Field::required(
                "old",
                FieldKind::Integer(0, 1_000_000),
                "The number of old messages.",
            ),
            Field::required(
                "new",
                FieldKind::Integer(0, 1_000_000),
                "The number of new messages.",
            ),
        ],
        result: &[],
        is_step: true,
        check: unconditional,
        run: server::mailbox,
    },
    Action {
        name: "message",
        description: "Sends a text message from an endpoint, which exists or has a call, to a user of \
            the server.",
        fields: &[
            ENDPOINT,
            Field::required("to", FieldKind::Text, "The user, such as `100`."),
            Field::required("text", FieldKind::Text, "The text."),
        ],
        result: &[],
        is_step: true,
        check: unconditional,
        run: server::message,
    },
];

/// Returns an action, such as `call`.
pub(crate) fn find_action(name: &str) -> Option<&'static Action> {
    ACTIONS.iter().find(|action| action.name == name)
}
