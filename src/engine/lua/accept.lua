-- Takes an inbound, once. Whoever brings it gets the lane at once when nobody is at work in it.
local conversation, digest, item, token = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local lease, keep, cap = ARGV[6], ARGV[7], tonumber(ARGV[8])
local seen = base .. ':seen:' .. digest

if not redis.call('SET', seen, '', 'NX', 'PX', keep) then
  -- The client sends again what was not answered: then the first try of this very call has the lane.
  local ours = token ~= '' and redis.call('HGET', state('turn', conversation), 'holder') == token
  if not ours then return {now, 'duplicate', 0, false} end
  return {now, 'taken', 1, redis.call('GET', session(conversation))}
end
if push('turn', conversation, item, keep) > cap then
  redis.call('RPOP', queue('turn', conversation))
  redis.call('DEL', seen)
  return {now, 'full', 0, false}
end
local ours = handOver('turn', conversation, token, lease, keep)
return {now, 'taken', ours and 1 or 0, ours and redis.call('GET', session(conversation))}
