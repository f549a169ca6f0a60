import type words from '../../../locales/id/page.json';

/** The page's words in each language; the server makes this module out of `locales/<language>/page.json`. */
export const strings: Readonly<Record<'id' | 'en', typeof words>>;
