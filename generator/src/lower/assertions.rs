//! Schemas as rules: all that a schema asserts, for keywords that only ask whether it holds, and
//! what its keywords ask for beyond what a type ensures.

use std::borrow::Borrow;
use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, ReferenceOr, Schema};
use serde_json::Value;

use super::keywords::Keywords;
use super::schema::{component_name, components, is_nullable};
use super::{Lowering, rules, union};
use crate::diag::Pointer;
use crate::ir::{self, Additional, Conditional, JsonType, Pattern, Rule, SchemaId, Way};
use crate::source::schema_in;

/// Compositions of more parts than this are not looked through for a property.
const MOST_PARTS: usize = 64;

impl<'a> Lowering<'a> {
    /// All that a schema asserts, in JSON Schema's own meaning.
    pub(super) fn assertions<S: Borrow<Schema>>(&mut self, schema: &ReferenceOr<S>) -> Vec<Rule> {
        match schema {
            ReferenceOr::Reference { reference } => self.reference_assertions(reference),
            ReferenceOr::Item(schema) => self.schema_assertions(schema.borrow()),
        }
    }

    /// All that a schema asserts which is referred to.
    pub(super) fn reference_assertions(&mut self, reference: &str) -> Vec<Rule> {
        self.schema_id(reference).map(Rule::Schema).into_iter().collect()
    }

    /// The same for each of several schemas.
    pub(super) fn each_assertions(&mut self, schemas: &[ReferenceOr<Schema>]) -> Vec<Vec<Rule>> {
        schemas.iter().map(|schema| self.assertions(schema)).collect()
    }

    pub(super) fn schema_assertions(&mut self, schema: &Schema) -> Vec<Rule> {
        let keywords = Keywords::of(schema);
        let rules = self.all(&keywords);
        // Null in a list without a type is one of its values, for the other keywords to judge.
        let is_listed = !schema.schema_data.nullable && keywords.ty.is_none();
        if !is_nullable(schema, &keywords) || is_listed || rules.is_empty() {
            return rules;
        }
        // `nullable` stands for a choice between null and the rest.
        match rules.as_slice() {
            [Rule::Type(types)] => {
                let types = types.iter().copied().chain([JsonType::Null]);
                vec![Rule::Type(types.collect())]
            }
            [Rule::Enum(_)] => rules,
            _ => vec![Rule::AnyOf(vec![vec![Rule::Type(vec![JsonType::Null])], rules])],
        }
    }

    /// All that the keywords assert.
    pub(super) fn all(&mut self, keywords: &Keywords<'_>) -> Vec<Rule> {
        let mut all = self.evaluated(keywords);
        all.extend(self.unevaluated(keywords));
        all
    }

    /// The same without what is asked of what nothing else speaks of.
    pub(super) fn evaluated(&mut self, keywords: &Keywords<'_>) -> Vec<Rule> {
        let mut all: Vec<Rule> = keywords.ty.and_then(json_type).into_iter().collect();
        all.extend(rules::of(keywords));
        if keywords.constant.is_none() && rules::all_strings(&keywords.values) {
            all.push(Rule::Enum(keywords.values.clone()));
        }
        all.extend(self.required_each_way(keywords.required, keywords));
        all.extend(self.properties(keywords));
        let is_unpatterned = keywords.newer("patternProperties").is_none();
        all.extend(self.additional(keywords).filter(|_| is_unpatterned));
        all.extend(self.items(keywords));
        for part in keywords.all_of {
            for rule in self.assertions(part) {
                match rule {
                    // Another part may declare what this one requires.
                    Rule::Required(names) => all.extend(self.required_each_way(&names, keywords)),
                    rule => all.push(rule),
                }
            }
        }
        all.extend(self.choices(keywords));
        all.extend(self.applied(keywords));
        all
    }

    /// What `oneOf` and `anyOf` assert.
    pub(super) fn choices(&mut self, keywords: &Keywords<'_>) -> Vec<Rule> {
        let mut choices = Vec::new();
        if !keywords.one_of.is_empty() {
            let parts = self.each_assertions(keywords.one_of);
            let make =
                if self.is_vague(keywords.one_of, &parts) { Rule::AnyOf } else { Rule::OneOf };
            choices.push(make(parts));
        }
        if !keywords.any_of.is_empty() {
            choices.push(Rule::AnyOf(self.each_assertions(keywords.any_of)));
        }
        choices
    }

    /// What a schema without a type of its own asserts beside the one part behind `key`.
    pub(super) fn beside_part(&mut self, keywords: &Keywords<'_>, key: &str) -> Vec<Rule> {
        let beside = match key {
            "allOf" => keywords.without_parts(),
            key => keywords.without_choice(key),
        };
        let mut all = rules::of(&beside);
        all.extend(self.required_each_way(beside.required, keywords));
        all.extend(self.items(&beside));
        all.extend(self.choices(&beside));
        all.extend(self.conditions(keywords));
        all
    }

    /// What the keywords assert that neither a type nor [`rules::of`] knows.
    pub(super) fn conditions(&mut self, keywords: &Keywords<'_>) -> Vec<Rule> {
        let mut all = self.applied(keywords);
        all.extend(self.unevaluated(keywords));
        all
    }

    fn applied(&mut self, keywords: &Keywords<'_>) -> Vec<Rule> {
        let mut all = Vec::new();
        if let Some(schema) = keywords.not {
            all.push(match self.assertions(schema) {
                rules if rules.is_empty() => Rule::False("not"),
                rules => Rule::Not(rules),
            });
        }
        all.extend(self.conditional(keywords));
        if matches!(keywords.ty, None | Some("object")) {
            all.extend(self.object_conditions(keywords));
        }
        if matches!(keywords.ty, None | Some("array")) {
            all.extend(self.contains(keywords));
        }
        all
    }

    fn conditional(&mut self, keywords: &Keywords<'_>) -> Option<Rule> {
        let test = self.in_keyword(keywords.newer("if")?, "if");
        let mut branch =
            |keyword| keywords.newer(keyword).map(|schema| self.in_keyword(schema, keyword));
        let (then, otherwise) =
            (branch("then").unwrap_or_default(), branch("else").unwrap_or_default());
        let is_idle = then.is_empty() && otherwise.is_empty();
        (!is_idle).then_some(Rule::If(Conditional { test, then, otherwise }))
    }

    fn object_conditions(&mut self, keywords: &Keywords<'_>) -> Vec<Rule> {
        let mut all = Vec::new();
        if keywords.newer("patternProperties").is_some() {
            all.extend(self.pattern_properties(keywords));
            all.extend(self.additional(keywords));
        }
        if let Some(names) = keywords.newer("propertyNames") {
            let rules = self.in_keyword(names, "propertyNames");
            all.extend((!rules.is_empty()).then_some(Rule::PropertyNames(rules)));
        }
        if let Some(Value::Object(entries)) = keywords.newer("dependentRequired") {
            let entries = entries.iter().map(|(name, names)| (name.clone(), strings(names)));
            all.push(Rule::DependentRequired(entries.collect()));
        }
        if let Some(Value::Object(entries)) = keywords.newer("dependentSchemas") {
            let entries = entries
                .iter()
                .map(|(name, schema)| (name.clone(), self.in_keyword(schema, "dependentSchemas")));
            all.push(Rule::DependentSchemas(entries.collect()));
        }
        all
    }

    fn contains(&mut self, keywords: &Keywords<'_>) -> Option<Rule> {
        let rules = self.in_keyword(keywords.newer("contains")?, "contains");
        let count = |keyword| keywords.newer(keyword).and_then(Value::as_u64);
        Some(Rule::Contains(rules, count("minContains"), count("maxContains")))
    }

    /// `unevaluatedProperties` and `unevaluatedItems`, with all that stands beside them.
    pub(super) fn unevaluated(&mut self, keywords: &Keywords<'_>) -> Vec<Rule> {
        type Make = fn(Vec<Rule>, Vec<Rule>) -> Rule;
        let of: [(&'static str, Make); 2] = [
            ("unevaluatedProperties", Rule::UnevaluatedProperties),
            ("unevaluatedItems", Rule::UnevaluatedItems),
        ];
        let mut all = Vec::new();
        for (keyword, make) in of {
            let Some(schema) = keywords.newer(keyword) else { continue };
            let rules = self.in_keyword(schema, keyword);
            if !rules.is_empty() {
                let mut beside = self.evaluated(keywords);
                beside.retain(|rule| !matches!(rule, Rule::Type(_) | Rule::Required(_)));
                all.push(make(beside, rules));
            }
        }
        all
    }

    fn properties(&mut self, keywords: &Keywords<'_>) -> Option<Rule> {
        let properties = keywords.properties.iter();
        let entries: Vec<_> = properties
            .map(|(name, schema)| ((*name).to_owned(), self.within(schema, "properties")))
            .collect();
        (!entries.is_empty()).then_some(Rule::Properties(entries))
    }

    fn pattern_properties(&mut self, keywords: &Keywords<'_>) -> Option<Rule> {
        let entries = keywords.newer("patternProperties")?.as_object()?;
        let entries = entries.iter().map(|(pattern, schema)| {
            (Pattern::new(pattern), self.in_keyword(schema, "patternProperties"))
        });
        let entries: Vec<_> = entries.collect();
        (!entries.is_empty()).then_some(Rule::PatternProperties(entries))
    }

    /// `additionalProperties`, beside whatever it does not speak of.
    pub(super) fn additional(&mut self, keywords: &Keywords<'_>) -> Option<Rule> {
        keywords.additional?;
        let rules = self.additional_values(keywords);
        let names: Vec<String> =
            keywords.properties.iter().map(|(name, _)| (*name).to_owned()).collect();
        let patterns = keywords.newer("patternProperties").and_then(Value::as_object);
        let patterns: Vec<Pattern> =
            patterns.into_iter().flat_map(|entries| entries.keys()).map(Pattern::new).collect();
        // Without rules it still says that it speaks of all properties.
        Some(match names.is_empty() && patterns.is_empty() {
            true => Rule::Values(rules),
            false => Rule::AdditionalProperties(Additional { names, patterns, rules }),
        })
    }

    /// What `additionalProperties` asserts of each value that it speaks of.
    pub(super) fn additional_values(&mut self, keywords: &Keywords<'_>) -> Vec<Rule> {
        match keywords.additional {
            None | Some(AdditionalProperties::Any(true)) => Vec::new(),
            Some(AdditionalProperties::Any(false)) => vec![Rule::False("additionalProperties")],
            Some(AdditionalProperties::Schema(schema)) => {
                self.within(schema, "additionalProperties")
            }
        }
    }

    /// What the parts of an `allOf` assert where they are of several types: the one type that is
    /// made of them does not ensure what all of them say.
    pub(super) fn beyond_type(&mut self, keywords: &Keywords<'a>) -> Vec<Rule> {
        let parts = keywords.all_of.iter().filter_map(|part| self.resolve(part, Pointer::root()));
        let parts: Vec<Keywords<'a>> = parts.map(|(part, _)| Keywords::of(part)).collect();
        let is_choice = parts.iter().any(|part| union::parts(part).is_some());
        let types = keywords.ty.into_iter().chain(parts.iter().filter_map(|part| part.ty));
        // An integer is a number.
        let types = types.map(|ty| if ty == "integer" { "number" } else { ty });
        let types: BTreeSet<&str> = types.collect();
        if !is_choice && types.len() < 2 {
            return Vec::new();
        }
        self.parts_beside_values(keywords)
    }

    /// `items` and `prefixItems`.
    pub(super) fn items(&mut self, keywords: &Keywords<'_>) -> Vec<Rule> {
        let items = keywords.items.map(|items| self.within(items, "items"));
        let Some(Value::Array(prefix)) = keywords.newer("prefixItems") else {
            return items.map(Rule::Items).into_iter().collect();
        };
        let prefix: Vec<_> =
            prefix.iter().map(|schema| self.in_keyword(schema, "prefixItems")).collect();
        let rest = items.map(|rules| Rule::ItemsFrom(prefix.len(), rules));
        std::iter::once(Rule::PrefixItems(prefix)).chain(rest).collect()
    }

    /// The rules of a schema that stands in an extension of ours.
    fn in_keyword(&mut self, schema: &Value, keyword: &'static str) -> Vec<Rule> {
        self.within(&schema_in(schema), keyword)
    }

    /// The rules of a schema behind a keyword, which `false` names.
    fn within<S: Borrow<Schema>>(
        &mut self,
        schema: &ReferenceOr<S>,
        keyword: &'static str,
    ) -> Vec<Rule> {
        match self.assertions(schema).as_mut_slice() {
            [Rule::False(_)] => vec![Rule::False(keyword)],
            rules => rules.to_vec(),
        }
    }

    /// The schema that a reference names, which becomes one that rules refer to.
    fn schema_id(&mut self, reference: &str) -> Option<SchemaId> {
        let name = component_name(reference)?;
        let (name, _) = components(self.document).get_key_value(&name)?;
        if let Some(known) = self.schema_ids.get(name.as_str()) {
            return Some(*known);
        }
        let id = SchemaId(self.schemas.len());
        let pointer = Pointer::root().child("components").child("schemas").child(name.as_str());
        let place = self.place(&pointer);
        self.schemas.push(ir::Schema { name: name.clone(), place, rules: Vec::new() });
        self.schema_ids.insert(name, id);
        Some(id)
    }

    /// Tells the rules of the schemas that rules refer to, which may refer to more.
    pub(super) fn define_schemas(&mut self) {
        let mut next = 0;
        while let Some(name) = self.schemas.get(next).map(|schema| schema.name.clone()) {
            if let Some(schema) = components(self.document).get(&name) {
                let rules = self.assertions(schema);
                if let Some(slot) = self.schemas.get_mut(next) {
                    slot.rules = rules;
                }
            }
            next += 1;
        }
    }
}

impl Lowering<'_> {
    /// `required`, each way a list of its own: the schema with `keywords` tells which properties
    /// travel one way only.
    pub(super) fn required_each_way(&self, names: &[String], keywords: &Keywords<'_>) -> Vec<Rule> {
        let mut ways: [(Option<Way>, Vec<String>); 3] =
            [None, Some(Way::Sent), Some(Way::Received)].map(|way| (way, Vec::new()));
        for name in names {
            let way = self.way_of_property(name, keywords, &mut BTreeSet::new());
            let list = ways.iter_mut().find(|(known, _)| *known == way);
            list.into_iter().for_each(|(_, names)| names.push(name.clone()));
        }
        let asked = ways.into_iter().filter(|(_, names)| !names.is_empty());
        let rule = |(way, names)| match way {
            None => Rule::Required(names),
            Some(way) => Rule::RequiredIn(way, names),
        };
        asked.map(rule).collect()
    }

    /// The one way that a property travels, if a schema or a part of it says so.
    fn way_of_property<'s>(
        &'s self,
        name: &str,
        keywords: &Keywords<'s>,
        seen: &mut BTreeSet<*const Schema>,
    ) -> Option<Way> {
        if let Some((_, declared)) = keywords.properties.iter().find(|(known, _)| *known == name) {
            return self.one_way(*declared, 0);
        }
        let parts = [keywords.all_of, keywords.one_of, keywords.any_of];
        parts.into_iter().flatten().find_map(|part| {
            let (part, _) = self.resolve(part, Pointer::root())?;
            let is_new = seen.len() < MOST_PARTS && seen.insert(part);
            is_new.then(|| self.way_of_property(name, &Keywords::of(part), seen)).flatten()
        })
    }
}

/// `required`, if it asks for anything.
pub(super) fn required(names: &[String]) -> Option<Rule> {
    (!names.is_empty()).then(|| Rule::Required(names.to_vec()))
}

fn json_type(word: &str) -> Option<Rule> {
    let ty = match word {
        "array" => JsonType::Array,
        "boolean" => JsonType::Boolean,
        "integer" => JsonType::Integer,
        "number" => JsonType::Number,
        "object" => JsonType::Object,
        "string" => JsonType::String,
        _ => return None,
    };
    Some(Rule::Type(vec![ty]))
}

fn strings(names: &Value) -> Vec<String> {
    let names = names.as_array().map(Vec::as_slice).unwrap_or_default();
    names.iter().filter_map(Value::as_str).map(str::to_owned).collect()
}
