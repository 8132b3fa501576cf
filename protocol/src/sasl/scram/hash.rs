use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256, Sha512};
use zeroize::Zeroizing;

use super::{ITERATIONS_MAX, ITERATIONS_MIN};
use crate::sasl::secret::same_bytes;
use crate::sasl::{AuthErrorKind, Mechanism, Secret};

/// The hash function under the mechanism.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hash {
    Sha256,
    Sha512,
}

/// What a password is hashed to, for one salt and one count of iterations (`SaltedPassword` of RFC 5802).
///
/// Whoever holds it can log in as the user wherever the password has that salt: it is as secret as the password.
/// `AlterUserScramCredentials` takes it to set a user's password.
#[derive(Clone)]
pub struct SaltedPassword {
    hash: Hash,
    salt: Vec<u8>,
    iterations: u32,
    bytes: Zeroizing<Vec<u8>>,
}

/// What a server keeps to verify a user: it proves nothing to another server.
#[derive(Clone, PartialEq, Eq)]
pub struct StoredKeys {
    /// `StoredKey` of RFC 5802.
    pub stored_key: Vec<u8>,
    /// `ServerKey` of RFC 5802.
    pub server_key: Vec<u8>,
}

impl SaltedPassword {
    /// Hashes `password`; this is the slow part of SCRAM, about a millisecond for each thousand `iterations`.
    ///
    /// Fails when `mechanism` is not SCRAM, or when `iterations` are outside [`ITERATIONS_MIN`] to
    /// [`ITERATIONS_MAX`].
    pub fn derive(
        mechanism: Mechanism,
        password: &Secret,
        salt: &[u8],
        iterations: u32,
    ) -> Result<Self, crate::sasl::AuthError> {
        Hash::of(mechanism)
            .and_then(|hash| Self::hash(hash, password, salt, iterations))
            .map_err(|kind| kind.of(mechanism))
    }

    pub(super) fn hash(
        hash: Hash,
        password: &Secret,
        salt: &[u8],
        iterations: u32,
    ) -> Result<Self, AuthErrorKind> {
        if !(ITERATIONS_MIN..=ITERATIONS_MAX).contains(&iterations) {
            return Err(AuthErrorKind::IterationsOutOfBounds(iterations));
        }
        let mut bytes = Zeroizing::new(vec![0; hash.len()]);
        let password = password.expose().as_bytes();
        match hash {
            Hash::Sha256 => pbkdf2::pbkdf2_hmac::<Sha256>(password, salt, iterations, &mut bytes),
            Hash::Sha512 => pbkdf2::pbkdf2_hmac::<Sha512>(password, salt, iterations, &mut bytes),
        }
        Ok(Self {
            hash,
            salt: salt.to_vec(),
            iterations,
            bytes,
        })
    }

    /// Whether hashing with these arguments would give this very value.
    pub(super) fn fits(&self, hash: Hash, salt: &[u8], iterations: u32) -> bool {
        self.hash == hash && self.iterations == iterations && self.salt == salt
    }

    /// Returns the bytes, for `AlterUserScramCredentials`: 32 for SCRAM-SHA-256, 64 for SCRAM-SHA-512.
    pub fn expose(&self) -> &[u8] {
        &self.bytes
    }

    /// Returns the salt.
    pub fn salt(&self) -> &[u8] {
        &self.salt
    }

    /// Returns the count of iterations.
    pub fn iterations(&self) -> u32 {
        self.iterations
    }

    /// Returns what a server keeps of it.
    pub fn stored_keys(&self) -> StoredKeys {
        StoredKeys {
            stored_key: self.hash.digest(&self.client_key()),
            server_key: self.server_key(),
        }
    }

    pub(super) fn client_key(&self) -> Zeroizing<Vec<u8>> {
        Zeroizing::new(self.hash.hmac(&self.bytes, b"Client Key"))
    }

    pub(super) fn server_key(&self) -> Vec<u8> {
        self.hash.hmac(&self.bytes, b"Server Key")
    }

    /// The proof that this side knows the password, for the exchange whose messages are in `auth_message`.
    pub(super) fn client_proof(&self, auth_message: &[u8]) -> Vec<u8> {
        let client_key = self.client_key();
        let signature = self.hash.hmac(&self.hash.digest(&client_key), auth_message);
        xor(&client_key, &signature)
    }
}

impl StoredKeys {
    /// What a server keeps of a salted password that it was given as bytes, as by `AlterUserScramCredentials`.
    ///
    /// Fails when `mechanism` is not SCRAM.
    #[cfg(any(feature = "server", test))]
    pub fn derive(mechanism: Mechanism, salted: &[u8]) -> Result<Self, crate::sasl::AuthError> {
        let hash = Hash::of(mechanism).map_err(|kind| kind.of(mechanism))?;
        let client_key = Zeroizing::new(hash.hmac(salted, b"Client Key"));
        Ok(Self {
            stored_key: hash.digest(&client_key),
            server_key: hash.hmac(salted, b"Server Key"),
        })
    }

    /// Whether `proof` was made by someone who knows the password.
    #[cfg(any(feature = "server", test))]
    pub(super) fn accepts(&self, hash: Hash, proof: &[u8], auth_message: &[u8]) -> bool {
        let signature = hash.hmac(&self.stored_key, auth_message);
        let client_key = Zeroizing::new(xor(proof, &signature));
        proof.len() == hash.len() && same_bytes(&hash.digest(&client_key), &self.stored_key)
    }
}

impl Hash {
    pub(super) fn of(mechanism: Mechanism) -> Result<Self, AuthErrorKind> {
        match mechanism {
            Mechanism::ScramSha256 => Ok(Self::Sha256),
            Mechanism::ScramSha512 => Ok(Self::Sha512),
            Mechanism::OAuthBearer | Mechanism::Plain => {
                Err(AuthErrorKind::BadCredentials("only SCRAM hashes passwords"))
            }
        }
    }

    /// Bytes of a digest.
    pub(super) fn len(self) -> usize {
        match self {
            Self::Sha256 => 32,
            Self::Sha512 => 64,
        }
    }

    pub(super) fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }

    pub(super) fn hmac(self, key: &[u8], message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => hmac_of::<Hmac<Sha256>>(key, message),
            Self::Sha512 => hmac_of::<Hmac<Sha512>>(key, message),
        }
    }

    /// Whether `tag` is the HMAC of `message`, in a time that does not depend on where they differ.
    pub(super) fn verify(self, key: &[u8], message: &[u8], tag: &[u8]) -> bool {
        same_bytes(&self.hmac(key, message), tag)
    }
}

fn hmac_of<M: Mac + KeyInit>(key: &[u8], message: &[u8]) -> Vec<u8> {
    let mut mac = <M as KeyInit>::new_from_slice(key).expect("an HMAC key may have any length");
    mac.update(message);
    mac.finalize().into_bytes().to_vec()
}

fn xor(left: &[u8], right: &[u8]) -> Vec<u8> {
    left.iter().zip(right).map(|(l, r)| l ^ r).collect()
}

impl fmt::Debug for SaltedPassword {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SaltedPassword")
            .field("iterations", &self.iterations)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for StoredKeys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StoredKeys(***)")
    }
}
