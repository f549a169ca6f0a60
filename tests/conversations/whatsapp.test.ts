import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect } from 'vitest';
import type { Intake } from '../../src/bots/bot.ts';
import type { Content } from '../../src/core/inbound.ts';
import type { Choice } from '../../src/core/reply.ts';
import { type Opened, Stage as WhatsAppStage } from '../bots/whatsapp/stage.ts';
import type { FakePerson } from '../fakes/whatsapp/person.ts';
import { FakeWhatsApp } from '../fakes/whatsapp/server.ts';
import { bySms, playAll } from './all.ts';
import type { Seating } from './end.ts';
import type { Stage } from './stage.ts';

/** The stage of the transcript that is played now: all of them share one linked number. */
let now: Stage | null = null;
let people = 0;

const intake: Intake = {
  conversationAt: (address) => playing().intake.conversationAt(address),
  accept: (inbound) => playing().intake.accept(inbound),
};

let whatsapp: WhatsAppStage;
let assistant: Opened;
beforeAll(async () => {
  whatsapp = new WhatsAppStage(await FakeWhatsApp.start({ media: true }));
  whatsapp.fake.trustHere();
  assistant = whatsapp.open({ world: { intake } });
  assistant.channel.start();
  await whatsapp.enterCode(assistant);
  await assistant.stands('up');
});
afterAll(async () => {
  await assistant.close();
  await whatsapp.fake.close();
  rmSync(whatsapp.folder, { recursive: true, force: true });
});

function playing(): Stage {
  if (!now) throw new Error('No transcript is being played');
  return now;
}

/** The real channel, linked to a WhatsApp on loopback; people there with their phones, by number and by LID in turn. */
const onWhatsApp: Seating = {
  lacks: ['buttons', 'groups', 'hiding', 'empty texts', 'a telephone'],
  limits: { text: 4_096, label: 0 },
  async seat(stage) {
    now = stage;
    stage.bot = assistant.channel;
    const phones = { a: newPerson(), b: newPerson() };
    let offered: readonly Choice[] = [];
    return {
      async does({ place, content, writtenAt }) {
        if (place === 'group') throw new Error('Nothing is said in groups');
        const person = phones[place];
        person.clock = () => writtenAt ?? stage.time.now();
        const before = person.read().length;
        const effects = await stage.hearThrough(() => says(person, content, offered));
        for (const effect of effects) if (effect.kind === 'reply') offered = effect.reply.choices;
        const files = effects.some((effect) => effect.kind === 'reply' && effect.reply.file !== undefined);
        // A phone fetches a file before it shows it.
        if (files) await expect.poll(() => person.read().length).toBeGreaterThan(before);
        const [answer, more] = person.read().slice(before);
        if (more) throw new Error('One turn answers with one message');
        return { effects, seen: answer ? { text: answer.text ?? '', buttons: [], hid: false } : null };
      },
      close: async () => undefined,
    };
  },
};

function newPerson(): FakePerson {
  people += 1;
  return whatsapp.fake.person(`+62812${String(people).padStart(8, '0')}`, { lid: people % 2 === 0 });
}

const bytes = Buffer.from('bytes');

/** A choice is typed as its number in the list that was shown last. */
async function says(person: FakePerson, content: Content, offered: readonly Choice[]): Promise<void> {
  switch (content.kind) {
    case 'text':
      await person.say(content.text);
      return;
    case 'location':
      await person.location({ latitude: content.latitude, longitude: content.longitude });
      return;
    case 'media':
      await media[content.media](person);
      return;
    case 'unsupported':
      await person.poll('Kapan?', ['Senin', 'Selasa']);
      return;
    case 'choice':
      await person.say(String(offered.findIndex(({ id }) => id === content.id) + 1));
      return;
    case 'edited':
      throw new Error('No transcript changes what was written');
  }
}

const media = {
  voice: (person: FakePerson) => person.voice(bytes),
  photo: (person: FakePerson) => person.image(bytes),
  sticker: (person: FakePerson) => person.sticker(bytes),
  document: (person: FakePerson) => person.document(bytes, { fileName: 'surat.pdf' }),
  video: (person: FakePerson) => person.video(bytes),
  contact: (person: FakePerson) => person.contact('Siti', '+6281234567890'),
};

playAll('WhatsApp', onWhatsApp, [...bySms, 'empty-message', 'group', 'old-buttons', 'pressed-twice']);
