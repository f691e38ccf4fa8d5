//! Compares the types of a component's exports with the contract. A component with other types would never
//! produce a view; this reports it at installation.

use std::sync::LazyLock;
use wasmparser::PrimitiveValType;
use wasmparser::component_types::{
    ComponentDefinedType, ComponentEntityType, ComponentInstanceTypeId, ComponentValType,
};
use wasmparser::types::Types;
use wit_parser::{Function, InterfaceId, Resolve, SourceMap, Type, TypeDefKind};

/// The contract with apps, and its interface `app`.
static CONTRACT: LazyLock<Option<(Resolve, InterfaceId)>> = LazyLock::new(|| {
    let mut texts = SourceMap::new();
    texts.push_str("view.wit", include_str!("../../../wit/app/view.wit"));
    let mut resolve = Resolve::default();
    let package = resolve.push_group(texts.parse().ok()?).ok()?;
    let interface = *resolve.packages[package].interfaces.get("app")?;
    Some((resolve, interface))
});

/// The first function of the contract that an interface lacks, or has with other types.
pub(crate) fn mismatched_function(types: &Types, interface: ComponentInstanceTypeId) -> Option<String> {
    let Some((contract, app)) = CONTRACT.as_ref() else {
        return Some("app".to_owned());
    };
    let exports = &types[interface].exports;
    let same = |wanted: &Function| match exports.get(&wanted.name).map(|item| item.ty) {
        Some(ComponentEntityType::Func(id)) => {
            let (found, both) = (&types[id], Both { contract, types });
            !found.async_
                && both.all(wanted.params.iter().map(|p| p.ty), found.params.iter().map(|(_, ty)| *ty))
                && both.maybe(wanted.result, found.result)
        }
        _ => false,
    };
    let mut wanted = contract.interfaces[*app].functions.values();
    wanted.find(|wanted| !same(wanted)).map(|function| function.name.clone())
}

/// The contract, and the types of a component.
#[derive(Clone, Copy)]
struct Both<'a> {
    contract: &'a Resolve,
    types: &'a Types,
}

impl Both<'_> {
    fn all(
        self,
        ours: impl ExactSizeIterator<Item = Type>,
        theirs: impl ExactSizeIterator<Item = ComponentValType>,
    ) -> bool {
        ours.len() == theirs.len() && ours.zip(theirs).all(|(x, y)| self.same(x, y))
    }

    fn maybe(self, ours: Option<Type>, theirs: Option<ComponentValType>) -> bool {
        match (ours, theirs) {
            (None, None) => true,
            (Some(x), Some(y)) => self.same(x, y),
            _ => false,
        }
    }

    fn same(self, ours: Type, theirs: ComponentValType) -> bool {
        use ComponentDefinedType as D;
        use TypeDefKind as K;
        let theirs = match theirs {
            ComponentValType::Primitive(primitive) => D::Primitive(primitive),
            ComponentValType::Type(id) => self.types[id].clone(),
        };
        let ours = match self.kind(ours) {
            Ok(kind) => kind,
            Err(plain) => return matches!(theirs, D::Primitive(primitive) if plainly(plain, primitive)),
        };
        match (ours, &theirs) {
            (K::Record(x), D::Record(y)) => {
                x.fields.iter().map(|f| f.name.as_str()).eq(y.fields.keys().map(|name| name.as_str()))
                    && self.all(x.fields.iter().map(|f| f.ty), y.fields.values().copied())
            }
            (K::Variant(x), D::Variant(y)) => {
                x.cases.len() == y.cases.len()
                    && x.cases
                        .iter()
                        .zip(&y.cases)
                        .all(|(x, (name, y))| x.name == name.as_str() && self.maybe(x.ty, y.ty))
            }
            (K::Enum(x), D::Enum(y)) => {
                x.cases.iter().map(|c| c.name.as_str()).eq(y.iter().map(|name| name.as_str()))
            }
            (K::Tuple(x), D::Tuple(y)) => self.all(x.types.iter().copied(), y.types.iter().copied()),
            (K::Option(x), D::Option { ty, .. }) => self.same(*x, *ty),
            (K::List(x), D::List { element, .. }) => self.same(*x, *element),
            (K::Result(x), D::Result { ok, err, .. }) => self.maybe(x.ok, *ok) && self.maybe(x.err, *err),
            // No other kind occurs in the contract's exports.
            _ => false,
        }
    }

    /// The definition of a contract type, with aliases resolved. A primitive type is returned as `Err`.
    fn kind(&self, mut ty: Type) -> Result<&TypeDefKind, Type> {
        while let Type::Id(id) = ty {
            match &self.contract.types[id].kind {
                TypeDefKind::Type(named) => ty = *named,
                kind => return Ok(kind),
            }
        }
        Err(ty)
    }
}

fn plainly(ours: Type, theirs: PrimitiveValType) -> bool {
    use PrimitiveValType as P;
    let ours = match ours {
        Type::Bool => P::Bool,
        Type::U8 => P::U8,
        Type::U16 => P::U16,
        Type::U32 => P::U32,
        Type::U64 => P::U64,
        Type::S8 => P::S8,
        Type::S16 => P::S16,
        Type::S32 => P::S32,
        Type::S64 => P::S64,
        Type::F32 => P::F32,
        Type::F64 => P::F64,
        Type::Char => P::Char,
        Type::String => P::String,
        Type::ErrorContext => P::ErrorContext,
        Type::Id(_) => return false,
    };
    ours == theirs
}
