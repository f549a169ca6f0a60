import type { Brought, Handed } from './sms-passed.ts';
import { isCode, type Telephone } from './sms-telephone.ts';

/** What a run came to. */
export interface SmsFindings {
  /** Texts of telephones that the operator's gateway took. */
  readonly sent: number;
  /** Those that the program has answered with 200, each once however often it was brought. */
  readonly acknowledged: number;
  /** Texts that reached telephones. */
  readonly received: number;
  /** Acknowledged texts that were never answered: Kannel has accepted no answer to them … */
  readonly neverAnswered: number;
  /** … or it has, and the answer, or the code, reached no telephone. */
  readonly lostAfterAccepted: number;
  /** Texts that had more than one answer, or more than one code. */
  readonly handledTwice: number;
  /** Texts of ours that answer nothing which the gateway has brought, and texts that reached a telephone from elsewhere. */
  readonly outOfNothing: number;
  /** Codes that reached telephones. */
  readonly codes: number;
  /** Codes that the program has handed over more than once, or may have. */
  readonly codesHandedTwice: number;
  /** Codes that reached their telephone once more than they were handed over. */
  readonly codesRepeatedByGateway: number;
  /** Codes that did not come, since nobody knows whether Kannel has taken them, and so nobody sends them again. */
  readonly codesGivenUp: number;
  /** Answers that reached their telephone once more, since the program has handed them over again … */
  readonly repeatedByUs: number;
  /** … or the gateway. */
  readonly repeatedByGateway: number;
  /**
   * Texts that the gateway took from telephones and that came to nothing: they were never acknowledged, nor answered all
   * the same. One that the operator had brought twice may stand in for another here.
   */
  readonly lostInGateway: number;
  /** Texts that the operator has brought again, since the gateway went before it had answered: they may be there twice. */
  readonly broughtAgain: number;
  /** Texts that somebody said once more, since no answer had come; and those that were given up. */
  readonly askedAgain: number;
  readonly gaveUp: number;
}

/** Holds what the gateway has brought, and what it was handed, against what telephones have sent and read. */
export function findingsOf(
  brought: readonly Brought[],
  handed: readonly Handed[],
  telephones: readonly Telephone[],
): SmsFindings {
  const acknowledged = brought.filter(({ acknowledged }) => acknowledged);
  const read = telephones.flatMap(({ number, read }) => read.map(({ text }) => nameOf({ phone: number, text })));
  const sent = telephones.flatMap(({ number, sent }) => sent.map((text) => nameOf({ phone: number, text })));

  const byReference = Map.groupBy(handed, ({ reference }) => reference);
  const comeOf = ({ references }: Brought) => references.flatMap((reference) => byReference.get(reference) ?? []);
  const isAnswered = (each: Brought) => comeOf(each).some(({ text, accepted }) => accepted && !isCode(text));
  const surplus = (texts: readonly Handed[]) =>
    Math.max(0, texts.filter(({ text }) => isCode(text)).length - 1) +
    Math.max(0, texts.filter(({ text }) => !isCode(text)).length - 1);
  const known = new Set(brought.flatMap(({ references }) => references));

  const arrived = Map.groupBy(read, (name) => name);
  const groups = [...Map.groupBy(handed, nameOf).entries()].map(([name, same]) =>
    groupOf(same, arrived.get(name)?.length ?? 0),
  );
  const ofCodes = groups.filter(({ isCode }) => isCode);
  const ofAnswers = groups.filter(({ isCode }) => !isCode);
  const handedNames = new Set(handed.map(nameOf));

  const reached = Map.groupBy(
    brought.filter((each) => each.acknowledged || comeOf(each).length > 0),
    nameOf,
  );
  const lostInGateway = [...Map.groupBy(sent, (name) => name)].map(([name, times]) =>
    Math.max(0, times.length - (reached.get(name)?.length ?? 0)),
  );
  return {
    sent: sent.length,
    acknowledged: acknowledged.length,
    received: read.length,
    neverAnswered: acknowledged.filter((each) => !isAnswered(each)).length,
    lostAfterAccepted: sum(groups.map(({ missing }) => missing)),
    handledTwice: sum(brought.map((each) => surplus(comeOf(each)))),
    outOfNothing:
      handed.filter(({ reference }) => !known.has(reference)).length +
      read.filter((name) => !handedNames.has(name)).length,
    codes: sum(ofCodes.map(({ came }) => came)),
    codesHandedTwice: handed.filter(({ text, left }) => isCode(text) && left > 1).length,
    codesRepeatedByGateway: sum(ofCodes.map(({ more }) => more)),
    codesGivenUp: sum(ofCodes.map(({ unknown }) => unknown)),
    repeatedByUs: sum(ofAnswers.map(({ more, again }) => Math.min(more, again))),
    repeatedByGateway: sum(ofAnswers.map(({ more, again }) => Math.max(0, more - again))),
    lostInGateway: sum(lostInGateway),
    broughtAgain: sum(telephones.map(({ broughtAgain }) => broughtAgain)),
    askedAgain: sum(telephones.map(({ askedAgain }) => askedAgain)),
    gaveUp: sum(telephones.map(({ gaveUp }) => gaveUp)),
  };
}

/** A text at its telephone: the same words can answer several texts, and nobody can tell which copy answers which. */
function nameOf({ phone, text }: { readonly phone: string; readonly text: string }): string {
  return `${phone} ${text}`;
}

/** What became of all texts to one telephone that say the same. */
interface Group {
  readonly isCode: boolean;
  readonly came: number;
  /** Accepted by Kannel, and not there. */
  readonly missing: number;
  /** There beyond what was handed over, each text counted once … */
  readonly more: number;
  /** … and as many of them as the program may have handed over again. */
  readonly again: number;
  /** Never accepted, perhaps taken all the same, and not there. */
  readonly unknown: number;
}

function groupOf(same: readonly Handed[], came: number): Group {
  const accepted = same.filter((each) => each.accepted).length;
  const left = same.filter((each) => each.left > 0).length;
  return {
    isCode: same.some(({ text }) => isCode(text)),
    came,
    missing: Math.max(0, accepted - came),
    more: Math.max(0, came - left),
    again: sum(same.map((each) => Math.max(0, each.left - 1))),
    unknown: Math.max(0, left - Math.max(accepted, came)),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}
