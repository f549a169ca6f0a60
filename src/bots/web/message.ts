import { z } from 'zod';
import { type Content, mediaKinds } from '../../core/inbound.ts';
import { type Language, languages } from '../../core/language.ts';
import type { ShownInbound } from './event.ts';

/** Characters of a member's message that the page shows again; the assistant reads no more than this either. */
const shownCap = 4_096;

const common = {
  /** The page's own id of the message, the same when it is sent again. */
  id: z.string().regex(/^[\w-]{8,64}$/),
  /** The language that the page is in. */
  language: z.enum(languages).optional(),
};

const messageSchema = z.union([
  z.strictObject({ ...common, text: z.string() }),
  z.strictObject({ ...common, choice: z.string().min(1).max(64) }),
  z.strictObject({
    ...common,
    location: z.strictObject({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
  }),
  z.strictObject({ ...common, media: z.enum(mediaKinds) }),
]);

type PageContent = Exclude<Content, { readonly kind: 'edited' } | { readonly kind: 'unsupported' }>;

/** What the page sent. */
export interface Message {
  readonly id: string;
  readonly language: Language | undefined;
  readonly content: PageContent;
}

/** Reads the body of a request; null when it is not a message. */
export function readMessage(body: unknown): Message | null {
  const read = messageSchema.safeParse(body);
  if (!read.success) return null;
  const message = read.data;
  return { id: message.id, language: message.language, content: contentOf(message) };
}

function contentOf(message: z.infer<typeof messageSchema>): PageContent {
  if ('text' in message) return { kind: 'text', text: message.text };
  if ('choice' in message) return { kind: 'choice', id: message.choice };
  if ('location' in message) return { kind: 'location', ...message.location };
  return { kind: 'media', media: message.media };
}

/** How the page shows a message to the one who sent it; a choice by `label`, the words it was offered with. */
export function shownAs({ id, content }: Message, label: string | null): ShownInbound {
  return { id, shown: shownContent(content, label) };
}

function shownContent(content: PageContent, label: string | null): ShownInbound['shown'] {
  if (content.kind === 'text') return { kind: 'text', text: content.text.slice(0, shownCap).toWellFormed() };
  if (content.kind === 'choice') return { kind: 'text', text: label ?? content.id };
  if (content.kind === 'location') return { kind: 'location' };
  return content;
}
