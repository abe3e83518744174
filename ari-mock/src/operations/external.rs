//! Channels that are not calls: listening in, and programs that get the media.

use super::originate::{arguments, check_formats, enter_shown};
use super::variables;
use crate::pbx::{Call, Channel, Dialing, Kind, Position, Then, World};
use crate::server::{Answer, Params};

fn nowhere() -> Position {
    Position {
        context: "default".to_owned(),
        extension: "s".to_owned(),
        priority: 1,
    }
}

pub(crate) fn snoop(world: &mut World, id: &str, params: &Params) -> Answer {
    let refused = |status, message: &str| Answer::refused(status, message);
    let given = Some(params.path("snoopId")).filter(|id| !id.is_empty());
    let given = given.or(params.some("snoopId")).map(str::to_owned);
    if !world.channels.contains_key(id) {
        return refused(404, "Provided channel was not found");
    }
    let direction = |name: &str| match params.some(name) {
        None | Some("none") => Ok(false),
        Some("in" | "out" | "both") => Ok(true),
        Some(_) => Err(refused(
            400,
            &format!("Invalid direction specified for {name}"),
        )),
    };
    let (spies, whispers) = match (direction("spy"), direction("whisper")) {
        (Ok(spies), Ok(whispers)) => (spies, whispers),
        (Err(answer), _) | (_, Err(answer)) => return answer,
    };
    if !spies && !whispers {
        let message = "Direction must be specified for at least spy or whisper";
        return refused(400, message);
    }
    let Some(app) = params.some("app").map(str::to_owned) else {
        return refused(400, "Application name is required");
    };
    if given
        .as_ref()
        .is_some_and(|id| world.channels.contains_key(id))
    {
        return Answer::refused(409, "Channel with given unique ID already exists");
    }
    let own = given.unwrap_or_else(|| world.new_channel_id());
    let name = format!("Snoop/{id}-{:08x}", world.name_number());
    let kind = Kind::Snoop {
        spied: id.to_owned(),
    };
    let mut channel = Channel::new(own.clone(), name, kind, nowhere());
    channel.state = "Up";
    world.add(channel, &Call::default());
    let data = params.some("appArgs").unwrap_or_default();
    let written = match data {
        "" => app.clone(),
        data => format!("{app},{data}"),
    };
    let args = arguments(data);
    let answer = world
        .channels
        .get(&own)
        .map(|channel| Answer::object(&channel.object()));
    enter_shown(world, &own, &app, &args, &written);
    answer.unwrap_or_else(|| refused(500, "Internal Server Error"))
}

pub(crate) fn media(world: &mut World, params: &Params) -> Answer {
    let newer = world.is_newer();
    let refused = |status, message: &str| Answer::refused(status, message);
    let Some(app) = params.some("app").map(str::to_owned) else {
        return refused(400, "app cannot be empty");
    };
    let Some(host) = params.some("external_host") else {
        return match newer {
            true => refused(
                400,
                "external_host is required for all but websocket server connections",
            ),
            false => refused(400, "external_host cannot be empty"),
        };
    };
    let port = host.rsplit_once(':').map(|(_, port)| port.parse::<u16>());
    if !matches!(port, Some(Ok(_))) {
        return match newer {
            true => refused(
                400,
                "external_host must be <host>:<port> for all transports other than websocket",
            ),
            false => refused(400, "external_host must be <host>:<port>"),
        };
    }
    let Some(format) = params.some("format").map(str::to_owned) else {
        return refused(400, "format cannot be empty");
    };
    let transport = params.some("transport").unwrap_or("udp");
    let encapsulation = params.some("encapsulation").unwrap_or("rtp");
    if (transport, encapsulation) != ("udp", "rtp") {
        return match (encapsulation, newer) {
            ("rtp", true) => refused(400, "transport must be 'udp' for rtp encapsulation"),
            _ => refused(501, "The encapsulation and/or transport is not supported"),
        };
    }
    if newer
        && params
            .some("direction")
            .is_some_and(|given| given != "both")
    {
        return refused(400, "Invalid direction specified");
    }
    if let Err(answer) = check_formats(&format) {
        return match newer {
            true => refused(
                500,
                "An internal error prevented this request from being handled",
            ),
            false => answer,
        };
    }
    let given = match params
        .object("variables")
        .map(|values| variables(world, values))
    {
        None => Vec::new(),
        Some(Ok(values)) => values,
        Some(Err(answer)) => return answer,
    };
    let id = params.some("channelId").map(str::to_owned);
    if id
        .as_ref()
        .is_some_and(|id| world.channels.contains_key(id))
    {
        return Answer::refused(409, "Channel with given unique ID already exists");
    }
    let id = id.unwrap_or_else(|| world.new_channel_id());
    let (host, number) = (host.to_owned(), world.number());
    let name = format!(
        "UnicastRTP/{host}-0x{:012x}",
        0x7f00_0000_0000 + number * 16
    );
    let channel = Channel::new(id.clone(), name, Kind::Media, nowhere());
    let call = Call {
        variables: given,
        ..Call::default()
    };
    world.add(channel, &call);
    let port = (20_000 + number % 10_000).to_string();
    world.set_variable(&id, "UNICASTRTP_LOCAL_ADDRESS", Some("127.0.0.1"), false);
    world.set_variable(&id, "UNICASTRTP_LOCAL_PORT", Some(&port), false);
    world.mark_outgoing(&id);
    world.subscribe_channel(&app, &id);
    let answer = world.channels.get(&id).map(|channel| {
        let vars = crate::json::Object::new()
            .with("UNICASTRTP_LOCAL_PORT", &port)
            .with("UNICASTRTP_LOCAL_ADDRESS", "127.0.0.1");
        Answer::object(&channel.object().with("channelvars", vars))
    });
    let dialing = Dialing {
        then: Then::Application(app.clone(), Vec::new(), app),
        string: match newer {
            true => format!("{host}/c({format})"),
            false => host,
        },
    };
    world.dial(&id, dialing, None);
    answer.unwrap_or_else(|| refused(500, "Internal Server Error"))
}
