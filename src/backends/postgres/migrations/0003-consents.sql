-- What members agreed to, kept as proof: rows are added and never changed (Law 27/2022 art. 22, 24).

create table registry.consents (
  -- A digest: ids that come from platforms can have any length and any characters.
  turn text primary key,
  conversation text not null,
  channel text not null,
  notice text not null,
  language text not null,
  text_digest text not null,
  given boolean not null,
  at timestamptz not null
);

create function registry.refuse_change() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception '% of % is not allowed', tg_op, tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger consents_are_kept
before update or delete or truncate on registry.consents
for each statement execute function registry.refuse_change();

create function bot.record_consent(
  turn text, conversation text, channel text, notice text, language text, text_digest text, given boolean, at timestamptz
)
returns void
language sql volatile security definer set search_path = '' as $$
  insert into registry.consents values (turn, conversation, channel, notice, language, text_digest, given, at)
  on conflict do nothing
$$;

revoke all on all functions in schema bot from public;
revoke all on function registry.refuse_change() from public;
grant execute on all functions in schema bot to jamsostek_bot;
