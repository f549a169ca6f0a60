import { randomBytes } from 'node:crypto';
import { jidDecode, jidEncode } from '@whiskeysockets/baileys';

/** The digits of a phone number, however it is written. */
export function digitsOf(phone: string): string {
  const digits = phone.replace(/\D/g, '');
  if (digits === '') throw new Error('A phone number has digits.');
  return digits;
}

/** The address of a phone number; with a device other than 0 (the phone itself), that of the device. */
export function phoneAddress(digits: string, device = 0): string {
  return jidEncode(digits, 's.whatsapp.net', device);
}

/** The address that hides the phone number; with a device other than 0, that of the device. */
export function hiddenAddress(lid: string, device = 0): string {
  return jidEncode(lid, 'lid', device);
}

/** Whom an address means: its digits, and whether they are a phone number, a LID or a group. */
export function whoIs(address: string): { readonly user: string; readonly server: string; readonly device: number } {
  const decoded = jidDecode(address);
  if (!decoded) throw new Error('This is no address.');
  return { user: decoded.user, server: decoded.server, device: decoded.device ?? 0 };
}

/** An id as a phone gives it to its messages: `3A` and 18 hexadecimal digits. */
export function newMessageId(): string {
  return `3A${randomBytes(9).toString('hex').toUpperCase()}`;
}
