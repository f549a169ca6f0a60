import type { Seed } from '../../src/backends/postgres/database.ts';

/** So many members in the database, the same as the other bots have in memory: numbers as in `dialogue.ts`. */
export function membersSeed(count: number): Seed {
  return {
    key: `load ${count}`,
    async fill(owner) {
      await owner.query(
        `with numbers as (select n, lpad(n::text, 8, '0') as digits from generate_series(0, $1 - 1) as n),
        members as (
          insert into registry.members (ref, nik, name, phone, deceased, claim_in_progress, as_of)
          select 'aaaaaaaa-0000-4000-8000-' || lpad(n::text, 12, '0'), '32010141' || digits, 'Siti Rahma',
            '+62840' || digits, false, false, '2026-10-31'
          from numbers
        ),
        memberships as (
          insert into registry.memberships (kpj, member, segment, employer, active)
          select '990' || digits, 'aaaaaaaa-0000-4000-8000-' || lpad(n::text, 12, '0'), 'PU', 'PT Sumber Makmur', true
          from numbers
        )
        insert into registry.contributions (kpj, month, wage, amount, posted_on)
        select '990' || digits, month, 5000000, 285000, month + 46
        from numbers, unnest(array['2026-10-01', '2026-09-01', '2026-08-01']::date[]) as month`,
        [count],
      );
      await owner.query('analyze');
    },
  };
}
