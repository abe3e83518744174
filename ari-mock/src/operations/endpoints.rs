//! Endpoints: phones and trunks, and messages to them.

use crate::json::{Json, Object};
use crate::pbx::World;
use crate::server::{Answer, Params, Reply};

pub(crate) fn run(world: &mut World, name: &str, params: &Params) -> Option<Reply> {
    let names = world.endpoints.keys();
    let (tech, resource) = (params.path("tech"), params.path("resource"));
    let answer = match name {
        "list" => Answer::list(names.map(|name| object(world, name))),
        "listByTech" => {
            let prefix = format!("{tech}/");
            let found: Vec<_> = names.filter(|name| name.starts_with(&prefix)).collect();
            if found.is_empty() {
                let message = format!("No Endpoints found - invalid tech {tech}");
                return Some(Answer::refused(404, message).into());
            }
            Answer::list(found.into_iter().map(|name| object(world, name)))
        }
        "get" => {
            // The technology may be written in any case here.
            let wanted = format!("{tech}/{resource}");
            match find(world, &wanted) {
                Some(name) => Answer::object(&object(world, &name)),
                None => not_found(),
            }
        }
        "sendMessage" | "refer" => {
            let Some(to) = params.some("to") else {
                return Some(Answer::refused(400, "To must be specified").into());
            };
            let found = to.split_once(':').and_then(|(tech, name)| {
                let name = name.split('@').next_back().unwrap_or(name);
                find(world, &format!("{tech}/{name}"))
            });
            deliver(world, found)
        }
        "sendMessageToEndpoint" | "referToEndpoint" => {
            let found = find(world, &format!("{tech}/{resource}"));
            deliver(world, found)
        }
        _ => return None,
    };
    Some(answer.into())
}

fn not_found() -> Answer {
    Answer::refused(404, "Endpoint not found")
}

fn find(world: &World, wanted: &str) -> Option<String> {
    let (tech, resource) = wanted.split_once('/')?;
    let mut names = world.endpoints.keys();
    let same = |name: &&String| {
        name.split_once('/')
            .is_some_and(|(known, rest)| known.eq_ignore_ascii_case(tech) && rest == resource)
    };
    names.find(same).cloned()
}

/// A message reaches whoever is online.
fn deliver(world: &World, name: Option<String>) -> Answer {
    let online = name.is_some_and(|name| matches!(world.endpoints.get(&name), Some(Some(_))));
    match online {
        true => Answer::nothing(202),
        false => not_found(),
    }
}

fn object(world: &World, name: &str) -> Object {
    let (tech, resource) = name.split_once('/').unwrap_or((name, ""));
    let online = matches!(world.endpoints.get(name), Some(Some(_)));
    let of_it = world
        .channels
        .values()
        .filter(|channel| channel.is_sip() && channel.endpoint() == Some((tech, resource)));
    let ids: Json = of_it.map(|channel| &channel.id).collect();
    Object::new()
        .with("technology", tech)
        .with("resource", resource)
        .with("state", if online { "online" } else { "offline" })
        .with("channel_ids", ids)
}
