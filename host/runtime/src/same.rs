//! Whether what a component exports has the types of the contract. Its code would not get as far as a
//! view otherwise; so it is said when it is installed.

use std::sync::LazyLock;
use wit_parser::{InterfaceId, Resolve, SourceMap, Type, TypeDefKind};

/// The contract with apps, and its interface `app`.
static CONTRACT: LazyLock<Option<(Resolve, InterfaceId)>> = LazyLock::new(|| {
    let mut texts = SourceMap::new();
    texts.push_str("view.wit", include_str!("../../../wit/app/view.wit"));
    let mut resolve = Resolve::default();
    let package = resolve.push_group(texts.parse().ok()?).ok()?;
    let interface = *resolve.packages[package].interfaces.get("app")?;
    Some((resolve, interface))
});

/// The first function of the contract that an interface does not have, or not with these types.
pub(crate) fn other(resolve: &Resolve, interface: InterfaceId) -> Option<String> {
    let Some((contract, app)) = CONTRACT.as_ref() else {
        return Some("app".to_owned());
    };
    let found = &resolve.interfaces[interface].functions;
    let wanted = contract.interfaces[*app].functions.values();
    let other = wanted.into_iter().find(|wanted| {
        let ours = (contract, wanted.params.iter().map(|param| param.ty), wanted.result);
        !found.get(&wanted.name).is_some_and(|found| {
            let theirs = (resolve, found.params.iter().map(|param| param.ty), found.result);
            all(ours.0, ours.1.clone(), theirs.0, theirs.1) && maybe(ours.0, ours.2, theirs.0, theirs.2)
        })
    });
    other.map(|function| function.name.clone())
}

fn all(
    a: &Resolve,
    ours: impl ExactSizeIterator<Item = Type>,
    b: &Resolve,
    theirs: impl ExactSizeIterator<Item = Type>,
) -> bool {
    ours.len() == theirs.len() && ours.zip(theirs).all(|(x, y)| same(a, x, b, y))
}

fn maybe(a: &Resolve, ours: Option<Type>, b: &Resolve, theirs: Option<Type>) -> bool {
    match (ours, theirs) {
        (None, None) => true,
        (Some(x), Some(y)) => same(a, x, b, y),
        _ => false,
    }
}

/// The definition of a type, behind its names.
fn kind(resolve: &Resolve, mut ty: Type) -> Result<&TypeDefKind, Type> {
    while let Type::Id(id) = ty {
        match &resolve.types[id].kind {
            TypeDefKind::Type(named) => ty = *named,
            kind => return Ok(kind),
        }
    }
    Err(ty)
}

fn same(a: &Resolve, ours: Type, b: &Resolve, theirs: Type) -> bool {
    use TypeDefKind as K;
    match (kind(a, ours), kind(b, theirs)) {
        (Err(x), Err(y)) => x == y,
        (Ok(K::Record(x)), Ok(K::Record(y))) => {
            let names = x.fields.iter().map(|f| &f.name).eq(y.fields.iter().map(|f| &f.name));
            names && all(a, x.fields.iter().map(|f| f.ty), b, y.fields.iter().map(|f| f.ty))
        }
        (Ok(K::Variant(x)), Ok(K::Variant(y))) => {
            x.cases.len() == y.cases.len()
                && x.cases.iter().zip(&y.cases).all(|(x, y)| x.name == y.name && maybe(a, x.ty, b, y.ty))
        }
        (Ok(K::Enum(x)), Ok(K::Enum(y))) => {
            x.cases.iter().map(|c| &c.name).eq(y.cases.iter().map(|c| &c.name))
        }
        (Ok(K::Flags(x)), Ok(K::Flags(y))) => {
            x.flags.iter().map(|f| &f.name).eq(y.flags.iter().map(|f| &f.name))
        }
        (Ok(K::Tuple(x)), Ok(K::Tuple(y))) => all(a, x.types.iter().copied(), b, y.types.iter().copied()),
        (Ok(K::Option(x)), Ok(K::Option(y))) | (Ok(K::List(x)), Ok(K::List(y))) => same(a, *x, b, *y),
        (Ok(K::Result(x)), Ok(K::Result(y))) => maybe(a, x.ok, b, y.ok) && maybe(a, x.err, b, y.err),
        // The contract exports nothing else.
        _ => false,
    }
}
