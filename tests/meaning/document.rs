//! One OpenAPI document out of the features of a version.
//!
//! Each schema under test becomes the required property `value` of an object of its own, `Case` and
//! the number of the feature: what it is itself, a struct or another name of a list, makes no
//! difference to the harness then. One operation names all of these objects.

use std::collections::BTreeMap;

use super::data::{Feature, Version, json};

/// The schema around the one that a feature tests.
pub(super) fn wrapper(index: usize) -> String {
    format!("Case{index}")
}

/// The features that own each component schema of a version.
pub(super) fn owners(features: &[Feature], version: Version) -> BTreeMap<String, usize> {
    let mut owners = BTreeMap::new();
    for (index, feature) in of(features, version) {
        owners.insert(wrapper(index), index);
        let names = feature.schemas.keys().filter_map(|name| name.as_str());
        owners.extend(names.map(|name| (name.to_owned(), index)));
    }
    owners
}

fn of(features: &[Feature], version: Version) -> impl Iterator<Item = (usize, &Feature)> {
    features.iter().enumerate().filter(move |(_, feature)| feature.openapi == version)
}

/// The document of those features of a version that `included` lets in.
pub(super) fn document(
    features: &[Feature],
    version: Version,
    included: &dyn Fn(usize) -> bool,
) -> String {
    let mut schemas = Vec::new();
    let mut properties = Vec::new();
    for (index, feature) in of(features, version).filter(|(index, _)| included(*index)) {
        let name = wrapper(index);
        let tested = reference(feature.tested());
        schemas.push(format!(
            r#""{name}":{{"type":"object","required":["value"],"properties":{{"value":{tested}}}}}"#
        ));
        properties.push(format!(r#""{name}":{}"#, reference(&name)));
        let own =
            feature.schemas.iter().map(|(name, schema)| format!("{}:{}", json(name), json(schema)));
        schemas.extend(own);
    }
    let properties = properties.join(",");
    schemas.push(format!(r#""Cases":{{"type":"object","properties":{{{properties}}}}}"#));
    let schemas = schemas.join(",\n");
    let content = r##"{"application/json":{"schema":{"$ref":"#/components/schemas/Cases"}}}"##;
    format!(
        r#"{{"openapi":"{}","info":{{"title":"Meaning","version":"1"}},
"servers":[{{"url":"https://example.com"}}],
"paths":{{"/cases":{{"post":{{"operationId":"sendCases","requestBody":{{"required":true,"content":{content}}},
"responses":{{"200":{{"description":"ok","content":{content}}}}}}}}}}},
"components":{{"schemas":{{
{schemas}
}}}}}}"#,
        version.text()
    )
}

fn reference(name: &str) -> String {
    format!(r##"{{"$ref":"#/components/schemas/{name}"}}"##)
}
