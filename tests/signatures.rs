//! OCI's request signatures bit for bit, and the keys and configuration files that they come from.
//!
//! The vectors in `tests/data/signatures.json` were made with Oracle's own SDK, two of them are
//! published by Oracle. What is sent with a signature stands in `wire.rs`.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops where it fails"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use generated::auth::{OciConfigError, OciSigner};
use http::Request;
use serde_json::Value;
use tests::support::signature::{Key, parse, pem};
use tests::support::{data, shared, text};

/// Signs what a vector is about, as of `date`, and gives the headers.
fn sign(signer: &OciSigner, vector: &Value, date: &str) -> BTreeMap<String, String> {
    let body = vector["body"].as_str().unwrap_or_default().to_owned();
    let mut request = Request::builder()
        .method(vector["method"].as_str().unwrap())
        .uri(vector["url"].as_str().unwrap());
    if vector["name"].as_str().unwrap().contains("optional_headers") {
        for name in ["opc-request-id", "opc-retry-token", "should-update-recent", "accept"] {
            request = request.header(name, "x");
        }
    }
    let mut request = request.body(body.into()).unwrap();
    signer.sign(&mut request, httpdate::parse_http_date(date).unwrap()).unwrap();
    let headers = request.headers().iter();
    headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned())).collect()
}

/// The value of each header that a vector's text has signed.
fn signed_headers(vector: &Value) -> BTreeMap<String, String> {
    let text = text(&vector["text"]);
    let pairs = text.lines().filter_map(|line| line.split_once(": "));
    let pairs = pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    pairs.filter(|(name, _)| name != "(request-target)" && name != "host").collect()
}

#[test]
fn vectors_bit_for_bit() {
    #[track_caller]
    fn check(signer: &OciSigner, vector: &Value, date: &str) {
        let headers = sign(signer, vector, date);
        let parts = parse(&headers["authorization"]).unwrap();
        let expected = [
            ("algorithm", "rsa-sha256".to_owned()),
            ("headers", text(&vector["names"])),
            ("keyId", Key::throw_away().id()),
            ("signature", text(&vector["signature"])),
            ("version", "1".to_owned()),
        ];
        let expected = expected.map(|(name, value)| (name.to_owned(), value));
        assert_eq!(parts, BTreeMap::from(expected), "{}", vector["name"]);
        for (name, value) in signed_headers(vector) {
            assert_eq!(headers.get(&name), Some(&value), "{name} of {}", vector["name"]);
        }
    }
    let (data, key) = (data("signatures.json"), Key::throw_away());
    let vectors = data["vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 8);
    for pem in [key.pem_pkcs1(), key.pem_pkcs8()] {
        let signer = OciSigner::from_pem(pem, &key.tenancy, &key.user, &key.fingerprint).unwrap();
        vectors.iter().for_each(|vector| check(&signer, vector, data["date"].as_str().unwrap()));
    }
}

/// Oracle's two answers are of a key of 1024 bits, which is refused, and of a day of the week that
/// was another one. So the text is signed with the other key, and the published signature is shown
/// to be one of the same text, but for the day.
#[test]
fn answers_published_by_oracle() {
    #[track_caller]
    fn check(published: &Key, vector: &Value) {
        let key = Key::throw_away();
        let signer = OciSigner::from_pem(
            key.pem_pkcs8(),
            &published.tenancy,
            &published.user,
            &published.fingerprint,
        );
        let headers = sign(&signer.unwrap(), vector, "Sun, 05 Jan 2014 21:31:40 GMT");
        let parts = parse(&headers["authorization"]).unwrap();
        let published_text = text(&vector["text"]);
        assert!(published.verifies(&published_text, &text(&vector["signature"])));
        let ours = published_text.replace("Thu, 05 Jan", "Sun, 05 Jan");
        assert!(key.verifies(&ours, &parts["signature"]), "{}", vector["name"]);
        assert_eq!(
            (&parts["headers"], &parts["keyId"]),
            (&text(&vector["names"]), &published.id())
        );
    }
    let data = data("signatures.json");
    let published = Key::from_json(&data["published"]);
    let vectors = data["published_vectors"].as_array().unwrap();
    assert_eq!(vectors.len(), 2);
    vectors.iter().for_each(|vector| check(&published, vector));
}

/// Our copy is the whole of it.
#[test]
fn nothing_is_lost_of_the_vectors() {
    let Some(path) = shared("recordings/oci_signing_vectors.json") else {
        println!("not compared: there is no ../shared, which only the project has");
        return;
    };
    let original: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let ours = data("signatures.json");
    let signatures = |vectors: &Value, name: &str| {
        let vectors = vectors.as_array().unwrap().iter();
        vectors.map(|vector| text(&vector[name])).collect::<Vec<_>>()
    };
    let published = &original["oracle_published_known_answer"];
    for (original, ours) in [
        (&original["vectors"], &ours["vectors"]),
        (&published["vectors"], &ours["published_vectors"]),
    ] {
        assert_eq!(signatures(original, "signature_b64"), signatures(ours, "signature"));
        assert_eq!(signatures(original, "signing_string"), signatures(ours, "text"));
    }
}

/// What is wrong with a key or a file, without a word of the key.
#[track_caller]
fn check_refused(outcome: Result<OciSigner, OciConfigError>, expected: &str) {
    let error = outcome.unwrap_err();
    let shown = format!("{error}\n{error:?}");
    let kind = format!("{error:?}").split([' ', '(']).next().unwrap().to_owned();
    assert_eq!(kind, expected, "{error}");
    let key = Key::throw_away();
    for key in [&key.pkcs1, &key.pkcs8] {
        assert!(!shown.contains(&key[40..60]), "the key was shown: {shown}");
    }
}

/// A key on an elliptic curve, made for this file and registered nowhere.
const EC: &str = "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgLZEUMt17JFAw4xmu\
                  y29cz3+mHESmtUWiOnOuDThbmlihRANCAAQ0pIkRmuHMQt9cfL6HP//3R4QaumuZ\
                  5PlMbAIgpTmRMaeWo3SYpBopijsR94K1OJfmU3ap6uIPM3bwHFHt4aa5";

#[test]
fn keys_that_do_not_do() {
    #[track_caller]
    fn check(pem: &str, expected: &str) {
        check_refused(OciSigner::from_pem(pem, "t", "u", "f"), expected);
    }
    let key = Key::throw_away();
    let short = Key::from_json(&data("signatures.json")["published"]);
    check("", "InvalidKey");
    check("not a key at all", "InvalidKey");
    check(&key.pkcs8, "InvalidKey");
    check(&pem("PUBLIC KEY", &key.pkcs8), "InvalidKey");
    check(&pem("CERTIFICATE", &key.pkcs8), "InvalidKey");
    check(&pem("PRIVATE KEY", &key.pkcs1), "InvalidKey");
    check(&pem("RSA PRIVATE KEY", &key.pkcs8), "InvalidKey");
    check(&pem("PRIVATE KEY", EC), "InvalidKey");
    check(&pem("RSA PRIVATE KEY", &key.pkcs1[..400]), "InvalidKey");
    check(&key.pem_pkcs8().replace('M', "!"), "InvalidKey");
    check(&key.pem_pkcs8().replace("-----END PRIVATE KEY-----", ""), "InvalidKey");
    check(&short.pem_pkcs1(), "InvalidKey");
    check(&pem("ENCRYPTED PRIVATE KEY", &key.pkcs8), "EncryptedKey");
    let head = "-----BEGIN RSA PRIVATE KEY-----\n";
    let encrypted = format!("{head}Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,00\n\n");
    check(&key.pem_pkcs1().replace(head, &encrypted), "EncryptedKey");
}

#[test]
fn keys_as_they_are_found() {
    #[track_caller]
    fn check(pem: &str) {
        let key = Key::throw_away();
        let signer = OciSigner::from_pem(pem, key.tenancy, key.user, key.fingerprint).unwrap();
        let shown = format!("{signer:?} {signer:#?}");
        assert!(shown.contains("throwawaytenancy"), "{shown}");
        assert!(!shown.contains(&key.pkcs8[40..60]), "{shown}");
    }
    let key = Key::throw_away();
    let pem = key.pem_pkcs8();
    check(&pem);
    check(&key.pem_pkcs1());
    check(&format!("{pem}OCI_API_KEY"));
    check(&format!("Bag Attributes\n    friendlyName: x\n{pem}"));
    check(&pem.replace('\n', "\r\n"));
    check(&format!("\n\n{pem}\n\n"));
}

/// Names that would end the signature's quotes, or the header.
#[test]
fn identities_that_do_not_do() {
    #[track_caller]
    fn check(tenancy: &str, user: &str, fingerprint: &str) {
        let pem = Key::throw_away().pem_pkcs8();
        check_refused(OciSigner::from_pem(pem, tenancy, user, fingerprint), "InvalidEntry");
    }
    check("t\",signature=\"", "u", "f");
    check("t", "u\r\nx: y", "f");
    check("t", "u", "f\n");
    check("t", "u\0", "f");
}

/// A folder that goes away.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("oci-{name}-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn write(&self, name: &str, text: &str) -> String {
        let path = self.0.join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind is no failure.
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn configuration_files() {
    #[track_caller]
    fn check(config: &str, profile: &str, key_id: &str, region: Option<&str>) {
        let signer = OciSigner::from_config_file(config, profile).unwrap();
        assert_eq!(format!("{signer:?}"), format!("OciSigner {{ key_id: {key_id:?}, .. }}"));
        assert_eq!(signer.region(), region);
    }
    let folder = Folder::new("good");
    let key = folder.write("key.pem", &Key::throw_away().pem_pkcs8());
    let text = format!(
        "\u{feff}# a comment\n[DEFAULT]\nuser=u\nfingerprint = aa:bb\ntenancy = t\n\
         key_file={key}\nregion=us-ashburn-1\n; another\n\n[WORK]\n  user = w = x  \n\
         region = eu-frankfurt-1\nunknown=1\nno equals sign\n[EMPTY]\n"
    );
    let config = folder.write("config", &text);
    check(&config, "DEFAULT", "t/u/aa:bb", Some("us-ashburn-1"));
    check(&config, "WORK", "t/w = x/aa:bb", Some("eu-frankfurt-1"));
    check(&config, "EMPTY", "t/u/aa:bb", Some("us-ashburn-1"));
    let windows = folder.write("windows", &text.replace('\n', "\r\n"));
    check(&windows, "WORK", "t/w = x/aa:bb", Some("eu-frankfurt-1"));
}

#[test]
fn configuration_files_that_do_not_do() {
    let folder = Folder::new("bad");
    let key = folder.write("key.pem", &Key::throw_away().pem_pkcs8());
    let locked = folder.write("locked.pem", &pem("ENCRYPTED PRIVATE KEY", &"A".repeat(400)));
    let check = |text: String, profile: &str, expected: &str| {
        let config = folder.write("config", &text);
        check_refused(OciSigner::from_config_file(config, profile), expected);
    };
    let whole = format!("[A]\nuser=u\nfingerprint=f\ntenancy=t\nkey_file={key}\n");
    check(String::new(), "DEFAULT", "MissingProfile");
    check(whole.clone(), "B", "MissingProfile");
    check(whole.clone(), "a", "MissingProfile");
    check(whole.replace("user=u", ""), "A", "MissingEntry");
    check(whole.replace("user=u", "user="), "A", "MissingEntry");
    check(whole.replace("tenancy=t", "#tenancy=t"), "A", "MissingEntry");
    check(whole.replace("fingerprint=f\n", ""), "A", "MissingEntry");
    check(whole.replace("key_file", "keyfile"), "A", "MissingEntry");
    check(whole.replace(&key, "/does/not/exist.pem"), "A", "Io");
    check(whole.replace(&key, "~/does/not/exist.pem"), "A", "Io");
    check(whole.replace(&key, &locked), "A", "EncryptedKey");
    check(format!("{whole}security_token_file=/x\n"), "A", "SessionToken");
    check_refused(OciSigner::from_config_file("/does/not/exist", "A"), "Io");
}

/// `~` is the home directory: the file that is not there is looked for under it.
#[test]
fn a_tilde_is_the_home_directory() {
    let folder = Folder::new("tilde");
    let text = "[A]\nuser=u\nfingerprint=f\ntenancy=t\nkey_file=~/no/such/key.pem\n";
    let error = OciSigner::from_config_file(folder.write("config", text), "A").unwrap_err();
    let OciConfigError::Io { path, .. } = error else { panic!("{error}") };
    assert_eq!(path, std::env::home_dir().unwrap().join("no/such/key.pem"));
}
