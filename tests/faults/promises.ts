import type { Figures } from './chaos.ts';

/** What every run must come to, by name. */
const promises: Readonly<Record<string, (figures: Figures) => boolean>> = {
  'nothing is lost': ({ lost }) => lost === 0,
  'nothing is doubled': ({ doubled }) => doubled === 0,
  'everything is in order': ({ outOfOrder }) => outOfOrder === 0,
  'every state is what its events come to': ({ stateMismatch }) => stateMismatch === 0,
  'no event is taken twice': ({ takenAgain }) => takenAgain === 0,
  'no code is sent twice': ({ repeatedCodes }) => repeatedCodes === 0,
  'all is answered soon after the last fault': ({ recovered }) => recovered <= 11_000,
  'no worker ends of itself': ({ crashed }) => crashed === 0,
  'nothing stays in Redis for ever': ({ foreverKeys }) => foreverKeys === 0,
  'the faults hit: 20 kills a minute': ({ faults, seconds }) => (faults.get('worker killed') ?? 0) >= seconds / 3,
  'the faults hit: work was fenced': ({ fenced }) => fenced >= 1,
  'the faults hit: work was taken over': ({ reclaimed }) => reclaimed >= 1,
};

/** The promises that this run has broken. */
export function brokenPromises(figures: Figures): string[] {
  return Object.entries(promises).flatMap(([name, held]) => (held(figures) ? [] : [name]));
}
