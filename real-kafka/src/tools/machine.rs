//! How the virtual machine of a tool is started.

use std::{fs, path::Path};

use crate::{Distribution, Error, cache};

/// Tools log warnings to standard error, as their scripts make them.
const LOGGING: &str = "status=error\nappender.err.type=Console\nappender.err.name=err\nappender.err.target=SYSTEM_ERR\n\
    appender.err.layout.type=PatternLayout\nappender.err.layout.pattern=[%d] %p %m (%c)%n\n\
    rootLogger.level=warn\nrootLogger.appenderRef.err.ref=err\n";

/// Returns the options of a machine, its class path included; the main class and its arguments follow.
pub(super) fn options(distribution: &Distribution, classes: Option<&Path>) -> Result<Vec<String>, Error> {
    let is_current = |path: &Path| fs::read_to_string(path).is_ok_and(|have| have == LOGGING);
    let logging = cache::once(
        distribution.folder(),
        "tools-log4j2.properties",
        is_current,
        |scratch| fs::write(scratch, LOGGING).map_err(Error::io(format!("write {}", scratch.display()))),
    )?;
    let mut class_path = distribution.class_path().to_owned();
    if let Some(classes) = classes {
        // At the end: a class archive fits every class path that begins with its own.
        class_path.push_str(&format!(":{}", classes.display()));
    }
    let mut options: Vec<_> = [
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xmx256m",
        "-Dfile.encoding=UTF-8",
    ]
    .map(String::from)
    .into();
    options.extend(
        distribution
            .archive()
            .map(|archive| format!("-XX:SharedArchiveFile={}", archive.display())),
    );
    options.push(format!("-Dlog4j2.configurationFile={}", logging.display()));
    options.extend(["-cp".into(), class_path]);
    Ok(options)
}
