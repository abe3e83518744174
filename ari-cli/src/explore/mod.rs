//! `ari explore`: a page in the browser with the operations, the events and the calls of a server.

mod applications;
mod assets;
mod body;
mod browser;
mod document;
mod events;
mod explorer;
mod hub;
mod places;
mod proxy;
mod recent;
mod registered;
mod reply;
mod routes;
mod security;
mod server;
mod snippets;
mod state;
mod timeline;

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use serde_json::json;
use tokio::net::TcpListener;

use crate::connect;
use crate::connection_options::ConnectionOptions;
use crate::error::{CliError, ErrorKind};
use crate::event::CommandConnection;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::own_objects::OwnObjects;
use crate::registration::TakeOver;
use crate::signals::Signals;
use crate::temp_app::{self, TempApp};
use crate::terminal::{print_error, print_note, stdout};
use applications::Conflict;
use document::Document;
use explorer::Explorer;
use hub::Hub;
use recent::Recent;
use registered::Applications;
use security::Security;
use snippets::Target;

/// Open a page in the browser with the operations, live events and calls of the server.
///
/// This process serves the page on this machine only, and sends the requests of the page with the
/// credentials of the command, which the browser never sees. The URL contains a random token: anyone
/// who has it can use the page. The page is served until Ctrl-C.
#[derive(Args, Clone, Debug)]
pub(crate) struct Explore {
    /// Port of the page on 127.0.0.1; 0 for any free port.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// Refuse all requests of the page that change something on the server.
    #[arg(long)]
    read_only: bool,
    /// Register this application, so that calls can be sent to it; repeatable. The page can register
    /// further ones.
    #[arg(long, value_name = "NAME")]
    app: Vec<String>,
    /// Print the URL, and do not open the browser.
    #[arg(long)]
    no_open: bool,
}

pub(crate) async fn run(
    explore: Explore,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    if let (true, Some(name)) = (explore.read_only, explore.app.first()) {
        return Err(CliError::usage(format!(
            "--read-only cannot be combined with --app {name}: connecting registers the application"
        )));
    }
    let options = ConnectionOptions::find(global)?;
    let recent = Recent::new()?;
    let own_objects = Arc::new(OwnObjects::default());
    let take_over = TakeOver::Page(Arc::clone(&own_objects));
    let connection = connect::build_recorded(&options, global, take_over, &recent.log)?;
    let connecting = async {
        let version = connection.fetch_version().await?;
        // Before the WebSocket, which the server would have to remove again.
        let listener = server::bind(explore.port).await?;
        Ok((version, listener, subscribe(&connection).await?))
    };
    let (version, listener, mut temp_app) = signals.run_until_signal(connecting).await?;
    let port = listener.local_addr()?.port();
    let explorer = Arc::new(Explorer {
        security: Security::new(port)?,
        global: global.clone(),
        connection: connection.clone(),
        target: Target::new(
            options.url.trim_end_matches('/'),
            options.ca_file.as_deref(),
        ),
        url: options.url.trim_end_matches('/').to_owned(),
        user: options.user.clone(),
        version,
        is_read_only: explore.read_only,
        temp_app: temp_app.as_ref().map(|app| app.name().to_owned()),
        document: Document::new(version),
        hub: Hub::new(),
        applications: Applications::default(),
        own_objects,
        recent,
    });
    let result = tokio::select! {
        result = work(&explore, &explorer, listener, temp_app.as_mut()) => result,
        // The usual way to end the command.
        _ = signals.next() => Ok(()),
    };
    let ending = async {
        // At once, because the time is limited.
        let leaving = async {
            for kept in applications::leave_all(&explorer).await {
                print_note(kept);
            }
        };
        let closing = async {
            if let Some(temp_app) = temp_app {
                temp_app.close(&connection).await;
            }
        };
        tokio::join!(leaving, closing);
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
    result
}

/// Connects a temporary application that receives everything. `None` if the user of the server may
/// only read, and so may not subscribe.
async fn subscribe(connection: &CommandConnection) -> Result<Option<TempApp>, CliError> {
    let error = match temp_app::subscribe_all(connection).await {
        Ok(app) => return Ok(Some(app)),
        Err(error) => error,
    };
    match error.source.as_ref().and_then(|source| source.status()) {
        Some(403) => {
            print_note(
                "events are shown only of registered applications: the user may not subscribe to \
                 objects (read_only in ari.conf)",
            );
            Ok(None)
        }
        _ => Err(error),
    }
}

/// Serves the page, and passes on events, until an error.
async fn work(
    explore: &Explore,
    explorer: &Arc<Explorer>,
    listener: TcpListener,
    temp_app: Option<&mut TempApp>,
) -> Result<(), CliError> {
    for name in &explore.app {
        let registered = applications::register(explorer, name, Conflict::Refuse).await;
        registered.map_err(|error| CliError::new(ErrorKind::Response, error.message))?;
    }
    let port = listener.local_addr()?.port();
    let url = format!("http://127.0.0.1:{port}/#{}", explorer.security.token());
    print_url(&url, explorer, &Output::new(&explorer.global))?;
    if !explore.no_open {
        browser::open(&url);
    }
    let following = async {
        let (name, text) = match temp_app {
            Some(app) => {
                let name = app.name().to_owned();
                let publish =
                    |state: &str, text: &str| explorer.hub.publish_connection(&name, state, text);
                let following =
                    events::follow(&mut app.events, &name, &explorer.hub, None, publish);
                let reason = following.await.reason;
                print_error(format!("no further events of the server: {reason}"));
                (name, reason)
            }
            None => (
                String::new(),
                "the user may not subscribe to objects".to_owned(),
            ),
        };
        explorer.hub.publish_connection(&name, "lost", &text);
    };
    tokio::join!(
        server::accept_all(listener, Arc::clone(explorer)),
        following
    );
    Ok(())
}

/// Prints the URL of the page.
fn print_url(url: &str, explorer: &Explorer, output: &Output) -> Result<(), CliError> {
    if output.json {
        let value = json!({
            "url": url,
            "server": explorer.url,
            "readOnly": explorer.is_read_only,
        });
        return output.print_line(&value);
    }
    let mut out = stdout();
    writeln!(out, "{url}")?;
    Ok(out.flush()?)
}
