import type { SocketConfig } from '@whiskeysockets/baileys';

const nothing = () => undefined;

/** What Baileys logs to: nothing of it is kept, because its lines hold numbers, texts and keys. */
export const silentLogger: SocketConfig['logger'] = {
  level: 'silent',
  child: () => silentLogger,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
};
