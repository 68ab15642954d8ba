//! Structs: the type, its constructor and its setters.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::Context;
use super::docs::{self, Docs};
use super::markdown::code;
use super::model::{self, Described, Other};
use super::outer::Outer;
use super::types::{Boxed, From};
use crate::ir::{Field, Presence, Rest, Struct, TypeDef, TypeId};
use crate::names::TypeNames;

/// A field with everything that is needed to write it.
struct Member<'a> {
    field: &'a Field,
    ident: &'a Ident,
    setter: &'a Ident,
    boxed: Boxed,
    fixed: Option<TokenStream>,
}

/// Who builds values of a struct: what only arrives needs no setters, nor a constructor that would
/// take more arguments than anyone can keep apart. Its fields are public all the same.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Built {
    ByServers,
    ByCallers,
}

/// The struct of a schema.
pub(super) fn emit(
    context: Context<'_>,
    id: TypeId,
    def: &TypeDef,
    object: &Struct,
    names: &TypeNames,
) -> TokenStream {
    let members = members(context, id, object, names);
    let docs = type_docs(def, names).tokens();
    let name = &names.ident;
    let fields = members.iter().map(|member| {
        let docs = docs::field(member.field).tokens();
        let (ident, ty) =
            (member.ident, context.field_ty(member.field, member.boxed, From::Models));
        quote!(#docs pub #ident: #ty)
    });
    let (rest, rest_ty) = (&names.rest, rest_ty(context, &object.rest));
    let rest_docs = match object.rest {
        Rest::Typed(..) => " The properties that have no field of their own.",
        Rest::Open | Rest::Closed => " Properties that the document does not name, as they came.",
    };
    let default = is_default(&members).then(|| quote!(, Default));
    let deprecated = def.deprecated.then(|| quote!(#[deprecated]));
    let built = if context.facts.arriving.has(id) { Built::ByServers } else { Built::ByCallers };
    let inherent = inherent(context, name, &members, names, built);
    let description = model::emit(&Described {
        context,
        name,
        fields: members.iter().map(|member| (member.ident, member.field)).collect(),
        rules: &object.rules,
        rest: Other::Field(rest, &object.rest),
    });
    quote! {
        #docs
        #deprecated
        #[derive(Clone #default)]
        pub struct #name {
            #(#fields,)*
            #[doc = #rest_docs]
            pub #rest: #rest_ty,
        }
        #inherent
        #description
    }
}

/// The doc comment of a type.
pub(super) fn type_docs(def: &TypeDef, names: &TypeNames) -> Docs {
    let mut docs = Docs::default();
    docs.description(def.description.as_deref().or(def.title.as_deref()));
    if docs.is_empty() {
        docs.own(format!("`{}`", names.ident));
    }
    if let Some(wire) = &names.renamed_from {
        docs.own(format!("The document calls it {}.", code(wire)));
    }
    docs.source(&def.place);
    docs
}

fn members<'a>(
    context: Context<'_>,
    id: TypeId,
    object: &'a Struct,
    names: &'a TypeNames,
) -> Vec<Member<'a>> {
    let idents = names.members.iter().zip(&names.setters);
    object
        .fields
        .iter()
        .zip(idents)
        .enumerate()
        .map(|(index, (field, (ident, setter)))| {
            let fixed = field.fixed.as_ref();
            let fixed = fixed.and_then(|value| context.literal(value, &field.ty, From::Models));
            Member { field, ident, setter, boxed: context.boxed(id, index), fixed }
        })
        .collect()
}

fn rest_ty(context: Context<'_>, rest: &Rest) -> TokenStream {
    match rest {
        Rest::Typed(ty, _) => {
            let ty = context.ty(ty, From::Models);
            let map = context.outer(Outer::BTreeMap, From::Models);
            quote!(#map<String, #ty>)
        }
        Rest::Open | Rest::Closed => context.outer(Outer::UnknownFields, From::Models),
    }
}

/// Whether nothing is required nor fixed, so that the empty struct is what the constructor makes.
fn is_default(members: &[Member<'_>]) -> bool {
    let is_free = |m: &Member<'_>| m.fixed.is_none() && m.field.presence == Presence::Optional;
    members.iter().all(is_free)
}

/// As many arguments as clippy lets pass.
const MOST_ARGUMENTS: usize = 7;

/// How many arguments the constructor takes.
fn arguments(members: &[Member<'_>]) -> usize {
    let is_argument = |m: &&Member<'_>| m.fixed.is_none() && m.field.presence == Presence::Required;
    members.iter().filter(is_argument).count()
}

fn inherent(
    context: Context<'_>,
    name: &Ident,
    members: &[Member<'_>],
    names: &TypeNames,
    built: Built,
) -> TokenStream {
    let is_default = is_default(members);
    if built == Built::ByServers && arguments(members) > MOST_ARGUMENTS {
        return TokenStream::new();
    }
    let constructor = constructor(context, members, names);
    let all_fixed =
        members.iter().all(|m| m.fixed.is_some() || m.field.presence == Presence::Optional);
    let default = (all_fixed && !is_default).then(|| {
        quote! {
            impl Default for #name {
                fn default() -> Self {
                    Self::new()
                }
            }
        }
    });
    let setters = members
        .iter()
        .filter(|member| built == Built::ByCallers && member.field.presence == Presence::Optional)
        .map(|member| setter(context, member));
    quote! {
        impl #name {
            #constructor
            #(#setters)*
        }
        #default
    }
}

fn constructor(context: Context<'_>, members: &[Member<'_>], names: &TypeNames) -> TokenStream {
    let rest = &names.rest;
    if is_default(members) {
        return quote! {
            #[doc = " Without any of its properties."]
            #[inline]
            #[must_use]
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let mut arguments = Vec::new();
    let mut values = Vec::new();
    for Member { field, ident, boxed, fixed, .. } in members {
        values.push(match (fixed, field.presence) {
            (Some(value), Presence::Required) => quote!(#ident: #value),
            (Some(value), Presence::Optional) => quote!(#ident: Some(#value)),
            (None, Presence::Optional) => quote!(#ident: None),
            (None, Presence::Required) => {
                let argument = context.argument(field, *boxed, From::Models);
                let ty = argument.ty;
                arguments.push(quote!(#ident: #ty));
                if argument.into { quote!(#ident: #ident.into()) } else { quote!(#ident) }
            }
        });
    }
    quote! {
        #[doc = " With the properties that are required."]
        #[inline]
        #[must_use]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#values,)* #rest: Default::default() }
        }
    }
}

fn setter(context: Context<'_>, member: &Member<'_>) -> TokenStream {
    let Member { field, ident, setter, boxed, .. } = member;
    let argument = context.argument(field, *boxed, From::Models);
    let ty = argument.ty;
    let value = if argument.into { quote!(#ident.into()) } else { quote!(#ident) };
    let docs = Docs::new(format!("Sets {}.", code(&field.name))).tokens();
    quote! {
        #docs
        #[inline]
        #[must_use]
        pub fn #setter(mut self, #ident: #ty) -> Self {
            self.#ident = Some(#value);
            self
        }
    }
}
