import type { SignalDataSet, SignalDataTypeMap, SignalKeyStore, SocketConfig } from '@whiskeysockets/baileys';

type Stored = { readonly [Type in keyof SignalDataTypeMap]: Map<string, SignalDataTypeMap[Type]> };

/** The keys and sessions of one Signal identity, in memory. */
export class MemoryKeys implements SignalKeyStore {
  readonly stored: Stored = {
    'pre-key': new Map(),
    session: new Map(),
    'sender-key': new Map(),
    'sender-key-memory': new Map(),
    'app-state-sync-key': new Map(),
    'app-state-sync-version': new Map(),
    'lid-mapping': new Map(),
    'device-list': new Map(),
    tctoken: new Map(),
    'identity-key': new Map(),
  };

  get<Type extends keyof SignalDataTypeMap>(type: Type, ids: string[]): Record<string, SignalDataTypeMap[Type]> {
    const kept: Map<string, SignalDataTypeMap[Type]> = this.stored[type];
    const found: Record<string, SignalDataTypeMap[Type]> = {};
    for (const id of ids) {
      const value = kept.get(id);
      if (value !== undefined) found[id] = value;
    }
    return found;
  }

  set(changes: SignalDataSet): void {
    this.#apply('pre-key', changes['pre-key']);
    this.#apply('session', changes.session);
    this.#apply('sender-key', changes['sender-key']);
    this.#apply('sender-key-memory', changes['sender-key-memory']);
    this.#apply('app-state-sync-key', changes['app-state-sync-key']);
    this.#apply('app-state-sync-version', changes['app-state-sync-version']);
    this.#apply('lid-mapping', changes['lid-mapping']);
    this.#apply('device-list', changes['device-list']);
    this.#apply('tctoken', changes.tctoken);
    this.#apply('identity-key', changes['identity-key']);
  }

  #apply<Type extends keyof SignalDataTypeMap>(type: Type, changes: SignalDataSet[Type]): void {
    const kept: Map<string, SignalDataTypeMap[Type]> = this.stored[type];
    const changed: Record<string, SignalDataTypeMap[Type] | null> | undefined = changes;
    for (const [id, value] of Object.entries(changed ?? {})) {
      if (value === null) kept.delete(id);
      else kept.set(id, value);
    }
  }
}

/** A logger that says nothing. */
export const silence: SocketConfig['logger'] = {
  level: 'silent',
  child: () => silence,
  trace: () => undefined,
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};
