//! The rules as models and clients name them: `rule::MinLength(1)`.

use super::rules::{JsonType, Rule};

pub use super::rules::Rule::*;

/// `type: array`
pub const ARRAY: &[Rule] = &[Type(&[JsonType::Array])];
/// `type: [array, "null"]`
pub const ARRAY_OR_NULL: &[Rule] = &[Type(&[JsonType::Array, JsonType::Null])];
/// `type: boolean`
pub const BOOLEAN: &[Rule] = &[Type(&[JsonType::Boolean])];
/// `type: [boolean, "null"]`
pub const BOOLEAN_OR_NULL: &[Rule] = &[Type(&[JsonType::Boolean, JsonType::Null])];
/// `type: integer`
pub const INTEGER: &[Rule] = &[Type(&[JsonType::Integer])];
/// `type: [integer, "null"]`
pub const INTEGER_OR_NULL: &[Rule] = &[Type(&[JsonType::Integer, JsonType::Null])];
/// `type: "null"`
pub const NULL: &[Rule] = &[Type(&[JsonType::Null])];
/// `type: number`
pub const NUMBER: &[Rule] = &[Type(&[JsonType::Number])];
/// `type: [number, "null"]`
pub const NUMBER_OR_NULL: &[Rule] = &[Type(&[JsonType::Number, JsonType::Null])];
/// `type: object`
pub const OBJECT: &[Rule] = &[Type(&[JsonType::Object])];
/// `type: [object, "null"]`
pub const OBJECT_OR_NULL: &[Rule] = &[Type(&[JsonType::Object, JsonType::Null])];
/// `type: string`
pub const STRING: &[Rule] = &[Type(&[JsonType::String])];
/// `type: [string, "null"]`
pub const STRING_OR_NULL: &[Rule] = &[Type(&[JsonType::String, JsonType::Null])];
