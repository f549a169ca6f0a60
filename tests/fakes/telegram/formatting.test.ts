import { describe, expect, it } from 'vitest';
import { formatted } from './formatted-text.ts';
import { stage } from './stage.ts';

const read = (text: string, parseMode: string) => formatted({ text, parseMode, entities: [] }, 4_096, 'message');

describe('MarkdownV2', () => {
  it.each([
    [
      '*tebal* _miring_ __garis__ ~coret~ ||rahasia||',
      'tebal miring garis coret rahasia',
      'bold italic underline strikethrough spoiler',
    ],
    ['`a*b` ```\nkode```', 'a*b kode', 'code pre'],
    ['[situs](https://bpjs\\.example/a\\)b)', 'situs', 'text_link'],
    ['*tebal _dan miring_*', 'tebal dan miring', 'bold italic'],
    ['>kutipan\n>lagi\nlalu', 'kutipan\nlagi\nlalu', 'blockquote'],
    ['Rp1\\.000 \\(satu\\) \\_ \\\\', 'Rp1.000 (satu) _ \\', ''],
  ])('reads %s', (source, text, kinds) => {
    const { text: plain, entities } = read(source, 'MarkdownV2');
    expect([plain, entities.map(({ type }) => type).join(' ')]).toEqual([text, kinds]);
  });

  it.each([
    ['Rp1.000', "Character '.' is reserved and must be escaped with the preceding '\\'"],
    ['a-b', "Character '-' is reserved and must be escaped with the preceding '\\'"],
    ['*tebal', "Can't find end of Bold entity at byte offset 0"],
    ['é _miring', "Can't find end of Italic entity at byte offset 3"],
    ['[situs](https://a', "Can't find end of a URL at byte offset 8"],
    ['a|b', "Character '|' is reserved and must be escaped with the preceding '\\'"],
  ])('refuses %s', (source, why) => {
    expect(() => read(source, 'MarkdownV2')).toThrow(`Bad Request: can't parse entities: ${why}`);
  });
});

describe('HTML', () => {
  it.each([
    [
      '<b>tebal</b> <i>miring</i> <u>garis</u> <s>coret</s>',
      'tebal miring garis coret',
      'bold italic underline strikethrough',
    ],
    ['<a href="https://bpjs.example/?a=1&amp;b=2">situs</a>', 'situs', 'text_link'],
    ['1 &lt; 2 &amp; &#39;a&#x27; &copy;', "1 < 2 & 'a' &copy;", ''],
    ['<pre>a</pre><code>b</code><tg-spoiler>c</tg-spoiler>', 'abc', 'pre code spoiler'],
    ['<blockquote expandable>a</blockquote>', 'a', 'blockquote'],
  ])('reads %s', (source, text, kinds) => {
    const { text: plain, entities } = read(source, 'HTML');
    expect([plain, entities.map(({ type }) => type).join(' ')]).toEqual([text, kinds]);
  });

  it.each([
    ['<p>a</p>', 'Unsupported start tag "p" at byte offset 0'],
    ['é<b>a</i>', 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'],
    ['a</b>', 'Unexpected end tag at byte offset 1'],
    ['<b>a', 'Can\'t find end tag corresponding to start tag "b"'],
    ['1 < 2', 'Unclosed start tag at byte offset 2'],
    ['<span class="x">a</span>', 'Tag "span" must have class "tg-spoiler" at byte offset 0'],
  ])('refuses %s', (source, why) => {
    expect(() => read(source, 'HTML')).toThrow(`Bad Request: can't parse entities: ${why}`);
  });
});

describe('entities', () => {
  const bold = (offset: number, length: number) => ({ type: 'bold' as const, offset, length });

  it.each([
    ['after the end', bold(9, 1), 'entity begins after the end of the text at UTF-16 offset 9'],
    [
      'beyond the end',
      bold(0, 9),
      'entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 9',
    ],
    ['from within a pair', bold(2, 2), 'entity begins in a middle of a UTF-16 symbol at byte offset 5'],
    [
      'up to within a pair',
      bold(0, 2),
      'entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5',
    ],
    ['before the text', bold(-1, 2), 'receive an entity with incorrect offset or length'],
  ])('are refused %s', async (_, entity, why) => {
    const { bot, call } = await stage();
    const answer = await call('sendMessage', { chat_id: bot.person().id, text: 'a👍bc', entities: [entity] });
    expect(answer.description).toBe(`Bad Request: ${why}`);
  });

  it('move with the text when blanks are cut off', async () => {
    const { bot, api } = await stage();
    const siti = bot.person();
    await api.sendMessage(siti.id, '  tebal biasa \n', { entities: [bold(2, 5), bold(13, 2)] });
    expect(await siti.next()).toMatchObject({ text: 'tebal biasa', entities: [bold(0, 5)] });
  });

  it('are found in plain texts, of bots and of people', async () => {
    const { bot } = await stage();
    const { message } = bot
      .person()
      .say('/saldo@fake_4242_bot lewat https://a.example/x, t.me/y #jht +62 812-3456-7890');
    const found = message.entities?.map(({ type, offset, length }) => [
      type,
      message.text?.slice(offset, offset + length),
    ]);
    expect(Object.fromEntries(found ?? [])).toEqual({
      bot_command: '/saldo@fake_4242_bot',
      url: 't.me/y',
      hashtag: '#jht',
      phone_number: '+62 812-3456-7890',
    });
  });

  it('are refused in a mode that there is not', () => {
    expect(() => read('a', 'BBCode')).toThrow('unsupported parse_mode');
  });
});
