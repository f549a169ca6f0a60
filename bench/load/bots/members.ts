import { nikOf, phoneOf } from '../dialogue.ts';

/** A member as the bots know them, in memory. */
export interface Member {
  readonly number: number;
  readonly nik: string;
  readonly phone: string;
  readonly name: string;
  readonly kpj: string;
  readonly employer: string;
  readonly balance: number;
}

/** The newest contributions are the same for everybody, newest first. */
export const history = ['2026-10', '2026-09', '2026-08'].map((month) => ({ month, wage: 5_000_000, amount: 285_000 }));

/** So many members by NIK. */
export function membersByNik(count: number): ReadonlyMap<string, Member> {
  const members = Array.from(
    { length: count },
    (_, number): Member => ({
      number,
      nik: nikOf(number),
      phone: phoneOf(number),
      name: 'Siti Rahma',
      kpj: `990${String(number).padStart(8, '0')}`,
      employer: 'PT Sumber Makmur',
      balance: 12_345_678 + number,
    }),
  );
  return new Map(members.map((member) => [member.nik, member]));
}

const rupiah = new Intl.NumberFormat('id-ID');

/** What the bots beside the product say: the same steps, in as many words as one would write. */
export const words = {
  askNik: 'Untuk membuka saldo JHT, ketik 16 angka NIK Anda.',
  wrongNik: 'NIK itu tidak lengkap atau tidak dikenal. Ketik 16 angka NIK Anda.',
  askCode: 'Jika NIK itu terdaftar, kode 6 angka sudah dikirim lewat SMS. Ketik kodenya di sini.',
  wrongCode: 'Kode itu salah. Ketik 6 angka kode dari SMS.',
  menu: 'Ketik "cek saldo" untuk melihat saldo JHT Anda.',
  choices: 'Ketik 1 untuk saldo, 2 untuk riwayat iuran, atau keluar.',
  bye: 'Anda sudah keluar. Ketik "cek saldo" untuk mulai lagi.',
  balance: ({ balance, kpj, employer }: Member) =>
    `Verifikasi berhasil.\n\nSaldo JHT Anda per 31 Oktober 2026: Rp${rupiah.format(balance)}\n` +
    `KPJ ${kpj}, ${employer}\nIuran terakhir: Oktober 2026\n\nKetik 1 untuk saldo, 2 untuk riwayat iuran, atau keluar.`,
  history: ({ employer }: Member) =>
    history.map(({ month, amount }) => `${month}: Rp${rupiah.format(amount)}, ${employer}`).join('\n'),
};
