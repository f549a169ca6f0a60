import { type Answer, shortOf } from '../answer.ts';

/**
 * Several answers as one: all that they say, in their order, and what the last of them offers. Personal when one of them
 * is; the session is over when it is with one.
 */
export function joined(answers: readonly [Answer, ...Answer[]]): Answer {
  return {
    ...(answers.at(-1) ?? answers[0]),
    paragraphs: answers.flatMap(({ paragraphs }) => paragraphs),
    ...shortOf(answers),
    personal: answers.some(({ personal }) => personal),
    ends: answers.some(({ ends }) => ends),
  };
}
