import { type Answer, answer } from '../answer.ts';
import type { Speech } from '../speech.ts';

/**
 * How people were told to register with the SMS service 2757, and still find it written: `DAFTAR SALDO#NIK#NAMA#TGL-LAHIR#NO
 * PESERTA`, the same without the name or with an e-mail address, `REG#NOKPJ#DDMMYY#NAMA IBU`.
 */
const format = /^\W{0,3}(daftar|reg|registrasi)\b[^#*]{0,20}[#*]/i;

export function isOldRegistration(text: string): boolean {
  return format.test(text);
}

/**
 * member:    DAFTAR SALDO#3175…#BUDI#01-01-1990#99012345678
 * assistant: Tidak perlu mendaftar. Jangan kirim NIK, tanggal lahir atau nama ibu lewat SMS … Kirim saja SALDO …
 *
 * Nothing of what was sent is used.
 */
export function oldRegistrationAnswer(speech: Speech): Answer {
  return {
    ...answer(speech.text('old_registration'), ['balance', 'menu']),
    short: speech.text('short.old_registration'),
  };
}
