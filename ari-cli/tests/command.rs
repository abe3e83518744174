//! The program without an Asterisk: help, arguments, settings, output, errors and exit codes.

#[cfg(test)]
mod command {
    mod arguments;
    #[cfg(unix)]
    mod completion;
    mod doctor;
    #[cfg(unix)]
    mod events;
    #[cfg(unix)]
    mod exec;
    #[cfg(unix)]
    mod explore;
    mod failures;
    #[cfg(unix)]
    mod fake;
    #[cfg(unix)]
    mod hanging;
    mod help;
    #[cfg(unix)]
    mod mock;
    #[cfg(unix)]
    mod mock_control;
    #[cfg(unix)]
    mod mock_setup;
    mod operations;
    mod output;
    #[cfg(unix)]
    mod profile;
    #[cfg(unix)]
    mod recording;
    mod settings;
    mod support;
    mod tls;
    #[cfg(unix)]
    mod wait;
    #[cfg(unix)]
    mod watching;
}
