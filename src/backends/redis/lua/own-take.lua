-- Takes it unless another has it, for ARGV[2] milliseconds; with ARGV[3] '1' even then. Answers whether it is ours to
-- begin with: after force only when the other has let go of it, or can no longer believe that he owns it. Whoever has
-- to wait asks again. Idempotent.
local length, byForce = ARGV[2], ARGV[3] == '1'
local other = holder()
if other and other ~= token then
  if not byForce then return 0 end
  -- Who is written there already has been waited for by the other, who has not begun then.
  redis.call('SET', ousted, other, 'NX', 'PX', length)
  redis.call('DEL', lease)
end
redis.call('HSET', lease, 'token', token)
redis.call('PEXPIRE', lease, length)
return redis.call('EXISTS', ousted) == 1 and 0 or 1
