//! Where what is fetched or made once is kept, and how processes share it.

use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use crate::Error;

/// Returns the folder that holds jars, class archives and formatted templates.
///
/// `$KAFKACTL_KAFKA_CACHE` if set, else `kafka` in the workspace's target folder.
#[must_use]
pub fn root() -> PathBuf {
    match std::env::var_os("KAFKACTL_KAFKA_CACHE") {
        Some(folder) => PathBuf::from(folder),
        None => target().join("kafka"),
    }
}

/// Returns the workspace's target folder.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => PathBuf::from(folder),
        None => Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .unwrap_or_else(|| Path::new("."))
            .join("target"),
    }
}

/// Returns `folder/name` once `make` has filled it, in whichever process that happens.
///
/// `make` fills a scratch path beside it, which is renamed when it is whole: who dies half-way leaves nothing that looks
/// finished. The lock is the operating system's and ends with its holder.
pub(crate) fn once(
    folder: &Path,
    name: &str,
    is_current: impl Fn(&Path) -> bool,
    make: impl FnOnce(&Path) -> Result<(), Error>,
) -> Result<PathBuf, Error> {
    let whole = folder.join(name);
    if is_current(&whole) {
        return Ok(whole);
    }
    let _lock = Lock::wait(folder, name)?;
    if !is_current(&whole) {
        fill(folder, name, make)?;
    }
    Ok(whole)
}

/// Fills `folder/name` by way of a scratch path; the caller holds the lock.
pub(crate) fn fill(
    folder: &Path,
    name: &str,
    make: impl FnOnce(&Path) -> Result<(), Error>,
) -> Result<(), Error> {
    let whole = folder.join(name);
    let scratch = folder.join(format!("{name}.partial"));
    remove(&scratch)?;
    make(&scratch)?;
    remove(&whole)?;
    fs::rename(&scratch, &whole).map_err(Error::io(format!("rename to {}", whole.display())))
}

/// The exclusive right to make `folder/name`.
pub(crate) struct Lock(#[expect(dead_code, reason = "holds the lock until it is dropped")] File);

impl Lock {
    pub(crate) fn wait(folder: &Path, name: &str) -> Result<Self, Error> {
        let (file, path) = Self::open(folder, name)?;
        file.lock()
            .map_err(Error::io(format!("lock {}", path.display())))?;
        Ok(Self(file))
    }

    /// Returns `None` if another process holds it.
    pub(crate) fn attempt(folder: &Path, name: &str) -> Result<Option<Self>, Error> {
        let (file, path) = Self::open(folder, name)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(source)) => Err(Error::Io {
                what: format!("lock {}", path.display()),
                source,
            }),
        }
    }

    fn open(folder: &Path, name: &str) -> Result<(File, PathBuf), Error> {
        fs::create_dir_all(folder).map_err(Error::io(format!("create {}", folder.display())))?;
        let path = folder.join(format!("{name}.lock"));
        let file = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(Error::io(format!("open {}", path.display())))?;
        Ok((file, path))
    }
}

fn remove(path: &Path) -> Result<(), Error> {
    let removed = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
    match removed {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(Error::Io {
            what: format!("remove {}", path.display()),
            source: error,
        }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::{
        sync::{
            Barrier,
            atomic::{AtomicUsize, Ordering},
        },
        thread,
    };

    use super::*;

    fn make_file(scratch: &Path) -> Result<(), Error> {
        fs::create_dir(scratch).map_err(Error::io("create"))?;
        fs::write(scratch.join("file"), "whole").map_err(Error::io("write"))
    }

    #[test]
    fn of_many_who_ask_at_once_one_makes_it() {
        let folder = tempfile::tempdir().unwrap();
        let (made, together) = (AtomicUsize::new(0), Barrier::new(8));
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    together.wait();
                    let path = once(folder.path(), "thing", Path::is_dir, |scratch| {
                        made.fetch_add(1, Ordering::Relaxed);
                        make_file(scratch)
                    });
                    assert_eq!(fs::read_to_string(path.unwrap().join("file")).unwrap(), "whole");
                });
            }
        });
        assert_eq!(made.into_inner(), 1);
    }

    #[test]
    fn what_was_not_finished_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let failed = once(folder.path(), "thing", Path::is_dir, |scratch| {
            fs::create_dir(scratch).map_err(Error::io("create"))?;
            fs::write(scratch.join("half"), "").map_err(Error::io("write"))?;
            Err(Error::Timeout("interrupted".into()))
        });
        assert!(failed.is_err());
        assert!(!folder.path().join("thing").exists());
        let path = once(folder.path(), "thing", Path::is_dir, make_file).unwrap();
        assert!(path.join("file").exists());
        assert!(!path.join("half").exists());
    }

    #[test]
    fn what_is_outdated_is_made_again() {
        let folder = tempfile::tempdir().unwrap();
        let is_current = |path: &Path| path.join("file").exists();
        fs::create_dir(folder.path().join("thing")).unwrap();
        let path = once(folder.path(), "thing", is_current, make_file).unwrap();
        assert!(path.join("file").exists());
    }

    #[test]
    fn a_lock_is_had_once_at_a_time() {
        let folder = tempfile::tempdir().unwrap();
        let held = Lock::attempt(folder.path(), "thing").unwrap();
        assert!(held.is_some());
        assert!(Lock::attempt(folder.path(), "thing").unwrap().is_none());
        drop(held);
        assert!(Lock::attempt(folder.path(), "thing").unwrap().is_some());
    }
}
