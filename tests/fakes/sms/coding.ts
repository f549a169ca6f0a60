import { gsm7Text } from './gsm7.ts';

/** How a text is put into octets. */
export type Coding = 'gsm7' | 'latin1' | 'ucs2' | 'octets';

/** What SMPP's `data_coding` calls them. */
export const dataCodings = { gsm7: 0, ucs2: 8 } as const;

/** The coding that a `data_coding` stands for. */
export function codingOf(dataCoding: number): Coding {
  if (dataCoding === dataCodings.gsm7) return 'gsm7';
  if (dataCoding === dataCodings.ucs2) return 'ucs2';
  return dataCoding === 3 ? 'latin1' : 'octets';
}

/** The text in these octets; what is no text, in hexadecimal digits. */
export function textIn(octets: Buffer, coding: Coding): string {
  if (coding === 'gsm7') return gsm7Text(octets);
  if (coding === 'latin1') return octets.toString('latin1');
  if (coding === 'ucs2') return Buffer.from(octets).swap16().toString('utf16le');
  return octets.toString('hex');
}
