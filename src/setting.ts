import { z } from 'zod';

/** One environment variable that the program reads. */
export interface Setting<Value> {
  readonly name: string;
  /** What it takes, in words that can follow "takes". */
  readonly takes: string;
  /** What holds when it is not set, in words. */
  readonly standard: string;
  /** What it is for, in one line. */
  readonly help: string;
  /** True when its value must never be shown. */
  readonly secret: boolean;
  readonly schema: z.ZodType<Value, string>;
}

export function setting<Value>(shape: Setting<Value>): Setting<Value> {
  return shape;
}

/** The environment, as what is set by it reads it. A variable that is empty counts as not set. */
export interface Environment {
  /** Undefined when it is not set, or cannot be used: then that is a problem already told. */
  valueOf<Value>(setting: Setting<Value>): Value | undefined;
  /** Values that do not fit each other: one line for the person who starts the program, without a secret value. */
  problem(line: string): void;
}

/** For `refine`: whether a text is an address with one of these protocols, each with its colon. */
export function isUrlOf(protocols: readonly string[]): (text: string) => boolean {
  return (text) => protocols.includes(URL.parse(text)?.protocol ?? '');
}

export const portNumber = z.string().regex(/^\d+$/).transform(Number).pipe(z.number().max(65_535));

const network = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6(), z.enum(['loopback', 'uniquelocal'])]);

/** IP addresses and networks with commas between. */
export const networks = z
  .string()
  .transform((text) => text.split(',').map((part) => part.trim()))
  .pipe(z.array(network));

/** Names of this machine itself: what is sent to them by http leaves no machine. */
export const ownNames: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** What a process can do. One does all of it where nothing else is said. */
export const roles = ['web', 'worker'] as const;
export type Role = (typeof roles)[number];

/** Settings of the program that channels look at, too. */
export const shared = {
  PORT: setting({
    name: 'PORT',
    takes: 'a whole number from 0 to 65535',
    standard: '3000',
    help: 'Port that the web page is served at; 0 for any free one.',
    secret: false,
    schema: portNumber,
  }),
  ROLES: setting({
    name: 'ROLES',
    takes: `${roles.join(' and ')}, or one of them`,
    standard: 'all of them',
    help: 'What this process does: web serves the page, worker answers messages and sends codes. Needs REDIS_URL.',
    secret: false,
    schema: z
      .string()
      .transform((text) => text.split(',').map((part) => part.trim()))
      .pipe(z.array(z.enum(roles)).min(1)),
  }),
} as const;

export const standardPort = 3_000;
