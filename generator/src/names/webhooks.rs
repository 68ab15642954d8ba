//! Names of what webhooks carry.

use heck::ToUpperCamelCase;
use proc_macro2::Ident;

use super::reserved;
use super::scope::Scope;
use crate::ir::Api;

/// The types, by the index of the webhook. They stand in a module of their own.
pub(super) fn names(api: &Api) -> Vec<Ident> {
    let mut scope = Scope::of_types(reserved::OUTER);
    let wanted = api.webhooks.iter().map(|event| event.name.to_upper_camel_case());
    wanted.map(|name| scope.claim(&name, "Webhook")).collect()
}
