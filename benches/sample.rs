//! JSON that fits a document: its examples, varied by a generator of numbers with a fixed seed, so
//! that every run measures the same bytes and a processor cannot learn one object by heart.

use serde_json::Value;

use crate::Outcome;
use crate::document::{Document, Field, Schema, Type};

/// An array of objects of the schema `name`, of about `size` bytes.
pub(crate) fn array(document: &Document, name: &str, size: usize) -> Outcome<String> {
    let mut sampler = Sampler { document, state: 0x9E37_79B9_7F4A_7C15 };
    let mut text = String::from("[");
    while text.len() < size {
        if text.len() > 1 {
            text.push(',');
        }
        sampler.named(name, &mut text)?;
    }
    text.push(']');
    Ok(text)
}

struct Sampler<'a> {
    document: &'a Document,
    state: u64,
}

impl Sampler<'_> {
    /// A number below `limit`: xorshift64.
    fn below(&mut self, limit: u64) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        (self.state >> 16) % limit
    }

    fn named(&mut self, name: &str, text: &mut String) -> Outcome {
        let document = self.document;
        match document.schema(name)? {
            Schema::Struct(fields) => self.object(fields, text),
            Schema::Enum(values) => {
                let index = usize::try_from(self.below(values.len() as u64))?;
                text.push_str(
                    &Value::from(values.get(index).map_or("", String::as_str)).to_string(),
                );
                Ok(())
            }
        }
    }

    /// Written as text, since `serde_json` would sort the keys and servers keep their order.
    fn object(&mut self, fields: &[Field], text: &mut String) -> Outcome {
        let mut separator = '{';
        for field in fields {
            // Two optional properties of three are there, as in answers of real services.
            if field.required || self.below(3) > 0 {
                text.push(separator);
                separator = ',';
                text.push_str(&Value::from(field.name.as_str()).to_string());
                text.push(':');
                self.value(&field.ty, text)?;
            }
        }
        text.push('}');
        Ok(())
    }

    fn value(&mut self, ty: &Type, text: &mut String) -> Outcome {
        match ty {
            Type::Named(name) => return self.named(name, text),
            Type::Nullable(_) if self.below(3) == 0 => text.push_str("null"),
            Type::Nullable(inner) => return self.value(inner, text),
            Type::List(item) => {
                text.push('[');
                for index in 0..self.below(4) {
                    if index > 0 {
                        text.push(',');
                    }
                    self.value(item, text)?;
                }
                text.push(']');
            }
            scalar => text.push_str(&self.scalar(scalar).to_string()),
        }
        Ok(())
    }

    fn scalar(&mut self, ty: &Type) -> Value {
        match ty {
            Type::Bool => Value::from(self.below(2) == 0),
            Type::I32(example) | Type::I64(example) => {
                Value::from(example + self.below(8).cast_signed())
            }
            // Never whole: `2.0` goes out as `2` here, as `2.0` with the derives.
            Type::F64(example) => Value::from(example + f64::from(u8::from(self.below(2) == 0))),
            Type::Uuid => {
                let (first, second) = (self.below(1 << 32), self.below(1 << 48));
                Value::from(format!("{first:08x}-5717-4562-b3fc-{second:012x}"))
            }
            Type::String(example) => {
                let cut = usize::try_from(self.below(6)).unwrap_or_default();
                Value::from(example.chars().skip(cut.min(example.len() / 2)).collect::<String>())
            }
            Type::Named(_) | Type::Nullable(_) | Type::List(_) => Value::Null,
        }
    }
}
