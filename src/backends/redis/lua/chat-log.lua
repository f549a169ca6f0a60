-- What one chat on the web shows. KEYS[1] is a hash that is gone when the chat's member has not written for a while:
--   life         names the chat, as ARGV[1] where it begins now
--   clearings    how often it was cleared; reason: why the last time
--   first, last  the numbers of the oldest and the newest entry; size: the bytes of all
--   #<number>    an entry: its key, a line break, its sealed text; no text once it was cleared
--   =<key>       the number of the entry with this key
--   ?<key>       what is held: the sealed text of a message that may not have been taken yet
-- ARGV[2] is that while in milliseconds, ARGV[3] what is to be done: `hold`, `add` or `read`.
local chat, idle, todo = KEYS[1], ARGV[2], ARGV[3]

if redis.call('HSETNX', chat, 'life', ARGV[1]) == 1 then
  redis.call('HSET', chat, 'clearings', 0, 'reason', 'idle', 'first', 1, 'last', 0, 'size', 0)
  redis.call('PEXPIRE', chat, idle)
end

local function figure(name) return tonumber(redis.call('HGET', chat, name)) end
local function knows(key) return redis.call('HEXISTS', chat, '=' .. key) == 1 end
local function keyOf(entry) return string.match(entry, '^[^\n]*') end

local function put(key, text)
  local number = redis.call('HINCRBY', chat, 'last', 1)
  local entry = key .. '\n' .. text
  redis.call('HSET', chat, '#' .. number, entry, '=' .. key, number)
  redis.call('HINCRBY', chat, 'size', #entry)
  redis.call('HDEL', chat, '?' .. key)
end

local function clear(reason)
  local size = 0
  for number = figure('first'), figure('last') do
    local emptied = keyOf(redis.call('HGET', chat, '#' .. number)) .. '\n'
    redis.call('HSET', chat, '#' .. number, emptied)
    size = size + #emptied
  end
  redis.call('HSET', chat, 'size', size, 'reason', reason)
  redis.call('HINCRBY', chat, 'clearings', 1)
end

local function trim(cap)
  local first, last, size = figure('first'), figure('last'), figure('size')
  while size > cap and first < last do
    local entry = redis.call('HGET', chat, '#' .. first)
    redis.call('HDEL', chat, '#' .. first, '=' .. keyOf(entry))
    size = size - #entry
    first = first + 1
  end
  redis.call('HSET', chat, 'first', first, 'size', size)
end

local function add(key, text, byMember, answers, reason, cap, channel, conversation)
  if byMember == '1' or reason ~= '' then redis.call('PEXPIRE', chat, idle) end
  if knows(key) then return end
  local held = redis.call('HGET', chat, '?' .. answers)
  if held then put(answers, held) end
  if reason ~= '' then clear(reason) end
  put(key, text)
  trim(tonumber(cap))
  redis.call('PUBLISH', channel, conversation)
end

-- What came after a number in this life; all of it when this life has not come so far.
local function read(life, number)
  local after, entries = tonumber(number), {}
  if life ~= redis.call('HGET', chat, 'life') or after > figure('last') then after = 0 end
  for each = math.max(figure('first'), after + 1), figure('last') do
    entries[#entries + 1] = redis.call('HGET', chat, '#' .. each)
  end
  return entries
end

local entries = {}
if todo == 'hold' then
  if not knows(ARGV[4]) then redis.call('HSET', chat, '?' .. ARGV[4], ARGV[5]) end
elseif todo == 'add' then
  add(unpack(ARGV, 4))
else
  entries = read(ARGV[4], ARGV[5])
end
local life, clearings, reason, last = unpack(redis.call('HMGET', chat, 'life', 'clearings', 'reason', 'last'))
return {life, tonumber(clearings), reason, tonumber(last), entries}
