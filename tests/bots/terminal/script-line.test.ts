import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readScriptLine } from '../../../src/bots/terminal/script-line.ts';

describe('a line of a script', () => {
  it.each([
    ['{"text":"halo"}', { kind: 'text', text: 'halo' }],
    ['{"text":""}', { kind: 'text', text: '' }],
    ['  { "choice" : "balance" }  ', { kind: 'choice', id: 'balance' }],
    ['{"location":{"latitude":-6.2,"longitude":106.8}}', { kind: 'location', latitude: -6.2, longitude: 106.8 }],
    ['{"media":"contact"}', { kind: 'media', media: 'contact' }],
    ['{"wait":0}', { kind: 'wait', milliseconds: 0 }],
    ['{"wait":1.5}', { kind: 'wait', milliseconds: 1_500 }],
  ])('%s is understood', (line, value) => {
    expect(readScriptLine(line)).toEqual({ ok: true, value });
  });

  it.each([
    ['halo', 'not a JSON object'],
    ['"halo"', 'not a JSON object'],
    ['null', 'not a JSON object'],
    ['[{"text":"halo"}]', 'not a JSON object'],
    ['{"text":"halo"', 'not a JSON object'],
    ['{}', 'exactly one field'],
    ['{"text":"halo","choice":"menu"}', 'exactly one field'],
    ['{"teks":"halo"}', 'one field of "text", "choice", "location", "media", "wait"'],
    ['{"__proto__":{"text":"halo"}}', 'one field of'],
    ['{"constructor":"halo"}', 'one field of'],
    ['{"text":7}', '"text" takes a string'],
    ['{"choice":null}', '"choice" takes a string'],
    ['{"location":{"latitude":91,"longitude":0}}', '"location" takes an object with "latitude"'],
    ['{"location":{"latitude":0}}', '"location" takes'],
    ['{"location":{"latitude":0,"longitude":0,"name":"x"}}', '"location" takes'],
    ['{"media":"gif"}', '"media" takes one of "voice", "photo"'],
    ['{"wait":-1}', '"wait" takes a number of seconds from 0 to 31622400'],
    ['{"wait":"5"}', '"wait" takes'],
    ['{"wait":1e999}', '"wait" takes'],
  ])('%s is refused: %s', (line, words) => {
    const reading = readScriptLine(line);
    expect(reading.ok ? 'understood' : reading.problem).toContain(words);
  });

  it('of any bytes at all is understood or refused in plain words that repeat none of it', () => {
    const json = fc.json();
    fc.assert(
      fc.property(fc.oneof(json, fc.string({ unit: 'binary' })), (line) => {
        const reading = readScriptLine(line);
        const words = reading.ok ? '' : reading.problem;
        expect(words).toMatch(/^(|(This line|A line|"\w+" takes) .*\.)$/);
      }),
    );
  });
});
