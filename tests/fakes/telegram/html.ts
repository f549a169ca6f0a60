import type { MessageEntity } from 'grammy/types';
import { badRequest } from './api-error.ts';
import { byteOffset, type Formatted, inOrder, type PlainEntity } from './entities.ts';

const tags: Readonly<Record<string, PlainEntity | 'pre' | 'text_link' | 'custom_emoji'>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  a: 'text_link',
  'tg-emoji': 'custom_emoji',
};

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"' };

interface Open {
  readonly tag: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly offset: number;
}

/** Reads `parse_mode: HTML`; throws the 400 of Telegram at the first tag that it would not take. */
export function parseHtml(source: string): Formatted {
  const open: Open[] = [];
  const entities: MessageEntity[] = [];
  let text = '';
  for (let at = 0; at < source.length; ) {
    if (source[at] !== '<') {
      const reference = /^&(?:#(\d+)|#x([\da-f]+)|(lt|gt|amp|quot));?/i.exec(source.slice(at));
      text += reference === null ? (source[at] ?? '') : decoded(reference);
      at += reference?.[0].length ?? 1;
      continue;
    }
    const where = byteOffset(source, at);
    const end = source.indexOf('>', at);
    const isEnd = source[at + 1] === '/';
    if (end === -1) throw unreadable(`Unclosed ${isEnd ? 'end' : 'start'} tag at byte offset ${where}`);
    const inside = source.slice(at + (isEnd ? 2 : 1), end);
    if (isEnd) {
      const last = open.pop();
      if (last === undefined) throw unreadable(`Unexpected end tag at byte offset ${where}`);
      const name = inside.trim().toLowerCase();
      if (name !== '' && name !== last.tag) {
        const found = `expected "</${last.tag}>", found "</${name}>"`;
        throw unreadable(`Unmatched end tag at byte offset ${where}, ${found}`);
      }
      entities.push(...entityOf(last, text));
    } else open.push(startTag(inside, where, text.length));
    at = end + 1;
  }
  const last = open.at(-1);
  if (last !== undefined) throw unreadable(`Can't find end tag corresponding to start tag "${last.tag}"`);
  return { text, entities: inOrder(entities) };
}

const unreadable = (why: string) => badRequest(`can't parse entities: ${why}`);

function decoded([all, decimal, hexadecimal, name]: RegExpExecArray): string {
  if (name !== undefined) return named[name.toLowerCase()] ?? all;
  const code = decimal === undefined ? Number.parseInt(hexadecimal ?? '', 16) : Number(decimal);
  return code > 0 && code < 0x10ffff ? String.fromCodePoint(code) : all;
}

function startTag(inside: string, where: number, offset: number): Open {
  const name = /^\S*/.exec(inside)?.[0] ?? '';
  const tag = name.toLowerCase();
  if (tags[tag] === undefined) throw unreadable(`Unsupported start tag "${tag}" at byte offset ${where}`);
  const attributes = new Map<string, string>();
  for (const [, key = '', double, single, bare] of inside
    .slice(name.length)
    .matchAll(/([^\s=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]+)))?/g)) {
    const value = double ?? single ?? bare;
    // A quote takes no value, though its attribute `expandable` does nothing here.
    if (value === undefined && tag !== 'blockquote') {
      const place = `in declaration of an attribute of the tag "${tag}" at byte offset ${where}`;
      throw unreadable(`Expected equal sign ${place}`);
    }
    attributes.set(key, value ?? '');
  }
  if (tag === 'span' && attributes.get('class') !== 'tg-spoiler') {
    throw unreadable(`Tag "span" must have class "tg-spoiler" at byte offset ${where}`);
  }
  return { tag, attributes, offset };
}

function entityOf({ tag, attributes, offset }: Open, text: string): MessageEntity[] {
  const length = text.length - offset;
  const type = tags[tag];
  if (length === 0 || type === undefined) return [];
  switch (type) {
    case 'text_link': {
      const url = attributes.get('href') ?? text.slice(offset);
      return URL.canParse(url) ? [{ type, offset, length, url }] : [];
    }
    case 'custom_emoji': {
      const id = attributes.get('emoji-id') ?? '';
      if (!/^\d+$/.test(id)) throw badRequest('invalid custom emoji identifier specified');
      return [{ type, offset, length, custom_emoji_id: id }];
    }
    case 'pre':
      return [{ type, offset, length }];
    default:
      return [{ type, offset, length }];
  }
}
