/**
 * How much of what was taken survives when Redis ends without warning: everything (`always`: on disk before the answer),
 * everything but the last second (`everysec`), or what Redis happens to have kept (`none`).
 */
export const durabilities = ['always', 'everysec', 'none'] as const;
export type Durability = (typeof durabilities)[number];
