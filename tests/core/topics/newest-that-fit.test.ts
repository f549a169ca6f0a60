import { expect, it } from 'vitest';
import { newestThatFit } from '../../../src/core/topics/newest-that-fit.ts';

const years = [2026, 2025, 2024, 2023];
const lines = (room: number) =>
  newestThatFit(years, room, { line: (year) => `${year}`, older: (rows) => `before: ${rows.length}` });

it('shows all years where there is room for them', () => {
  expect(lines(19)).toEqual(['2026', '2025', '2024', '2023']);
});

it('sums the older ones up where there is not', () => {
  expect(lines(18)).toEqual(['2026', 'before: 3']);
  expect(newestThatFit([...years, 2022, 2021], 25, { line: String, older: () => 'older' })).toEqual([
    '2026',
    '2025',
    '2024',
    '2023',
    'older',
  ]);
});

it('shows the newest in any case', () => {
  expect(lines(1)).toEqual(['2026', 'before: 3']);
  expect(newestThatFit([], 1, { line: String, older: String })).toEqual([]);
});
