//! A release's jars on this machine.

use std::{
    fs::{self, File},
    hash::{DefaultHasher, Hash, Hasher},
    io::{self, Write},
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    Error,
    cache::{self, Lock},
    java,
    release::Release,
};

const COPY_DEPENDENCIES: &str = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies";

/// How many nodes are started without a class archive before one is made.
///
/// Making it takes about 12 s and each later node starts 1 s sooner with 1.2 s less CPU, so somebody who runs one test
/// never pays and somebody who runs the suite does once.
const STARTS_BEFORE_ARCHIVE: u64 = 6;

/// A release's jars, fetched from Maven Central once and kept in the cache folder.
#[derive(Clone, Debug)]
pub struct Distribution {
    release: Release,
    folder: PathBuf,
    class_path: String,
}

impl Distribution {
    /// Returns the jars of a release, fetching them if need be: 7 to 15 s and 45 to 55 MB, told on stderr.
    ///
    /// Processes that ask at once wait for one another, and a fetch that was cut short is never taken for whole.
    ///
    /// # Errors
    /// When Maven is missing or cannot reach its repository, or the cache folder cannot be written.
    pub fn obtain(release: Release) -> Result<Self, Error> {
        Self::obtain_in(&cache::root(), release)
    }

    pub(crate) fn obtain_in(cache: &Path, release: Release) -> Result<Self, Error> {
        let pom = release.pom();
        let name = format!("kafka-{}", release.version());
        let is_current =
            |folder: &Path| fs::read_to_string(folder.join("pom.xml")).is_ok_and(|have| have == pom);
        let folder = cache::once(cache, &name, is_current, |scratch| fetch(release, &pom, scratch))?;
        let class_path = class_path(&folder.join("libs"))?;
        Ok(Self {
            release,
            folder,
            class_path,
        })
    }

    /// Returns which release it is.
    #[must_use]
    pub fn release(&self) -> Release {
        self.release
    }

    /// Returns every jar of the release, joined for `java -cp`.
    #[must_use]
    pub fn class_path(&self) -> &str {
        &self.class_path
    }

    /// Compiles Java sources against the release and returns the folder of their classes.
    ///
    /// `sources` are file names and texts. The result is kept for as long as the texts stay the same.
    ///
    /// # Errors
    /// [`Error::Failed`] with javac's messages.
    pub fn compile(&self, sources: &[(&str, &str)]) -> Result<PathBuf, Error> {
        let mut hasher = DefaultHasher::new();
        sources.hash(&mut hasher);
        java::identity()?.hash(&mut hasher);
        let name = format!("classes-{:016x}", hasher.finish());
        cache::once(&self.folder, &name, Path::is_dir, |scratch| {
            let mut javac = Command::new(java::program("javac"));
            javac
                .args(["-encoding", "UTF-8", "-cp", &self.class_path, "-d"])
                .arg(scratch);
            for (file, text) in sources {
                let path = scratch.join(file);
                fs::create_dir_all(scratch).map_err(Error::io(format!("create {}", scratch.display())))?;
                fs::write(&path, text).map_err(Error::io(format!("write {}", path.display())))?;
                javac.arg(path);
            }
            java::run_jdk("javac", &mut javac).map(drop)
        })
    }

    /// Returns the folder where things made from this release are kept.
    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the class archive to start a node with, if there is one for this Java.
    pub(crate) fn archive(&self) -> Option<PathBuf> {
        let archive = self.folder.join(self.archive_name().ok()?);
        archive.is_file().then_some(archive)
    }

    /// Counts the start of some nodes and returns the right to make the class archive when it is due.
    ///
    /// Who does not get the right starts without one: nobody waits for another's archive.
    pub(crate) fn archive_due(&self, nodes: usize) -> Result<Option<Lock>, Error> {
        if self.archive().is_some() {
            return Ok(None);
        }
        let path = self.folder.join("starts");
        let mut starts = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(Error::io(format!("open {}", path.display())))?;
        let before = starts
            .metadata()
            .map_err(Error::io(format!("read {}", path.display())))?
            .len();
        starts
            .write_all(&vec![b'.'; nodes])
            .map_err(Error::io(format!("write {}", path.display())))?;
        if before < STARTS_BEFORE_ARCHIVE {
            return Ok(None);
        }
        let lock = Lock::attempt(&self.folder, &self.archive_name()?)?;
        Ok(lock.filter(|_| self.archive().is_none()))
    }

    pub(crate) fn archive_name(&self) -> Result<String, Error> {
        let mut hasher = DefaultHasher::new();
        java::identity()?.hash(&mut hasher);
        self.class_path.hash(&mut hasher);
        Ok(format!("archive-{:016x}.jsa", hasher.finish()))
    }
}

fn fetch(release: Release, pom: &str, scratch: &Path) -> Result<(), Error> {
    let version = release.version();
    // Not a test's captured output: whoever waits should see why.
    let _ = writeln!(
        io::stderr(),
        "fetching Apache Kafka {version} from Maven Central, once (about 50 MB) ..."
    );
    fs::create_dir_all(scratch).map_err(Error::io(format!("create {}", scratch.display())))?;
    let path = scratch.join("pom.xml");
    fs::write(&path, pom).map_err(Error::io(format!("write {}", path.display())))?;
    let mut maven = Command::new("mvn");
    maven
        .args(["-q", "-B", "-f"])
        .arg(&path)
        .arg(COPY_DEPENDENCIES)
        .arg("-DincludeScope=runtime");
    maven.arg("-DoutputDirectory=libs").current_dir(scratch);
    java::run_maven(&format!("fetching Apache Kafka {version} with mvn"), &mut maven).map(drop)
}

/// Returns the jars in a stable order: a class archive fits only the class path it was made with.
fn class_path(libs: &Path) -> Result<String, Error> {
    let mut jars = Vec::new();
    for entry in fs::read_dir(libs).map_err(Error::io(format!("read {}", libs.display())))? {
        let path = entry
            .map_err(Error::io(format!("read {}", libs.display())))?
            .path();
        if path.extension().is_some_and(|extension| extension == "jar") {
            jars.push(path.display().to_string());
        }
    }
    jars.sort();
    Ok(jars.join(":"))
}
