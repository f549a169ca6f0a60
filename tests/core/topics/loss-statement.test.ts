import { describe, expect, it } from 'vitest';
import { directDocuments } from '../../../src/backends/documents/direct.ts';
import { lossStatementFile } from '../../../src/backends/documents/loss-statement.ts';
import { branded } from '../../../src/core/brand.ts';
import { kpjSchema } from '../../../src/core/jamsostek/kpj.ts';
import type { Account, MemberRef } from '../../../src/core/jamsostek/member.ts';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import { languages } from '../../../src/core/language.ts';
import type { Documents } from '../../../src/core/services.ts';
import { lossStatement } from '../../../src/core/topics/loss-statement.ts';
import type { Asked } from '../../../src/core/topics/topic.ts';
import { findPoppler } from '../../backends/documents/poppler.ts';
import { askedIn } from './asked.ts';

const now = Date.parse('2026-11-30T03:00:00Z');
const day = daySchema.parse('2026-11-30');
const siti = branded<MemberRef>('00000000-0000-4000-8000-000000000001');
const kpj = kpjSchema.parse('12345678901');
const account: Account = {
  name: 'Siti Nurhalizah',
  total: rupiah(1_000_000),
  asOf: day,
  lastContribution: null,
  memberships: [
    {
      kpj,
      segment: 'PU',
      employer: 'PT Garmen Jaya',
      active: true,
      balance: rupiah(1_000_000),
      lastContribution: null,
      firstContribution: null,
    },
    {
      kpj: kpjSchema.parse('10987654321'),
      segment: 'PU',
      employer: 'PT Sepatu Makmur',
      active: false,
      balance: rupiah(0),
      lastContribution: null,
      firstContribution: null,
    },
  ],
  claimInProgress: false,
};

type Language = (typeof languages)[number];

/** The answer, and what was put into the document. */
async function pressed(language: Language, kept: Account | null, member: Asked['member']) {
  const holders: (Parameters<Documents['lossStatement']>[0]['holder'] | undefined)[] = [];
  const { services } = askedIn(language, now, null);
  const answer = await lossStatement.answer(
    askedIn(language, now, null, {
      member,
      services: {
        ...services,
        registry: { ...services.registry, account: async (ref) => (ref === siti ? kept : null) },
        documents: {
          ...services.documents,
          lossStatement(of) {
            holders.push(of.holder);
            return directDocuments.lossStatement(of);
          },
        },
      },
    }),
  );
  return { answer, holders };
}

const stranger = async () => null;
const verified = async () => siti;
const poppler = findPoppler();

describe.each(languages)('the statement of loss, in %s', (language) => {
  it('is a form with nothing filled in for a stranger, and nothing personal', async () => {
    const { answer, holders } = await pressed(language, account, stranger);
    expect(holders).toEqual([null]);
    expect(answer.personal).toBe(false);
    expect(answer.file).toEqual(await lossStatementFile({ language, day, holder: null }));
  });

  it('has the name and the first number of a verified member, and is personal', async () => {
    const { answer, holders } = await pressed(language, account, verified);
    expect(holders).toEqual([{ name: 'Siti Nurhalizah', kpj }]);
    expect(answer.personal).toBe(true);
    expect(answer.file).toEqual(await lossStatementFile({ language, day, holder: { name: account.name, kpj } }));
    expect(answer.paragraphs).not.toEqual((await pressed(language, account, stranger)).answer.paragraphs);
  });

  it('leaves the number open for a member who has none, and is a form for one who is gone', async () => {
    const withoutNumber = await pressed(language, { ...account, memberships: [] }, verified);
    expect(withoutNumber.holders).toEqual([{ name: 'Siti Nurhalizah', kpj: null }]);
    expect(withoutNumber.answer.personal).toBe(true);
    const gone = await pressed(language, null, verified);
    expect(gone.holders).toEqual([null]);
    expect(gone.answer.personal).toBe(false);
  });

  it('is a PDF whose name and words hold nothing personal', async () => {
    const { file } = (await pressed(language, account, verified)).answer;
    expect(file).toMatchObject({ kind: 'document', type: 'application/pdf' });
    expect(file?.name).toMatch(/\.pdf$/);
    expect(
      Buffer.from(file?.content ?? '', 'base64')
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-');
    expect(`${file?.name} ${file?.words}`).not.toMatch(/Siti|12345678901|PT /);
  });

  it.skipIf(poppler === null)("holds nobody's NIK, and no other number or employer of theirs", async () => {
    for (const member of [stranger, verified]) {
      const { file } = (await pressed(language, account, member)).answer;
      const read = poppler?.('pdftotext', Buffer.from(file?.content ?? '', 'base64'), '-layout') ?? '';
      expect(read).toContain('NIK');
      expect(read.replace(/[ .-]/g, '')).not.toMatch(/\d{16}/);
      expect(read).not.toMatch(/10987654321|PT Garmen|PT Sepatu|Rp/);
    }
  });

  it('says nothing personal beside the document, only what to do with it', async () => {
    const { answer } = await pressed(language, account, verified);
    expect(answer.paragraphs.join('\n')).not.toMatch(/Siti|\d{11}/);
    expect(answer.offers).toContain('office');
  });
});
