import { createHash } from 'node:crypto';
import type { Day } from '../../core/jamsostek/month.ts';
import type { Seed } from '../postgres/database.ts';
import { inTransaction } from '../postgres/transaction.ts';
import { demoFloors } from './floors.ts';
import { demoMembers } from './members.ts';

/**
 * The demo members and the minimum wages of their regions, for `openDatabase` to put in. Their rows are replaced when a
 * new month has come; nobody else's are touched, and what is there already is left alone.
 */
export function demoSeed(today: Day): Seed {
  const given = demoMembers(today);
  const members = JSON.stringify(given);
  const floors = JSON.stringify(demoFloors(given));
  const key = createHash('sha256').update(members).update(floors).digest('hex');
  return {
    key,
    async fill(owner) {
      await inTransaction(owner, 'jamsostek-chat demo members', async () => {
        const { rowCount } = await owner.query(`select from registry.seeds where name = 'demo' and digest = $1`, [key]);
        if (rowCount !== 0) return;
        await owner.query(removeMembers, [members]);
        await owner.query(insertMembers, [members]);
        await owner.query(removeFloors, [floors]);
        await owner.query(insertFloors, [floors]);
        await owner.query(
          `insert into registry.seeds (name, digest) values ('demo', $1)
          on conflict (name) do update set digest = excluded.digest`,
          [key],
        );
      });
    },
  };
}

const removeMembers = `
  delete from registry.members where ref in (select m.ref from jsonb_to_recordset($1::jsonb) as m(ref text))`;

const removeFloors = `
  delete from registry.wage_floors where region in (select f.region from jsonb_to_recordset($1::jsonb) as f(region text))`;

const insertFloors = `
  insert into registry.wage_floors (region, year, amount)
  select f.region, f.year, f.amount
  from jsonb_to_recordset($1::jsonb) as f(region text, year smallint, amount bigint)`;

const insertMembers = `
  with given_members as (
    select * from jsonb_to_recordset($1::jsonb) as m(
      ref text, nik text, name text, phone text, deceased boolean, "claimInProgress" boolean, "asOf" date,
      memberships jsonb
    )
  ), given_memberships as (
    select m.ref, s.* from given_members m, jsonb_to_recordset(m.memberships) as s(
      kpj text, segment text, employer text, active boolean, "wageRegion" text, contributions jsonb, growth jsonb,
      payouts jsonb
    )
  ), members as (
    insert into registry.members (ref, nik, name, phone, deceased, claim_in_progress, as_of)
    select ref, nik, name, phone, deceased, "claimInProgress", "asOf" from given_members
  ), memberships as (
    insert into registry.memberships (kpj, member, segment, employer, active, wage_region)
    select kpj, ref, segment, employer, active, "wageRegion" from given_memberships
  ), contributions as (
    insert into registry.contributions (kpj, month, wage, amount, posted_on)
    select s.kpj, (c.month || '-01')::date, c.wage, c.amount, c."postedOn"
    from given_memberships s,
      jsonb_to_recordset(s.contributions) as c(month text, wage bigint, amount bigint, "postedOn" date)
  ), growth as (
    insert into registry.growth (kpj, year, amount)
    select s.kpj, g.year, g.amount
    from given_memberships s, jsonb_to_recordset(s.growth) as g(year smallint, amount bigint)
  )
  insert into registry.payouts (kpj, paid_on, amount)
  select s.kpj, p."paidOn", p.amount
  from given_memberships s, jsonb_to_recordset(s.payouts) as p("paidOn" date, amount bigint)`;
