-- Admits everything that is asked, or nothing of it. A window is a sorted set of items by when each was admitted last.
-- Answers 0, or the first moment when the same would be admitted; -1 when it never would be.
-- Idempotent: an item that is in the window already only moves forward.
local now, asked, slack = tonumber(ARGV[1]), cjson.decode(ARGV[2]), tonumber(ARGV[3])
local retryAt = now

for _, window in ipairs(asked) do
  window.key = KEYS[1] .. ':' .. window.name
  window.longest = 0
  local ours = {}
  for _, item in ipairs(window.items) do ours[item] = true end
  for _, rule in ipairs(window.rules) do
    if #window.items > rule.max then return -1 end
    window.longest = math.max(window.longest, rule.within)
  end
  redis.call('ZREMRANGEBYSCORE', window.key, '-inf', now - window.longest)
  local size, held = redis.call('ZCARD', window.key), nil
  for _, rule in ipairs(window.rules) do
    -- Where there is room for all of it in any case, the window is not read: some hold ten thousands.
    if size + #window.items > rule.max then
      held = held or redis.call('ZRANGE', window.key, 0, -1, 'WITHSCORES')
      local leaving = {}
      for i = 1, #held, 2 do
        if not ours[held[i]] then leaving[#leaving + 1] = held[i + 1] + rule.within end
      end
      -- Items that no longer count for this rule come first, and raise `excess` by as many.
      local excess = #leaving + #window.items - rule.max
      if excess > 0 then retryAt = math.max(retryAt, leaving[excess]) end
    end
  end
end
if retryAt > now then return retryAt end

for _, window in ipairs(asked) do
  for _, item in ipairs(window.items) do redis.call('ZADD', window.key, 'GT', now, item) end
  redis.call('PEXPIRE', window.key, window.longest + slack)
end
return 0
