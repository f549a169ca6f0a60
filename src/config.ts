import { isIP } from 'node:net';
import { z } from 'zod';
import type { DatabasePlace } from './backends/postgres/database.ts';
import { type Durability, durabilities } from './backends/redis/durability.ts';
import type { Channel, OpenChannel, World } from './bots/channel.ts';
import { type GatewaySettings, gatewaySettings, readGateway } from './bots/sms/settings.ts';
import { type Reading, read, unreadable } from './core/brand.ts';
import {
  type Environment,
  isUrlOf,
  networks,
  ownNames,
  portNumber,
  type Role,
  roles,
  setting,
  shared,
  standardPort,
} from './setting.ts';

/** The log's levels, from the most talkative to none at all. */
const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const hostName = z.string().refine((text) => isIP(text) !== 0 || /^[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(text));

const onOff = z.enum(['on', 'off']).transform((word) => word === 'on');

/** An address without a path, as browsers write it, without the slash. Http is held against the other settings later. */
const origin = z
  .string()
  .refine((text) => {
    const url = URL.parse(text);
    return url !== null && ['http:', 'https:'].includes(url.protocol) && url.href === `${url.origin}/`;
  })
  .transform((text) => new URL(text).origin);

/** Every setting but those of channels. `docs/operations.md` and `--help` list the same, in the same words. */
export const settings = {
  HOST: setting({
    name: 'HOST',
    takes: 'a host name or an IP address',
    standard: '127.0.0.1',
    help: 'Address that the web page is served at; 0.0.0.0 for all of the machine.',
    secret: false,
    schema: hostName,
  }),
  PORT: shared.PORT,
  PUBLIC_URL: setting({
    name: 'PUBLIC_URL',
    takes: 'an address like https://jamsostek.example, without a path; http only in the demo or for localhost',
    standard: 'in the demo http://localhost:PORT, else none: cards and statements have no QR code',
    help: "Address that members' phones reach the web page at; the QR codes of cards and statements lead there.",
    secret: false,
    schema: origin,
  }),
  DATABASE_URL: setting({
    name: 'DATABASE_URL',
    takes: 'an address like postgres://user:password@host:5432/name',
    standard: 'the embedded database',
    help: 'PostgreSQL server that holds the members.',
    secret: true,
    schema: z.string().refine(isUrlOf(['postgres:', 'postgresql:'])),
  }),
  REDIS_URL: setting({
    name: 'REDIS_URL',
    takes: 'an address like redis://user:password@host:6379, or rediss:// for TLS',
    standard: 'none: conversations are kept in memory, by one process',
    help: 'Redis that conversations, limits and what waits to be sent are kept in, for any number of processes.',
    secret: true,
    schema: z.string().refine(isUrlOf(['redis:', 'rediss:'])),
  }),
  REDIS_CLUSTER: setting({
    name: 'REDIS_CLUSTER',
    takes: 'on or off',
    standard: 'off',
    help: 'Whether REDIS_URL names one node of a Redis Cluster.',
    secret: false,
    schema: onOff,
  }),
  REDIS_DURABILITY: setting({
    name: 'REDIS_DURABILITY',
    takes: durabilities.join(', '),
    standard: 'everysec',
    help: 'What has to survive when Redis crashes: always all, everysec all but a second, none nothing. It is checked.',
    secret: false,
    schema: z.enum(durabilities),
  }),
  SEALING_KEYS_FILE: setting({
    name: 'SEALING_KEYS_FILE',
    takes: 'the path of a file',
    standard: 'none: one key, made from SECRET_KEY',
    help: 'Keys that what is kept in Redis, and by channels on disk, is encrypted with; read again while the program runs.',
    secret: false,
    schema: z.string().refine((text) => !text.includes('\0')),
  }),
  ROLES: shared.ROLES,
  DATA_FOLDER: setting({
    name: 'DATA_FOLDER',
    takes: 'the path of a folder',
    standard: '.data',
    help: 'Folder of the embedded database, of the key that is made for it, of audit entries that wait, and without Redis of what channels keep.',
    secret: false,
    schema: z.string().refine((text) => !text.includes('\0')),
  }),
  DEMO: setting({
    name: 'DEMO',
    takes: 'on or off',
    standard: 'on with the embedded database, off with DATABASE_URL',
    help: 'Invented members to try out; their SMS are shown beside the chat unless SMS_SEND_URL is set.',
    secret: false,
    schema: onOff,
  }),
  SECRET_KEY: setting({
    name: 'SECRET_KEY',
    takes: 'a secret of 32 bytes or more',
    standard: 'made once and kept in DATA_FOLDER; must be set with DATABASE_URL or DEMO=off',
    help: 'What codes and identity numbers are digested with; the same on every server, and never changed.',
    secret: true,
    schema: z.string().refine((text) => Buffer.byteLength(text) >= 32),
  }),
  ...gatewaySettings,
  KEEP_MISSES: setting({
    name: 'KEEP_MISSES',
    takes: 'on or off',
    standard: 'on with the demo, off otherwise',
    help: 'Whether messages that were not understood are kept for 30 days, masked, for whoever writes the example phrases.',
    secret: false,
    schema: onOff,
  }),
  OFFICES_FILE: setting({
    name: 'OFFICES_FILE',
    takes: 'the path of a file',
    standard: 'data/offices.csv of the program',
    help: "The agency's own list of offices, as CSV with the same columns; `npm run offices -- <file>` checks it.",
    secret: false,
    schema: z.string().refine((text) => !text.includes('\0')),
  }),
  LOG_LEVEL: setting({
    name: 'LOG_LEVEL',
    takes: logLevels.join(', '),
    standard: 'info; in a terminal warn',
    help: 'Least level of what is logged, on the error output.',
    secret: false,
    schema: z.enum(logLevels),
  }),
  METRICS_PORT: setting({
    name: 'METRICS_PORT',
    takes: 'a whole number from 0 to 65535',
    standard: 'none: no metrics',
    help: 'Port that metrics for Prometheus are served at, under /metrics; 0 for any free one.',
    secret: false,
    schema: portNumber,
  }),
  METRICS_HOST: setting({
    name: 'METRICS_HOST',
    takes: 'a host name or an IP address',
    standard: '127.0.0.1',
    help: 'Address that metrics are served at; never one that members can reach.',
    secret: false,
    schema: hostName,
  }),
  TRUST_PROXY: setting({
    name: 'TRUST_PROXY',
    takes: 'off, or IP addresses and networks with commas between; loopback and uniquelocal are networks, too',
    standard: 'off',
    help: 'Proxies in front that are believed about where a visitor comes from (X-Forwarded-For).',
    secret: false,
    schema: z
      .literal('off')
      .transform(() => [])
      .or(networks),
  }),
} as const;

/** The settings, read and found to fit each other. */
export interface Config {
  readonly host: string;
  readonly port: number;
  /** Where phones reach the web page, without a slash at the end; null where they do not. */
  readonly publicUrl: string | null;
  readonly database: DatabasePlace;
  /** Where what is to outlive the process is kept, but for what is kept on servers. */
  readonly dataFolder: string;
  /** Null when conversations are kept in memory. */
  readonly redis: { readonly url: string; readonly cluster: boolean } | null;
  readonly durability: Durability;
  /** Null when texts are sealed with a key made from the secret key. */
  readonly sealingKeysFile: string | null;
  readonly roles: readonly Role[];
  readonly demo: boolean;
  /** Null when it is the program's to make: kept in the folder, or for this run alone. */
  readonly secretKey: string | null;
  /** What SMS are sent through; null when they are shown on the screen. */
  readonly sms: GatewaySettings | null;
  /** Whether messages that were not understood are kept, masked. */
  readonly keepMisses: boolean;
  /** Null when the offices are those that come with the program. */
  readonly officesFile: string | null;
  readonly logLevel: LogLevel;
  /** Where metrics are served; null when they are not. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** Addresses and networks of the proxies in front; none is none. */
  readonly proxies: readonly string[];
  /** The channels that are switched on, beside the web page. */
  readonly channels: readonly ConfiguredChannel[];
}

/** A channel as it is set, ready to be opened. */
export interface ConfiguredChannel {
  readonly name: string;
  readonly open: (world: World) => Promise<OpenChannel>;
}

/** What depends on how the program is run. */
export interface Circumstances {
  /** Where members are kept when the environment names neither a server nor a folder. */
  readonly database: 'folder' | 'memory';
  readonly logLevel: LogLevel;
}

/**
 * Reads the environment, for these channels too. The problem is one line for the person who starts the program: it names the setting and what
 * it takes, and never shows the value of a secret one. A variable that is empty counts as not set.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  circumstances: Circumstances,
  channels: readonly Channel[] = [],
): Reading<Config, string> {
  const problems: string[] = [];
  const valueOf: Environment['valueOf'] = ({ name, schema, secret, takes }) => {
    const text = env[name];
    if (text === undefined || text === '') return undefined;
    const parsed = schema.safeParse(text);
    if (parsed.success) return parsed.data;
    const shown = secret ? '' : `, not ${JSON.stringify(text.slice(0, 40))}`;
    problems.push(`${name} takes ${takes}${shown}.`);
    return undefined;
  };

  const host = valueOf(settings.HOST) ?? '127.0.0.1';
  const port = valueOf(settings.PORT) ?? standardPort;
  const publicUrl = valueOf(settings.PUBLIC_URL);
  const url = valueOf(settings.DATABASE_URL);
  const redisUrl = valueOf(settings.REDIS_URL);
  const cluster = valueOf(settings.REDIS_CLUSTER) ?? false;
  const durability = valueOf(settings.REDIS_DURABILITY) ?? 'everysec';
  const sealingKeysFile = valueOf(settings.SEALING_KEYS_FILE) ?? null;
  const asked = valueOf(settings.ROLES);
  const folder = valueOf(settings.DATA_FOLDER);
  const demo = valueOf(settings.DEMO) ?? url === undefined;
  const secretKey = valueOf(settings.SECRET_KEY) ?? null;
  const environment: Environment = { valueOf, problem: (line) => problems.push(line) };
  const sms = readGateway(environment);
  const keepMisses = valueOf(settings.KEEP_MISSES) ?? demo;
  const officesFile = valueOf(settings.OFFICES_FILE) ?? null;
  const logLevel = valueOf(settings.LOG_LEVEL) ?? circumstances.logLevel;
  const metricsPort = valueOf(settings.METRICS_PORT);
  const metricsHost = valueOf(settings.METRICS_HOST) ?? '127.0.0.1';
  const trusted = valueOf(settings.TRUST_PROXY) ?? [];

  if (!secretKey && (url !== undefined || !demo)) {
    const why = url === undefined ? 'DEMO=off' : 'DATABASE_URL';
    problems.push(`SECRET_KEY must be set with ${why}: it takes ${settings.SECRET_KEY.takes}.`);
  }
  if (!sms && !demo) {
    problems.push(`SMS_SEND_URL must be set with DEMO=off: it takes ${settings.SMS_SEND_URL.takes}.`);
  }

  if (publicUrl !== undefined && !demo && !isSafe(publicUrl)) {
    problems.push('PUBLIC_URL must begin with https:// with DEMO=off, but for localhost.');
  }

  if (asked !== undefined && redisUrl === undefined) {
    problems.push('ROLES needs REDIS_URL: a process alone does everything.');
  }

  const switchedOn = channels.flatMap((channel): ConfiguredChannel[] => {
    const { name } = channel;
    const open = channel.configure(environment);
    return open ? [{ name, open }] : [];
  });

  const [problem] = problems;
  if (problem !== undefined) return unreadable(problem);
  return read({
    host,
    port,
    publicUrl: publicUrl ?? (demo && (asked ?? roles).includes('web') ? ownAddress(port) : null),
    database: databasePlace(url, folder, circumstances),
    dataFolder: folder ?? standardFolder,
    redis: redisUrl === undefined ? null : { url: redisUrl, cluster },
    durability,
    sealingKeysFile,
    roles: asked ?? roles,
    demo,
    secretKey,
    sms,
    keepMisses,
    officesFile,
    logLevel,
    metrics: metricsPort === undefined ? null : { host: metricsHost, port: metricsPort },
    proxies: trusted,
    channels: switchedOn,
  });
}

function isSafe(publicUrl: string): boolean {
  const { protocol, hostname } = new URL(publicUrl);
  return protocol === 'https:' || ownNames.has(hostname);
}

/** Of any free port nobody knows the address before it is taken. */
function ownAddress(port: number): string | null {
  return port === 0 ? null : `http://localhost:${port}`;
}

const standardFolder = '.data';

function databasePlace(url: string | undefined, folder: string | undefined, run: Circumstances): DatabasePlace {
  if (url !== undefined) return { kind: 'server', url };
  if (folder === undefined && run.database === 'memory') return { kind: 'memory' };
  return { kind: 'folder', path: folder ?? standardFolder };
}
