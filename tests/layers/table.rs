//! The layers of the crates, from the lowest to the highest.

/// Crates by layer: each may depend on those of lower layers.
pub const CRATES: &[&[&str]] = &[
    &["ari-runtime", "ari-codegen"],
    &["ari-api", "ari-pcm"],
    &["ari-media", "ari-mock"],
    &["ari-calls", "ari-cluster"],
    &["ari-cli"],
];

/// Crates that depend on no other crate of the workspace, and that none of them depends on.
pub const SEPARATE_CRATES: &[&str] = &["tests/support"];

/// A layer of a crate. Its files may import one another and those of lower layers.
pub struct Layer {
    /// Files and folders below `src`, without `.rs`.
    pub files: &'static [&'static str],
    pub purpose: &'static str,
}

const fn layer(files: &'static [&'static str], purpose: &'static str) -> Layer {
    Layer { files, purpose }
}

/// The layers inside each crate.
pub const LAYERS: &[(&str, &[Layer])] = &[
    (
        "ari-runtime",
        &[
            layer(
                &[
                    "protocol",
                    "json",
                    "schema",
                    "values",
                    "error",
                    "event",
                    "request",
                    "response",
                    "transport/request_counter",
                ],
                "requests, responses, events and errors, as data",
            ),
            layer(
                &["transport", "client/credentials"],
                "the interface of transports, and the one over HTTP",
            ),
            layer(&["traffic"], "the recording of what transports carry"),
            layer(&["state"], "the known state of the server, without I/O"),
            layer(
                &[
                    "session/activity",
                    "session/core",
                    "session/counters",
                    "session/log",
                    "session/reconnect",
                    "session/retry_policy",
                    "session/settings",
                    "session/ws_requests",
                    "reconcile/work_queue",
                    "client/server_version",
                ],
                "the part of a session that knows no type of events",
            ),
            layer(&["routing"], "from events to the queues of streams"),
            layer(
                &["session"],
                "the state of a session with its routing, and its handle",
            ),
            layer(
                &["routing/stream"],
                "the streams of applications and objects",
            ),
            layer(
                &["reconcile", "session/pre_close", "session/outcome"],
                "reconciliation with the server",
            ),
            layer(
                &["session/driver", "session/start"],
                "the task that owns a WebSocket",
            ),
            layer(
                &["client", "fleet"],
                "connections to one server or many, and their builder",
            ),
            layer(
                &["config"],
                "the settings of clients, from the environment and a file",
            ),
            layer(&["server"], "the server that Asterisk connects to"),
            layer(&["stream", "codegen", "lib"], "the public modules"),
        ],
    ),
    (
        "ari-api",
        &[
            layer(&["generated/models"], "responses and events, as data"),
            layer(&["generated/operations"], "the table of operations"),
            layer(&["generated/event"], "the enum of all events"),
            layer(&["generated/client"], "the client"),
            layer(&["generated/requests"], "requests, resources and handles"),
            layer(
                &["generated"],
                "the way from the client to resources and handles",
            ),
            layer(
                &["outcome", "from_env"],
                "outcomes of calls and claims, and clients of the environment",
            ),
            layer(&["guide", "lib"], "the public modules and the guide"),
        ],
    ),
    (
        "ari-pcm",
        &[
            layer(&["rate", "level"], "sample rates and levels"),
            layer(&["filter", "g722"], "filters and codecs of their own"),
            layer(
                &["format", "codec", "resampler"],
                "formats, and the conversion of samples",
            ),
            layer(&["wav"], "WAV files"),
            layer(&["lib"], "the public modules"),
        ],
    ),
    (
        "ari-media",
        &[
            layer(&["pcm"], "PCM samples, and their formats"),
            layer(
                &["playout", "capture"],
                "the paths of audio to the caller and from it, without I/O",
            ),
            layer(
                &["carrier"],
                "the wire formats of the carriers, and the choice between them",
            ),
            layer(&["connection"], "the sockets of the carriers"),
            layer(
                &["event", "error", "stats"],
                "events, errors and counters of sessions",
            ),
            layer(
                &["session"],
                "the channels and bridges of a session, and its task",
            ),
            layer(
                &[
                    "handle", "sender", "receiver", "media", "tap", "service", "client", "wav_file",
                ],
                "sessions for applications",
            ),
            layer(&["guide", "lib"], "the public modules and the guide"),
        ],
    ),
    (
        "ari-calls",
        &[
            layer(
                &[
                    "deadline",
                    "error",
                    "key",
                    "media",
                    "span",
                    "transfer_request",
                ],
                "values that all other files use",
            ),
            layer(
                &["pattern", "input"],
                "the keys of an input, without a call and without time",
            ),
            layer(
                &["claim", "retry", "hangup_guard", "own_bridge"],
                "requests that are sent again, and objects that are removed or free with their owner",
            ),
            layer(
                &["talk_events"],
                "talking that was reported, without a call",
            ),
            layer(
                &["call", "bridge_watch", "running", "task"],
                "a call with its events and its bridge, and operations and requests that run to their end",
            ),
            layer(&["audio"], "the audio sessions of a call"),
            layer(
                &["play", "record", "let_go", "phone_transfer"],
                "steps that are one operation of the server",
            ),
            layer(&["detect"], "answering machine detection"),
            layer(
                &["speech"],
                "numbers, dates and the like as sounds, and the check of the sounds",
            ),
            layer(&["play_queue"], "media that play in the background"),
            layer(&["ask"], "a question, its attempts and its timeouts"),
            layer(&["collect", "menu"], "questions for applications"),
            layer(&["review"], "recordings that the caller reviews"),
            layer(
                &["dial"],
                "calls to other endpoints, and conversations with them",
            ),
            layer(&["supervise"], "supervision of the calls of others"),
            layer(&["conversation"], "conversations that the program controls"),
            layer(&["transfer"], "the public items of all transfers"),
            layer(&["conference"], "conferences"),
            layer(
                &["parking"],
                "calls that wait until somebody retrieves them",
            ),
            layer(&["call_queue"], "queues of callers for agents"),
            layer(&["guide", "lib"], "the public modules and the guide"),
        ],
    ),
    (
        "ari-cluster",
        &[
            layer(
                &["wire", "hooks"],
                "the messages on the bus, and hooks of the simulation",
            ),
            layer(
                &["bus", "error", "login"],
                "the bus over NATS, and in memory",
            ),
            layer(&["history"], "the stream of the history"),
            layer(
                &["reader"],
                "events in order, and asking for those that were lost",
            ),
            layer(&["gateway"], "the gateway of a server"),
            layer(
                &["testing"],
                "the invariants of a cluster, and their checker",
            ),
            layer(
                &["transport"],
                "requests to a gateway, and its events as a WebSocket",
            ),
            layer(&["worker"], "the calls of a program, and their handlers"),
            layer(
                &["pick", "watch", "drain"],
                "the choice and draining of servers, and the events of all",
            ),
            layer(&["cluster"], "the connection of a program to a cluster"),
            layer(&["lib"], "the public modules"),
        ],
    ),
    (
        "ari-mock",
        &[
            layer(
                &[
                    "docs",
                    "invalid_bytes",
                    "json",
                    "sorted_map",
                    "spec_history",
                    "violation",
                ],
                "values that all other files use",
            ),
            layer(&["release_schema"], "properties and events by release"),
            layer(&["rest"], "requests, parameters and responses"),
            layer(
                &["model"],
                "channels, bridges, applications and the like, as data",
            ),
            layer(
                &["pbx"],
                "the state, and everything that changes it or publishes events",
            ),
            layer(&["operations"], "the operations, one file per resource"),
            layer(
                &["control"],
                "the control API: its actions and their description",
            ),
            layer(&["server"], "HTTP and WebSockets"),
            layer(&["replay"], "recorded traffic that is played to a program"),
            layer(&["handle", "lib"], "the public handle of tests"),
        ],
    ),
    (
        "ari-codegen",
        &[
            layer(
                &[
                    "error",
                    "spec_file",
                    "release",
                    "markdown",
                    "parallel",
                    "naming",
                    "api/duration",
                    "api/availability",
                ],
                "values and helpers",
            ),
            layer(
                &["spec", "history"],
                "specs as read from JSON, and their changes within a release",
            ),
            layer(&["fixups"], "named corrections of errors in specs"),
            layer(
                &["source", "timeline"],
                "sources of specs, and their state at each point release",
            ),
            layer(&["api"], "the merged Api"),
            layer(&["descriptions"], "texts beside the specs"),
            layer(&["emit"], "from the Api to Rust source"),
            layer(
                &["output", "bindings", "crate_files", "generator"],
                "the generator, and the files that it writes",
            ),
            layer(
                &["check", "diff", "export", "import", "rust_names"],
                "other uses of specs",
            ),
            layer(&["command", "lib", "main"], "the library and the command"),
        ],
    ),
    (
        "ari-cli",
        &[
            layer(
                &[
                    "error",
                    "text",
                    "event",
                    "release",
                    "names",
                    "argument_error",
                    "atomic_file",
                    "journal",
                    "closest_name",
                    "signals",
                    "api_request",
                ],
                "errors and values",
            ),
            layer(
                &[
                    "terminal",
                    "json_value",
                    "fields",
                    "table",
                    "event_summary",
                    "event_line",
                    "event_filter",
                    "help_text",
                    "reader",
                    "script",
                    "progress",
                    "level_meter",
                ],
                "terminal output: tables, lines, progress",
            ),
            layer(
                &[
                    "error_message",
                    "config_file",
                    "connection_options",
                    "exec_session",
                    "global_options",
                    "output",
                    "printer",
                    "recording",
                    "replay",
                    "verbose",
                ],
                "options and output",
            ),
            layer(
                &[
                    "command_tree",
                    "arguments",
                    "candidates",
                    "complete",
                    "completions",
                ],
                "arguments, from the table of operations",
            ),
            layer(
                &[
                    "temp_app",
                    "own_objects",
                    "registration",
                    "subscriptions",
                    "transport",
                    "connect",
                    "nats_options",
                    "log",
                    "audio",
                    "phone",
                ],
                "the connection to the server",
            ),
            layer(
                &[
                    "call",
                    "dial",
                    "doctor",
                    "events",
                    "exec",
                    "explore",
                    "gateway",
                    "history",
                    "listen",
                    "mock",
                    "operation",
                    "play",
                    "profile",
                    "record",
                    "request",
                    "servers",
                    "snoop",
                    "talk",
                    "top",
                    "trace",
                    "transfer",
                    "wait",
                    "watch",
                ],
                "the commands",
            ),
            layer(&["command", "main"], "the command line"),
        ],
    ),
    (
        "tests/support",
        &[layer(
            &[
                "client", "frame", "lib", "nats", "peer", "request", "server", "signal", "spans",
                "tls", "wait",
            ],
            "the server, the client, the signals, the spans and the waits of tests",
        )],
    ),
];

/// Returns the layers as CONTRIBUTING.md shows them.
pub fn markdown() -> String {
    let code = |names: &[&str]| {
        let names = names.iter().map(|name| format!("`{name}`"));
        names.collect::<Vec<_>>().join(", ")
    };
    let crates: Vec<String> = CRATES.iter().map(|names| code(names)).collect();
    let mut text = format!(
        "Crates, each of which depends on those before it: {}. Apart from them: {}.\n\n\
         | crate | files below `src` | layer, lowest first |\n|---|---|---|\n",
        crates.join(" ← "),
        code(SEPARATE_CRATES)
    );
    for (name, layers) in LAYERS {
        for layer in *layers {
            let files = code(layer.files);
            text += &format!("| {name} | {files} | {} |\n", layer.purpose);
        }
    }
    text
}
