use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use super::error::ConfigError;

/// Reads a file of settings, keys or certificates; anything longer than 1 MiB is none.
pub(super) fn read_file(key: &str, path: &Path) -> Result<Vec<u8>, ConfigError> {
    const LONGEST: u64 = 1024 * 1024;
    let failed = |source| ConfigError::File {
        key: key.to_owned(),
        path: path.to_owned(),
        source: Arc::new(source),
    };
    let mut bytes = Vec::new();
    let file = std::fs::File::open(path).map_err(failed)?;
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(failed)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > LONGEST {
        return Err(failed(std::io::Error::new(
            std::io::ErrorKind::FileTooLarge,
            "it is longer than 1 MiB",
        )));
    }
    Ok(bytes)
}
