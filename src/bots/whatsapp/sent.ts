import { type CacheStore, proto } from '@whiskeysockets/baileys';
import { z } from 'zod';
import type { DayTables } from './day-tables.ts';

const sentTable = 'sent';
const retriesTable = 'retries';

/** What was said, kept for phones that ask for it again because they could not decrypt it: also after a restart. */
export class SentMessages {
  readonly #days: DayTables;

  constructor(days: DayTables) {
    this.#days = days;
  }

  /** To be called before the message goes. */
  async keep(id: string, message: proto.IMessage): Promise<void> {
    const bytes = proto.Message.encode(message).finish();
    await this.#days.write(sentTable, id, Buffer.from(bytes).toString('base64'));
  }

  /** Undefined for one that is not known: an empty message would be shown as such, and the request would be used up. */
  async find(id: string): Promise<proto.IMessage | undefined> {
    const stored = await this.#days.read(sentTable, id);
    return stored === null ? undefined : proto.Message.decode(Buffer.from(stored, 'base64'));
  }
}

/** How often each message was asked for again, so that nobody can have it sent for ever. */
export class RetryCounts implements CacheStore {
  readonly #days: DayTables;

  constructor(days: DayTables) {
    this.#days = days;
  }

  /** Null where there is no count, though the interface has no word for it. */
  async get<Value>(key: string): Promise<Value> {
    const stored = await this.#days.read(retriesTable, key);
    return z.custom<Value>().parse(JSON.parse(stored ?? 'null'));
  }

  async set(key: string, value: unknown): Promise<void> {
    await this.#days.write(retriesTable, key, JSON.stringify(value));
  }

  async del(key: string): Promise<void> {
    await this.#days.write(retriesTable, key, null);
  }

  /** Never asked for: counts go with their day. */
  flushAll(): void {}
}
