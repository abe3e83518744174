//! The contents of generated source, read by an independent parser.

use std::collections::{BTreeMap, BTreeSet};

use syn::visit::{self, Visit};

/// One `static NAME: Operation` of the table.
#[derive(Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Operation {
    pub(crate) resource: String,
    pub(crate) nickname: String,
    pub(crate) path: String,
    /// Wire names, each with the values that it accepts.
    pub(crate) parameters: BTreeMap<String, BTreeSet<String>>,
    /// String literals in the request that encodes the operation.
    pub(crate) encoded: BTreeSet<String>,
}

/// The contents of the files of bindings.
#[derive(Debug, Default)]
pub(crate) struct Emitted {
    /// By module and constant.
    pub(crate) operations: BTreeMap<(String, String), Operation>,
    /// Structs of models, by lower-case name: wire names of fields, with the fields' types.
    pub(crate) models: BTreeMap<String, BTreeMap<String, String>>,
    /// Wires of open enums, by name.
    pub(crate) enums: BTreeMap<String, BTreeSet<String>>,
    /// `type`s that `Event` decodes.
    pub(crate) events: BTreeSet<String>,
}

impl Emitted {
    /// Reads all files of bindings.
    pub(crate) fn read(files: &BTreeMap<String, String>) -> Self {
        let mut emitted = Emitted::default();
        for (path, text) in files {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            let (folder, name) = path.split_once('/').unwrap_or(("", path));
            let module = name.split('/').next().unwrap_or_default();
            for item in &file.items {
                match (folder, item) {
                    ("operations", syn::Item::Static(item)) => {
                        emitted.table_entry(module, item);
                    }
                    ("models", syn::Item::Struct(item)) => emitted.model(item),
                    ("models", syn::Item::Macro(item))
                        if token_text(&item.mac.path) == "runtime::model" =>
                    {
                        emitted.wires(item);
                    }
                    ("models" | "requests", syn::Item::Macro(item)) => emitted.open_enum(item),
                    _ => {}
                }
            }
        }
        for (path, text) in files
            .iter()
            .filter(|(path, _)| path.starts_with("requests/"))
        {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            for item in &file.items {
                if let syn::Item::Impl(item) = item {
                    emitted.encoding(item);
                }
            }
        }
        if let Some(text) = files.get("event/decoding.rs") {
            let file = syn::parse_file(text).expect("event/decoding.rs parses");
            Decoding(&mut emitted.events).visit_file(&file);
        }
        emitted
    }

    fn table_entry(&mut self, module: &str, item: &syn::ItemStatic) {
        let syn::Expr::Struct(table) = &*item.expr else {
            return;
        };
        let mut operation = Operation {
            resource: text(table, "resource"),
            nickname: text(table, "nickname"),
            path: text(table, "path"),
            ..Operation::default()
        };
        for parameter in structs(table, "parameters") {
            let values = structs(parameter, "values");
            let values = values.map(|value| text(value, "value")).collect();
            let name = text(parameter, "name");
            assert!(operation.parameters.insert(name, values).is_none());
        }
        let key = (module.to_owned(), item.ident.to_string());
        self.operations.insert(key, operation);
    }

    fn encoding(&mut self, item: &syn::ItemImpl) {
        let mut key = None;
        let mut literals = Literals::default();
        for member in &item.items {
            match member {
                syn::ImplItem::Const(constant) if constant.ident == "OPERATION" => {
                    let syn::Expr::Reference(reference) = &constant.expr else {
                        continue;
                    };
                    let syn::Expr::Path(path) = &*reference.expr else {
                        continue;
                    };
                    let names = path.path.segments.iter().map(|s| s.ident.to_string());
                    key = names.collect::<Vec<_>>().try_into().ok();
                }
                syn::ImplItem::Fn(function) if function.sig.ident == "add_arguments" => {
                    literals.visit_impl_item_fn(function);
                }
                _ => {}
            }
        }
        let Some([_, module, constant]): Option<[String; 3]> = key else {
            return;
        };
        let operation = self.operations.get_mut(&(module, constant));
        operation.expect("a request of a known operation").encoded = literals.0;
    }

    fn model(&mut self, item: &syn::ItemStruct) {
        let fields = item.fields.iter().map(|field| {
            let name = field.ident.as_ref().map(ToString::to_string);
            (name.unwrap_or_default(), token_text(&field.ty))
        });
        let name = item.ident.to_string().to_lowercase();
        self.models.insert(name, fields.collect());
    }

    /// Records the wire names of a model's fields. The model must precede them.
    fn wires(&mut self, item: &syn::ItemMacro) {
        let mut entries = entries(item).into_iter();
        let (model, _) = entries.next().expect("the name of a model");
        let model = self.models.get_mut(&model.to_lowercase());
        let fields = model.expect("a model before its members");
        let mut wires = BTreeMap::new();
        for (field, call) in entries {
            let kind = fields.remove(&field).expect("a field of the model");
            let optional = call.starts_with("optional(");
            assert_eq!(optional, kind.starts_with("Option<"), "{field}: {call}");
            wires.insert(argument(&call), kind);
        }
        assert!(fields.is_empty(), "not read: {fields:?}");
        *fields = wires;
    }

    fn open_enum(&mut self, item: &syn::ItemMacro) {
        let mut wires = BTreeSet::new();
        let mut name = None;
        for token in item.mac.tokens.clone() {
            match token {
                proc_macro2::TokenTree::Ident(ident) if name.is_none() => {
                    name = Some(ident.to_string());
                }
                proc_macro2::TokenTree::Literal(literal) => {
                    let literal = syn::parse_str::<syn::LitStr>(&literal.to_string());
                    wires.insert(literal.expect("a string").value());
                }
                _ => {}
            }
        }
        self.enums.insert(name.expect("the name of an enum"), wires);
    }
}

/// Returns the `left = right` entries of a macro's list.
fn entries(item: &syn::ItemMacro) -> Vec<(String, String)> {
    let list = syn::punctuated::Punctuated::<syn::ExprAssign, syn::Token![,]>::parse_terminated;
    let list = item.mac.parse_body_with(list).expect("assignments");
    let pairs = list
        .iter()
        .map(|entry| (token_text(&entry.left), token_text(&entry.right)));
    pairs.collect()
}

/// Returns the last string among the arguments of a call. The unit of a duration can follow it.
fn argument(call: &str) -> String {
    let call: syn::ExprCall = syn::parse_str(call).expect("a call");
    let strings = call.args.iter().filter_map(|argument| match argument {
        syn::Expr::Lit(syn::ExprLit {
            lit: syn::Lit::Str(text),
            ..
        }) => Some(text.value()),
        _ => None,
    });
    let last = strings.last();
    last.unwrap_or_else(|| panic!("no string behind {}", token_text(&call.func)))
}

fn token_text(tokens: &impl quote::ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

fn field<'a>(of: &'a syn::ExprStruct, name: &str) -> Option<&'a syn::Expr> {
    let named = |field: &&syn::FieldValue| match &field.member {
        syn::Member::Named(ident) => ident == name,
        syn::Member::Unnamed(_) => false,
    };
    of.fields.iter().find(named).map(|field| &field.expr)
}

fn text(of: &syn::ExprStruct, name: &str) -> String {
    match field(of, name) {
        Some(syn::Expr::Lit(literal)) => match &literal.lit {
            syn::Lit::Str(text) => text.value(),
            _ => String::new(),
        },
        _ => String::new(),
    }
}

fn structs<'a>(of: &'a syn::ExprStruct, name: &str) -> impl Iterator<Item = &'a syn::ExprStruct> {
    let array = match field(of, name) {
        Some(syn::Expr::Reference(reference)) => match &*reference.expr {
            syn::Expr::Array(array) => Some(array),
            _ => None,
        },
        _ => None,
    };
    array
        .into_iter()
        .flat_map(|array| &array.elems)
        .filter_map(|item| match item {
            syn::Expr::Struct(item) => Some(item),
            _ => None,
        })
}

#[derive(Default)]
struct Literals(BTreeSet<String>);

impl<'ast> Visit<'ast> for Literals {
    fn visit_lit_str(&mut self, literal: &'ast syn::LitStr) {
        self.0.insert(literal.value());
    }
}

/// The arms of the match that decodes an event.
struct Decoding<'a>(&'a mut BTreeSet<String>);

impl<'ast> Visit<'ast> for Decoding<'_> {
    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if function.sig.ident == "decode_as" {
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_arm(&mut self, arm: &'ast syn::Arm) {
        if let syn::Pat::Lit(pattern) = &arm.pat {
            let mut literals = Literals::default();
            literals.visit_expr_lit(pattern);
            self.0.extend(literals.0);
        }
    }
}
