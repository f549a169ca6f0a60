import {
  type AuthenticationCreds,
  BufferJSON,
  initAuthCreds,
  makeCacheableSignalKeyStore,
  proto,
  type SignalDataTypeMap,
  type SignalKeyStore,
} from '@whiskeysockets/baileys';
import { z } from 'zod';
import { type Change, type Keep, KeptIsUnreadable } from '../owning.ts';
import { KeyCache } from './key-cache.ts';
import { silentLogger } from './logger.ts';

/** Where the identity of this device is kept: one value in a table of its own. The keys have a table for each type. */
const credsTable = 'creds';
const credsKey = 'creds';

/**
 * What this device is on WhatsApp, and the keys of everybody it has spoken with, for one connection: the keys that were
 * read or written lately are held in memory, so no two may be open at a time.
 */
export interface AuthState {
  readonly creds: AuthenticationCreds;
  readonly keys: SignalKeyStore;
  /** Keeps the creds as they are now; resolves when they are, or cannot be. */
  saveCreds(): Promise<void>;
  /** Nothing is read or written any more; resolves when what was under way is done. */
  close(): Promise<void>;
}

/**
 * Opens what is kept. Where there is nothing yet, it is a new device; what cannot be read rejects with
 * {@link KeptIsUnreadable} and is never taken for nothing.
 *
 * `failed` is told, before anybody else, when something could not be read or kept: the connection must end then, before
 * it tells WhatsApp that a message has arrived. What it holds in memory is not what is kept any more.
 */
export async function openAuthState(keep: Keep, failed: (error: unknown) => void): Promise<AuthState> {
  const [stored] = await keep.read(credsTable, [credsKey]);
  const creds = typeof stored === 'string' ? readCreds(stored) : initAuthCreds();
  // A device that was about to be linked by a code has a number, but no account: it would be turned away.
  if (!isLinked(creds)) delete creds.me;

  let closed = false;
  const underWay = new Set<Promise<unknown>>();
  async function guarded<Value>(step: () => Promise<Value>): Promise<Value> {
    if (closed) throw new Error('This connection is over');
    const doing = step().catch((error: unknown) => {
      failed(error);
      throw error;
    });
    const done = doing.catch(() => undefined);
    underWay.add(done);
    await done;
    underWay.delete(done);
    return doing;
  }

  let unsaved = false;
  let saving: Promise<void> | null = null;
  async function saveAll(): Promise<void> {
    try {
      while (unsaved) {
        unsaved = false;
        const value = JSON.stringify(creds, BufferJSON.replacer);
        await guarded(() => keep.write([{ table: credsTable, key: credsKey, value }]));
      }
    } catch {
      // `failed` has been told.
    } finally {
      saving = null;
    }
  }

  const keys: SignalKeyStore = {
    async get(type, ids) {
      const values = await guarded(() => keep.read(type, ids));
      return Object.fromEntries(
        ids.flatMap((id, nth) => {
          const value = values[nth];
          return typeof value === 'string' ? [[id, readKey(type, value)]] : [];
        }),
      );
    },
    async set(data) {
      const changes: Change[] = Object.entries(data).flatMap(([table, values]) =>
        Object.entries(values).map(([key, value]: [string, unknown]) => ({
          table,
          key,
          value: value === null || value === undefined ? null : JSON.stringify(value, BufferJSON.replacer),
        })),
      );
      // Baileys calls once for each of its transactions: what belongs together is kept together.
      if (changes.length > 0) await guarded(() => keep.write(changes));
    },
  };

  return {
    creds,
    keys: makeCacheableSignalKeyStore(keys, silentLogger, new KeyCache()),
    saveCreds() {
      unsaved = true;
      saving ??= saveAll();
      return saving;
    },
    async close() {
      await saving;
      closed = true;
      await Promise.all(underWay);
    },
  };
}

/** True for a device that an account has taken in. */
export function isLinked(creds: AuthenticationCreds): boolean {
  return creds.account !== undefined;
}

const bytes = z.instanceof(Uint8Array);
const pair = z.looseObject({ public: bytes, private: bytes });
const credsShape = z.looseObject({
  noiseKey: pair,
  pairingEphemeralKeyPair: pair,
  signedIdentityKey: pair,
  signedPreKey: z.looseObject({ keyPair: pair, signature: bytes, keyId: z.number() }),
  registrationId: z.number(),
  advSecretKey: z.string(),
  nextPreKeyId: z.number(),
  firstUnuploadedPreKeyId: z.number(),
});
const credsSchema = z.custom<AuthenticationCreds>((value) => credsShape.safeParse(value).success);

function readCreds(text: string): AuthenticationCreds {
  try {
    return credsSchema.parse(JSON.parse(text, BufferJSON.reviver));
  } catch (cause) {
    throw new KeptIsUnreadable('The identity of the WhatsApp device cannot be read', { cause });
  }
}

/** What was kept under this type: it is sealed, so that it can only be what was once written there. */
function readKey<Type extends keyof SignalDataTypeMap>(type: Type, text: string): SignalDataTypeMap[Type] {
  const value: unknown = JSON.parse(text, BufferJSON.reviver);
  const shape = z.custom<SignalDataTypeMap[Type]>();
  if (type !== 'app-state-sync-key') return shape.parse(value);
  const plain = z.record(z.string(), z.unknown()).parse(value);
  return shape.parse(proto.Message.AppStateSyncKeyData.fromObject(plain));
}
