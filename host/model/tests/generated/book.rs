//! Pages of the book: the contract, from the WIT; the manifest, from its schema; the HTTP API, from its document.

use mesinfos_model::Category;
use serde_json::Value;
use std::fmt::Write as _;
use std::path::Path;
use wit_parser::{Docs, Function, InterfaceId, PackageId, Resolve, Type, TypeDef, TypeDefKind, TypeOwner};

/// The first line of a page, which says where it comes from.
fn made_from(what: &str) -> String {
    format!("<!-- Written from {what} by `cargo xtask generate`. -->\n\n")
}

/// A text of a comment as one paragraph, or as the cell of a table.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn said(docs: &Docs) -> String {
    line(words(docs))
}

/// A comment without the mark of a generated file, which stands before the first one.
fn words(docs: &Docs) -> &str {
    let text = docs.contents.as_deref().unwrap_or_default().trim_start();
    text.strip_prefix(crate::sdk::GENERATED.trim_start_matches("// ").trim_end()).unwrap_or(text)
}

/// A comment with its paragraphs.
fn paragraphs(docs: &Docs) -> String {
    words(docs).split("\n\n").map(line).filter(|text| !text.is_empty()).map(|text| text + "\n\n").collect()
}

/// The WIT in a folder.
struct Wit {
    resolve: Resolve,
    data: PackageId,
    app: PackageId,
}

/// Interfaces that an app may call beside those of data: they follow what a view consists of.
const CALLS: [&str; 2] = ["evidence", "log"];

/// The page of the contract.
pub(crate) fn contract(folder: &Path) -> String {
    let mut resolve = Resolve::default();
    let [data, app] = ["data", "app"].map(|part| resolve.push_dir(folder.join(part)).unwrap().0);
    let wit = Wit { resolve, data, app };
    let mut out = made_from("wit/");
    out.push_str(
        "# Contract between app and host\n\n\
         What an app and its host say to each other, in [WIT](https://component-model.bytecodealliance.org/design/wit.html). \
         The files are in [`wit/app`](../../wit/app) and [`wit/data`](../../wit/data); released versions are frozen in \
         [`wit/released`](../../wit/released). The SDKs hide all of this: read it to write an app in [another \
         language](../other-languages.md), or to know exactly what a value may be.\n\n",
    );
    for (package, title) in [(wit.app, "What an app gives and calls"), (wit.data, "What an app may read")] {
        let package = &wit.resolve.packages[package];
        let _ = write!(out, "## {title}: `{}`\n\n{}", package.name, paragraphs(&package.docs));
        let (calls, types): (Vec<_>, Vec<_>) =
            package.interfaces.iter().partition(|(name, _)| CALLS.contains(&name.as_str()));
        for (name, id) in types.into_iter().chain(calls) {
            if Category::from_id(name).is_none() {
                out.push_str(&wit.interface(*id));
            }
        }
    }
    let worlds = wit.resolve.packages[wit.app].worlds.iter();
    out.push_str("### Worlds\n\n| world | |\n|---|---|\n");
    for (name, id) in worlds {
        let _ = writeln!(out, "| `{name}` | {} |", said(&wit.resolve.worlds[*id].docs));
    }
    out.push('\n');
    out.push_str(&wit.categories());
    out
}

impl Wit {
    /// The categories: all have one shape, and [the dictionary](data-dictionary.md) has their fields.
    fn categories(&self) -> String {
        let mut out = String::from(
            "### Categories\n\nEach category is an interface of its own: importing it is asking for it. All have the shape \
             below; `page` has one more function for each field, which returns its column. [The data \
             dictionary](../data-dictionary.md) lists the fields.\n\n| interface | rows | columns |\n|---|---|---|\n",
        );
        let interfaces = &self.resolve.packages[self.data].interfaces;
        let of = |category: Category| &self.resolve.interfaces[interfaces[category.id()]];
        for &category in Category::ALL {
            let interface = of(category);
            // A page has the number of its rows, and the columns.
            let columns =
                interface.functions.keys().filter(|name| name.starts_with("[method]page.")).count() - 1;
            let _ = writeln!(out, "| `{category}` | {} | {columns} |", said(&interface.docs));
        }
        let shape = |function: &&Function| {
            !function.name.starts_with("[method]page.") || function.name.ends_with(".rows")
        };
        let _ = write!(out, "\n| function | result | |\n|---|---|---|\n");
        for function in of(Category::ALL[0]).functions.values().filter(shape) {
            out.push_str(&self.function(function));
        }
        out
    }

    fn interface(&self, id: InterfaceId) -> String {
        let interface = &self.resolve.interfaces[id];
        let mut out =
            format!("### `{}`\n\n{}", interface.name.as_deref().unwrap(), paragraphs(&interface.docs));
        // Names that are used from another interface are explained there.
        let own = interface.types.values().filter(|ty| {
            let def = &self.resolve.types[**ty];
            def.owner == TypeOwner::Interface(id) && !self.is_use(def)
        });
        for ty in own {
            out.push_str(&self.type_def(&self.resolve.types[*ty]));
        }
        if !interface.functions.is_empty() {
            out.push_str("| function | result | |\n|---|---|---|\n");
            interface.functions.values().for_each(|function| out.push_str(&self.function(function)));
            out.push('\n');
        }
        out
    }

    /// Whether a type is only the name of one of another interface.
    fn is_use(&self, def: &TypeDef) -> bool {
        match &def.kind {
            TypeDefKind::Type(Type::Id(id)) => {
                let other = &self.resolve.types[*id];
                other.name == def.name && other.owner != def.owner
            }
            _ => false,
        }
    }

    fn type_def(&self, def: &TypeDef) -> String {
        let name = def.name.as_deref().unwrap();
        let says = said(&def.docs);
        let says = if says.is_empty() { String::new() } else { format!(": {says}") };
        match &def.kind {
            TypeDefKind::Record(record) => {
                let fields =
                    record.fields.iter().map(|field| (&field.name, self.ty(&field.ty), said(&field.docs)));
                let rows: String =
                    fields.map(|(name, ty, docs)| format!("| `{name}` | {ty} | {docs} |\n")).collect();
                format!("**Record `{name}`**{says}\n\n| field | type | |\n|---|---|---|\n{rows}\n")
            }
            TypeDefKind::Variant(variant) => {
                let rows: String = variant
                    .cases
                    .iter()
                    .map(|case| {
                        let ty = case.ty.as_ref().map_or(String::new(), |ty| self.ty(ty));
                        format!("| `{}` | {ty} | {} |\n", case.name, said(&case.docs))
                    })
                    .collect();
                format!("**Variant `{name}`**{says}\n\n| case | of | |\n|---|---|---|\n{rows}\n")
            }
            TypeDefKind::Enum(cases) => {
                let told: Vec<String> = cases
                    .cases
                    .iter()
                    .map(|case| match said(&case.docs) {
                        docs if docs.is_empty() => format!("`{}`", case.name),
                        docs => format!("`{}` ({})", case.name, docs.trim_end_matches('.')),
                    })
                    .collect();
                format!("**Enum `{name}`**{says}\n\nOne of {}.\n\n", told.join(", "))
            }
            kind => format!("**Type `{name}`** is {}{says}\n\n", self.kind(kind)),
        }
    }

    fn function(&self, function: &Function) -> String {
        let name = function.name.replace("[method]", "").replace("[constructor]", "constructor of ");
        let own = function.params.iter().filter(|param| param.name != "self");
        let params: Vec<String> =
            own.map(|param| format!("{}: {}", param.name, self.plain(&param.ty))).collect();
        let result = function.result.as_ref().map_or(String::new(), |ty| self.ty(ty));
        let docs = said(&function.docs);
        match params.is_empty() {
            true => format!("| `{name}` | {result} | {docs} |\n"),
            false => format!("| `{name}({})` | {result} | {docs} |\n", params.join(", ")),
        }
    }

    /// A type as code.
    fn ty(&self, ty: &Type) -> String {
        format!("`{}`", self.plain(ty))
    }

    fn plain(&self, ty: &Type) -> String {
        let name = match ty {
            Type::Bool => "bool",
            Type::U8 => "u8",
            Type::U16 => "u16",
            Type::U32 => "u32",
            Type::U64 => "u64",
            Type::S32 => "s32",
            Type::S64 => "s64",
            Type::F64 => "f64",
            Type::String => "string",
            Type::Id(id) => {
                let def = &self.resolve.types[*id];
                return def.name.clone().unwrap_or_else(|| self.kind(&def.kind).trim_matches('`').to_owned());
            }
            other => panic!("the contract has no {other:?}"),
        };
        name.to_owned()
    }

    fn kind(&self, kind: &TypeDefKind) -> String {
        let plain = match kind {
            TypeDefKind::List(item) => format!("list<{}>", self.plain(item)),
            TypeDefKind::Option(item) => format!("option<{}>", self.plain(item)),
            TypeDefKind::Tuple(tuple) => {
                let types: Vec<String> = tuple.types.iter().map(|ty| self.plain(ty)).collect();
                format!("tuple<{}>", types.join(", "))
            }
            TypeDefKind::Result(result) => {
                let of = |ty: &Option<Type>| ty.as_ref().map_or("_".to_owned(), |ty| self.plain(ty));
                format!("result<{}, {}>", of(&result.ok), of(&result.err))
            }
            TypeDefKind::Type(ty) => self.plain(ty),
            TypeDefKind::Handle(handle) => {
                let (wit_parser::Handle::Own(id) | wit_parser::Handle::Borrow(id)) = handle;
                self.plain(&Type::Id(*id))
            }
            other => panic!("the contract has no {}", other.as_str()),
        };
        format!("`{plain}`")
    }
}

/// The page of the manifest. `schema` is for editors, `example` is the manifest of an app.
pub(crate) fn manifest(schema: &str, example: &str) -> String {
    let schema: Value = serde_json::from_str(schema).unwrap();
    let mut out = made_from("sdk/templates/mesinfos.schema.json");
    out.push_str(
        "# Manifest of an app\n\nThe file `mesinfos.toml` in the folder of an app. It gives names and reasons to what the \
         binary asks for, and can ask for nothing itself: `mesinfos check` compares the two. Texts that people read are in \
         French and English. [A schema](../../sdk/templates/mesinfos.schema.json) helps editors; a new app has it beside its \
         SDK.\n\n",
    );
    for (key, head) in [("app", "`[app]`"), ("reads", "`[[reads]]`, once for each category")] {
        let table = &schema["properties"][key];
        let table = if table["type"] == "array" { &table["items"] } else { table };
        let is_required = |name: &str| table["required"].as_array().unwrap().iter().any(|one| one == name);
        let _ = write!(out, "## {head}\n\n| key | | value | |\n|---|---|---|---|\n");
        for (name, property) in table["properties"].as_object().unwrap() {
            let need = if is_required(name) { "required" } else { "optional" };
            let says = line(property["description"].as_str().unwrap());
            let _ = writeln!(out, "| `{name}` | {need} | {} | {says} |", value(property));
        }
        out.push('\n');
    }
    let _ = write!(
        out,
        "## An example\n\nThe manifest of [`conso`](../../example-apps/conso):\n\n```toml\n{example}```\n"
    );
    out
}

/// What a value of a key may be.
fn value(property: &Value) -> String {
    if let Some(cases) = property["enum"].as_array() {
        let cases: Vec<String> = cases.iter().map(|case| format!("`{}`", case.as_str().unwrap())).collect();
        return cases.join(", ");
    }
    let most = |value: &Value| {
        value["maxLength"].as_u64().map_or(String::new(), |most| format!(", at most {most} characters"))
    };
    match property["type"].as_str().unwrap() {
        "object" => format!("`{{ fr = \"…\", en = \"…\" }}`{}", most(&property["properties"]["fr"])),
        "string" => match property["pattern"].as_str() {
            Some(pattern) => format!("text like `{}`", pattern.replace('|', "\\|")),
            None => format!("text{}", most(property)),
        },
        "integer" => format!("number from {} to {}", property["minimum"], property["maximum"]),
        other => other.replace("boolean", "`true` or `false`"),
    }
}

/// The page of the HTTP API.
pub(crate) fn api(document: &str) -> String {
    let document: Value = serde_json::from_str(document).unwrap();
    let mut out = made_from("docs/openapi.json");
    let _ = write!(
        out,
        "# HTTP API\n\n{}\n\nEvery request has a token: `Authorization: Bearer TOKEN` (`mesinfos token create`). The \
         schemas of bodies and answers are in the [OpenAPI document](../openapi.json), which a server gives at \
         `/api/openapi.json`. [Errors](../errors.md) are the same everywhere. Without a token: `/healthz` and `/readyz`.\n\n\
         | request | query | body | answer |\n|---|---|---|---|\n",
        line(document["info"]["description"].as_str().unwrap())
    );
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let parameters = operation["parameters"].as_array().map(Vec::as_slice).unwrap_or_default();
            let query: Vec<String> = parameters
                .iter()
                .filter(|parameter| parameter["in"] == "query")
                .map(|parameter| {
                    let says = line(parameter["description"].as_str().unwrap_or_default());
                    format!("`{}`: {says}", parameter["name"].as_str().unwrap())
                })
                .collect();
            let answers = operation["responses"].as_object().unwrap();
            let answer = answers.iter().find(|(status, _)| status.starts_with('2')).unwrap().1;
            let _ = writeln!(
                out,
                "| `{} {path}` | {} | {} | {} |",
                method.to_uppercase(),
                query.join("<br>"),
                body(&operation["requestBody"]),
                line(answer["description"].as_str().unwrap())
            );
        }
    }
    out
}

/// What the body of a request is: its own words, or the name of its schema.
fn body(body: &Value) -> String {
    if let Some(says) = body["description"].as_str() {
        return line(says);
    }
    let schema = body["content"]["application/json"]["schema"]["$ref"].as_str().unwrap_or_default();
    let name = schema.rsplit('/').next().unwrap_or_default();
    if name.is_empty() { String::new() } else { format!("`{name}`") }
}
