//! The class archive, with which a node starts a second sooner.

use std::{fs, path::Path};

use crate::{Error, builder::ClusterBuilder, distribution::Distribution, java, security::Security, start};

/// Makes the class archive if enough nodes have been started without one.
///
/// A failure is one of the archive alone: nodes start without.
pub(crate) fn make_if_due(distribution: &Distribution, nodes: i32) -> Result<(), Error> {
    let nodes = usize::try_from(nodes).unwrap_or_default();
    if let Some(_lock) = distribution.archive_due(nodes)? {
        make(distribution)?;
    }
    Ok(())
}

/// Runs one node that records its classes as it ends.
fn make(distribution: &Distribution) -> Result<(), Error> {
    let name = distribution.archive_name()?;
    crate::cache::fill(distribution.folder(), &name, |scratch| {
        record(distribution, scratch)
    })
}

fn record(distribution: &Distribution, file: &Path) -> Result<(), Error> {
    let mut wanted = ClusterBuilder::default().version(distribution.release().version());
    wanted.listeners.push(Security::Plaintext);
    let option = format!("-XX:ArchiveClassesAtExit={}", file.display());
    let cluster = start::launch(distribution.clone(), wanted, Some(option))?;
    cluster.wait_ready()?;
    cluster.stop()?;
    let size = fs::metadata(file)
        .map_err(Error::io(format!("find the class archive {}", file.display())))?
        .len();
    if size == 0 {
        return Err(Error::Failed {
            what: "making a class archive".into(),
            output: java::identity()?.into(),
        });
    }
    Ok(())
}
