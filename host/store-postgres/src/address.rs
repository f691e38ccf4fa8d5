//! The address of a store: `postgres://user@host1,host2:5433/database?sslrootcert=/etc/mesinfos/ca.pem`.
//!
//! It contains no password: an address stands in command lines, unit files and logs. It never leads over a network
//! without TLS, and never to a server whose certificate was not checked.

use rustls::ClientConfig;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::fmt;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};
use tokio_postgres_rustls::MakeRustlsConnect;

/// Options after the question mark.
const OPTIONS: [&str; 6] = ["application_name", "dbname", "host", "port", "sslmode", "sslrootcert"];

/// Where a store is, and as whom to connect.
#[derive(Clone)]
pub struct Address {
    /// User, password, database, and whether to use TLS.
    pub(crate) config: Config,
    pub(crate) servers: Vec<Server>,
    pub(crate) tls: Option<MakeRustlsConnect>,
}

/// One server of an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Server {
    /// A socket in a folder of this machine.
    Unix(PathBuf),
    /// A host and a port.
    Tcp(String, u16),
}

impl fmt::Display for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Server::Unix(path) => write!(f, "{}", path.display()),
            Server::Tcp(host, port) => write!(f, "{host}:{port}"),
        }
    }
}

/// Without the password.
impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Address").field("servers", &self.servers).finish_non_exhaustive()
    }
}

/// Why an address is refused. Never contains a part of it that could be a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// It does not begin with `postgres://`.
    #[error("the address of a store begins with postgres://")]
    NotPostgres,
    /// It contains a password.
    #[error("the address of a store contains a password: others see it")]
    HoldsPassword,
    /// It names no server.
    #[error("the address of the store names no server")]
    NoHost,
    /// It does not follow the syntax.
    #[error("the address of the store is not well formed")]
    Malformed,
    /// An option that is not known.
    #[error("the address of a store has no option \"{name}\"; there are: {}", OPTIONS.join(", "))]
    UnknownOption {
        /// Name of the option.
        name: String,
    },
    /// A TLS mode that does not check the server.
    #[error("sslmode={mode} does not check the server: use verify-full")]
    WeakMode {
        /// The mode.
        mode: String,
    },
    /// TLS was switched off for a host of another machine.
    #[error("without TLS, {host} must be on this machine")]
    NotEncrypted {
        /// The host.
        host: String,
    },
    /// No certificate authority was named.
    #[error("sslrootcert is missing: the file with the certificate authority of the server")]
    NoAuthority,
    /// The file of the certificate authority cannot be used.
    #[error("{path} contains no usable certificate")]
    BadAuthority {
        /// Path of the file.
        path: PathBuf,
    },
}

impl Address {
    /// Parses an address, and reads the certificate authority that it names.
    ///
    /// # Errors
    /// [`AddressError`].
    pub fn parse(text: &str) -> Result<Address, AddressError> {
        if !["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)) {
            return Err(AddressError::NotPostgres);
        }
        let (base, options) = text.split_once('?').unwrap_or((text, ""));
        let mut config: Config = base.parse().map_err(|_| AddressError::Malformed)?;
        if config.get_password().is_some() || options.split('&').any(|pair| pair.starts_with("password=")) {
            return Err(AddressError::HoldsPassword);
        }
        let (mut mode, mut authority) = ("verify-full".to_owned(), None);
        for pair in options.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').ok_or(AddressError::Malformed)?;
            let value = percent_encoding::percent_decode_str(value).decode_utf8();
            let value = value.map_err(|_| AddressError::Malformed)?.into_owned();
            match name {
                "application_name" => {
                    config.application_name(value);
                }
                "dbname" => {
                    config.dbname(value);
                }
                "host" => {
                    for host in value.split(',') {
                        config.host(host);
                    }
                }
                "port" => {
                    for port in value.split(',') {
                        config.port(port.parse().map_err(|_| AddressError::Malformed)?);
                    }
                }
                "sslmode" => mode = value,
                "sslrootcert" => authority = Some(PathBuf::from(value)),
                name => return Err(AddressError::UnknownOption { name: name.to_owned() }),
            }
        }
        if config.get_application_name().is_none() {
            config.application_name("mesinfos");
        }
        let servers = servers(&config)?;
        let tls = tls(&servers, &mode, authority.as_deref())?;
        config.ssl_mode(if tls.is_some() { SslMode::Require } else { SslMode::Disable });
        Ok(Address { config, servers, tls })
    }

    /// The same address, with a password.
    #[must_use]
    pub fn with_password(mut self, password: &[u8]) -> Address {
        self.config.password(password);
        self
    }
}

/// The servers of a configuration: hosts with their ports.
fn servers(config: &Config) -> Result<Vec<Server>, AddressError> {
    const PORT: u16 = 5432;
    let (hosts, ports) = (config.get_hosts(), config.get_ports());
    if hosts.is_empty() {
        return Err(AddressError::NoHost);
    }
    // One port for all, or one for each.
    if ports.len() > 1 && ports.len() != hosts.len() {
        return Err(AddressError::Malformed);
    }
    let port = |n: usize| ports.get(n).or_else(|| ports.first()).copied().unwrap_or(PORT);
    let server = |(n, host): (usize, &Host)| match host {
        Host::Tcp(host) => Server::Tcp(host.clone(), port(n)),
        Host::Unix(folder) => Server::Unix(folder.join(format!(".s.PGSQL.{}", port(n)))),
    };
    Ok(hosts.iter().enumerate().map(server).collect())
}

/// How to encrypt connections. `None` if all servers are on this machine and no encryption is wanted.
fn tls(
    servers: &[Server],
    mode: &str,
    authority: Option<&Path>,
) -> Result<Option<MakeRustlsConnect>, AddressError> {
    let is_here =
        |host: &str| host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback());
    let mut remote = servers.iter().filter_map(|server| match server {
        Server::Tcp(host, _) => Some(host),
        Server::Unix(_) => None,
    });
    match mode {
        "disable" => match remote.find(|host| !is_here(host)) {
            Some(host) => Err(AddressError::NotEncrypted { host: host.clone() }),
            None => Ok(None),
        },
        // Sockets of this machine need none.
        "verify-full" if remote.next().is_none() => Ok(None),
        "verify-full" => {
            let path = authority.ok_or(AddressError::NoAuthority)?;
            Ok(Some(MakeRustlsConnect::new(checking(path)?)))
        }
        mode => Err(AddressError::WeakMode { mode: mode.to_owned() }),
    }
}

/// TLS that accepts only certificates of the authority in a file.
fn checking(path: &Path) -> Result<ClientConfig, AddressError> {
    let bad = || AddressError::BadAuthority { path: path.to_owned() };
    let mut roots = rustls::RootCertStore::empty();
    for certificate in CertificateDer::pem_file_iter(path).map_err(|_| bad())? {
        roots.add(certificate.map_err(|_| bad())?).map_err(|_| bad())?;
    }
    if roots.is_empty() {
        return Err(bad());
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    Ok(builder.map_err(|_| bad())?.with_root_certificates(roots).with_no_client_auth())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> AddressError {
        Address::parse(text).unwrap_err()
    }

    #[test]
    fn servers_and_ports_are_read() {
        let tcp = |host: &str, port| Server::Tcp(host.to_owned(), port);
        let of = |text| Address::parse(text).unwrap().servers;
        assert_eq!(
            of("postgres://mi@localhost,127.0.0.1:5433/mesinfos?sslmode=disable"),
            [tcp("localhost", 5432), tcp("127.0.0.1", 5433)]
        );
        let unix = |path: &str| [Server::Unix(path.into())];
        assert_eq!(of("postgres:///mi?host=/run/postgresql"), unix("/run/postgresql/.s.PGSQL.5432"));
        assert_eq!(of("postgres://u@%2Frun%2Fpg:5433/mi"), unix("/run/pg/.s.PGSQL.5433"));
        let address = Address::parse("postgresql:///?host=/run/pg&port=6&dbname=mi").unwrap();
        assert_eq!(
            (address.servers, address.config.get_dbname()),
            (unix("/run/pg/.s.PGSQL.6").into(), Some("mi"))
        );
    }

    #[test]
    fn a_secret_is_not_part_of_an_address() {
        for text in ["postgres://mi:secret@/db?host=/run", "postgres:///db?host=/run&password=secret"] {
            assert_eq!(refused(text), AddressError::HoldsPassword);
        }
        let address = Address::parse("postgres:///db?host=/run").unwrap().with_password(b"secret");
        assert!(!format!("{address:?} {:?}", address.config).contains("secret"));
    }

    #[test]
    fn no_address_leads_to_an_unchecked_server() {
        for mode in ["allow", "prefer", "require", "verify-ca", ""] {
            let text = format!("postgres://mi@pg1/db?sslmode={mode}");
            assert_eq!(refused(&text), AddressError::WeakMode { mode: mode.to_owned() });
        }
        assert_eq!(refused("postgres://mi@pg1/db"), AddressError::NoAuthority);
        assert_eq!(
            refused("postgres://mi@localhost,pg1/db?sslmode=disable"),
            AddressError::NotEncrypted { host: "pg1".to_owned() }
        );
        let nothing = tempfile::NamedTempFile::new().unwrap();
        let path = nothing.path().to_owned();
        assert_eq!(
            refused(&format!("postgres://mi@pg1/db?sslrootcert={}", path.display())),
            AddressError::BadAuthority { path }
        );
    }

    #[test]
    fn what_is_not_an_address_is_refused() {
        assert_eq!(refused("mysql://pg1/db"), AddressError::NotPostgres);
        assert_eq!(refused("postgres:///db"), AddressError::NoHost);
        assert_eq!(refused("postgres:///db?host=/a,/b,/c&port=1,2"), AddressError::Malformed);
        assert_eq!(refused("postgres:///db?host=/a&port=x"), AddressError::Malformed);
        assert_eq!(
            refused("postgres:///db?host=/a&options=-c"),
            AddressError::UnknownOption { name: "options".to_owned() }
        );
    }
}
