import type { Language } from '../../core/language.ts';
import { textWithFile } from '../../core/reply.ts';
import { readScriptLine } from './script-line.ts';
import type { Assistant, Person, View } from './terminal.ts';

/** Takes whole lines. */
interface Output {
  write(text: string): unknown;
}

/** Writes each effect as one line of JSON, as it is sent. */
export function jsonView(output: Output): View {
  return {
    reply(reply) {
      const { choices, place } = reply;
      print(output, {
        to: 'member',
        text: textWithFile(reply),
        choices: choices.map(({ id, label }) => ({ id, label })),
        ...(place && { place }),
      });
    },
    sms: ({ phone, text }) => print(output, { to: 'sms', phone, text }),
  };
}

/**
 * Plays a script, one line of JSON after the other, until its end: `docs/operations.md` has the lines. A line that
 * cannot be read is answered with an `error` line and the conversation goes on; an empty one is passed over.
 */
export async function playScript(
  input: AsyncIterable<Uint8Array>,
  output: Output,
  { assistant, person, languageHint }: { assistant: Assistant; person: Person; languageHint?: Language },
): Promise<void> {
  for await (const line of linesOf(input)) {
    if (line.trim() === '') continue;
    const step = readScriptLine(line);
    if (!step.ok) {
      print(output, { error: step.problem });
      continue;
    }
    if (step.value.kind === 'wait') assistant.advance(step.value.milliseconds);
    const standing =
      step.value.kind === 'wait' ? await assistant.settled() : await person.does(step.value, languageHint);
    if (standing === null) print(output, { error: 'The assistant has too much waiting to take this line.' });
    else print(output, { done: true, state: standing.state, intent: standing.intent, language: standing.language });
  }
}

function print(output: Output, line: object): void {
  output.write(`${JSON.stringify(line)}\n`);
}

/**
 * The lines of a stream of bytes, each as soon as it is whole, and the last one without its end too. Only `\n` ends a
 * line: the line separators of Unicode may stand inside JSON. Bytes that are not UTF-8 come out as U+FFFD.
 */
async function* linesOf(input: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const newline = 0x0a;
  let parts: Uint8Array[] = [];
  for await (const chunk of input) {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      yield textOf([...parts, chunk.subarray(start, end)]);
      parts = [];
      start = end + 1;
    }
    parts.push(chunk.subarray(start));
  }
  yield textOf(parts);
}

function textOf(parts: readonly Uint8Array[]): string {
  return new TextDecoder().decode(Buffer.concat(parts));
}
