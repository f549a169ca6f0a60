-- How many lanes are ready and in nobody's hands, and for how many milliseconds the first of them has been.
local first = redis.call('ZRANGEBYSCORE', due(ARGV[2]), '-inf', now, 'WITHSCORES', 'LIMIT', 0, 1)[2]
return {now, redis.call('ZCOUNT', due(ARGV[2]), '-inf', now), first and now - first or 0}
