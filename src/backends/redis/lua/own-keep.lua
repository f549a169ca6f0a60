-- Changes what is kept, all at once, when it is still ours. ARGV[2] is the change's number in this tenure, ARGV[3] what
-- is to be done: `write` the changes in ARGV[4], or `clear`. Each change is a table, a digest and sealed text (empty: take
-- it away); where a text follows that it is to take the place of, it is done only if that still stands there. ARGV[5] is
-- the mark of the caller's secret. Answers whether it was ours. A change that comes a second time, or after a later one,
-- does nothing: the caller knows what became of it, or has given it up.
local number, todo = tonumber(ARGV[2]), ARGV[3]
if not isOurs() then return 0 end
if number <= tonumber(redis.call('HGET', lease, 'number') or 0) then return 1 end
redis.call('HSET', lease, 'number', number)

if todo == 'clear' then
  for _, name in ipairs(redis.call('SMEMBERS', tables)) do redis.call('UNLINK', kept(name)) end
  redis.call('DEL', tables, mark)
  return 1
end

local changed = {}
for _, change in ipairs(cjson.decode(ARGV[4])) do
  local name, digest, sealed, instead = change[1], change[2], change[3], change[4]
  if not instead or redis.call('HGET', kept(name), digest) == instead then
    changed[name] = true
    if sealed == '' then redis.call('HDEL', kept(name), digest) else redis.call('HSET', kept(name), digest, sealed) end
  end
end
for name in pairs(changed) do
  redis.call(redis.call('EXISTS', kept(name)) == 1 and 'SADD' or 'SREM', tables, name)
end
if redis.call('EXISTS', tables) == 1 then redis.call('SET', mark, ARGV[5], 'NX') else redis.call('DEL', mark) end
return 1
