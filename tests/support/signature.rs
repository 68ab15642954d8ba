//! OCI's HTTP signatures, taken apart and verified from what arrived, not from what was meant.
//!
//! Shares no code with the client: the signed text is rebuilt from the request as the server saw
//! it, and `ring` checks it against the public key.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use generated::auth::OciSigner;
use ring::digest::{SHA256, digest};
use ring::signature::{
    RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY, UnparsedPublicKey, VerificationAlgorithm,
};
use serde_json::Value;

use super::server::Received;
use super::{data, text};

/// A key and whose it is.
#[derive(Clone, Debug)]
pub struct Key {
    /// The tenancy's OCID.
    pub tenancy: String,
    /// The user's OCID.
    pub user: String,
    /// The fingerprint.
    pub fingerprint: String,
    /// The private key, PKCS#1 in base64.
    pub pkcs1: String,
    /// The private key, PKCS#8 in base64; empty where there is none.
    pub pkcs8: String,
}

impl Key {
    /// The key that the recordings and the vectors were made with; it is registered nowhere.
    #[must_use]
    pub fn throw_away() -> Self {
        Self::from_json(&data("signatures.json")["throw_away"])
    }

    /// A key of `signatures.json`.
    #[must_use]
    pub fn from_json(value: &Value) -> Self {
        let entry = |name: &str| text(&value[name]);
        Self {
            tenancy: entry("tenancy"),
            user: entry("user"),
            fingerprint: entry("fingerprint"),
            pkcs1: entry("pkcs1"),
            pkcs8: value["pkcs8"].as_str().unwrap_or_default().to_owned(),
        }
    }

    /// The private key as PEM text, PKCS#1.
    #[must_use]
    pub fn pem_pkcs1(&self) -> String {
        pem("RSA PRIVATE KEY", &self.pkcs1)
    }

    /// The private key as PEM text, PKCS#8.
    #[must_use]
    pub fn pem_pkcs8(&self) -> String {
        pem("PRIVATE KEY", &self.pkcs8)
    }

    /// The generated crate's signer with this key.
    #[must_use]
    pub fn signer(&self) -> OciSigner {
        let Self { tenancy, user, fingerprint, .. } = self;
        OciSigner::from_pem(self.pem_pkcs8(), tenancy, user, fingerprint).unwrap()
    }

    /// What the `keyId` of a signature has to be.
    #[must_use]
    pub fn id(&self) -> String {
        format!("{}/{}/{}", self.tenancy, self.user, self.fingerprint)
    }

    /// Whether `signature` is one of `text` by this key.
    #[must_use]
    pub fn verifies(&self, text: &str, signature: &str) -> bool {
        let algorithm: &dyn VerificationAlgorithm = &RSA_PKCS1_1024_8192_SHA256_FOR_LEGACY_USE_ONLY;
        let key = UnparsedPublicKey::new(algorithm, public_key(&self.pkcs1));
        let signature = STANDARD.decode(signature).unwrap_or_default();
        key.verify(text.as_bytes(), &signature).is_ok()
    }
}

/// PEM text of a key in base64.
#[must_use]
pub fn pem(label: &str, base64: &str) -> String {
    let lines = base64.as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap());
    let lines: Vec<_> = lines.collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// The public half of a private key: its first two numbers but the version, as DER.
fn public_key(pkcs1: &str) -> Vec<u8> {
    let der = STANDARD.decode(pkcs1).unwrap();
    let (_, numbers) = element(&der);
    let (version, _) = element(numbers);
    let (modulus, _) = element(&numbers[version..]);
    let (exponent, _) = element(&numbers[version + modulus..]);
    let numbers = &numbers[version..version + modulus + exponent];
    let [high, low] = u16::try_from(numbers.len()).unwrap().to_be_bytes();
    let head: &[u8] = if high == 0 { &[0x30, 0x81, low] } else { &[0x30, 0x82, high, low] };
    [head, numbers].concat()
}

/// The size of a DER element, and what is in it.
fn element(der: &[u8]) -> (usize, &[u8]) {
    let (start, length) = match der[1] {
        short @ 0..=0x7f => (2, usize::from(short)),
        0x81 => (3, usize::from(der[2])),
        _ => (4, usize::from(u16::from_be_bytes([der[2], der[3]]))),
    };
    (start + length, &der[start..start + length])
}

/// The parts of an `authorization` header with a signature, by name.
#[must_use]
pub fn parse(header: &str) -> Option<BTreeMap<String, String>> {
    let parts = header.strip_prefix("Signature ")?.split(',');
    let pair = |part: &str| {
        let (name, value) = part.trim().split_once('=')?;
        let value = value.strip_prefix('"')?.strip_suffix('"')?;
        Some((name.to_owned(), value.to_owned()))
    };
    parts.map(pair).collect()
}

/// What a request that arrived is to have signed: the text of the headers that its signature names.
#[must_use]
pub fn signed_text(request: &Received, names: &str) -> String {
    let line = |name: &str| {
        let value = match name {
            "(request-target)" => {
                format!("{} {}", request.method.to_lowercase(), request.target)
            }
            other => request.header(other).unwrap_or("(missing)").to_owned(),
        };
        format!("{name}: {value}")
    };
    names.split(' ').map(line).collect::<Vec<_>>().join("\n")
}

/// What is wrong with the signature of a request.
#[must_use]
pub fn problems(request: &Received, key: &Key) -> Vec<String> {
    let Some(parts) = request.header("authorization").and_then(parse) else {
        return vec!["there is no signature".to_owned()];
    };
    let names = "date (request-target) host content-length content-type x-content-sha256";
    let expected = [
        ("algorithm", "rsa-sha256".to_owned()),
        ("headers", names.to_owned()),
        ("keyId", key.id()),
        ("version", "1".to_owned()),
    ];
    let mut problems = Vec::new();
    for (name, expected) in expected {
        if parts.get(name) != Some(&expected) {
            problems.push(format!("{name} of the signature is {:?}", parts.get(name)));
        }
    }
    let signature = parts.get("signature").cloned().unwrap_or_default();
    if parts.len() != 5 || !key.verifies(&signed_text(request, names), &signature) {
        problems.push("the signature is not one of what arrived".to_owned());
    }
    let sum = STANDARD.encode(digest(&SHA256, &request.body));
    if request.header("x-content-sha256") != Some(&sum) {
        problems.push("x-content-sha256 is not that of the body".to_owned());
    }
    problems
}
