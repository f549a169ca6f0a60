-- Counts a code that was sent, or tried and found wrong or right. An item that is there already changes nothing, so the
-- same call again counts once.
local what, id, now, keep, slack = ARGV[1], ARGV[2], tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
if what == 'nothing' then return 0 end

local sent = KEYS[1] .. ':sent'
local key, at = KEYS[1] .. ':' .. what, now
if what == 'right' then
  -- A code is used at the moment when it was sent: so the same stretch of time holds both.
  at = redis.call('ZSCORE', sent, id)
  if not at then return 0 end
end
redis.call('ZADD', key, 'NX', at, id)
redis.call('ZREMRANGEBYSCORE', key, '-inf', now - keep)
redis.call('PEXPIRE', key, keep + slack)
return 0
