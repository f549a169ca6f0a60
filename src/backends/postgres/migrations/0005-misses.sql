-- Messages that were not understood, for whoever writes the example phrases: the words as the program has masked them,
-- the language and the day. No time, no conversation and no channel: nothing that leads to anybody.

create table registry.misses (
  day date not null,
  language text not null,
  -- A second look at what the program has masked: a text with a digit in it is refused.
  text text not null check (length(text) <= 256 and text !~ '[0-9]'),
  times integer not null,
  primary key (day, language, text)
);

-- The calendar day in Jakarta, which has no summer time.
create function registry.day_in_jakarta(at timestamptz)
returns date
language sql immutable set search_path = '' as $$
  select ((at at time zone 'UTC') + interval '7 hours')::date
$$;

-- Forgets what is 30 days old, at most `most` rows of it, and says how many. The span is fixed here and the time is the
-- server's own, so that whoever may call this can forget nothing early.
create function bot.sweep_misses(most integer)
returns table (swept integer)
language sql volatile security definer set search_path = '' as $$
  with old as (
    select m.day, m.language, m.text from registry.misses m
    where m.day <= registry.day_in_jakarta(now()) - 30
    order by m.day
    limit most
    for update skip locked
  ), gone as (
    delete from registry.misses m using old
    where (m.day, m.language, m.text) = (old.day, old.language, old.text)
    returning m.day
  )
  select count(*)::integer from gone
$$;

-- Counts one. Of a day 5,000 different ones are kept: more is somebody who fills the table. A few old ones go with it,
-- for databases that no nightly work is done on.
create function bot.note_miss(text text, language text, at timestamptz)
returns void
language sql volatile security definer set search_path = '' as $$
  select bot.sweep_misses(20);
  insert into registry.misses as m (day, language, text, times)
  select today.day, note_miss.language, note_miss.text, 1
  from (select registry.day_in_jakarta(note_miss.at) as day) as today
  where
    exists (
      select from registry.misses x
      where (x.day, x.language, x.text) = (today.day, note_miss.language, note_miss.text)
    )
    or (
      select count(*) from (select from registry.misses x where x.day = today.day limit 5000) as same_day
    ) < 5000
  on conflict on constraint misses_pkey do update set times = m.times + 1
$$;

-- What was not understood in the last 30 days, over all days, what came most often first.
create function bot.recent_misses(most integer)
returns table (text text, language text, newest text, times integer)
language sql stable security definer set search_path = '' as $$
  select m.text, m.language, to_char(max(m.day), 'YYYY-MM-DD'), sum(m.times)::integer
  from registry.misses m
  where m.day > registry.day_in_jakarta(now()) - 30
  group by m.text, m.language
  order by sum(m.times) desc, max(m.day) desc, m.text, m.language
  limit greatest(most, 0)
$$;

revoke all on all functions in schema bot from public;
revoke all on function registry.day_in_jakarta from public;
grant execute on all functions in schema bot to jamsostek_bot;
