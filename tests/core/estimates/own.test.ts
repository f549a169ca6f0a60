import { describe, expect, it } from 'vitest';
import {
  type Estimate,
  type EstimateKind,
  type EstimateTurn,
  estimateKinds,
  estimateSchema,
  estimating,
  type OwnFigures,
} from '../../../src/core/estimates/estimate.ts';
import { rupiah } from '../../../src/core/jamsostek/rupiah.ts';
import { speeches } from '../../../src/core/speech.ts';
import { entitiesIn } from '../../../src/core/understanding/entities.ts';
import { today } from './talk.ts';

const employed: OwnFigures = { balance: rupiah(12_345_678), wage: rupiah(5_432_000), asOf: today };
const selfEmployed: OwnFigures = { balance: rupiah(900_000), contribution: rupiah(40_000), asOf: today };

function turn(
  text: string | null,
  {
    own = employed,
    kind = null,
    memory = null,
  }: { own?: OwnFigures | null; kind?: EstimateKind | null; memory?: Estimate | null },
): EstimateTurn {
  const kept = memory && estimateSchema.parse(JSON.parse(JSON.stringify(memory)));
  const entities = text === null ? {} : entitiesIn(text);
  return estimating({ text, entities, speech: speeches.id, today, kind, own }, kept);
}

const textOf = ({ paragraphs }: EstimateTurn) => paragraphs.join('\n');

describe('an estimate for somebody who is known', () => {
  it('asks for nothing that is on record, and says what it took, and of which day', () => {
    const jht = turn('simulasi jht', {});
    expect(jht).toMatchObject({ asks: false, personal: true });
    expect(textOf(jht)).toContain(
      'Memakai data Anda per 22 November 2026: saldo JHT Rp12.345.678 dan upah terakhir yang dilaporkan Rp5.432.000.',
    );
    expect(textOf(turn(null, { kind: 'payout' }))).toContain('Saldo Rp12.345.678');
  });

  it('takes what is said instead, and still the rest of what is on record', () => {
    const first = turn('simulasi jht', {});
    const raised = turn('pakai gaji 7jt', { memory: first.memory });
    expect(textOf(raised)).toContain('Upah Rp7.000.000');
    expect(textOf(raised)).toContain('saldo JHT Rp12.345.678.');
    expect(textOf(raised)).not.toContain('5.432.000');
  });

  it('takes a contribution, and no wage, of who pays for themselves', () => {
    const own = turn('simulasi jht', { own: selfEmployed });
    expect(textOf(own)).toContain('iuran JHT Rp40.000 sebulan');
    expect(textOf(turn('kalau gajinya 7jt', { own: selfEmployed, memory: own.memory }))).not.toContain('Rp40.000');
  });

  it('takes nothing of theirs for a death, or for what BPU costs', () => {
    for (const kind of ['jkm', 'bpu'] as const) {
      expect(turn(null, { kind })).toMatchObject({ personal: false });
      expect(textOf(turn(null, { kind }))).not.toContain('Memakai data Anda');
    }
  });

  it('remembers what was said, and never what was looked up', () => {
    for (const kind of estimateKinds) {
      const { memory } = turn(null, { kind });
      expect(memory?.given).toEqual({});
      const later = turn(null, { kind, own: null, memory });
      expect(later.personal).toBe(false);
      expect(textOf(later)).not.toMatch(/12\.345\.678|5\.432\.000/);
    }
  });

  it('is called personal only where it says something of theirs', () => {
    expect(turn('simulasi', {})).toMatchObject({ asks: true, personal: false });
    expect(turn('jht gaji 6jt saldo 10jt', {})).toMatchObject({ asks: false, personal: false });
    expect(turn('simulasi jht', { own: { asOf: today } })).toMatchObject({ asks: true, personal: false });
  });

  it('asks back what a bare number means, whatever is on record', () => {
    const asked = turn('simulasi jht', { own: null });
    const meant = turn('7', { memory: asked.memory });
    expect(textOf(meant)).toContain('Rp7.000.000');
    expect(meant.asks).toBe(true);
  });
});
