import type { MessageEntity } from 'grammy/types';
import { badRequest } from './api-error.ts';
import { checkEntities, type Formatted, inOrder } from './entities.ts';
import { foundEntities } from './found-entities.ts';
import { parseHtml } from './html.ts';
import { parseMarkdownV2 } from './markdown.ts';

/** The longest text of a message, in UTF-16 units after entities are parsed. */
export const longestText = 4096;
/** The longest caption, in the same units. */
export const longestCaption = 1024;

interface Written {
  readonly text: string;
  readonly parseMode: string;
  readonly entities: readonly MessageEntity[];
}

/** A text as Telegram keeps it: marks read, blanks at both ends cut off, links and commands found. Throws its 400s. */
export function formatted({ text, parseMode, entities }: Written, longest: number, what: string): Formatted {
  const parsed = parse(text, parseMode, entities);
  checkEntities(parsed.text, parsed.entities);
  const { text: kept, entities: marked } = trimmed(parsed);
  if (kept.length > longest) throw badRequest(`${what} is too long`);
  return { text: kept, entities: inOrder([...marked, ...foundEntities(kept, marked)]) };
}

function parse(text: string, parseMode: string, entities: readonly MessageEntity[]): Formatted {
  switch (parseMode.toLowerCase()) {
    case '':
    case 'none':
      return { text, entities: [...entities] };
    case 'html':
      return parseHtml(text);
    case 'markdownv2':
      return parseMarkdownV2(text);
    case 'markdown':
      throw badRequest('this server does not read the old Markdown; use MarkdownV2 or HTML');
    default:
      throw badRequest('unsupported parse_mode');
  }
}

function trimmed({ text, entities }: Formatted): Formatted {
  const cut = text.length - text.trimStart().length;
  const kept = text.trim();
  const moved = entities.map((entity) => {
    const from = Math.max(entity.offset - cut, 0);
    const to = Math.min(entity.offset + entity.length - cut, kept.length);
    return { ...entity, offset: from, length: Math.max(to - from, 0) };
  });
  return { text: kept, entities: moved.filter(({ length }) => length > 0) };
}
