//! Schemas that cannot be derived: of values written as one text, and of pairs.

use crate::view::{Axis, Date, Emphasis, Piece, Step, Value};
use crate::{Day, Digest, RowId};
use std::borrow::Cow;
use utoipa::openapi::schema::{
    ArrayBuilder, ArrayItems, KnownFormat, ObjectBuilder, OneOfBuilder, Schema, SchemaFormat, Type,
};
use utoipa::openapi::{Ref, RefOr};
use utoipa::{PartialSchema, ToSchema};

/// Schema of a text that matches a pattern.
fn text(about: &str, pattern: &str, example: &str) -> ObjectBuilder {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .description(Some(about))
        .pattern(Some(pattern))
        .examples([serde_json::Value::from(example)])
}

impl PartialSchema for Digest {
    fn schema() -> RefOr<Schema> {
        let example = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        text("A SHA-256 digest.", "^[0-9a-f]{64}$", example).into()
    }
}

impl ToSchema for Digest {}

impl PartialSchema for Day {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)))
            .description(Some("A civil day."))
            .examples([serde_json::Value::from("2026-01-31")])
            .into()
    }
}

impl ToSchema for Day {}

impl PartialSchema for RowId {
    fn schema() -> RefOr<Schema> {
        let about = "The id of a row: the number of its import, of the file in its archive, and its line or \
                     ordinal there.";
        text(about, "^[0-9]+\\.[0-9]+\\.[0-9]+$", "3.0.17").into()
    }
}

impl ToSchema for RowId {}

/// A reference to a type's schema, by name.
fn named<T: ToSchema>() -> RefOr<Schema> {
    Ref::from_schema_name(T::name()).into()
}

fn texts() -> RefOr<Schema> {
    ObjectBuilder::new().schema_type(Type::String).into()
}

fn list(items: RefOr<Schema>) -> RefOr<Schema> {
    ArrayBuilder::new().items(items).into()
}

/// An array of exactly these two items.
fn pair(first: RefOr<Schema>, second: RefOr<Schema>) -> RefOr<Schema> {
    let plain = |schema: RefOr<Schema>| match schema {
        RefOr::T(schema) => schema,
        // An item of `prefixItems` cannot be a bare reference here.
        reference @ RefOr::Ref(_) => {
            Schema::AllOf(utoipa::openapi::AllOfBuilder::new().item(reference).build())
        }
    };
    ArrayBuilder::new()
        .prefix_items([plain(first), plain(second)])
        .items(ArrayItems::False)
        .min_items(Some(2))
        .max_items(Some(2))
        .into()
}

/// Enum variants written as `{"type": …, "value": …}`.
fn tagged(variants: impl IntoIterator<Item = (&'static str, RefOr<Schema>)>) -> RefOr<Schema> {
    let one = |(tag, value)| {
        let tag = ObjectBuilder::new().schema_type(Type::String).enum_values(Some([tag]));
        ObjectBuilder::new().property("type", tag).property("value", value).required("type").required("value")
    };
    variants.into_iter().map(one).fold(OneOfBuilder::new(), OneOfBuilder::item).into()
}

type Schemas = Vec<(String, RefOr<Schema>)>;

/// Adds a type, and the types that it references.
fn collect<T: ToSchema>(schemas: &mut Schemas) {
    schemas.push((T::name().into_owned(), T::schema()));
    T::schemas(schemas);
}

impl PartialSchema for Piece {
    fn schema() -> RefOr<Schema> {
        let marked = pair(named::<Emphasis>(), texts());
        tagged([("plain", texts()), ("marked", marked), ("val", named::<Value>())])
    }
}

impl ToSchema for Piece {
    fn name() -> Cow<'static, str> {
        "Piece".into()
    }

    fn schemas(schemas: &mut Schemas) {
        collect::<Emphasis>(schemas);
        collect::<Value>(schemas);
    }
}

impl PartialSchema for Axis {
    fn schema() -> RefOr<Schema> {
        let dates = pair(named::<Step>(), list(named::<Date>()));
        tagged([("dates", dates), ("labels", list(texts()))])
    }
}

impl ToSchema for Axis {
    fn name() -> Cow<'static, str> {
        "Axis".into()
    }

    fn schemas(schemas: &mut Schemas) {
        collect::<Step>(schemas);
        collect::<Date>(schemas);
    }
}
