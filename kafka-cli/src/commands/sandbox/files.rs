use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use kafka_sandbox::Sandbox;

use crate::error::{CliError, Kind};

/// The folder beside the data.
const FOLDER: &str = "client";
const PROPERTIES: &str = "client.properties";
const CA: &str = "ca.pem";
const IDENTITY: &str = "client.pem";

/// What clients need to connect to a sandbox, as files.
#[derive(Debug)]
pub struct ClientFiles {
    /// The certificate to trust, in PEM.
    pub ca: Option<PathBuf>,
    /// Settings by their Java names.
    pub properties: PathBuf,
    /// The folder that goes with the sandbox.
    temporary: Option<PathBuf>,
}

impl ClientFiles {
    /// Writes them, readable for this user alone: beside the sandbox's data, or in a folder that is removed at the end.
    ///
    /// `identity` is the name of the client in its certificate, where clients must show one.
    pub fn write(sandbox: &Sandbox, data: Option<&Path>, identity: Option<&str>) -> Result<Self, CliError> {
        let failed = |folder: &Path| {
            let what = format!("the files for clients cannot be written to {}", folder.display());
            |error: io::Error| CliError::new(Kind::Failed, what).caused_by(error)
        };
        let folder = match data {
            Some(data) => data.join(FOLDER),
            None => {
                let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
                let nanos = since.subsec_nanos();
                std::env::temp_dir().join(format!("kafkactl-sandbox-{}-{nanos}", std::process::id()))
            }
        };
        let temporary = data.is_none().then(|| folder.clone());
        make_folder(&folder, data.is_some()).map_err(failed(&folder))?;
        let folder = fs::canonicalize(&folder).map_err(failed(&folder))?;
        // From here on the folder goes when something fails.
        let mut files = Self {
            ca: None,
            properties: folder.join(PROPERTIES),
            temporary,
        };
        let mut properties = String::new();
        let mut set = |name: &str, value: &str| properties.push_str(&property(name, value));
        for (name, value) in sandbox.client_properties() {
            if name == "ssl.truststore.certificates" {
                let ca = folder.join(CA);
                write(&ca, &value).map_err(failed(&folder))?;
                set("ssl.truststore.location", &ca.display().to_string());
                files.ca = Some(ca);
            } else {
                set(&name, &value);
            }
        }
        if let Some(name) = identity {
            let identity = sandbox.client_certificate(name);
            let identity = identity.map_err(|error| {
                CliError::new(Kind::Failed, "the client's certificate cannot be made").caused_by(error)
            })?;
            let store = folder.join(IDENTITY);
            let pem = identity.private_key + &identity.certificate_chain;
            write(&store, &pem).map_err(failed(&folder))?;
            set("ssl.keystore.type", "PEM");
            set("ssl.keystore.location", &store.display().to_string());
        }
        write(&files.properties, &properties).map_err(failed(&folder))?;
        Ok(files)
    }
}

/// Removes what an earlier start wrote beside the data, where clients need none of it now.
pub fn remove(data: &Path) {
    for name in [PROPERTIES, CA, IDENTITY] {
        // Mostly there is none.
        let _ = fs::remove_file(data.join(FOLDER).join(name));
    }
}

impl Drop for ClientFiles {
    fn drop(&mut self) {
        if let Some(folder) = &self.temporary {
            // What cannot be removed is in the folder for what is temporary.
            let _ = fs::remove_dir_all(folder);
        }
    }
}

fn make_folder(folder: &Path, may_exist: bool) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(may_exist);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

fn write(path: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)?.write_all(text.as_bytes())
}

/// A line of a properties file, as Java reads it.
fn property(name: &str, value: &str) -> String {
    let mut line = format!("{name}=");
    for (place, char) in value.chars().enumerate() {
        match char {
            '\\' => line.push_str("\\\\"),
            '\n' => line.push_str("\\n"),
            '\r' => line.push_str("\\r"),
            '\t' => line.push_str("\\t"),
            ' ' if place == 0 => line.push_str("\\ "),
            ' '..='~' => line.push(char),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    line.push_str(&format!("\\u{unit:04x}"));
                }
            }
        }
    }
    line.push('\n');
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_escaped() {
        assert_eq!(property("a", "b c=d"), "a=b c=d\n");
        assert_eq!(property("a", " \\x\ny"), "a=\\ \\\\x\\ny\n");
        assert_eq!(property("a", "é😀"), "a=\\u00e9\\ud83d\\ude00\n");
    }
}
