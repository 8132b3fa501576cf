//! Storage formatting for KRaft.
//!
//! The storage tool costs a second of a virtual machine's start for each node. What it writes does not depend on the
//! node, except for `meta.properties`, so it runs once for a combination of release, features and users, and its result
//! is copied.

use std::{
    fs,
    hash::{DefaultHasher, Hash, Hasher},
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Error, builder::ClusterBuilder, cache, distribution::Distribution, java, ports, security::Mechanism,
};

/// Returns the folder to copy into each node's log directory.
pub(crate) fn template(distribution: &Distribution, wanted: &ClusterBuilder) -> Result<PathBuf, Error> {
    let arguments = arguments(wanted);
    let mut hasher = DefaultHasher::new();
    arguments.hash(&mut hasher);
    let name = format!("format-{:016x}", hasher.finish());
    cache::once(distribution.folder(), &name, Path::is_dir, |scratch| {
        format(distribution, &arguments, scratch)
    })
}

/// Makes a node's log directory.
pub(crate) fn lay_out(template: &Path, log_dir: &Path, cluster: &str, node: i32) -> Result<(), Error> {
    copy(template, log_dir)?;
    let path = log_dir.join("meta.properties");
    fs::write(
        &path,
        format!("version=1\ncluster.id={cluster}\nnode.id={node}\n"),
    )
    .map_err(Error::io(format!("write {}", path.display())))
}

/// Returns a new cluster id: 16 random bytes in Kafka's base64url.
pub(crate) fn random_cluster_id() -> String {
    const DIGITS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    // Letters and digits alone: an id that starts with a hyphen looks like a flag.
    let mut id: String = (0..21).map(|_| char::from(ports::choose(DIGITS))).collect();
    // 22 digits hold 132 bits; the last four are zero.
    id.push('A');
    id
}

fn arguments(wanted: &ClusterBuilder) -> Vec<String> {
    let mut arguments = Vec::new();
    for (name, level) in &wanted.features {
        arguments.extend(["--feature".into(), format!("{name}={level}")]);
    }
    for user in wanted.users.iter().filter(|_| wanted.uses_sasl()) {
        for mechanism in Mechanism::SCRAM {
            let credential = format!("{mechanism}=[name={},password={}]", user.name, user.password);
            arguments.extend(["--add-scram".into(), credential]);
        }
    }
    arguments
}

fn format(distribution: &Distribution, arguments: &[String], scratch: &Path) -> Result<(), Error> {
    fs::create_dir_all(scratch).map_err(Error::io(format!("create {}", scratch.display())))?;
    let config = scratch.join("server.properties");
    let text = format!(
        "process.roles=broker,controller\nnode.id=1\ncontroller.quorum.voters=1@127.0.0.1:9093\n\
         listeners=PLAINTEXT://127.0.0.1:9092,CONTROLLER://127.0.0.1:9093\ncontroller.listener.names=CONTROLLER\n\
         log.dirs={}\n",
        scratch.display()
    );
    fs::write(&config, text).map_err(Error::io(format!("write {}", config.display())))?;
    let mut tool = Command::new(java::program("java"));
    tool.args([
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        distribution.class_path(),
    ]);
    tool.args([
        "kafka.tools.StorageTool",
        "format",
        "-t",
        &random_cluster_id(),
        "-c",
    ])
    .arg(&config)
    .args(arguments);
    java::run_jdk("formatting the storage", &mut tool)?;
    for file in ["server.properties", "meta.properties"] {
        let path = scratch.join(file);
        fs::remove_file(&path).map_err(Error::io(format!("remove {}", path.display())))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    fs::create_dir_all(to).map_err(Error::io(format!("create {}", to.display())))?;
    for entry in fs::read_dir(from).map_err(Error::io(format!("read {}", from.display())))? {
        let path = entry
            .map_err(Error::io(format!("read {}", from.display())))?
            .path();
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            copy(&path, &target)?;
        } else {
            fs::copy(&path, &target).map_err(Error::io(format!("copy {}", path.display())))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn cluster_ids_have_the_form_kafka_gives_them() {
        let (one, other) = (super::random_cluster_id(), super::random_cluster_id());
        assert_ne!(one, other);
        assert_eq!(one.len(), 22);
        assert!(one.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    }
}
