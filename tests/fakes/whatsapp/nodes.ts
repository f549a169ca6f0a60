import { type BinaryNode, getBinaryNodeChild, getBinaryNodeChildren, S_WHATSAPP_NET } from '@whiskeysockets/baileys';

/** The address of the server itself in stanzas. */
export const server = S_WHATSAPP_NET;

/** A stanza or a part of one. Attributes that are undefined are left out. */
export function node(
  tag: string,
  attributes: Readonly<Record<string, string | undefined>> = {},
  content?: BinaryNode['content'],
): BinaryNode {
  const attrs: Record<string, string> = {};
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined) attrs[name] = value;
  return content === undefined ? { tag, attrs } : { tag, attrs, content };
}

/** The first child with this tag. Throws where there is none: a stanza of another shape is not what the client says. */
export function childOf(parent: BinaryNode | undefined, tag: string): BinaryNode {
  const found = getBinaryNodeChild(parent, tag);
  if (!found) throw new Error(`<${parent?.tag ?? 'nothing'}> has no <${tag}>.`);
  return found;
}

/** All children of a node, or those with one tag. */
export function childrenOf(parent: BinaryNode | undefined, tag?: string): BinaryNode[] {
  if (tag !== undefined) return getBinaryNodeChildren(parent, tag);
  return Array.isArray(parent?.content) ? parent.content : [];
}

/** The bytes that a child holds. Throws where there is no such child, or it holds none. */
export function bytesOf(parent: BinaryNode | undefined, tag: string): Buffer {
  return bytesIn(childOf(parent, tag));
}

/** The bytes that a node holds; a short text that the encoding turned into a word counts as its bytes. */
export function bytesIn({ tag, content }: BinaryNode): Buffer {
  if (content === undefined || Array.isArray(content)) throw new Error(`<${tag}> holds no bytes.`);
  return Buffer.from(content);
}

/** A number written as bytes, the highest first. */
export function numberFrom(bytes: Uint8Array): number {
  return bytes.reduce((number, byte) => number * 256 + byte, 0);
}

/** An attribute that has to be there. */
export function attribute({ tag, attrs }: BinaryNode, name: string): string {
  const value = attrs[name];
  if (value === undefined) throw new Error(`<${tag}> has no ${name}.`);
  return value;
}

/** Now, as stanzas say it: whole seconds since 1970. */
export function seconds(): string {
  return Math.floor(Date.now() / 1000).toString();
}
