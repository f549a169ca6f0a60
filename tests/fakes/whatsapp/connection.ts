import type { BinaryNode, proto } from '@whiskeysockets/baileys';
import { type RawData, WebSocket } from 'ws';
import type { Line, LinkedDevice } from './linked-device.ts';
import type { Network } from './network.ts';
import { attribute, childrenOf, node, seconds, server } from './nodes.ts';
import { NoiseServer } from './noise.ts';
import { Pairing, proofIn } from './pairing.ts';
import { answer } from './queries.ts';

/** How the server closes a connection on which it failed itself. */
const serverFailed = 1011;

/** One client's connection: the handshake, the login, and what the client says then. */
export class Connection implements Line {
  readonly #network: Network;
  readonly #socket: WebSocket;
  readonly #noise: NoiseServer;
  #at: 'hello' | 'finish' | 'open' = 'hello';
  #frozen = false;
  #left = false;
  #device: LinkedDevice | undefined;
  #pairing: Pairing | undefined;
  /** What was said is handled one after the other. */
  #turn: Promise<void> = Promise.resolve();

  constructor(network: Network, socket: WebSocket) {
    this.#network = network;
    this.#socket = socket;
    this.#noise = new NoiseServer(network.identity);
    network.lines.add(this);
    socket.on('message', (data) => {
      this.#turn = this.#turn.then(() => this.#read(data)).catch((error: unknown) => this.#fail(error));
    });
    socket.on('close', () => this.#closed());
    // A client that is killed is what this is for.
    socket.on('error', () => undefined);
  }

  send(stanza: BinaryNode): void {
    if (this.#deaf || this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(this.#noise.seal(stanza));
  }

  hangUp(last?: BinaryNode): void {
    if (last) this.send(last);
    // What the client says before it hears this is heard no more.
    this.#leave();
    this.#socket.close();
  }

  cut(): void {
    this.#socket.terminate();
  }

  freeze(): void {
    this.#frozen = true;
  }

  get #deaf(): boolean {
    return this.#frozen || this.#left || this.#network.behaviour.silent;
  }

  async #read(data: RawData): Promise<void> {
    for (const frame of this.#noise.frames(bytesFrom(data))) {
      switch (this.#at) {
        case 'hello':
          this.#socket.send(this.#noise.welcome(frame));
          this.#at = 'finish';
          break;
        case 'finish':
          this.#at = 'open';
          this.#login(this.#noise.login(frame));
          break;
        case 'open': {
          const stanza = await this.#noise.open(frame);
          if (!this.#deaf) await this.#handle(stanza);
        }
      }
    }
  }

  #login(client: proto.ClientPayload): void {
    const { journal, behaviour, devices } = this.#network;
    const { primary, secondary, tertiary } = client.userAgent?.appVersion ?? {};
    const version = [primary, secondary, tertiary].join('.');
    const number = String(client.username ?? 0);
    const name = number === '0' ? null : `${number}:${client.device ?? 0}`;
    journal.write({ kind: 'login', device: name, version });
    const device = devices.find((linked) => linked.name === name);
    const refused = behaviour.refuseLogin ?? (name === null ? undefined : refusalOf(device));
    if (refused !== undefined) {
      journal.write({ kind: 'login refused', device: name ?? '', code: refused });
      return this.hangUp(node('failure', { reason: String(refused), location: 'fake' }));
    }
    if (device) return this.#welcome(device);
    if (!client.devicePairingData) throw new Error('A client that is linked to nothing did not say its keys.');
    this.#pairing = new Pairing(this, client.devicePairingData);
    this.#network.pairings.add(this.#pairing);
    this.#pairing.start();
  }

  #welcome(device: LinkedDevice): void {
    device.line?.hangUp(node('stream:error', {}, [node('conflict', { type: 'replaced' })]));
    this.#device = device;
    device.connect(this);
    this.send(node('success', { t: seconds(), lid: device.hiddenAddress, creation: seconds() }));
    if (this.#network.behaviour.holdOffline !== 'all') catchUp(this.#network, device);
  }

  async #handle(stanza: BinaryNode): Promise<void> {
    if (this.#pairing) return this.#handleUnlinked(this.#pairing, stanza);
    const device = this.#device;
    if (!device) return;
    const { journal } = this.#network;
    const { tag, attrs } = stanza;
    switch (tag) {
      case 'iq':
        return this.#ask(stanza);
      case 'message':
        return this.#network.message(device, stanza);
      case 'receipt':
        return this.#network.receipt(device, stanza);
      case 'ack':
        device.ack(stanza);
        journal.write({ kind: 'ack', id: attrs['id'] ?? '', of: attrs['class'] ?? '', error: attrs['error'] ?? null });
        return;
      case 'chatstate': {
        const state = childrenOf(stanza)[0]?.tag ?? '';
        journal.write({ kind: 'typing', to: attribute(stanza, 'to'), state });
        return this.#network.at(attribute(stanza, 'to'))?.see({ sign: 'typing', state });
      }
      case 'presence':
        return journal.write({ kind: 'presence', device: device.name, state: attrs['type'] ?? 'named' });
      case 'ib':
        return;
      default:
        return journal.write({ kind: 'not understood', what: tag });
    }
  }

  async #handleUnlinked(pairing: Pairing, stanza: BinaryNode): Promise<void> {
    const proof = proofIn(stanza);
    if (proof) {
      const device = pairing.prove(proof);
      this.#network.link(device);
      return this.hangUp(node('stream:error', { code: '515' }));
    }
    const [child] = childrenOf(stanza);
    if (stanza.tag !== 'iq' || child?.tag !== 'link_code_companion_reg') return this.#ask(stanza);
    const result = { from: server, id: attribute(stanza, 'id'), type: 'result', t: seconds() };
    if (child.attrs['stage'] === 'companion_hello') {
      this.send(node('iq', result, [pairing.wantCode(child)]));
      this.#network.journal.write({ kind: 'code wanted', phone: pairing.codeWantedFor ?? '' });
      return;
    }
    this.send(node('iq', result));
    const phone = this.#network.withNumber(pairing.codeWantedFor ?? '')?.phone;
    if (phone) pairing.finishCode(child, this.#network.nextIndex(phone));
  }

  #ask(question: BinaryNode): void {
    const said = answer(this.#network, this.#device, question);
    if (said) this.send(said);
  }

  #leave(): void {
    this.#left = true;
    this.#network.lines.delete(this);
    this.#device?.disconnect(this);
    if (this.#pairing) this.#network.pairings.delete(this.#pairing);
    this.#pairing?.end();
  }

  #closed(): void {
    this.#leave();
    this.#network.journal.write({ kind: 'closed', device: this.#device?.name ?? null });
  }

  #fail(error: unknown): void {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    this.#network.journal.write({ kind: 'failed', reason });
    this.#socket.close(serverFailed);
  }
}

/** Sends a device what it has not taken, and says that this was all, unless that is to be kept back. */
export function catchUp(network: Network, device: LinkedDevice): void {
  const replayed = device.catchUp();
  if (network.behaviour.holdOffline !== 'end') sayThatWasAll(network, device, replayed);
}

/** Says that all that came in between has been sent: only then does a client show it. */
export function sayThatWasAll({ journal }: Network, device: LinkedDevice, replayed: readonly string[]): void {
  device.tell(node('ib', { from: server }, [node('offline', { count: String(replayed.length) })]));
  journal.write({ kind: 'caught up', device: device.name, replayed });
}

function refusalOf(device: LinkedDevice | undefined): number | undefined {
  switch (device?.standing) {
    case 'linked':
      return undefined;
    case 'banned':
      return 403;
    case 'unlinked':
    case undefined:
      return 401;
  }
}

function bytesFrom(data: RawData): Buffer {
  if (Buffer.isBuffer(data)) return data;
  return Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data);
}
