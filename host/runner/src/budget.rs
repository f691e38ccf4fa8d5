//! Decodes untrusted messages within a memory budget.
//!
//! Two bytes of a message can decode to a hundred-byte element. The budget counts the size of the decoded
//! value: list elements by their size, texts by their length. `wasmtime` counts values lifted out of an app
//! in the same way, so a view that could be lifted can be decoded.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess,
    Visitor,
};
use std::cell::Cell;
use std::fmt;
use std::io::{self, ErrorKind};

/// Decodes a message whose value takes at most `bytes` bytes of memory beyond its own size.
///
/// # Errors
/// [`ErrorKind::FileTooLarge`] if the value takes more, [`ErrorKind::InvalidData`] if the message does not
/// decode.
pub(crate) fn decode<T: DeserializeOwned>(message: &[u8], bytes: usize) -> io::Result<T> {
    let left = Cell::new(Some(bytes));
    let mut from = postcard::Deserializer::from_bytes(message);
    T::deserialize(Budgeted { inner: &mut from, left: &left }).map_err(|error| {
        let kind = if left.get().is_none() { ErrorKind::FileTooLarge } else { ErrorKind::InvalidData };
        io::Error::new(kind, error.to_string())
    })
}

/// Remaining budget in bytes; `None` once it was exceeded.
type Left = Cell<Option<usize>>;

fn charge<E: Error>(left: &Left, bytes: usize) -> Result<(), E> {
    left.set(left.get().and_then(|left| left.checked_sub(bytes)));
    if left.get().is_some() { Ok(()) } else { Err(E::custom("more than the size limit")) }
}

/// A serde deserializer, access or seed with the budget attached.
struct Budgeted<'b, T> {
    inner: T,
    left: &'b Left,
}

/// A visitor with the budget, and whether it visits a list. Fields of a structure are part of the
/// structure, whose size is already counted.
struct Watched<'b, V> {
    inner: V,
    left: &'b Left,
    list: bool,
}

/// Access to the elements of a sequence or the entries of a map.
struct Elements<'b, A> {
    inner: A,
    left: &'b Left,
    list: bool,
}

impl<'b, V> Budgeted<'b, V> {
    fn watched<W>(left: &'b Left, inner: W) -> Watched<'b, W> {
        Watched { inner, left, list: false }
    }
}

macro_rules! plain {
    ($($function:ident)*) => {
        $(fn $function<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$function(Self::watched(self.left, visitor))
        })*
    };
}

macro_rules! list {
    ($($function:ident)*) => {
        $(fn $function<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
            self.inner.$function(Watched { inner: visitor, left: self.left, list: true })
        })*
    };
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Budgeted<'_, D> {
    type Error = D::Error;

    plain! {
        deserialize_bool deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 deserialize_i128
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_u128 deserialize_f32
        deserialize_f64 deserialize_char deserialize_str deserialize_string deserialize_bytes
        deserialize_byte_buf deserialize_option deserialize_unit deserialize_identifier
    }
    list! { deserialize_any deserialize_seq deserialize_map deserialize_ignored_any }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_unit_struct(name, Self::watched(self.left, visitor))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_newtype_struct(name, Self::watched(self.left, visitor))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, D::Error> {
        self.inner.deserialize_tuple(length, Self::watched(self.left, visitor))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_tuple_struct(name, length, Self::watched(self.left, visitor))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_struct(name, fields, Self::watched(self.left, visitor))
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.inner.deserialize_enum(name, variants, Self::watched(self.left, visitor))
    }

    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}

macro_rules! visit {
    ($($function:ident: $ty:ty,)*) => {
        $(fn $function<E: Error>(self, value: $ty) -> Result<V::Value, E> {
            self.inner.$function(value)
        })*
    };
}

macro_rules! visit_long {
    ($($function:ident: $ty:ty,)*) => {
        $(fn $function<E: Error>(self, value: $ty) -> Result<V::Value, E> {
            charge(self.left, value.len())?;
            self.inner.$function(value)
        })*
    };
}

impl<'de, V: Visitor<'de>> Visitor<'de> for Watched<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.inner.expecting(f)
    }

    visit! {
        visit_bool: bool, visit_i8: i8, visit_i16: i16, visit_i32: i32, visit_i64: i64, visit_i128: i128,
        visit_u8: u8, visit_u16: u16, visit_u32: u32, visit_u64: u64, visit_u128: u128, visit_f32: f32,
        visit_f64: f64, visit_char: char,
    }
    visit_long! {
        visit_str: &str, visit_borrowed_str: &'de str, visit_string: String,
        visit_bytes: &[u8], visit_borrowed_bytes: &'de [u8], visit_byte_buf: Vec<u8>,
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_none()
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.inner.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner.visit_some(Budgeted { inner, left: self.left })
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<V::Value, D::Error> {
        self.inner.visit_newtype_struct(Budgeted { inner, left: self.left })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_seq(Elements { inner, left: self.left, list: self.list })
    }

    fn visit_map<A: MapAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_map(Elements { inner, left: self.left, list: self.list })
    }

    fn visit_enum<A: EnumAccess<'de>>(self, inner: A) -> Result<V::Value, A::Error> {
        self.inner.visit_enum(Budgeted { inner, left: self.left })
    }
}

impl<'de, S: DeserializeSeed<'de>> DeserializeSeed<'de> for Budgeted<'_, S> {
    type Value = S::Value;

    fn deserialize<D: Deserializer<'de>>(self, inner: D) -> Result<S::Value, D::Error> {
        self.inner.deserialize(Budgeted { inner, left: self.left })
    }
}

impl<A> Elements<'_, A> {
    /// Charges the size of one list element, at least one byte so that zero-sized elements also cost
    /// something.
    fn element<T, E: Error>(&self) -> Result<(), E> {
        if self.list { charge(self.left, size_of::<T>().max(1)) } else { Ok(()) }
    }
}

impl<'de, A: SeqAccess<'de>> SeqAccess<'de> for Elements<'_, A> {
    type Error = A::Error;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, inner: S) -> Result<Option<S::Value>, A::Error> {
        let element = self.inner.next_element_seed(Budgeted { inner, left: self.left })?;
        if element.is_some() {
            self.element::<S::Value, A::Error>()?;
        }
        Ok(element)
    }

    // No size hint: an announced length must not allocate memory before the elements arrive.
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Elements<'_, A> {
    type Error = A::Error;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, inner: S) -> Result<Option<S::Value>, A::Error> {
        let key = self.inner.next_key_seed(Budgeted { inner, left: self.left })?;
        if key.is_some() {
            self.element::<S::Value, A::Error>()?;
        }
        Ok(key)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, inner: S) -> Result<S::Value, A::Error> {
        self.element::<S::Value, A::Error>()?;
        self.inner.next_value_seed(Budgeted { inner, left: self.left })
    }
}

impl<'de, 'b, A: EnumAccess<'de>> EnumAccess<'de> for Budgeted<'b, A> {
    type Error = A::Error;
    type Variant = Budgeted<'b, A::Variant>;

    fn variant_seed<S: DeserializeSeed<'de>>(
        self,
        inner: S,
    ) -> Result<(S::Value, Budgeted<'b, A::Variant>), A::Error> {
        let (value, variant) = self.inner.variant_seed(Budgeted { inner, left: self.left })?;
        Ok((value, Budgeted { inner: variant, left: self.left }))
    }
}

impl<'de, A: VariantAccess<'de>> VariantAccess<'de> for Budgeted<'_, A> {
    type Error = A::Error;

    fn unit_variant(self) -> Result<(), A::Error> {
        self.inner.unit_variant()
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, inner: S) -> Result<S::Value, A::Error> {
        self.inner.newtype_variant_seed(Budgeted { inner, left: self.left })
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, A::Error> {
        self.inner.tuple_variant(length, Self::watched(self.left, visitor))
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, A::Error> {
        self.inner.struct_variant(fields, Self::watched(self.left, visitor))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::{Deserialize, Serialize};
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    enum Part {
        Nothing,
        Words(String),
        Pair(u64, Option<f64>),
        Named { parts: Vec<Part>, by: BTreeMap<u8, u64> },
        Many([u64; 12]),
    }

    fn message(value: &impl Serialize) -> Vec<u8> {
        postcard::to_allocvec(value).unwrap()
    }

    #[test]
    fn what_fits_is_decoded_as_it_was() {
        let named = Part::Named { parts: vec![Part::Words("é".into())], by: BTreeMap::from([(1, 2)]) };
        let all =
            vec![Part::Nothing, Part::Pair(7, Some(0.5)), Part::Pair(8, None), named, Part::Many([9; 12])];
        assert_eq!(decode::<Vec<Part>>(&message(&all), 10_000).unwrap(), all);
        assert!(decode::<Vec<Part>>(&message(&all)[..20], 10_000).is_err());
    }

    #[test]
    fn elements_are_counted_by_what_they_take() {
        let size = size_of::<Part>();
        let parts: Vec<Part> = (0..1_000).map(|_| Part::Nothing).collect();
        let bytes = message(&parts);
        assert!(bytes.len() < 1_100 && size > 90);
        assert!(decode::<Vec<Part>>(&bytes, 1_000 * size).is_ok());
        let error = decode::<Vec<Part>>(&bytes, 1_000 * size - 1).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        // Nested.
        let named = Part::Named { parts, by: BTreeMap::new() };
        assert!(decode::<Part>(&message(&named), 1_000 * size).is_ok());
        assert!(decode::<Part>(&message(&named), 1_000 * size - 1).is_err());
        // Zero-sized elements.
        assert!(decode::<Vec<()>>(&message(&vec![(); 100]), 99).is_err());
        // The announced length exceeds the message.
        assert_eq!(decode::<Vec<Part>>(&[0xff; 5], 1 << 40).unwrap_err().kind(), ErrorKind::InvalidData);
    }

    #[test]
    fn texts_and_entries_are_counted() {
        assert!(decode::<String>(&message(&"abc"), 3).is_ok());
        assert!(decode::<String>(&message(&"abc"), 2).is_err());
        let map = BTreeMap::from([(1_u8, 1_u64), (2, 2)]);
        assert!(decode::<BTreeMap<u8, u64>>(&message(&map), 18).is_ok());
        assert!(decode::<BTreeMap<u8, u64>>(&message(&map), 17).is_err());
    }
}
