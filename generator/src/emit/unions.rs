//! Unions.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::quote;

use super::Context;
use super::docs::Docs;
use super::markdown::code;
use super::outer::Outer;
use super::rules::{Rules, json_type};
use super::structs::type_docs;
use super::types::{Boxed, From};
use crate::analyze::Accepts;
use crate::ir::{Select, TypeDef, TypeId, TypeRef, Union, Variant};
use crate::names::TypeNames;

/// The enum of a union.
pub(super) fn emit(
    context: Context<'_>,
    id: TypeId,
    def: &TypeDef,
    union: &Union,
    names: &TypeNames,
) -> TokenStream {
    let parts = Parts { context, id, def, union, names };
    match &union.select {
        Select::Tag { property, default } => parts.tagged(property, *default),
        Select::Structure => parts.untagged(),
    }
}

/// A union with everything that is needed to write it.
struct Parts<'a> {
    context: Context<'a>,
    id: TypeId,
    def: &'a TypeDef,
    union: &'a Union,
    names: &'a TypeNames,
}

impl Parts<'_> {
    fn tagged(&self, tag: &str, default: Option<usize>) -> TokenStream {
        let name = &self.names.ident;
        let mut docs = type_docs(self.def, self.names);
        let docs = docs.own(format!("Told apart by {}.", code(tag))).tokens();
        let words = self.union.variants.iter().enumerate().map(|(index, variant)| {
            let mut words = variant.tags.iter().map(|tag| code(tag)).collect::<Vec<_>>();
            if default == Some(index) {
                words.push("anything that no other variant lists".to_owned());
            }
            let mut docs = Docs::default();
            docs.description(variant.description.as_deref());
            docs.own(format!("{} is {}.", code(tag), words.join(" or "))).tokens()
        });
        let types = self.types();
        let tags = self.union.variants.iter().map(|variant| {
            let tags = &variant.tags;
            quote!(&[#(#tags),*])
        });
        let default = default.map(|index| {
            let index = Literal::usize_unsuffixed(index);
            quote!(const DEFAULT: Option<usize> = Some(#index);)
        });
        let value = self.context.outer(Outer::Value, From::Models);
        let idents = &self.names.members;
        let indices = (0..idents.len()).map(Literal::usize_unsuffixed);
        let conversions = conversions(self.context, self.id, self.union, self.names);
        quote! {
            #docs
            #[derive(Clone)]
            #[non_exhaustive]
            pub enum #name {
                #(#words #idents(#types),)*
                #[doc = " A variant that the document does not list, as it came."]
                Unknown(#value),
            }

            #conversions

            impl unions::Tagged for #name {
                const TAG: &'static str = #tag;
                const TAGS: &'static [&'static [&'static str]] = &[#(#tags),*];
                #default

                #[inline]
                fn choose(&mut self, index: usize) -> &mut dyn model::Slot {
                    *self = match index {
                        #(#indices => Self::#idents(model::blank()),)*
                        _ => Self::Unknown(#value::Null),
                    };
                    match self {
                        #(Self::#idents(variant) => variant,)*
                        Self::Unknown(value) => value,
                    }
                }

                #[inline]
                fn chosen(&self) -> model::View<'_> {
                    match self {
                        #(Self::#idents(variant) => variant.view(),)*
                        Self::Unknown(value) => model::View::Untagged(value, Self::TAG),
                    }
                }
            }

            unions::tagged_union!(#name);
        }
    }

    fn untagged(&self) -> TokenStream {
        let name = &self.names.ident;
        let docs = type_docs(self.def, self.names).tokens();
        let idents = &self.names.members;
        let types = self.types();
        let words = self.union.variants.iter().zip(&types).map(|(variant, ty)| {
            let mut docs = Docs::default();
            docs.description(variant.description.as_deref());
            docs.own(format!("`{}`", plain(ty))).tokens()
        });
        let variants = self.variants();
        let (choice, choose, index) = (self.choice(), self.choose(), self.index());
        let blank = self.blank();
        let conversions = conversions(self.context, self.id, self.union, self.names);
        quote! {
            #docs
            #[derive(Clone)]
            pub enum #name {
                #(#words #idents(#types),)*
            }

            #conversions

            impl unions::Untagged for #name {
                const VARIANTS: &'static [unions::Accepts] = #variants;
                #choice

                #choose

                #[inline]
                fn chosen(&self) -> model::View<'_> {
                    match self {
                        #(Self::#idents(variant) => variant.view(),)*
                    }
                }
                #index
            }

            unions::untagged_union!(#name, #blank);
        }
    }

    /// The types of the variants.
    fn types(&self) -> Vec<TokenStream> {
        let variants = self.union.variants.iter().enumerate();
        variants.map(|(index, it)| variant_ty(self.context, self.id, index, &it.ty)).collect()
    }

    /// What each variant of an untagged union takes.
    fn variants(&self) -> TokenStream {
        let mut rules = Rules::new(self.context);
        let variants = self.union.variants.iter();
        let accepts: Vec<_> = variants.map(|it| self.accepts(it, &mut rules)).collect();
        let patterns = rules.patterns();
        match patterns.is_empty() {
            true => quote!(&[#(#accepts),*]),
            false => quote!({ #patterns &[#(#accepts),*] }),
        }
    }

    /// How an untagged union becomes one of its variants.
    fn choose(&self) -> TokenStream {
        let idents = &self.names.members;
        let first = idents.first();
        let others = idents.iter().enumerate().skip(1).map(|(index, ident)| {
            let index = Literal::usize_unsuffixed(index);
            quote!(#index => *self = Self::#ident(model::blank()))
        });
        quote! {
            #[inline]
            fn choose(&mut self, index: usize) -> &mut dyn model::Slot {
                match index {
                    #(#others,)*
                    _ => *self = Self::#first(model::blank()),
                }
                match self {
                    #(Self::#idents(variant) => variant,)*
                }
            }
        }
    }

    /// Which variant an untagged union is, where any of them has rules or a secret.
    fn index(&self) -> Option<TokenStream> {
        let mut variants = self.union.variants.iter();
        if !variants.any(|variant| variant.secret || !variant.rules.is_empty()) {
            return None;
        }
        let idents = &self.names.members;
        let indices = (0..idents.len()).map(Literal::usize_unsuffixed);
        Some(quote! {
            #[inline]
            fn index(&self) -> usize {
                match self {
                    #(Self::#idents(_) => #indices,)*
                }
            }
        })
    }

    /// What decides, where a value may be of several variants.
    fn choice(&self) -> Option<TokenStream> {
        let mut rules = Rules::new(self.context);
        let choice = rules.choice(self.union.choice.as_ref()?);
        let patterns = rules.patterns();
        let value = match patterns.is_empty() {
            true => quote!(Some(#choice)),
            false => quote!({ #patterns Some(#choice) }),
        };
        Some(quote!(const CHOICE: Option<unions::Choice> = #value;))
    }

    /// The variant that decoding starts from: one that ends.
    fn blank(&self) -> Option<&Ident> {
        self.names.members.get(self.context.facts.finite.start(self.id, self.union))
    }
}

impl<'a> Parts<'a> {
    /// What a variant takes, as the runtime's data.
    fn accepts(&self, variant: &'a Variant, rules: &mut Rules<'a>) -> TokenStream {
        let rules = rules.list(&variant.rules);
        accepts(&Accepts::of(self.context.api, &variant.ty), &rules, variant.secret)
    }
}

fn accepts(accepts: &Accepts, rules: &TokenStream, secret: bool) -> TokenStream {
    let Accepts { types, required, listed } = accepts;
    let types = types.iter().map(|ty| json_type(*ty));
    let listed = listed.iter().map(|(name, values)| quote!((#name, &[#(#values),*])));
    quote! {
        unions::Accepts {
            types: &[#(#types),*],
            required: &[#(#required),*],
            listed: &[#(#listed),*],
            rules: #rules,
            secret: #secret,
        }
    }
}

/// A type as it is written.
fn plain(ty: &TokenStream) -> String {
    ty.to_string().replace(' ', "")
}

fn variant_ty(context: Context<'_>, id: TypeId, index: usize, ty: &TypeRef) -> TokenStream {
    let ty = context.ty(ty, From::Models);
    match context.boxed(id, index) {
        Boxed::Yes => quote!(Box<#ty>),
        Boxed::No => ty,
    }
}

/// `From` for each variant whose type no other variant has.
fn conversions(context: Context<'_>, id: TypeId, union: &Union, names: &TypeNames) -> TokenStream {
    let name = &names.ident;
    let mut conversions = Vec::new();
    let targets = union.variants.iter().map(|it| context.api.resolved_throughout(&it.ty));
    let targets: Vec<TypeRef> = targets.collect();
    let variants = union.variants.iter().zip(&names.members).zip(&targets);
    for (index, ((variant, ident), target)) in variants.enumerate() {
        let same = targets.iter().filter(|other| *other == target);
        if same.count() > 1 || matches!(target, TypeRef::Json | TypeRef::Nullable(_)) {
            continue;
        }
        let ty = context.ty(&variant.ty, From::Models);
        let value = match context.boxed(id, index) {
            Boxed::Yes => quote!(Box::new(variant)),
            Boxed::No => quote!(variant),
        };
        conversions.push(quote! {
            impl From<#ty> for #name {
                #[inline]
                fn from(variant: #ty) -> Self {
                    Self::#ident(#value)
                }
            }
        });
    }
    quote!(#(#conversions)*)
}
