//! Key stores for releases that cannot read PEM.

use std::process::Command;

use crate::{Error, certificates::Certificates, distribution::Distribution, java};

/// The password of every store; the format demands one.
pub(crate) const PASSWORD: &str = "real-kafka";

const SOURCE: &str = include_str!("../java/PemToPkcs12.java");

/// Makes a `.p12` beside each `.pem` that a broker uses.
pub(crate) fn convert(distribution: &Distribution, certificates: &Certificates) -> Result<(), Error> {
    let classes = distribution.compile(&[("PemToPkcs12.java", SOURCE)])?;
    let mut convert = Command::new(java::program("java"));
    convert.arg("-cp").arg(classes).arg("PemToPkcs12").arg(PASSWORD);
    for name in ["server", "expired", "elsewhere", "ca"] {
        convert
            .arg(certificates.file(&format!("{name}.pem")))
            .arg(certificates.file(&format!("{name}.p12")));
    }
    java::run_jdk("making key stores", &mut convert).map(drop)
}
