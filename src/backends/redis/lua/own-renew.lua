-- Keeps it for another ARGV[2] milliseconds. Answers whether it still was ours. Idempotent.
if not isOurs() then return 0 end
redis.call('PEXPIRE', lease, ARGV[2])
return 1
