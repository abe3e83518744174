//! `ari explore`: a page in the browser with the operations, the events and the calls of a server.

mod assets;
mod body;
mod browser;
mod document;
mod explorer;
mod proxy;
mod reply;
mod routes;
mod security;
mod server;
mod snippets;

use std::io::Write as _;
use std::sync::Arc;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use crate::connect;
use crate::connection_options::ConnectionOptions;
use crate::error::CliError;
use crate::global_options::GlobalOptions;
use crate::output::Output;
use crate::registration::TakeOver;
use crate::signals::Signals;
use crate::terminal::stdout;
use explorer::Explorer;

/// Open a page in the browser with the operations, live events and calls of the server.
///
/// This process serves the page on this machine only, and sends the requests of the page with the
/// credentials of the command, which the browser never sees. The URL contains a random token: whoever
/// has it can use the page. The page is served until Ctrl-C.
#[derive(Args, Clone, Debug)]
pub(crate) struct Explore {
    /// Port of the page on 127.0.0.1; 0 for any free port.
    #[arg(long, value_name = "PORT", default_value_t = 0)]
    port: u16,
    /// Refuse all requests of the page that change something on the server.
    #[arg(long)]
    read_only: bool,
    /// Print the URL, and do not open the browser.
    #[arg(long)]
    no_open: bool,
}

pub(crate) async fn run(
    explore: Explore,
    global: &GlobalOptions,
    signals: &mut Signals,
) -> Result<(), CliError> {
    let options = ConnectionOptions::find(global)?;
    let connection = connect::build(&options, global, TakeOver::Refused)?;
    let asking = async { Ok(connection.fetch_version().await?) };
    let version = signals.run_until_signal(asking).await?;
    let listener = server::bind(explore.port).await?;
    let port = listener.local_addr()?.port();
    let explorer = Arc::new(Explorer {
        security: security::Security::new(port)?,
        global: global.clone(),
        connection: connection.clone(),
        url: options.url.trim_end_matches('/').to_owned(),
        user: options.user.clone(),
        version,
        is_read_only: explore.read_only,
        document: document::Document::new(version),
    });
    let url = format!("http://127.0.0.1:{port}/#{}", explorer.security.token());
    print_url(&url, &explorer, &Output::new(global))?;
    if !explore.no_open {
        browser::open(&url);
    }
    tokio::select! {
        () = server::accept_all(listener, Arc::clone(&explorer)) => {}
        // The usual way to end the command.
        _ = signals.next() => {}
    }
    let ending = async {
        connection.close(Duration::from_secs(1)).await;
    };
    signals.run_cleanup(ending).await;
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
