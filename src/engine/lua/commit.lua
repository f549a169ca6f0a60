-- Ends a turn in one step: the session is kept, the effects lie in the outbox, the inbound is done. The token ends with
-- it, so it works once; the same call again finds its own trace and says the same again.
local conversation, token, following = ARGV[2], ARGV[3], ARGV[4]
local lease, keep, text, horizon = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
-- Nobody sends a call again after this, in milliseconds.
local traceKept = 60000
local about, mailbox = state('turn', conversation), queue('turn', conversation)

if redis.call('HGET', about, 'holder') == token then
  redis.call('SET', session(conversation), text, 'PX', horizon)
  redis.call('LPOP', mailbox)
  for i = 9, #ARGV, 3 do
    local lane, ours, effect = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    redis.call('RPUSH', queue(lane, conversation), effect)
    redis.call('PEXPIRE', queue(lane, conversation), keep)
    if not redis.call('ZSCORE', due(lane), conversation) then
      if ours == '1' then hold(lane, conversation, token, lease, keep) else ready(lane, conversation) end
    end
  end
  redis.call('DEL', about)
  if redis.call('LLEN', mailbox) == 0 then
    redis.call('ZREM', due('turn'), conversation)
  elseif following == '' then
    ready('turn', conversation)
  else
    hold('turn', conversation, following, lease, keep)
  end
  redis.call('HSET', about, 'committed', token)
  redis.call('PEXPIRE', about, redis.call('LLEN', mailbox) == 0 and traceKept or keep)
elseif redis.call('HGET', about, 'committed') ~= token then
  return {now, 0, {}, false, 0}
end

local lanes = {}
for i = 9, #ARGV, 3 do
  if redis.call('HGET', state(ARGV[i], conversation), 'holder') == token then lanes[#lanes + 1] = ARGV[i] end
end
local first = redis.call('HGET', about, 'holder') == following and redis.call('LINDEX', mailbox, 0)
return {now, 1, lanes, first, redis.call('LLEN', mailbox) - 1}
