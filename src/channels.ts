import type { Channel } from './bots/channel.ts';
import { sms } from './bots/sms/channel.ts';
import { telegram } from './bots/telegram/channel.ts';
import { whatsapp } from './bots/whatsapp/channel.ts';

/** Every channel beside the web page and the terminal. A new one is a folder in `bots`, and a line here. */
export const channels: readonly Channel[] = [sms, telegram, whatsapp];
