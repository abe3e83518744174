//! Processes that end with this one.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// The variable that tells a process of this program its role.
pub(crate) const ROLE: &str = "ARI_CLUSTER_ROLE";

/// A process. Dropping it kills it.
pub(crate) struct Process {
    child: Child,
    pub(crate) is_stopped: bool,
}

/// Returns the beginning of a command line that kills a process even if this one is killed, where the
/// system has it.
fn prefix() -> &'static [&'static str] {
    static PREFIX: OnceLock<&[&str]> = OnceLock::new();
    PREFIX.get_or_init(|| {
        let mut command = Command::new("setpriv");
        command.arg("--version").stdout(Stdio::null());
        match command.status() {
            Ok(status) if status.success() => &["setpriv", "--pdeathsig", "KILL", "--"],
            _ => &[],
        }
    })
}

/// Returns the path of a program in another folder, where it stays if a build replaces the original.
pub(crate) fn keep(program: &Path, folder: &Path) -> PathBuf {
    let kept = folder.join(program.file_name().unwrap());
    if fs::hard_link(program, &kept).is_err() {
        fs::copy(program, &kept).unwrap();
    }
    kept
}

impl Process {
    /// Starts a program. Its output goes to the files `NAME.out` and `NAME.err`.
    pub(crate) fn start(
        program: impl AsRef<OsStr>,
        arguments: &[&str],
        variables: &[(&str, &str)],
        output: &Path,
    ) -> Process {
        let mut command = match prefix() {
            [] => Command::new(program),
            [first, rest @ ..] => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
        };
        let file = |kind| File::create(output.with_extension(kind)).unwrap();
        command
            .args(arguments)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(file("out"))
            .stderr(file("err"));
        Process {
            child: command.spawn().unwrap(),
            is_stopped: false,
        }
    }

    /// Starts this program in a role.
    pub(crate) fn start_role(
        role: &str,
        nats: &str,
        journal: &Path,
        variables: &[(&str, &str)],
    ) -> Process {
        let usual = [
            (ROLE, role),
            ("ARI_CLUSTER_JOURNAL", journal.to_str().unwrap()),
            ("ARI_NATS", nats),
        ];
        let variables = [&usual[..], variables].concat();
        let program = std::env::current_exe().unwrap();
        let arguments = ["part", "--exact", "--nocapture"];
        Process::start(program, &arguments, &variables, journal)
    }

    /// Sends a signal, such as `STOP`.
    pub(crate) fn signal(&mut self, name: &str) {
        self.is_stopped = match name {
            "STOP" => true,
            "CONT" => false,
            _ => self.is_stopped,
        };
        let command = format!("kill -{name} {}", self.child.id());
        let _ = Command::new("sh").args(["-c", &command]).status();
    }

    pub(crate) fn has_ended(&mut self) -> bool {
        self.child.try_wait().is_ok_and(|status| status.is_some())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
