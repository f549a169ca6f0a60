-- Ends a turn in one step: the session is kept, the effects lie in the outbox, the inbound is done. The token ends with
-- it, so it works once; the same call again finds its own trace and says the same again.
local conversation, token, following = ARGV[2], ARGV[3], ARGV[4]
local lease, keep, text, horizon = ARGV[5], ARGV[6], ARGV[7], ARGV[8]
-- Nobody sends a call again after this, in milliseconds.
local traceKept = 60000
local about, mailbox = state('turn', conversation), queue('turn', conversation)
local handed, waiting = {}, 0

if redis.call('HGET', about, 'holder') == token then
  redis.call('SET', session(conversation), text, 'PX', horizon)
  redis.call('LPOP', mailbox)
  for i = 9, #ARGV, 3 do
    local lane, ours, effect = ARGV[i], ARGV[i + 1], ARGV[i + 2]
    push(lane, conversation, effect, keep)
    if handOver(lane, conversation, ours == '1' and token or '', lease, keep) then handed[#handed + 1] = lane end
  end
  redis.call('DEL', about)
  waiting = redis.call('LLEN', mailbox)
  if waiting == 0 then
    redis.call('ZREM', due('turn'), conversation)
  else
    goOn('turn', conversation, following, lease, keep)
  end
  redis.call('HSET', about, 'committed', token)
  redis.call('PEXPIRE', about, waiting == 0 and traceKept or keep)
elseif redis.call('HGET', about, 'committed') == token then
  waiting = redis.call('LLEN', mailbox)
  for i = 9, #ARGV, 3 do
    if redis.call('HGET', state(ARGV[i], conversation), 'holder') == token then handed[#handed + 1] = ARGV[i] end
  end
else
  return {now, 0, {}, false, 0}
end

local ours = waiting > 0 and redis.call('HGET', about, 'holder') == following
return {now, 1, handed, ours and redis.call('LINDEX', mailbox, 0), waiting - 1}
