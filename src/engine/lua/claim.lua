-- Takes lanes whose time has come, the longest waiting first.
local lane, token, lease, keep, most = ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local claimed = {}
for _, conversation in ipairs(redis.call('ZRANGEBYSCORE', due(lane), '-inf', now, 'LIMIT', 0, most)) do
  local about = state(lane, conversation)
  local first = redis.call('LINDEX', queue(lane, conversation), 0)
  if first then
    local left = redis.call('HEXISTS', about, 'holder')
    redis.call('ZADD', due(lane), now + lease, conversation)
    redis.call('HSET', about, 'holder', token)
    redis.call('PEXPIRE', about, keep)
    claimed[#claimed + 1] = {
      conversation,
      first,
      redis.call('LLEN', queue(lane, conversation)) - 1,
      redis.call('HINCRBY', about, 'begun', 1),
      tonumber(redis.call('HGET', about, 'tries') or 0),
      left,
      lane == 'turn' and redis.call('GET', session(conversation)),
    }
  else
    redis.call('ZREM', due(lane), conversation)
    redis.call('DEL', about)
  end
end
return {now, claimed}
