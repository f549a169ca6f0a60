import type { Blocks, Chats } from '../../src/core/services.ts';

/** Every chat is known, and none is linked. */
export const knownChats: Chats = {
  noteLogin: async () => ({ first: false }),
  link: async () => undefined,
  linked: async () => null,
  unlink: async () => false,
  held: async () => ({ linked: null, logins: null, consents: [] }),
  erase: async () => undefined,
};

/** Nobody has stopped the access to their data. */
export const noBlocks: Blocks = {
  blocked: async () => false,
  block: async () => undefined,
  lift: async () => false,
  setAlarm: async () => undefined,
  soundAlarm: async () => [],
};
