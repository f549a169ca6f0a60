-- Ends one try of a lane's first item: done with it, or again after a pause. What is next in the lane stays in the same
-- hands, under the token `following`.
local lane, conversation, token, following = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local lease, keep, pause, begun, tries = ARGV[6], ARGV[7], tonumber(ARGV[8]), ARGV[9], ARGV[10]
local about, items = state(lane, conversation), queue(lane, conversation)
local holder = redis.call('HGET', about, 'holder')

if holder == token and pause >= 0 then
  redis.call('HDEL', about, 'holder')
  redis.call('HSET', about, 'begun', begun, 'tries', tries)
  redis.call('ZADD', due(lane), now + pause, conversation)
  return {now, 1, false, 0}
end
if holder == token then
  redis.call('LPOP', items)
  redis.call('DEL', about)
  if redis.call('LLEN', items) == 0 then
    redis.call('ZREM', due(lane), conversation)
    return {now, 1, false, 0}
  end
  goOn(lane, conversation, following, lease, keep)
elseif following == '' or holder ~= following then
  return {now, 0, false, 0}
end
if following == '' then return {now, 1, false, 0} end
return {now, 1, redis.call('LINDEX', items, 0), redis.call('LLEN', items) - 1}
