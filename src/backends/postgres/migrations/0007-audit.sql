-- Who did and saw what: by reference, never with a value. Rows are added and never changed, and each carries a digest
-- over itself and the one before, under a key that no database holds.

create table registry.audit (
  -- Without a gap, from 1.
  seq bigint primary key,
  -- A digest of what it stands for: the same again is known as the same.
  id text not null unique,
  at timestamptz not null,
  act text not null,
  detail text not null,
  -- A digest of the member's reference.
  member text,
  channel text not null,
  conversation text not null,
  hash text not null
);
create index audit_by_time on registry.audit (at);
create index audit_by_act on registry.audit (act, seq);
create index audit_of_member on registry.audit (member, seq) where member is not null;

create trigger audit_is_kept
before update or delete or truncate on registry.audit
for each statement execute function registry.refuse_change();

-- Adds entries behind the one that the caller takes for the last: 0 and '' where there is none. Adds all of them, or
-- none when the last is another or when some are there already, and says which those are. `last_seq` and `last_hash`
-- are what is last afterwards. Each entry is an object with the columns' names; `at` is in milliseconds.
create function bot.append_audit(after_seq bigint, after_hash text, entries jsonb)
returns table (added boolean, last_seq text, last_hash text, known text[])
language plpgsql volatile security definer set search_path = '' as $$
declare
  head record;
begin
  -- One after another, in all processes: what comes next sees what was committed before it.
  perform pg_advisory_xact_lock(hashtext('jamsostek-chat audit'));
  select coalesce(max(l.seq), 0) as seq, coalesce(max(l.hash), '') as hash into head
  from (select a.seq, a.hash from registry.audit a order by a.seq desc limit 1) as l;

  select coalesce(array_agg(a.id), '{}') into known
  from registry.audit a
  where a.id in (select e.id from jsonb_to_recordset(entries) as e(id text));

  added := head.seq = after_seq and head.hash = after_hash and known = '{}';
  if added then
    insert into registry.audit (seq, id, at, act, detail, member, channel, conversation, hash)
    select
      after_seq + e.nth,
      e.entry ->> 'id',
      timestamptz 'epoch' + (e.entry ->> 'at')::double precision * interval '1 millisecond',
      e.entry ->> 'act',
      e.entry ->> 'detail',
      e.entry ->> 'member',
      e.entry ->> 'channel',
      e.entry ->> 'conversation',
      e.entry ->> 'hash'
    from jsonb_array_elements(entries) with ordinality as e(entry, nth);
    select a.seq, a.hash into head from registry.audit a order by a.seq desc limit 1;
  end if;
  last_seq := head.seq::text;
  last_hash := head.hash;
  return next;
end
$$;

-- A time as the program counts it: milliseconds, with whatever there is below them.
create function registry.milliseconds(at timestamptz)
returns text
language sql immutable set search_path = '' as $$
  select trim_scale(extract(epoch from at)::numeric * 1000)::text
$$;

-- The log in its order, for whoever verifies it.
create function bot.audit_page(after_seq bigint, most integer)
returns table (
  seq text, id text, at text, act text, detail text, member text, channel text, conversation text, hash text
)
language sql stable security definer set search_path = '' as $$
  select
    a.seq::text, a.id, registry.milliseconds(a.at), a.act, a.detail, a.member, a.channel, a.conversation, a.hash
  from registry.audit a
  where a.seq > after_seq
  order by a.seq
  limit greatest(most, 0)
$$;

-- The newest first, from `since` until before `until` (in milliseconds), before the entry `before_seq`. What is null
-- leaves nothing out.
create function bot.newest_audit(
  before_seq bigint, since double precision, until double precision, act text, member text, most integer
)
returns table (
  seq text, id text, at text, act text, detail text, member text, channel text, conversation text, hash text
)
language sql stable security definer set search_path = '' as $$
  select
    a.seq::text, a.id, registry.milliseconds(a.at), a.act, a.detail, a.member, a.channel, a.conversation, a.hash
  from registry.audit a
  where
    (before_seq is null or a.seq < before_seq)
    and (since is null or a.at >= timestamptz 'epoch' + since * interval '1 millisecond')
    and (until is null or a.at < timestamptz 'epoch' + until * interval '1 millisecond')
    and (newest_audit.act is null or a.act = newest_audit.act)
    and (newest_audit.member is null or a.member = newest_audit.member)
  order by a.seq desc
  limit greatest(most, 0)
$$;

revoke all on all functions in schema bot from public;
revoke all on function registry.milliseconds from public;
grant execute on all functions in schema bot to jamsostek_bot;
