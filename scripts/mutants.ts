/**
 * Takes the guards of the conversation, the engine and the verification of papers out, one at a time, in a copy of the
 * project, and runs the tests that hold them: each must go red. `npm run mutants` runs all of them,
 * `npm run mutants -- expiry` those with that word in their name or in the path of their file.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Mutant {
  /** The guard that is missing. */
  readonly without: string;
  readonly file: string;
  readonly find: string;
  readonly replace: string;
  /** The tests that must go red: the conversation's, unless said otherwise. */
  readonly tests?: string;
}

const usual = 'tests/core/conversation';
const steps = 'src/core/conversation';
const lua = 'src/engine/lua';
const verification = 'src/verification';

const mutants: readonly Mutant[] = [
  {
    without: 'the code check',
    file: `${steps}/challenge.ts`,
    find: 'const right = keys.same(challenge.code, digest(keys, challenge.id, typed));',
    replace: 'const right = true;',
  },
  {
    without: 'the decoy',
    file: `${steps}/challenge.ts`,
    find: 'if (right && challenge.member !== nobody)',
    replace: 'if (right)',
  },
  {
    without: 'a decoy for members that no code can be sent to',
    file: `${steps}/code-sending.ts`,
    find: 'const member = what.member && phone && !blocked ? what.member.ref : nobody;',
    replace: 'const member = what.member && !blocked ? what.member.ref : nobody;',
  },
  {
    without: 'a decoy for members who have stopped all access',
    file: `${steps}/code-sending.ts`,
    find: 'const member = what.member && phone && !blocked ? what.member.ref : nobody;',
    replace: 'const member = what.member && phone ? what.member.ref : nobody;',
    tests: 'tests/conversations/conversations.test.ts',
  },
  {
    without: 'the end of sessions when access is stopped',
    file: `${steps}/login.ts`,
    find: "if (blocked) return 'blocked';",
    replace: '',
    tests: 'tests/conversations/conversations.test.ts',
  },
  {
    without: 'writing down what is shown',
    file: `${steps}/converse.ts`,
    find: 'await record(turn);',
    replace: '',
    tests: 'tests/core/conversation/audited.test.ts',
  },
  {
    without: 'keeping back what cannot be written down',
    file: `${steps}/converse.ts`,
    find: 'if (!move.answer.personal && onlyEnds(turn.deeds)) return move;',
    replace: 'return move;',
    tests: 'tests/core/conversation/audited.test.ts',
  },
  {
    without: 'the consent for another NIK in a chat that is remembered',
    file: `${steps}/consent-step.ts`,
    find: "return hasAgreed(session, turn) ? askNik(goals, session, 'change_nik') : askConsent(goals, session, turn, said);",
    replace: "return askNik(goals, session, 'change_nik');",
    tests: 'tests/conversations/conversations.test.ts',
  },
  {
    without: 'the phone on file as the only one that a text is answered with a code on',
    file: `${steps}/code-sending.ts`,
    find: 'const phone = inbound.phone !== undefined && inbound.phone !== onFile ? null : onFile;',
    replace: 'const phone = onFile;',
    tests: 'tests/core/conversation/sms.test.ts',
  },
  {
    without: 'silence about whose NIK goes with a membership number',
    file: `${steps}/code-sending.ts`,
    find: 'const member = found && found.phone === inbound.phone ? found : null;',
    replace: 'const member = found;',
    tests: 'tests/core/conversation/sms.test.ts',
  },
  {
    without: 'a code for the other member of a family with one phone',
    file: `${steps}/pursue.ts`,
    find: 'if (said && kpjHere(said, turn) && (await namesOther(state, turn, said))) {',
    replace: 'if (said === null) {',
    tests: 'tests/core/conversation/sms.test.ts',
  },
  {
    without: 'the consent before a membership number is used',
    file: `${steps}/consent-step.ts`,
    find: 'return consent === versionHere(turn);',
    replace: 'return true || consent === versionHere(turn);',
    tests: 'tests/core/conversation/sms.test.ts',
  },
  {
    without: 'the expiry of a code',
    file: `${steps}/challenge.ts`,
    find: "return now >= challenge.expires ? 'expired' : 'open';",
    replace: "return 'open';",
  },
  {
    without: 'the end of an old code',
    file: `${steps}/challenge.ts`,
    find: "? 'old' : 'wrong'",
    replace: "? 'right' : 'wrong'",
  },
  {
    without: 'the five tries of a code',
    file: `${steps}/challenge.ts`,
    find: "if (challenge.wrong >= checksPerChallenge) return 'dead';",
    replace: '',
  },
  {
    without: 'the lock when a code is tried',
    file: `${steps}/code-step.ts`,
    find: 'if (!counted.counted) return stopped(counted.standing, session, turn);',
    replace: '',
  },
  {
    without: 'the lock when a code is asked for',
    file: `${steps}/code-sending.ts`,
    find: "if (standing.is !== 'open') return stopped(standing, session, turn);",
    replace: '',
  },
  {
    without: 'a count for each turn',
    file: `${steps}/code-step.ts`,
    find: 'countFirst(challenge.nik, turn.id, now, lockSteps)',
    replace: "countFirst(challenge.nik, 'x' as typeof turn.id, now, lockSteps)",
  },
  {
    without: 'the private chat',
    file: `${steps}/pursue.ts`,
    find: 'if (!turn.inbound.private) return',
    replace: 'if (false) return',
  },
  {
    without: 'the pause between codes',
    file: `${steps}/code-sending.ts`,
    find: 'if (!last) return 0;',
    replace: 'return 0;',
  },
  {
    without: 'the limits of codes sent',
    file: `${steps}/code-sending.ts`,
    find: 'if (!sends.admitted) {',
    replace: 'if (false) {',
  },
  {
    without: 'the end after 15 idle minutes',
    file: `${steps}/session-end.ts`,
    find: 'const idle = now - session.lastSeen >= idleLimit;',
    replace: 'const idle = false;',
  },
  {
    without: 'the end after 60 minutes',
    file: `${steps}/session-end.ts`,
    find: 'if (now - state.since >= sessionLimit) {',
    replace: 'if (false) {',
    // The login is forgotten after as long, so that nothing is shown all the same; but nobody would be told why.
    tests: 'tests/conversations',
  },
  {
    without: 'the end by logging out',
    file: `${steps}/orders.ts`,
    find: "session: { ...session, state: { at: 'idle' }, consent: null, topic: null, subject: {} }",
    replace: 'session: { ...session, consent: null, topic: null, subject: {} }',
  },
  {
    without: 'the higher bar for what is personal',
    file: `${steps}/question.ts`,
    find: 'goalOf(intent) === null ? sureEnough : sureEnoughForPersonal',
    replace: 'goalOf(intent) === null ? sureEnough : sureEnough',
  },
  {
    without: 'the mask over words that may be names',
    file: 'src/core/understanding/masked.ts',
    find: 'return known ?? wordMask;',
    replace: 'return known ?? written;',
    tests: 'tests/core/understanding/masked.test.ts',
  },
  {
    without: 'silence about what is typed where a NIK or a code is waited for',
    file: `${steps}/miss.ts`,
    find: "if (state.at === 'nik' || state.at === 'code') return;",
    replace: '',
  },
  {
    without: 'the fence before a commit',
    file: `${lua}/commit.lua`,
    find: "if redis.call('HGET', about, 'holder') == token then",
    replace: 'if true then',
    tests: 'tests/faults/takeover.test.ts',
  },
  {
    without: 'the end of the token with its commit',
    file: `${lua}/commit.lua`,
    find: "if redis.call('HGET', about, 'holder') == token then",
    replace: "if redis.call('HGET', about, 'holder') == token or redis.call('HGET', about, 'committed') == token then",
    tests: 'tests/faults/cut-answers.test.ts',
  },
  {
    without: 'the fence before what was sent is taken out',
    file: `${lua}/settle.lua`,
    find: 'if holder == token then',
    replace: 'if true then',
    tests: 'tests/faults/takeover.test.ts',
  },
  {
    without: 'the end of a code whose sender died',
    file: 'src/engine/sends.ts',
    find: 'if (isSpent(effect, begun - 1)) {',
    replace: 'if (false) {',
    tests: 'tests/faults/takeover.test.ts',
  },
  {
    without: 'the memory of what was taken',
    file: `${lua}/accept.lua`,
    find: "if not redis.call('SET', seen, '', 'NX', 'PX', keep) then",
    replace: 'if false then',
    tests: 'tests/faults/cut-answers.test.ts',
  },
  {
    without: 'the signature of a paper',
    file: `${verification}/token.ts`,
    find: 'if (!keys.same(macOf(payload, keys), branded<Mac>(token.slice(-macLength)))) return notOurs;',
    replace: '',
    tests: 'tests/verification/token.test.ts',
  },
  {
    without: 'the expiry of a paper',
    file: `${verification}/token.ts`,
    find: "if (numberOf(dayInJakarta(now)) > until) return { is: 'expired' };",
    replace: '',
    tests: 'tests/verification/token.test.ts',
  },
  {
    without: 'the one way to write a token',
    file: `${verification}/routes.ts`,
    find: 'tokenIn(request.url)',
    replace: 'decodeURIComponent(tokenIn(request.url))',
    tests: 'tests/verification/routes.test.ts',
  },
  {
    without: 'a limit on looking at papers that holds for a whole network',
    file: `${verification}/routes.ts`,
    find: 'sourceOf(ip)',
    replace: 'ip',
    tests: 'tests/verification/routes.test.ts',
  },
  {
    without: 'room for papers of ours among forged ones',
    file: `${verification}/routes.ts`,
    find: "if (verdict.is === 'not ours') asked.push",
    replace: 'asked.push',
    tests: 'tests/verification/routes.test.ts',
  },
  {
    without: 'a no where the limits of papers cannot be asked',
    file: `${verification}/routes.ts`,
    find: "return answer(reply.header('retry-after', retryWhenAway), { is: 'away' });",
    replace: 'wait = 0;',
    tests: 'tests/verification/routes.test.ts',
  },
];

const root = join(import.meta.dirname, '..');

/** The first assertion that a run of the tests failed on; null when all held. */
function run(folder: string, tests: string): string | null {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const done = spawnSync(process.execPath, [vitest, 'run', '--bail', '1', tests], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  if (done.status === 0) return null;
  const lines = `${done.stdout}${done.stderr}`.split('\n');
  return lines.find((line) => line.includes('AssertionError'))?.replace(/^.*AssertionError: /, '') ?? 'red';
}

const only = process.argv[2];
const copy = mkdtempSync(join(tmpdir(), 'jamsostek-mutants-'));
try {
  for (const part of ['src', 'tests', 'data', 'package.json', 'tsconfig.json', 'vitest.config.ts']) {
    cpSync(join(root, part), join(copy, part), { recursive: true });
  }
  mkdirSync(join(root, '.cache'), { recursive: true });
  for (const part of ['node_modules', '.cache']) symlinkSync(join(root, part), join(copy, part));
  let unnoticed = 0;
  const chosen = mutants.filter(({ without, file }) => only === undefined || `${without} ${file}`.includes(only));
  // Tests that are red all the same would say nothing.
  for (const tests of new Set(chosen.map((mutant) => mutant.tests ?? usual))) {
    const red = run(copy, tests);
    if (red !== null) throw new Error(`${tests} is red with every guard in its place: ${red}`);
  }
  for (const { without, file, find, replace, tests = usual } of chosen) {
    const path = join(copy, file);
    const original = readFileSync(path, 'utf8');
    if (!original.includes(find)) throw new Error(`${file} no longer has the guard "${without}"`);
    writeFileSync(path, original.replaceAll(find, replace));
    const red = run(copy, tests);
    writeFileSync(path, original);
    if (red === null) unnoticed += 1;
    process.stdout.write(red === null ? `NOT NOTICED without ${without}\n` : `red without ${without}: ${red}\n`);
  }
  process.exitCode = unnoticed === 0 ? 0 : 1;
} finally {
  rmSync(copy, { recursive: true, force: true });
}
