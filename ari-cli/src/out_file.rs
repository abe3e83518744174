//! A file that is there in full or not at all.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use ari_api::runtime::Download;

use crate::failure::Failure;

/// A file that is being written, under another name as long as it is not complete.
pub(crate) struct OutFile {
    path: PathBuf,
    part: PathBuf,
    file: File,
    complete: bool,
}

impl OutFile {
    /// Begins it: what cannot be written says so before anything else is done.
    pub(crate) fn create(path: &Path) -> Result<Self, Failure> {
        if path.is_dir() {
            let problem = io::Error::from(io::ErrorKind::IsADirectory);
            return Err(unwritable(path, &problem));
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(".part");
        let part = path.with_file_name(name);
        let file = File::create(&part).map_err(|error| unwritable(path, &error))?;
        Ok(OutFile {
            path: path.to_owned(),
            part,
            file,
            complete: false,
        })
    }

    /// Writes a download into it, and completes it.
    pub(crate) async fn receive(mut self, body: Download) -> Result<(), Failure> {
        copy(body, &mut self.file).await?;
        self.file
            .sync_all()
            .and_then(|()| std::fs::rename(&self.part, &self.path))
            .map_err(|error| unwritable(&self.path, &error))?;
        self.complete = true;
        Ok(())
    }
}

impl Drop for OutFile {
    fn drop(&mut self) {
        if !self.complete {
            // What is left of it is of no use; that it cannot be removed is no further problem.
            let _ = std::fs::remove_file(&self.part);
        }
    }
}

fn unwritable(path: &Path, problem: &io::Error) -> Failure {
    Failure::other(format!("cannot write {}: {problem}", path.display()))
}

/// Writes a download as it arrives.
pub(crate) async fn copy(mut body: Download, out: &mut impl Write) -> Result<(), Failure> {
    while let Some(piece) = body.next().await {
        out.write_all(&piece?)?;
    }
    Ok(out.flush()?)
}
