/** The languages that the assistant speaks. Each is a folder in `src/locales`. */
export const languages = ['id', 'en'] as const;
export type Language = (typeof languages)[number];
