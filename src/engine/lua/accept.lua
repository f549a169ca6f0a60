-- Takes an inbound, once. Whoever brings it gets the lane at once when nobody is at work in it.
local conversation, digest, item, token = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local lease, keep, cap = ARGV[6], ARGV[7], tonumber(ARGV[8])
local seen, mailbox = base .. ':seen:' .. digest, queue('turn', conversation)

if redis.call('EXISTS', seen) == 1 then
  -- The client sends again what was not answered: then the first try of this very call has the lane.
  local ours = token ~= '' and redis.call('HGET', state('turn', conversation), 'holder') == token
  if not ours then return {now, 'duplicate', 0, false} end
  return {now, 'taken', 1, redis.call('GET', session(conversation))}
end
if redis.call('LLEN', mailbox) >= cap then return {now, 'full', 0, false} end

redis.call('SET', seen, '', 'PX', keep)
redis.call('RPUSH', mailbox, item)
redis.call('PEXPIRE', mailbox, keep)
if redis.call('ZSCORE', due('turn'), conversation) then return {now, 'taken', 0, false} end
if token == '' then
  ready('turn', conversation)
  return {now, 'taken', 0, false}
end
hold('turn', conversation, token, lease, keep)
return {now, 'taken', 1, redis.call('GET', session(conversation))}
