//! The root of the bindings, and the client with its accessors of resources and objects.

use proc_macro2::TokenStream;
use quote::quote;

use super::docs;
use super::format::Items;
use super::plan::Plan;
use super::tokens::ident;
use crate::markdown::code;

/// `mod.rs`.
pub(super) fn root(plan: &Plan<'_>) -> Items {
    let resources: Vec<_> = plan
        .resources
        .iter()
        .map(|resource| ident(&resource.module))
        .collect();
    let (event_module, event) = if plan.events.is_empty() {
        (None, None)
    } else {
        (
            Some(quote!(
                mod event;
            )),
            Some(quote!(
                pub use event::Event;
            )),
        )
    };
    let requests = (!resources.is_empty()).then(|| quote!(pub use requests::{#(#resources),*};));
    Items::without_imports(quote! {
        mod accessors;
        mod client;
        #event_module
        pub mod models;
        pub mod operations;
        mod requests;
        pub use client::Client;
        #event
        #requests
        pub use operations::OPERATIONS;
        pub use ari_runtime::{Credentials, Error};
        pub(crate) use ari_runtime::codegen as runtime;
    })
}

/// `client.rs`.
pub(super) fn items(plan: &Plan<'_>) -> Items {
    let doc = docs::doc(&format!(
        "A client of one server: {}.\n\nClones are cheap and share one connection.",
        docs::covered(plan.api)
    ));
    let root = plan.root();
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
        head: TokenStream::new(),
        from: root,
        names: [&["Error", "runtime"], plan.event_type()].concat(),
        items: vec![client.into()],
    }
}

/// `accessors.rs`. It is apart from `client.rs`, which the files of requests import.
pub(super) fn accessors(plan: &Plan<'_>) -> Items {
    let root = plan.root();
    let resources = plan.resources.iter().map(|resource| {
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
        head: TokenStream::new(),
        from: root,
        names: vec!["Client"],
        items: vec![client.into()],
    }
}
