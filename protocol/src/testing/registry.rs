//! All messages, as values.

use std::fmt::Debug;

use bytes::Bytes;

use super::{Described, Fault, Probe, Rng, StructSchema};
use crate::codec::Version;
use crate::messages::{self, every_message};
use crate::wire::{DecodeError, EncodeError, Reader, Writer};
use crate::{ApiKey, Decode, Encode, Message, Request, Response, VersionRange};

/// What a message is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It asks.
    Request,
    /// It answers.
    Response,
    /// It is stored, or travels inside another message.
    Data,
    /// It stands in front of requests or responses.
    Header,
}

/// A message type.
#[derive(Clone, Copy, Debug)]
pub struct Entry {
    /// The name in Kafka's schema, as `"MetadataRequest"`.
    pub name: &'static str,
    /// What it is for.
    pub kind: Kind,
    /// The API, for requests and responses.
    pub key: Option<ApiKey>,
    /// The versions there are.
    pub versions: VersionRange,
    /// The first flexible version.
    pub flexible: Option<i16>,
    /// The description.
    pub schema: &'static StructSchema,
    random: fn(&mut Rng, i16) -> Sample,
    encode_default: fn(i16) -> Result<Vec<u8>, EncodeError>,
    reencode: fn(&Bytes, i16) -> Result<Vec<u8>, DecodeError>,
    debug: fn(&Bytes, i16) -> Result<String, DecodeError>,
    decode: fn(&Bytes, i16) -> Result<(), DecodeError>,
}

/// A random instance, ready to be written in one way or another.
struct Sample {
    write: Box<dyn Fn(&mut Writer)>,
    /// Whether bytes read as the instance.
    equals: Box<dyn Fn(&Bytes) -> bool>,
}

impl Entry {
    /// The entry of a data message that is not in the registry: a record of an internal topic.
    pub fn of_data<T>() -> Self
    where
        T: Message + Encode + Decode + Described + Default + PartialEq + Debug + 'static,
    {
        entry::<T>(Kind::Data, None)
    }

    /// Whether it is a request.
    pub fn is_request(&self) -> bool {
        self.kind == Kind::Request
    }

    /// The bytes of a random instance.
    pub fn random_bytes(&self, rng: &mut Rng, version: i16) -> Vec<u8> {
        written(&*(self.random)(rng, version).write, Probe::default()).0
    }

    /// The bytes of a random instance, and of the same with tagged fields that nobody knows strewn in, if
    /// the version has tagged fields.
    pub fn random_bytes_and_noisy(&self, rng: &mut Rng, version: i16) -> (Vec<u8>, Vec<u8>) {
        let sample = (self.random)(rng, version);
        let noise = Probe {
            noise: Some(Rng::new(rng.u64())),
            ..Probe::default()
        };
        (
            written(&*sample.write, Probe::default()).0,
            written(&*sample.write, noise).0,
        )
    }

    /// Writes a random instance, with and without unknown tagged fields, and reads both. Returns whether the
    /// instance came back both times.
    pub fn round_trips(&self, rng: &mut Rng, version: i16) -> bool {
        let sample = (self.random)(rng, version);
        let noise = Probe {
            noise: Some(Rng::new(rng.u64())),
            ..Probe::default()
        };
        [Probe::default(), noise]
            .into_iter()
            .all(|probe| (sample.equals)(&written(&*sample.write, probe).0.into()))
    }

    /// Passes every place of a random instance where `fault` fits, with the bytes that have it there.
    pub fn with_fault(&self, rng: &mut Rng, version: i16, fault: Fault, mut check: impl FnMut(Bytes)) {
        let sample = (self.random)(rng, version);
        let mut place = 0;
        loop {
            let probe = Probe {
                fault: Some((place, fault)),
                ..Probe::default()
            };
            let (bytes, probe) = written(&*sample.write, probe);
            if place >= probe.places {
                break;
            }
            if probe.applied {
                check(bytes.into());
            }
            place += 1;
        }
    }

    /// The bytes of the default instance. Fails where a default cannot be said.
    pub fn default_bytes(&self, version: i16) -> Result<Vec<u8>, EncodeError> {
        (self.encode_default)(version)
    }

    /// Reads `bytes`, which must hold nothing else, and drops the message.
    pub fn decode(&self, bytes: &Bytes, version: i16) -> Result<(), DecodeError> {
        (self.decode)(bytes, version)
    }

    /// Reads `bytes`, which must hold nothing else, and writes the message again.
    pub fn reencode(&self, bytes: &Bytes, version: i16) -> Result<Vec<u8>, DecodeError> {
        (self.reencode)(bytes, version)
    }

    /// Reads `bytes`, which must hold nothing else. Returns the message as `Debug` shows it.
    pub fn debug(&self, bytes: &Bytes, version: i16) -> Result<String, DecodeError> {
        (self.debug)(bytes, version)
    }
}

/// All messages: requests and responses by ascending key, then data, then headers.
pub fn registry() -> Vec<Entry> {
    macro_rules! key {
        (request $name:ident) => {
            Some(<messages::$name as Request>::KEY)
        };
        (response $name:ident) => {
            Some(<messages::$name as Response>::KEY)
        };
        ($other:ident $name:ident) => {
            None
        };
    }
    macro_rules! kind {
        (request) => {
            Kind::Request
        };
        (response) => {
            Kind::Response
        };
        (data) => {
            Kind::Data
        };
        (header) => {
            Kind::Header
        };
    }
    macro_rules! entries {
        ($($kind:ident: $($name:ident),*;)*) => {
            vec![$($(entry::<messages::$name>(kind!($kind), key!($kind $name)),)*)*]
        };
    }
    every_message!(entries)
}

fn entry<T>(kind: Kind, key: Option<ApiKey>) -> Entry
where
    T: Message + Encode + Decode + Described + Default + PartialEq + Debug + 'static,
{
    Entry {
        name: T::NAME,
        kind,
        key,
        versions: T::VERSIONS,
        flexible: T::FLEXIBLE,
        schema: &T::SCHEMA,
        random: random::<T>,
        encode_default: |version| {
            let mut w = Writer::new();
            T::default().encode(&mut w, version)?;
            Ok(w.finish().to_bytes().to_vec())
        },
        reencode: |bytes, version| {
            let message = read::<T>(bytes, version)?;
            let mut w = Writer::new();
            message
                .encode(&mut w, version)
                .unwrap_or_else(|error| panic!("what was read cannot be written: {error}: {message:?}"));
            Ok(w.finish().to_bytes().to_vec())
        },
        debug: |bytes, version| read::<T>(bytes, version).map(|message| format!("{message:?}")),
        decode: |bytes, version| read::<T>(bytes, version).map(drop),
    }
}

fn random<T>(rng: &mut Rng, version: i16) -> Sample
where
    T: Message + Encode + Decode + Described + PartialEq + Debug + 'static,
{
    let v = Version {
        number: version,
        flexible: T::is_flexible(version),
    };
    let message = std::rc::Rc::new(T::arbitrary(rng, v));
    let same = message.clone();
    Sample {
        write: Box::new(move |w| {
            message
                .encode(w, version)
                .unwrap_or_else(|error| panic!("a random instance cannot be written: {error}: {message:?}"));
        }),
        equals: Box::new(move |bytes| read::<T>(bytes, version).as_ref() == Ok(&*same)),
    }
}

fn read<T: Decode>(bytes: &Bytes, version: i16) -> Result<T, DecodeError> {
    let mut r = Reader::new(bytes);
    let message = T::decode(&mut r, version)?;
    r.finish().map_err(|e| e.of(T::NAME))?;
    Ok(message)
}

fn written(write: &dyn Fn(&mut Writer), probe: Probe) -> (Vec<u8>, Probe) {
    let mut w = Writer::probed(probe);
    write(&mut w);
    let probe = w.take_probe();
    (w.finish().to_bytes().to_vec(), probe)
}
