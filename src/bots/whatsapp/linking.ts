import { renderUnicodeCompact } from 'uqr';

const where = 'On the phone that owns the number, open WhatsApp: Settings, Linked devices, Link a device';

/** The code that the phone scans, with how to. Each is good for some seconds; the next one comes by itself. */
export function qrScreen(qr: string): string {
  return [`${where}.`, 'Scan this code; a new one follows when it has run out.', renderUnicodeCompact(qr)].join('\n');
}

/** The code that is typed on the phone, with how to. */
export function pairingScreen(code: string): string {
  const parted = `${code.slice(0, 4)}-${code.slice(4)}`;
  return [`${where}, Link with phone number instead.`, `Type this code there: ${parted}`].join('\n');
}
