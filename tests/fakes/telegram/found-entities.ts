import type { MessageEntity } from 'grammy/types';
import type { PlainEntity } from './entities.ts';

/** What Telegram finds in a text by itself; what comes first in this list keeps its place. */
const finders: readonly (readonly [PlainEntity, RegExp])[] = [
  ['url', /\bhttps?:\/\/[^\s<>"]+/giu],
  ['email', /[\w.+-]+@(?:[a-z0-9-]+\.)+[a-z]{2,}/giu],
  ['url', /(?<![\w@.-])(?:[a-z0-9-]+\.)+(?:com|org|net|id|me|io)\b(?:\/[^\s<>"]*)?/giu],
  ['bot_command', /(?<![\w/@<>])\/[a-z0-9_]{1,64}(?:@[a-z0-9_]{3,32})?(?![\w/])/giu],
  ['mention', /(?<![\w@/])@[a-z]\w{2,31}\b/giu],
  ['hashtag', /(?<![\w&#])#(?=\w*[\p{L}_])[\p{L}\p{N}_]{1,256}/gu],
  ['phone_number', /(?<![\w+])\+\d[\d ()-]{7,16}\d\b/gu],
];

/** Commands, mentions, links and the like that a text holds, outside the places that are taken. */
export function foundEntities(text: string, taken: readonly MessageEntity[]): MessageEntity[] {
  const found: MessageEntity[] = [];
  for (const [type, pattern] of finders) {
    for (const { 0: match, index } of text.matchAll(pattern)) {
      const entity = { type, offset: index, length: match.length };
      if (![...taken, ...found].some((other) => meet(other, entity))) found.push(entity);
    }
  }
  return found;
}

function meet(one: MessageEntity, other: MessageEntity): boolean {
  // Bold and the like may lie around what is found; links and code may not.
  const leavesRoom = ['bold', 'italic', 'underline', 'strikethrough', 'spoiler', 'blockquote'].includes(one.type);
  return !leavesRoom && one.offset < other.offset + other.length && other.offset < one.offset + one.length;
}
