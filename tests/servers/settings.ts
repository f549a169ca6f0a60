import { channels } from '../../src/channels.ts';
import { settings } from '../../src/config.ts';
import type { Setting } from '../../src/setting.ts';

/** Every setting that the program reads, in the order in which it lists them. */
export const allSettings: readonly Setting<unknown>[] = [
  ...Object.values(settings),
  ...channels.flatMap((channel) => channel.settings),
];
