-- Whoever still works at a lane keeps it for another lease.
local lane, conversation, token, lease = ARGV[2], ARGV[3], ARGV[4], ARGV[5]
if redis.call('HGET', state(lane, conversation), 'holder') ~= token then return {now, 0} end
redis.call('ZADD', due(lane), now + lease, conversation)
return {now, 1}
