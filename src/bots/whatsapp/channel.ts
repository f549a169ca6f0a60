import { z } from 'zod';
import { isUrlOf, ownNames, setting } from '../../setting.ts';
import { CannotOpenChannel, type Channel } from '../channel.ts';
import type { LinkSettings } from './connection.ts';
import { silenceConsole } from './console.ts';
import type { WhatsApp } from './whatsapp.ts';

/** WhatsApp's name among the channels. */
export const whatsappChannel = 'whatsapp';

const needed = '@whiskeysockets/baileys';

/** Baileys does not check who the server is to the end: TLS has to, but on this machine. */
function isServer(text: string): boolean {
  return isUrlOf(['wss:'])(text) || (isUrlOf(['ws:'])(text) && ownNames.has(new URL(text).hostname));
}

const settings = {
  on: setting({
    takes: 'on or off',
    standard: 'off',
    help: 'Whether members are answered on WhatsApp. It is against WhatsApp’s terms, and a number can be banned for it.',
    secret: false,
    schema: z.enum(['on', 'off']).transform((word) => word === 'on'),
    name: 'WHATSAPP',
  }),
  pairWith: setting({
    name: 'WHATSAPP_PAIR_WITH',
    takes: 'a phone number like +6281234567890',
    standard: 'none: the number is linked by a QR code',
    help: 'Number of the phone that owns the WhatsApp account, to link it by a code that is typed there.',
    secret: false,
    schema: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/)
      .transform((phone) => phone.slice(1)),
  }),
  url: setting({
    name: 'WHATSAPP_WS_URL',
    takes: 'an address like wss://host/path',
    standard: 'WhatsApp’s own',
    help: 'Server that is spoken to as WhatsApp.',
    secret: false,
    schema: z.string().refine(isServer),
  }),
  version: setting({
    name: 'WHATSAPP_VERSION',
    takes: 'three numbers like 2.3000.1043857760',
    standard: 'the one that Baileys was made for',
    help: 'Version of WhatsApp Web that the program says it is, for when WhatsApp refuses an older one.',
    secret: false,
    schema: z
      .string()
      .regex(/^\d{1,9}\.\d{1,9}\.\d{1,10}$/)
      .transform((text) => text.split('.').map(Number))
      .pipe(z.tuple([z.number(), z.number(), z.number()])),
  }),
};

/**
 * WhatsApp, spoken as WhatsApp Web speaks it. Off unless it is asked for by name: a number that answers this way can be
 * banned. Nothing of the package that speaks it is loaded before the channel is opened.
 */
export const whatsapp: Channel = {
  name: whatsappChannel,
  settings: Object.values(settings),
  configure(environment) {
    const on = environment.valueOf(settings.on) ?? false;
    const pairWith = environment.valueOf(settings.pairWith);
    const url = environment.valueOf(settings.url);
    const version = environment.valueOf(settings.version);
    if (!on) {
      const given = { [settings.pairWith.name]: pairWith, [settings.url.name]: url, [settings.version.name]: version };
      for (const [name, value] of Object.entries(given)) {
        if (value !== undefined) environment.problem(`${name} needs ${settings.on.name}=on.`);
      }
      return null;
    }
    const link: LinkSettings = {
      ...(pairWith !== undefined && { pairWith }),
      ...(url !== undefined && { url }),
      ...(version !== undefined && { version }),
    };
    return async (world) => {
      silenceConsole();
      const { WhatsApp: Opened } = await loaded();
      return new Opened({ channel: whatsappChannel, settings: link, world });
    };
  },
};

/** @throws CannotOpenChannel where the optional package was left out. */
async function loaded(): Promise<{ readonly WhatsApp: typeof WhatsApp }> {
  try {
    return await import('./whatsapp.ts');
  } catch (cause) {
    if (!(cause instanceof Error) || !cause.message.includes(needed)) throw cause;
    throw new CannotOpenChannel(
      `${settings.on.name}=on needs the package ${needed}, which is not installed: npm install --include=optional.`,
      { cause },
    );
  }
}
