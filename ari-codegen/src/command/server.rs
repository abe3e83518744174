//! Specs from a running Asterisk, which serves them below `/ari/api-docs`.

use std::collections::BTreeMap;
use std::time::Duration;

use ari_codegen::{Error, INDEX, MAX_FILE_SIZE, Source};
use base64::Engine as _;
use ureq::http::Uri;
use ureq::unversioned::resolver::DefaultResolver;
use ureq::unversioned::transport::{Connector as _, TcpConnector};

use super::credentials::Credentials;
use super::tls::TlsConnector;

/// Fetches the index and every file that it names.
pub(super) fn fetch(url: &str, credentials: &Credentials) -> Result<Source, Error> {
    let base = base_address(url)?;
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(30)))
        .http_status_as_error(false)
        // Following a redirect could hand the credentials to another host.
        .max_redirects(0)
        .build();
    let agent = if base.starts_with("https:") {
        let tls = TlsConnector::new(credentials.ca_file.as_deref())?;
        let connector = TcpConnector::default().chain(tls);
        ureq::Agent::with_parts(config, connector, DefaultResolver::default())
    } else {
        config.into()
    };
    let password = credentials.password.as_deref().unwrap_or_default();
    let server = Server {
        agent,
        authorization: credentials.user.as_ref().map(|user| {
            let pair = format!("{user}:{password}");
            format!(
                "Basic {}",
                base64::engine::general_purpose::STANDARD.encode(pair)
            )
        }),
        base,
    };
    let mut files = BTreeMap::new();
    files.insert(INDEX.to_owned(), server.get(INDEX)?);
    let origin = format!("{}/api-docs", server.base);
    let (_, names) = Source::Memory {
        origin: origin.clone(),
        files: files.clone(),
    }
    .index()?;
    for name in names {
        let bytes = server.get(&name)?;
        files.insert(name, bytes);
    }
    Ok(Source::Memory { origin, files })
}

/// The address without a trailing slash; credentials in it are refused, and not repeated.
fn base_address(url: &str) -> Result<String, Error> {
    let uri: Uri = url.parse().map_err(|_| {
        Error::Usage("--from is not an address such as http://localhost:8088/ari".into())
    })?;
    if uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
    {
        return Err(Error::Usage(
            "--from holds credentials: give them by --user and ARI_PASSWORD instead".into(),
        ));
    }
    if uri.query().is_some() {
        return Err(Error::Usage(
            "--from holds a query, where credentials could be: give the address up to /ari, and \
             credentials by --user and ARI_PASSWORD"
                .into(),
        ));
    }
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err(Error::Usage(format!(
            "{url}: only http:// and https:// are read here"
        )));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

/// Returns the target of a redirect, without parts that could be secret.
fn escape_control(location: &str) -> String {
    let end = location.find(['?', '#']).unwrap_or(location.len());
    let location = &location[..end];
    let (scheme, rest) = location.split_once("://").unwrap_or(("", location));
    let host_end = rest.find('/').unwrap_or(rest.len());
    let host = rest[..host_end].rsplit('@').next().unwrap_or_default();
    let separator = if scheme.is_empty() { "" } else { "://" };
    let text = format!("{scheme}{separator}{host}{}", &rest[host_end..]);
    text.chars().take(200).collect()
}

struct Server {
    agent: ureq::Agent,
    authorization: Option<String>,
    base: String,
}

impl Server {
    fn unreadable(&self, error: &ureq::Error) -> String {
        let text = error.to_string();
        let is_tls = self.base.starts_with("https:");
        let advice = if is_tls && text.contains("certificate") {
            "a certificate of your own is trusted with --ca-file"
        } else if is_tls && text.contains("InvalidContentType") {
            return "this port does not speak TLS: use http:// in the address".to_owned();
        } else {
            "is Asterisk running?"
        };
        format!("cannot be read: {text}; {advice}")
    }

    fn get(&self, name: &str) -> Result<Vec<u8>, Error> {
        let url = format!("{}/api-docs/{name}.json", self.base);
        eprintln!("reading {url}");
        let problem = |problem: String| Error::Server {
            url: url.clone(),
            problem,
        };
        let mut request = self.agent.get(&url);
        if let Some(authorization) = &self.authorization {
            request = request.header("Authorization", authorization);
        }
        let mut response = request
            .call()
            .map_err(|error| problem(self.unreadable(&error)))?;
        let status = response.status().as_u16();
        let location = response.headers().get("location");
        let location = location.and_then(|location| Some(escape_control(location.to_str().ok()?)));
        if let (300..400, Some(location)) = (status, location) {
            let base = location.strip_suffix(&format!("/api-docs/{name}.json"));
            return Err(problem(format!(
                "answered {status}: it redirects to {location}: if that is your server, use \
                 --from {}",
                base.unwrap_or(&location)
            )));
        }
        let advice = match status {
            200 => None,
            401 => Some("the server refuses these credentials: see --user and ARI_PASSWORD"),
            403 => Some("the server refuses this user or address: see ari.conf"),
            404 => Some(
                "there are no specs: the address has to end in /ari, after the prefix of http.conf",
            ),
            503 => Some("Asterisk has not finished starting: try again"),
            _ => Some("expected 200"),
        };
        if let Some(advice) = advice {
            return Err(problem(format!("answered {status}: {advice}")));
        }
        let body = response
            .body_mut()
            .with_config()
            .limit(MAX_FILE_SIZE)
            .read_to_vec();
        let body = body.map_err(|error| problem(format!("broke off: {error}")))?;
        let looks_like_html = body.trim_ascii_start().starts_with(b"<");
        if looks_like_html {
            return Err(problem(
                "answered HTML, not JSON: is this Asterisk's /ari?".into(),
            ));
        }
        Ok(body)
    }
}
