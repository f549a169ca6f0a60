import { z } from 'zod';
import { type Environment, isUrlOf, networks, ownNames, setting, shared, standardPort } from '../../setting.ts';

/** An address with both placeholders after the host, or with neither, and then with nothing behind the path. */
function isSendUrl(text: string): boolean {
  return isTemplate(text) || (isAddress(text) && !/[{}]/.test(text));
}

function isTemplate(text: string): boolean {
  const url = URL.parse(text.replace('{to}', 'TO').replace('{text}', 'TEXT'));
  if (!url || !['http:', 'https:'].includes(url.protocol)) return false;
  const place = url.pathname + url.search;
  return place.includes('TO') && place.includes('TEXT');
}

/** No name, no password, nothing behind the path. */
function isAddress(text: string): boolean {
  const url = URL.parse(text);
  if (!url || !isUrlOf(['http:', 'https:'])(text)) return false;
  return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
}

/** What stands in a header as it is. */
const word = z.string().regex(/^[\x21-\x7e]{1,64}$/);

/** How texts are sent: codes with any channel, and answers with this one. */
export const gatewaySettings = {
  SMS_SEND_URL: setting({
    name: 'SMS_SEND_URL',
    takes: "the http or https address of Kannel's sendsms, or any with {to} and {text} after the host",
    standard: 'none; must be set with DEMO=off',
    help: 'SMS gateway that one-time codes, and answers by SMS, are sent through: Kannel by POST, others by GET.',
    secret: true,
    schema: z.string().refine(isSendUrl),
  }),
  SMS_USERNAME: setting({
    name: 'SMS_USERNAME',
    takes: '1 to 64 characters without spaces',
    standard: 'none; must be set with the address of Kannel',
    help: "Name of one of Kannel's sendsms-users.",
    secret: false,
    schema: word,
  }),
  SMS_PASSWORD: setting({
    name: 'SMS_PASSWORD',
    takes: '1 to 64 characters without spaces',
    standard: 'none; must be set with the address of Kannel',
    help: 'Its password.',
    secret: true,
    schema: word,
  }),
  SMS_SENDER: setting({
    name: 'SMS_SENDER',
    takes: 'up to 16 digits, with or without +, or up to 11 letters and digits',
    standard: "Kannel's own",
    help: 'Number or name that texts come from; a name cannot be answered.',
    secret: false,
    schema: z.string().regex(/^(?:\+?\d{2,16}|[A-Za-z\d]{1,11})$/),
  }),
} as const;

/** How texts come in. */
export const webhookSettings = {
  SMS_WEBHOOK_SECRET: setting({
    name: 'SMS_WEBHOOK_SECRET',
    takes: '16 to 256 characters of A-Z, a-z, 0-9, _ and -',
    standard: 'none: nobody is answered by SMS',
    help: 'What the gateway shows with every text that it brings, so that nobody else can. Needs SMS_SEND_URL.',
    secret: true,
    schema: z.string().regex(/^[\w-]{16,256}$/),
  }),
  SMS_WEBHOOK_FROM: setting({
    name: 'SMS_WEBHOOK_FROM',
    takes: 'IP addresses and networks with commas between; loopback and uniquelocal are networks, too',
    standard: 'loopback',
    help: 'Where the gateway calls from: nobody else is listened to.',
    secret: false,
    schema: networks,
  }),
  SMS_WEBHOOK_URL: setting({
    name: 'SMS_WEBHOOK_URL',
    takes: 'an http or https address, without what follows the path',
    standard: 'http://127.0.0.1:PORT with Kannel on this machine and ROLES with web, else none: no delivery reports',
    help: 'Address at which the gateway reaches the web server, to report what became of a text.',
    secret: false,
    schema: z
      .string()
      .refine(isAddress)
      .transform((text) => text.replace(/(?<!\/)\/+$/, '')),
  }),
  SMS_DAILY_PARTS: setting({
    name: 'SMS_DAILY_PARTS',
    takes: 'a whole number from 1 to 1000000',
    standard: '10000',
    help: 'Most parts that answers by SMS may have in 24 hours, all together; codes are not counted.',
    secret: false,
    schema: z.string().regex(/^\d+$/).transform(Number).pipe(z.number().min(1).max(1_000_000)),
  }),
} as const;

/** The gateway that texts are sent through. */
export type GatewaySettings =
  | { readonly kind: 'template'; readonly url: string }
  | {
      readonly kind: 'kannel';
      readonly url: string;
      readonly username: string;
      readonly password: string;
      /** Number or name; null for Kannel's own. */
      readonly sender: string | null;
      /** Where it is to report what becomes of a text, and what it shows there; null for nowhere. */
      readonly reports: { readonly url: string; readonly secret: string } | null;
    };

/** What the channel is set to. */
export interface WebhookSettings {
  readonly secret: string;
  /** Addresses and networks, `loopback` and `uniquelocal` among them. */
  readonly from: readonly string[];
  readonly dailyParts: number;
}

/** Null when there is none, or when its settings do not fit each other: then that is a problem already told. */
export function readGateway(environment: Environment): GatewaySettings | null {
  const { SMS_SEND_URL, SMS_USERNAME, SMS_PASSWORD, SMS_SENDER } = gatewaySettings;
  const url = environment.valueOf(SMS_SEND_URL);
  const username = environment.valueOf(SMS_USERNAME);
  const password = environment.valueOf(SMS_PASSWORD);
  const sender = environment.valueOf(SMS_SENDER);
  if (url === undefined || isTemplate(url)) {
    for (const { name } of [SMS_USERNAME, SMS_PASSWORD, SMS_SENDER]) {
      const isSet = { [SMS_USERNAME.name]: username, [SMS_PASSWORD.name]: password, [SMS_SENDER.name]: sender }[name];
      if (isSet !== undefined)
        environment.problem(`${name} is for Kannel: it needs an ${SMS_SEND_URL.name} without {to} and {text}.`);
    }
    return url === undefined ? null : { kind: 'template', url };
  }
  if (username === undefined || password === undefined) {
    environment.problem(
      `${SMS_SEND_URL.name} without {to} and {text} is Kannel's: it needs ${SMS_USERNAME.name} and ${SMS_PASSWORD.name}.`,
    );
    return null;
  }
  return { kind: 'kannel', url, username, password, sender: sender ?? null, reports: readReports(environment, url) };
}

function readReports(environment: Environment, gateway: string): { url: string; secret: string } | null {
  const secret = environment.valueOf(webhookSettings.SMS_WEBHOOK_SECRET);
  const url = environment.valueOf(webhookSettings.SMS_WEBHOOK_URL) ?? ownAddress(environment, gateway);
  return secret === undefined || url === null ? null : { url, secret };
}

/** This process as a gateway on the same machine reaches it; null where it does not, or at a port that nobody knows yet. */
function ownAddress(environment: Environment, gateway: string): string | null {
  const port = environment.valueOf(shared.PORT) ?? standardPort;
  const serves = environment.valueOf(shared.ROLES)?.includes('web') ?? true;
  return serves && port !== 0 && ownNames.has(new URL(gateway).hostname) ? `http://127.0.0.1:${port}` : null;
}

/** Null when the channel is off. */
export function readWebhook(environment: Environment): WebhookSettings | null {
  const { SMS_WEBHOOK_SECRET, SMS_WEBHOOK_FROM, SMS_WEBHOOK_URL, SMS_DAILY_PARTS } = webhookSettings;
  const secret = environment.valueOf(SMS_WEBHOOK_SECRET);
  const from = environment.valueOf(SMS_WEBHOOK_FROM);
  const url = environment.valueOf(SMS_WEBHOOK_URL);
  const dailyParts = environment.valueOf(SMS_DAILY_PARTS);
  if (secret === undefined) {
    const needing = [
      [SMS_WEBHOOK_FROM, from],
      [SMS_WEBHOOK_URL, url],
      [SMS_DAILY_PARTS, dailyParts],
    ] as const;
    for (const [{ name }, value] of needing) {
      if (value !== undefined) environment.problem(`${name} needs ${SMS_WEBHOOK_SECRET.name}.`);
    }
    return null;
  }
  return { secret, from: from ?? ['loopback'], dailyParts: dailyParts ?? standardDailyParts };
}

const standardDailyParts = 10_000;
