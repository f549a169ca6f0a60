import type { Language } from '../../core/language.ts';
import en from '../../locales/en/sms.json' with { type: 'json' };
import id from '../../locales/id/sms.json' with { type: 'json' };

/** What the bot says for itself, beside the assistant's replies. */
export const words = { id, en } satisfies Record<Language, typeof id>;
