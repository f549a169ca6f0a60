import { describe, expect, it } from 'vitest';
import { words } from '../../../src/bots/telegram/words.ts';
import type { Choice } from '../../../src/core/reply.ts';
import { eventually } from '../../eventually.ts';
import { firstInbound, openStage, replyOf, silence } from './stage.ts';

const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Choices with these labels, named by their place. */
function choicesOf(...labels: readonly string[]): Choice[] {
  return labels.map((label, nth) => ({ id: `choice_${nth}`, label }));
}

/** A silent stage with a member who has written. */
async function seated(text = 'halo') {
  const stage = await openStage({ script: silence });
  const siti = stage.bot.person();
  const inbound = await firstInbound(stage, siti, text);
  return { ...stage, siti, inbound };
}

describe('a reply', () => {
  it('is plain text, without previews of what it links to', async () => {
    const { answer, inbound, siti } = await seated();
    expect(await answer(inbound, replyOf('Lihat *di sini*: <b>https://www.example.org</b>\n• satu'))).toEqual({
      sent: true,
    });
    const shown = await siti.next();
    expect(shown).toMatchObject({
      text: 'Lihat *di sini*: <b>https://www.example.org</b>\n• satu',
      protected: false,
      buttons: [],
    });
    expect(shown.linkPreview).toMatchObject({ is_disabled: true });
  });

  it('that is personal cannot be passed on', async () => {
    const { answer, inbound, siti } = await seated();
    await answer(inbound, replyOf('Rp12.345.678', { personal: true }));
    expect((await siti.next()).protected).toBe(true);
  });

  it('has its choices as buttons: short ones two in a row, long ones alone', async () => {
    const { answer, inbound, siti } = await seated();
    const choices = choicesOf('Menu', 'Keluar', 'Privasi', 'Bicara dengan petugas', 'Batal', 'Call center', 'Kartu');
    await answer(inbound, replyOf('Pilih', { choices }));
    const { buttons } = await siti.next();
    expect(buttons.map((row) => row.map(({ label }) => label))).toEqual([
      ['Menu', 'Keluar'],
      ['Privasi'],
      ['Bicara dengan petugas'],
      ['Batal', 'Call center'],
      ['Kartu'],
    ]);
    expect(buttons.flat().map(({ data }) => data)).toEqual(choices.map(({ id }) => id));
  });

  it('has a label that is too long cut between characters', async () => {
    const { answer, inbound, siti } = await seated();
    await answer(inbound, replyOf('Pilih', { choices: choicesOf(`${'x'.repeat(38)}😀😀`, '') }));
    const labels = (await siti.next()).buttons.flat().map(({ label }) => label);
    expect(labels).toEqual([`${'x'.repeat(38)}…`, '·']);
  });

  it('that is too long is cut between characters', async () => {
    const { answer, inbound, siti } = await seated();
    await answer(inbound, replyOf(`${'x'.repeat(4_094)}😀😀`));
    expect((await siti.next()).text).toBe(`${'x'.repeat(4_094)}…`);
  });

  it('that says goodbye leaves what was said before where it is: bots cannot clear a chat', async () => {
    const { answer, inbound, siti, bot } = await seated();
    await answer(inbound, replyOf('Sampai jumpa', { forgets: true }));
    await siti.next();
    expect([siti.read().map(({ text }) => text), bot.callsOf('deleteMessage')]).toEqual([['halo', 'Sampai jumpa'], []]);
  });
});

describe('a place', () => {
  const place = { name: 'Kantor Cabang Bandung', address: 'Jl. PHH Mustofa 39', latitude: -6.9, longitude: 107.6 };

  it('is a venue after the text, without a second sound', async () => {
    const { answer, inbound, siti, bot } = await seated();
    await answer(inbound, replyOf('Ini kantornya', { place, choices: choicesOf('Menu'), personal: true }));
    expect(await siti.next()).toMatchObject({ text: 'Ini kantornya', venue: null });
    const pin = await siti.next();
    expect(pin).toMatchObject({ protected: true, buttons: [] });
    expect(pin.venue).toMatchObject({
      title: place.name,
      address: place.address,
      location: { latitude: -6.9, longitude: 107.6 },
    });
    expect(bot.callsOf('sendVenue')[0]?.parameters).toMatchObject({ disable_notification: true });
  });

  it('without an address or a name shows where it is', async () => {
    const { answer, inbound, siti } = await seated();
    await answer(inbound, replyOf('Ini', { place: { ...place, name: ' ', address: null } }));
    await siti.next();
    expect((await siti.next()).venue).toMatchObject({ title: '-6.9, 107.6', address: '-6.9, 107.6' });
  });

  it('that Telegram refuses is said in words', async () => {
    const { answer, inbound, siti, bot } = await seated();
    bot.fail({ method: 'sendVenue' }, { code: 400, description: 'Bad Request: VENUE_ID_INVALID' });
    expect(await answer(inbound, replyOf('Ini', { place }))).toEqual({ sent: true });
    await siti.next();
    expect((await siti.next()).text).toBe(
      'Kantor Cabang Bandung\nJl. PHH Mustofa 39\nhttps://www.google.com/maps/search/?api=1&query=-6.9,107.6',
    );
  });

  it('is sent alone when the text has gone out already', async () => {
    const { answer, inbound, siti, bot } = await seated();
    bot.fail({ method: 'sendVenue' }, { code: 429, description: 'Too Many Requests', parameters: { retry_after: 2 } });
    const reply = replyOf('Ini', { place });
    expect(await answer(inbound, reply)).toEqual({ sent: false, problem: 'throttled', retryAfter: 2_000 });
    expect(await answer(inbound, reply)).toEqual({ sent: true });
    expect(
      siti
        .read()
        .filter(({ from }) => from === 'bot')
        .map(({ text, venue }) => text || venue?.title),
    ).toEqual(['Ini', place.name]);
  });
});

describe('a file', () => {
  const card = {
    kind: 'image',
    name: 'kartu.png',
    type: 'image/png',
    content: pixel.toString('base64'),
    words: 'KPJ: 0123',
  } as const;

  it('is one message with its text and buttons', async () => {
    const { answer, inbound, siti } = await seated();
    await answer(inbound, replyOf('Kartu Anda', { file: card, choices: choicesOf('Menu'), personal: true }));
    const shown = await siti.next();
    expect(shown).toMatchObject({ text: 'Kartu Anda', protected: true, document: null });
    expect(shown.photo?.bytes.equals(pixel)).toBe(true);
    expect(shown.buttons.flat()).toHaveLength(1);
    expect(siti.read().filter(({ from }) => from === 'bot')).toHaveLength(1);
  });

  it('that is a document keeps its name', async () => {
    const { answer, inbound, siti } = await seated();
    const file = { ...card, kind: 'document', name: 'surat saldo;\r\n"2026".pdf', type: 'application/pdf' } as const;
    await answer(inbound, replyOf('Surat Anda', { file }));
    const { document } = await siti.next();
    expect([document?.name, document?.bytes.equals(pixel)]).toEqual(['surat saldo____2026_.pdf', true]);
  });

  it('comes after a text that is too long to stand beside it', async () => {
    const { answer, inbound, siti } = await seated();
    await answer(inbound, replyOf('x'.repeat(1_025), { file: card, choices: choicesOf('Menu') }));
    expect(await siti.next()).toMatchObject({ text: 'x'.repeat(1_025), photo: null });
    const shown = await siti.next();
    expect([shown.text, shown.photo === null, shown.buttons]).toEqual(['', false, []]);
  });

  it('that Telegram refuses is said in words, with the choices', async () => {
    const { answer, inbound, siti, bot } = await seated();
    bot.fail({ method: 'sendPhoto' }, { code: 400, description: 'Bad Request: IMAGE_PROCESS_FAILED' });
    const choices = choicesOf('Menu', 'Keluar');
    expect(await answer(inbound, replyOf('Kartu Anda', { file: card, choices, personal: true }))).toEqual({
      sent: true,
    });
    expect(await siti.next()).toMatchObject({
      text: 'Kartu Anda\n\nKPJ: 0123\n\n1. Menu\n2. Keluar',
      protected: true,
      buttons: [],
    });
  });
});

describe('a reply that asks where the member is', () => {
  it('has a key that sends it, and the choices as keys', async () => {
    const stage = await openStage({
      script: ({ content }) =>
        content.kind === 'location'
          ? [replyOf('Terima kasih')]
          : [replyOf('Di mana Anda?', { asksLocation: true, choices: choicesOf('Menu', 'Batal') })],
    });
    const siti = stage.bot.person();
    siti.say('kantor');
    const { keyboard, buttons } = await siti.next();
    expect(buttons).toEqual([]);
    expect(keyboard).toMatchObject({ resize_keyboard: true, one_time_keyboard: true });
    siti.press('Kirim lokasi saya', { latitude: -6.9, longitude: 107.6 });
    expect((await siti.next()).text).toBe('Terima kasih');
    expect([stage.taken[1]?.content.kind, siti.keyboard]).toEqual(['location', null]);
  });

  it('takes a key for what is written on it', async () => {
    const stage = await openStage({
      script: ({ content }) => [
        content.kind === 'text' && content.text === 'Batal'
          ? replyOf('Baik')
          : replyOf('Di mana Anda?', { asksLocation: true, choices: choicesOf('Menu', 'Batal') }),
      ],
    });
    const siti = stage.bot.person();
    siti.say('kantor');
    await siti.next();
    siti.press('Batal');
    expect((await siti.next()).text).toBe('Baik');
  });
});

describe('a reply to a NIK or a code', () => {
  const hiding = replyOf('Kode sudah dikirim lewat SMS.', { hides: true });

  it('takes the member’s message off the screen, and says why', async () => {
    const { answer, inbound, siti } = await seated('3273014107900001');
    expect(await answer(inbound, hiding)).toEqual({ sent: true });
    expect(siti.read().map(({ text }) => text)).toEqual([`${hiding.text}\n\n${words.id.hidden}`]);
  });

  it('says so in the language of the reply', async () => {
    const { answer, inbound, siti } = await seated('3273014107900001');
    await answer(inbound, replyOf('A code has been sent.', { hides: true, language: 'en' }));
    expect((await siti.next()).text).toContain(words.en.hidden);
  });

  it('says it also when the message is gone already', async () => {
    const { answer, inbound, siti } = await seated('3273014107900001');
    siti.remove(Number(inbound.id.slice(1)));
    await answer(inbound, hiding);
    expect((await siti.next()).text).toContain(words.id.hidden);
  });

  it('does not say it when the message could not be deleted', async () => {
    const { answer, inbound, siti, bot, events } = await seated('3273014107900001');
    bot.fail({ method: 'deleteMessage' }, { code: 400, description: "Bad Request: message can't be deleted" });
    await answer(inbound, hiding);
    expect((await siti.next()).text).toBe(hiding.text);
    expect(events).toContainEqual(expect.objectContaining({ kind: 'failed', step: 'delete' }));
  });

  it('waits with the message when Telegram takes nothing now', async () => {
    const { answer, inbound, siti, bot } = await seated('3273014107900001');
    bot.fail({ method: 'deleteMessage' }, { code: 429, description: 'Too Many', parameters: { retry_after: 1 } });
    expect(await answer(inbound, hiding)).toEqual({ sent: false, problem: 'throttled', retryAfter: 1_000 });
    expect(await answer(inbound, hiding)).toEqual({ sent: true });
    expect(siti.read()).toHaveLength(1);
  });

  it('goes out when nobody knows whether the message was deleted', async () => {
    const { answer, inbound, siti, bot } = await seated('3273014107900001');
    bot.fail({ method: 'deleteMessage' }, 'cut');
    expect(await answer(inbound, hiding)).toEqual({ sent: true });
    expect((await siti.next()).text).toBe(hiding.text);
  });

  it('deletes nothing when a button was pressed', async () => {
    const { answer, inbound, siti, bot } = await seated();
    await answer({ ...inbound, id: 'c123' }, hiding);
    expect((await siti.next()).text).toBe(hiding.text);
    expect(bot.callsOf('deleteMessage')).toEqual([]);
  });
});

describe('while the member waits', () => {
  it('they see that an answer is on its way', async () => {
    const { channel, inbound, siti } = await seated();
    channel.busy?.(inbound.from);
    await eventually(() => expect(siti.typing).toBe(1));
  });

  it('they are answered also when that cannot be shown', async () => {
    const { channel, inbound, siti, bot, answer } = await seated();
    bot.fail({ method: 'sendChatAction' }, { code: 403, description: 'Forbidden' });
    channel.busy?.(inbound.from);
    await eventually(() => expect(bot.callsOf('sendChatAction')).toHaveLength(1));
    await answer(inbound, replyOf('Ini'));
    expect((await siti.next()).text).toBe('Ini');
  });
});
