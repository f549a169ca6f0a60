import type { SubmitPdu } from 'smpp';
import { codingOf, textIn } from './coding.ts';
import { opened, type Part } from './parts.ts';

/** One message that a gateway hands to the operator: a text or a part of one. */
export interface Submission extends Part {
  /** The operator's number for it. */
  readonly id: string;
  readonly from: string;
  /** The telephone's number, as the gateway wrote it. */
  readonly to: string;
  /** Of this message alone. */
  readonly text: string;
  readonly wantsReceipt: boolean;
  /** After which it is not worth anything; null when that was not said. */
  readonly expires: Date | null;
  /** In milliseconds since 1970. */
  readonly at: number;
}

/** Reads a submission from the fields of SMPP. */
export function submissionIn(pdu: SubmitPdu, id: string, at: number): Submission {
  const { place, octets } = opened(pdu.short_message, pdu.esm_class);
  const coding = codingOf(pdu.data_coding);
  return {
    id,
    from: pdu.source_addr,
    to: pdu.destination_addr,
    coding,
    place,
    octets,
    text: textIn(octets, coding),
    wantsReceipt: (pdu.registered_delivery & 3) === 1,
    expires: pdu.validity_period instanceof Date ? pdu.validity_period : null,
    at,
  };
}
