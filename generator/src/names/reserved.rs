//! Names that a document cannot have, and why.

/// Keywords of Rust 2024, strict and reserved; they become raw identifiers.
pub(super) const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Keywords that cannot be raw.
pub(super) const NEVER: &[&str] = &["self", "Self", "super", "crate", "_"];

/// Types and traits that generated modules use by their short names: the prelude's, the
/// runtime's, and those of the crates that stand in signatures.
pub(super) const TYPES: &[&str] = &[
    "Accepts",
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Base64",
    "Box",
    "Bytes",
    "Class",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "JsonType",
    "Untagged",
    "Drop",
    "Enum",
    "Eq",
    "Err",
    "Error",
    "ExactSizeIterator",
    "Extend",
    "FilePart",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "List",
    "Map",
    "Model",
    "None",
    "Null",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Prefixed",
    "Pattern",
    "Rest",
    "Result",
    "Rule",
    "Self",
    "Send",
    "Shape",
    "Sized",
    "Slot",
    "Some",
    "Source",
    "Spelled",
    "String",
    "Sync",
    "Tagged",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "UnknownFields",
    "Unpin",
    "Uuid",
    "Validate",
    "Value",
    "Vec",
    "View",
    "Walk",
];

/// Variants that every generated enum has.
pub(super) const VARIANTS: &[&str] = &["Unknown"];

/// Types of the client module.
pub(super) const CLIENT_TYPES: &[&str] = &[
    "Api",
    "AsMut",
    "AsRef",
    "BTreeMap",
    "Base64",
    "Box",
    "Bytes",
    "Call",
    "Class",
    "Client",
    "ClientBuilder",
    "Clone",
    "Copy",
    "Core",
    "Debug",
    "Default",
    "Draft",
    "Drop",
    "Eq",
    "Err",
    "Error",
    "ErrorBody",
    "FilePart",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "Future",
    "Into",
    "IntoFuture",
    "Iterator",
    "Method",
    "Mismatch",
    "Model",
    "None",
    "OAuth2ClientCredentials",
    "Ok",
    "Operation",
    "Option",
    "PartialEq",
    "Pattern",
    "RawBody",
    "RawBytes",
    "Response",
    "Rest",
    "ResponseBody",
    "Result",
    "Rule",
    "Self",
    "Send",
    "ServerVariable",
    "Shape",
    "Sized",
    "Slot",
    "Some",
    "Spelled",
    "StatusCode",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Uuid",
    "Value",
    "Vec",
    "View",
];

/// Methods that every client has.
/// `new` is what a constructor is called, and an operation makes none.
pub(super) const CLIENT_METHODS: &[&str] =
    &["builder", "clone", "core", "into", "from", "fmt", "new"];

/// Functions of the client module.
pub(super) const CLIENT_FUNCTIONS: &[&str] = &["models"];

/// Methods that every builder has.
pub(super) const BUILDER_METHODS: &[&str] =
    &["body", "clone", "dry_run", "fmt", "into_future", "new", "options", "send", "send_blocking"];

/// Crates that are there without being asked for.
pub(super) const PACKAGES: &[&str] = &["alloc", "core", "proc_macro", "std", "test"];

/// Modules and names at the root of the generated crate.
pub(super) const MODULES: &[&str] = &[
    "auth",
    "client",
    "error",
    "formats",
    "models",
    "response",
    "retry",
    "runtime",
    "std",
    "transport",
    "validate",
];

/// Cargo features that every generated crate has.
pub(super) const FEATURES: &[&str] = &[
    "blocking",
    "default",
    "full",
    "oauth2",
    "oci",
    "reqwest",
    "tower",
    "tracing",
    "unreached_models",
];

/// Modules beside those of the groups, and modules and crates that the file above them imports or
/// names.
pub(super) const GROUPS: &[&str] = &[
    "bytes",
    "call",
    "client",
    "core",
    "errors",
    "field",
    "http",
    "mod",
    "model",
    "models",
    "operation",
    "pattern",
    "runtime",
    "schemas",
    "serde",
    "serde_json",
    "std",
    "unions",
    "uuid",
    "webhooks",
];
