//! The floors of the crates: what may import from what.

use std::path::Path;

/// The floors of a crate, lowest first: a module imports from those below its own.
struct Building {
    source: &'static str,
    floors: &'static [Floor],
}

/// Modules of one floor.
enum Floor {
    /// They may import each other.
    Together(&'static [&'static str]),
    /// They may not.
    Apart(&'static [&'static str]),
}

use Floor::{Apart, Together};

const BUILDINGS: [Building; 2] = [
    Building {
        source: "kafka-client/src",
        floors: &[
            Together(&["config", "error", "node", "time", "port", "oneshot"]),
            Apart(&["cluster"]),
            Apart(&["connection"]),
            Apart(&["machine"]),
            Apart(&["produce", "consume", "group"]),
            Apart(&["engine"]),
            Apart(&["io"]),
            Together(&["client", "admin"]),
        ],
    },
    Building {
        source: "kafka-sandbox/src",
        floors: &[
            Together(&["time", "profile", "answers"]),
            Apart(&["storage"]),
            Apart(&["log"]),
            Apart(&["fault", "group", "quota", "security", "telemetry", "transaction"]),
            Apart(&["state"]),
            Apart(&["handlers"]),
            Apart(&["core"]),
            Apart(&["shell"]),
            Together(&["builder", "sandbox"]),
        ],
    },
];

impl Floor {
    fn has(&self, module: &str) -> bool {
        let (Together(modules) | Apart(modules)) = self;
        modules.contains(&module)
    }
}

impl Building {
    fn floor_of(&self, module: &str) -> Option<usize> {
        self.floors.iter().position(|floor| floor.has(module))
    }

    /// Whether `module` may import from `other`. What is on no floor, such as what tests share, is everybody's.
    fn allows(&self, module: &str, other: &str) -> bool {
        let (Some(here), Some(there)) = (self.floor_of(module), self.floor_of(other)) else {
            return true;
        };
        module == other || there < here || (there == here && matches!(self.floors[here], Together(_)))
    }

    /// The module that a file is of.
    fn module_of<'a>(&self, file: &'a Path) -> Option<&'a str> {
        let inside = file.strip_prefix(self.source).ok()?;
        inside
            .components()
            .next()?
            .as_os_str()
            .to_str()?
            .split('.')
            .next()
    }
}

/// The imports of a line that go up, or aside: who imports, and from where.
pub(super) fn imports_from_above<'a>(file: &'a Path, line: &'a str) -> Vec<(&'a str, &'a str)> {
    let building = BUILDINGS
        .iter()
        .find_map(|building| Some((building, building.module_of(file)?)));
    let Some((building, module)) = building else {
        return Vec::new();
    };
    let paths = line
        .match_indices("crate::")
        .map(|(at, prefix)| &line[at + prefix.len()..]);
    // Tests compose what they need.
    if file.components().any(|part| part.as_os_str() == "tests") {
        return Vec::new();
    }
    let modules = paths.filter_map(|path| {
        path.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .next()
    });
    modules
        .filter(|other| !building.allows(module, other))
        .map(|other| (module, other))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn imports_go_down() {
        let up = |file: &str, line: &str| imports_from_above(Path::new(file), line).len();
        assert_eq!(
            up(
                "kafka-client/src/produce/lane.rs",
                "use crate::cluster::Metadata;"
            ),
            0
        );
        assert_eq!(
            up("kafka-client/src/cluster/mod.rs", "use crate::produce::Lane;"),
            1
        );
        assert_eq!(
            up(
                "kafka-client/src/produce/lane.rs",
                "    crate::consume::Fetcher::new()"
            ),
            1
        );
        assert_eq!(up("kafka-client/src/time.rs", "use crate::error::Error;"), 0);
        assert_eq!(
            up("kafka-sandbox/src/state/mod.rs", "use crate::group::Groups;"),
            0
        );
        assert_eq!(
            up("kafka-sandbox/src/group/mod.rs", "use crate::state::State;"),
            1
        );
        assert_eq!(
            up(
                "kafka-sandbox/src/group/mod.rs",
                "use crate::transaction::Status;"
            ),
            1
        );
        assert_eq!(up("kafka-cli/src/app.rs", "use crate::error::CliError;"), 0);
    }
}
