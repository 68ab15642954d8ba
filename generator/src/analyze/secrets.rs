//! Which properties are secrets though the document does not say so: by their names.

use heck::ToSnakeCase;

use crate::ir::{Api, Field, Prim, Shape, Text, TypeRef};

/// Names that mean a secret, in snake case; anything that ends in `_` and one of them does too.
const NAMES: &[&str] = &[
    "authorization",
    "connection_string",
    "cookie",
    "jwt",
    "password",
    "pwd",
    "secret",
    "session_token",
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
    "secret_key",
    "access_key",
    "signing_key",
    "encryption_key",
    "security_token",
    "one_time_token",
    "card_number",
    "cvc",
    "cvv",
];

/// Names that mean a secret by themselves, but not at the end of another: `page_token` is none.
const WHOLE_NAMES: &[&str] = &["otp", "pin", "token"];

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

/// Whether a type can hold a secret: anything but numbers and flags, such as how many there are.
fn is_text(ty: &TypeRef) -> bool {
    match ty {
        TypeRef::Prim(prim) => matches!(prim, Prim::String | Prim::Text(Text::Base64)),
        TypeRef::Nullable(inner) | TypeRef::List(inner) | TypeRef::Map(inner) => is_text(inner),
        TypeRef::Tuple(items) => items.iter().any(is_text),
        TypeRef::Prefixed(..) | TypeRef::Named(_) | TypeRef::Json => true,
    }
}

fn is_secret_name(name: &str) -> bool {
    let name = name.to_snake_case();
    let name = name.strip_suffix('s').unwrap_or(&name);
    let name = name.strip_suffix("_pem").unwrap_or(name);
    WHOLE_NAMES.contains(&name)
        || NAMES.iter().any(|secret| {
            name.strip_suffix(secret).is_some_and(|front| front.is_empty() || front.ends_with('_'))
        })
}

#[cfg(test)]
mod tests {
    use super::is_secret_name;

    #[test]
    fn names_tell() {
        for name in ["password", "userPassword", "apiKey", "private_keys", "token", "Pin", "cvc"] {
            assert!(is_secret_name(name), "{name}");
        }
        for name in ["page_token", "nextPageToken", "spin", "keyboard", "access_key_id", "shipping"]
        {
            assert!(!is_secret_name(name), "{name}");
        }
    }
}
