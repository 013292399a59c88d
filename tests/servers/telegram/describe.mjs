// Derives bot-api.json: the Bot API as @grammyjs/types publishes it, in the form the tests check requests against.
//
//   node describe.mjs MODULES            prints it
//   node describe.mjs MODULES --check    compares it with bot-api.json beside this file, and fails where they differ
//
// MODULES is the directory whose node_modules hold what package-lock.json names.
//
// The types are read with TypeScript's own compiler, so unions, intersections and inherited fields are what they are to
// a program. Limits of length stand in the comments ("1-4096 characters", "1-64 bytes", "0-512 characters") and are read
// from there. Nothing is added by hand.
//
//   methods   name → fields
//   types     name → {fields} or {any: [types]}, of everything a request, an update or a message can hold
//   a field   { t: type, o: 1 when optional, min, max, unit: limits of length, items: [min, max] of a list }
//   a type    "string", "number", "boolean", "file", {"is": literal}, {"list": type}, {"any": [types]}, {"type": name}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(join(process.argv[2], "package.json"));
const ts = require("typescript");
const source = require.resolve("@grammyjs/types/mod.d.ts");
const published = JSON.parse(readFileSync(join(dirname(source), "package.json"), "utf8"));

// The one thing that is not in the types: what a file is. A brand stands for it.
const asked = join(here, "asked.ts");
const program = ts.createProgram([asked], { strict: true, skipLibCheck: true, noEmit: true, noLib: false }, host());
const checker = program.getTypeChecker();
const types = {};
const naming = new Map();
const open = new Set();
const choices = new Map();

function host() {
  const host = ts.createCompilerHost({});
  const text = `import type { ApiMethods, Update, Message } from ${JSON.stringify(source.replace(/\.d\.ts$/, ".js"))};
export interface TheFile { readonly theFile: unique symbol }
export type Methods = ApiMethods<TheFile>;
export type TheUpdate = Update;
export type TheMessage = Message;`;
  const read = host.getSourceFile.bind(host);
  const exists = host.fileExists.bind(host);
  host.fileExists = (name) => name === asked || exists(name);
  host.getSourceFile = (name, ...rest) =>
    name === asked ? ts.createSourceFile(name, text, ts.ScriptTarget.Latest) : read(name, ...rest);
  return host;
}

function exported(name) {
  const module = checker.getSymbolAtLocation(program.getSourceFile(asked));
  const symbol = checker.getExportsOfModule(module).find((symbol) => symbol.name === name);
  return checker.getDeclaredTypeOfSymbol(symbol);
}

// The name of an object type: its own, with the namespace's before it; the same name for another shape gets a number.
function nameOf(type) {
  if (naming.has(type)) return naming.get(type);
  const symbol = type.aliasSymbol ?? type.symbol;
  const full = symbol ? checker.getFullyQualifiedName(symbol).replace(/^".*?"\./, "") : "";
  const base = /^[A-Za-z_.]+$/.test(full) && !full.startsWith("__") ? full : "Joined";
  let name = base;
  for (let number = 2; [...naming.values()].includes(name); number++) name = `${base}${number}`;
  naming.set(type, name);
  return name;
}

function describe(type) {
  if (type.aliasSymbol?.name === "TheFile" || type.symbol?.name === "TheFile") return "file";
  if (type.flags & ts.TypeFlags.StringLiteral || type.flags & ts.TypeFlags.NumberLiteral) return { is: type.value };
  if (type.flags & ts.TypeFlags.BooleanLiteral) return { is: checker.typeToString(type) === "true" };
  if (type.flags & ts.TypeFlags.StringLike) return "string";
  if (type.flags & ts.TypeFlags.NumberLike && !type.isUnion()) return "number";
  if (type.flags & ts.TypeFlags.Boolean) return "boolean";
  if (type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Never | ts.TypeFlags.Null)) return null;
  if (checker.typeToString(type) === "never") return null; // what two variants cannot both be
  if (type.isUnion()) return union(type);
  if (checker.isArrayLikeType(type)) return { list: describe(checker.getIndexTypeOfType(type, ts.IndexKind.Number)) };
  if (type.flags & (ts.TypeFlags.Object | ts.TypeFlags.Intersection)) {
    const name = nameOf(type);
    if (!(name in types)) {
      types[name] = null; // it may hold itself
      types[name] = { fields: fields(type) };
    }
    return { type: name };
  }
  throw new Error(`a type that cannot be described: ${checker.typeToString(type)}`);
}

// Alternatives. Those that hold themselves get a name.
function union(type) {
  if (naming.has(type) || open.has(type)) return { type: nameOf(type) };
  open.add(type);
  const described = alternatives(type);
  open.delete(type);
  if (!naming.has(type)) return described;
  types[nameOf(type)] = described;
  return { type: nameOf(type) };
}

function alternatives(type) {
  const every = type.types.map(describe).filter((one) => one !== null);
  const keys = new Set(every.map((one) => JSON.stringify(one)));
  if (keys.has('{"is":true}') && keys.has('{"is":false}')) {
    keys.delete('{"is":true}');
    keys.delete('{"is":false}');
    keys.add('"boolean"');
  }
  const distinct = [...keys].map((key) => JSON.parse(key));
  return distinct.length === 1 ? distinct[0] : shared({ any: distinct });
}

// A long list of alternatives stands in the description once.
function shared(described) {
  const key = JSON.stringify(described);
  if (key.length < 120) return described;
  if (!choices.has(key)) {
    choices.set(key, `Choice${choices.size + 1}`);
    types[choices.get(key)] = described;
  }
  return { type: choices.get(key) };
}

function fields(type) {
  const all = {};
  for (const property of checker.getPropertiesOfType(type)) {
    const described = describe(checker.getNonNullableType(checker.getTypeOfSymbol(property)));
    if (described === null) continue; // a field this variant never has
    const comment = ts.displayPartsToString(property.getDocumentationComment(checker));
    const optional = property.flags & ts.SymbolFlags.Optional ? { o: 1 } : {};
    all[property.name] = { t: described, ...optional, ...limits(comment, described) };
  }
  return all;
}

function limits(comment, described) {
  if (described === "string") {
    const found = /(\d+)-(\d+) (characters|bytes)/.exec(comment);
    if (found) return { min: Number(found[1]), max: Number(found[2]), unit: found[3] };
  }
  if (described.list) {
    const most = /[Aa]t most (\d+) /.exec(comment);
    if (most) return { items: [0, Number(most[1])] };
  }
  return {};
}

const methods = {};
for (const method of checker.getPropertiesOfType(exported("Methods"))) {
  const [signature] = checker.getTypeOfSymbol(method).getCallSignatures();
  const [argument] = signature.getParameters();
  methods[method.name] = argument
    ? fields(checker.getNonNullableType(checker.getTypeOfSymbol(argument)))
    : {};
}
const update = describe(exported("TheUpdate"));
const message = describe(exported("TheMessage"));

const sorted = (object) => Object.fromEntries(Object.keys(object).sort().map((key) => [key, object[key]]));
const line = ([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`;
const block = (object) => `{\n${Object.entries(sorted(object)).map(line).join(",\n")}\n}`;
const text = `{
"source": ${JSON.stringify(`@grammyjs/types ${published.version} (npm, MIT), derived by describe.mjs`)},
"update": ${JSON.stringify(update.type)},
"message": ${JSON.stringify(message.type)},
"methods": ${block(methods)},
"types": ${block(types)}
}
`;

if (process.argv.includes("--check")) {
  if (readFileSync(join(here, "bot-api.json"), "utf8") !== text) {
    console.error("bot-api.json is not what describe.mjs makes of @grammyjs/types: see the head of describe.mjs");
    process.exit(1);
  }
} else {
  process.stdout.write(text);
}
