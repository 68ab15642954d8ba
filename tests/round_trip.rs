//! Decoding what was encoded gives the same value back, and encoding what was decoded the same
//! JSON, whatever stands in the fields.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it stands")]

use std::fmt::Debug;

use generated::{UnknownFields, databricks::models as databricks, oracle::models as oracle};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    value: &T,
) -> Result<(), TestCaseError> {
    let text =
        serde_json::to_string(value).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let back: T = serde_json::from_str(&text)
        .map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
    prop_assert_eq!(value, &back);
    let json: Value =
        serde_json::from_str(&text).map_err(|error| TestCaseError::fail(error.to_string()))?;
    let from_json: T = serde_json::from_value(json.clone())
        .map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(&from_json, value);
    let encoded =
        serde_json::to_value(&back).map_err(|error| TestCaseError::fail(error.to_string()))?;
    prop_assert_eq!(encoded, json);
    Ok(())
}

/// Any JSON, three levels deep.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        ".*".prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            btree_map(".*", inner, 0..6).prop_map(|map| map.into_iter().collect()),
        ]
    })
}

/// Properties that no document names.
fn unknown() -> impl Strategy<Value = UnknownFields> {
    btree_map("x_.*", json(), 0..3).prop_map(|map| map.into_iter().collect())
}

fn configuration() -> impl Strategy<Value = databricks::CredentialConfiguration> {
    let role = (option::of(".*"), unknown()).prop_map(|(role_arn, unknown_fields)| {
        let mut role = databricks::StsRole::new();
        role.role_arn = role_arn;
        role.unknown_fields = unknown_fields;
        role
    });
    let parts = (
        option::of(any::<u128>()),
        option::of(".*"),
        option::of(role),
        option::of(any::<i64>()),
        unknown(),
    );
    parts.prop_map(|(id, name, role, time, unknown_fields)| {
        let mut value = databricks::CredentialConfiguration::new();
        value.credentials_id = id.map(uuid::Uuid::from_u128);
        value.credentials_name = name;
        value.aws_credentials = role
            .map(|role| databricks::AwsCredentials { sts_role: Some(role), ..Default::default() });
        value.creation_time = time;
        value.unknown_fields = unknown_fields;
        value
    })
}

fn details() -> impl Strategy<Value = oracle::CredentialDetails> {
    let pair = (".*", ".*").prop_map(|(key, value)| oracle::SecretTokenPair::new(key, value));
    let unknown = btree_map("x_.*", json(), 0..3).prop_map(|mut map| {
        map.insert("credentialType".to_owned(), Value::from("NEW_KIND"));
        oracle::CredentialDetails::Unknown(map.into_iter().collect())
    });
    prop_oneof![
        vec(pair, 0..4).prop_map(|pairs| oracle::SecretTokenCredentialDetails::new(pairs).into()),
        ".*".prop_map(|id| oracle::VaultReferenceCredentialDetails::new(id).into()),
        (".*", any::<bool>()).prop_map(|(text, flag)| {
            oracle::ServiceAccountCredentialDetails::new(
                text.clone(),
                text.clone(),
                text.clone(),
                text.clone(),
                text,
                flag,
            )
            .into()
        }),
        unknown,
    ]
}

fn create() -> impl Strategy<Value = oracle::CreateDataLakeCredentialDetails> {
    let kind = prop_oneof![Just("SECRET_TOKEN".to_owned()), ".*"];
    (".*", kind, details(), option::of(".*"), unknown()).prop_map(
        |(name, kind, details, text, unknown_fields)| {
            let mut value = oracle::CreateDataLakeCredentialDetails::new(
                name,
                oracle::CredentialType::from(kind.as_str()),
                details,
            );
            value.credential_description = text;
            value.unknown_fields = unknown_fields;
            value
        },
    )
}

proptest! {
    #[test]
    fn credential_configuration(value in configuration()) {
        check(&value)?;
    }

    #[test]
    fn create_data_lake_credential_details(value in create()) {
        check(&value)?;
    }

    #[test]
    fn debug_never_shows_a_secret(secret in "[a-z]{12,40}") {
        let pair = oracle::SecretTokenPair::new("key", secret.clone());
        let details = oracle::SecretTokenCredentialDetails::new(vec![pair]);
        let value = oracle::CreateDataLakeCredentialDetails::new("n", oracle::CredentialType::SecretToken, details.into());
        let shown = format!("{value:?}");
        prop_assert!(!shown.contains(&secret));
    }
}

#[test]
fn a_null_goes_out_again_until_its_field_has_a_value() -> Result<(), serde_json::Error> {
    let text = r#"{"role_arn":null}"#;
    let mut role: databricks::StsRole = serde_json::from_str(text)?;
    assert_eq!(role.role_arn, None);
    assert_eq!(serde_json::to_string(&role)?, text);
    role.role_arn = Some("arn".to_owned());
    assert_eq!(serde_json::to_string(&role)?, r#"{"role_arn":"arn"}"#);
    Ok(())
}

/// The last value counts, but two objects do not become one.
#[test]
fn a_key_may_come_twice_unless_objects_would_mix() -> Result<(), serde_json::Error> {
    let role: databricks::StsRole =
        serde_json::from_str(r#"{"role_arn": "a", "x": 1, "x": 2, "role_arn": "b"}"#)?;
    assert_eq!(serde_json::to_string(&role)?, r#"{"role_arn":"b","x":2}"#);

    let text = r#"{"credentials_name": "a", "aws_credentials": {}, "aws_credentials": {}}"#;
    let error = serde_json::from_str::<databricks::CreateCredentialRequest>(text).err();
    let error = error.map(|error| error.to_string()).unwrap_or_default();
    assert!(error.starts_with("duplicate field `aws_credentials`"), "{error}");
    Ok(())
}
