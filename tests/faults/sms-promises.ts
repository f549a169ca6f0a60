import type { SmsFigures } from './sms-chaos.ts';

/** How often something was ended in the middle of what it did. */
function kills({ faults }: SmsFigures, ...names: readonly string[]): number {
  return names.reduce((sum, name) => sum + (faults.get(name) ?? 0), 0);
}

/** What every run must come to, by name. A telephone has one text under way, and so each kill can hit one of each. */
const promises: Readonly<Record<string, (figures: SmsFigures) => boolean>> = {
  'nothing acknowledged is lost': ({ neverAnswered }) => neverAnswered === 0,
  'nothing that Kannel has accepted is lost': ({ lostAfterAccepted }) => lostAfterAccepted === 0,
  'nothing is handled twice': ({ handledTwice }) => handledTwice === 0,
  'no code is handed over twice': ({ codesHandedTwice }) => codesHandedTwice === 0,
  // What the operator took without its answer being heard, Kannel sends again: no setting of it changes that.
  'a code arrives twice only where the link to the operator broke': (figures) =>
    figures.codesRepeatedByGateway <= figures.telephones * kills(figures, 'bearerbox killed', 'operator down'),
  'nothing comes out of nothing': ({ outOfNothing }) => outOfNothing === 0,
  'everybody is answered in the end': ({ gaveUp }) => gaveUp === 0,
  'whoever got a code reads the balance': ({ members, balancesRead, withoutCode }) =>
    balancesRead + withoutCode === members,
  'most members read the balance': ({ members, balancesRead }) => balancesRead > members / 2,
  'strangers are told nothing': ({ toldStrangers }) => toldStrangers === 0,
  'the log holds nothing personal': ({ leaked }) => leaked === 0,
  'answers come again only where a kill hit them': (figures) =>
    figures.repeatedByUs <= figures.telephones * kills(figures, 'program killed', 'smsbox killed', 'bearerbox killed'),
  'the gateway loses only what it had in hand when it was killed': (figures) =>
    figures.lostInGateway <= figures.telephones * kills(figures, 'smsbox killed', 'bearerbox killed'),
  'the faults hit: somebody was waiting at each': ({ fewestMet }) => fewestMet > 0,
};

/** The promises that this run has broken. */
export function brokenSmsPromises(figures: SmsFigures): string[] {
  return Object.entries(promises).flatMap(([name, held]) => (held(figures) ? [] : [name]));
}

/** What a run came to, in one line. */
export function smsLine(figures: SmsFigures): string {
  const { sent, acknowledged, received, neverAnswered, lostAfterAccepted } = figures;
  const { handledTwice, codesHandedTwice } = figures;
  const faults = [...figures.faults]
    .toSorted(([a], [b]) => a.localeCompare(b))
    .map(([name, times]) => `${name} ${times}`);
  return (
    [
      `SMS under faults: ${sent} sent, ${acknowledged} acknowledged, ${received} received`,
      `lost ${neverAnswered + lostAfterAccepted}, doubled ${handledTwice + codesHandedTwice}`,
    ].join(', ') +
    `; ${[
      `asked again ${figures.askedAgain} (lost in the gateway ${figures.lostInGateway})`,
      `brought again by the operator ${figures.broughtAgain}`,
      `repeated replies ${figures.repeatedByUs} (by the gateway ${figures.repeatedByGateway})`,
      `codes ${figures.codes} (repeated by the gateway ${figures.codesRepeatedByGateway}, members without ${figures.withoutCode})`,
      `balances read ${figures.balancesRead} of ${figures.members}`,
    ].join(', ')}; faults ${faults.join(', ')}; ${figures.seconds} s, seed ${figures.seed}\n`
  );
}
