-- Who a membership number belongs to, for a channel where members send that instead of their NIK. One row in any case, as
-- for a NIK: nobody's where there is no such number.
create function bot.member_by_kpj(kpj text)
returns table (ref text, phone text, deceased boolean, nik text)
language sql stable security definer set search_path = '' as $$
  select
    coalesce(m.ref, '00000000-0000-0000-0000-000000000000'),
    case when m.ref is null then '+62800000000' else m.phone end,
    coalesce(m.deceased, false),
    coalesce(m.nik, '0000000000000000')
  from (values (1)) as always
  left join registry.memberships s on s.kpj = member_by_kpj.kpj
  left join registry.members m on m.ref = s.member
$$;

revoke all on function bot.member_by_kpj from public;
grant execute on function bot.member_by_kpj to jamsostek_bot;
