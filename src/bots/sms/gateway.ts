import type { Phone } from '../../core/jamsostek/phone.ts';
import type { SendResult } from '../../core/sending.ts';
import type { Instant } from '../../core/time.ts';
import type { DeliveryState } from '../progress.ts';

/** One text on its way to a telephone. */
export interface OutgoingSms {
  readonly to: Phone;
  /** In the GSM-7 alphabet, so that 160 characters are one part and 153 each part of more. */
  readonly text: string;
  /** What the gateway names it by when it reports what became of it. Opaque. */
  readonly reference: string;
  /** How long it is worth anything, in milliseconds: after that it must not be delivered any more. */
  readonly validFor: number;
}

/** One text from a telephone, as a gateway brings it. */
export interface IncomingSms {
  /** The gateway's own id of it, the same each time that it brings it again; null where it gives none. */
  readonly id: string | null;
  /** As the gateway writes it: with or without `+`, or no number at all. */
  readonly from: string;
  /** Joined from its parts. */
  readonly text: string;
  /** When the gateway took it; null where it does not say. */
  readonly at: Instant | null;
}

export interface DeliveryReport {
  readonly reference: string;
  readonly state: DeliveryState;
}

/** What a gateway asks of us over HTTP. */
export interface GatewayRequest {
  readonly query: Readonly<Record<string, string>>;
  /** Empty where there is none. */
  readonly body: string;
  /** As the header says, with what follows the `;`; empty where there is none. */
  readonly contentType: string;
}

/** A way to telephones and back. */
export interface Gateway {
  /** Resolves when the gateway has taken it, or says why it has not. Never throws. */
  send(sms: OutgoingSms): Promise<SendResult>;
  /** The text that a request brings; null for what cannot be read, and is not going to be. */
  message(request: GatewayRequest): IncomingSms | null;
  /** What a request reports; null as above. */
  report(request: GatewayRequest): DeliveryReport | null;
}
