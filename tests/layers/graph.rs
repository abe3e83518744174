//! The graph of a crate's files: which imports which, and the circles among them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::source::{Crate, Kind, Name, Sources};

/// Files and their imports.
pub struct Graph {
    pub files: Vec<String>,
    /// The imported files of each file, and the lines of the imports.
    pub edges: Vec<BTreeMap<usize, BTreeSet<usize>>>,
}

/// The target of a path.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    Module(usize),
    /// An item in this module.
    Item(usize),
    /// An item of another crate.
    External,
}

struct Resolver<'a>(&'a Crate);

impl Resolver<'_> {
    /// Follows a path from a module. `seen` has the names that are being looked up, as re-exports
    /// can name one another.
    fn resolve(
        &self,
        module: usize,
        path: &[String],
        seen: &mut Vec<(usize, String)>,
    ) -> Option<Target> {
        let mut target = None;
        for (at, name) in path.iter().enumerate() {
            let here = match target {
                Some(Target::Module(id)) => id,
                _ => module,
            };
            let is_last = at + 1 == path.len();
            target = match name.as_str() {
                "crate" => {
                    let mut root = here;
                    while let Some(parent) = self.0.modules[root].parent {
                        root = parent;
                    }
                    Some(Target::Module(root))
                }
                "self" => Some(Target::Module(here)),
                "super" => Some(Target::Module(self.0.modules[here].parent?)),
                _ => {
                    let found = self.find(here, name, !is_last, seen);
                    match target {
                        // An item that a macro defines.
                        Some(_) => found.or(Some(Target::Item(here))),
                        None => found,
                    }
                }
            };
            match target? {
                Target::Module(_) => {}
                item => return Some(item),
            }
        }
        target
    }

    /// Looks up a name in a module.
    fn find(
        &self,
        module: usize,
        name: &str,
        want_module: bool,
        seen: &mut Vec<(usize, String)>,
    ) -> Option<Target> {
        let key = (module, name.to_owned());
        if seen.contains(&key) {
            return None;
        }
        seen.push(key);
        let known = &self.0.modules[module];
        let mut found = Vec::new();
        for meaning in known.names.get(name).into_iter().flatten() {
            found.extend(match meaning {
                Name::Module(id) => Some(Target::Module(*id)),
                Name::Item => Some(Target::Item(module)),
                Name::Import(path) => self.resolve(module, path, seen).or(Some(Target::External)),
            });
        }
        if found.is_empty() {
            for glob in &known.globs {
                match self.resolve(module, glob, seen) {
                    Some(Target::Module(id)) => {
                        found.extend(self.find(id, name, want_module, seen));
                    }
                    // Another crate or an enum may have the name.
                    _ => found.push(Target::External),
                }
            }
        }
        // An exported macro is an item of the root, wherever it is defined.
        if found.is_empty() && known.parent.is_none() {
            found.extend(self.0.macros.get(name).copied().map(Target::Item));
        }
        seen.pop();
        let rank = |target: &&Target| match target {
            Target::External => 2,
            Target::Module(_) => u8::from(!want_module),
            Target::Item(_) => u8::from(want_module),
        };
        found.iter().min_by_key(rank).copied()
    }

    fn is_below(&self, mut module: usize, ancestor: usize) -> bool {
        loop {
            match self.0.modules[module].parent {
                Some(parent) if parent == ancestor => return true,
                Some(parent) => module = parent,
                None => return false,
            }
        }
    }
}

impl Graph {
    pub fn new(sources: &Sources) -> Graph {
        let read = Crate::read(sources);
        let resolver = Resolver(&read);
        let mut edges = vec![BTreeMap::<_, BTreeSet<usize>>::new(); read.files.len()];
        for reference in &read.references {
            let mut target = resolver.resolve(reference.module, &reference.path, &mut Vec::new());
            let is_unknown = matches!(target, None | Some(Target::External));
            if let (true, Kind::Path, [name]) = (is_unknown, reference.kind, &reference.path[..]) {
                target = read.macros.get(name).copied().map(Target::Item);
            }
            // The path to an item says more than the import of the module that has it.
            let Some(Target::Item(to)) = target else {
                continue;
            };
            // A module that gives its own items another path does not use them.
            if reference.kind == Kind::ReExport && resolver.is_below(to, reference.module) {
                continue;
            }
            let (from, to) = (read.modules[reference.module].file, read.modules[to].file);
            if from != to {
                edges[from].entry(to).or_default().insert(reference.line);
            }
        }
        Graph {
            files: read.files,
            edges,
        }
    }

    /// Returns the groups of files that import one another, directly or not: the strongly connected
    /// components of more than one file, found by Tarjan's algorithm.
    pub fn components(&self) -> Vec<Vec<usize>> {
        let count = self.files.len();
        let mut search = Tarjan {
            graph: self,
            next: 0,
            index: vec![None; count],
            low: vec![0; count],
            stack: Vec::new(),
            found: Vec::new(),
        };
        for file in 0..count {
            if search.index[file].is_none() {
                search.visit(file);
            }
        }
        let mut found = search.found;
        found.sort_by_key(|group| (std::cmp::Reverse(group.len()), group.clone()));
        found
    }

    /// Returns a shortest circle inside a component.
    fn shortest_circle(&self, component: &[usize]) -> Vec<usize> {
        let circles = component.iter().filter_map(|start| {
            let mut before = BTreeMap::new();
            let mut queue = VecDeque::from([*start]);
            while let Some(file) = queue.pop_front() {
                for to in self.edges[file].keys() {
                    if to == start {
                        let mut circle = vec![file];
                        while let Some(last) = before.get(circle.last()?) {
                            circle.push(*last);
                        }
                        circle.reverse();
                        return Some(circle);
                    }
                    if component.contains(to) && !before.contains_key(to) {
                        before.insert(*to, file);
                        queue.push_back(*to);
                    }
                }
            }
            None
        });
        circles.min_by_key(Vec::len).unwrap_or_default()
    }

    /// Describes an import by its file and line, and the file that it imports.
    pub fn describe(&self, from: usize, to: usize) -> String {
        let lines = self.edges[from].get(&to).into_iter().flatten();
        let lines: Vec<String> = lines.map(ToString::to_string).collect();
        let (from, to) = (&self.files[from], &self.files[to]);
        format!("{from}:{} imports {to}", lines.join(","))
    }

    /// Describes each circle: its files, and a shortest way around.
    pub fn circles(&self) -> Vec<String> {
        let components = self.components();
        let describe = |component: &Vec<usize>| {
            let circle = self.shortest_circle(component);
            let next = circle.iter().cycle().skip(1);
            let way = circle
                .iter()
                .zip(next)
                .map(|(from, to)| self.describe(*from, *to));
            let way: Vec<String> = way.collect();
            format!(
                "{} files import one another. A shortest circle:\n  {}",
                component.len(),
                way.join("\n  ")
            )
        };
        components.iter().map(describe).collect()
    }
}

struct Tarjan<'a> {
    graph: &'a Graph,
    next: usize,
    index: Vec<Option<usize>>,
    low: Vec<usize>,
    stack: Vec<usize>,
    found: Vec<Vec<usize>>,
}

impl Tarjan<'_> {
    fn visit(&mut self, file: usize) {
        let number = self.next;
        self.next += 1;
        self.index[file] = Some(number);
        self.low[file] = number;
        self.stack.push(file);
        for to in self.graph.edges[file].keys().copied() {
            match self.index[to] {
                None => {
                    self.visit(to);
                    self.low[file] = self.low[file].min(self.low[to]);
                }
                Some(index) if self.stack.contains(&to) => {
                    self.low[file] = self.low[file].min(index);
                }
                Some(_) => {}
            }
        }
        if self.low[file] == number {
            let start = self.stack.iter().position(|other| *other == file).unwrap();
            let mut component = self.stack.split_off(start);
            component.sort_unstable();
            if component.len() > 1 {
                self.found.push(component);
            }
        }
    }
}
