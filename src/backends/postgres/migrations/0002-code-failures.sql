-- Failed codes in a row for each NIK, known or not; the NIK only as a keyed digest. Times come from the program.

create table registry.code_failures (
  nik text primary key,
  failures integer not null,
  locked_until timestamptz,
  disabled boolean not null,
  -- The last turns that were counted, so that a repeated turn is known as the same.
  turns text[] not null,
  last_try_at timestamptz not null
);
-- Rows that nobody has touched for long can be swept.
create index code_failures_idle on registry.code_failures (last_try_at);

create function bot.code_standing(nik text)
returns table (disabled boolean, locked_until double precision)
language sql stable security definer set search_path = '' as $$
  select f.disabled, extract(epoch from f.locked_until) * 1000
  from registry.code_failures f where f.nik = code_standing.nik
$$;

-- Counts one failure unless the NIK is locked or disabled, or the turn is counted already. `steps` is a list of
-- {"failures": n, "lockFor": milliseconds}; without "lockFor" it disables.
create function bot.count_code_failure(nik text, turn text, at timestamptz, steps jsonb)
returns table (counted boolean, disabled boolean, locked_until double precision)
language plpgsql volatile security definer set search_path = '' as $$
declare
  row_ registry.code_failures;
begin
  -- Finds or makes the row and holds it: those who come at the same time wait here, one behind the other.
  insert into registry.code_failures as f (nik, failures, disabled, turns, last_try_at)
  values (count_code_failure.nik, 0, false, '{}', at)
  on conflict on constraint code_failures_pkey do update set last_try_at = greatest(f.last_try_at, excluded.last_try_at)
  returning f.* into row_;

  counted := turn = any (row_.turns);
  if not counted and not row_.disabled and (row_.locked_until is null or row_.locked_until <= at) then
    counted := true;
    row_.failures := row_.failures + 1;
    row_.turns := (array_prepend(turn, row_.turns))[1:20];
    select
      coalesce(bool_or(s."lockFor" is null and s.failures <= row_.failures), false),
      max(at + s."lockFor" * interval '1 millisecond') filter (where s.failures = row_.failures)
    into row_.disabled, row_.locked_until
    from jsonb_to_recordset(steps) as s(failures integer, "lockFor" double precision);

    update registry.code_failures f
    set failures = row_.failures, turns = row_.turns, disabled = row_.disabled, locked_until = row_.locked_until
    where f.nik = row_.nik;
  end if;

  disabled := row_.disabled;
  locked_until := extract(epoch from row_.locked_until) * 1000;
  return next;
end
$$;

create function bot.clear_code_failures(nik text)
returns void
language sql volatile security definer set search_path = '' as $$
  delete from registry.code_failures f where f.nik = clear_code_failures.nik
$$;

revoke all on all functions in schema bot from public;
grant execute on all functions in schema bot to jamsostek_bot;
