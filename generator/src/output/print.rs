//! Prints tokens as Rust.

use proc_macro2::TokenStream;

use super::MARK;

/// A file of Rust under our mark: each item by itself, a blank line between them.
///
/// # Errors
/// The tokens are not Rust, which is a fault of the generator.
pub fn print(tokens: TokenStream, from: &str) -> Result<String, syn::Error> {
    let file = syn::parse2::<syn::File>(tokens)?;
    let mut text = format!("// {MARK} from {from}; do not edit.\n\n");
    if !file.attrs.is_empty() {
        text.push_str(&unparse(file.attrs, Vec::new()));
        text.push('\n');
    }
    let mut before = file.items.first().and_then(group);
    for (index, item) in file.items.into_iter().enumerate() {
        let group = group(&item);
        if index > 0 && (group.is_none() || group != before) {
            text.push('\n');
        }
        before = group;
        let finish = match item {
            syn::Item::Impl(_) => space_members,
            syn::Item::Macro(_) => close_types,
            _ => str::to_owned,
        };
        text.push_str(&finish(&unparse(Vec::new(), vec![item])));
    }
    let end = text.trim_end().len();
    text.truncate(end);
    text.push('\n');
    Ok(text)
}

fn unparse(attrs: Vec<syn::Attribute>, items: Vec<syn::Item>) -> String {
    prettyplease::unparse(&syn::File { shebang: None, frontmatter: None, attrs, items })
}

/// A blank line before each member of an `impl` but the first, which the printer leaves out.
fn space_members(printed: &str) -> String {
    let mut text = String::with_capacity(printed.len() + 64);
    let mut after_member = false;
    for line in printed.lines() {
        let starts = ["    ///", "    #[", "    pub ", "    fn "]
            .iter()
            .any(|start| line.starts_with(start));
        if after_member && starts {
            text.push('\n');
        }
        after_member = is_member_end(line);
        text.push_str(line);
        text.push('\n');
    }
    text
}

/// The generic types in the call of a macro, in which the printer sees comparisons.
fn close_types(printed: &str) -> String {
    printed.replace(" < ", "<").replace(" >", ">")
}

/// Whether a line ends a function, a constant or a type of an `impl`.
fn is_member_end(line: &str) -> bool {
    let member = line.strip_prefix("    ").is_some_and(|rest| !rest.starts_with([' ', '/']));
    member && (line.ends_with('}') || line.ends_with(';'))
}

/// What a `use` or `mod` is grouped by: blank lines stand between the groups.
fn group(item: &syn::Item) -> Option<&'static str> {
    let syn::Item::Use(item) = item else {
        return matches!(item, syn::Item::Mod(_)).then_some("mod");
    };
    let root = match &item.tree {
        syn::UseTree::Path(path) => path.ident.to_string(),
        _ => String::new(),
    };
    Some(match (&item.vis, root.as_str()) {
        (syn::Visibility::Public(_), _) => "pub",
        (_, "std") => "std",
        (_, "crate" | "super") => "crate",
        _ => "extern",
    })
}
