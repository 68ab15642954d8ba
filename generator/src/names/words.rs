//! The words of a name: split by `heck`, after the signs that tell names apart are spelled out.
//!
//! What an identifier is made of, not whether it is taken: that is the business of a scope.

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Bytes that the words of one text take at most in a name, and the words of several texts together.
/// Files are called after names, and no file system takes more than 255 of them, with what cargo and
/// rustdoc put before and behind.
const LONGEST: usize = 120;
const LONGEST_OF_SEVERAL: usize = 160;

/// A name of the words of several texts, as far as it may be long.
pub(super) fn several(name: &str) -> &str {
    fit(name, LONGEST_OF_SEVERAL)
}

/// As much of a name as that many bytes hold: whole words, unless one of them takes half of it.
fn fit(name: &str, most: usize) -> &str {
    if name.len() <= most {
        return name;
    }
    let ends = || name.char_indices().take_while(|(at, _)| *at <= most);
    let begins =
        |(at, char): &(usize, char)| (*char == '_' || char.is_uppercase()) && *at >= most / 2;
    let end = ends().filter(begins).last().or_else(|| ends().last());
    end.and_then(|(end, _)| name.get(..end)).unwrap_or(name).trim_end_matches('_')
}

/// In `UpperCamelCase`.
///
/// Digits that something stood between stay apart: `10-20` is `10_20`.
pub(super) fn camel(text: &str) -> String {
    let spelled = spell(text);
    let mut camel = String::with_capacity(spelled.len());
    for word in spelled.to_snake_case().split('_') {
        let starts = word.starts_with(|char: char| char.is_ascii_digit());
        if starts && camel.ends_with(|char: char| char.is_ascii_digit()) {
            camel.push('_');
        }
        camel.push_str(&word.to_upper_camel_case());
    }
    fit(&camel, LONGEST).to_owned()
}

/// In `snake_case`.
pub(super) fn snake(text: &str) -> String {
    let snake = cased(&one_word(&spell(text)).to_snake_case(), char::is_uppercase);
    fit(&snake, LONGEST).to_owned()
}

/// In `SHOUTY_SNAKE_CASE`.
pub(super) fn shouty(text: &str) -> String {
    cased(&one_word(&abbreviations(text)).to_shouty_snake_case(), char::is_lowercase)
}

/// Some letters have no other case: they are spelled by their number, for the compiler asks for one
/// case throughout. `𝐀` is `u1d400`.
fn cased(text: &str, is_wrong: impl Fn(char) -> bool) -> String {
    let mut cased = String::with_capacity(text.len());
    for char in text.chars() {
        match (is_wrong(char), char.is_uppercase()) {
            (true, true) => cased.push_str(&format!("u{:x}", u32::from(char))),
            (true, false) => cased.push_str(&format!("U{:X}", u32::from(char))),
            (false, _) => cased.push(char),
        }
    }
    cased
}

/// `-created` is `minus created`, `C++` is `C plus plus`, `Date>=` is `Date greater or equal`.
/// Signs elsewhere only part words.
fn spell(text: &str) -> String {
    let text = abbreviations(text);
    let text = text.as_str();
    if let Some(word) = sign(text) {
        return word.to_owned();
    }
    let inner = text.trim_end_matches(['+', '#', '<', '>', '=', '!']);
    let (body, ending) = if inner.is_empty() { (text, "") } else { text.split_at(inner.len()) };
    let mut spelled = match body.split_at_checked(1) {
        Some(("-", rest)) if rest.starts_with(char::is_alphanumeric) => format!("minus {rest}"),
        Some(("+", rest)) if rest.starts_with(char::is_alphanumeric) => format!("plus {rest}"),
        _ => body.to_owned(),
    };
    let signs = match sign(ending) {
        Some(word) => vec![word],
        None => ending.split("").filter_map(sign).collect(),
    };
    for word in signs.into_iter().filter(|_| !ending.is_empty()) {
        spelled.push(' ');
        spelled.push_str(word);
    }
    spelled
}

/// Methods that authors put before a word as they stand.
const METHODS: &[&str] = &["DELETE", "GET", "HEAD", "PATCH", "POST", "PUT"];

/// The words that `heck` does not find where an abbreviation ends: its plural is one word (`APIs` is
/// `Apis`, not `AP Is`), its version another one (`UUIDv4` is `Uuid v4`), and so is what stands right
/// behind a method (`POSTamend` is `Post amend`).
fn abbreviations(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut plain = String::with_capacity(text.len());
    let mut at = 0;
    while let Some(rest) = chars.get(at..).filter(|rest| !rest.is_empty()) {
        let capitals = rest.iter().take_while(|char| char.is_uppercase()).count();
        let word: String = rest.iter().take(capitals).collect();
        let behind = rest.get(capitals..).unwrap_or_default();
        let lowered = || {
            let (first, others) = word.split_at_checked(1).unwrap_or((&word, ""));
            format!("{first}{}", others.to_lowercase())
        };
        let is_method = METHODS.contains(&word.as_str());
        match behind {
            ['s', next @ ..]
                if capitals > 1 && !next.first().is_some_and(|it| it.is_lowercase()) =>
            {
                (plain, at) = (plain + &lowered() + "s", at + capitals + 1);
            }
            ['v', next, ..] if capitals > 1 && next.is_ascii_digit() && word != "IP" => {
                (plain, at) = (plain + &lowered() + " ", at + capitals);
            }
            [next, ..] if is_method && next.is_lowercase() => {
                (plain, at) = (plain + &lowered() + " ", at + capitals);
            }
            _ => {
                plain.extend(rest.iter().take(capitals.max(1)));
                at += capitals.max(1);
            }
        }
    }
    plain
}

/// Names that are one word, for all the capitals within.
const ONE_WORD: &[&str] = &[
    "AuthN",
    "AuthZ",
    "GitHub",
    "GitLab",
    "GraphQL",
    "IPv4",
    "IPv6",
    "IdP",
    "MySQL",
    "NoSQL",
    "OAuth",
    "PostgreSQL",
];

/// `OAuth` is `Oauth`, where words part at capitals: `o_auth` is nobody's word. In names that keep
/// their capitals it may stay what it is.
fn one_word(text: &str) -> String {
    let mut words = text.to_owned();
    for name in ONE_WORD {
        let mut parts = words.split(name);
        let mut whole = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let stands_alone = !whole.ends_with(|char: char| char.is_uppercase())
                && !part.starts_with(|char: char| char.is_lowercase());
            match stands_alone {
                true => {
                    let (first, rest) = name.split_at(1);
                    whole.push_str(first);
                    whole.push_str(&rest.to_lowercase());
                }
                false => whole.push_str(name),
            }
            whole.push_str(part);
        }
        words = whole;
    }
    words
}

/// The word for a text that is a sign and nothing else.
fn sign(text: &str) -> Option<&'static str> {
    Some(match text {
        "" => return None,
        "!" => "not",
        "!=" => "not equal",
        "#" => "sharp",
        "$" => "dollar",
        "%" => "percent",
        "&" => "and",
        "*" => "star",
        "+" => "plus",
        "," => "comma",
        "-" => "minus",
        "." => "dot",
        "/" => "slash",
        ":" => "colon",
        ";" => "semicolon",
        "<" => "less",
        "<=" => "less or equal",
        "=" => "equal",
        "==" => "equal equal",
        ">" => "greater",
        ">=" => "greater or equal",
        "?" => "question",
        "@" => "at",
        "|" => "pipe",
        "~" => "tilde",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::{camel, shouty, snake};

    #[track_caller]
    fn check(text: &str, expected: [&str; 2]) {
        assert_eq!([camel(text), snake(text)], expected);
    }

    #[test]
    fn words_end_where_abbreviations_do() {
        check("UUIDv4", ["UuidV4", "uuid_v4"]);
        check("Action_POSTamend", ["ActionPostAmend", "action_post_amend"]);
        check("Object_GETAccount", ["ObjectGetAccount", "object_get_account"]);
        check("PUTs_POSTs", ["PutsPosts", "puts_posts"]);
        check("APIv2Key", ["ApiV2Key", "api_v2_key"]);
    }

    #[test]
    fn signs_that_tell_names_apart_are_words() {
        check("created", ["Created", "created"]);
        check("-created", ["MinusCreated", "minus_created"]);
        check("+1", ["Plus1", "plus_1"]);
        check("C++", ["CPlusPlus", "c_plus_plus"]);
        check("C#", ["CSharp", "c_sharp"]);
        check("StartTime>=", ["StartTimeGreaterOrEqual", "start_time_greater_or_equal"]);
        check("~", ["Tilde", "tilde"]);
    }

    #[test]
    fn abbreviations_are_words() {
        check("ListAPIs", ["ListApis", "list_apis"]);
        check("getURLsForVMs", ["GetUrlsForVms", "get_urls_for_vms"]);
        check("DNSsec", ["DnSsec", "dn_ssec"]);
        check("IDs", ["Ids", "ids"]);
        check("HTMLStatus", ["HtmlStatus", "html_status"]);
        check("getIPv4Address", ["GetIPv4Address", "get_ipv4_address"]);
        check("OAuth2Client", ["OAuth2Client", "oauth2_client"]);
        check("userIdPath", ["UserIdPath", "user_id_path"]);
        check("listIdPGroups", ["ListIdPGroups", "list_idp_groups"]);
    }

    #[test]
    fn digits_stay_apart() {
        check("10-20", ["10_20", "10_20"]);
        check("v1.2", ["V1_2", "v1_2"]);
        check("utf8", ["Utf8", "utf8"]);
    }

    #[test]
    fn long_texts_are_cut_between_words() {
        let long = "word ".repeat(1_000);
        check(&long, [&"Word".repeat(30), "word_".repeat(24).trim_end_matches('_')]);
        check(&"x".repeat(5_000), [&format!("X{}", "x".repeat(119)), &"x".repeat(120)]);
        check(&"日本".repeat(100), [&"日本".repeat(20), &"日本".repeat(20)]);
    }

    #[test]
    fn letters_without_another_case_are_numbers() {
        check("a𝐀", ["A𝐀", "a_u1d400"]);
        assert_eq!(shouty("aª"), "AUAA");
        check("Straße", ["Straße", "straße"]);
    }

    #[test]
    fn other_signs_only_part_words() {
        check("a-b", ["AB", "a_b"]);
        check("filter[name]", ["FilterName", "filter_name"]);
        check("@odata.type", ["OdataType", "odata_type"]);
        check("--", ["", ""]);
        check("", ["", ""]);
    }
}
