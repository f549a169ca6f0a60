-- What became of the codes of the last hour, and what the operator says about sending any.
local now, within = tonumber(ARGV[1]), tonumber(ARGV[2])
local span, spans = tonumber(ARGV[3]), tonumber(ARGV[4])
local last, since, lifetime = tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local wrong, sent, right = KEYS[1] .. ':wrong', KEYS[1] .. ':sent', KEYS[1] .. ':right'

-- How many came after `from`, up to and with `to`.
local function count(key, from, to) return redis.call('ZCOUNT', key, '(' .. from, to) end

local counts = {count(sent, now - span, '+inf')}
for i = 1, spans do counts[i + 1] = count(sent, now - span * (i + 1), now - span * i) end

local settled, used = 0, 0
local over = now - lifetime
local first = redis.call('ZREVRANGEBYSCORE', sent, over, '(' .. now - since, 'WITHSCORES', 'LIMIT', last - 1, 1)[2]
if first then
  settled = redis.call('ZCOUNT', sent, first, over)
  used = redis.call('ZCOUNT', right, first, over)
end
return {
  redis.call('GET', KEYS[1] .. ':held') or '',
  count(wrong, now - within, '+inf'),
  count(sent, now - within, '+inf'),
  counts,
  settled,
  used,
}
