//! Whether a schema allows the values that another one lists, so that its rules add nothing there.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::keywords::Keywords;
use super::{Lowering, rules};
use crate::diag::Pointer;
use crate::ir::Rule;

/// Schemas within schemas deeper than this may forbid anything.
const DEEPEST: usize = 4;

impl<'a> Lowering<'a> {
    /// What the parts of the `allOf` of a schema assert, those left out that allow all that the schema
    /// lists.
    pub(super) fn parts_beside_values(&mut self, keywords: &Keywords<'a>) -> Vec<Rule> {
        let values = &keywords.values;
        let mut all = Vec::new();
        for part in keywords.all_of {
            let adds = values.is_empty() || !values.iter().all(|value| self.allows(part, value, 0));
            if adds {
                all.extend(self.assertions(part));
            }
        }
        all
    }

    /// Whether a schema surely allows a scalar.
    fn allows(&self, schema: &'a ReferenceOr<Schema>, value: &Value, depth: usize) -> bool {
        let Some((schema, _)) = self.resolve(schema, Pointer::root()) else { return false };
        let keywords = Keywords::of(schema);
        if depth > DEEPEST || asserts_more(&keywords) {
            return false;
        }
        let allowing = |parts: &'a [ReferenceOr<Schema>]| {
            parts.iter().filter(|part| self.allows(part, value, depth + 1)).count()
        };
        keywords.ty.is_none_or(|ty| is_of(value, ty))
            && (keywords.values.is_empty() || keywords.values.contains(value))
            && allowing(keywords.all_of) == keywords.all_of.len()
            && (keywords.any_of.is_empty() || allowing(keywords.any_of) > 0)
            && (keywords.one_of.is_empty() || allowing(keywords.one_of) == 1)
    }
}

/// Whether a schema asserts something of a scalar beside its type, its values and its parts.
fn asserts_more(keywords: &Keywords<'_>) -> bool {
    !rules::of(&keywords.with_values(Vec::new())).is_empty()
        || keywords.not.is_some()
        || keywords.newer("if").is_some()
}

fn is_of(value: &Value, ty: &str) -> bool {
    match value {
        Value::String(_) => ty == "string",
        Value::Bool(_) => ty == "boolean",
        Value::Number(number) if number.is_f64() => ty == "number",
        Value::Number(_) => ty == "number" || ty == "integer",
        Value::Null | Value::Array(_) | Value::Object(_) => false,
    }
}
