import type { BotCommand, Chat, UserFromGetMe } from 'grammy/types';
import type { Account, ApiCall } from './account.ts';
import { ApiError } from './api-error.ts';
import type { ApiRequest } from './api-request.ts';
import { CallbackQueries } from './callback-queries.ts';
import { ChatRoom, type RoomChat } from './chat-room.ts';
import { FileStore, type StoredFile } from './files.ts';
import { FakeGroup } from './group.ts';
import { type Method, methods } from './methods.ts';
import { FakePerson } from './person.ts';
import { Polling } from './polling.ts';
import { Profile } from './profile.ts';
import { type Fault, type Held, type Match, ScriptedFaults } from './scripted-faults.ts';
import { type Pending, UpdateQueue } from './update-queue.ts';
import { Webhook, type WebhookPace } from './webhook.ts';

/** How a call is answered: with a status and JSON, with something else, or by cutting the connection. */
export type Answer = { readonly status: number; readonly json: object } | 'cut' | 'not json';

/** How a bot was made with its platform's master bot. */
export interface BotAbout {
  readonly username?: string;
  /** True turns privacy mode off: the bot is told of every message in its groups. */
  readonly canReadAllGroupMessages?: boolean;
}

/** Accounts of today have ids beyond 32 bits. */
const firstPerson = 5_000_000_001;
const firstSupergroup = -1_002_000_000_001;
const firstGroup = -4_000_000_001;

/** One bot on the platform: a test's side of it, and the side that answers the bot's calls. */
export class FakeBot {
  readonly token: string;
  readonly me: UserFromGetMe;
  readonly #account: Account;
  readonly #calls: { -readonly [Key in keyof ApiCall]: ApiCall[Key] }[] = [];
  readonly #faults = new ScriptedFaults();
  readonly #polling: Polling;
  readonly #webhook: Webhook;
  readonly #methods: ReadonlyMap<string, readonly [name: string, Method]>;

  constructor(token: string, about: BotAbout, now: () => number, pace: WebhookPace) {
    const id = Number(token.split(':')[0]);
    const { username = `fake_${id}_bot`, canReadAllGroupMessages = false } = about;
    this.token = token;
    this.me = botUser(id, username, canReadAllGroupMessages);
    const queue = new UpdateQueue(700_000_000 + (id % 1_000_000), now);
    this.#account = {
      me: this.me,
      now,
      rooms: new Map(),
      files: new FileStore(),
      queue,
      taps: new CallbackQueries(now),
      profile: new Profile(this.me.first_name),
      calls: this.#calls,
    };
    this.#polling = new Polling(queue);
    this.#webhook = new Webhook(queue, pace, now, (method, parameters) => {
      void this.answer(method, { parameters, files: {} }, new AbortController().signal);
    });
    const all = { ...methods, ...this.#deliveryMethods() };
    this.#methods = new Map(Object.entries(all).map(([name, method]) => [name.toLowerCase(), [name, method]]));
  }

  /** A person with a private chat with this bot, in which nothing was said yet. */
  person(
    about: { readonly id?: number; readonly firstName?: string; readonly languageCode?: string } = {},
  ): FakePerson {
    const { id = this.#freeId(firstPerson, 1), firstName = 'Siti', languageCode = 'id' } = about;
    const user = { id, is_bot: false, first_name: firstName, language_code: languageCode };
    return new FakePerson(user, this.#room({ id, type: 'private', first_name: firstName }), this.#account);
  }

  /** A group that the bot is in. */
  group(about: { readonly title?: string; readonly type?: 'group' | 'supergroup' } = {}): FakeGroup {
    const { title = 'Keluarga', type = 'supergroup' } = about;
    const id = this.#freeId(type === 'group' ? firstGroup : firstSupergroup, -1);
    const chat: Chat.GroupChat | Chat.SupergroupChat = type === 'group' ? { id, type, title } : { id, type, title };
    return new FakeGroup(this.#room(chat), this.#account);
  }

  /** What the bot called, in order, but for `getUpdates`. */
  get calls(): readonly ApiCall[] {
    return this.#calls;
  }

  /** Calls of one method. */
  callsOf(method: string): readonly ApiCall[] {
    return this.#calls.filter((call) => call.method === method);
  }

  /** By scope (`default`, `all_private_chats`, `chat 5` …), then by language; no language is empty. */
  get commands(): ReadonlyMap<string, ReadonlyMap<string, readonly BotCommand[]>> {
    return this.#account.profile.commands;
  }

  /** By language; no language is empty. So are the next two. */
  get descriptions(): ReadonlyMap<string, string> {
    return this.#account.profile.descriptions;
  }

  get shortDescriptions(): ReadonlyMap<string, string> {
    return this.#account.profile.shortDescriptions;
  }

  get names(): ReadonlyMap<string, string> {
    return this.#account.profile.names;
  }

  /** How many updates the bot has not confirmed yet. */
  get pending(): number {
    return this.#account.queue.pending.length;
  }

  /** How many `getUpdates` wait now. */
  get pollers(): number {
    return this.#polling.waiting;
  }

  /** How often `getUpdates` was answered 409. */
  get conflicts(): number {
    return this.#polling.conflicts;
  }

  /** The webhook as it is set; no address is empty. */
  get webhook(): { readonly url: string; readonly secret: string; readonly pending: number; lastError: string | null } {
    const { url, secret, lastError } = this.#webhook;
    return { url, secret, pending: this.pending, lastError };
  }

  /** Lets the next so many calls that match go wrong. */
  fail(match: Match, fault: Fault, times = 1): void {
    this.#faults.fail(match, fault, times);
  }

  /** Lets calls that match take effect, but keeps their answers back until they are released. */
  hold(match: Match): Held {
    return this.#faults.hold(match);
  }

  /** Tells an update a second time, under the same number. */
  redeliver(updateId: number): void {
    this.#account.queue.redeliver(updateId);
  }

  /** Tells what happens in `acts` only afterwards, all at once. */
  together(acts: () => void | Promise<void>): Promise<void> {
    return this.#account.queue.gather(acts, (updates) => updates);
  }

  /** Tells what happens in `acts` only afterwards, all at once and out of order: the last first, unless told otherwise. */
  shuffle(
    acts: () => void | Promise<void>,
    order: (updates: readonly Pending[]) => readonly Pending[] = (updates) => updates.toReversed(),
  ): Promise<void> {
    return this.#account.queue.gather(acts, order);
  }

  /** Numbers the next update like this: after a week without updates Telegram starts anew, anywhere. */
  startUpdateIdsAt(id: number): void {
    this.#account.queue.startAt(id);
  }

  /** For the server: a file by its path. */
  fileAt(path: string): StoredFile | undefined {
    return this.#account.files.at(path);
  }

  /** For the server: does what a call asks. `gone` tells that whoever called has left. */
  async answer(called: string, request: ApiRequest, gone: AbortSignal): Promise<Answer> {
    const [name, method] = this.#methods.get(called.toLowerCase()) ?? [called, unknownMethod];
    const call = { ...request, method: name, at: this.#account.now(), outcome: 'open' as ApiCall['outcome'] };
    if (name !== 'getUpdates') this.#calls.push(call);
    const chat = request.parameters['chat_id'] === undefined ? null : Number(request.parameters['chat_id']);
    const fault = this.#faults.next(name, chat);
    const answer = await this.#outcome(fault, () =>
      name === 'getUpdates' ? this.#poll(request, gone) : method(this.#account, request),
    );
    await this.#faults.pass(name, chat);
    call.outcome = typeof answer === 'string' ? (answer === 'cut' ? 'cut' : 502) : answer.status;
    return answer;
  }

  /** Ends all that goes on by itself. */
  close(): void {
    this.#faults.releaseAll();
    this.#webhook.stop();
  }

  async #outcome(fault: Fault | null, effect: () => unknown): Promise<Answer> {
    if (fault === 'cut' || fault === 'not json') return fault;
    try {
      if (fault !== null && fault !== 'cut after') throw new ApiError(fault.code, fault.description, fault.parameters);
      const result = await effect();
      return fault === null ? { status: 200, json: { ok: true, result } } : 'cut';
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return refusal(error);
    }
  }

  #poll({ parameters }: ApiRequest, gone: AbortSignal): Promise<unknown> {
    return this.#polling.get(parameters, this.#webhook.url !== '', gone);
  }

  #deliveryMethods(): Record<string, Method> {
    return {
      // Needs to know when its caller leaves, so it is called by itself.
      getUpdates: unknownMethod,
      setWebhook: (_, { parameters }) => {
        this.#polling.end('terminated by setWebhook request');
        return this.#webhook.set(parameters);
      },
      deleteWebhook: (_, { parameters }) => this.#webhook.delete(parameters),
      getWebhookInfo: () => this.#webhook.info(),
    };
  }

  #room(chat: RoomChat): ChatRoom {
    if (this.#account.rooms.has(chat.id)) throw new Error(`There is a chat ${chat.id} already.`);
    const room = new ChatRoom(chat, this.#account.now);
    this.#account.rooms.set(chat.id, room);
    return room;
  }

  #freeId(first: number, step: number): number {
    let id = first;
    while (this.#account.rooms.has(id)) id += step;
    return id;
  }
}

const unknownMethod: Method = () => {
  throw new ApiError(404, 'Not Found: method not found');
};

/** An error as the Bot API answers it. */
export function refusal({ code, message, parameters }: ApiError): Exclude<Answer, string> {
  const body = { ok: false, error_code: code, description: message };
  return { status: code, json: parameters === undefined ? body : { ...body, parameters } };
}

function botUser(id: number, username: string, readsAll: boolean): UserFromGetMe {
  return {
    id,
    is_bot: true,
    first_name: 'Asisten',
    username,
    can_join_groups: true,
    can_read_all_group_messages: readsAll,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: false,
    has_topics_enabled: false,
    allows_users_to_create_topics: false,
    can_manage_bots: false,
    supports_join_request_queries: false,
  };
}
