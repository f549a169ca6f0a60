-- What years brought, the minimum wages that reported wages are held against, and who documents are made out to.

-- The lowest monthly wage that is legal in a region in a year. Which regions there are is the agency's own choice: a
-- district, a province, a sector.
create table registry.wage_floors (
  region text not null check (region <> ''),
  year smallint not null,
  amount bigint not null check (amount > 0),
  primary key (region, year)
);

-- Where the employer is, as in wage_floors; null where that is not known, or where there is no employer.
alter table registry.memberships add column wage_region text;

-- As before, with the first month that was contributed for.
create or replace function bot.account(ref text)
returns table (name text, as_of text, claim_in_progress boolean, memberships jsonb)
language sql stable security definer set search_path = '' as $$
  select
    m.name,
    to_char(m.as_of, 'YYYY-MM-DD'),
    m.claim_in_progress,
    coalesce(
      (
        select jsonb_agg(
          jsonb_build_object(
            'kpj', s.kpj,
            'segment', s.segment,
            'employer', s.employer,
            'active', s.active,
            'balance', c.amount + g.amount - p.amount,
            'firstContribution', to_char(c.first_month, 'YYYY-MM'),
            'lastContribution', to_char(c.last_month, 'YYYY-MM')
          )
          order by s.active desc, c.last_month desc nulls last, s.kpj
        )
        from registry.memberships s
        cross join lateral (
          select coalesce(sum(x.amount), 0) as amount, min(x.month) as first_month, max(x.month) as last_month
          from registry.contributions x where x.kpj = s.kpj
        ) c
        cross join lateral (
          select coalesce(sum(x.amount), 0) as amount from registry.growth x where x.kpj = s.kpj
        ) g
        cross join lateral (
          select coalesce(sum(x.amount), 0) as amount from registry.payouts x where x.kpj = s.kpj
        ) p
        where s.member = m.ref
      ),
      '[]'
    )
  from registry.members m where m.ref = account.ref
$$;

-- By the day that money came or went, so that the years of a membership add up to its balance. A year in which nothing
-- happened has no row.
create function bot.years(ref text)
returns table (kpj text, year smallint, contributed bigint, growth bigint, paid_out bigint)
language sql stable security definer set search_path = '' as $$
  select s.kpj, e.year, sum(e.contributed)::bigint, sum(e.growth)::bigint, sum(e.paid_out)::bigint
  from registry.memberships s
  cross join lateral (
    select extract(year from c.posted_on)::smallint as year, c.amount as contributed, 0 as growth, 0 as paid_out
    from registry.contributions c where c.kpj = s.kpj
    union all
    select g.year, 0, g.amount, 0 from registry.growth g where g.kpj = s.kpj and g.amount > 0
    union all
    select extract(year from p.paid_on)::smallint, 0, 0, p.amount from registry.payouts p where p.kpj = s.kpj
  ) e
  where s.member = years.ref
  group by s.kpj, e.year
  order by e.year, s.kpj
$$;

create function bot.floors(ref text)
returns table (kpj text, year smallint, amount bigint)
language sql stable security definer set search_path = '' as $$
  select s.kpj, f.year, f.amount
  from registry.memberships s
  join registry.wage_floors f on f.region = s.wage_region
  where s.member = floors.ref and s.segment = 'PU'
  order by f.year, s.kpj
$$;

create function bot.holder(ref text)
returns table (name text, nik text)
language sql stable security definer set search_path = '' as $$
  select m.name, m.nik from registry.members m where m.ref = holder.ref
$$;

revoke all on all functions in schema bot from public;
grant execute on all functions in schema bot to jamsostek_bot;
