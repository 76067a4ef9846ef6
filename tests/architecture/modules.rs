//! The modules of a crate, as far as imports need them. Turns the texts of its files into modules with the names that each defines, imports and
//! uses, and resolves a path to the file that defines what it names. Knows nothing about types: a method call names nothing.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// A path as code writes it: `crate::a::B`, `super::c`, or a single name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PathUse {
    pub segments: Vec<String>,
    /// Counted from 1.
    pub line: usize,
}

/// One `use`, or one name of a group in it.
#[derive(Debug, Clone)]
pub struct Import {
    pub path: PathUse,
    /// The name it has here; `*` for a glob.
    pub alias: String,
    /// `pub`, also with a scope.
    pub is_reexport: bool,
    /// `pub` without a scope.
    pub is_public: bool,
}

/// A module: a file, or an inline module of a file.
#[derive(Debug)]
pub struct Module {
    /// The names from the root of the crate.
    pub path: Vec<String>,
    /// The index of its file.
    pub file: usize,
    /// Everything below `#[cfg(test)]`.
    pub is_test: bool,
    pub children: BTreeSet<String>,
    pub items: BTreeSet<String>,
    pub public_items: BTreeSet<String>,
    pub imports: Vec<Import>,
    pub uses: BTreeSet<PathUse>,
}

/// What a path leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    Module(usize),
    /// The index of the file that defines the item.
    Item(usize),
}

/// All modules of a crate.
#[derive(Default)]
pub struct Modules {
    all: Vec<Module>,
    by_path: BTreeMap<Vec<String>, usize>,
}

/// Re-exports may lead through each other; an honest chain is shorter than this.
const LONGEST_CHAIN: usize = 16;

impl Modules {
    /// Reads files, each with its path below `src/`.
    pub fn read<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Modules {
        let mut modules = Modules::default();
        for (file, (path, text)) in files.into_iter().enumerate() {
            let tokens: TokenStream = text
                .parse()
                .unwrap_or_else(|error| panic!("src/{path}: {error}"));
            modules.read_module(module_path(path), file, false, tokens);
        }
        modules
    }

    fn read_module(&mut self, path: Vec<String>, file: usize, is_test: bool, tokens: TokenStream) {
        let mut module = Module {
            path,
            file,
            is_test,
            children: BTreeSet::new(),
            items: BTreeSet::new(),
            public_items: BTreeSet::new(),
            imports: Vec::new(),
            uses: BTreeSet::new(),
        };
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let inline = Scanner {
            module: &mut module,
            inline: Vec::new(),
        }
        .items(&tokens);
        let path = module.path.clone();
        self.by_path.insert(path.clone(), self.all.len());
        self.all.push(module);
        for (name, is_cfg_test, group) in inline {
            let path = [path.as_slice(), &[name]].concat();
            self.read_module(path, file, is_test || is_cfg_test, group.stream());
        }
    }

    pub fn iter(&self) -> impl Iterator<Item = &Module> {
        self.all.iter()
    }

    /// The module of a path from the root of the crate.
    pub fn find(&self, path: &[String]) -> Option<&Module> {
        self.by_path.get(path).map(|at| &self.all[*at])
    }

    /// What a path in a module leads to; nothing for other crates and for the names of functions' own variables.
    pub fn resolve(&self, from: &Module, segments: &[String]) -> Option<Target> {
        self.resolve_within(from, segments, LONGEST_CHAIN)
    }

    fn resolve_within(&self, from: &Module, segments: &[String], steps: usize) -> Option<Target> {
        let mut path = from.path.clone();
        let mut rest = segments;
        while let [first, others @ ..] = rest {
            match first.as_str() {
                "crate" => path.clear(),
                "self" => {}
                "super" => _ = path.pop()?,
                _ => break,
            }
            rest = others;
        }
        let module = *self.by_path.get(&path)?;
        self.resolve_in(module, rest, steps)
    }

    fn resolve_in(&self, module: usize, segments: &[String], steps: usize) -> Option<Target> {
        let steps = steps.checked_sub(1)?;
        let [name, rest @ ..] = segments else {
            return Some(Target::Module(module));
        };
        let here = &self.all[module];
        if here.children.contains(name) {
            let child = [here.path.as_slice(), std::slice::from_ref(name)].concat();
            return self.resolve_in(*self.by_path.get(&child)?, rest, steps);
        }
        if here.items.contains(name) {
            return Some(Target::Item(here.file));
        }
        for import in &here.imports {
            let mut path = import.path.segments.clone();
            if import.alias == "*" {
                path.push(name.clone());
            } else if import.alias != *name {
                continue;
            }
            path.extend_from_slice(rest);
            // `use name::name` would lead to itself.
            if path != segments
                && let Some(target) = self.resolve_within(here, &path, steps)
            {
                return Some(target);
            }
        }
        None
    }

    /// The files whose items a module needs, each with the path that says so. A name that is only passed on needs nothing.
    pub fn needs(&self, module: &Module) -> Vec<(usize, PathUse)> {
        let mut needed = Vec::new();
        for import in &module.imports {
            if import.is_reexport && !is_used(module, &import.alias) {
                continue;
            }
            match self.resolve(module, &import.path.segments) {
                Some(Target::Item(file)) => needed.push((file, import.path.clone())),
                // All names of a module, of which it may use those that it defines.
                Some(Target::Module(at))
                    if import.alias == "*" && !self.all[at].items.is_empty() =>
                {
                    needed.push((self.all[at].file, import.path.clone()));
                }
                _ => {}
            }
        }
        for path in &module.uses {
            if path.segments.len() > 1
                && let Some(Target::Item(file)) = self.resolve(module, &path.segments)
            {
                needed.push((file, path.clone()));
            }
        }
        needed
    }
}

/// `a/b.rs` and `a/b/mod.rs` are the module `a::b`, `lib.rs` is the crate itself.
fn module_path(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs");
    let path = path.strip_suffix("/mod").unwrap_or(path);
    match path {
        "lib" => Vec::new(),
        path => path.split('/').map(str::to_owned).collect(),
    }
}

/// True if the code of a module uses a name by itself.
fn is_used(module: &Module, name: &str) -> bool {
    module.uses.iter().any(|path| path.segments[0] == name)
}

/// An inline module: its name, whether it is for tests only, and its body.
type Inline = (String, bool, Group);

/// Collects what the tokens of a module contain.
struct Scanner<'m> {
    module: &'m mut Module,
    inline: Vec<Inline>,
}

impl Scanner<'_> {
    /// Reads tokens at the level of items. Returns the inline modules.
    fn items(mut self, tokens: &[TokenTree]) -> Vec<Inline> {
        let (mut at, mut is_test, mut visibility) = (0, false, Visibility::Private);
        while let Some(token) = tokens.get(at) {
            if is_punct(token, '#') {
                // `#[..]`, or `#![..]` for what is around it.
                at += 1;
                at += usize::from(tokens.get(at).is_some_and(|token| is_punct(token, '!')));
                if let Some(TokenTree::Group(group)) = tokens.get(at) {
                    is_test |= is_cfg_test(group);
                    at += 1;
                }
                continue;
            }
            let next = tokens.get(at + 1);
            match token.to_string().as_str() {
                "pub" => {
                    visibility = Visibility::Public;
                    if let Some(TokenTree::Group(group)) = next
                        && group.delimiter() == Delimiter::Parenthesis
                    {
                        visibility = Visibility::Scoped;
                        at += 1;
                    }
                    at += 1;
                    continue;
                }
                "mod" => {
                    let name = next.map(ToString::to_string).unwrap_or_default();
                    self.module.children.insert(name.clone());
                    if let Some(TokenTree::Group(group)) = tokens.get(at + 2) {
                        self.inline.push((name, is_test, group.clone()));
                    }
                    at += 3;
                }
                "use" if is_test => at = end_of_statement(tokens, at),
                "use" => {
                    let end = end_of_statement(tokens, at);
                    self.import(&tokens[at + 1..end], &[], visibility);
                    at = end;
                }
                "fn" | "struct" | "enum" | "trait" | "type" | "static" | "const" | "union"
                    if matches!(next, Some(TokenTree::Ident(_))) =>
                {
                    let name = next.map(ToString::to_string).unwrap_or_default();
                    if matches!(name.as_str(), "fn" | "unsafe" | "_") {
                        at += 1;
                        continue;
                    }
                    if visibility == Visibility::Public {
                        self.module.public_items.insert(name.clone());
                    }
                    self.module.items.insert(name);
                    at += 2;
                    let end = end_of_item(tokens, at);
                    if !is_test {
                        self.uses(&tokens[at..end]);
                    }
                    at = end;
                }
                _ => {
                    let end = end_of_item(tokens, at);
                    if !is_test {
                        self.uses(&tokens[at..end]);
                    }
                    at = end;
                }
            }
            (is_test, visibility) = (false, Visibility::Private);
        }
        self.inline
    }

    /// Reads one tree of a `use`: `a::b`, `a::{b, c::d}`, `a as b`, `a::*`.
    fn import(&mut self, tokens: &[TokenTree], prefix: &[String], visibility: Visibility) {
        let mut segments = prefix.to_vec();
        let (mut alias, mut is_renamed) = (None, false);
        let line = tokens.first().map_or(0, line_of);
        for token in tokens {
            match token {
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    for part in inside.split(|token| is_punct(token, ',')) {
                        if !part.is_empty() {
                            self.import(part, &segments, visibility);
                        }
                    }
                    return;
                }
                TokenTree::Ident(name) if name == "as" => is_renamed = true,
                TokenTree::Ident(name) if is_renamed => alias = Some(name.to_string()),
                // `a::{self}` is `a`.
                TokenTree::Ident(name) if name == "self" && !segments.is_empty() => {}
                TokenTree::Ident(name) => segments.push(name.to_string()),
                token if is_punct(token, '*') => alias = Some("*".to_owned()),
                _ => {}
            }
        }
        let Some(last) = segments.last().cloned() else {
            return;
        };
        self.module.imports.push(Import {
            path: PathUse { segments, line },
            alias: alias.unwrap_or(last),
            is_reexport: visibility != Visibility::Private,
            is_public: visibility == Visibility::Public,
        });
    }

    /// Collects the paths in code, at any depth.
    fn uses(&mut self, tokens: &[TokenTree]) {
        let mut at = 0;
        while let Some(token) = tokens.get(at) {
            match token {
                TokenTree::Group(group) => {
                    let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.uses(&inside);
                    at += 1;
                }
                TokenTree::Ident(name) if name == "use" => {
                    let end = end_of_statement(tokens, at);
                    self.import(&tokens[at + 1..end], &[], Visibility::Private);
                    at = end;
                }
                TokenTree::Ident(_) => {
                    let end = self.path(tokens, at);
                    at = end;
                }
                _ => at += 1,
            }
        }
    }

    /// Collects the path that begins here. Returns where it ends.
    fn path(&mut self, tokens: &[TokenTree], start: usize) -> usize {
        let mut segments = vec![tokens[start].to_string()];
        let mut at = start + 1;
        while let [colon, other, TokenTree::Ident(name), ..] = &tokens[at..]
            && is_punct(colon, ':')
            && is_punct(other, ':')
        {
            segments.push(name.to_string());
            at += 3;
        }
        // A lower-case name by itself is a variable or a field, unless it is called.
        let is_field = start > 0 && is_punct(&tokens[start - 1], '.');
        let is_call = matches!(tokens.get(at), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis);
        let is_type = segments[0].starts_with(char::is_uppercase);
        if !is_field && (segments.len() > 1 || is_call || is_type) {
            let line = line_of(&tokens[start]);
            self.module.uses.insert(PathUse { segments, line });
        }
        at
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visibility {
    Private,
    Scoped,
    Public,
}

fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

fn line_of(token: &TokenTree) -> usize {
    token.span().start().line
}

fn is_cfg_test(attribute: &Group) -> bool {
    let text = attribute.stream().to_string().replace(' ', "");
    text == "cfg(test)" || text.starts_with("cfg(all(test")
}

/// Where a statement ends that begins here: behind its semicolon.
fn end_of_statement(tokens: &[TokenTree], start: usize) -> usize {
    let rest = &tokens[start..];
    match rest.iter().position(|token| is_punct(token, ';')) {
        Some(length) => start + length + 1,
        None => tokens.len(),
    }
}

/// Where an item ends: behind its semicolon or its braces. A `const` may have braces in front of its semicolon, which is then an item of its own.
fn end_of_item(tokens: &[TokenTree], start: usize) -> usize {
    for (at, token) in tokens.iter().enumerate().skip(start) {
        let is_body =
            matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if is_body || is_punct(token, ';') {
            return at + 1;
        }
    }
    tokens.len()
}
