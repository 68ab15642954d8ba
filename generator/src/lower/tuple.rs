//! `prefixItems`: tuples, and arrays whose first items have types of their own.

use openapiv3::{ReferenceOr, Schema, SchemaKind};
use serde_json::Value;

use super::Lowering;
use super::inherit::positions;
use super::keywords::{Keywords, Property};
use super::schema::Use;
use crate::diag::Pointer;
use crate::ir::{Origin, Rule, TypeRef};

/// Rust's own traits end with tuples of this length.
const LONGEST: usize = 12;

impl<'a> Lowering<'a> {
    /// The array that a schema with `prefixItems` is.
    pub(super) fn tuple(
        &mut self,
        prefix: &[Value],
        keywords: &Keywords<'a>,
        origin: &Origin,
        pointer: &Pointer,
    ) -> Use {
        if prefix.is_empty() || prefix.len() > LONGEST {
            let rules = self.items(keywords);
            return Use { rules, ..Use::of(TypeRef::List(TypeRef::Json.into())) };
        }
        let mut items = Vec::new();
        for (index, schema) in prefix.iter().enumerate() {
            let pointer = pointer.child("x-oas-prefixItems").index(index);
            let schema = self.read(schema);
            items.push(self.schema_or_reference(schema, origin.clone(), &pointer));
        }
        let secret = items.iter().any(|item| item.secret);
        let mut rules = positions(items.iter().map(|item| item.rules.clone()));
        let types = items.into_iter().map(|item| item.ty).collect();
        let ty = if is_whole(prefix.len(), keywords) {
            TypeRef::Tuple(types)
        } else {
            TypeRef::Prefixed(
                types,
                Box::new(self.behind(prefix.len(), keywords, origin, (&mut rules, pointer))),
            )
        };
        Use { rules, secret, ..Use::of(ty) }
    }

    /// The type of the items behind the first ones.
    fn behind(
        &mut self,
        first: usize,
        keywords: &Keywords<'a>,
        origin: &Origin,
        (rules, pointer): (&mut Vec<Rule>, &Pointer),
    ) -> TypeRef {
        match keywords.items {
            None => TypeRef::Json,
            Some(items) if is_false(items) => {
                rules.push(Rule::ItemsFrom(first, vec![Rule::False("items")]));
                TypeRef::Json
            }
            Some(items) => {
                let item = self.schema_or_reference(items, origin.clone(), &pointer.child("items"));
                if !item.rules.is_empty() {
                    rules.push(Rule::ItemsFrom(first, item.rules));
                }
                item.ty
            }
        }
    }

    /// A schema that stands in an extension of ours, to be kept as long as the document.
    pub(super) fn read(&self, schema: &Value) -> &'a ReferenceOr<Schema> {
        self.extensions.alloc(crate::source::schema_in(schema))
    }
}

/// Whether there are always exactly so many items.
fn is_whole(count: usize, keywords: &Keywords<'_>) -> bool {
    let no_more = keywords.max_items == Some(count)
        || (keywords.items.is_some_and(is_false)
            && keywords.max_items.is_none_or(|max| max > count));
    no_more && keywords.min_items == Some(count)
}

/// Whether nothing is taken: `false`, which is `not: {}` in 3.0.
fn is_false(schema: &Property) -> bool {
    let ReferenceOr::Item(schema) = schema else { return false };
    let SchemaKind::Not { not } = &schema.schema_kind else { return false };
    match not.as_ref() {
        ReferenceOr::Item(inner) => {
            matches!(&inner.schema_kind, SchemaKind::Any(any) if *any == openapiv3::AnySchema::default())
                && inner.schema_data.extensions.is_empty()
        }
        ReferenceOr::Reference { .. } => false,
    }
}
