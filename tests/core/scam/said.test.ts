import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { languages } from '../../../src/core/language.ts';
import { judge } from '../../../src/core/scam/judge.ts';
import { type Judgement, reasons, signs, verdicts } from '../../../src/core/scam/judgement.ts';
import { scamAnswer } from '../../../src/core/scam/said.ts';
import { speeches } from '../../../src/core/speech.ts';

const said = (text: string, language: (typeof languages)[number] = 'id') => scamAnswer(judge(text), speeches[language]);

describe.each(languages)('the answer, in %s', (language) => {
  it('names the worst two, says what never to do, and where to report', () => {
    const answer = said(
      'bpjs-klaim.com, bit.ly/a, 0812-3456-7890, 175. Kirim kode OTP, transfer biaya admin, segera',
      language,
    );
    expect(answer[0]).toContain('bpjs-klaim . com');
    expect(answer[0]).toContain('bit . ly');
    expect(answer[0]).not.toContain('0812');
    expect(answer[1]).toContain(speeches[language].text('scam.sign.secret'));
    expect(answer[1]).toContain(speeches[language].text('scam.sign.money'));
    expect(answer[2]).toBe(speeches[language].text('scam.conclusion.high'));
    expect(answer.at(-1)).toContain('175');
    expect(answer.at(-1)).toContain('care@bpjsketenagakerjaan.go.id');
  });

  it('does not call safe what it does not know', () => {
    const nothing = speeches[language].text('scam.conclusion.nothing');
    expect(said('halo', language)[0]).toBe(nothing);
    expect(said('www.bpjsketenagakerjaan.go.id', language)[1]).toBe(
      speeches[language].text('scam.conclusion.none_found'),
    );
    const all = [
      ...verdicts.map((verdict) => speeches[language].text(`scam.verdict.${verdict}`)),
      ...reasons.map((reason) => speeches[language].text(`scam.why.${reason}`)),
    ].join(' ');
    expect(all.replace(/tidak bisa bilang aman|cannot say that it is safe/g, '')).not.toMatch(
      /\baman\b|\bsafe\b|\bterpercaya\b/i,
    );
  });

  it('has at most 600 characters, whatever was found', () => {
    const finding = fc.record({
      kind: fc.constant('link' as const),
      // As long as anything shown can be: 48 characters, every other one a dot.
      shown: fc.constantFrom('a . com', 'a . '.repeat(37)),
      verdict: fc.constantFrom(...verdicts),
      why: fc.constantFrom(...reasons),
    });
    const judgement: fc.Arbitrary<Judgement> = fc.record({
      findings: fc.array(finding, { maxLength: 4 }),
      signs: fc.subarray([...signs]),
      risk: fc.constantFrom('high', 'unclear', 'none found'),
    });
    fc.assert(
      fc.property(judgement, (each) => {
        const answer = scamAnswer(each, speeches[language]);
        expect(answer.join('\n\n').length).toBeLessThanOrEqual(600);
        expect(answer.join()).not.toMatch(/\{\{|undefined|scam\.[a-z]/);
      }),
    );
  });
});
