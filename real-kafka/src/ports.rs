//! Ports nobody else will take.

use std::{
    collections::hash_map::RandomState,
    fs::{self, File},
    hash::{BuildHasher, Hasher},
    net::{Ipv4Addr, TcpListener},
};

use crate::Error;

/// Below the range from which Linux picks ports for outgoing connections, so that none of those gets in the way of a
/// node that is down for a while.
const RANGE: std::ops::Range<u16> = 15_000..32_000;

/// A port of the loopback address that is ours until this is dropped.
///
/// The claim is a lock on a file that other processes using this crate respect: between the choice of a port and the
/// moment a broker listens on it pass seconds.
#[derive(Debug)]
pub(crate) struct Port {
    number: u16,
    _claim: File,
}

impl Port {
    /// Claims some free port.
    pub(crate) fn any() -> Result<Self, Error> {
        for _ in 0..1_000 {
            let span = u64::from(RANGE.end - RANGE.start);
            let offset = u16::try_from(random() % span).unwrap_or_default();
            if let Some(port) = Self::claim(RANGE.start + offset)? {
                return Ok(port);
            }
        }
        Err(Error::Config(format!(
            "no free port was found between {} and {}",
            RANGE.start, RANGE.end
        )))
    }

    /// Claims a given port.
    pub(crate) fn exactly(number: u16) -> Result<Self, Error> {
        Self::claim(number)?.ok_or_else(|| {
            Error::Config(format!(
                "port {number} is in use: end what listens there or name another one"
            ))
        })
    }

    pub(crate) fn number(&self) -> u16 {
        self.number
    }

    fn claim(number: u16) -> Result<Option<Self>, Error> {
        // One folder for each user, for others could not write in it.
        let user = std::env::var("USER").unwrap_or_default().replace('/', "");
        let folder = std::env::temp_dir().join(format!("real-kafka-ports-{user}"));
        fs::create_dir_all(&folder).map_err(Error::io(format!("create {}", folder.display())))?;
        let path = folder.join(number.to_string());
        let claim = File::options()
            .create(true)
            .append(true)
            .open(&path)
            .map_err(Error::io(format!("open {}", path.display())))?;
        let free = claim.try_lock().is_ok() && TcpListener::bind((Ipv4Addr::LOCALHOST, number)).is_ok();
        Ok(free.then_some(Self {
            number,
            _claim: claim,
        }))
    }
}

/// Returns one of some bytes, of which there is at least one.
pub(crate) fn choose(from: &[u8]) -> u8 {
    let count = from.len() as u64;
    usize::try_from(random() % count)
        .ok()
        .and_then(|index| from.get(index))
        .copied()
        .unwrap_or_default()
}

/// Returns a number that differs from call to call and from process to process.
pub(crate) fn random() -> u64 {
    // The standard library seeds every RandomState anew.
    RandomState::new().build_hasher().finish()
}
