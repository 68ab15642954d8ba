//! An example of a call: in the docs of the method, and as a program.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::Context;
use super::credentials::{self, Credentials};
use super::types::{Boxed, From};
use super::{formats, markdown};
use crate::ir::{Content, Field, Operation, Presence, Prim, Rule, Shape, TypeId, TypeRef};
use crate::names::OperationNames;

/// What the template of an example program is filled with.
#[derive(Debug, serde::Serialize)]
pub struct Example {
    /// The name of the file, without suffix.
    pub name: String,
    /// The module of the API.
    pub module: String,
    /// What the operation does, in a line.
    pub summary: String,
    /// The call before it is sent, as a Rust expression on `client`.
    pub call: String,
    /// The call, sent and awaited.
    pub sent: String,
    /// Whether requests are signed for Oracle Cloud Infrastructure.
    pub oci: bool,
    /// What else the call is authenticated with, if one thing will do that is known.
    pub credentials: Option<Credentials>,
    /// Whether the server's URL has a variable `region`.
    pub region: bool,
    /// Whether the call names the models.
    pub models: bool,
    /// Whether the call may hold identifiers that the compiler finds unusual.
    pub unusual: bool,
    /// Whether the call may name types that the document gives up.
    pub deprecated: bool,
}

/// Nesting beyond this is cut off: an example is to be read.
const DEEPEST: usize = 8;

/// An API of more operations gets one example program, not one for each: they take long to build.
const MOST_PROGRAMS: usize = 10;

/// The examples of an API.
pub fn examples(context: Context<'_>) -> Vec<Example> {
    let count = context.api.operations.len();
    let count = if count > MOST_PROGRAMS { 1 } else { count };
    let operations = context.api.operations.iter().zip(&context.names.operations);
    // Nobody should be led to what the document gives up.
    let operations = operations.filter(|(operation, _)| !operation.deprecated);
    operations.take(count).map(|(operation, names)| example(context, operation, names)).collect()
}

fn example(context: Context<'_>, operation: &Operation, names: &OperationNames) -> Example {
    let call = call(context, operation, names);
    let models = call.to_string().contains("models ::");
    let credentials = credentials::of(context, operation);
    let module = context.names.module.to_string();
    Example {
        name: names.example.clone(),
        module,
        summary: summary(operation),
        sent: pretty(&quote!(#call.send().await?)),
        unusual: !call.to_string().is_ascii(),
        deprecated: models && context.api.types.iter().any(|def| def.deprecated),
        call: pretty(&call),
        oci: credentials.is_none() && credentials::is_signed(context, operation),
        credentials,
        region: region(context),
        models,
    }
}

/// What the operation does, on a line of a comment.
fn summary(operation: &Operation) -> String {
    let words = operation.summary.as_deref().unwrap_or(&operation.id);
    markdown::line(words).chars().filter(|char| !markdown::turns(*char)).collect()
}

/// The example in the docs of the method.
pub(super) fn doc(context: Context<'_>, operation: &Operation, names: &OperationNames) -> String {
    let call = call(context, operation, names);
    let root = context.root;
    let models = call.to_string().contains("models ::");
    let import = if models { format!("use {root}::models;\n\n") } else { String::new() };
    let call = pretty(&quote!(#call.send().await?));
    format!(
        "# Example\n```no_run\n# async fn example(client: {root}::Client) -> Result<(), Box<dyn std::error::Error>> {{\n\
         {import}let response = {call};\nprintln!(\"{{}}\", response.status());\n# Ok(())\n# }}\n```"
    )
}

fn region(context: Context<'_>) -> bool {
    let servers = context.api.server.iter();
    servers.flat_map(|server| &server.variables).any(|variable| variable.name == "region")
}

/// Methods whose requests have no body by rights: one is shown only where the document asks for it.
const BARE: &[&str] = &["GET", "HEAD", "DELETE"];

/// The call up to `send`, with what is required.
fn call(context: Context<'_>, operation: &Operation, names: &OperationNames) -> TokenStream {
    let method = &names.method;
    let required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.field.presence == Presence::Required);
    let arguments = required.map(|parameter| context.argument_example(&parameter.field, 0));
    let is_bare = BARE.contains(&operation.method);
    let body = operation.body.as_ref().filter(|body| body.required || !is_bare).map(|body| {
        let body = match body.media.first().map(|media| &media.content) {
            Some(Content::Json(ty) | Content::Form(ty) | Content::Multipart(ty)) => {
                context.value_example(ty, &[], None, 0)
            }
            Some(Content::Text | Content::Bytes) | None => quote!("text"),
        };
        quote!(.body(#body))
    });
    quote!(client.#method(#(#arguments),*) #body)
}

impl Context<'_> {
    /// A value for a constructor's argument.
    fn argument_example(&self, field: &Field, depth: usize) -> TokenStream {
        let into = self.argument(field, Boxed::No, From::Client).into;
        let example = field.example.as_ref();
        match (&field.ty, into) {
            (TypeRef::Prim(Prim::String), true) => {
                let text = text_example(&field.rules, example, &field.name);
                quote!(#text)
            }
            (ty, true) if *self.api.resolved(ty) == TypeRef::Prim(Prim::File) => quote!("text"),
            (TypeRef::Nullable(_), true) => quote!(None),
            _ => self.value_example(&field.ty, &field.rules, example, depth),
        }
    }

    /// A value of a type.
    fn value_example(
        &self,
        ty: &TypeRef,
        rules: &[Rule],
        example: Option<&serde_json::Value>,
        depth: usize,
    ) -> TokenStream {
        if let Some(value) = example.and_then(|value| self.literal(value, ty, From::Client)) {
            return value;
        }
        match ty {
            TypeRef::Prim(Prim::String) => {
                let text = text_example(rules, example, "text");
                quote!(#text.to_owned())
            }
            TypeRef::Prim(Prim::File) => quote!("text".into()),
            TypeRef::Prim(Prim::Bool) => quote!(true),
            TypeRef::Prim(Prim::Null) | TypeRef::Prefixed(..) => quote!(Default::default()),
            TypeRef::Tuple(items) => {
                let items = items.iter().map(|item| self.value_example(item, &[], None, depth + 1));
                quote!((#(#items,)*))
            }
            TypeRef::Prim(Prim::F64) => quote!(1.0),
            TypeRef::Prim(Prim::Uuid) => quote!("f4b5c6d7-1234-4abc-9def-0123456789ab".parse()?),
            TypeRef::Prim(Prim::Text(text)) => {
                let sample = formats::sample(*text);
                quote!(#sample.parse()?)
            }
            TypeRef::Prim(_) => quote!(1),
            TypeRef::List(item) => {
                let rules = rules.iter().find_map(|rule| match rule {
                    Rule::Items(rules) => Some(rules.as_slice()),
                    _ => None,
                });
                let item = self.value_example(item, rules.unwrap_or_default(), None, depth + 1);
                quote!(vec![#item])
            }
            TypeRef::Map(_) => quote!(Default::default()),
            TypeRef::Nullable(_) => quote!(None),
            TypeRef::Json => quote!(serde_json::Value::Null),
            TypeRef::Named(id) => self.named_example(*id, rules, depth),
        }
    }

    fn named_example(&self, id: TypeId, rules: &[Rule], depth: usize) -> TokenStream {
        let (Some(def), Some(names)) = (self.api.ty(id), self.names.ty(id)) else {
            return quote!(unreachable!());
        };
        let name = &names.ident;
        match &def.shape {
            _ if depth > DEEPEST => quote!(unreachable!()),
            Shape::Alias(ty) => self.value_example(ty, rules, None, depth + 1),
            // What its items are is told by nothing else: they must not be the last ones shown.
            Shape::Newtype(TypeRef::Tuple(_)) if depth + 2 > DEEPEST => quote!(unreachable!()),
            Shape::Newtype(TypeRef::Tuple(items)) => {
                let items = items.iter().map(|item| match item {
                    TypeRef::List(_) => quote!(Vec::new()),
                    item => self.value_example(item, &[], None, depth + 2),
                });
                quote!(models::#name::from((#(#items,)*)))
            }
            Shape::Newtype(_) => quote!(models::#name::default()),
            Shape::Enum(_) => match names.members.first() {
                Some(variant) => quote!(models::#name::#variant),
                None => quote!(models::#name::from("text")),
            },
            Shape::Union(union) => match (union.variants.first(), names.members.first()) {
                (Some(variant), Some(ident)) => {
                    let value = self.value_example(&variant.ty, &[], None, depth + 1);
                    quote!(models::#name::#ident(#value))
                }
                _ => quote!(unreachable!()),
            },
            Shape::Struct(object) => {
                let required = object.fields.iter().filter(|field| {
                    field.presence == Presence::Required
                        && field
                            .fixed
                            .as_ref()
                            .and_then(|value| self.literal(value, &field.ty, From::Client))
                            .is_none()
                });
                let arguments = required.map(|field| self.argument_example(field, depth + 1));
                quote!(models::#name::new(#(#arguments),*))
            }
        }
    }
}

/// A string that keeps the commonest rules.
fn text_example(rules: &[Rule], example: Option<&serde_json::Value>, name: &str) -> String {
    if let Some(text) = example.and_then(serde_json::Value::as_str) {
        return text.to_owned();
    }
    let plain: String = name.chars().filter(|char| char.is_ascii_alphanumeric()).collect();
    let mut text = if plain.is_empty() { "text".to_owned() } else { plain };
    for rule in rules {
        match rule {
            Rule::MinLength(min) => {
                while (text.len() as u64) < (*min).min(64) {
                    text.push('x');
                }
            }
            Rule::MaxLength(max) => text.truncate(usize::try_from(*max).unwrap_or(usize::MAX)),
            _ => {}
        }
    }
    text
}

/// An expression as it would be written by hand.
pub(super) fn pretty(tokens: &TokenStream) -> String {
    let wrapped = quote!(fn main() { #tokens });
    let Ok(file) = syn::parse2::<syn::File>(wrapped) else {
        return tokens.to_token_stream().to_string();
    };
    let printed = prettyplease::unparse(&file);
    let inner = printed.trim().strip_prefix("fn main() {").and_then(|text| text.strip_suffix('}'));
    let lines = inner.unwrap_or_default().trim_matches('\n').lines();
    lines
        .map(|line| line.strip_prefix("    ").unwrap_or(line))
        .collect::<Vec<_>>()
        .join("\n")
        .trim()
        .to_owned()
}
