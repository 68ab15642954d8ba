//! `impl Model`: the description of a struct, and its fields by index.

use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::quote;

use super::Context;
use super::rules::Rules;
use crate::ir::{Field, Presence, Prim, Rest, Rule, TypeRef};

/// A struct as its description needs it.
pub(super) struct Described<'a> {
    pub(super) context: Context<'a>,
    pub(super) name: &'a Ident,
    pub(super) fields: Vec<(&'a Ident, &'a Field)>,
    pub(super) rules: &'a [Rule],
    pub(super) rest: Other<'a>,
}

/// The field of the properties that have no field of their own.
pub(super) enum Other<'a> {
    /// There is none: a struct of parameters or of headers.
    None,
    /// There is one, and this is what the document says of it.
    Field(&'a Ident, &'a Rest),
}

/// The implementation, and the one-line forwards to the shared walks.
pub(super) fn emit(described: &Described<'_>) -> TokenStream {
    let Described { name, fields, .. } = described;
    let blanks = fields.iter().map(|(ident, field)| {
        let value = blank(field);
        quote!(#ident: #value)
    });
    let blanks = blanks.chain(match described.rest {
        Other::None => None,
        Other::Field(ident, _) => Some(quote!(#ident: model::blank())),
    });
    let shape = shape(described);
    let indices = (0..fields.len()).map(Literal::usize_unsuffixed).collect::<Vec<_>>();
    let idents = fields.iter().map(|(ident, _)| ident).collect::<Vec<_>>();
    let views = fields.iter().map(|(ident, field)| field_view(ident, field));
    let (view, slot) = match described.rest {
        Other::None => (quote!(model::View::Absent), quote!(self)),
        Other::Field(ident, _) => (quote!(self.#ident.view()), quote!(&mut self.#ident)),
    };
    // A match with one arm would be a lint; such a model has nothing to choose from.
    let (get, get_mut) = if idents.is_empty() {
        (quote!(#view), quote!(#slot))
    } else {
        (
            quote!(match index { #(#indices => #views,)* _ => #view }),
            quote!(match index { #(#indices => &mut self.#idents,)* _ => #slot }),
        )
    };
    let index = if idents.is_empty() { quote!(_index) } else { quote!(index) };
    // Parameters and headers are never JSON.
    let forwards = match described.rest {
        Other::None => quote!(model::plain!(#name);),
        Other::Field(..) => quote!(model::model!(#name);),
    };
    quote! {
        impl model::Model for #name {
            #[inline]
            fn describe(&self) -> &'static model::Shape {
                #shape
            }

            #[inline]
            fn blank() -> Self {
                Self { #(#blanks,)* }
            }

            #[inline]
            fn get(&self, #index: usize) -> model::View<'_> {
                #get
            }

            #[inline]
            fn get_mut(&mut self, #index: usize) -> &mut dyn model::Slot {
                #get_mut
            }
        }

        #forwards
    }
}

/// The placeholder of a field. A literal where there is one: a call of a function for each field of
/// each model is what a large crate takes long to compile for.
fn blank(field: &Field) -> TokenStream {
    match (&field.ty, field.presence) {
        (_, Presence::Optional) | (TypeRef::Nullable(_), _) => quote!(None),
        (TypeRef::Prim(Prim::String), _) => quote!(String::new()),
        (TypeRef::Prim(Prim::Bool), _) => quote!(false),
        (TypeRef::Prim(Prim::F64), _) => quote!(0.0),
        (TypeRef::Prim(Prim::I32 | Prim::I64), _) => quote!(0),
        (TypeRef::List(_), _) => quote!(Vec::new()),
        _ => quote!(model::blank()),
    }
}

/// How a field is shown, as [`blank`] without a call where that can be.
fn field_view(ident: &Ident, field: &Field) -> TokenStream {
    match own_view(field) {
        Some((view, borrowed)) => {
            let view = Ident::new(view, Span::call_site());
            let borrow = borrowed.then(|| quote!(&));
            quote!(model::View::#view(#borrow self.#ident))
        }
        None => quote!(self.#ident.view()),
    }
}

/// The view that a field is shown by without a call, and whether that borrows it.
fn own_view(field: &Field) -> Option<(&'static str, bool)> {
    match (&field.ty, field.presence) {
        (TypeRef::Prim(Prim::String), Presence::Required) => Some(("Str", true)),
        (TypeRef::Prim(Prim::Bool), Presence::Required) => Some(("Bool", false)),
        (TypeRef::Prim(Prim::F64), Presence::Required) => Some(("F64", false)),
        (TypeRef::Prim(Prim::I64), Presence::Required) => Some(("I64", false)),
        (TypeRef::List(_), Presence::Required) => Some(("List", true)),
        _ => None,
    }
}

/// Whether a method of the trait shows a field, which must be in scope then.
pub(super) fn is_shown_by_method(field: &Field) -> bool {
    own_view(field).is_none()
}

fn shape(described: &Described<'_>) -> TokenStream {
    let mut rules = Rules::new(described.context);
    let name = described.name.to_string();
    let fields = described.fields.iter().map(|(_, field)| rules.field(field)).collect::<Vec<_>>();
    let rest = match described.rest {
        Other::None | Other::Field(_, Rest::Open) => quote!(model::Rest::Open),
        Other::Field(_, Rest::Closed) => quote!(model::Rest::Closed),
        Other::Field(_, Rest::Typed(_, values)) => {
            let values = rules.list(values);
            quote!(model::Rest::Typed(#values))
        }
    };
    let whole = rules.list(described.rules);
    let patterns = rules.patterns();
    let value = quote!(
        model::Shape { name: #name, fields: &[#(#fields),*], rest: #rest, rules: #whole }
    );
    // A constant or a static would be evaluated when the crate is checked; a reference is promoted
    // when it is used. It cannot be where it leads to a static.
    match rules.refer() {
        false => quote!(&#value),
        true => quote!(#patterns static SHAPE: model::Shape = #value; &SHAPE),
    }
}
