import { describe, expect, it } from 'vitest';
import type { Answer } from '../../../src/core/answer.ts';
import { estimateKinds } from '../../../src/core/estimates/estimate.ts';
import { type Language, languages } from '../../../src/core/language.ts';
import { speeches } from '../../../src/core/speech.ts';
import { type Subject, subjectSchema } from '../../../src/core/subject.ts';
import { estimateAnswer, simulate } from '../../../src/core/topics/simulate.ts';
import { askedIn } from './asked.ts';

const now = Date.parse('2026-11-30T02:00:00Z');
const textOf = ({ paragraphs }: Answer) => paragraphs.join('\n\n');

/** One text; the subject comes back as it does from where sessions are kept. */
async function says(text: string | null, subject: Subject = {}, language: Language = 'id', at = now): Promise<Answer> {
  const kept = subjectSchema.parse(JSON.parse(JSON.stringify(subject)));
  return simulate.answer(askedIn(language, at, text, { intent: 'simulate', subject: kept, topic: 'simulate' }));
}

/** The answers to these texts, one after another. */
async function talk(texts: readonly string[], subject: Subject = {}, language: Language = 'id'): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const text of texts) answers.push(await says(text, answers.at(-1)?.subject ?? subject, language));
  return answers;
}

describe('an estimate', () => {
  it.each(languages)('that is pressed offers every kind, and asks, in %s', async (language) => {
    const answer = await says(null, {}, language);
    expect(answer.paragraphs).toEqual([speeches[language].text('estimates.which')]);
    expect(answer.offers).toEqual(estimateKinds.map((kind) => `estimate_${kind}`));
    expect(answer.subject?.estimate).toMatchObject({ asks: 'kind' });
  });

  it.each(languages)(
    'that is chosen by its kind asks for the first number it needs, with no choices, in %s',
    async (language) => {
      for (const kind of estimateKinds) {
        const answer = await estimateAnswer(askedIn(language, now, null, { intent: 'simulate' }), kind);
        expect(answer.subject?.estimate?.kind).toBe(kind);
        expect(answer.personal).toBe(false);
        if (answer.subject?.estimate?.asks) expect(answer.offers).toEqual([]);
        else expect(answer.offers).toContain('menu');
      }
    },
  );

  it('takes an answer to what it asked, one number that changes, and another', async () => {
    const [which, wage, first, raised, longer] = await talk([
      'simulasi',
      'jht',
      'gaji 6 juta',
      'kalau gajinya 7jt?',
      'kalau 15 tahun?',
    ]);
    expect(which?.offers).toContain('estimate_jht');
    expect(wage?.subject?.estimate).toEqual({ kind: 'jht', given: {}, asks: 'wage' });
    expect(first?.subject?.estimate).toMatchObject({ given: { wage: 6_000_000 }, asks: null });
    expect(raised?.subject?.estimate).toMatchObject({ given: { wage: 7_000_000 } });
    expect(longer?.subject?.estimate).toMatchObject({ given: { wage: 7_000_000, months: 180 } });
    const [six, seven, fifteen] = [first, raised, longer].map((each) => each && textOf(each));
    expect(six).toContain('Upah Rp6.000.000');
    expect(seven).toContain('Upah Rp7.000.000');
    // Ten years were assumed, and still are.
    expect(seven).toContain('Perkiraan JHT 10 tahun lagi');
    expect(fifteen).toContain('Perkiraan JHT 15 tahun lagi');
  });

  it('in words at once needs no question', async () => {
    const answer = await says('simulasi jht gaji 6 juta 10 tahun');
    expect(textOf(answer)).toContain('Perkiraan JHT 10 tahun lagi:');
    expect(answer.subject?.estimate?.asks).toBeNull();
  });

  it('is checked against what a member says that it is', async () => {
    const right = textOf(await says('gaji 6jt potongannya brp, bener 180rb?'));
    expect(right).toContain('Rp180.000');
    expect(textOf(await says('gaji 6jt potongannya brp, bener 250rb?'))).not.toBe(right);
  });

  it('is called one, names what it assumes, and offers what is like it', async () => {
    for (const language of languages) {
      const [answer] = await talk([language === 'id' ? 'jht gaji 6 juta' : 'jht wage 6 million'], {}, language);
      expect(answer && textOf(answer)).toMatch(language === 'id' ? /Bukan angka resmi/ : /not.{0,20}official/i);
      expect(answer && textOf(answer)).toMatch(language === 'id' ? /dianggap: / : /I took: /);
      expect(answer?.offers).toContain('menu');
    }
  });

  it('leaves what else the conversation is about as it is', async () => {
    const [answer] = await talk(['jht gaji 6 juta'], { city: 'Mojokerto', program: 'JP' });
    expect(answer?.subject).toMatchObject({ city: 'Mojokerto', program: 'JP', estimate: { kind: 'jht' } });
  });

  it('asks nobody who they are, and looks nothing up for who has not shown it', async () => {
    const lookedUp = () => Promise.reject(new Error('looked up'));
    const { services } = askedIn('id', now, null);
    const registry = { ...services.registry, account: lookedUp, contributions: lookedUp };
    for (const text of [null, 'jht gaji 6 juta', 'pensiun saya nanti berapa']) {
      const asked = askedIn('id', now, text, { intent: 'simulate', services: { ...services, registry } });
      const answer = await simulate.answer(asked);
      expect(answer.personal).toBe(false);
      expect(textOf(answer)).not.toContain('NIK');
    }
  });
});
