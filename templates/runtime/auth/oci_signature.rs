//! Oracle Cloud Infrastructure's request signatures, version 1: RSA with SHA-256 over a few
//! headers (draft-cavage-http-signatures-08).
//!
//! The key stays in here. Where it comes from is up to `oci_config.rs`.

use std::fmt;
use std::path::Path;
use std::time::SystemTime;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::header::{AUTHORIZATION, CONTENT_LENGTH, CONTENT_TYPE, DATE, HOST};
use http::{HeaderMap, HeaderValue, Method};
use ring::digest::{SHA256, digest};
use ring::rand::SystemRandom;
use ring::rsa::KeyPair;
use ring::signature::RSA_PKCS1_SHA256;

use super::oci_config::{self, OciConfigError, Profile};
use super::{AuthContext, AuthError, Authenticate, OutgoingRequest, ready, secret_header};
use crate::runtime::transport::BoxFuture;

const BODY_DIGEST: &str = "x-content-sha256";

/// Signs each attempt of a call with a user's API key.
pub struct OciSigner {
    key_id: String,
    key: KeyPair,
    region: Option<String>,
}

impl OciSigner {
    /// A signer with this key, as PEM text (PKCS#1 or PKCS#8, not encrypted).
    ///
    /// # Errors
    /// The key cannot be read, or is not an RSA key of 2048 bits or more.
    pub fn from_pem(
        pem: impl AsRef<[u8]>,
        tenancy: impl Into<String>,
        user: impl Into<String>,
        fingerprint: impl Into<String>,
    ) -> Result<Self, OciConfigError> {
        Self::from_profile(Profile {
            tenancy: tenancy.into(),
            user: user.into(),
            fingerprint: fingerprint.into(),
            pem: pem.as_ref().to_vec(),
            region: None,
        })
    }

    /// The signer that a profile of a configuration file tells of. What the profile leaves out is
    /// taken from the profile `DEFAULT`.
    ///
    /// # Errors
    /// The file or the key that it names cannot be read, or the profile lacks an entry.
    pub fn from_config_file(path: impl AsRef<Path>, profile: &str) -> Result<Self, OciConfigError> {
        Self::from_profile(oci_config::read(path.as_ref(), profile)?)
    }

    /// As [`OciSigner::from_config_file`], from `~/.oci/config`.
    ///
    /// # Errors
    /// As there; or there is no home directory.
    pub fn from_default_config(profile: &str) -> Result<Self, OciConfigError> {
        Self::from_config_file(oci_config::default_path()?, profile)
    }

    /// The region that the profile names, for the server's variable of that name.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        self.region.as_deref()
    }

    /// Signs `request` as of `date`.
    ///
    /// # Errors
    /// The request has no host, or a header that cannot be signed.
    pub fn sign(&self, request: &mut OutgoingRequest, date: SystemTime) -> Result<(), AuthError> {
        let date = HeaderValue::try_from(httpdate::fmt_http_date(date))
            .map_err(|_| AuthError::unusable("the clock is beyond any date"))?;
        request.headers_mut().insert(DATE, date);
        if [Method::POST, Method::PUT, Method::PATCH].contains(request.method()) {
            describe_body(request)?;
        }
        let Signable { names, text } = signable(request)?;
        let signature = STANDARD.encode(self.signature(&text)?);
        let authorization = format!(
            "Signature version=\"1\",keyId=\"{}\",algorithm=\"rsa-sha256\",headers=\"{names}\",\
             signature=\"{signature}\"",
            self.key_id,
        );
        let header = secret_header(&authorization, "the key's identifier")?;
        request.headers_mut().insert(AUTHORIZATION, header);
        Ok(())
    }

    fn from_profile(profile: Profile) -> Result<Self, OciConfigError> {
        let key = oci_config::parse_key(&profile.pem)?;
        let key_id = format!("{}/{}/{}", profile.tenancy, profile.user, profile.fingerprint);
        if key_id.contains('"') || HeaderValue::from_str(&key_id).is_err() {
            let entry = "tenancy, user or fingerprint";
            return Err(OciConfigError::InvalidEntry { entry });
        }
        Ok(Self { key_id, key, region: profile.region })
    }

    fn signature(&self, text: &str) -> Result<Vec<u8>, AuthError> {
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key
            .sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature)
            .map_err(|_| AuthError::unusable("the key failed to sign"))?;
        Ok(signature)
    }
}

/// The headers of a request that can have a body. They are signed even if it has none.
fn describe_body(request: &mut OutgoingRequest) -> Result<(), AuthError> {
    let length = HeaderValue::from(request.body().len());
    let sum = HeaderValue::try_from(STANDARD.encode(digest(&SHA256, request.body())))
        .map_err(|_| AuthError::unusable("the digest of the body is no header"))?;
    let headers = request.headers_mut();
    headers.insert(CONTENT_LENGTH, length);
    headers.insert(BODY_DIGEST, sum);
    headers.entry(CONTENT_TYPE).or_insert(HeaderValue::from_static("application/json"));
    Ok(())
}

/// What is signed: the text, and the names of what stands in it.
struct Signable {
    names: String,
    text: String,
}

fn signable(request: &OutgoingRequest) -> Result<Signable, AuthError> {
    let uri = request.uri();
    let target = uri.path_and_query().map_or("/", |target| target.as_str());
    let target = format!("{} {target}", request.method().as_str().to_ascii_lowercase());
    let host = host(request)?;
    let date = text(request.headers(), "date")?;
    let mut lines = vec![("date", date), ("(request-target)", &target), ("host", &host)];
    if request.headers().contains_key(BODY_DIGEST) {
        for name in ["content-length", "content-type", BODY_DIGEST] {
            lines.push((name, text(request.headers(), name)?));
        }
    }
    let names: Vec<_> = lines.iter().map(|(name, _)| *name).collect();
    let lines: Vec<_> = lines.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    Ok(Signable { names: names.join(" "), text: lines.join("\n") })
}

/// The host as the HTTP library will write it: the base URL bears no default port.
fn host(request: &OutgoingRequest) -> Result<String, AuthError> {
    if request.headers().contains_key(HOST) {
        return text(request.headers(), "host").map(str::to_owned);
    }
    let authority = request.uri().authority();
    authority
        .map(|authority| authority.as_str().to_owned())
        .ok_or_else(|| AuthError::unusable("a request without a host cannot be signed"))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Result<&'a str, AuthError> {
    headers
        .get(name)
        .and_then(|value| value.to_str().ok())
        .ok_or_else(|| AuthError::unusable(format!("the header {name} cannot be signed")))
}

impl Authenticate for OciSigner {
    fn authenticate<'a>(
        &'a self,
        request: &'a mut OutgoingRequest,
        context: AuthContext<'a>,
    ) -> BoxFuture<'a, Result<(), AuthError>> {
        let date = context.now().ok_or_else(|| AuthError::unusable("a signature needs a clock"));
        ready(date.and_then(|date| self.sign(request, date)))
    }
}

impl fmt::Debug for OciSigner {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("OciSigner").field("key_id", &self.key_id).finish_non_exhaustive()
    }
}
