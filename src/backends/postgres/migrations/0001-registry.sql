-- Who is a member and what they have: the agency's own figures as of a day. Money is whole rupiah.

create table registry.members (
  -- A UUID as text, so that asking for anything else is no error. All zeros stands for nobody.
  ref text primary key check (
    ref ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' and ref <> '00000000-0000-0000-0000-000000000000'
  ),
  nik text not null unique check (nik ~ '^[0-9]{16}$'),
  name text not null check (name <> ''),
  -- The phone on file. Families share phones: not unique.
  phone text check (phone ~ '^\+628[0-9]{7,11}$'),
  deceased boolean not null,
  claim_in_progress boolean not null,
  as_of date not null
);

create table registry.memberships (
  kpj text primary key check (kpj ~ '^([0-9]{11}|[0-9]{2}[A-Z][0-9]{8})$'),
  member text not null references registry.members on delete cascade,
  segment text not null check (segment in ('PU', 'BPU', 'PMI', 'JAKON')),
  employer text,
  active boolean not null
);
create index memberships_of_member on registry.memberships (member);

-- A balance is kept nowhere: it is contributions and growth, less what was paid out.
create table registry.contributions (
  kpj text not null references registry.memberships on delete cascade,
  month date not null check (extract(day from month) = 1),
  -- Null where there is none: migrant workers choose an amount.
  wage bigint check (wage > 0),
  amount bigint not null check (amount > 0),
  posted_on date not null check (posted_on >= month),
  primary key (kpj, month)
);

create table registry.growth (
  kpj text not null references registry.memberships on delete cascade,
  year smallint not null,
  amount bigint not null check (amount >= 0),
  primary key (kpj, year)
);

create table registry.payouts (
  kpj text not null references registry.memberships on delete cascade,
  paid_on date not null,
  amount bigint not null check (amount > 0),
  primary key (kpj, paid_on)
);

-- Rows that the program itself put in, by a digest of them: what is there already is not put in again.
create table registry.seeds (
  name text primary key,
  digest text not null
);

-- What the bot may ask, each for one member. It reads no table: functions, unlike views with a row filter, leave no way
-- to ask for everybody.

-- One row in any case, nobody's where there is none: it is read in the same way, so that the time of an answer does
-- not tell.
create function bot.member_by_nik(nik text)
returns table (ref text, phone text, deceased boolean)
language sql stable security definer set search_path = '' as $$
  select
    coalesce(m.ref, '00000000-0000-0000-0000-000000000000'),
    case when m.ref is null then '+62800000000' else m.phone end,
    coalesce(m.deceased, false)
  from (values (1)) as always left join registry.members m on m.nik = member_by_nik.nik
$$;

create function bot.member_by_ref(ref text)
returns table (ref text, phone text, deceased boolean)
language sql stable security definer set search_path = '' as $$
  select
    coalesce(m.ref, '00000000-0000-0000-0000-000000000000'),
    case when m.ref is null then '+62800000000' else m.phone end,
    coalesce(m.deceased, false)
  from (values (1)) as always left join registry.members m on m.ref = member_by_ref.ref
$$;

create function bot.account(ref text)
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
            'lastContribution', to_char(c.last_month, 'YYYY-MM')
          )
          order by s.active desc, c.last_month desc nulls last, s.kpj
        )
        from registry.memberships s
        cross join lateral (
          select coalesce(sum(x.amount), 0) as amount, max(x.month) as last_month
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

create function bot.contributions(ref text, most integer)
returns table (month text, kpj text, employer text, wage bigint, amount bigint, posted_on text)
language sql stable security definer set search_path = '' as $$
  select
    to_char(c.month, 'YYYY-MM'), c.kpj, s.employer, c.wage, c.amount, to_char(c.posted_on, 'YYYY-MM-DD')
  from registry.memberships s
  join registry.contributions c on c.kpj = s.kpj
  where s.member = contributions.ref
  order by c.month desc, c.posted_on desc, c.kpj
  limit greatest(most, 0)
$$;

revoke all on all functions in schema bot from public;
grant execute on all functions in schema bot to jamsostek_bot;
