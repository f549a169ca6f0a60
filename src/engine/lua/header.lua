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

local function hold(lane, conversation, token, lease, keep)
  redis.call('ZADD', due(lane), now + lease, conversation)
  redis.call('HSET', state(lane, conversation), 'holder', token, 'begun', 1)
  redis.call('PEXPIRE', state(lane, conversation), keep)
end

local function ready(lane, conversation)
  redis.call('ZADD', due(lane), now, conversation)
  redis.call('PUBLISH', base .. ':wake', lane)
end
