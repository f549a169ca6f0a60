import { Redis } from 'ioredis';
import { z } from 'zod';

/** Somebody who reads along what a Redis is told, and looks at what lies in it. */
export interface Onlooker {
  /** Every argument of every command so far. */
  readonly commands: readonly string[];
  /** All keys, and all that is in them. */
  everything(): Promise<readonly string[]>;
  leave(): void;
}

export async function onlookerAt(url: string): Promise<Onlooker> {
  const client = new Redis(url);
  const monitor = await new Redis(url).monitor();
  const commands: string[] = [];
  monitor.on('monitor', (_time: string, args: readonly string[]) => commands.push(...args));
  return {
    commands,
    async everything() {
      const lines: string[] = [];
      for await (const keys of client.scanStream({ count: 1_000 })) {
        for (const key of z.array(z.string()).parse(keys)) lines.push(key, ...(await valuesOf(client, key)));
      }
      return lines;
    },
    leave() {
      client.disconnect();
      monitor.disconnect();
    },
  };
}

/** The values of a key of whatever type, and the names in it. */
export async function valuesOf(client: Redis, key: string): Promise<readonly string[]> {
  switch (await client.type(key)) {
    case 'string':
      return [(await client.get(key)) ?? ''];
    case 'list':
      return client.lrange(key, 0, -1);
    case 'set':
      return client.smembers(key);
    case 'hash':
      return Object.entries(await client.hgetall(key)).flat();
    case 'zset':
      return client.zrange(key, '0', '-1', 'WITHSCORES');
    case 'stream':
      return [JSON.stringify(await client.xrange(key, '-', '+'))];
    case 'none':
      // Its time was over.
      return [];
    default:
      throw new Error(`${key} is of a type that nobody looks into.`);
  }
}

/** `+6284000001000`, and what else people and programs make of it. */
export function waysToWrite(phone: string): readonly string[] {
  const local = phone.replace(/^\+62/, '');
  return [phone, `62${local}`, `0${local}`];
}

/** The lines of a text that say something, and the amounts in it as they stand and as plain numbers. */
export function partsOf(text: string): readonly string[] {
  const lines = text.split('\n').filter((line) => line.length >= 12);
  const amounts = [...text.matchAll(/Rp\s?([\d.]{7,})/g)].map(([, amount = '']) => amount.replace(/\.$/, ''));
  return [...lines, ...amounts, ...amounts.map((amount) => amount.replaceAll('.', ''))];
}

/**
 * The codes that can be looked for in what Redis is told. One of a thousand codes ends as times in milliseconds do, and
 * the 900000 that a key lives would be taken for it.
 */
export function unlikeTimes(codes: readonly string[]): readonly string[] {
  return codes.filter((code) => !code.endsWith('000'));
}

/** The secrets that are in the text, as they are or as base64. Digits count only where no more of them stand around. */
export function found(secrets: readonly string[], text: string): readonly string[] {
  const decoded = [...text.matchAll(/[\w+/-]{8,}/g)].map(([run]) => Buffer.from(run, 'base64').toString());
  const all = `${text}\n${decoded.join('\n')}`.toLowerCase();
  return [...new Set(secrets)].filter((secret) => {
    const literal = secret.toLowerCase().replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    return new RegExp(/^\d+$/.test(secret) ? `(?<!\\d)${literal}(?!\\d)` : literal).test(all);
  });
}
