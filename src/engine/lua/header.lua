-- KEYS[1] names a partition: every key below begins with it, so all of them lie in one hash slot.
-- ARGV[1] is how far this program's time is ahead of the server's: 0, but in tests.
local base = KEYS[1]
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000) + ARGV[1]

-- The lanes of one name with work in them. The score is from when on anybody may take the lane: it is ready now, in
-- somebody's hands until its lease ends, or in a pause until its next try.
local function due(lane) return base .. ':due:' .. lane end
-- What waits in a lane, in order. The first is at work.
local function queue(lane, conversation) return base .. ':queue:' .. lane .. ':' .. conversation end
-- Who has a lane in hand (`holder`), how often its first item was begun (`begun`), how often it surely failed (`tries`).
local function state(lane, conversation) return base .. ':lane:' .. lane .. ':' .. conversation end
local function session(conversation) return base .. ':session:' .. conversation end

local function hold(lane, conversation, token, keep)
  redis.call('HSET', state(lane, conversation), 'holder', token, 'begun', 1)
  redis.call('PEXPIRE', state(lane, conversation), keep)
end

-- Hands a lane over that was empty: to the caller, under `token`, or with an empty one to whoever comes. False when the
-- lane has work already, and whoever is at it goes on.
local function handOver(lane, conversation, token, lease, keep)
  local mine = token ~= ''
  if redis.call('ZADD', due(lane), 'NX', mine and now + lease or now, conversation) == 0 then return false end
  if mine then hold(lane, conversation, token, keep) else redis.call('PUBLISH', base .. ':wake', lane) end
  return mine
end

-- The same for a lane in the caller's hands, which has more work.
local function goOn(lane, conversation, token, lease, keep)
  local mine = token ~= ''
  redis.call('ZADD', due(lane), mine and now + lease or now, conversation)
  if mine then hold(lane, conversation, token, keep) else redis.call('PUBLISH', base .. ':wake', lane) end
end

-- Puts something into a lane; resolves to how many are in it then.
local function push(lane, conversation, item, keep)
  local count = redis.call('RPUSH', queue(lane, conversation), item)
  if count == 1 then redis.call('PEXPIRE', queue(lane, conversation), keep) end
  return count
end
