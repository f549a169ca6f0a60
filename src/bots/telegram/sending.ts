import { InputFile, type RawApi } from 'grammy';
import type { Address, ConversationId } from '../../core/inbound.ts';
import type { Reply } from '../../core/reply.ts';
import type { SendResult } from '../../core/sending.ts';
import { answeredBy } from '../bot.ts';
import type { World } from '../channel.ts';
import type { Self } from './group.ts';
import { telegramChannel } from './names.ts';
import { CallFailed, type Platform } from './platform.ts';
import { type Message, type Room, render } from './render.ts';

/** Replies of several messages that are half sent, remembered at a time. */
const halfSentCap = 1_000;

/** A reply that holds something personal was to go into a group. */
export class PersonalInGroup extends Error {
  override readonly name = 'PersonalInGroup';
}

/** What all messages of a reply have in common. */
interface Envelope {
  readonly chat_id: number | string;
  readonly protect_content?: true;
  readonly reply_parameters?: { readonly message_id: number; readonly allow_sending_without_reply: true };
}

/** Sends replies to Telegram. */
export class Sending {
  readonly #platform: Platform;
  readonly #self: () => Promise<Self>;
  readonly #report: World['report'];
  /**
   * How many messages of a reply Telegram has taken, so that a second try goes on from there. It is lost with the
   * process: then the member gets some of them twice.
   */
  readonly #halfSent = new Map<string, number>();

  constructor(platform: Platform, self: () => Promise<Self>, report: World['report']) {
    this.#platform = platform;
    this.#self = self;
    this.#report = report;
  }

  /** As `Bot.send`. */
  async send(to: Address, reply: Reply, conversation: ConversationId, effect: string): Promise<SendResult> {
    try {
      return await this.#send(to, reply, answeredBy(effect, conversation), effect);
    } catch (error) {
      if (error instanceof CallFailed) return error.result;
      this.#report({ kind: 'failed', channel: telegramChannel, step: 'send', error });
      return { sent: false, problem: 'refused' };
    }
  }

  /** Shows the member that an answer is on its way; if that fails, nothing is lost. */
  busy(to: Address): void {
    this.#platform.ask((api) => api.sendChatAction({ chat_id: to.chat, action: 'typing' })).catch(() => undefined);
  }

  async #send(to: Address, reply: Reply, answered: string, effect: string): Promise<SendResult> {
    // A private chat has the number of the member who is in it, a group has one of its own.
    const group = to.chat !== to.sender;
    if (group && reply.personal) throw new PersonalInGroup('Nothing personal is sent into a group');
    const room: Room = group ? { is: 'group', username: (await this.#self()).username } : { is: 'private' };
    const hidden = reply.hides === true && (await this.#hide(to, answered));
    const messages = render(reply, room, hidden);
    const envelope = envelopeFor(to, reply, group ? /^[me](\d+)/.exec(answered) : null);

    for (const [index, message] of messages.entries()) {
      if (index < (this.#halfSent.get(effect) ?? 0)) continue;
      await this.#deliver(message, envelope, index > 0);
      if (messages.length > 1) this.#remember(effect, index + 1);
    }
    this.#halfSent.delete(effect);
    return { sent: true };
  }

  /** A message that Telegram does not take as it is goes out once more as mere text: a reply is not lost for its looks. */
  async #deliver(message: Message, envelope: Envelope, silent: boolean): Promise<void> {
    const quiet = silent ? { ...envelope, disable_notification: true } : envelope;
    try {
      await this.#platform.ask((api) => call(api, message, quiet));
    } catch (error) {
      if (!(error instanceof CallFailed) || error.failure !== 'rejected') throw error;
      this.#report({ kind: 'failed', channel: telegramChannel, step: `send ${message.is}`, error });
      const { reply_parameters: _, ...bare } = quiet;
      await this.#platform.ask((api) => api.sendMessage({ ...bare, text: message.bare, ...withoutPreview }));
    }
  }

  /**
   * Deletes the member's message from the chat; true when it is not there any more. Rejects where the reply would fare no
   * better: it is tried again as a whole then, and the message does not stay for that.
   */
  async #hide({ chat }: Address, answered: string): Promise<boolean> {
    const number = /^m(\d+)$/.exec(answered)?.[1];
    if (number === undefined) return false;
    try {
      return await this.#platform.ask((api) => api.deleteMessage({ chat_id: chat, message_id: Number(number) }));
    } catch (error) {
      if (error instanceof CallFailed && error.failure === 'gone') return true;
      const stays = error instanceof CallFailed && (error.failure === 'rejected' || error.failure === 'uncertain');
      if (!stays) throw error;
      this.#report({ kind: 'failed', channel: telegramChannel, step: 'delete', error });
      return false;
    }
  }

  #remember(effect: string, sent: number): void {
    this.#halfSent.set(effect, sent);
    const [oldest] = this.#halfSent.keys();
    if (oldest !== undefined && this.#halfSent.size > halfSentCap) this.#halfSent.delete(oldest);
  }
}

const withoutPreview = { link_preview_options: { is_disabled: true } } as const;

function envelopeFor(to: Address, { personal }: Reply, answered: RegExpExecArray | null): Envelope {
  return {
    chat_id: to.chat,
    ...(personal && { protect_content: true }),
    ...(answered && { reply_parameters: { message_id: Number(answered[1]), allow_sending_without_reply: true } }),
  };
}

function call(api: RawApi, message: Message, envelope: Envelope): Promise<unknown> {
  const common = { ...envelope, ...(message.markup && { reply_markup: message.markup }) };
  switch (message.is) {
    case 'text':
      return api.sendMessage({ ...common, text: message.text, ...withoutPreview });
    case 'place': {
      const { name, address, latitude, longitude } = message.place;
      return api.sendVenue({ ...common, title: name, address: address ?? '', latitude, longitude });
    }
    case 'file': {
      const { kind, content, name } = message.file;
      const file = new InputFile(Buffer.from(content, 'base64'), name.replaceAll(/[\r\n;"]/g, '_'));
      const caption = message.caption === '' ? {} : { caption: message.caption };
      return kind === 'image'
        ? api.sendPhoto({ ...common, ...caption, photo: file })
        : api.sendDocument({ ...common, ...caption, document: file });
    }
  }
}
