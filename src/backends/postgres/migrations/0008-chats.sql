-- What is known of chats beyond their sessions: who was verified in one, whose wish it is to be known there again, and who
-- has stopped all access by chat. Chats stand here by the keyed digests that are their ids. Times come from the program.

create table registry.chat_logins (
  conversation text not null,
  -- No reference to registry.members: who has left the registry was still verified here.
  member text not null,
  -- A digest of the first turn, so that a repeated turn is known as the same.
  turn text not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  primary key (conversation, member)
);
create index chat_logins_of_member on registry.chat_logins (member);
create index chat_logins_by_time on registry.chat_logins (last_at);

create table registry.chat_links (
  conversation text primary key,
  member text not null,
  -- The keyed digest of the NIK, for the limits of codes.
  nik text not null,
  -- A digest of the phone on file when it was linked: with another one the link does not hold.
  phone text not null,
  since timestamptz not null,
  until timestamptz not null
);
create index chat_links_of_member on registry.chat_links (member);
create index chat_links_by_time on registry.chat_links (until);

create table registry.access_blocks (
  member text primary key,
  at timestamptz not null,
  lifted_at timestamptz
);

-- Numbers out of notices, as keyed digests: whoever types one stops the access of its member.
create table registry.alarms (
  alarm text not null,
  member text not null,
  until timestamptz not null,
  -- A digest of the turn that used it: a number works once.
  turn text,
  primary key (alarm, member)
);
create index alarms_by_time on registry.alarms (until);

create function registry.phone_digest(conversation text, phone text)
returns text
language sql immutable set search_path = '' as $$
  select encode(sha256(convert_to(conversation || ' ' || phone, 'UTF8')), 'hex')
$$;

create function registry.milliseconds_of(at timestamptz)
returns double precision
language sql immutable set search_path = '' as $$
  select round(extract(epoch from at) * 1000)::double precision
$$;

-- Notes that a member was verified in a chat, and says whether that was the first time.
create function bot.note_login(conversation text, member text, turn text, at timestamptz)
returns table (is_first boolean)
language sql volatile security definer set search_path = '' as $$
  insert into registry.chat_logins as l (conversation, member, turn, first_at, last_at)
  values (note_login.conversation, note_login.member, note_login.turn, at, at)
  on conflict on constraint chat_logins_pkey do update set last_at = greatest(l.last_at, excluded.last_at)
  returning l.turn = note_login.turn
$$;

-- Links a chat to a member, in place of any other. Without a phone on file there is nothing to link to.
create function bot.link_chat(conversation text, member text, nik text, at timestamptz, until timestamptz)
returns void
language sql volatile security definer set search_path = '' as $$
  insert into registry.chat_links as l (conversation, member, nik, phone, since, until)
  select
    link_chat.conversation, m.ref, link_chat.nik, registry.phone_digest(link_chat.conversation, m.phone), at,
    link_chat.until
  from registry.members m
  where m.ref = link_chat.member and m.phone is not null
  on conflict on constraint chat_links_pkey do update
  set member = excluded.member, nik = excluded.nik, phone = excluded.phone, since = excluded.since,
    until = excluded.until
$$;

-- Whose chat it is: nothing once that is over, or not what it was any more.
create function bot.linked_chat(conversation text, at timestamptz)
returns table (member text, nik text, since double precision, until double precision)
language sql stable security definer set search_path = '' as $$
  select l.member, l.nik, registry.milliseconds_of(l.since), registry.milliseconds_of(l.until)
  from registry.chat_links l
  join registry.members m on m.ref = l.member
  where l.conversation = linked_chat.conversation
    and l.until > at
    and not m.deceased
    and l.phone = registry.phone_digest(l.conversation, m.phone)
    and not exists (select from registry.access_blocks b where b.member = l.member and b.lifted_at is null)
$$;

create function bot.unlink_chat(conversation text)
returns table (unlinked boolean)
language sql volatile security definer set search_path = '' as $$
  with gone as (
    delete from registry.chat_links l where l.conversation = unlink_chat.conversation returning l.conversation
  )
  select exists (select from gone)
$$;

-- What is held about a chat, for whoever writes there: nothing that says whose it is.
create function bot.held_of_chat(conversation text, at timestamptz, most integer)
returns table (
  linked_since double precision, linked_until double precision, first_login double precision,
  last_login double precision, consents jsonb
)
language sql stable security definer set search_path = '' as $$
  select
    l.since, l.until, registry.milliseconds_of(x.first_at), registry.milliseconds_of(x.last_at),
    coalesce(
      (
        select jsonb_agg(
          jsonb_build_object('notice', c.notice, 'given', c.given, 'at', registry.milliseconds_of(c.at))
          order by c.at desc, c.notice
        )
        from (
          select * from registry.consents c
          where c.conversation = held_of_chat.conversation
          order by c.at desc, c.notice
          limit greatest(most, 0)
        ) c
      ),
      '[]'
    )
  from (
    select min(l.first_at) as first_at, max(l.last_at) as last_at
    from registry.chat_logins l where l.conversation = held_of_chat.conversation
  ) x
  left join bot.linked_chat(held_of_chat.conversation, held_of_chat.at) l on true
$$;
create index consents_of_conversation on registry.consents (conversation, at);

-- Forgets a chat, but for what proves a consent.
create function bot.erase_chat(conversation text)
returns void
language sql volatile security definer set search_path = '' as $$
  delete from registry.chat_links l where l.conversation = erase_chat.conversation;
  delete from registry.chat_logins l where l.conversation = erase_chat.conversation
$$;

-- Whether access is stopped, or was stopped at or after `since`: then what began before is over for good.
create function bot.access_blocked(member text, since timestamptz)
returns table (blocked boolean)
language sql stable security definer set search_path = '' as $$
  select exists (
    select from registry.access_blocks b
    where b.member = access_blocked.member and (b.lifted_at is null or b.at >= since)
  )
$$;

-- Stops all access of a member by chat. Links go, and every chat is a new one from then on.
create function bot.block_access(member text, at timestamptz)
returns void
language sql volatile security definer set search_path = '' as $$
  insert into registry.access_blocks as b (member, at)
  values (block_access.member, block_access.at)
  on conflict on constraint access_blocks_pkey do update
  set at = greatest(b.at, excluded.at), lifted_at = null;
  delete from registry.chat_links l where l.member = block_access.member;
  delete from registry.chat_logins l where l.member = block_access.member
$$;

create function bot.lift_block(member text, at timestamptz)
returns table (lifted boolean)
language sql volatile security definer set search_path = '' as $$
  with lifted as (
    update registry.access_blocks b set lifted_at = lift_block.at
    where b.member = lift_block.member and b.lifted_at is null
    returning b.member
  )
  select exists (select from lifted)
$$;

create function bot.set_alarm(alarm text, member text, until timestamptz)
returns void
language sql volatile security definer set search_path = '' as $$
  insert into registry.alarms as a (alarm, member, until)
  values (set_alarm.alarm, set_alarm.member, set_alarm.until)
  on conflict on constraint alarms_pkey do update set until = excluded.until, turn = null
$$;

-- Stops the access of whoever a number was sent to, and says whose; the same turn again says the same.
create function bot.sound_alarm(alarm text, turn text, at timestamptz)
returns table (member text)
language plpgsql volatile security definer set search_path = '' as $$
begin
  for member in
    update registry.alarms a set turn = sound_alarm.turn
    where a.alarm = sound_alarm.alarm
      and a.until > sound_alarm.at
      and (a.turn is null or a.turn = sound_alarm.turn)
    returning a.member
  loop
    perform bot.block_access(member, sound_alarm.at);
    return next;
  end loop;
end
$$;

-- Forgets what is over: links and numbers by their time, logins after 400 days. At most `most` of each; says how many,
-- and no more than `most`. The time is the server's own, so that whoever may call this can forget nothing early.
create function bot.sweep_chats(most integer)
returns table (swept integer)
language sql volatile security definer set search_path = '' as $$
  with links as (
    delete from registry.chat_links where conversation in (
      select l.conversation from registry.chat_links l where l.until < now() order by l.until limit most
      for update skip locked
    ) returning 1
  ), alarms as (
    delete from registry.alarms a using (
      select x.alarm, x.member from registry.alarms x where x.until < now() order by x.until limit most
      for update skip locked
    ) old where (a.alarm, a.member) = (old.alarm, old.member) returning 1
  ), logins as (
    delete from registry.chat_logins c using (
      select x.conversation, x.member from registry.chat_logins x where x.last_at < now() - interval '400 days'
      order by x.last_at limit most
      for update skip locked
    ) old where (c.conversation, c.member) = (old.conversation, old.member) returning 1
  )
  select greatest(
    (select count(*) from links), (select count(*) from alarms), (select count(*) from logins)
  )::integer
$$;

-- In one turn there can be an answer to two notices.
alter table registry.consents drop constraint consents_pkey, add primary key (turn, notice);

revoke all on all functions in schema bot from public;
revoke all on function registry.phone_digest, registry.milliseconds_of from public;
grant execute on all functions in schema bot to jamsostek_bot;
