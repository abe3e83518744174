//! Asterisk's git repository, and the specs in its tags.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use ari_codegen::{Error, Release, Source, Version};

/// Folder of the specs in Asterisk's tree.
const SPECS: &str = "rest-api";

/// A repository, which `git` reads. Nothing is fetched and nothing is changed.
#[derive(Debug)]
pub(super) struct Repository {
    folder: PathBuf,
}

impl Repository {
    /// Returns the repository whose root is `folder`, with a working tree or bare. A folder inside
    /// of a repository is none.
    pub(super) fn open(folder: &Path) -> Option<Repository> {
        let is_bare = folder.join("HEAD").is_file() && folder.join("objects").is_dir();
        let is_one = is_bare || folder.join(".git").exists();
        is_one.then(|| Repository {
            folder: folder.to_owned(),
        })
    }

    /// Returns the point releases that have a tag and can have ARI, oldest first. Candidates
    /// (`22.11.0-rc1`) and certified releases are none.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if `git` cannot be run or fails.
    pub(super) fn point_releases(&self) -> Result<Vec<Version>, Error> {
        let tags = self.run(&["tag", "--list"])?;
        let tags = String::from_utf8_lossy(&tags).into_owned();
        let versions = tags.lines().filter_map(|tag| tag.parse::<Version>().ok());
        let mut versions: Vec<_> = versions
            .filter(|version| version.major >= Release::FIRST.number())
            .collect();
        versions.sort();
        Ok(versions)
    }

    /// Returns the raw specs of a point release.
    ///
    /// # Errors
    /// Returns [`Error::Usage`] if `git` fails, as it does without the tag.
    pub(super) fn specs(&self, version: Version) -> Result<Source, Error> {
        let tag = format!("refs/tags/{version}");
        let list = self.run(&["ls-tree", "-r", "--name-only", &tag, SPECS])?;
        let mut files = BTreeMap::new();
        for path in String::from_utf8_lossy(&list).lines() {
            let Some(name) = path.strip_suffix(".json") else {
                continue;
            };
            let name = name.rsplit('/').next().unwrap_or(name).to_owned();
            files.insert(
                name,
                self.run(&["cat-file", "blob", &format!("{tag}:{path}")])?,
            );
        }
        Ok(Source::Memory {
            origin: format!("{} at tag {version}", self.folder.display()),
            files,
        })
    }

    fn run(&self, arguments: &[&str]) -> Result<Vec<u8>, Error> {
        let mut git = Command::new("git");
        // Variables of a hook would name another repository.
        git.env_remove("GIT_DIR").env_remove("GIT_WORK_TREE");
        let output = git.arg("-C").arg(&self.folder).args(arguments).output();
        let failed = |problem: &str| {
            Error::Usage(format!(
                "{}: `git {}` failed: {problem}",
                self.folder.display(),
                arguments.join(" ")
            ))
        };
        let output = output.map_err(|error| failed(&format!("{error}; is git installed?")))?;
        if !output.status.success() {
            return Err(failed(String::from_utf8_lossy(&output.stderr).trim()));
        }
        Ok(output.stdout)
    }
}
