//! The only place where identifiers are made.
//!
//! One deterministic pass over the API fills a side table. Words are split by `heck`, Rust's
//! keywords become raw identifiers, and what would collide with another name, with the prelude or
//! with the runtime gets another, stable one.

mod reserved;
mod scope;
mod status;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};
use proc_macro2::Ident;

use crate::ir::{Api, Operation, Origin, Parameter, Shape, Status, TypeId};
use scope::{Scope, ident};

/// The identifiers of an API.
#[derive(Debug)]
pub struct Names {
    /// The module of the API.
    pub module: Ident,
    /// By the index of the type.
    pub types: Vec<TypeNames>,
    /// By the index of the operation.
    pub operations: Vec<OperationNames>,
    /// The functions that make the authentication of a scheme, by its index.
    pub schemes: Vec<SchemeNames>,
}

/// The identifiers of a type.
#[derive(Debug)]
pub struct TypeNames {
    /// The type itself.
    pub ident: Ident,
    /// The name in the document, where that is another one.
    pub renamed_from: Option<String>,
    /// Its fields or variants.
    pub members: Vec<Ident>,
    /// The setters of its optional fields, by the index of the field.
    pub setters: Vec<Ident>,
    /// The field of the other properties, or the variant of other values.
    pub rest: Ident,
}

/// The identifiers of an operation.
#[derive(Debug)]
pub struct OperationNames {
    /// The method of the client.
    pub method: Ident,
    /// The builder that it returns.
    pub builder: Ident,
    /// The struct of its parameters.
    pub parameters: Ident,
    /// The struct of the documented headers of its response.
    pub headers: Ident,
    /// The enum of its errors.
    pub error: Ident,
    /// The static that describes it.
    pub description: Ident,
    /// Its parameters, in their order.
    pub fields: Vec<Ident>,
    /// The fields of the headers struct.
    pub header_fields: Vec<Ident>,
    /// The variants of its error enum, by the index of the response.
    pub errors: Vec<Ident>,
    /// The name of its example file, without suffix.
    pub example: String,
}

/// The identifiers of a security scheme.
#[derive(Debug)]
pub struct SchemeNames {
    /// The function that makes its authentication.
    pub function: Ident,
    /// The variables of its URL, as arguments.
    pub variables: Vec<(String, Ident)>,
}

impl Names {
    /// Names everything in `api`.
    pub fn of(api: &Api) -> Self {
        let module = module(&api.name);
        let types = types(api);
        let mut methods = Scope::new(reserved::CLIENT_METHODS);
        let mut builders = Scope::new(reserved::CLIENT_TYPES);
        let mut operations = Vec::new();
        for operation in &api.operations {
            let method = methods.claim(&operation.id.to_snake_case(), "operation");
            let builder = builders.claim(&method.to_string().to_upper_camel_case(), "Operation");
            operations.push(operation_names(operation, method, builder, &mut builders, &module));
        }
        let mut functions = Scope::new(reserved::CLIENT_FUNCTIONS);
        let schemes = api.schemes.iter().map(|scheme| SchemeNames {
            function: functions.claim(&scheme.name.to_snake_case(), "scheme"),
            variables: variables(&scheme.kind),
        });
        Self { module: ident(&module), types, schemes: schemes.collect(), operations }
    }

    /// The names of a type.
    pub fn ty(&self, id: TypeId) -> Option<&TypeNames> {
        self.types.get(id.0)
    }
}

/// The module of an API of that name.
pub fn module(name: &str) -> String {
    Scope::new(reserved::MODULES).claim(&name.to_snake_case(), "api").to_string().trim_start_matches("r#").to_owned()
}

fn types(api: &Api) -> Vec<TypeNames> {
    let mut scope = Scope::new(reserved::TYPES);
    let mut idents: Vec<Option<Ident>> = api.types.iter().map(|_| None).collect();
    // Components first, exact names before all: what an inline schema is called must not change
    // what a named one is called.
    let wanted: Vec<String> = api
        .types
        .iter()
        .map(|def| match &def.origin {
            Origin::Component(name) => name.to_upper_camel_case(),
            _ => String::new(),
        })
        .collect();
    let is_component = |index: &usize| {
        api.types.get(*index).is_some_and(|def| matches!(def.origin, Origin::Component(_)))
    };
    let exact = |index: &usize| match api.types.get(*index).map(|def| &def.origin) {
        Some(Origin::Component(name)) => wanted.get(*index) == Some(name),
        _ => false,
    };
    let mut order: Vec<usize> = (0..api.types.len()).filter(is_component).collect();
    order.sort_by_key(|index| !exact(index));
    for index in order {
        if let (Some(slot), Some(wanted)) = (idents.get_mut(index), wanted.get(index)) {
            *slot = Some(scope.claim(wanted, "Model"));
        }
    }
    for (index, def) in api.types.iter().enumerate() {
        let wanted = match &def.origin {
            Origin::Component(_) => continue,
            Origin::Property(owner, name) => {
                let owner = idents.get(owner.0).and_then(Option::as_ref);
                format!("{}{}", owner.map(Ident::to_string).unwrap_or_default(), name.to_upper_camel_case())
            }
            Origin::Operation(id, part) => {
                format!("{}{}", id.to_upper_camel_case(), part.to_upper_camel_case())
            }
        };
        if let Some(slot) = idents.get_mut(index) {
            *slot = Some(scope.claim(&wanted, "Model"));
        }
    }
    let named = api.types.iter().zip(idents);
    named.map(|(def, name)| members(&def.origin, &def.shape, name.unwrap_or_else(|| ident("Model")))).collect()
}

fn members(origin: &Origin, shape: &Shape, name: Ident) -> TypeNames {
    let renamed_from = match origin {
        Origin::Component(wire) if name != wire.as_str() => Some(wire.clone()),
        _ => None,
    };
    let none = || (Vec::new(), Vec::new(), ident("unknown"));
    let (members, setters, rest) = match shape {
        Shape::Struct(object) => {
            let rest = match object.rest {
                crate::ir::Rest::Typed(..) => "additional_properties",
                _ => "unknown_fields",
            };
            let mut scope = Scope::new(&[]);
            let wire = object.fields.iter().map(|field| field.name.as_str());
            let members: Vec<Ident> = wire.map(|name| scope.claim(&name.to_snake_case(), "field")).collect();
            let rest = scope.claim(rest, "rest");
            let mut setters = Scope::new(&[]);
            let setters = members.iter().map(|member| setters.claim(&format!("with_{}", scope::bare(member)), "with"));
            (members.clone(), setters.collect(), rest)
        }
        Shape::Enum(list) => {
            let mut scope = Scope::new(reserved::VARIANTS);
            let values = list.values.iter().map(|value| scope.claim(&variant(&value.value), "Value"));
            (values.collect(), Vec::new(), ident("Unknown"))
        }
        Shape::Union(union) => {
            let mut scope = Scope::new(reserved::VARIANTS);
            let tags = union.variants.iter().map(|variant_of| {
                let tag = variant_of.tags.first().map(|tag| variant(tag)).unwrap_or_default();
                scope.claim(&tag, "Variant")
            });
            (tags.collect(), Vec::new(), ident("Unknown"))
        }
        Shape::Alias(_) => none(),
    };
    TypeNames { ident: name, renamed_from, members, setters, rest }
}

/// The words of an enum value; signs that carry the meaning are spelled out.
fn variant(value: &str) -> String {
    let spelled = match value {
        "" => "Empty",
        "+" => "Plus",
        "-" => "Minus",
        "*" => "Star",
        "=" => "Equal",
        "<" => "Less",
        ">" => "Greater",
        "<=" => "LessOrEqual",
        ">=" => "GreaterOrEqual",
        "!=" => "NotEqual",
        other => return other.to_upper_camel_case(),
    };
    spelled.to_owned()
}

fn operation_names(
    operation: &Operation,
    method: Ident,
    builder: Ident,
    types: &mut Scope,
    module: &str,
) -> OperationNames {
    let mut beside = |suffix: &str| types.claim(&format!("{builder}{suffix}"), "Type");
    let mut fields = Scope::new(reserved::BUILDER_METHODS);
    let wire = |parameter: &Parameter| parameter.field.name.to_snake_case();
    let mut headers = Scope::new(&[]);
    let success_headers = operation.success_headers();
    let header_fields = success_headers.iter().map(|field| headers.claim(&field.name.to_snake_case(), "header"));
    let mut errors = Scope::new(&["Other"]);
    let status = |status: Status| errors.claim(&status::variant(status), "Status");
    let bare = scope::bare(&method);
    OperationNames {
        parameters: beside("Parameters"),
        headers: beside("Headers"),
        error: beside("Error"),
        builder,
        description: ident(&bare.to_shouty_snake_case()),
        fields: operation.parameters.iter().map(|p| fields.claim(&wire(p), "parameter")).collect(),
        header_fields: header_fields.collect(),
        errors: operation.responses.iter().map(|response| response.status).map(status).collect(),
        example: format!("{module}_{bare}"),
        method,
    }
}

/// The `{variables}` of a scheme's URL.
fn variables(kind: &crate::ir::SchemeKind) -> Vec<(String, Ident)> {
    let crate::ir::SchemeKind::ClientCredentials { token_url, .. } = kind else { return Vec::new() };
    let mut scope = Scope::new(&["client_id", "client_secret"]);
    let mut found = Vec::new();
    for part in token_url.split('{').skip(1) {
        if let Some((name, _)) = part.split_once('}') {
            found.push((name.to_owned(), scope.claim(&name.to_snake_case(), "variable")));
        }
    }
    found
}
