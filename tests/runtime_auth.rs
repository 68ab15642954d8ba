//! Credentials at work: OAuth 2.0 tokens fetched once for all, and OCI's signatures bit for bit.
#![allow(
    dead_code,
    unreachable_pub,
    unused_macros,
    unused_imports,
    reason = "the runtime is a part of each test"
)]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

#[path = "runtime_fixture.rs"]
mod fixture;
#[path = "../templates/runtime/mod.rs"]
mod runtime;

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::{Method, Request};

use fixture::{Outcome, Reply, Script, answer, call, operation, paused};
use runtime::auth::{AuthError, OAuth2ClientCredentials, OciConfigError, OciSigner};
use runtime::client::Core;
use runtime::draft::CallOptions;
use runtime::error::Error;
use runtime::operation::Operation;
use runtime::retry::RetryPolicy;

fn oauth2() -> OAuth2ClientCredentials {
    OAuth2ClientCredentials::new("/oidc/{account}/v1/token", "my id", "hush:é")
        .with_variable("account", "a/1")
        .with_scopes(&["all-apis", "x"])
}

fn token(token: &str, seconds: u64) -> Reply {
    answer(
        200,
        format!(r#"{{"access_token":"{token}","token_type":"Bearer","expires_in":{seconds}}}"#),
    )
}

fn secured() -> &'static Operation {
    operation(Method::GET, "/t", Vec::new(), &[&["oauth2"]])
}

async fn get(core: &Core) -> Outcome<()> {
    call(core, secured(), None, None, CallOptions::new()).await
}

/// What each request was: `token`, or what it was authorised by.
fn history(script: &Script) -> Vec<String> {
    let told = |request: &Request<Bytes>| match *request.method() {
        Method::POST => "token".to_owned(),
        _ => request.headers()["authorization"].to_str().unwrap().replace("Bearer ", ""),
    };
    script.sent().iter().map(told).collect()
}

#[test]
fn a_token_is_asked_for_as_rfc_6749_says() {
    let script = Script::new([token("A", 3600), answer(200, "")]);
    let core = script.builder().auth(oauth2()).build().unwrap();
    paused(get(&core)).unwrap();
    let request = script.sent().remove(0);
    assert_eq!(request.uri(), "https://eu.example.com/oidc/a%2F1/v1/token");
    assert_eq!(request.body(), "grant_type=client_credentials&scope=all-apis+x");
    // The ID and the secret are form-encoded first: `my+id:hush%3A%C3%A9`.
    assert_eq!(request.headers()["authorization"], "Basic bXkraWQ6aHVzaCUzQSVDMyVBOQ==");
    assert_eq!(request.headers()["content-type"], "application/x-www-form-urlencoded");
    assert_eq!(history(&script), ["token", "A"]);
}

#[test]
fn one_caller_renews_for_all() {
    let script = Script::new([token("A", 3600), answer(200, "")]);
    paused(async {
        let core = script.builder().auth(oauth2()).build().unwrap();
        let calls: Vec<_> = (0..5)
            .map(|_| {
                let core = core.clone();
                tokio::spawn(async move { get(&core).await })
            })
            .collect();
        for call in calls {
            call.await.unwrap().unwrap();
        }
    });
    assert_eq!(history(&script), ["token", "A", "A", "A", "A", "A"]);
}

#[test]
fn a_renewal_that_is_dropped_is_taken_over() {
    let script = Script::new([Reply::Silence, token("A", 3600), answer(200, "")]);
    paused(async {
        let core = script.builder().auth(oauth2()).build().unwrap();
        let (first, second) = (core.clone(), core.clone());
        let first = tokio::spawn(async move { get(&first).await });
        tokio::time::sleep(Duration::from_secs(1)).await;
        let second = tokio::spawn(async move { get(&second).await });
        tokio::time::sleep(Duration::from_secs(1)).await;
        first.abort();
        second.await.unwrap().unwrap();
    });
    assert_eq!(history(&script), ["token", "token", "A"]);
}

#[test]
fn a_token_is_renewed_ahead_of_its_end() {
    let replies = [
        vec![token("A", 3600), answer(200, ""), answer(200, "")],
        // The renewal fails, but the token is valid still.
        vec![answer(500, ""), answer(200, "")],
        vec![token("B", 3600), answer(200, "")],
        // A token that was refused is not used again.
        vec![answer(401, ""), token("C", 60), answer(200, "")],
    ];
    let script = Script::new(replies.concat());
    paused(async {
        let core = script.builder().auth(oauth2()).retry(RetryPolicy::never()).build().unwrap();
        for wait in [0, 3560, 15, 6] {
            tokio::time::sleep(Duration::from_secs(wait)).await;
            get(&core).await.unwrap();
        }
        get(&core).await.unwrap_err();
        get(&core).await.unwrap();
    });
    let expected = ["token", "A", "A", "token", "A", "token", "B", "B", "token", "C"];
    assert_eq!(history(&script), expected);
}

#[test]
fn a_token_endpoint_that_refuses() {
    #[track_caller]
    fn check(reply: Reply, requests: usize, expected: &str) {
        let script = Script::new([reply]);
        let outcome = paused(async {
            let core = script.builder().auth(oauth2()).build().unwrap();
            get(&core).await
        });
        let error = outcome.unwrap_err();
        assert!(matches!(error, Error::Auth(AuthError::TokenEndpoint(_))), "{error}");
        let text = format!("{error} {error:?}");
        assert!(text.contains(expected) && !text.contains("hush"), "{text}");
        assert_eq!(script.sent().len(), requests);
    }
    let told = |error: &str| format!(r#"{{"error":"{error}","error_description":"not hush:é"}}"#);
    let refused = "HTTP 400 Bad Request: invalid_client: not [redacted]";
    check(answer(400, told("invalid_client")), 1, refused);
    check(answer(429, told("slow_down")), 8, "HTTP 429 Too Many Requests: slow_down");
    check(answer(200, r#"{"access_token":["hush"]}"#), 1, "no access_token");
    check(answer(302, ""), 1, "HTTP 302 Found");
}

/// Throw-away, made for these signatures and registered nowhere. DER in base64: PKCS#8, PKCS#1.
const KEYS: [&str; 2] = [
    "\
    MIIEvAIBADANBgkqhkiG9w0BAQEFAASCBKYwggSiAgEAAoIBAQCWb/zwGsdFd3Msf/IZIQJ+aX7YwX33/BdzZlyc\
    3G73mTrl4kurbqVZ35S507Bg271cOybbykl/gKaEYGGTQAM381gcQNbMXQKxFGTf2Bv5chLrkMgnaYRd44GdL2st\
    0cU3IMusn0UyOsDktPvNx+RhgSo0Yo1L4pZ0qnkKp+GCl3H6zW/HKCrXTkcpGp7Xc4Cw17910Kank89bGmnKZO6Q\
    WtGI1Ra0FoI3K6LH4mhhq1fgNBARZjKJyO1KCkcSu+Z9zz0HiCzCUKF0hylRiSM/QtflF7bLdKj10nGhzLjs/Pxw\
    KLUJteKq6Pf1MIqXvw+JrGGY8/qpk+QXPrp58+DnAgMBAAECggEABYh/8qrhenYex9u64V678z9ZGYrgYb8lc6qn\
    rGNVN4ksx+jPZLJQpaIaG82j9qQObnaEguAJXQWz2jmbTSm1FJlAO+XMoL6pCy9XWH5f5QhjlsOAAScZ5cQo78mf\
    NRO6n8D2jNZc2rCbiK35dwOrrERuc3fOf6SJaSgeBJzRKBbweaklV1hgfvjpg4sAyqy2glXFNVc2WdUH8f0vgRh5\
    ovy418Re8ycYSX5xHBi4KGPCK51iIvRlGWFxIIzzTOYlcP4zFepYMuAgaFIQOSaG4TYlNAERW6XbuOgrz+/SyRNj\
    DdRGpvYez5QzBiH+SdhYymR9WYCUVf33MjDN8b+cSQKBgQDLhMR3x07kJEn2HDHnBTrdja6YqzZyb8YFeZ9LNAiT\
    x1dajScSJ5MTHInMQjERQjjnOmtXsT9Ds+rZHLPUWB0BdRUA710jenbWqAxo70hyGw0fQOcFMjC+EKDenkZsjBhg\
    VaAz9xs+AMU/tLLqqy1F579+DKGIJzhYTzCPGRdwvwKBgQC9OxR90J5nbO7rGerA4fBLTZykQeArt5PTb9SznK6V\
    XBC0eapv3RAa4FsmRqB69FaApPtaFdxEZ62z9XeZWXOUyJ6dJp53OsDblZN97oTe1grgt31+EVtZUTZiGKT3lj3A\
    qtOk5AFq+co7zQwaZGdzovUlm03YPkAFDC8T5u9x2QKBgDC+C4/kXDCnwE8BUbJSvlZxqG9IEjI2Mub8yfno7GT4\
    SSOWytS+Ras+GoKhF79abOZ0R2EpQk2kuYpmJWul7sx6jh07NsNYgT3H4bEAHgm2EN57XNkRvDrJIL4wig1VQEFS\
    QJwxgoTHCnbHgFJTzPQBHQvDWqyROB1uWeLrz4FhAoGAD8AuKXbG6JbxoBINLzbfOHViV23ASgNCw7OoQbcF9Rqv\
    rUX/QMZmw8Xu8FWqn/FcjeKtpUbyiaMTm0oQRWxjqXu1cCE5yXTTfrOJjk7fMmkgiKndQTQSpXGUFEA24wDXbQUL\
    DsuHrq7R/X5Ixp2a2s4yl4nAxgIQdBsahA6R2akCgYAjCyGs3uHiV2X71VtRY07uG3nNOnSV1D0/oK8/JGkmwOKu\
    cECIrAUCGfxn9GxA9W0RAYl/wucNyrb0bzvdhSKDw0TmhNPoBg7b6pPM0cnj7K3SfosPm6WA/L7V769HoC2+ev2Z\
    yb8N+WTFqdOpWksNJxDqE4LEp9OPogUbmgiZRQ==",
    "\
    MIIEogIBAAKCAQEAlm/88BrHRXdzLH/yGSECfml+2MF99/wXc2ZcnNxu95k65eJLq26lWd+UudOwYNu9XDsm28pJ\
    f4CmhGBhk0ADN/NYHEDWzF0CsRRk39gb+XIS65DIJ2mEXeOBnS9rLdHFNyDLrJ9FMjrA5LT7zcfkYYEqNGKNS+KW\
    dKp5Cqfhgpdx+s1vxygq105HKRqe13OAsNe/ddCmp5PPWxppymTukFrRiNUWtBaCNyuix+JoYatX4DQQEWYyicjt\
    SgpHErvmfc89B4gswlChdIcpUYkjP0LX5Re2y3So9dJxocy47Pz8cCi1CbXiquj39TCKl78PiaxhmPP6qZPkFz66\
    efPg5wIDAQABAoIBAAWIf/Kq4Xp2HsfbuuFeu/M/WRmK4GG/JXOqp6xjVTeJLMfoz2SyUKWiGhvNo/akDm52hILg\
    CV0Fs9o5m00ptRSZQDvlzKC+qQsvV1h+X+UIY5bDgAEnGeXEKO/JnzUTup/A9ozWXNqwm4it+XcDq6xEbnN3zn+k\
    iWkoHgSc0SgW8HmpJVdYYH746YOLAMqstoJVxTVXNlnVB/H9L4EYeaL8uNfEXvMnGEl+cRwYuChjwiudYiL0ZRlh\
    cSCM80zmJXD+MxXqWDLgIGhSEDkmhuE2JTQBEVul27joK8/v0skTYw3URqb2Hs+UMwYh/knYWMpkfVmAlFX99zIw\
    zfG/nEkCgYEAy4TEd8dO5CRJ9hwx5wU63Y2umKs2cm/GBXmfSzQIk8dXWo0nEieTExyJzEIxEUI45zprV7E/Q7Pq\
    2Ryz1FgdAXUVAO9dI3p21qgMaO9IchsNH0DnBTIwvhCg3p5GbIwYYFWgM/cbPgDFP7Sy6qstRee/fgyhiCc4WE8w\
    jxkXcL8CgYEAvTsUfdCeZ2zu6xnqwOHwS02cpEHgK7eT02/Us5yulVwQtHmqb90QGuBbJkagevRWgKT7WhXcRGet\
    s/V3mVlzlMienSaedzrA25WTfe6E3tYK4Ld9fhFbWVE2Yhik95Y9wKrTpOQBavnKO80MGmRnc6L1JZtN2D5ABQwv\
    E+bvcdkCgYAwvguP5Fwwp8BPAVGyUr5WcahvSBIyNjLm/Mn56Oxk+EkjlsrUvkWrPhqCoRe/WmzmdEdhKUJNpLmK\
    ZiVrpe7Meo4dOzbDWIE9x+GxAB4JthDee1zZEbw6ySC+MIoNVUBBUkCcMYKExwp2x4BSU8z0AR0Lw1qskTgdblni\
    68+BYQKBgA/ALil2xuiW8aASDS823zh1YldtwEoDQsOzqEG3BfUar61F/0DGZsPF7vBVqp/xXI3iraVG8omjE5tK\
    EEVsY6l7tXAhOcl0036ziY5O3zJpIIip3UE0EqVxlBRANuMA120FCw7Lh66u0f1+SMadmtrOMpeJwMYCEHQbGoQO\
    kdmpAoGAIwshrN7h4ldl+9VbUWNO7ht5zTp0ldQ9P6CvPyRpJsDirnBAiKwFAhn8Z/RsQPVtEQGJf8LnDcq29G87\
    3YUig8NE5oTT6AYO2+qTzNHJ4+yt0n6LD5ulgPy+1e+vR6Atvnr9mcm/DflkxanTqVpLDScQ6hOCxKfTj6IFG5oI\
    mUU=",
];

fn pem(index: usize, label: &str) -> String {
    let lines = KEYS[index].as_bytes().chunks(64).map(|line| str::from_utf8(line).unwrap());
    let lines = lines.collect::<Vec<_>>().join("\n");
    format!("-----BEGIN {label}-----\n{lines}\n-----END {label}-----\nOCI_API_KEY\n")
}

fn signer(pem: &str) -> Result<OciSigner, OciConfigError> {
    let tenancy = "ocid1.tenancy.oc1..aaaaaaaathrowawaytenancy";
    let user = "ocid1.user.oc1..aaaaaaaathrowawayuser";
    OciSigner::from_pem(pem, tenancy, user, "52:33:cd:f5:19:d8:b2:fa:4f:f1:a1:a2:c1:61:9b:85")
}

/// Signatures that Oracle's SDK for Python made with the same key at the same time.
#[test]
fn oci_signatures_bit_for_bit() {
    const BASE: &str =
        "/20260430/aiDataPlatforms/ocid1.datalake.oc1.iad.amaaaaaathrowawayaidp/credentials";
    #[track_caller]
    fn check(method: Method, url: &str, body: &'static str, expected: &str) {
        // Thu, 30 Apr 2026 12:34:56 GMT
        let date = SystemTime::UNIX_EPOCH + Duration::from_secs(1_777_552_496);
        for pem in [pem(0, "PRIVATE KEY"), pem(1, "RSA PRIVATE KEY")] {
            let mut request = Request::new(Bytes::from_static(body.as_bytes()));
            *request.method_mut() = method.clone();
            *request.uri_mut() = url.parse().unwrap();
            signer(&pem).unwrap().sign(&mut request, date).unwrap();
            let header = request.headers()["authorization"].to_str().unwrap();
            let signature = header.split("signature=\"").nth(1).unwrap().trim_end_matches('"');
            assert_eq!(signature, expected);
            let names = match method {
                Method::GET => "\"date (request-target) host\"",
                _ => "\"date (request-target) host content-length content-type x-content-sha256\"",
            };
            assert!(header.starts_with("Signature ") && header.contains(names), "{header}");
        }
    }
    check(
        Method::POST,
        &format!("https://datalake.us-ashburn-1.oci.oraclecloud.com{BASE}"),
        r#"{"displayName":"uni","credentialDescription":"é ✓","type":"VAULT_REFERENCE","credentialDetails":{"credentialType":"VAULT_REFERENCE","secretId":"x"}}"#,
        "\
    K+8G7FR7gX1O/IaDePjsnxI15g6qoTFBbnrvR+SktFpPAUhnITEIAWs7cYV8lcsmvL9NsO+PQcC1MQNvsCpc8smf\
    Lb0E4qSN6r0P2JEkIpc0JXvqxMC4WpVK++CKsMu2dZGZTUVgbD/iLKPwSWb2UPKrwpJT6kQ4BnA9fBgGWJgzDOIY\
    MNYtZgWxVsbHYqeAcOxbIPUXLC3nFSlcSSEHXFf0iD83SqtS0jcH8+DfmGd1V2aBHHjkSuTLnJ0z6C2VfUk6v8XC\
    fdVGqx7Z+gGCuH8bU7VzkKXCSvRAw0CVR5Zv/GZ0YTiBCNSt1w1XuOaxoFpBiXWgVmGpmi5zbo6GdA==",
    );
    check(
        Method::POST,
        &format!("https://datalake.us-ashburn-1.oci.oraclecloud.com{BASE}"),
        "",
        "\
    gm6NnR+MIjeivSnBhbc9Ms/nMEZyvwlL/BOWBDt2nub0//SjhuXY5BbREst2NLQRHN3pMLFGOuxz6+tXI9Ju2vBa\
    tPmcsHfYL2jY2h7g7AIQ882Y8ulgy9XOG8iiBVeA3nXb4XrGDEbQaM47fm3MeaR97FtUeeaDNsHxfRKrtc0NHUWy\
    MCXCZsybQOEF0Bx0/cZ4mQT5d7jgLURIygOc5ovC9dTaz0epEPrm0OZa+oF1onzqi5y8uwXf9zrzkmQTw1LRAAmm\
    BT+DokW+ZEnFJb1U5VnUOSMIwW+mjnAiTub1/2+kFRoyPZwSs6WGZR0+f8NRbQ/b2JOdx2OdxsjV+w==",
    );
    check(
        Method::POST,
        &format!("http://127.0.0.1:8080{BASE}"),
        r#"{"displayName":"vault_ref","type":"VAULT_REFERENCE","credentialDetails":{"credentialType":"VAULT_REFERENCE","secretId":"ocid1.vaultsecret.oc1.iad.throwaway"}}"#,
        "\
    S76jygRBpsWNbrO1yi8cIPzT1LpH27kp5Ne42//c5OKcJSrap2wnzHMacLM3R5aoChCFImzwNQFChcrd5JUWxoka\
    8QqIkZHehJ7sqk7HcmEg0zOCCLRqLLpez4/5HgacP82811we4UPuvpqBVQS3bibaSpqt3/oEGuPoqEjdB8GQzChY\
    iVPEsFl8XmST4b3FMsQ1iE+eRQiJ7ebzKWA0y0jF31KFgZUSWNaicG7sBJM/5ch9RiMJB2sFxcJPv8nikq6Ihdn6\
    xYb+OqX4XOY2e3JwooyvgfqRlynCRXPbBeFPn7uuv1I2VEVha5FscvzwWXJY1Zdqb+2sMo4vpOWSAA==",
    );
    check(
        Method::GET,
        &format!(
            "https://datalake.us-ashburn-1.oci.oraclecloud.com{BASE}?limit=10&displayName=a%20b"
        ),
        "",
        "\
    JcdZzgAIKPoP9sceySAplYTKF5xC0kVK/ADNtBh6PjdJxXTiwe774S4t5TmPd3lx61m0vi8AoXFjh34UFL1ABoGO\
    zvTUW7ZuU/T6L5bCIuduBMajp5hyNwB6MJeCuA+7V7MpWSOkHtd7c7xfaCfJzr0fjlFGy70ilOWc874UMM+58HGp\
    q7apJWr5YhWSEiqf3YC0RS43brzHEInNn1T77mroG07K5WEzGh/MSxAl9q+Q1CKzKMsXXr/qJKcRtuIuLNgehb5j\
    4Z5pSZYbVf2FtqCutmR9ORbc3W3IP02aZbM8voe6zPbFpjlbFuAsitq0ShUXAXWUo1qReuE+smy3NQ==",
    );
}

#[test]
fn oci_keys_that_do_not_do() {
    #[track_caller]
    fn check(pem: &str, expected: &str) {
        let error = signer(pem).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    check("", "no private key in PEM form");
    check(&pem(0, "ENCRYPTED PRIVATE KEY"), "the key is encrypted");
    let old = pem(0, "RSA PRIVATE KEY").replace("\nMII", "\nProc-Type: 4,ENCRYPTED\n\nMII");
    check(&old, "the key is encrypted");
    check(&pem(0, "EC PRIVATE KEY"), "not an RSA key");
    check(&pem(0, "RSA PRIVATE KEY"), "the key does not do");
}

#[test]
fn oci_configuration_files() {
    let folder = std::env::temp_dir().join(format!("oci-config-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let key = folder.join("key.pem");
    std::fs::write(&key, pem(0, "PRIVATE KEY")).unwrap();
    let config = folder.join("config");
    let text = format!(
        "# a comment\n[DEFAULT]\nuser=u\nfingerprint = aa:bb\nkey_file={}\nregion=us-ashburn-1\n\n\
         [WORK]\ntenancy=t\nuser = w\n[SESSION]\ntenancy=t\nsecurity_token_file=x\n",
        key.display()
    );
    std::fs::write(&config, text).unwrap();
    let work = OciSigner::from_config_file(&config, "WORK").unwrap();
    assert_eq!(format!("{work:?}"), "OciSigner { key_id: \"t/w/aa:bb\", .. }");
    assert_eq!(work.region(), Some("us-ashburn-1"));
    for (profile, expected) in
        [("DEFAULT", "lacks `tenancy`"), ("NONE", "no profile"), ("SESSION", "session token")]
    {
        let error = OciSigner::from_config_file(&config, profile).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
    std::fs::remove_dir_all(folder).unwrap();
}
