//! Files that import each other in a circle: neither can be understood, or moved, without the other.
//!
//! What counts is a `use`, and where the name is defined: one of something that another module only hands on leads to its
//! source. A module that calls its own parts by their paths imports nothing. Tests do not count.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::Finding;

/// The path of a module or an item from the root of its crate.
type ItemPath = Vec<String>;

/// Names of others, by the file that uses them and the one that defines them.
type Edges = BTreeMap<PathBuf, BTreeMap<PathBuf, BTreeSet<String>>>;

/// Finds the circles of the crate whose root is `file`, such as `xtask/src/main.rs`.
pub(super) fn check_crate(workspace: &Path, file: &Path) -> Vec<Finding> {
    let mut walk = Walk {
        workspace,
        modules: BTreeMap::new(),
        imports: BTreeMap::new(),
        uses: Vec::new(),
    };
    walk.walk_file(file, Vec::new());
    let edges = walk.edges();
    let circles = circles(&edges).into_iter();
    circles.map(|circle| describe(&circle, &edges)).collect()
}

/// What was found in the files of a crate.
struct Walk<'a> {
    workspace: &'a Path,
    /// The file of each module.
    modules: BTreeMap<ItemPath, PathBuf>,
    /// What a module calls by a name of its own, as it is written there.
    imports: BTreeMap<(ItemPath, String), ItemPath>,
    /// What a module names, as it is written there.
    uses: Vec<(ItemPath, ItemPath)>,
}

impl Walk<'_> {
    fn walk_file(&mut self, file: &Path, module: ItemPath) {
        let text = fs::read_to_string(self.workspace.join(file)).unwrap_or_default();
        // What does not parse is the compiler's to tell.
        let Ok(parsed) = syn::parse_file(&text) else {
            return;
        };
        self.modules.insert(module.clone(), file.to_owned());
        self.walk_items(file, &module, &parsed.items);
    }

    fn walk_items(&mut self, file: &Path, module: &ItemPath, items: &[syn::Item]) {
        for item in items {
            match item {
                syn::Item::Mod(child) if !is_test(&child.attrs) => {
                    let mut path = module.clone();
                    path.push(child.ident.to_string());
                    match &child.content {
                        Some((_, items)) => {
                            self.modules.insert(path.clone(), file.to_owned());
                            self.walk_items(file, &path, items);
                        }
                        None => {
                            if let Some(file) = self.file_of(file, module, child) {
                                self.walk_file(&file, path);
                            }
                        }
                    }
                }
                syn::Item::Mod(_) => {}
                syn::Item::Use(import) if !is_test(&import.attrs) => {
                    let hands_on = !matches!(import.vis, syn::Visibility::Inherited);
                    self.note_import(module, hands_on, &mut Vec::new(), &import.tree);
                }
                _ => {}
            }
        }
    }

    /// The file of a module that is declared in another.
    fn file_of(&self, parent: &Path, module: &ItemPath, child: &syn::ItemMod) -> Option<PathBuf> {
        let folder = parent.parent()?;
        if let Some(path) = child.attrs.iter().find_map(path_attribute) {
            return Some(folder.join(path));
        }
        let name = child.ident.to_string();
        let owns_folder = parent.file_stem().is_some_and(|stem| stem == "mod") || module.is_empty();
        let folder = match owns_folder {
            true => folder.to_owned(),
            false => folder.join(module.last()?),
        };
        let candidates = [
            folder.join(format!("{name}.rs")),
            folder.join(&name).join("mod.rs"),
        ];
        candidates
            .into_iter()
            .find(|candidate| self.workspace.join(candidate).exists())
    }

    fn note_import(&mut self, module: &ItemPath, hands_on: bool, before: &mut ItemPath, tree: &syn::UseTree) {
        let (source, name) = match tree {
            syn::UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.note_import(module, hands_on, before, &path.tree);
                before.pop();
                return;
            }
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.note_import(module, hands_on, before, tree);
                }
                return;
            }
            syn::UseTree::Glob(_) => return,
            syn::UseTree::Name(name) => (name.ident.to_string(), name.ident.to_string()),
            syn::UseTree::Rename(rename) => (rename.ident.to_string(), rename.rename.to_string()),
        };
        let mut path = before.clone();
        if source != "self" {
            path.push(source);
        }
        let name = if name == "self" {
            path.last().cloned()
        } else {
            Some(name)
        };
        let Some(name) = name else { return };
        self.imports.insert((module.clone(), name), path.clone());
        if !hands_on {
            self.uses.push((module.clone(), path));
        }
    }

    /// Who uses what of whom.
    fn edges(&self) -> Edges {
        let mut edges = Edges::new();
        for (module, path) in &self.uses {
            let Some((target, name)) = self.resolve(module, path) else {
                continue;
            };
            let file = &self.modules[module];
            if *file != target {
                let names = edges.entry(file.clone()).or_default().entry(target).or_default();
                names.insert(name);
            }
        }
        edges
    }

    /// The file in which something is defined that `module` writes as `path`, and its name there. None for what belongs to
    /// another crate, and for modules as such.
    fn resolve(&self, module: &ItemPath, path: &[String]) -> Option<(PathBuf, String)> {
        let (mut module, mut path) = (module.clone(), path.to_vec());
        // Names are handed on a few times at most; a circle of them does not compile.
        for _ in 0..16 {
            let absolute = self.absolute(&module, &path)?;
            let depth = (0..=absolute.len())
                .rev()
                .find(|&depth| self.modules.contains_key(&absolute[..depth]))?;
            let (owner, rest) = absolute.split_at(depth);
            let name = rest.first()?;
            let Some(source) = self.imports.get(&(owner.to_vec(), name.clone())) else {
                return Some((self.modules[owner].clone(), name.clone()));
            };
            module = owner.to_vec();
            path = source.iter().chain(&rest[1..]).cloned().collect();
        }
        None
    }

    /// A path as it is from the root.
    fn absolute(&self, module: &ItemPath, path: &[String]) -> Option<ItemPath> {
        let (first, rest) = path.split_first()?;
        let mut absolute = module.clone();
        match first.as_str() {
            "crate" => absolute.clear(),
            "self" => {}
            "super" => {
                absolute.pop()?;
                if rest.first().is_some_and(|next| next == "super") {
                    return self.absolute(&absolute, rest);
                }
            }
            name => {
                absolute.push(name.to_owned());
                if !self.modules.contains_key(&absolute) {
                    let source = self.imports.get(&(module.clone(), name.to_owned()))?;
                    // A crate of the same name as what is imported of it leads nowhere.
                    let source = (source.first()? != name).then_some(source)?;
                    absolute = self.absolute(module, source)?;
                }
            }
        }
        absolute.extend(rest.iter().cloned());
        Some(absolute)
    }
}

/// Whether something is compiled for tests only.
fn is_test(attributes: &[syn::Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        syn::Meta::List(list) if list.path.is_ident("cfg") => {
            let mut words = list.tokens.clone().into_iter().map(|token| token.to_string());
            words.next().is_some_and(|word| word == "test")
        }
        _ => false,
    })
}

/// The file that `#[path = "…"]` names.
fn path_attribute(attribute: &syn::Attribute) -> Option<String> {
    let syn::Meta::NameValue(pair) = &attribute.meta else {
        return None;
    };
    match (&pair.path, &pair.value) {
        (
            path,
            syn::Expr::Lit(syn::ExprLit {
                lit: syn::Lit::Str(text),
                ..
            }),
        ) if path.is_ident("path") => Some(text.value()),
        _ => None,
    }
}

/// The sets of files each of which reaches all others of its set.
fn circles(edges: &Edges) -> Vec<BTreeSet<&Path>> {
    let mut left: BTreeSet<&Path> = edges.keys().map(PathBuf::as_path).collect();
    let mut found = Vec::new();
    while let Some(file) = left.pop_first() {
        let reached = reachable(edges, file);
        let circle: BTreeSet<&Path> = reached
            .into_iter()
            .filter(|other| reachable(edges, other).contains(file))
            .collect();
        if !circle.is_empty() {
            left.retain(|other| !circle.contains(other));
            found.push(circle);
        }
    }
    found
}

/// The files that a file imports, directly or through others.
fn reachable<'a>(edges: &'a Edges, file: &Path) -> BTreeSet<&'a Path> {
    let mut reached = BTreeSet::new();
    let mut next = vec![file];
    while let Some(file) = next.pop() {
        for target in edges.get(file).into_iter().flat_map(BTreeMap::keys) {
            if reached.insert(target.as_path()) {
                next.push(target);
            }
        }
    }
    reached
}

fn describe(circle: &BTreeSet<&Path>, edges: &Edges) -> Finding {
    let mut ties = Vec::new();
    for file in circle {
        let of_file = edges.get(*file).into_iter().flatten();
        for (target, names) in of_file.filter(|(target, _)| circle.contains(target.as_path())) {
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            ties.push(format!(
                "{} takes {} from {}",
                file.display(),
                names.join(", "),
                target.display()
            ));
        }
    }
    Finding {
        file: circle.first().map(|file| (*file).to_owned()).unwrap_or_default(),
        line: 1,
        what: format!("a circle of imports: {}", ties.join("; ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The findings in a crate of these files.
    fn check(files: &[(&str, &str)]) -> Vec<String> {
        let root = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let findings = check_crate(root.path(), Path::new("lib.rs"));
        findings.into_iter().map(|finding| finding.what).collect()
    }

    #[test]
    fn files_that_import_each_other_are_found() {
        let files = [
            ("lib.rs", "mod a; mod b;"),
            ("a.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "use super::a::A; pub struct B;"),
        ];
        assert_eq!(
            check(&files),
            ["a circle of imports: a.rs takes B from b.rs; b.rs takes A from a.rs"]
        );
    }

    #[test]
    fn names_that_are_handed_on_lead_to_their_source() {
        let up = ("lib.rs", "mod a; mod c; pub use a::inner::A;");
        let inner = ("a/inner.rs", "pub struct A;");
        let with = |user: &'static str| {
            check(&[
                up,
                ("a/mod.rs", "pub mod inner; use crate::c::C;"),
                inner,
                ("c.rs", user),
            ])
        };
        assert!(with("use crate::A; pub struct C;").is_empty());
        assert_eq!(with("use crate::a::f; pub struct C;").len(), 1);
    }

    #[test]
    fn parents_and_children_count_and_tests_do_not() {
        let circle = [
            ("lib.rs", "mod a; use a::A; struct Root;"),
            ("a.rs", "use super::Root; pub struct A;"),
        ];
        assert_eq!(check(&circle).len(), 1);
        let tests = [
            (
                "lib.rs",
                "mod a; struct Root; #[cfg(test)] mod tests { use crate::a::A; }",
            ),
            (
                "a.rs",
                "use super::Root; pub struct A; #[cfg(test)] use crate::f;",
            ),
        ];
        assert!(check(&tests).is_empty());
    }

    #[test]
    fn modules_are_found_where_attributes_put_them() {
        let files = [
            ("lib.rs", "#[path = \"00_a.rs\"] mod a; mod b;"),
            ("00_a.rs", "use crate::b::B; pub struct A;"),
            ("b.rs", "use crate::a; use a::A; pub struct B;"),
        ];
        assert_eq!(check(&files).len(), 1);
    }
}
