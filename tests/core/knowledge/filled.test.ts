import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { readArticle, withoutFigures } from '../../../src/core/knowledge/article.ts';
import { figuresIn, filled } from '../../../src/core/knowledge/filled.ts';
import { speeches } from '../../../src/core/speech.ts';

/** An article of these paragraphs. */
const article = (paragraphs: readonly string[], head = 'confidence: high\nfrom: 2022-05-04') =>
  readArticle(
    'one',
    `---
label: Satu
intent: claim_howto
questions: [satu]
sources: [Permenaker 4/2022]
checked: 2026-11-22
${head}
---
${paragraphs.join('\n\n')}
`,
  );

/** What it says on a day. */
const on = (day: string, paragraphs: readonly string[], head?: string, language: 'id' | 'en' = 'id') =>
  filled(article(paragraphs, head), daySchema.parse(day), speeches[language]);
const before = '2026-11-30';
const after = '2027-04-01';
const expiring = 'Batas upah JP {{jp.ceiling}}.';
const lasting = 'JHT di usia {{jht.age}}.';

describe('an article on a day', () => {
  it.each([
    ['{{jp.ceiling}}', 'Rp11.086.300', 'Rp11,086,300'],
    ['{{jht.rate}}', '5,7%', '5.7%'],
    ['{{jht.age}}', '56', '56'],
    ['{{contact.phone}}', '175', '175'],
    ['{{jp.ceiling.from}}', '1 Maret 2026', '1 March 2026'],
    ['{{jp.ceiling.until}}', '28 Februari 2027', '28 February 2027'],
    ['{{jht.age}}, {{jht.age}} dan {{jp.age}}', '56, 56 dan 59', '56, 56 dan 59'],
  ])('has its figures as people write them: %s', (text, id, en) => {
    expect(on(before, [text])?.paragraphs).toEqual([id]);
    expect(on(before, [text], undefined, 'en')?.paragraphs).toEqual([en]);
  });

  it('leaves out a paragraph with a figure that nobody knows for that day, and keeps the others', () => {
    expect(on(before, [lasting, expiring, 'Tanya HRD.'])?.paragraphs).toHaveLength(3);
    expect(on(after, [lasting, expiring, 'Tanya HRD.'])?.paragraphs).toEqual(['JHT di usia 56.', 'Tanya HRD.']);
    expect(on(after, [lasting, `${lasting} ${expiring} ${lasting}`])?.paragraphs).toEqual(['JHT di usia 56.']);
  });

  it('withdraws with its first paragraph', () => {
    expect(on(before, [expiring, lasting])).not.toBeNull();
    expect(on(after, [expiring, lasting])).toBeNull();
  });

  it('never says the end of what has none, nor a figure that there is not', () => {
    expect(on(before, [lasting, 'Sampai {{jht.age.until}}.'])?.paragraphs).toEqual(['JHT di usia 56.']);
    expect(on(before, [lasting, 'Sejak {{jht.age.from}}.'])?.paragraphs[1]).toBe('Sejak 4 Mei 2022.');
    expect(on(before, [lasting, 'Ini {{jht.aeg}}.'])?.paragraphs).toEqual(['JHT di usia 56.']);
    expect(on(before, ['Ini {{jht.aeg}}.', lasting])).toBeNull();
  });

  it('holds from its first day until its last, and on no other', () => {
    const head = 'confidence: high\nfrom: 2026-03-01\nuntil: 2026-12-31';
    for (const day of ['2026-03-01', '2026-07-01', '2026-12-31']) expect(on(day, [lasting], head), day).not.toBeNull();
    for (const day of ['2026-02-28', '2027-01-01']) expect(on(day, [lasting], head), day).toBeNull();
    expect(on('2099-12-31', [lasting])).not.toBeNull();
  });

  it('is as sure as the least sure figure that it says', () => {
    expect(on(before, [lasting])?.confidence).toBe('high');
    expect(on(before, [lasting, 'Hasil {{jht.growth}}.'])?.confidence).toBe('medium');
    expect(on(before, [lasting, 'Sampai {{jht.growth.until}}.'])?.confidence).toBe('medium');
    expect(on(before, [lasting], 'confidence: medium\nfrom: 2022-05-04')?.confidence).toBe('medium');
    // What is left out says nothing that would have to be sure.
    expect(on(after, [lasting, 'Hasil {{jht.growth}}.'])).toEqual({
      paragraphs: ['JHT di usia 56.'],
      short: null,
      confidence: 'high',
    });
  });

  it('has a text of its own for SMS where one is written, as long as its figures hold', () => {
    const head = 'confidence: high\nfrom: 2022-05-04\nshort: "Batas upah {{jp.ceiling}}."';
    expect(on(before, [lasting], head)?.short).toBe('Batas upah Rp11.086.300.');
    expect(on(after, [lasting], head)?.short).toBeNull();
  });

  it('says everything else as it is written', () => {
    const text = fc
      .stringMatching(/^[ -~\u2022]{1,80}$/)
      .filter((each) => !each.includes('{{') && each.trim() === each && each !== '---');
    fc.assert(
      fc.property(text, (each) => {
        expect(on(before, [each])?.paragraphs).toEqual([each]);
      }),
    );
  });
});

describe('the figures of a text', () => {
  it('are named once for each place, whichever end of their time is meant', () => {
    expect(figuresIn('{{jp.ceiling}} sampai {{jp.ceiling.until}}, {{jkk.rate_1}}')).toEqual([
      'jp.ceiling',
      'jp.ceiling',
      'jkk.rate_1',
    ]);
    expect(figuresIn('tidak ada {jp.ceiling} {{ }} {{JP.ceiling}}')).toEqual([]);
  });

  it('are a number for whoever reads it for its words', () => {
    expect(withoutFigures('iuran {{jp.rate}} sampai {{jp.ceiling.until}}')).toBe('iuran 5 sampai 5');
  });
});
