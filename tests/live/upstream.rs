//! What Asterisk's own test suite checks of ARI, checked here in our own words: one test for each
//! of its subjects, named after it.

mod applications;
mod authentication;
mod bodies;
mod calls;
mod claims;
mod configuration;
mod filters;
mod media;
mod raw;
mod recordings;
mod rest_over_websocket;
mod variables;
