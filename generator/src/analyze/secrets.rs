//! Which properties are secrets though the document does not say so: by their names.

use heck::ToSnakeCase;

use crate::ir::{Api, Field, Prim, Shape, TypeRef};

/// Names that mean a secret, in snake case; anything that ends in `_` and one of them does too.
const NAMES: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "pass_phrase",
    "client_secret",
    "private_key",
    "api_key",
    "access_token",
    "refresh_token",
    "id_token",
    "auth_token",
    "bearer_token",
    "secret_access_key",
    "secret_token",
];

/// Marks them.
pub(super) fn mark(api: &mut Api) {
    for def in &mut api.types {
        if let Shape::Struct(object) = &mut def.shape {
            object.fields.iter_mut().for_each(mark_field);
        }
    }
    for operation in &mut api.operations {
        operation.parameters.iter_mut().for_each(|parameter| mark_field(&mut parameter.field));
    }
}

fn mark_field(field: &mut Field) {
    field.secret |= is_text(&field.ty) && is_secret_name(&field.name);
}

fn is_text(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Prim(prim) => *prim == Prim::String,
        TypeRef::Nullable(inner) | TypeRef::List(inner) => is_text(inner),
        _ => false,
    }
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_snake_case();
    NAMES.iter().any(|secret| {
        name.strip_suffix(secret).is_some_and(|front| front.is_empty() || front.ends_with('_'))
    })
}
