//! Oracle Cloud Infrastructure's configuration file, and the keys that it names.
//!
//! API keys only: session tokens, instance principals and the like are refused, or left to an
//! `Authenticate` of the caller's.

use std::collections::BTreeMap;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use ring::rsa::KeyPair;
use rustls_pki_types::PrivateKeyDer;
use rustls_pki_types::pem::PemObject;

/// What a signer is made of.
pub(super) struct Profile {
    pub(super) tenancy: String,
    pub(super) user: String,
    pub(super) fingerprint: String,
    pub(super) pem: Vec<u8>,
    pub(super) region: Option<String>,
}

/// Why there is no signer.
#[derive(Debug)]
#[non_exhaustive]
pub enum OciConfigError {
    /// There is no home directory to look for the configuration in.
    NoHome,
    /// A file cannot be read.
    Io {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file has no such profile.
    MissingProfile {
        /// The name that was asked for.
        profile: String,
        /// The names that there are.
        known: Vec<String>,
    },
    /// The profile lacks an entry.
    MissingEntry {
        /// The profile.
        profile: String,
        /// The entry.
        entry: &'static str,
    },
    /// An entry cannot stand in a signature.
    InvalidEntry {
        /// The entry.
        entry: &'static str,
    },
    /// The profile is that of a session, not of an API key.
    SessionToken {
        /// The profile.
        profile: String,
    },
    /// The key is encrypted.
    EncryptedKey,
    /// The key is not one that OCI knows.
    InvalidKey {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for OciConfigError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHome => formatter.write_str("there is no home directory: name the file"),
            Self::Io { path, source } => write!(formatter, "{}: {source}", path.display()),
            Self::MissingProfile { profile, known } => {
                write!(formatter, "there is no profile {profile:?}, only {known:?}")
            }
            Self::MissingEntry { profile, entry } => {
                write!(formatter, "the profile {profile:?} lacks `{entry}`")
            }
            Self::InvalidEntry { entry } => write!(formatter, "{entry} cannot stand in a header"),
            Self::SessionToken { profile } => write!(
                formatter,
                "the profile {profile:?} holds a session token, which is not supported: use one \
                 with an API key"
            ),
            Self::EncryptedKey => formatter.write_str(
                "the key is encrypted, which is not supported; \
                 `openssl pkey -in KEY.pem -out PLAIN.pem` decrypts it",
            ),
            Self::InvalidKey { reason } => write!(formatter, "the key does not do: {reason}"),
        }
    }
}

impl std::error::Error for OciConfigError {}

/// Where Oracle's tools keep their configuration.
pub(super) fn default_path() -> Result<PathBuf, OciConfigError> {
    Ok(home().ok_or(OciConfigError::NoHome)?.join(".oci").join("config"))
}

fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

/// Reads a profile and the key that it names.
pub(super) fn read(path: &Path, profile: &str) -> Result<Profile, OciConfigError> {
    let text = String::from_utf8_lossy(&read_file(path)?).into_owned();
    let profiles = parse(&text);
    let section = profiles.get(profile).ok_or_else(|| OciConfigError::MissingProfile {
        profile: profile.to_owned(),
        known: profiles.keys().cloned().collect(),
    })?;
    let default = profiles.get("DEFAULT");
    let find = |entry: &str| section.get(entry).or_else(|| default?.get(entry)).cloned();
    let need = |entry| {
        find(entry)
            .filter(|value| !value.is_empty())
            .ok_or_else(|| OciConfigError::MissingEntry { profile: profile.to_owned(), entry })
    };
    if find("security_token_file").is_some() {
        return Err(OciConfigError::SessionToken { profile: profile.to_owned() });
    }
    Ok(Profile {
        tenancy: need("tenancy")?,
        user: need("user")?,
        fingerprint: need("fingerprint")?,
        pem: read_file(&expand(&need("key_file")?))?,
        region: find("region"),
    })
}

fn read_file(path: &Path) -> Result<Vec<u8>, OciConfigError> {
    std::fs::read(path).map_err(|source| OciConfigError::Io { path: path.to_owned(), source })
}

fn expand(path: &str) -> PathBuf {
    match (path.strip_prefix("~/"), home()) {
        (Some(rest), Some(home)) => home.join(rest),
        _ => PathBuf::from(path),
    }
}

/// The sections of the file, each with its entries; whatever is neither is passed over.
fn parse(text: &str) -> BTreeMap<String, BTreeMap<String, String>> {
    let mut sections: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    let mut section = None;
    for line in text.trim_start_matches('\u{feff}').lines().map(str::trim) {
        if line.starts_with(['#', ';']) {
            continue;
        }
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            section = Some(sections.entry(name.trim().to_owned()).or_default());
        } else if let (Some(section), Some((key, value))) = (&mut section, line.split_once('=')) {
            section.insert(key.trim().to_ascii_lowercase(), value.trim().to_owned());
        }
    }
    sections
}

/// Reads an RSA key from PEM text. Oracle's console adds a line behind the key, which is ignored.
pub(super) fn parse_key(pem: &[u8]) -> Result<KeyPair, OciConfigError> {
    let invalid = |reason: String| OciConfigError::InvalidKey { reason };
    let text = String::from_utf8_lossy(pem);
    if text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.contains("Proc-Type: 4,ENCRYPTED") {
        return Err(OciConfigError::EncryptedKey);
    }
    let der = PrivateKeyDer::from_pem_slice(pem)
        .map_err(|_| invalid("it is no private key in PEM form".to_owned()))?;
    let key = match &der {
        PrivateKeyDer::Pkcs1(der) => KeyPair::from_der(der.secret_pkcs1_der()),
        PrivateKeyDer::Pkcs8(der) => KeyPair::from_pkcs8(der.secret_pkcs8_der()),
        _ => return Err(invalid("it is not an RSA key".to_owned())),
    };
    // `ring` refuses keys of less than 2048 bits, which are too weak; its reason says so.
    key.map_err(|rejected| invalid(format!("{rejected} (RSA with 2048 bits or more is needed)")))
}
