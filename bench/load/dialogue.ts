import { z } from 'zod';

/** The secret that the platform shows with every update, and the token in the paths of its API. */
export const webhookSecret = 'secret-of-the-webhook-0123456789abcdef';
export const botToken = '1234567890:token-of-the-bot-0123456789abcdef';

/** The code that the bots without SMS expect. */
export const fixedCode = '123456';

const turn = z.object({
  /** `{nik}` and `{code}` stand for the chat's own. */
  says: z.string(),
  /** What the answer must hold, so that no bot is fast by answering something else. */
  expects: z.string(),
});

/** What every chat says, in order. */
export const scriptSchema = z.array(turn);
export type Script = z.infer<typeof scriptSchema>;

/** The dialogue of the bots that stand for others. */
export const plainScript: Script = [
  { says: 'cek saldo', expects: 'NIK' },
  { says: '{nik}', expects: 'kode' },
  { says: fixedCode, expects: 'Rp' },
  { says: '2', expects: 'Rp' },
  { says: 'keluar', expects: 'keluar' },
];

/** The same with a code that is read out of an SMS. */
export const smsScript: Script = plainScript.map((turn) =>
  turn.says === fixedCode ? { ...turn, says: '{code}' } : turn,
);

/** The product's: one turn more, as the law asks for consent first; the code is read out of the SMS. */
export const assistantScript: Script = [
  { says: 'cek saldo', expects: 'persetujuan' },
  { says: 'setuju', expects: 'NIK' },
  { says: '{nik}', expects: 'kode' },
  { says: '{code}', expects: 'Rp' },
  { says: '1', expects: 'Rp' },
  { says: 'keluar', expects: 'keluar' },
];

/** One that only has to come back. */
export const bareScript: Script = plainScript.map(({ says }) => ({ says, expects: '' }));

/** Each chat is of one member: its number is the member's. */
export function nikOf(member: number): string {
  return `32010141${String(member).padStart(8, '0')}`;
}

/** In +62 840, which no operator has. */
export function phoneOf(member: number): string {
  return `+62840${String(member).padStart(8, '0')}`;
}

export function memberOfPhone(phone: string): number {
  return Number(phone.slice(6));
}
