-- Forgets failed codes of NIKs that nobody has tried for 90 days, at most `most` of them, and says how many. What is
-- disabled stays so until the member proves who they are. The span is fixed here and the time is the server's own, so
-- that whoever may call this can forget nothing early.
create function bot.sweep_code_failures(most integer)
returns table (swept integer)
language sql volatile security definer set search_path = '' as $$
  with idle as (
    select f.nik from registry.code_failures f
    where f.last_try_at < now() - interval '90 days' and not f.disabled
    order by f.last_try_at
    limit most
    for update skip locked
  ), gone as (
    delete from registry.code_failures f using idle where f.nik = idle.nik returning f.nik
  )
  select count(*)::integer from gone
$$;

revoke all on function bot.sweep_code_failures from public;
grant execute on function bot.sweep_code_failures to jamsostek_bot;
