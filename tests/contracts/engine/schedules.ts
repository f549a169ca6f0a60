import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Inbound } from '../../../src/core/inbound.ts';
import type { Effect } from '../../../src/core/reply.ts';
import type { SendProblem, SendResult } from '../../../src/core/sending.ts';
import { minute } from '../../../src/core/time.ts';
import type { Turn } from '../../../src/engine/engine.ts';
import { maxTurnFailures } from '../../../src/engine/engine.ts';
import { Ledger, reply, said, sms } from './ledger.ts';
import type { OpenEngine } from './world.ts';
import { settle } from './world.ts';

/** What one try to send comes to, before the one that succeeds. */
type Fate = SendProblem | 'throws';

interface PlannedEffect {
  readonly kind: Effect['kind'];
  readonly fates: readonly Fate[];
}

interface PlannedInbound {
  /** How often its turn throws. */
  readonly failures: number;
  readonly effects: readonly PlannedEffect[];
  /** After how many further inbounds of its conversation it is delivered once more. */
  readonly repeats: readonly number[];
}

const fates: readonly Fate[] = [
  'throttled',
  'unreachable',
  'uncertain',
  'throws',
  'blocked',
  'refused',
  'unauthorised',
];

const effect: fc.Arbitrary<PlannedEffect> = fc.record({
  kind: fc.constantFrom('reply', 'sms'),
  fates: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, fc.array(fc.constantFrom(...fates), { maxLength: 2 })),
});

const planned: fc.Arbitrary<PlannedInbound> = fc.record({
  failures: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.nat({ max: maxTurnFailures + 1 })),
  effects: fc.array(effect, { maxLength: 3 }),
  repeats: fc.array(fc.nat({ max: 3 }), { maxLength: 2 }),
});

/** Conversations, each with the inbounds that arrive in it. */
const plans = fc.array(fc.array(planned, { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 4 });

const final: readonly Fate[] = ['blocked', 'refused', 'unauthorised'];

/** How often an effect is tried: up to the success, or to the failure that ends it. */
function expectedTries({ kind, fates }: PlannedEffect): number {
  const ends = kind === 'sms' ? [...final, 'uncertain', 'throws'] : final;
  const end = fates.findIndex((fate) => ends.includes(fate));
  return end < 0 ? fates.length + 1 : end + 1;
}

/** Inbounds in the order of their deliveries: each once, then its repetitions somewhere behind. */
function deliveries(inbounds: readonly PlannedInbound[]): number[] {
  return inbounds
    .flatMap(({ repeats }, index) => [
      { index, at: index },
      ...repeats.map((lag) => ({ index, at: index + lag + 0.5 })),
    ])
    .toSorted((a, b) => a.at - b.at)
    .map(({ index }) => index);
}

/** What happened in one conversation, or should have. */
interface Story {
  /** What `accept` said to the first delivery of each inbound and to those that repeated it. */
  readonly answers: readonly (readonly string[])[];
  /** The sessions that were committed, each with the inbound that it was committed with. */
  readonly committed: readonly (readonly [inbound: string, session: string])[];
  /** Every turn that was begun, and the session that it was given. */
  readonly turns: readonly (readonly [inbound: string, session: string | null])[];
  readonly replies: readonly string[];
  readonly codes: readonly string[];
}

export function schedulesContract(name: string, open: OpenEngine, runs: number): void {
  describe(`${name}: any schedule`, () => {
    it('loses nothing, doubles nothing, keeps the order, and leaves the session that a replay leaves', {
      timeout: minute,
    }, async () => {
      await fc.assert(
        fc.asyncProperty(plans, fc.scheduler(), async (plan, scheduler) => {
          expect(await play(open, plan, scheduler)).toEqual(plan.map(expectedStory));
        }),
        { numRuns: runs },
      );
    });
  });
}

function expectedStory(inbounds: readonly PlannedInbound[], conversation: number): Story {
  const sessionAfter = (end: number): string =>
    inbounds
      .slice(0, end + 1)
      .map(({ failures }, id) => (failures >= maxTurnFailures ? `${id}!;` : `${id};`))
      .join('');
  const tries = (wanted: Effect['kind']): string[] =>
    inbounds.flatMap(({ effects }, id) =>
      effects.flatMap((planned, index) =>
        planned.kind === wanted ? repeated(expectedTries(planned), `${wanted} ${conversation} ${id} ${index}`) : [],
      ),
    );
  return {
    answers: inbounds.map(({ repeats }) => ['taken', ...repeats.map(() => 'duplicate')]),
    committed: inbounds.map((_, id) => [String(id), sessionAfter(id)]),
    turns: inbounds.flatMap(({ failures }, id) =>
      repeated(Math.min(failures + 1, maxTurnFailures), [String(id), sessionAfter(id - 1) || null] as const),
    ),
    replies: tries('reply'),
    codes: tries('sms'),
  };
}

function repeated<Item>(times: number, item: Item): Item[] {
  return Array.from({ length: times }, () => item);
}

/** Plays a plan, with every delivery, turn and send in the order that the scheduler picks. */
async function play(
  open: OpenEngine,
  plan: readonly (readonly PlannedInbound[])[],
  scheduler: fc.Scheduler,
): Promise<Story[]> {
  const planOf = ({ conversation, id }: Inbound): PlannedInbound | undefined =>
    plan[Number(conversation)]?.[Number(id)];
  const turnFor = (session: string | null, inbound: Inbound, mark: string): Turn<string> => {
    const next = `${session ?? ''}${inbound.id}${mark};`;
    const effects = planOf(inbound)?.effects.map(({ kind }, index) =>
      (kind === 'sms' ? sms : reply)(inbound, `${kind} ${inbound.conversation} ${inbound.id} ${index}`),
    );
    return { session: next, effects: effects ?? [], outcome: next };
  };
  const ledger = new Ledger({
    turn: async (session, inbound, nth) => {
      await scheduler.schedule(Promise.resolve(), `turn ${inbound.conversation} ${inbound.id}`);
      if (nth <= (planOf(inbound)?.failures ?? 0)) throw new Error('fault');
      return turnFor(session, inbound, '');
    },
    giveUp: (session, inbound) => turnFor(session, inbound, '!'),
    send: async (text, nth): Promise<SendResult> => {
      await scheduler.schedule(Promise.resolve(), `send ${text}`);
      const [conversation = 0, id = 0, index = 0] = text.split(' ').slice(1).map(Number);
      const fate = plan[conversation]?.[id]?.effects[index]?.fates[nth - 1];
      if (fate === 'throws') throw new Error('fault');
      return fate ? { sent: false, problem: fate } : { sent: true };
    },
  });
  const opened = await open(ledger);

  const deliver = async (inbounds: readonly PlannedInbound[], conversation: number): Promise<string[][]> => {
    const answers = inbounds.map((): string[] => []);
    for (const id of deliveries(inbounds)) {
      await scheduler.schedule(Promise.resolve(), `delivery ${conversation} ${id}`);
      answers[id]?.push(await opened.engine.accept(said(String(conversation), String(id))));
    }
    return answers;
  };
  const playAll = async (): Promise<string[][][]> => {
    const answers = await Promise.all(plan.map(deliver));
    // In small steps, so that no code expires while the scheduler lets it wait.
    await settle(ledger, opened, 100);
    return answers;
  };
  const answers = await scheduler.waitFor(playAll());
  await opened.engine.idle();
  await opened.close();
  return plan.map((_, index) => storyOf(ledger, String(index), answers[index] ?? []));
}

function storyOf(ledger: Ledger, conversation: string, answers: string[][]): Story {
  const here = ({ inbound }: { readonly inbound: Inbound }): boolean => inbound.conversation === conversation;
  const tried = (kind: Effect['kind']): string[] =>
    ledger.tries.filter((text) => text.startsWith(`${kind} ${conversation} `));
  return {
    answers,
    committed: ledger
      .of('committed')
      .filter(here)
      .map(({ inbound, outcome }) => [inbound.id, outcome]),
    turns: ledger.turns.filter(here).map(({ inbound, session }) => [inbound.id, session]),
    replies: tried('reply'),
    codes: tried('sms'),
  };
}
