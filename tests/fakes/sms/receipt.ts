import type { DeliverFields } from 'smpp';
import type { Submission } from './submission.ts';

/** What became of a message, as receipts call it. */
export type Report = 'DELIVRD' | 'UNDELIV' | 'EXPIRED' | 'REJECTD';

const messageStates: Readonly<Record<Report, number>> = { DELIVRD: 2, EXPIRED: 3, UNDELIV: 5, REJECTD: 8 };

/** `esm_class` of a receipt. */
const isReceipt = 0x04;

/** A delivery receipt for the submission, in the words that operators have agreed on. */
export function receiptFor({ id, from, to, at }: Submission, report: Report, now: number): DeliverFields {
  const delivered = report === 'DELIVRD' ? '001' : '000';
  const dates = `submit date:${minute(at)} done date:${minute(now)}`;
  return {
    source_addr_ton: 1,
    source_addr_npi: 1,
    source_addr: to.replace('+', ''),
    destination_addr: from,
    esm_class: isReceipt,
    data_coding: 0,
    short_message: Buffer.from(`id:${id} sub:001 dlvrd:${delivered} ${dates} stat:${report} err:000 text:`),
    receipted_message_id: id,
    message_state: messageStates[report],
  };
}

/** YYMMDDhhmm. */
function minute(at: number): string {
  return new Date(at).toISOString().replaceAll(/\D/g, '').slice(2, 12);
}
