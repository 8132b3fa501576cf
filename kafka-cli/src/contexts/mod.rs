//! Named clusters: kafkactl's own configuration files.
//!
//! Settings come, the stronger first, from flags, `-X`, `KAFKACTL_*` variables, the file of `-F`, the context (in
//! `.kafkactl.toml` of this folder or one above it up to the root of the repository, the user's file, then the
//! machine's), the defaults.

mod file;
mod settings;

pub use file::{ConfigFile, Files};
pub use settings::Settings;
