//! The modules of a crate, read from its files: the items that each defines, the names that it
//! imports and the paths that it uses.

use std::collections::{BTreeMap, HashMap};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Attribute, Item, Meta, Token, UseTree, Visibility};

/// Source files by path below `src`, such as `pbx/mod.rs`.
pub type Sources = BTreeMap<String, String>;

/// Macros whose tokens are the text of another program.
const QUOTING: [&str; 4] = [
    "quote",
    "quote_spanned",
    "parse_quote",
    "parse_quote_spanned",
];

/// Keys of attributes whose string is a path.
const PATH_ATTRIBUTES: [&str; 9] = [
    "with",
    "deserialize_with",
    "serialize_with",
    "default",
    "skip_serializing_if",
    "from",
    "into",
    "try_from",
    "remote",
];

/// The meaning of a name in a module.
#[derive(Clone, Debug)]
pub enum Name {
    Module(usize),
    Item,
    Import(Vec<String>),
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// A path in code.
    Path,
    /// A private `use`.
    Import,
    /// A `use` that is visible outside of the module.
    ReExport,
}

/// A path that a module uses or imports.
#[derive(Clone, Debug)]
pub struct Reference {
    pub module: usize,
    pub path: Vec<String>,
    pub line: usize,
    pub kind: Kind,
}

#[derive(Debug, Default)]
pub struct Module {
    pub file: usize,
    pub parent: Option<usize>,
    pub names: HashMap<String, Vec<Name>>,
    pub globs: Vec<Vec<String>>,
}

/// The modules that the roots of a crate declare outside of tests.
#[derive(Debug, Default)]
pub struct Crate {
    pub files: Vec<String>,
    pub modules: Vec<Module>,
    pub references: Vec<Reference>,
    /// The modules that define each `macro_rules!`, because macros need no import.
    pub macros: HashMap<String, usize>,
}

impl Crate {
    pub fn read(sources: &Sources) -> Crate {
        let mut found = Crate::default();
        for path in sources.keys() {
            if path == "lib.rs" || path == "main.rs" || path.starts_with("bin/") {
                found.read_file(sources, path, None);
            }
        }
        found
    }

    fn read_file(&mut self, sources: &Sources, path: &str, parent: Option<usize>) -> usize {
        let file = self.files.iter().position(|known| known == path);
        let file = file.unwrap_or_else(|| {
            self.files.push(path.to_owned());
            self.files.len() - 1
        });
        let syntax = syn::parse_file(&sources[path])
            .unwrap_or_else(|error| panic!("{path}:{}: {error}", error.span().start().line));
        let stem = path.strip_suffix(".rs").unwrap();
        let (folder, name) = stem.rsplit_once('/').unwrap_or(("", stem));
        let is_folder = matches!(name, "mod" | "lib" | "main") || parent.is_none();
        let place = Place {
            folder: folder.to_owned(),
            children: if is_folder { folder } else { stem }.to_owned(),
        };
        self.read_module(sources, file, parent, &place, &syntax.items)
    }

    fn read_module(
        &mut self,
        sources: &Sources,
        file: usize,
        parent: Option<usize>,
        place: &Place,
        items: &[Item],
    ) -> usize {
        let id = self.modules.len();
        self.modules.push(Module {
            file,
            parent,
            ..Module::default()
        });
        for item in items {
            let Item::Mod(module) = item else { continue };
            if is_test(&module.attrs) {
                continue;
            }
            let name = module.ident.to_string();
            let child = match &module.content {
                Some((_, items)) => {
                    let inner = Place {
                        folder: join(&place.children, &name),
                        children: join(&place.children, &name),
                    };
                    self.read_module(sources, file, Some(id), &inner, items)
                }
                None => {
                    // The file of a raw identifier has its name without the mark.
                    let file = name.trim_start_matches("r#");
                    let candidates = match path_attribute(&module.attrs) {
                        Some(path) => vec![join(&place.folder, &path)],
                        None => ["", "/mod"]
                            .map(|end| join(&place.children, &format!("{file}{end}.rs")))
                            .to_vec(),
                    };
                    let found = candidates.iter().find(|path| sources.contains_key(*path));
                    let path = found.unwrap_or_else(|| panic!("no file {candidates:?}"));
                    self.read_file(sources, path, Some(id))
                }
            };
            self.add_name(id, name, Name::Module(child));
        }
        let mut visitor = Visitor {
            found: self,
            module: id,
        };
        for item in items {
            visitor.visit_item(item);
        }
        id
    }

    fn add_name(&mut self, module: usize, name: String, meaning: Name) {
        let names = &mut self.modules[module].names;
        names.entry(name).or_default().push(meaning);
    }
}

/// The folders in which a module's `#[path]` and its child modules are looked up.
struct Place {
    folder: String,
    children: String,
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        return name.to_owned();
    }
    format!("{folder}/{name}")
}

fn path_attribute(attributes: &[Attribute]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let Meta::NameValue(value) = &attribute.meta else {
            return None;
        };
        let syn::Expr::Lit(literal) = &value.value else {
            return None;
        };
        match &literal.lit {
            syn::Lit::Str(text) if value.path.is_ident("path") => Some(text.value()),
            _ => None,
        }
    })
}

/// Returns whether an item exists in tests only.
fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        attribute.path().is_ident("test")
            || attribute.path().is_ident("cfg")
                && attribute
                    .parse_args::<Meta>()
                    .is_ok_and(|meta| needs_test(&meta))
    })
}

/// Returns whether a `cfg` predicate is true in tests only.
fn needs_test(predicate: &Meta) -> bool {
    let Meta::List(list) = predicate else {
        return predicate.path().is_ident("test");
    };
    let parts = list.parse_args_with(Punctuated::<Meta, Token![,]>::parse_terminated);
    let parts: Vec<Meta> = parts
        .map(|parts| parts.into_iter().collect())
        .unwrap_or_default();
    if list.path.is_ident("all") {
        return parts.iter().any(needs_test);
    }
    list.path.is_ident("any") && !parts.is_empty() && parts.iter().all(needs_test)
}

fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::TraitAlias(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Union(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}

fn defined_name(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Macro(item) => item.ident.as_ref()?,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::TraitAlias(item) => &item.ident,
        Item::Type(item) => &item.ident,
        Item::Union(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// Collects the names and the paths of one module, without those of its child modules.
struct Visitor<'a> {
    found: &'a mut Crate,
    module: usize,
}

impl Visitor<'_> {
    fn add(&mut self, path: Vec<String>, line: usize, kind: Kind) {
        let module = self.module;
        self.found.references.push(Reference {
            module,
            path,
            line,
            kind,
        });
    }

    fn add_use(&mut self, tree: &UseTree, before: &[String], kind: Kind) {
        let with = |name: &syn::Ident| {
            let mut path = before.to_vec();
            if name != "self" || before.is_empty() {
                path.push(name.to_string());
            }
            path
        };
        let (path, name, line) = match tree {
            UseTree::Path(tree) => return self.add_use(&tree.tree, &with(&tree.ident), kind),
            UseTree::Group(group) => {
                for tree in &group.items {
                    self.add_use(tree, before, kind);
                }
                return;
            }
            UseTree::Glob(_) => {
                return self.found.modules[self.module].globs.push(before.to_vec());
            }
            UseTree::Name(name) => {
                let path = with(&name.ident);
                let last = path.last().cloned();
                (path, last, name.ident.span().start().line)
            }
            UseTree::Rename(name) => (
                with(&name.ident),
                Some(name.rename.to_string()),
                name.ident.span().start().line,
            ),
        };
        if let Some(name) = name {
            let meaning = Name::Import(path.clone());
            self.found.add_name(self.module, name, meaning);
        }
        self.add(path, line, kind);
    }

    /// Adds the paths among the tokens of a macro or an attribute. A lower-case name on its own is
    /// most likely a variable or a field, unless it is called.
    fn add_tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let is_punct = |at: usize, sign: char| matches!(tokens.get(at), Some(TokenTree::Punct(punct)) if punct.as_char() == sign);
        let is_colons = |at: usize| {
            matches!(tokens.get(at), Some(TokenTree::Punct(punct))
                if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
                && is_punct(at + 1, ':')
        };
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(group) => self.add_tokens(group.stream()),
                TokenTree::Ident(first) => {
                    let before = |back: usize, sign| at >= back && is_punct(at - back, sign);
                    let inside = before(1, '.') && !before(2, '.')
                        || before(1, '\'')
                        || before(1, ':') && before(2, ':');
                    let line = first.span().start().line;
                    let mut path = vec![first.to_string()];
                    while is_colons(at + 1) {
                        let Some(TokenTree::Ident(next)) = tokens.get(at + 3) else {
                            break;
                        };
                        path.push(next.to_string());
                        at += 3;
                    }
                    let called = is_punct(at + 1, '!')
                        || matches!(tokens.get(at + 1), Some(TokenTree::Group(group))
                            if group.delimiter() == Delimiter::Parenthesis);
                    let is_value = path[0].starts_with(char::is_lowercase);
                    if !inside && (path.len() > 1 || called || !is_value) {
                        self.add(path, line, Kind::Path);
                    }
                }
                _ => {}
            }
            at += 1;
        }
    }
}

impl<'a> Visit<'a> for Visitor<'_> {
    fn visit_item(&mut self, item: &'a Item) {
        if is_test(attributes(item)) || matches!(item, Item::Mod(_)) {
            return;
        }
        if let Some(name) = defined_name(item) {
            if matches!(item, Item::Macro(_)) {
                self.found.macros.insert(name.clone(), self.module);
            }
            self.found.add_name(self.module, name, Name::Item);
        }
        visit::visit_item(self, item);
    }

    fn visit_item_use(&mut self, item: &'a syn::ItemUse) {
        let kind = match item.vis {
            Visibility::Inherited => Kind::Import,
            _ => Kind::ReExport,
        };
        self.add_use(&item.tree, &[], kind);
    }

    fn visit_impl_item_fn(&mut self, item: &'a syn::ImplItemFn) {
        if !is_test(&item.attrs) {
            visit::visit_impl_item_fn(self, item);
        }
    }

    fn visit_local(&mut self, local: &'a syn::Local) {
        if !is_test(&local.attrs) {
            visit::visit_local(self, local);
        }
    }

    fn visit_visibility(&mut self, _: &'a Visibility) {}

    fn visit_path(&mut self, path: &'a syn::Path) {
        if path.leading_colon.is_none() {
            let segments = path.segments.iter();
            let names = segments.map(|segment| segment.ident.to_string()).collect();
            self.add(names, path.span().start().line, Kind::Path);
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'a syn::Macro) {
        self.visit_path(&call.path);
        let name = call
            .path
            .segments
            .last()
            .map(|segment| segment.ident.to_string());
        if !name.is_some_and(|name| QUOTING.contains(&name.as_str())) {
            self.add_tokens(call.tokens.clone());
        }
    }

    fn visit_attribute(&mut self, attribute: &'a Attribute) {
        let Meta::List(list) = &attribute.meta else {
            return;
        };
        self.add_tokens(list.tokens.clone());
        let _ = attribute.parse_nested_meta(|meta| {
            if let (Ok(value), Some(key)) = (meta.value(), meta.path.get_ident())
                && let Ok(text) = value.parse::<syn::LitStr>()
                && PATH_ATTRIBUTES.contains(&key.to_string().as_str())
                && let Ok(path) = text.parse::<syn::Path>()
            {
                self.visit_path(&path);
            }
            Ok(())
        });
    }
}
