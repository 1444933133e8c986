//! Encrypted connections to PostgreSQL, always with a check of the server's certificate.
//!
//! `sslmode=require` in the URL (or `verify-ca`, `verify-full`) asks for it; the certificate must come from an authority
//! of the operating system, or from the file that `sslrootcert=FILE` names. Otherwise the connection is plain.

use std::sync::Arc;

use base::{Error, Result};
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Config, Connection, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

/// How this database is reached.
#[derive(Clone)]
pub struct Address {
    pub config: Config,
    pub tls: MakeRustlsConnect,
}

pub type Link = Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

impl Address {
    pub fn parse(url: &str) -> Result<Self> {
        let (plain, root) = split(url);
        // The cause would repeat the URL's password.
        let mut config: Config = plain.parse().map_err(|_| {
            Error::invalid("The URL of the database is not right; write it like postgres://user:password@host:5432/database")
        })?;
        let is_encrypted = config.get_ssl_mode() == SslMode::Require;
        if !is_encrypted {
            config.ssl_mode(SslMode::Disable);
        }
        let roots = match root {
            _ if !is_encrypted => RootCertStore::empty(),
            Some(file) => from_file(&file)?,
            None => from_system()?,
        };
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let client = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?;
        Ok(Address { config, tls: MakeRustlsConnect::new(client.with_root_certificates(roots).with_no_client_auth()) })
    }
}

/// The URL in the words of `tokio-postgres`, and the file of `sslrootcert`.
fn split(url: &str) -> (String, Option<String>) {
    let Some((address, query)) = url.split_once('?') else { return (url.to_string(), None) };
    let mut root = None;
    let mut kept = Vec::new();
    for part in query.split('&') {
        match part.split_once('=') {
            Some(("sslrootcert", file)) => root = Some(file.replace("%2F", "/").replace("%20", " ")),
            Some(("sslmode", "verify-ca" | "verify-full")) => kept.push("sslmode=require"),
            Some(("sslmode", "allow")) => kept.push("sslmode=prefer"),
            _ => kept.push(part),
        }
    }
    (format!("{address}?{}", kept.join("&")), root)
}

fn from_file(file: &str) -> Result<RootCertStore> {
    let wrong = |why: String| Error::invalid(format!("The certificates in {file} (sslrootcert) cannot be read: {why}"));
    let mut roots = RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(file).map_err(|e| wrong(e.to_string()))? {
        roots.add(certificate.map_err(|e| wrong(e.to_string()))?).map_err(|e| wrong(e.to_string()))?;
    }
    if roots.is_empty() { Err(wrong("there are none".to_string())) } else { Ok(roots) }
}

fn from_system() -> Result<RootCertStore> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        let message = "This system has no certificates of authorities to check the database server with; name a file with sslrootcert=";
        return Err(Error::invalid(message));
    }
    Ok(roots)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_other_programs_are_understood() {
        assert_eq!(split("postgres://a@b/c"), ("postgres://a@b/c".into(), None));
        let (url, root) = split("postgres://a@b/c?sslmode=verify-full&sslrootcert=/etc/ca.pem&application_name=x");
        assert_eq!(url, "postgres://a@b/c?sslmode=require&application_name=x");
        assert_eq!(root.as_deref(), Some("/etc/ca.pem"));
    }

    #[test]
    fn a_wrong_address_is_told_without_its_password() {
        let error = Address::parse("postgres://me:secret@host:port/db").err().unwrap();
        assert!(!format!("{error:?}").contains("secret"));
        let error = Address::parse("postgres://me@host/db?sslmode=require&sslrootcert=/nowhere.pem").err().unwrap();
        assert!(error.message().contains("/nowhere.pem"));
    }
}
