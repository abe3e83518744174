//! Specs from a running Asterisk, which serves them below `/ari/api-docs`.

use std::collections::BTreeMap;
use std::time::Duration;

use ari_codegen::{Error, INDEX, LARGEST_FILE, Source};
use base64::Engine as _;
use ureq::http::Uri;

/// Fetches the index and every file that it names.
pub(crate) fn fetch(url: &str, user: Option<&str>, password: &str) -> Result<Source, Error> {
    let base = base_address(url)?;
    let config = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(30)))
        .http_status_as_error(false)
        // Following a redirect could hand the credentials to another host.
        .max_redirects(0)
        .build();
    let server = Server {
        agent: config.into(),
        authorization: user.map(|user| {
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
    if uri.scheme_str() != Some("http") {
        return Err(Error::Usage(format!(
            "{url}: only http:// is read here; for a server behind TLS, copy its specs into a \
             folder first"
        )));
    }
    Ok(url.trim_end_matches('/').to_owned())
}

struct Server {
    agent: ureq::Agent,
    authorization: Option<String>,
    base: String,
}

impl Server {
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
            .map_err(|error| problem(format!("cannot be read: {error}; is Asterisk running?")))?;
        let status = response.status().as_u16();
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
            .limit(LARGEST_FILE)
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
