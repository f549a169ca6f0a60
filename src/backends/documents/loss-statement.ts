import { wordingOf } from '../../core/jamsostek/figures/figures.ts';
import type { Kpj } from '../../core/jamsostek/kpj.ts';
import type { Day } from '../../core/jamsostek/month.ts';
import type { Language } from '../../core/language.ts';
import type { ReplyFile } from '../../core/reply.ts';
import { filled, speeches } from '../../core/speech.ts';
import { english, fitting, full, margin, notes, type Put, plain, putting, signing, width } from './form.ts';
import texts from './loss-statement.json' with { type: 'json' };
import { openPage, type Page } from './page.ts';

/** What a statement of loss is made from. There is no NIK in it: the member writes it by hand. */
export interface LossStatement {
  /** The office reads Indonesian, so English stands beside the Indonesian words. */
  readonly language: Language;
  /** The day it is made on, Jakarta's. */
  readonly day: Day;
  /** Who has shown who they are; null leaves lines to fill in. */
  readonly holder: { readonly name: string; readonly kpj: Kpj | null } | null;
}

const labelWidth = 190;
const indonesian = 'id-ID';
const own = texts.id;
const fields = ['name', 'nik', 'address', 'phone', 'kpj', 'employer'] as const;

/**
 * A statement that the membership card was lost, as one A4 page (PDF) to print, fill in and sign. Branches that print a
 * card again ask for one, some of them with a letter of the police. The same input makes the same bytes.
 */
export async function lossStatement({ language, day, holder }: LossStatement): Promise<Uint8Array> {
  const page = await openPage({
    title: language === 'id' ? own.title : `${own.title} (${texts.en.title})`,
    lang: indonesian,
    day,
  });
  const put = putting(page, language);
  let y = 46;
  for (const line of own.heading) y = page.write('H1', line, full(y), { size: 14, bold: true, align: 'center' });
  if (language === 'en')
    y = page.write('P', texts.en.heading.join(' '), full(y), { ...english, size: 10, align: 'center' });
  y = put(own.undersigned, texts.en.undersigned, y + 18, plain) + 8;
  for (const field of fields) {
    const bottom = put(own.fields[field], texts.en.fields[field], y, plain, margin, labelWidth - 10);
    const value = { x: margin + labelWidth, width: width - labelWidth };
    page.write('P', ':', { x: value.x - 10, y, width: 8 }, plain);
    const known = field === 'name' ? holder?.name : field === 'kpj' ? (holder?.kpj ?? undefined) : undefined;
    const end =
      known === undefined ? 0 : page.write('P', known, { x: value.x + 4, y, width: value.width - 4 }, fitting(known));
    if (known === undefined) page.line({ ...value, y: y + 12 });
    if (field === 'address') page.line({ ...value, y: y + 36 });
    y = Math.max(bottom, end, field === 'address' ? y + 38 : y) + 10;
  }
  y = put(own.states, texts.en.states, y + 4, plain) + 8;
  y = lost(page, put, y);
  for (const [index, point] of own.points.entries()) {
    page.write('P', `${index + 2}.`, { x: margin, y, width: 18 }, plain);
    y = put(point, texts.en.points[index] ?? '', y, plain, margin + 20, width - 20) + 8;
  }
  y = put(own.purpose, texts.en.purpose, y + 4, plain) + 18;
  signing(page, put, y, own, texts.en, speeches.id.day(day), holder?.name ?? null);
  const phone = wordingOf('contact.phone', day);
  const withPhone = (note: string) => filled(note, { phone });
  notes(page, language, own.notes.map(withPhone), texts.en.notes.map(withPhone));
  return page.bytes();
}

/** The statement as what goes with a reply. Neither its name nor its words hold anything personal. */
export async function lossStatementFile(statement: LossStatement): Promise<ReplyFile> {
  return {
    kind: 'document',
    name: 'surat-pernyataan-kehilangan.pdf',
    type: 'application/pdf',
    content: Buffer.from(await lossStatement(statement)).toString('base64'),
    words: texts[statement.language].words.join('\n'),
  };
}

/** The first point, with lines for the day and the place, on which those who are not sure write the month or the year. */
function lost(page: Page, put: Put, top: number): number {
  const x = margin + 20;
  page.write('P', '1.', { x: margin, y: top, width: 18 }, plain);
  const y = page.write('P', own.lost.when, { x, y: top, width: width - 20 }, plain) + 8;
  page.line({ x, y: y + 12, width: 150 });
  const end = page.write('P', own.lost.where, { x: x + 160, y, width: 20 }, plain);
  page.line({ x: x + 182, y: y + 12, width: width - 202 });
  return put('', texts.en.lost, end + 2, plain, x, width - 20) + 8;
}
