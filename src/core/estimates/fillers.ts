import words from './continuing.json' with { type: 'json' };

/** Words that say nothing of what is estimated. */
export const fillers: ReadonlySet<string> = new Set(words.filler);
/** Words that change something that was estimated: "kalau", "what if". */
export const changes: ReadonlySet<string> = new Set(words.change);
/** Words of other things that a member may want. */
export const elsewhere: ReadonlySet<string> = new Set(words.elsewhere);
