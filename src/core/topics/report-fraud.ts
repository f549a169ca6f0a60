import { type Answer, answer } from '../answer.ts';
import { judge } from '../scam/judge.ts';
import type { Judgement } from '../scam/judgement.ts';
import { scamAnswer } from '../scam/said.ts';
import type { Speech } from '../speech.ts';
import { articleChoices } from './article.ts';
import { exactAnswer, generalAnswer } from './knowledge.ts';
import { openTopic } from './topic.ts';

/**
 * member:    ini asli ga min bpjsketenagakerjaan.com/bsu
 * assistant: bpjsketenagakerjaan . com meniru alamat resmi. … Jangan klik, jangan beri kode. Laporkan ke 175 …
 */
export const reportFraud = openTopic({
  id: 'report_fraud',
  intents: ['report_fraud'],
  answer(asked) {
    const judged = asked.said && judge(asked.said.text);
    if (judged && judged.findings.length > 0) return judgedAnswer(judged, asked.speech);
    return (
      exactAnswer(asked, ['report_fraud']) ??
      (judged && judged.signs.length > 0 ? judgedAnswer(judged, asked.speech) : generalAnswer(asked))
    );
  },
});

/** Whether a text brings something that somebody else has written: an address or an account that is not one of the official ones. */
export function bringsAddress(text: string): boolean {
  return judge(text).findings.some(({ kind, verdict }) => kind !== 'phone' && verdict !== 'official');
}

/** Whether a text holds a phone number that is not one of the official ones. */
export function bringsNumber(text: string): boolean {
  return judge(text).findings.some(({ kind, verdict }) => kind === 'phone' && verdict !== 'official');
}

function judgedAnswer(judged: Judgement, speech: Speech): Answer {
  const paragraphs = scamAnswer(judged, speech);
  // What was found may be an address, which no text of ours repeats: what to do about it comes before where to report it.
  const [conclusion = ''] = paragraphs.slice(-2);
  return {
    ...answer(paragraphs, [...articleChoices(['fraud-report', 'fraud-code']), 'call_center', 'menu']),
    short: `${conclusion} ${speech.text('short.scam_report')}`,
  };
}
