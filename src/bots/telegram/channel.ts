import { z } from 'zod';
import { isUrlOf, ownNames, setting } from '../../setting.ts';
import type { Channel } from '../channel.ts';
import { telegramChannel, webhookPath } from './names.ts';

/** What a webhook secret is derived for where none is set. */
const secretPurpose = 'telegram webhook';

const standardRoot = 'https://api.telegram.org';

/** The token is part of every address: over plain http it may only go to a server of one's own. */
function isApiRoot(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !isUrlOf(['http:', 'https:'])(text)) return false;
  const standard = new URL(standardRoot).hostname;
  return isBare(url) && (url.protocol === 'https:' || url.hostname !== standard);
}

function isWebhookUrl(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !isBare(url)) return false;
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && ownNames.has(url.hostname));
  return safe && (url.pathname === '/' || url.pathname.endsWith(webhookPath));
}

/** No name, no password, nothing behind the path. */
function isBare({ username, password, search, hash }: URL): boolean {
  return username === '' && password === '' && search === '' && hash === '';
}

const settings = {
  token: setting({
    name: 'TELEGRAM_BOT_TOKEN',
    takes: 'a token as BotFather gives it: 123456789:AA…',
    standard: 'none: no Telegram',
    help: 'Bot that members talk to on Telegram; BotFather there makes one and gives its token.',
    secret: true,
    schema: z.string().regex(/^\d+:[\w-]{20,}$/),
  }),
  root: setting({
    name: 'TELEGRAM_API_ROOT',
    takes: 'an https address, or an http address of a server of your own',
    standard: standardRoot,
    help: 'Bot API server.',
    secret: false,
    schema: z
      .string()
      .refine(isApiRoot)
      .transform((text) => text.replace(/(?<!\/)\/+$/, '')),
  }),
  webhook: setting({
    name: 'TELEGRAM_WEBHOOK_URL',
    takes: `an https address (http on this machine); its path ends with ${webhookPath}, which is added where there is none`,
    standard: 'none: the assistant asks Telegram for messages (long polling)',
    help: 'Address at which Telegram reaches the web server, to bring messages by itself.',
    secret: false,
    schema: z
      .string()
      .refine(isWebhookUrl)
      .transform((text) => new URL(text))
      .transform(({ origin, pathname }) => origin + (pathname === '/' ? webhookPath : pathname)),
  }),
  secret: setting({
    name: 'TELEGRAM_WEBHOOK_SECRET',
    takes: '1 to 256 characters of A-Z, a-z, 0-9, _ and -',
    standard: 'made from SECRET_KEY',
    help: 'What Telegram shows with every delivery, so that nobody else can deliver.',
    secret: true,
    schema: z.string().regex(/^[\w-]{1,256}$/),
  }),
} as const;

/** Telegram, by a bot of one's own. On as soon as there is a token. */
export const telegram: Channel = {
  name: telegramChannel,
  settings: Object.values(settings),
  configure(environment) {
    const token = environment.valueOf(settings.token);
    const root = environment.valueOf(settings.root) ?? standardRoot;
    const url = environment.valueOf(settings.webhook);
    const secret = environment.valueOf(settings.secret);
    if (url !== undefined && token === undefined) {
      environment.problem(`${settings.webhook.name} needs ${settings.token.name}.`);
    }
    if (secret !== undefined && url === undefined) {
      environment.problem(`${settings.secret.name} needs ${settings.webhook.name}.`);
    }
    if (token === undefined) return null;
    return async (world) => {
      const { openTelegram } = await import('./telegram.ts');
      const webhook = url === undefined ? null : { url, secret: secret ?? world.secret(secretPurpose) };
      return openTelegram({ token, root, webhook }, world);
    };
  },
};
