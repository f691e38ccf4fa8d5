// Makes one component of what componentize-qjs composes.
//
// Its output nests two components: the app with its engine, and one whose functions trap, in place of imports that only
// the build needs. A run links the two through memory, which MesInfos refuses (an app has one memory). Here the inner
// component takes the place of the whole: the functions of the refused imports become functions of a core module that
// trap when called, and their resource types become types of the component that have no values. Every other byte of the
// engine and the app stays.
//
// Only the layout that wit-component writes is understood. Anything else is an error, and `mesinfos check` validates the
// result again.

export const COMPONENT = [0x00, 0x61, 0x73, 0x6d, 0x0d, 0x00, 0x01, 0x00];
const MODULE = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

const SECTION = { custom: 0, module: 1, coreInstance: 2, component: 4, instance: 5, alias: 6, type: 7, canon: 8, imports: 10, exports: 11 };
const SORT = { core: 0x00, func: 0x01, type: 0x03, component: 0x04, instance: 0x05 };
const CORE = { func: 0x00, module: 0x11, instance: 0x12 };

class Unknown extends Error {
  constructor(what) {
    super(`the component is not laid out as componentize-qjs 0.4 does it: ${what}`);
  }
}

class Reader {
  constructor(bytes) {
    this.bytes = bytes;
    this.at = 0;
  }
  get done() {
    return this.at >= this.bytes.length;
  }
  byte() {
    if (this.done) throw new Unknown("it ends early");
    return this.bytes[this.at++];
  }
  u32() {
    let [value, shift, byte] = [0, 0, 0];
    do {
      byte = this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte & 0x80);
    return value;
  }
  take(length) {
    if (this.at + length > this.bytes.length) throw new Unknown("it ends early");
    return this.bytes.subarray(this.at, (this.at += length));
  }
  name() {
    return Buffer.from(this.take(this.u32())).toString("utf8");
  }
  /** A name of an import or export, with the byte that says how it is written. */
  externName() {
    const kind = this.byte();
    if (kind > 1) throw new Unknown(`a name of kind ${kind}`);
    return this.name();
  }
  list(read) {
    return Array.from({ length: this.u32() }, () => read());
  }
}

function u32(value) {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return bytes;
}

const text = (name) => [...u32(Buffer.byteLength(name)), ...Buffer.from(name)];
const list = (items) => [...u32(items.length), ...items.flat()];
const section = (id, payload) => Buffer.concat([Buffer.from([id, ...u32(payload.length)]), Buffer.from(payload)]);

export function sections(bytes, preamble) {
  if (!preamble.every((byte, at) => bytes[at] === byte)) throw new Unknown("a part has another preamble");
  const reader = new Reader(bytes);
  reader.at = preamble.length;
  const found = [];
  while (!reader.done) found.push({ id: reader.byte(), payload: reader.take(reader.u32()) });
  return found;
}

/** Types of the functions that a core module imports, by module and name. */
function importedFunctions(module) {
  const types = [];
  const found = new Map();
  for (const { id, payload } of sections(module, MODULE)) {
    const reader = new Reader(payload);
    if (id === 1) {
      for (let count = reader.u32(); count > 0; count--) {
        if (reader.byte() !== 0x60) throw new Unknown("a core type that is no function");
        const start = reader.at;
        for (let lists = 0; lists < 2; lists++) reader.take(reader.u32());
        types.push([...payload.subarray(start, reader.at)]);
      }
    } else if (id === 2) {
      for (let count = reader.u32(); count > 0; count--) {
        const [from, name, kind] = [reader.name(), reader.name(), reader.byte()];
        if (kind === 0x00) found.set(`${from}\0${name}`, types[reader.u32()]);
        else if (kind === 0x03) reader.take(2);
        else if (kind === 0x01 || kind === 0x02) {
          if (kind === 0x01) reader.byte();
          const flags = reader.byte();
          reader.u32();
          if (flags & 1) reader.u32();
        } else throw new Unknown(`an import of kind ${kind}`);
      }
    }
  }
  return found;
}

/** A module without its names and other notes. */
function stripped(module) {
  const kept = sections(module, MODULE).filter(({ id }) => id !== SECTION.custom);
  return Buffer.concat([Buffer.from(MODULE), ...kept.map(({ id, payload }) => section(id, payload))]);
}

/** A core module with one function of each type, which traps: function "0" has the first type. */
function traps(types) {
  const numbers = types.map((_, at) => u32(at));
  const body = [0x03, 0x00, 0x00, 0x0b]; // no locals, unreachable
  return Buffer.concat([
    Buffer.from(MODULE),
    section(1, list(types.map((type) => [0x60, ...type]))),
    section(3, list(numbers)),
    section(7, list(types.map((_, at) => [...text(String(at)), 0x00, ...u32(at)]))),
    section(10, list(types.map(() => body))),
  ]);
}

/** The component that holds the app: the largest of those nested. A component that nests no code is flat already. */
function inner(bytes) {
  const nested = sections(bytes, COMPONENT).filter(({ id }) => id === SECTION.component);
  const largest = nested.reduce((best, { payload }) => (payload.length > best.length ? payload : best), Buffer.alloc(0));
  const holdsCode = largest.length > 0 && sections(largest, COMPONENT).some(({ id }) => id === SECTION.module);
  return holdsCode ? largest : bytes;
}

/** One instance as the `instance` section defines it: instantiated, or made of exports. */
function readInstance(reader) {
  if (reader.byte() === 0x00) {
    const component = reader.u32();
    const given = reader.list(() => ({ name: reader.name(), sort: reader.byte(), index: reader.u32() }));
    return { component, given };
  }
  throw new Unknown("an instance made of exports");
}

/** One alias. */
function readAlias(reader) {
  const start = reader.at;
  const sort = reader.byte();
  const core = sort === SORT.core ? reader.byte() : undefined;
  const target = reader.byte();
  if (target === 0x02) {
    reader.u32();
    reader.u32();
    return { sort, core, raw: [...reader.bytes.subarray(start, reader.at)] };
  }
  return { sort, core, target, instance: reader.u32(), name: reader.name() };
}

/** One canonical function. `made` is the sort of what it defines. */
function readCanon(reader) {
  const start = reader.at;
  const kind = reader.byte();
  if (kind >= 0x02 && kind <= 0x04) {
    reader.u32();
    return { made: "core", raw: [...reader.bytes.subarray(start, reader.at)] };
  }
  if (kind > 0x01 || reader.byte() !== 0x00) throw new Unknown(`a canonical function of kind ${kind}`);
  const index = reader.u32();
  const options = reader.at;
  reader.list(() => {
    const option = reader.byte();
    if (option > 0x05) throw new Unknown(`an option ${option} of a canonical function`);
    if (option >= 0x03) reader.u32();
  });
  if (kind === 0x00) reader.u32();
  const rest = [...reader.bytes.subarray(options, reader.at)];
  return kind === 0x00
    ? { made: "func", raw: [0x00, 0x00, ...u32(index), ...rest] }
    : { made: "core", lowered: index, rest };
}

/**
 * Makes one component of a composed one.
 * @param {Uint8Array} composed
 * @param {(name: string) => boolean} isKept whether an import stays
 * @param {string} exported the export that stays
 */
export function flatten(composed, isKept, exported) {
  const parts = sections(inner(composed), COMPONENT);

  // First look: which lowered functions belong to imports that go, and what type their users expect.
  const gone = new Set(); // instances
  const goneTypes = new Map(); // instance: names of its types
  const goneFunctions = new Set(); // component functions
  const modules = [];
  const given = []; // core instances: [name, core function] if they are made of exports
  const uses = []; // [module, name of the argument, core instance]
  const lowered = new Map(); // core function: component function
  let [instances, functions, coreFunctions] = [0, 0, 0];
  for (const { id, payload } of parts) {
    const reader = new Reader(payload);
    if (id === SECTION.module) modules.push(payload);
    else if (id === SECTION.imports) {
      reader.list(() => {
        const name = reader.externName();
        const sort = reader.byte();
        if (sort !== SORT.instance) throw new Unknown(`an import of sort ${sort}`);
        reader.u32();
        if (!isKept(name)) gone.add(instances);
        instances++;
      });
    } else if (id === SECTION.alias) {
      reader.list(() => {
        const alias = readAlias(reader);
        if (alias.core === CORE.func) coreFunctions++;
        if (alias.sort === SORT.instance) instances++;
        if (alias.sort === SORT.func) {
          if (gone.has(alias.instance)) goneFunctions.add(functions);
          functions++;
        }
        if (alias.sort === SORT.type && alias.target === 0x00 && gone.has(alias.instance)) {
          const names = goneTypes.get(alias.instance) ?? new Set();
          goneTypes.set(alias.instance, names.add(alias.name));
        }
      });
    } else if (id === SECTION.canon) {
      reader.list(() => {
        const canon = readCanon(reader);
        if (canon.made === "func") functions++;
        else {
          if (goneFunctions.has(canon.lowered)) lowered.set(coreFunctions, canon.lowered);
          coreFunctions++;
        }
      });
    } else if (id === SECTION.coreInstance) {
      reader.list(() => {
        if (reader.byte() === 0x00) {
          const module = reader.u32();
          reader.list(() => {
            const [name, sort, index] = [reader.name(), reader.byte(), reader.u32()];
            if (sort !== CORE.instance) throw new Unknown(`a core argument of sort ${sort}`);
            uses.push([module, name, index]);
          });
          given.push([]);
        } else {
          const exports = reader.list(() => [reader.name(), reader.byte(), reader.u32()]);
          given.push(exports.filter(([, sort]) => sort === CORE.func).map(([name, , index]) => [name, index]));
        }
      });
    } else if (id === SECTION.instance) instances += reader.list(() => readInstance(reader)).length;
    else if (id === SECTION.exports) functions += reader.list(() => readExport(reader)).filter(({ sort }) => sort === SORT.func).length;
  }
  const importsOf = new Map();
  const typeOf = new Map(); // core function: its type
  for (const [module, argument, instance] of uses) {
    for (const [name, index] of given[instance]) {
      if (!lowered.has(index)) continue;
      if (!importsOf.has(module)) importsOf.set(module, importedFunctions(modules[module]));
      const type = importsOf.get(module).get(`${argument}\0${name}`);
      if (type !== undefined) typeOf.set(index, type);
    }
  }
  const types = new Map(); // a type as text: its number in the module of traps
  const bytes = [];
  for (const core of lowered.keys()) {
    const type = typeOf.get(core);
    if (type === undefined) throw new Unknown("a function of an import that goes is used in another way");
    if (!types.has(String(type))) {
      types.set(String(type), types.size);
      bytes.push(type);
    }
  }
  if (gone.size === 0) return Buffer.from(composed);

  // Second look: write it again. The traps are core module 0 and core instance 0.
  const out = [Buffer.from(COMPONENT)];
  out.push(section(SECTION.module, traps(bytes)), section(SECTION.coreInstance, list([[0x00, 0x00, 0x00]])));
  const functionAt = []; // new number of a component function
  let known = 0; // component functions that stay, so far
  let core = 0;
  let instance = 0;
  const keep = (stays) => functionAt.push(stays ? known++ : undefined);
  const number = (index) => {
    const found = functionAt[index];
    if (found === undefined) throw new Unknown("a function that goes is still used");
    return u32(found);
  };
  for (const { id, payload } of parts) {
    const reader = new Reader(payload);
    switch (id) {
      case SECTION.custom:
        break;
      case SECTION.module:
        out.push(section(id, stripped(payload)));
        break;
      case SECTION.coreInstance:
        out.push(section(id, list(reader.list(() => {
          if (reader.byte() === 0x00) {
            const module = u32(reader.u32() + 1);
            const given = reader.list(() => [...text(reader.name()), reader.byte(), ...u32(reader.u32() + 1)]);
            return [0x00, ...module, ...list(given)];
          }
          return [0x01, ...list(reader.list(() => [...text(reader.name()), reader.byte(), ...u32(reader.u32())]))];
        }))));
        break;
      case SECTION.imports:
        reader.list(() => {
          const start = reader.at;
          const name = reader.externName();
          reader.byte();
          const type = reader.u32();
          if (isKept(name)) out.push(section(id, list([[...payload.subarray(start, reader.at)]])));
          else {
            // Its type is the one defined last: a resource without values, which stands for all of its types.
            const last = out.pop();
            if (last[0] !== SECTION.type) throw new Unknown("a type that is not beside its import");
            out.push(section(SECTION.type, list([[0x3f, 0x7f, 0x00]])));
            const names = [...(goneTypes.get(instance) ?? [])];
            const exports = names.map((name) => [0x00, ...text(name), SORT.type, ...u32(type)]);
            out.push(section(SECTION.instance, list([[0x01, ...list(exports)]])));
          }
          instance++;
        });
        break;
      case SECTION.alias:
        reader.list(() => {
          const alias = readAlias(reader);
          if (alias.core === CORE.func) core++;
          if (alias.sort === SORT.instance) instance++;
          const goes = alias.sort === SORT.func && gone.has(alias.instance);
          if (alias.sort === SORT.func) keep(!goes);
          if (goes) return;
          const index = alias.target === 0x01 ? alias.instance + 1 : alias.instance;
          const sort = alias.core === undefined ? [alias.sort] : [alias.sort, alias.core];
          out.push(section(id, list([alias.raw ?? [...sort, alias.target, ...u32(index), ...text(alias.name)]])));
        });
        break;
      case SECTION.canon:
        reader.list(() => {
          const canon = readCanon(reader);
          if (canon.made === "func") keep(true);
          const trap = canon.made === "core" ? types.get(String(typeOf.get(core++))) : undefined;
          if (canon.raw) out.push(section(id, list([canon.raw])));
          else if (goneFunctions.has(canon.lowered)) {
            out.push(section(SECTION.alias, list([[SORT.core, CORE.func, 0x01, 0x00, ...text(String(trap))]])));
          } else out.push(section(id, list([[0x01, 0x00, ...number(canon.lowered), ...canon.rest]])));
        });
        break;
      case SECTION.instance:
        out.push(section(id, list(reader.list(() => {
          const { component, given } = readInstance(reader);
          instance++;
          const index = ({ sort, index }) => (sort === SORT.func ? number(index) : u32(index));
          return [0x00, ...u32(component), ...list(given.map((one) => [...text(one.name), one.sort, ...index(one)]))];
        }))));
        break;
      case SECTION.exports:
        reader.list(() => {
          const one = readExport(reader);
          if (one.sort === SORT.func) keep(false);
          if (one.name !== exported) return;
          if (one.sort !== SORT.instance) throw new Unknown("its export is no instance");
          out.push(section(id, list([[0x00, ...text(one.name), one.sort, ...u32(one.index), 0x00]])));
        });
        break;
      case SECTION.type:
      case SECTION.component:
        out.push(section(id, payload));
        break;
      default:
        throw new Unknown(`a section ${id}`);
    }
  }
  return Buffer.concat(out);
}

function readExport(reader) {
  const one = { name: reader.externName(), sort: reader.byte(), index: reader.u32() };
  if (one.sort === SORT.core) throw new Unknown("a core export");
  if (reader.byte() !== 0x00) throw new Unknown("an export with a type");
  return one;
}
