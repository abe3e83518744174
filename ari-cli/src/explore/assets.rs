//! The static files of the page, which are part of the program.

use hyper::{Method, StatusCode};
use include_dir::{Dir, include_dir};

use super::body::ReplyBody;
use super::reply::{ApiError, Reply, with_type};

static FILES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/explore");

/// Returns the file of a path. They hold no secret, so they need no token.
pub(super) fn respond(method: &Method, path: &str) -> Result<Reply, ApiError> {
    let name = match path {
        "/" => "index.html",
        path => path.strip_prefix('/').unwrap_or(path),
    };
    // The name has to be that of a file exactly: nothing is decoded, and no folder is opened.
    let file = FILES.get_file(name).zip(content_type(name));
    let (file, kind) = file.ok_or_else(|| ApiError::not_found(path))?;
    if method != Method::GET && method != Method::HEAD {
        return Err(ApiError::method_not_allowed("GET, HEAD"));
    }
    Ok(with_type(
        StatusCode::OK,
        kind,
        ReplyBody::full(file.contents()),
    ))
}

/// Returns the type of a file; `None` if the page does not need it, such as a script of the build.
fn content_type(name: &str) -> Option<&'static str> {
    let (_, extension) = name.rsplit_once('.')?;
    Some(match extension {
        "html" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        _ => return None,
    })
}
