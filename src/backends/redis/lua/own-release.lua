-- Leaves it to the next. Idempotent, and nothing when it is not ours.
if isOurs() then redis.call('DEL', lease) end
if redis.call('GET', ousted) == token then redis.call('DEL', ousted) end
return 1
