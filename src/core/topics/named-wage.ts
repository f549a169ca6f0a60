import { within } from '../estimates/fields.ts';
import { type Quantity, quantitiesIn } from '../estimates/quantities.ts';
import { Said } from '../estimates/said.ts';
import { type Rupiah, rupiah } from '../jamsostek/rupiah.ts';

type Role = 'wage' | 'another';

/** What the words beside an amount make of it; the first of these that is there decides. */
const roles: readonly { readonly role: Role; readonly words: ReadonlySet<string> }[] = [
  { role: 'wage', words: wordsIn('asli aslinya sebenar sebenarnya actual actually real really') },
  {
    role: 'another',
    words: wordsIn(
      'lapor dilapor dilaporkan dilaporin melaporkan laporin ngelaporin laporan terlapor kelapor didaftarkan didaftarin',
      'tercatat dicatat kecatat tertulis report reported reports reporting recorded registered record',
      'umr umk ump minimum minimal iuran setoran disetor potongan dipotong saldo jht jamsostek jmo bonus thr lembur',
      'contribution contributions deducted deduction balance overtime',
    ),
  },
  {
    role: 'wage',
    words: wordsIn(
      'gaji gajih gajiku gajian digaji bergaji gapok upah upahku bayaran dibayar penghasilan terima nerima menerima',
      'salary wage wages pay paid earn income',
    ),
  },
];

function wordsIn(...lines: readonly string[]): ReadonlySet<string> {
  return new Set(lines.flatMap((line) => line.split(' ')));
}

/** Words after an amount that may say what it is: "6 juta gaji saya", "3 million is reported". */
const reach = 3;

/**
 * What somebody says they earn in a month: "gaji saya 6 juta tapi dilaporkan 3 juta" is 6 million. Null where they name
 * none, or where it cannot be told from what is reported, cut off or the minimum.
 */
export function wageNamed(text: string): Rupiah | null {
  const said = new Said(text);
  const amounts = quantitiesIn(said).filter(({ unit }) => unit === 'money');
  const own = amounts.find((amount, index) => roleOf(said, amount, amounts[index - 1], amounts[index + 1]) === 'wage');
  return own && within('wage', own.value) ? rupiah(own.value) : null;
}

function roleOf(said: Said, { from, to }: Quantity, before?: Quantity, after?: Quantity): Role | undefined {
  const start = before ? before.to + 1 : 0;
  const end = Math.min(after ? after.from : said.tokens.length, to + 1 + reach);
  return roleBetween(said, start, from) ?? roleBetween(said, to + 1, end);
}

function roleBetween(said: Said, from: number, until: number): Role | undefined {
  const places = Array.from({ length: Math.max(0, until - from) }, (_, index) => from + index);
  return roles.find(({ words }) => places.some((place) => said.isOf(words, place)))?.role;
}
