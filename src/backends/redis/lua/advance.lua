-- How far something has come: only ever further. A call that is sent again changes nothing, and says that it did not.
local to, keep = tonumber(ARGV[1]), tonumber(ARGV[2])
if to <= tonumber(redis.call('GET', KEYS[1]) or 0) then return 0 end
redis.call('SET', KEYS[1], to, 'PX', keep)
return 1
