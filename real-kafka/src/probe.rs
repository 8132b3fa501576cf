//! The few requests that tell whether a broker is ready, spoken by hand.
//!
//! The client under test must not vouch for the cluster it is tested against, so these bytes are independent of it.

use std::{
    io::{Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

const METADATA: i16 = 3;
const FIND_COORDINATOR: i16 = 10;
const SASL_HANDSHAKE: i16 = 17;
const SASL_AUTHENTICATE: i16 = 36;

const PATIENCE: Duration = Duration::from_secs(5);
const RESPONSE_BYTES_MAX: usize = 16 << 20;

/// A connection to a broker's internal listener.
pub(crate) struct Probe {
    stream: TcpStream,
}

/// What a coordinator is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Coordinator {
    Group = 0,
    Transaction = 1,
}

impl Probe {
    /// Connects to a broker on the loopback address, with SASL PLAIN if it needs a user.
    pub(crate) fn connect(port: u16, login: Option<(&str, &str)>) -> Result<Self, String> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let stream = TcpStream::connect_timeout(&address, PATIENCE).map_err(text)?;
        stream.set_read_timeout(Some(PATIENCE)).map_err(text)?;
        stream.set_write_timeout(Some(PATIENCE)).map_err(text)?;
        let mut probe = Self { stream };
        if let Some((user, password)) = login {
            probe.log_in(user, password)?;
        }
        Ok(probe)
    }

    /// Returns the ids of the brokers that this one believes alive.
    pub(crate) fn brokers(&mut self) -> Result<Vec<i32>, String> {
        // Version 1, an empty array of topics: brokers only.
        let body = self.ask(METADATA, 1, &0_i32.to_be_bytes())?;
        let mut reader = Reader(&body);
        let count = reader.i32()?;
        let mut brokers = Vec::new();
        for _ in 0..count {
            brokers.push(reader.i32()?);
            reader.string()?;
            reader.i32()?;
            reader.string()?;
        }
        Ok(brokers)
    }

    /// Asks for a coordinator, which also makes the broker create the topic that backs it.
    pub(crate) fn find_coordinator(&mut self, kind: Coordinator) -> Result<(), String> {
        let mut request = string("readiness");
        request.push(kind as u8);
        let body = self.ask(FIND_COORDINATOR, 1, &request)?;
        let mut reader = Reader(&body);
        reader.i32()?;
        match reader.i16()? {
            0 => Ok(()),
            code => Err(format!("FindCoordinator for {kind:?} answers error {code}")),
        }
    }

    fn log_in(&mut self, user: &str, password: &str) -> Result<(), String> {
        let body = self.ask(SASL_HANDSHAKE, 1, &string("PLAIN"))?;
        if Reader(&body).i16()? != 0 {
            return Err("the internal listener does not offer PLAIN".into());
        }
        let token = format!("\0{user}\0{password}");
        let mut request = i32::try_from(token.len()).map_err(text)?.to_be_bytes().to_vec();
        request.extend_from_slice(token.as_bytes());
        let body = self.ask(SASL_AUTHENTICATE, 0, &request)?;
        match Reader(&body).i16()? {
            0 => Ok(()),
            code => Err(format!(
                "the internal listener refuses our login with error {code}"
            )),
        }
    }

    fn ask(&mut self, api: i16, version: i16, body: &[u8]) -> Result<Vec<u8>, String> {
        let mut frame = Vec::new();
        frame.extend_from_slice(&api.to_be_bytes());
        frame.extend_from_slice(&version.to_be_bytes());
        frame.extend_from_slice(&1_i32.to_be_bytes());
        frame.extend_from_slice(&string("real-kafka"));
        frame.extend_from_slice(body);
        let length = i32::try_from(frame.len()).map_err(text)?;
        self.stream.write_all(&length.to_be_bytes()).map_err(text)?;
        self.stream.write_all(&frame).map_err(text)?;
        let mut length = [0; 4];
        self.stream.read_exact(&mut length).map_err(text)?;
        let length = usize::try_from(i32::from_be_bytes(length)).map_err(text)?;
        if length > RESPONSE_BYTES_MAX {
            return Err(format!("a response of {length} bytes"));
        }
        let mut response = vec![0; length];
        self.stream.read_exact(&mut response).map_err(text)?;
        // The correlation id: there is one request at a time.
        response
            .get(4..)
            .map(<[u8]>::to_vec)
            .ok_or_else(|| "a response without a header".into())
    }
}

struct Reader<'a>(&'a [u8]);

impl Reader<'_> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let (head, rest) = self.0.split_first_chunk().ok_or("a response that ends early")?;
        self.0 = rest;
        Ok(*head)
    }

    fn i16(&mut self) -> Result<i16, String> {
        self.take().map(i16::from_be_bytes)
    }

    fn i32(&mut self) -> Result<i32, String> {
        self.take().map(i32::from_be_bytes)
    }

    /// Skips a nullable string.
    fn string(&mut self) -> Result<(), String> {
        let length = usize::try_from(self.i16()?).unwrap_or(0);
        self.0 = self.0.get(length..).ok_or("a response that ends early")?;
        Ok(())
    }
}

fn string(text: &str) -> Vec<u8> {
    let length = i16::try_from(text.len()).unwrap_or(i16::MAX);
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend_from_slice(text.as_bytes());
    bytes
}

fn text(error: impl ToString) -> String {
    error.to_string()
}
