import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Argument, type Expression, type Node, parseSync, Visitor } from 'oxc-parser';

const root = join(import.meta.dirname, '..');

/** A regular expression, and where it stands. */
export interface Found {
  readonly file: string;
  readonly line: number;
  /** As it is written: the pattern of a literal, the first argument of a call. */
  readonly written: string;
  /** Null when only the running program knows it. */
  readonly pattern: string | null;
  readonly flags: string;
}

/** The regular expressions of the whole project: literals, and what is made with `RegExp`. */
export function expressionsOfProject(): readonly Found[] {
  const files = globSync('{src,tests,scripts,bench}/**/*.{ts,js,mjs}', { cwd: root, exclude: ['**/node_modules'] });
  return files.sort().flatMap((file) => expressionsIn(file, readFileSync(join(root, file), 'utf8')));
}

export function expressionsIn(file: string, text: string): readonly Found[] {
  const { program, errors } = parseSync(file, text);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file} cannot be read: ${error.message}`);
  const found: Found[] = [];
  /** Texts with a name at the top of the file, as patterns are put together from them. */
  const named = new Map<string, string>();
  const add = ({ start }: Node, written: string, pattern: string | null, flags: string) =>
    found.push({ file, line: text.slice(0, start).split('\n').length, written, pattern, flags });
  const call = (node: Node, callee: Expression, [pattern, flags]: readonly Argument[]) => {
    if (!isRegExp(callee) || pattern === undefined) return;
    const known = flags === undefined ? '' : textOf(flags, named);
    const made = known === null ? null : textOf(pattern, named);
    add(node, text.slice(pattern.start, pattern.end), made, known ?? '');
  };
  for (const statement of program.body) {
    if (statement.type !== 'VariableDeclaration' || statement.kind !== 'const') continue;
    for (const { id, init } of statement.declarations) {
      const value = init === null ? null : textOf(init, named);
      if (id.type === 'Identifier' && value !== null) named.set(id.name, value);
    }
  }
  new Visitor({
    Literal: (node) => {
      if ('regex' in node) add(node, node.regex.pattern, node.regex.pattern, node.regex.flags);
    },
    CallExpression: (node) => call(node, node.callee, node.arguments),
    NewExpression: (node) => call(node, node.callee, node.arguments),
  }).visit(program);
  return found;
}

function isRegExp(callee: Expression): boolean {
  if (callee.type === 'Identifier') return callee.name === 'RegExp';
  return callee.type === 'MemberExpression' && 'name' in callee.property && callee.property.name === 'RegExp';
}

/** What a text written in the source holds: in quotes, in backticks or after `String.raw`; null when that is unknown. */
function textOf(node: Node, named: ReadonlyMap<string, string>): string | null {
  if (node.type === 'Literal') return typeof node.value === 'string' ? node.value : null;
  if (node.type === 'Identifier') return named.get(node.name) ?? null;
  const raw = node.type === 'TaggedTemplateExpression' && isStringRaw(node.tag);
  const template = raw ? node.quasi : node;
  if (template.type !== 'TemplateLiteral') return null;
  const parts = template.expressions.map((each) => textOf(each, named));
  return template.quasis.reduce<string | null>((before, { value }, index) => {
    const part = index === 0 ? '' : (parts[index - 1] ?? null);
    const own = raw ? value.raw : value.cooked;
    return before === null || part === null || own === null ? null : before + part + own;
  }, '');
}

function isStringRaw(tag: Expression): boolean {
  if (tag.type !== 'MemberExpression' || tag.object.type !== 'Identifier' || !('name' in tag.property)) return false;
  return tag.object.name === 'String' && tag.property.name === 'raw';
}
