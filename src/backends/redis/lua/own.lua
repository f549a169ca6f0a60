-- Who owns something. KEYS[1] is what all of its keys begin with, ARGV[1] the caller's token.
--   lease   a hash that is gone when its owner has fallen silent: the owner's `token`, the `number` of its last change
--   ousted  the token of an owner from whom it was taken by force and who may not know it yet
--   tables  the names of the tables that are not empty; kept:<table> each of them, sealed text by digest
--   mark    of the secret that the digests are made with, as long as there is a table
local base, token = KEYS[1], ARGV[1]
local lease, ousted, tables, mark = base .. ':lease', base .. ':ousted', base .. ':tables', base .. ':mark'

local function holder() return redis.call('HGET', lease, 'token') end
local function isOurs() return holder() == token end
local function kept(name) return base .. ':kept:' .. name end
