import type { BinaryNode, proto } from '@whiskeysockets/baileys';
import type { Bundle } from './device-keys.ts';
import type { LinkedDevice } from './linked-device.ts';
import type { Phone } from './phone.ts';

/** Something from a linked device that reaches a phone, encrypted for it. */
export interface Arrival {
  readonly id: string;
  readonly from: LinkedDevice;
  /** The address that it was sent to: the phone's number, its LID, or a group. */
  readonly to: string;
  /** What this phone can decrypt, in this order: in a group first the key, then the message. */
  readonly encrypted: readonly BinaryNode[];
  /** `peer` where a device talks to its own phone about the account. */
  readonly category: string | undefined;
  /** To be called as soon as it is decrypted, before anyone sees it: phones say first that it arrived. */
  readonly decrypted: () => void;
}

/** A linked device could not read what a phone sent, and asks for it once more. */
export interface Request {
  readonly id: string;
  readonly from: LinkedDevice;
  /** 1 for the first time. */
  readonly count: number;
  /** What a new session is made of, which comes with the second request. */
  readonly bundle: Bundle | null;
}

/** What a linked device lets someone see beside messages. */
export type Sign =
  | { readonly sign: 'read' | 'played'; readonly ids: readonly string[] }
  | { readonly sign: 'typing'; readonly state: string };

/** Someone with a phone on the platform. */
export interface Subscriber {
  readonly phone: Phone;
  /** Takes what arrives. True when it could be decrypted. */
  take(arrival: Arrival): Promise<boolean>;
  sendAgain(request: Request): Promise<void>;
  see(sign: Sign): void;
  /** What this phone said under an id. */
  said(id: string): proto.IMessage | undefined;
}
