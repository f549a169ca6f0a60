import { createHash } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { WA_CERT_DETAILS } from '@whiskeysockets/baileys';
import { WebSocketServer } from 'ws';
import { digitsOf } from './addresses.ts';
import type { Behaviour } from './behaviour.ts';
import { type Certificate, makeCertificate } from './certificate.ts';
import { Connection, catchUp, sayThatWasAll } from './connection.ts';
import { answerControl } from './control.ts';
import { FakeGroup } from './group.ts';
import type { Received } from './inbox.ts';
import type { Entry, Journal } from './journal.ts';
import { type Kick, kick } from './kicks.ts';
import type { LinkedDevice } from './linked-device.ts';
import { MediaServer, portOf } from './media-server.ts';
import { Network } from './network.ts';
import { newNoiseIdentity } from './noise-identity.ts';
import { FakeOwner } from './owner.ts';
import { type Addressing, FakePerson } from './person.ts';
import { Phone } from './phone.ts';
import { quietLibsignal } from './quiet.ts';

/** Who a person is, and how the platform shows them. */
export interface About extends Addressing {
  readonly name?: string;
}

/** A message of the assistant, in the order of all of them, and the number of whom it reached, digits only. */
export interface Delivered extends Received {
  readonly n: number;
  readonly phone: string;
}

/**
 * A WhatsApp on loopback, to which an unmodified Baileys connects: it has to be told the address, and to trust this
 * server's root. Members and the owner's phone are driven from here, or over HTTP on the same port. What they do
 * reaches the client by the platform's own way only. Calls, channels, statuses and settings of the account are not
 * played.
 */
export class FakeWhatsApp {
  /** For `waWebSocketUrl`. */
  readonly url: string;
  /** Where another process drives it: see `control.ts`. */
  readonly controlUrl: string;
  /** The public key of the root that vouches for this server, in base64: for FAKE_WHATSAPP_ROOT of `trust.ts`. */
  readonly rootKey: string;
  readonly #network: Network;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;
  readonly #owners = new Map<string, FakeOwner>();
  readonly #people = new Map<string, FakePerson>();
  readonly #groups: FakeGroup[] = [];
  #certificate: Certificate | undefined;
  #media: MediaServer | undefined;

  private constructor(http: Server) {
    this.#http = http;
    const host = `127.0.0.1:${portOf(http.address())}`;
    this.url = `ws://${host}/ws/chat`;
    this.controlUrl = `http://${host}`;
    this.#network = new Network(newNoiseIdentity(), (digits) => this.person(digits));
    this.rootKey = Buffer.from(this.#network.identity.root).toString('base64');
    this.#network.onKeys((device) => {
      // A device that goes away while its phone greets it is what tests do.
      this.#owners
        .get(device.owner.number)
        ?.greet(device)
        .catch(() => undefined);
    });
    this.#sockets = new WebSocketServer({ server: http });
    this.#sockets.on('connection', (socket) => new Connection(this.#network, socket));
    http.on('request', (request, response) => answerControl(this, request, response));
  }

  /**
   * Starts a server on loopback, on a free port unless one is given. With `media`, files can be sent and read; that
   * needs openssl.
   */
  static async start({ media = false, port = 0 }: { media?: boolean; port?: number } = {}): Promise<FakeWhatsApp> {
    quietLibsignal();
    const http = createServer();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    http.once('error', reject).listen(port, '127.0.0.1', resolve);
    await promise;
    const fake = new FakeWhatsApp(http);
    if (media) await fake.#serveMedia();
    return fake;
  }

  /** Where the certificate lies that a process has to trust for files (NODE_EXTRA_CA_CERTS). Throws without `media`. */
  get tls(): { readonly certificatePath: string } {
    if (!this.#certificate) throw new Error('This server was started without media.');
    return { certificatePath: this.#certificate.path };
  }

  /** How the platform behaves; can be changed at any time. */
  get behaviour(): Behaviour {
    return this.#network.behaviour;
  }

  /** All that happened, in order. */
  get log(): readonly Entry[] {
    return this.#network.journal.items;
  }

  /** Waits for something to happen, as {@link Sequence.wait} says. */
  get wait(): Journal['wait'] {
    return this.#network.journal.wait.bind(this.#network.journal);
  }

  /** Every device that was ever linked, in that order. */
  get devices(): readonly LinkedDevice[] {
    return this.#network.devices;
  }

  get people(): readonly FakePerson[] {
    return [...this.#people.values()];
  }

  get groups(): readonly FakeGroup[] {
    return this.#groups;
  }

  /** All messages of the assistant that reached someone, as they stand now, in the order in which it sent them. */
  get outbox(): readonly Delivered[] {
    return this.log.flatMap((entry) => {
      if (entry.kind !== 'outbound') return [];
      return this.people.flatMap((person) => {
        const received = person.find(entry.id);
        return received ? [{ ...received, n: entry.n, phone: person.phone.number }] : [];
      });
    });
  }

  /** Makes Baileys in this process trust this server, for stanzas and for files. Gives back what undoes it. */
  trustHere(): () => void {
    const key = WA_CERT_DETAILS.PUBLIC_KEY;
    const authorities = getCACertificates('default');
    WA_CERT_DETAILS.PUBLIC_KEY = Buffer.from(this.rootKey, 'base64');
    if (this.#certificate) setDefaultCACertificates([...authorities, this.#certificate.certificate]);
    return () => {
      WA_CERT_DETAILS.PUBLIC_KEY = key;
      if (this.#certificate) setDefaultCACertificates(authorities);
    };
  }

  /** The phone that owns the assistant's number; the same one for the same number. */
  owner(phone: string): FakeOwner {
    const digits = digitsOf(phone);
    const known = this.#owners.get(digits);
    if (known) return known;
    const owner = new FakeOwner(this.#network, new Phone(digits, lidOf(digits), 'Owner'));
    this.#owners.set(digits, owner);
    this.#network.join(owner);
    return owner;
  }

  /** Someone with this number; the same one for the same number, and what is said about them anew holds. */
  person(phone: string, { name, ...addressing }: About = {}): FakePerson {
    const digits = digitsOf(phone);
    const known = this.#people.get(digits);
    if (known) {
      if (name !== undefined) known.phone.name = name;
      known.addressing = { ...known.addressing, ...addressing };
      return known;
    }
    if (this.#owners.has(digits)) throw new Error('This is the number of an owner.');
    const its = new Phone(digits, lidOf(digits), name ?? `User ${digits.slice(-4)}`);
    const person = new FakePerson(this.#network, its, addressing, () => this.#assistant());
    this.#people.set(digits, person);
    this.#network.join(person);
    return person;
  }

  /** A new group of these people and the assistant's number. */
  group(people: readonly FakePerson[], subject = 'Group'): FakeGroup {
    const address = `1203630000000${String(this.#groups.length).padStart(5, '0')}@g.us`;
    const group = new FakeGroup(this.#network, address, subject, people, () => this.#assistant());
    this.#groups.push(group);
    return group;
  }

  /** From now on this number has no WhatsApp. */
  notOnWhatsApp(phone: string): void {
    this.#network.unknown.add(digitsOf(phone));
  }

  /** Ends a connection, a device's or the newest one, as {@link Kick} says. Throws when there is none. */
  kick(how: Kick, device?: LinkedDevice): void {
    const line = device ? device.line : [...this.#network.lines].at(-1);
    if (!line) throw new Error('Nobody is connected.');
    kick(this.#network, line, device ?? this.devices.find((linked) => linked.line === line), how);
  }

  /** Sends what {@link Behaviour.holdOffline} kept back, and keeps back no more. */
  releaseOffline(): void {
    const held = this.behaviour.holdOffline;
    this.behaviour.holdOffline = 'no';
    for (const device of this.devices) {
      if (!device.line) continue;
      if (held === 'all') catchUp(this.#network, device);
      if (held === 'end') sayThatWasAll(this.#network, device, device.waiting);
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets.clients) socket.terminate();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#http.close(() => resolve());
    this.#http.closeAllConnections();
    await promise;
    await this.#media?.close();
    await this.#certificate?.remove();
  }

  async #serveMedia(): Promise<void> {
    try {
      this.#certificate = await makeCertificate();
      this.#media = await MediaServer.start(this.#network.media, this.#network.journal, this.#certificate);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** The phone that people write to: the one that a device was linked to last, or the only one there is. */
  #assistant(): Phone {
    const linked = this.devices.findLast(({ standing }) => standing !== 'unlinked')?.owner;
    const phone = linked ?? [...this.#owners.values()].at(-1)?.phone;
    if (!phone) throw new Error('Nobody has the assistant’s number yet.');
    return phone;
  }
}

/** A LID for a number: always the same, and not to be guessed from it by eye. */
function lidOf(digits: string): string {
  const hash = createHash('sha256').update(digits).digest().readUIntBE(0, 6);
  return `2${String(hash % 10 ** 13).padStart(14, '0')}`;
}
