import { describe, expect, it } from 'vitest';
import { daySchema } from '../../../src/core/jamsostek/month.ts';
import { groupsOf, type MissedText } from '../../../src/core/understanding/groups.ts';

function missed(text: string, times = 1, day = '2026-11-20'): MissedText {
  return { text, language: 'id', newest: daySchema.parse(day), times };
}

function textsOf(groups: ReturnType<typeof groupsOf>): string[][] {
  return groups.map(({ texts }) => texts.map(({ text }) => text));
}

describe('groups of what was not understood', () => {
  it('hold what says much the same, and nothing else', () => {
    const groups = groupsOf([
      missed('sertifikat vaksin saya di mana'),
      missed('harga emas hari ini berapa'),
      missed('cari sertifikat vaksin saya'),
      missed('berapa harga emas'),
      missed('sertifikat vaksin'),
      missed('mobil saya di rumah'),
    ]);
    expect(textsOf(groups).map((texts) => texts.toSorted())).toEqual([
      ['cari sertifikat vaksin saya', 'sertifikat vaksin', 'sertifikat vaksin saya di mana'],
      ['berapa harga emas', 'harga emas hari ini berapa'],
      ['mobil saya di rumah'],
    ]);
  });

  it('are counted over their texts, the largest first, what came most often first in each', () => {
    const groups = groupsOf([
      missed('harga emas', 4),
      missed('tiket kereta', 1, '2026-11-22'),
      missed('tiket kereta •', 3, '2026-11-01'),
      missed('• tiket kereta #', 2),
    ]);
    expect(groups).toMatchObject([
      { times: 6, newest: '2026-11-22', texts: [{ times: 3 }, { times: 2 }, { times: 1 }] },
      { times: 4, newest: '2026-11-20', texts: [{ text: 'harga emas' }] },
    ]);
  });

  it('do not look at what is masked, and keep texts in which all is masked together', () => {
    const groups = groupsOf([missed('• •'), missed('#•# kereta'), missed('• # •'), missed('•'), missed('kereta • •')]);
    expect(textsOf(groups)).toEqual([
      ['• •', '• # •', '•'],
      ['#•# kereta', 'kereta • •'],
    ]);
  });

  it('of nothing are none', () => {
    expect(groupsOf([])).toEqual([]);
  });
});
