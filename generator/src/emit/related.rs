//! What belongs to an operation beside its call: the requests that the server makes because of it,
//! and the calls that may follow. It stands in the docs.

use super::Context;
use super::docs::Docs;
use super::markdown::{self, code};
use super::types::From;
use crate::ir::{Event, Link, Linked, Operation};

/// Adds what belongs to an operation to its docs.
pub(super) fn docs(context: Context<'_>, operation: &Operation, docs: &mut Docs) {
    if !operation.callbacks.is_empty() {
        let lines = operation.callbacks.iter().map(|event| callback(context, event));
        docs.own("# Callbacks").own(lines.collect::<Vec<_>>().join("\n"));
    }
    let links: Vec<String> = operation
        .responses
        .iter()
        .flat_map(|response| response.links.iter().map(|it| link(context, it)))
        .collect();
    if !links.is_empty() {
        docs.own("# What may follow").own(links.join("\n"));
    }
}

fn callback(context: Context<'_>, event: &Event) -> String {
    let target = code(event.target.as_deref().unwrap_or_default());
    let mut line =
        format!("- {}: the server sends `{}` to {target}", code(&event.name), event.method);
    if let Some(payload) = &event.payload {
        line.push_str(&format!(
            ", which carries `{}`",
            printed(&context.ty(payload, From::Client))
        ));
    }
    for words in [&event.summary, &event.description].into_iter().flatten().take(1) {
        line.push_str(&format!(": {}", markdown::inline(words)));
    }
    line
}

fn link(context: Context<'_>, link: &Link) -> String {
    let operation = match &link.operation {
        Linked::Id(id) => method(context, id).unwrap_or_else(|| code(id)),
        Linked::Ref(reference) => code(reference),
    };
    let given = link.parameters.iter().map(|(name, value)| (name.as_str(), value));
    let given = given.chain(link.body.iter().map(|body| ("the body", body)));
    let given = given.map(|(name, value)| {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        format!("{} from {}", code(name), code(&value))
    });
    let given: Vec<String> = given.collect();
    let mut line = format!("- {}: {operation}", code(&link.name));
    if !given.is_empty() {
        line.push_str(&format!(", with {}", given.join(", ")));
    }
    if let Some(words) = &link.description {
        line.push_str(&format!(": {}", markdown::inline(words)));
    }
    line
}

/// The method of the client that makes an operation's call.
fn method(context: Context<'_>, id: &str) -> Option<String> {
    let index = context.api.operations.iter().position(|operation| operation.id == id)?;
    let names = context.names.operations.get(index)?;
    Some(format!("`{}`", names.method))
}

/// A type as people write it.
fn printed(tokens: &proc_macro2::TokenStream) -> String {
    let text = tokens.to_string();
    text.replace(" :: ", "::").replace(" < ", "<").replace(" >", ">").replace("< ", "<")
}
