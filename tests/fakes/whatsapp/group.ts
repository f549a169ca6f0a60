import { type proto } from '@whiskeysockets/baileys';
import { newMessageId } from './addresses.ts';
import { editMark, stanzaType } from './contents.ts';
import type { Membership, Network } from './network.ts';
import type { FakePerson } from './person.ts';
import type { Phone } from './phone.ts';
import { type Known, Speaker } from './speaker.ts';
import type { Damage } from './voice.ts';

/** A group that the assistant's number is in, with some people. */
export class FakeGroup implements Membership {
  readonly address: string;
  readonly subject: string;
  readonly #network: Network;
  readonly #people: readonly FakePerson[];
  readonly #owner: () => Phone;

  constructor(network: Network, address: string, subject: string, people: readonly FakePerson[], owner: () => Phone) {
    this.#network = network;
    this.address = address;
    this.subject = subject;
    this.#people = people;
    this.#owner = owner;
    network.groups.set(address, this);
  }

  get members(): readonly Phone[] {
    return [this.#owner(), ...this.#people.map(({ phone }) => phone)];
  }

  /** One of its people, as they speak here. */
  person(person: FakePerson): Speaker {
    if (!this.#people.includes(person)) throw new Error('This person is not in the group.');
    return new GroupSpeaker(this.#network, this.address, person, this.#owner);
  }

  /** How the assistant is named in a message here. */
  get mentionOfAssistant(): string {
    return this.#owner().phoneAddress;
  }
}

class GroupSpeaker extends Speaker {
  readonly #group: string;
  readonly #person: FakePerson;
  readonly #owner: () => Phone;

  constructor(network: Network, group: string, person: FakePerson, owner: () => Phone) {
    super(network.media);
    this.#group = group;
    this.#person = person;
    this.#owner = owner;
  }

  async send(content: proto.IMessage, damage?: Damage): Promise<string> {
    const id = newMessageId();
    const envelope = { ...this.#envelope(), type: stanzaType(content), edit: editMark(content) };
    await this.#person.outgoing.speak({ id, to: this.#owner(), content, envelope, group: this.#group, damage });
    return id;
  }

  protected known(id: string): Known {
    const { key, content, author } = this.#person.known(id);
    return { key: { ...key, remoteJid: this.#group, participant: author }, content, author };
  }

  #envelope(): Record<string, string | undefined> {
    const { phoneAddress, hiddenAddress, name: notify } = this.#person.phone;
    const { lid = false, sendsPhone = true } = this.#person.addressing;
    const from = { from: this.#group, notify };
    if (!lid) return { ...from, participant: phoneAddress, addressing_mode: 'pn', participant_lid: hiddenAddress };
    const number = sendsPhone ? phoneAddress : undefined;
    return { ...from, participant: hiddenAddress, addressing_mode: 'lid', participant_pn: number };
  }
}
