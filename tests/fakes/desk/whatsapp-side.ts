import { z } from 'zod';
import { asItShould } from '../whatsapp/behaviour.ts';
import { requests as platform } from '../whatsapp/control-requests.ts';
import type { Received, ReceivedFile } from '../whatsapp/inbox.ts';
import type { LinkedDevice } from '../whatsapp/linked-device.ts';
import type { FakeOwner } from '../whatsapp/owner.ts';
import type { FakePerson } from '../whatsapp/person.ts';
import { FakeWhatsApp } from '../whatsapp/server.ts';
import { readQr } from './qr-reader.ts';
import type { DeskState, Line, ShownChat } from './shown.ts';

/** The number that the assistant is linked to. */
export const assistantsNumber = '+6281110000001';

/** How long one look at the platform's journal lasts before the next one begins, in milliseconds. */
const oneLook = 60_000;

const requests = {
  person: z.object({
    phone: z.string().regex(/^\+\d{8,15}$/),
    name: z.string().trim().min(1).max(64),
    addressing: z.enum(['number', 'lid with number', 'lid']),
  }),
  link: z.object({ shown: z.string() }),
  act: z.union([platform.inbound, platform.again]),
  trouble: z.union([platform.kick, platform.behaviour]),
};

const saidSchema = z.object({ id: z.string() });
const refusedSchema = z.object({ error: z.string() });

/** What a person said, as they remember it. */
interface Said {
  readonly id: string;
  readonly at: number;
  text: string;
  note: string;
}

/** WhatsApp at the desk: some people, and the phone that owns the assistant's number. */
export class WhatsAppSide {
  readonly #fake: FakeWhatsApp;
  readonly #media: boolean;
  readonly #changed: () => void;
  readonly #said = new Map<string, Said[]>();
  /** How many signs of typing a person had seen when the assistant said something last. */
  readonly #typed = new Map<string, number>();
  #closed = false;

  private constructor(fake: FakeWhatsApp, media: boolean, changed: () => void) {
    this.#fake = fake;
    this.#media = media;
    this.#changed = changed;
    fake.owner(assistantsNumber);
    this.addPerson({ phone: '+6281210000001', name: 'Budi', addressing: 'number' });
    this.addPerson({ phone: '+6281210000002', name: 'Mary', addressing: 'lid with number' });
    this.addPerson({ phone: '+6281210000003', name: 'Wayan', addressing: 'lid' });
    void this.#watch();
  }

  /** With `media`, files can be opened on both sides. `changed` is called back whenever it is worth looking again. */
  static async start(media: boolean, changed: () => void): Promise<WhatsAppSide> {
    return new WhatsAppSide(await FakeWhatsApp.start({ media }), media, changed);
  }

  get fake(): FakeWhatsApp {
    return this.#fake;
  }

  /** Where the certificate lies that a process has to trust for files; null without media. */
  get certificate(): string | null {
    return this.#media ? this.#fake.tls.certificatePath : null;
  }

  get state(): DeskState['whatsapp'] {
    const { devices, people, behaviour } = this.#fake;
    const usual = new Map<string, unknown>(Object.entries(asItShould));
    return {
      chats: people.map((person) => this.#shown(person)),
      devices: devices.map(({ name, standing, line }) => ({ name, standing, online: line !== undefined })),
      trouble: Object.entries(behaviour).flatMap(([name, value]) => (usual.get(name) === value ? [] : [name])),
    };
  }

  /** Someone new on WhatsApp, or someone who is there shown otherwise; gives back the id of their chat. */
  addPerson(request: unknown): { readonly id: string } {
    const { phone, name, addressing } = requests.person.parse(request);
    const person = this.#fake.person(phone, { name, lid: addressing !== 'number', sendsPhone: addressing !== 'lid' });
    this.#changed();
    return { id: person.phone.number };
  }

  /**
   * Links the assistant's number to what the terminal shows: a QR code in blocks, or a pairing code. Resolves when it is
   * linked; rejects, and says why, when it can't be.
   */
  async link(request: unknown): Promise<object> {
    const { shown } = requests.link.parse(request);
    const device = await linkedBy(this.#fake.owner(assistantsNumber), shown);
    this.#changed();
    return { device: device.name };
  }

  /** Someone says something, or a message of theirs arrives once more. Rejects, and says why, when it can't be done now. */
  async act(request: unknown): Promise<object> {
    const act = requests.act.parse(request);
    if (!('say' in act)) return this.#ask('again', request);
    const answer = await this.#ask('inbound', request);
    this.#remember(act, saidSchema.parse(answer).id);
    return answer;
  }

  /** Ends the connection, or changes how the platform behaves. */
  async trouble(request: unknown): Promise<object> {
    return this.#ask('kind' in requests.trouble.parse(request) ? 'kick' : 'behaviour', request);
  }

  /** A file that the assistant has sent. */
  file(phone: string, id: string): ReceivedFile | null {
    return this.#fake.people.find((person) => person.phone.number === phone)?.find(id)?.file ?? null;
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#fake.close();
  }

  /** Asks the platform as another process does. */
  async #ask(path: string, request: unknown): Promise<object> {
    const address = new URL(`/${path}`, this.#fake.url.replace('ws:', 'http:'));
    const response = await fetch(address, { method: 'POST', body: JSON.stringify(request) });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(refusedSchema.parse(answer).error);
    this.#changed();
    return z.looseObject({}).parse(answer);
  }

  #remember({ from, say }: z.output<typeof platform.inbound>, id: string): void {
    const number = this.#fake.person(from).phone.number;
    const said = this.#said.get(number) ?? [];
    this.#said.set(number, said);
    const about = 'id' in say ? said.find((each) => each.id === say.id) : undefined;
    if (say.kind === 'edit' && about) Object.assign(about, { text: say.text, note: 'edited' });
    else if (say.kind === 'delete' && about) Object.assign(about, { text: '', note: 'deleted' });
    else said.push({ id, at: Date.now(), text: say.kind === 'text' ? say.text : '', note: noteOn(say.kind) });
  }

  #shown(person: FakePerson): ShownChat {
    const { name, number } = person.phone;
    const { read, typing } = person.sees;
    const own = (this.#said.get(number) ?? []).map((said) => ({ at: said.at, line: ownLine(said, name, read) }));
    const theirs = person.read().map((received) => ({ at: received.at, line: theirLine(received, number) }));
    return {
      id: number,
      title: `${name} (${addressingOf(person)})`,
      lines: [...own, ...theirs].sort((a, b) => a.at - b.at).map(({ line }) => line),
      typing: typing.length > (this.#typed.get(number) ?? 0) && typing.at(-1) === 'composing',
      keys: [],
      notice: '',
    };
  }

  /** Follows the platform's journal: everything that changes here is written there. */
  async #watch(): Promise<void> {
    for (let seen = this.#fake.log.length; !this.#closed; ) {
      const entry = await this.#fake.wait(() => true, oneLook, seen).catch(() => null);
      if (entry === null) continue;
      seen = entry.n + 1;
      if (entry.kind === 'outbound') this.#endTyping(entry.to);
      this.#changed();
    }
  }

  /** A message ends the typing, as phones show it. */
  #endTyping(address: string): void {
    const person = this.#fake.people.find(({ phone: { phoneAddress, hiddenAddress } }) =>
      [phoneAddress, hiddenAddress].includes(address),
    );
    if (person) this.#typed.set(person.phone.number, person.sees.typing.length);
  }
}

function linkedBy(owner: FakeOwner, shown: string): Promise<LinkedDevice> {
  const qr = readQr(shown);
  if (qr !== null) return owner.scanQr(qr);
  const code = codeIn(shown);
  if (code !== null) return owner.enterCode(code);
  throw new Error('There is neither a QR code nor a pairing code in this.');
}

/** The last pairing code in a text, as four and four characters, or one that is all of the text. */
function codeIn(text: string): string | null {
  const parted = [...text.matchAll(/(?<![\w-])([A-Z\d]{4})-([A-Z\d]{4})(?![\w-])/gi)].at(-1);
  const code = parted ? `${parted[1]}${parted[2]}` : /^\s*([A-Z\d]{8})\s*$/i.exec(text)?.[1];
  return code?.toUpperCase() ?? null;
}

function addressingOf({ addressing: { lid = false, sendsPhone = true } }: FakePerson): string {
  if (!lid) return 'by number';
  return sendsPhone ? 'by LID, number told' : 'by LID, number hidden';
}

function noteOn(kind: string): string {
  return kind === 'text' ? '' : kind;
}

function ownLine({ id, text, note }: Said, name: string, read: readonly string[]): Line {
  const notes = [note, ...(read.includes(id) ? ['read'] : [])].filter((each) => each !== '');
  return { id, from: name, text, notes, buttons: [], place: null, file: null };
}

function theirLine(received: Received, phone: string): Line {
  const { id, text, location, file, edits, deleted, copies, quotes } = received;
  return {
    id,
    from: null,
    text: deleted ? '' : (text ?? ''),
    notes: [
      ...(deleted ? ['deleted'] : []),
      ...(edits.length === 0 ? [] : ['edited']),
      ...(copies === 1 ? [] : [`came ${copies} times`]),
      ...(quotes === null ? [] : ['an answer']),
    ],
    buttons: [],
    place: location && { ...location, name: [location.name, location.address].filter(Boolean).join(', ') },
    file: file && { name: file.fileName ?? file.kind, url: `/files/whatsapp/${phone}/${id}` },
  };
}
