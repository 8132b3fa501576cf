//! The certificates of a cluster and of its clients, made anew for each cluster.

use std::{
    fs,
    path::{Path, PathBuf},
};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, date_time_ymd,
};

use crate::Error;

/// A certificate authority's folder of PEM files.
///
/// | file | holds |
/// |---|---|
/// | `ca.pem` | the authority's certificate |
/// | `other-ca.pem` | an authority that signed nothing here |
/// | `server.pem` | key and certificate for localhost and 127.0.0.1 |
/// | `expired.pem` | the same, expired in 2021 |
/// | `elsewhere.pem` | key and certificate for elsewhere.invalid |
/// | `client.pem`, `client-key.pem`, `client-cert.pem` | key and certificate of the common name `client`; together and apart |
/// | `stranger.pem` | key and certificate signed by the other authority |
#[derive(Clone, Debug)]
pub struct Certificates {
    folder: PathBuf,
}

/// What a certificate is good for.
enum Purpose {
    Server { host: &'static str, expired: bool },
    Client,
}

impl Certificates {
    /// Makes them in a folder, which is created.
    ///
    /// # Errors
    /// When a file cannot be written.
    pub fn make_in(folder: &Path) -> Result<Self, Error> {
        fs::create_dir_all(folder).map_err(Error::io(format!("create {}", folder.display())))?;
        let made = Self {
            folder: folder.to_owned(),
        };
        let authority = made.make_authority("ca.pem", "real-kafka test authority")?;
        let other = made.make_authority("other-ca.pem", "some other authority")?;
        let server = |host, expired| Purpose::Server { host, expired };
        made.make_signed("server", "broker", server("localhost", false), &authority)?;
        made.make_signed("expired", "broker", server("localhost", true), &authority)?;
        made.make_signed(
            "elsewhere",
            "broker",
            server("elsewhere.invalid", false),
            &authority,
        )?;
        let (certificate, key) = made.make_signed("client", "client", Purpose::Client, &authority)?;
        made.write("client-cert.pem", &certificate)?;
        made.write("client-key.pem", &key)?;
        made.make_signed("stranger", "stranger", Purpose::Client, &other)?;
        Ok(made)
    }

    /// Returns the path of a file by name; see the table above.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// Returns the authority's certificate: what a client must trust.
    #[must_use]
    pub fn authority(&self) -> PathBuf {
        self.file("ca.pem")
    }

    /// Returns a client's key and certificate in one file.
    #[must_use]
    pub fn client(&self) -> PathBuf {
        self.file("client.pem")
    }

    fn make_authority(&self, file: &str, name: &str) -> Result<Issuer<'static, KeyPair>, Error> {
        let mut params = params(name, Vec::new())?;
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
        let key = KeyPair::generate().map_err(failed)?;
        let certificate = params.self_signed(&key).map_err(failed)?;
        self.write(file, &certificate.pem())?;
        Ok(Issuer::new(params, key))
    }

    fn make_signed(
        &self,
        file: &str,
        name: &str,
        purpose: Purpose,
        authority: &Issuer<'_, KeyPair>,
    ) -> Result<(String, String), Error> {
        let mut params = match purpose {
            Purpose::Server {
                host: "localhost", ..
            } => params(name, vec!["localhost".into(), "127.0.0.1".into()])?,
            Purpose::Server { host, .. } => params(name, vec![host.into()])?,
            Purpose::Client => params(name, Vec::new())?,
        };
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = match purpose {
            // A broker is also a client of its peers.
            Purpose::Server { .. } => vec![
                ExtendedKeyUsagePurpose::ServerAuth,
                ExtendedKeyUsagePurpose::ClientAuth,
            ],
            Purpose::Client => vec![ExtendedKeyUsagePurpose::ClientAuth],
        };
        if let Purpose::Server { expired: true, .. } = purpose {
            params.not_after = date_time_ymd(2021, 1, 1);
        }
        let key = KeyPair::generate().map_err(failed)?;
        let certificate = params.signed_by(&key, authority).map_err(failed)?.pem();
        let key = key.serialize_pem();
        self.write(&format!("{file}.pem"), &format!("{key}{certificate}"))?;
        Ok((certificate, key))
    }

    fn write(&self, file: &str, text: &str) -> Result<(), Error> {
        let path = self.file(file);
        fs::write(&path, text).map_err(Error::io(format!("write {}", path.display())))
    }
}

fn params(name: &str, hosts: Vec<String>) -> Result<CertificateParams, Error> {
    let mut params = CertificateParams::new(hosts).map_err(failed)?;
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.not_before = date_time_ymd(2020, 1, 1);
    params.not_after = date_time_ymd(2099, 1, 1);
    Ok(params)
}

fn failed(error: rcgen::Error) -> Error {
    Error::Failed {
        what: "making a certificate".into(),
        output: error.to_string(),
    }
}
