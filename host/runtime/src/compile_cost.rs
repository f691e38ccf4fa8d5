//! Bounds on the cost of compiling a component, counted from its bytes.
//!
//! A compiler in this process cannot be stopped, so its input is bounded. Its time and memory grow with the
//! code, with the paths that values take through a function (each local at each branch), and with the
//! multiplication of nested components. Only the first is limited by the size of the file.

use crate::limits::compile as most;
use crate::refusal::{Complexity, Problem};
use wasmparser::{
    BinaryReaderError, BlockType, ComponentAlias, ComponentExternalKind, ComponentInstance,
    ComponentOuterAliasKind, ComponentType, ComponentTypeDeclaration, ComponentTypeRef, FunctionBody,
    InstanceTypeDeclaration, Operator, Parser, Payload, TypeRef,
};

/// Reason for not weighing a component to its end.
enum WeightError {
    Broken(BinaryReaderError),
    Over(Problem),
}

impl From<BinaryReaderError> for WeightError {
    fn from(error: BinaryReaderError) -> WeightError {
        WeightError::Broken(error)
    }
}

type Result<T> = std::result::Result<T, WeightError>;

/// The first limit that a component exceeds. The component must have been validated.
pub(crate) fn over(component: &[u8]) -> wasmparser::Result<Option<Problem>> {
    let mut weigher = Weigher::new();
    for payload in Parser::new(0).parse_all(component) {
        match weigher.payload(payload?) {
            Ok(()) => {}
            Err(WeightError::Broken(error)) => return Err(error),
            Err(WeightError::Over(problem)) => return Ok(Some(problem)),
        }
    }
    Ok(None)
}

fn at_most(what: Complexity, found: u64, most: u64) -> Result<()> {
    if found > most {
        return Err(WeightError::Over(Problem::TooComplex { what, found, most }));
    }
    Ok(())
}

/// A module or component being read.
#[derive(Default)]
struct Frame {
    is_component: bool,
    /// Used if it is a module.
    module: Module,
    /// Number of parts of one instance of it: instances, and functions between them and to and from the
    /// host, each of which is compiled.
    parts: u64,
    /// Number of parts of each component defined in it.
    components: Vec<u64>,
}

struct Weigher {
    /// Nested modules and components being read; the first is the component itself.
    frames: Vec<Frame>,
    modules: u64,
    functions: u64,
    items: u64,
    types: u64,
    table_elements: u64,
    weight: u64,
}

/// A core module: the number of parameters and results of each of its types, and the type of each function.
#[derive(Default)]
struct Module {
    types: Vec<u64>,
    functions: Vec<u32>,
    /// Index of the function whose body comes next.
    next: usize,
}

impl Module {
    fn of_type(&self, index: u32) -> u64 {
        self.types.get(index as usize).copied().unwrap_or(0)
    }

    fn of_function(&self, index: u32) -> u64 {
        self.functions.get(index as usize).map_or(0, |ty| self.of_type(*ty))
    }

    fn of_block(&self, ty: BlockType) -> u64 {
        match ty {
            BlockType::Empty => 0,
            BlockType::Type(_) => 1,
            BlockType::FuncType(index) => self.of_type(index),
        }
    }

    /// Weight of a function body. The unit is the cheapest cost measured: one value that may cross a
    /// branch.
    fn weigh(&self, ty: u32, body: &FunctionBody<'_>) -> Result<u64> {
        let size = body.range().len() as u64;
        at_most(Complexity::FunctionSize, size, most::FUNCTION_SIZE)?;
        let mut locals = self.of_type(ty);
        for group in body.get_locals_reader()? {
            locals += u64::from(group?.0);
        }
        at_most(Complexity::Locals, locals, most::LOCALS)?;
        let mut flow = Flow::default();
        for operator in body.get_operators_reader()? {
            flow.operator(self, &operator?)?;
        }
        let crossing = (flow.branches + LOOP * flow.loops).saturating_mul(locals + flow.widest);
        let weight = FUNCTION + BYTE * size + locals + flow.handed + crossing;
        at_most(Complexity::FunctionWeight, weight, most::FUNCTION_WEIGHT)?;
        Ok(weight)
    }
}

/// Weights, in values that may cross a branch, of a byte of the costliest operators, of a function without
/// any operators, and of a loop, at whose start every value may have changed.
const BYTE: u64 = 8;
const FUNCTION: u64 = 200;
const LOOP: u64 = 64;

/// The flow of control through one function.
#[derive(Default)]
struct Flow {
    branches: u64,
    loops: u64,
    /// Values passed by calls.
    handed: u64,
    /// Maximum number of values passed by one block.
    widest: u64,
    /// Open blocks, each with whether it is a loop.
    open: Vec<bool>,
    open_loops: u64,
}

impl Flow {
    fn operator(&mut self, module: &Module, operator: &Operator<'_>) -> Result<()> {
        match operator {
            Operator::Loop { blockty } => {
                self.loops += 1;
                self.open_loops += 1;
                at_most(Complexity::Loops, self.open_loops, most::LOOPS)?;
                self.enter(module.of_block(*blockty), true)?;
            }
            Operator::Block { blockty } | Operator::If { blockty } => {
                self.enter(module.of_block(*blockty), false)?;
            }
            Operator::End => {
                self.branches += 1;
                self.open_loops -= u64::from(self.open.pop() == Some(true));
            }
            Operator::Else | Operator::Br { .. } | Operator::BrIf { .. } => self.branches += 1,
            Operator::BrTable { targets } => self.branches += u64::from(targets.len()) + 1,
            Operator::Call { function_index } => self.handed += module.of_function(*function_index),
            Operator::CallIndirect { type_index, .. } => self.handed += module.of_type(*type_index),
            _ => {}
        }
        Ok(())
    }

    fn enter(&mut self, values: u64, is_loop: bool) -> Result<()> {
        self.branches += 1;
        self.widest = self.widest.max(values);
        self.open.push(is_loop);
        at_most(Complexity::Depth, self.open.len() as u64, most::DEPTH)
    }
}

impl Weigher {
    fn new() -> Weigher {
        let frames = vec![Frame { is_component: true, ..Frame::default() }];
        Weigher { frames, modules: 0, functions: 0, items: 0, types: 0, table_elements: 0, weight: 0 }
    }

    /// The innermost frame. In a valid component there always is one.
    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::default());
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn module(&mut self) -> &mut Module {
        &mut self.frame().module
    }

    fn payload(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::ModuleSection { .. } => {
                self.modules += 1;
                at_most(Complexity::Modules, self.modules, most::MODULES)?;
                self.frames.push(Frame::default());
            }
            Payload::ComponentSection { .. } => {
                self.item(1)?;
                self.frames.push(Frame { is_component: true, ..Frame::default() });
            }
            Payload::End(_) => self.leave(),
            Payload::InstanceSection(section) => self.parts(u64::from(section.count()))?,
            Payload::ComponentCanonicalSection(section) => self.parts(u64::from(section.count()))?,
            Payload::ComponentInstanceSection(section) => {
                for instance in section {
                    let parts = self.of_instance(&instance?)?;
                    self.parts(parts)?;
                }
            }
            Payload::ComponentTypeSection(section) => {
                for ty in section {
                    self.types += of_type(&ty?);
                    at_most(Complexity::Types, self.types, most::TYPES)?;
                }
            }
            Payload::ComponentImportSection(section) => {
                for import in section {
                    self.item(1)?;
                    own(!matches!(import?.ty, ComponentTypeRef::Component(_)))?;
                }
            }
            Payload::ComponentExportSection(section) => {
                for export in section {
                    self.item(1)?;
                    own(export?.kind != ComponentExternalKind::Component)?;
                }
            }
            Payload::ComponentAliasSection(section) => {
                for alias in section {
                    self.item(1)?;
                    own(!of_component(&alias?))?;
                }
            }
            payload => self.core(payload)?,
        }
        Ok(())
    }

    /// Reads sections of core modules.
    fn core(&mut self, payload: Payload<'_>) -> Result<()> {
        match payload {
            Payload::TypeSection(types) => {
                self.item(types.count())?;
                for ty in types.into_iter_err_on_gc_types() {
                    let ty = ty?;
                    self.module().types.push((ty.params().len() + ty.results().len()) as u64);
                }
            }
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    self.item(1)?;
                    if let TypeRef::Func(ty) = import?.ty {
                        self.module().functions.push(ty);
                    }
                }
            }
            Payload::FunctionSection(functions) => {
                self.functions += u64::from(functions.count());
                at_most(Complexity::Functions, self.functions, most::FUNCTIONS)?;
                let module = self.module();
                module.next = module.functions.len();
                for ty in functions {
                    module.functions.push(ty?);
                }
            }
            Payload::TableSection(tables) => {
                for table in tables {
                    self.table_elements = self.table_elements.saturating_add(table?.ty.initial);
                    at_most(Complexity::TableElements, self.table_elements, most::TABLE_ELEMENTS)?;
                }
            }
            Payload::CodeSectionEntry(body) => {
                let module = self.module();
                let ty = module.functions.get(module.next).copied().unwrap_or(u32::MAX);
                module.next += 1;
                self.weight += self.module().weigh(ty, &body)?;
                at_most(Complexity::Weight, self.weight, most::WEIGHT)?;
            }
            Payload::MemorySection(section) => self.item(section.count())?,
            Payload::GlobalSection(section) => self.item(section.count())?,
            Payload::ExportSection(section) => self.item(section.count())?,
            Payload::ElementSection(section) => self.item(section.count())?,
            Payload::DataSection(section) => self.item(section.count())?,
            Payload::CoreTypeSection(section) => self.item(section.count())?,
            _ => {}
        }
        Ok(())
    }

    fn leave(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        if frame.is_component {
            self.frame().components.push(frame.parts);
        }
    }

    fn item(&mut self, count: u32) -> Result<()> {
        self.items += u64::from(count);
        at_most(Complexity::Items, self.items, most::ITEMS)
    }

    fn parts(&mut self, count: u64) -> Result<()> {
        let frame = self.frame();
        frame.parts = frame.parts.saturating_add(count);
        at_most(Complexity::Parts, frame.parts, most::PARTS)
    }

    /// Number of parts of an instance. If each component instantiates the one before twice, the number
    /// grows exponentially with the bytes.
    fn of_instance(&mut self, instance: &ComponentInstance<'_>) -> Result<u64> {
        let ComponentInstance::Instantiate { component_index, .. } = instance else {
            return Ok(1);
        };
        let parts = self.frame().components.get(*component_index as usize).copied();
        own(parts.is_some())?;
        Ok(parts.unwrap_or(0).saturating_add(1))
    }
}

/// A component may only instantiate components defined in it: the parts of others are not known here.
fn own(own: bool) -> Result<()> {
    at_most(Complexity::Foreign, u64::from(!own), 0)
}

fn of_component(alias: &ComponentAlias<'_>) -> bool {
    matches!(
        alias,
        ComponentAlias::InstanceExport { kind: ComponentExternalKind::Component, .. }
            | ComponentAlias::Outer { kind: ComponentOuterAliasKind::Component, .. }
    )
}

/// Number of names and types that make up a type. The code that converts its values grows with it.
fn of_type(ty: &ComponentType<'_>) -> u64 {
    use wasmparser::ComponentDefinedType as Defined;
    let fields = match ty {
        ComponentType::Defined(Defined::Record(fields)) => fields.len(),
        ComponentType::Defined(Defined::Variant(cases)) => cases.len(),
        ComponentType::Defined(Defined::Tuple(types)) => types.len(),
        ComponentType::Defined(Defined::Flags(names) | Defined::Enum(names)) => names.len(),
        ComponentType::Defined(_) | ComponentType::Resource { .. } => 0,
        ComponentType::Func(function) => function.params.len(),
        ComponentType::Component(declarations) => {
            return declarations.iter().fold(1, |all, declaration| match declaration {
                ComponentTypeDeclaration::Type(ty) => all + of_type(ty),
                _ => all + 1,
            });
        }
        ComponentType::Instance(declarations) => {
            return declarations.iter().fold(1, |all, declaration| match declaration {
                InstanceTypeDeclaration::Type(ty) => all + of_type(ty),
                _ => all + 1,
            });
        }
    };
    1 + fields as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The limit that a core module with these fields exceeds.
    fn too_much(fields: &str) -> Option<Complexity> {
        let bytes = wat::parse_str(format!("(module {fields})")).unwrap();
        wasmparser::Validator::new().validate_all(&bytes).unwrap();
        match over(&bytes).unwrap() {
            Some(Problem::TooComplex { what, .. }) => Some(what),
            Some(other) => panic!("{other}"),
            None => None,
        }
    }

    fn locals(count: usize) -> String {
        format!("(local {})", "i32 ".repeat(count))
    }

    fn blocks(count: usize, inside: &str) -> String {
        format!("{}{inside} {}", "block ".repeat(count), "end ".repeat(count))
    }

    #[test]
    fn what_is_within_the_limits_passes() {
        let usual = format!("(func (param i32) {} {})", locals(270), blocks(780, "local.get 0 br_table 0 1"));
        assert_eq!(too_much(&usual), None);
    }

    #[test]
    fn one_function_has_its_limits() {
        let many_locals = format!("(func {})", locals(50_000));
        assert_eq!(too_much(&many_locals), Some(Complexity::Locals));
        let long = format!("(func {})", "nop ".repeat(1 << 20));
        assert_eq!(too_much(&long), Some(Complexity::FunctionSize));
        let deep = format!("(func {})", blocks(10_000, ""));
        assert_eq!(too_much(&deep), Some(Complexity::Depth));
        let turns: String =
            (0..300).map(|i| format!("local.get {i} i32.const 1 i32.add local.set {i} ")).collect();
        let (loops, ends) = ("loop ".repeat(300), "local.get 0 br_if 0 end ".repeat(300));
        let loops = format!("(func {} {loops} {turns} {ends})", locals(300));
        assert_eq!(too_much(&loops), Some(Complexity::Loops));
    }

    #[test]
    fn what_crosses_branches_is_counted() {
        let ways = Some(Complexity::FunctionWeight);
        let loops = format!("(func {} {})", locals(1_900), "loop end ".repeat(100));
        assert_eq!(too_much(&loops), ways);
        let table = format!("local.get 0 br_table {}", "0 1 ".repeat(100_000));
        let targets = format!("(func (param i32) {} {})", locals(100), blocks(2, &table));
        assert_eq!(too_much(&targets), ways);
        // Values passed by blocks and calls are not locals, but they cross branches as well.
        let (types, values) = ("i32 ".repeat(1_000), "i32.const 0 ".repeat(1_000));
        let ty = format!("(type $t (func (param {types}) (result {types})))");
        let drops = "drop ".repeat(1_000);
        let calls = "call $f ".repeat(6_000);
        let handed = format!("{ty} (func $f (type $t) unreachable) (func {values} {calls} {drops})");
        assert_eq!(too_much(&handed), ways);
        let blocks = "block (type $t) ".repeat(3_000);
        let wide = format!("{ty} (func {values} {blocks} {} {drops})", "end ".repeat(3_000));
        assert_eq!(too_much(&wide), ways);
    }

    #[test]
    fn all_of_them_have_limits_together() {
        let wide = format!("(func {} {})", locals(1_900), blocks(100, ""));
        assert_eq!(too_much(&wide.repeat(450)), Some(Complexity::Weight));
        assert_eq!(too_much(&"(func)".repeat(70_000)), Some(Complexity::Functions));
        assert_eq!(too_much(&"(table 100000 funcref)".repeat(11)), Some(Complexity::TableElements));
        let items = Some(Complexity::Items);
        assert_eq!(too_much(&"(global i32 (i32.const 0))".repeat(101_000)), items);
        assert_eq!(too_much(&"(type (func))".repeat(101_000)), items);
        let module = wat::parse_str(format!("(component {})", "(core module)".repeat(140))).unwrap();
        let problem = over(&module).unwrap().unwrap();
        assert!(problem.to_string().contains("core modules"), "{problem}");
    }

    #[test]
    fn a_component_is_no_way_around() {
        let refused = |text: &str| {
            let bytes = wat::parse_str(text).unwrap();
            wasmparser::Validator::new().validate_all(&bytes).unwrap();
            over(&bytes).unwrap().map(|problem| problem.to_string()).unwrap_or_default()
        };
        let two = "(instance (instantiate $c)) (instance (instantiate $c))";
        let doubled = (0..20).fold("(component $c)".to_owned(), |c, _| format!("(component $c {c} {two})"));
        let parts = Complexity::Parts.to_string();
        assert!(refused(&format!("(component {doubled})")).contains(&parts));
        let (module, instance) = ("(core module $m)", "(core instance (instantiate $m))".repeat(900));
        assert_eq!(refused(&format!("(component {module} {instance})")), "");
        let dropped = "(core func (canon resource.drop $r))".repeat(1_200);
        let ty = "(type $r (resource (rep i32)))";
        assert!(refused(&format!("(component {module} {instance} {ty} {dropped})")).contains(&parts));
        let given = "(import \"c\" (component $c)) (instance (instantiate $c))";
        assert!(refused(&format!("(component (component {given}))")).contains("defined elsewhere"));
        let aliased =
            "(component $c) (component (alias outer 1 $c (component $d)) (instance (instantiate $d)))";
        assert!(refused(&format!("(component {aliased})")).contains("defined elsewhere"));
        let fields: String = (0..5_000).map(|i| format!("(field \"f{i}\" u8)")).collect();
        let types = format!("(type (record {fields}))").repeat(11);
        assert!(refused(&format!("(component {types})")).contains("parts of types"));
        let nested = format!("(type (instance {types}))");
        assert!(refused(&format!("(component {nested})")).contains("parts of types"));
        assert_eq!(refused("(component (component (type u8)))"), "");
    }
}
