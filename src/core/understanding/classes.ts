import { intents } from './intents.ts';

/** What a phrase can stand for: an intent, or a question that only what was said before gives a meaning ("berapa lama?"). */
export const classes = [...intents, 'follow_up'] as const;
