//! The object model of OpenAPI as data: which field of which object holds what.
//!
//! The walks over the tree, the structural check and the renaming of what 3.0 has no word for all
//! read this one table. It lists 3.0's fields ([`Word::Core`]) and those that 3.1, 3.2 and JSON Schema
//! add ([`Word::Newer`]), which our 3.0 tree keeps as `x-oas-<field>`.

mod tables;

use super::tree::OWN;

/// The kinds of objects.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Kind {
    OpenApi,
    Info,
    Contact,
    License,
    Server,
    ServerVariable,
    Components,
    Paths,
    PathItem,
    Operation,
    ExternalDocs,
    Parameter,
    RequestBody,
    MediaType,
    Encoding,
    Responses,
    Response,
    Callback,
    Example,
    Link,
    Header,
    Tag,
    Schema,
    Discriminator,
    Xml,
    SecurityScheme,
    OAuthFlows,
    ImplicitFlow,
    PasswordFlow,
    ClientCredentialsFlow,
    AuthorizationCodeFlow,
    DeviceAuthorizationFlow,
    Overlay,
    OverlayInfo,
    OverlayAction,
}

/// The fields of a Path Item Object that are operations in 3.0.
pub(super) const METHODS: &[&str] =
    &["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub(super) enum Shape {
    /// Any JSON; never looked into.
    Any,
    Text,
    Flag,
    Number,
    /// A number that counts something.
    Count,
    /// One of a few words.
    Words(&'static [&'static str]),
    /// An object that cannot be a reference in our tree: a `$ref` in its stead is inlined.
    Object(Kind),
    /// An object, or a reference to a component.
    RefOr(Kind),
    /// A schema, or a boolean that stays one.
    SchemaOrFlag,
    List(&'static Shape),
    Map(&'static Shape),
}

#[derive(Debug)]
pub(super) struct Field {
    pub name: &'static str,
    pub shape: Shape,
    pub need: Need,
    pub word: Word,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Need {
    Optional,
    Required,
}

/// Whether 3.0, as openapiv3 models it, knows a field.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    Core,
    Newer,
}

#[derive(Debug)]
pub(super) struct Object {
    /// With its article.
    pub name: &'static str,
    /// Sorted by name.
    pub fields: &'static [Field],
    /// What the keys that are no fields hold, where those are free.
    pub rest: Option<Shape>,
}

impl Kind {
    pub(super) fn object(self) -> &'static Object {
        tables::object(self)
    }

    pub(super) fn field(self, key: &str) -> Option<&'static Field> {
        let fields = self.object().fields;
        let index = fields.binary_search_by(|field| field.name.cmp(key)).ok()?;
        fields.get(index)
    }

    /// What stands under a key; `Any` for what the specification does not know.
    pub(super) fn shape_of(self, key: &str) -> Shape {
        if let Some(field) = self.field(key) {
            return field.shape;
        }
        match key.strip_prefix(OWN) {
            // Scalars in our extensions are there because their type did not fit.
            Some(key) => self.field(key).map_or(Shape::Any, |field| field.shape.composite()),
            None if key.starts_with("x-") => Shape::Any,
            None => self.object().rest.unwrap_or(Shape::Any),
        }
    }

    /// The section of `components` that holds objects of this kind; only these can be referred to.
    pub(super) fn section(self) -> Option<&'static str> {
        Some(match self {
            Self::Schema => "schemas",
            Self::Response => "responses",
            Self::Parameter => "parameters",
            Self::Example => "examples",
            Self::RequestBody => "requestBodies",
            Self::Header => "headers",
            Self::SecurityScheme => "securitySchemes",
            Self::Link => "links",
            _ => return None,
        })
    }

    /// The kind of the components in a section.
    pub(super) fn of_section(section: &str) -> Option<Self> {
        match Self::Components.field(section)?.shape {
            Shape::Map(Shape::RefOr(kind) | Shape::Object(kind)) => Some(*kind),
            _ => None,
        }
    }
}

impl Shape {
    /// The kind of a value that may be a reference to a component.
    pub(super) fn component(self) -> Option<Kind> {
        match self {
            Self::RefOr(kind) => Some(kind),
            Self::SchemaOrFlag => Some(Kind::Schema),
            _ => None,
        }
    }

    /// The kind of object that stands here, if it is one.
    pub(super) fn kind(self) -> Option<Kind> {
        match self {
            Self::Object(kind) => Some(kind),
            _ => self.component(),
        }
    }

    /// In words, with the article.
    pub(super) fn describe(self) -> String {
        match self {
            Self::Any => "any value".to_owned(),
            Self::Text => "a string".to_owned(),
            Self::Flag => "a boolean".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Count => "a whole number that is not negative".to_owned(),
            Self::Words(words) => {
                let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
                format!("one of {}", words.join(", "))
            }
            Self::Object(_) | Self::RefOr(_) | Self::Map(_) => "an object".to_owned(),
            Self::SchemaOrFlag => "an object or a boolean".to_owned(),
            Self::List(_) => "an array".to_owned(),
        }
    }

    fn composite(self) -> Self {
        match self {
            Self::Text | Self::Flag | Self::Number | Self::Count | Self::Words(_) => Self::Any,
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_sorted() {
        let sections = Kind::Components.object().fields.iter().map(|field| field.name);
        let kinds = sections.filter_map(Kind::of_section);
        for kind in kinds.chain([Kind::OpenApi, Kind::PathItem, Kind::Operation, Kind::MediaType]) {
            assert!(kind.object().fields.is_sorted_by_key(|field| field.name), "{kind:?}");
        }
    }
}
