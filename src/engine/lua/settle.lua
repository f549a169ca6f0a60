-- Ends one try of a lane's first item: done with it, or again after a pause. What is next in the lane stays in the same
-- hands, under the token `following`.
local lane, conversation, token, following = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local lease, keep, pause, begun, tries = ARGV[6], ARGV[7], tonumber(ARGV[8]), ARGV[9], ARGV[10]
local about, waiting = state(lane, conversation), queue(lane, conversation)
local holder = redis.call('HGET', about, 'holder')

if holder ~= token then
  local ours = following ~= '' and holder == following
  return {now, ours and 1 or 0, ours and redis.call('LINDEX', waiting, 0), redis.call('LLEN', waiting) - 1}
end
if pause >= 0 then
  redis.call('HDEL', about, 'holder')
  redis.call('HSET', about, 'begun', begun, 'tries', tries)
  redis.call('ZADD', due(lane), now + pause, conversation)
  return {now, 1, false, 0}
end
redis.call('LPOP', waiting)
redis.call('DEL', about)
if redis.call('LLEN', waiting) == 0 then
  redis.call('ZREM', due(lane), conversation)
  return {now, 1, false, 0}
end
if following == '' then
  ready(lane, conversation)
  return {now, 1, false, 0}
end
hold(lane, conversation, following, lease, keep)
return {now, 1, redis.call('LINDEX', waiting, 0), redis.call('LLEN', waiting) - 1}
