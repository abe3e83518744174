//! The root of the bindings, and the client with its accessors of resources and objects.

use quote::quote;

use super::code::import;
use super::docs;
use super::format::Items;
use super::plan::Plan;
use super::requests::with_requests;
use super::tokens::ident;
use crate::markdown::code;

/// `mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Items {
    let has_events = !plan.events.is_empty();
    let resources = with_requests(plan).map(|resource| resource.module.as_str());
    let declarations = [
        Some("mod accessors;".into()),
        Some("mod client;".into()),
        has_events.then(|| "mod event;".into()),
        Some("pub mod models;".into()),
        Some("pub mod operations;".into()),
        Some("mod requests;".into()),
        Some("pub use client::Client;".into()),
        has_events.then(|| "pub use event::Event;".into()),
        import("pub use requests", resources),
        Some("pub use operations::OPERATIONS;".into()),
        Some("pub use ari_runtime::{Credentials, Error};".into()),
        Some("pub(crate) use ari_runtime::codegen as runtime;".into()),
    ];
    Items::declarations(declarations.into_iter().flatten())
}

/// `client.rs`.
pub(super) fn items(plan: &Plan<'_>) -> Items {
    let doc = docs::doc(&format!(
        "A client of one server: {}.\n\nClones are cheap and share one connection.",
        docs::covered(plan.api)
    ));
    let event = if plan.events.is_empty() {
        quote!(runtime::RawEvent)
    } else {
        quote!(Event)
    };
    let client = quote! {
        #doc
        #[derive(Clone, Debug)]
        pub struct Client {
            connection: runtime::Connection<#event>,
        }

        impl Client {
            /// Creates a builder for a client that connects to `url`: `http://HOST:8088/ari`. If
            /// `http.conf` sets a `prefix`, it precedes `/ari`.
            pub fn builder(url: impl Into<String>) -> runtime::ClientBuilder<Client> {
                runtime::ClientBuilder::new(url)
            }

            /// Creates a client that sends its requests by any transport.
            pub fn new(transport: impl runtime::Transport + 'static) -> Self {
                Self { connection: runtime::Connection::new(transport) }
            }

            /// Creates a client that sends its requests over the WebSocket of an application, from
            /// Asterisk 20.14, 21.9 and 22.4 on. See
            /// [`Session::connection`](runtime::Session::connection).
            pub fn over_session(session: &runtime::Session<#event>) -> Self {
                Self { connection: session.connection() }
            }

            /// Returns a clone of the client with a different request timeout.
            pub fn with_timeout(&self, limit: std::time::Duration) -> Self {
                Self { connection: self.connection.clone().with_timeout(limit) }
            }

            /// Returns a clone of the client whose requests have a trace context: see
            /// [`Connection::with_trace_context`](runtime::Connection::with_trace_context).
            pub fn with_trace_context(
                &self,
                context: impl Into<Option<runtime::TraceContext>>,
            ) -> Self {
                Self { connection: self.connection.clone().with_trace_context(context) }
            }

            /// Waits for the responses to requests in flight, closes every WebSocket that this
            /// client has opened, and ends their streams. See
            /// [`Connection::close`](runtime::Connection::close).
            pub async fn close(&self, limit: std::time::Duration) {
                self.connection.close(limit).await;
            }

            /// Returns the connection that sends the requests of this client.
            pub fn connection(&self) -> &runtime::Connection<#event> {
                &self.connection
            }

            /// Sends a request that was created without a client.
            ///
            /// # Errors
            /// See [`Error`].
            pub async fn send<R: runtime::TypedRequest>(
                &self,
                request: R,
            ) -> Result<R::Output, Error> {
                self.connection.send(&request).await
            }
        }

        impl runtime::ApiClient for Client {
            type Event = #event;

            fn from_connection(connection: runtime::Connection<#event>) -> Self {
                Self { connection }
            }

            fn connection(&self) -> &runtime::Connection<#event> {
                &self.connection
            }
        }
    };
    Items {
        head: Vec::new(),
        from: plan.root.join("::"),
        names: [&["Error", "runtime"], plan.event_type()].concat(),
        items: vec![client.into()],
    }
}

/// `accessors.rs`. It is apart from `client.rs`, which the files of requests import.
pub(super) fn accessors(plan: &Plan<'_>) -> Items {
    let root = plan.root();
    let resources = plan.resources.iter();
    let resources = resources.filter(|resource| resource.has_accessor());
    let resources = resources.map(|resource| {
        let module = ident(&resource.module);
        let accessor = ident(&resource.accessor_type);
        let text = resource.resource.text.clone();
        let text =
            text.unwrap_or_else(|| format!("The resource {}.", code(&resource.resource.name)));
        let doc = docs::doc(&text);
        quote! {
            #doc
            #[inline]
            pub fn #module(&self) -> #root::#module::#accessor {
                #root::#module::#accessor::new(self.clone())
            }
        }
    });
    let handles =
        plan.resources.iter().flat_map(|resource| {
            resource.handles.iter().map(|handle| {
            let module = ident(&resource.module);
            let name = ident(&handle.type_name);
            let accessor = ident(&handle.accessor);
            let fields: Vec<_> = handle.variables.iter().map(|(_, field)| ident(field)).collect();
            let wires: Vec<_> =
                handle.variables.iter().map(|(wire, _)| code(wire)).collect();
            let doc = docs::doc(&format!(
                "Returns a handle of the {} of this {}. Nothing is sent or checked until an \
                 operation of the handle is awaited.",
                handle.noun,
                wires.join(", ")
            ));
            quote! {
                #doc
                pub fn #accessor(&self, #(#fields: impl Into<String>),*) -> #root::#module::#name {
                    #root::#module::#name::new(self.clone(), #(#fields),*)
                }
            }
        })
        });
    let client = quote! {
        impl Client {
            #(#resources)*
            #(#handles)*
        }
    };
    Items {
        head: Vec::new(),
        from: plan.root.join("::"),
        names: vec!["Client"],
        items: vec![client.into()],
    }
}
